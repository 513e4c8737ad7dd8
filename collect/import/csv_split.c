/* Taking joined values apart; see csv_split.h. */
#include "collect/import/csv_split.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/guid.h"
#include "base/json.h"
#include "collect/import/csv_joint.h"

static const char blanks[] = " \t\r\n";

static void
give(struct cell_sink *s, const char *text, size_t len)
{
	while (len && strchr(blanks, *text)) {
		text++;
		len--;
	}
	while (len && strchr(blanks, text[len - 1]))
		len--;
	if (len)
		s->value(s, text, len);
}

/*
 * A literal ";" or "\" inside a value has a backslash before it, also where an
 * attribute has one value: csvde writes C:\\temp for a profilePath.
 */
static void
split_csvde(struct cell_sink *s, enum split_by by, const char *text)
{
	struct buf value = { 0 };

	for (;; text++) {
		if (*text == '\\' && (text[1] == ';' || text[1] == '\\')) {
			buf_addc(&value, *++text);
		} else if (*text && (*text != ';' || by == SPLIT_CSVDE_ONE)) {
			buf_addc(&value, *text);
		} else {
			if (value.len)
				s->value(s, value.data, value.len);
			buf_clear(&value);
			if (!*text)
				break;
		}
	}
	buf_release(&value);
}

/* ["SMTP:a@b","smtp:c@d"], as ConvertTo-Json writes a list. */
static bool
split_json(struct cell_sink *s, const char *text, size_t len)
{
	struct json_error e;
	struct json *list;
	bool texts = true;

	if (len < 2 || text[0] != '[' || text[len - 1] != ']')
		return false;
	list = json_parse(text, len, &e);
	if (!list)
		return false;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		texts = texts && json_string(j);
	for (const struct json *j = json_first(list); texts && j;
	     j = json_next(j))
		give(s, json_string(j), strlen(json_string(j)));
	json_free(list);
	return texts;
}

/* The shell's list: what is between the braces, and how it ends. */
struct shell_list {
	const char *text;
	size_t len;
	bool braces;
	enum split_end end;
	bool last_is_cut;        /* the cut went through a value */
};

static size_t
cut_mark(const char *text, size_t len)
{
	static const char *const marks[] = { "...", "…" };

	for (size_t i = 0; i < 2; i++) {
		size_t n = strlen(marks[i]);

		if (len >= n && memcmp(text + len - n, marks[i], n) == 0)
			return n;
	}
	return 0;
}

/* "{26491cfc-...}": a value of its own, and no list. */
static bool
is_braced_value(const char *text, size_t len)
{
	char copy[64];
	struct guid g;

	if (len >= sizeof(copy))
		return memchr(text + 1, '{', len - 1) ||
		       memchr(text, '}', len - 1);
	memcpy(copy, text, len);
	copy[len] = '\0';
	return guid_parse(&g, copy) == 0 || strchr(copy + 1, '{') ||
	       memchr(copy, '}', len - 1);
}

/*
 * A list that PowerShell prints ends in "...}" when it has more values, and in
 * "..." when the line was too short for it.
 */
static struct shell_list
look_at(const char *text, enum split_by by)
{
	struct shell_list l = { .text = text, .len = strlen(text) };
	size_t mark;

	while (l.len && strchr(blanks, l.text[0])) {
		l.text++;
		l.len--;
	}
	while (l.len && strchr(blanks, l.text[l.len - 1]))
		l.len--;
	if (l.len && l.text[0] == '{' && l.text[l.len - 1] == '}' &&
	    !is_braced_value(l.text, l.len)) {
		l.braces = true;
		l.text++;
		l.len -= 2;
	} else if (l.len && l.text[0] == '{' && cut_mark(l.text, l.len)) {
		l.text++;
		l.len--;
		l.last_is_cut = true;
	} else if (by == SPLIT_ADDRESSES) {
		l.last_is_cut = true;
	} else {
		return l;
	}
	mark = cut_mark(l.text, l.len);
	l.len -= mark;
	l.end = mark ? SPLIT_CUT : SPLIT_WHOLE;
	l.last_is_cut = l.last_is_cut && mark;
	return l;
}

/* Splits where any of SEPARATORS stands. */
static void
split_at(struct cell_sink *s, const char *text, const char *separators)
{
	while (*text) {
		size_t len = strcspn(text, separators);

		give(s, text, len);
		text += len;
		text += strspn(text, separators);
	}
}

/* Splits before each JOINT. */
static void
split_joints(struct cell_sink *s, const char *text, enum split_by by)
{
	struct joints joints = { 0 };
	size_t start;

	if (by == SPLIT_NAMES)
		joints_of_names(&joints, text);
	else
		joints_of_addresses(&joints, text);
	start = joints.begin;
	for (size_t i = 0; i < joints.count; i++) {
		give(s, text + start, joints.items[i].end - start);
		start = joints.items[i].next;
	}
	give(s, text + start, joints.end > start ? joints.end - start : 0);
	joints_release(&joints);
}

/* AD's records of changes are XML, an element each. */
static bool
split_xml(struct cell_sink *s, const char *text)
{
	size_t tag = *text == '<' ? strcspn(text, "> ") : 0;
	struct buf open = { 0 };
	const char *next;
	size_t len;

	if (!tag)
		return false;
	buf_add(&open, text, tag);
	do {
		next = strstr(text + tag, open.data);
		len = next ? (size_t)(next - text) : strlen(text);
		while (len && text[len - 1] != '>')
			len--;
		give(s, text, len);
		text = next;
	} while (next);
	buf_release(&open);
	return true;
}

static void
split_plain(struct cell_sink *s, enum split_by by, const char *text,
            bool braces)
{
	switch (by) {
	case SPLIT_WORDS:
		split_at(s, text, ",;|+ \t\r\n");
		break;
	case SPLIT_ADDRESSES:
	case SPLIT_NAMES:
		split_joints(s, text, by);
		break;
	default:
		if (!split_xml(s, text))
			split_at(s, text, braces ? "," : ";");
	}
}

/* Where the last value of a list that was cut inside it begins. */
static size_t
before_last(const char *text, size_t len)
{
	while (len && !strchr(",;|\n", text[len - 1]))
		len--;
	return len;
}

enum split_end
split_cell(struct cell_sink *s, enum split_by by, const char *text)
{
	struct shell_list list;
	struct buf inner = { 0 };
	const char *plain;

	if (by == SPLIT_CSVDE || by == SPLIT_CSVDE_ONE) {
		split_csvde(s, by, text);
		return SPLIT_WHOLE;
	}
	list = look_at(text, by);
	if (split_json(s, list.text, list.len))
		return SPLIT_WHOLE;
	if (list.last_is_cut)
		list.len = before_last(list.text, list.len);
	plain = list.text;
	/* Only what stands before something else needs an end of its own. */
	if (list.text[list.len]) {
		buf_add(&inner, list.text, list.len);
		plain = buf_text(&inner);
	}
	split_plain(s, by, plain, list.braces);
	buf_release(&inner);
	return list.end;
}
