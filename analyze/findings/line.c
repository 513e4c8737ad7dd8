/* What lines are made of: the columns of a finding, keys and values. */
#include "analyze/findings/line.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/invisible_text.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"

enum { TEXT_MAX_BYTES = 64 << 10 };      /* of one value in a line */

/* ---- the columns of a finding ---- */

enum finding_column {
	COLUMN_RULE, COLUMN_SEVERITY, COLUMN_STATUS, COLUMN_TEXTS,
	COLUMN_BEFORE = COLUMN_TEXTS - 1,
#define COLUMN_NUMBER(name) COLUMN_OF_##name,
	FINDING_TEXTS(COLUMN_NUMBER)
#undef COLUMN_NUMBER
	COLUMNS
};

_Static_assert((int)COLUMNS == FINDING_COLUMNS,
               "findings.h counts the columns before the texts, too");

const size_t finding_cause_column = COLUMN_OF_cause;

bool
finding_column_is_told(size_t column)
{
	return column == COLUMN_OF_message || column == COLUMN_OF_fix;
}

static const struct {
	const char *key;
	size_t member;           /* of the texts */
} columns[FINDING_COLUMNS] = {
	[COLUMN_RULE] = { "rule", 0 },
	[COLUMN_SEVERITY] = { "severity", 0 },
	[COLUMN_STATUS] = { "status", 0 },
#define COLUMN_OF(name) { #name, offsetof(struct finding, name) },
	FINDING_TEXTS(COLUMN_OF)
#undef COLUMN_OF
};

static const char **
text_of(struct finding *f, size_t column)
{
	return (const char **)((char *)f + columns[column].member);
}

const char *
finding_key(size_t column)
{
	return columns[column].key;
}

const char *
finding_value(const struct finding *f, size_t column)
{
	switch (column) {
	case COLUMN_RULE:
		return f->rule;
	case COLUMN_SEVERITY:
		return severity_name(f->severity);
	case COLUMN_STATUS:
		return status_name(f->status);
	default:
		return *text_of((struct finding *)f, column);
	}
}

const char *
finding_object(const struct finding *f)
{
	return f->guid ? f->guid : f->dn ? f->dn
		: f->object ? f->object : f->upn;
}

bool
finding_is_of_mail_domain(const struct finding *f)
{
	return !f->guid && !f->dn && f->class &&
	       strcmp(f->class, "domain") == 0;
}

void
line_fold(struct buf *out, const char *text)
{
	size_t from = out->len;

	if (!strcasestr(text, "DC=") || dn_normalise(out, text) < 0) {
		out->len = from;
		utf8_fold_value(out, text);
	}
}

void
line_fold_of(struct buf *out, const struct finding *f, const char *text)
{
	if (finding_is_of_mail_domain(f))
		utf8_fold_domain(out, text);
	else
		line_fold(out, text);
}

const char *
finding_print_value(const struct finding *f)
{
	return f->key ? f->key : f->observed;
}

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

static struct proposed
proposed_copy(const struct proposed *p, struct arena *a)
{
	struct proposed *and = p->and ? arena_alloc(a, sizeof(*and)) : NULL;

	if (and)
		*and = proposed_copy(p->and, a);
	return (struct proposed){
		.attribute = copied(p->attribute, a),
		.old = copied(p->old, a), .new = copied(p->new, a),
		.and = and,
	};
}

static const struct related_object *
related_copy(const struct finding *f, struct arena *a)
{
	struct related_object *to = arena_alloc(a, f->related_count *
	                                        sizeof(*to) + 1);

	for (size_t i = 0; i < f->related_count; i++)
		to[i] = (struct related_object){
			copied(f->related[i].guid, a),
			copied(f->related[i].name, a),
			copied(f->related[i].dn, a),
		};
	return to;
}

const char *
finding_label(const struct finding *f)
{
	const char *names[] = { f->upn, f->dn, f->guid, f->object };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && *names[i])
			return names[i];
	return "(no name)";
}

struct finding
finding_copy(const struct finding *f, struct arena *a)
{
	struct finding out = *f;

	out.rule = arena_strdup(a, f->rule);
	for (size_t i = COLUMN_TEXTS; i < FINDING_COLUMNS; i++) {
		const char **text = text_of(&out, i);

		*text = copied(*text, a);
	}
	out.object = copied(f->object, a);
	out.other_forest = copied(f->other_forest, a);
	out.follows_rule = copied(f->follows_rule, a);
	out.shared.value = copied(f->shared.value, a);
	out.proposed = proposed_copy(&f->proposed, a);
	out.unproposed = copied(f->unproposed, a);
	out.key = copied(f->key, a);
	out.sid = copied(f->sid, a);
	out.first_seen = copied(f->first_seen, a);
	out.reopened = copied(f->reopened, a);
	out.event.from = copied(f->event.from, a);
	out.event.to = copied(f->event.to, a);
	out.event.address = copied(f->event.address, a);
	out.idfix = (struct idfix_row){
		copied(f->idfix.error, a), copied(f->idfix.update, a),
		copied(f->idfix.action, a), copied(f->idfix.class, a),
	};
	out.waiver = waiver_copy(f->waiver, a);
	out.related = related_copy(f, a);
	out.claimed.value = copied(f->claimed.value, a);
	out.called = copied(f->called, a);
	return out;
}

/* ---- pieces of lines ---- */

/* Keys are ours and plain; each but the first comes after a comma. */
static void
put_key(struct buf *out, const char *key)
{
	buf_adds(out, ",\"");
	buf_adds(out, key);
	buf_adds(out, "\":");
}

/* Where TEXT is cut if it is monstrous: before a character. */
static size_t
bounded(const char *text)
{
	size_t len = strlen(text);

	if (len <= TEXT_MAX_BYTES)
		return len;
	len = TEXT_MAX_BYTES;
	while (len > 0 && (text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

static void
put_value(struct buf *out, const char *text)
{
	if (text)
		json_put_string(out, text, bounded(text));
	else
		buf_adds(out, "null");
}

void
line_text(struct buf *out, const char *key, const char *text)
{
	put_key(out, key);
	put_value(out, text);
}

void
line_told(struct buf *out, const char *key, const char *text)
{
	struct buf seen = { 0 };

	if (text && *text) {
		invisible_mark_told(&seen, text);
		text = seen.data;
	}
	line_text(out, key, text);
	buf_release(&seen);
}

void
line_first(struct buf *out, const char *key, const char *text)
{
	buf_adds(out, "{\"");
	buf_adds(out, key);
	buf_adds(out, "\":");
	put_value(out, text);
}

void
line_word(struct buf *out, const char *key, const char *word)
{
	put_key(out, key);
	buf_adds(out, word);
}

void
line_number(struct buf *out, const char *key, uint64_t n)
{
	put_key(out, key);
	buf_addf(out, "%" PRIu64, n);
}

void
line_list(struct buf *out, const char *key, const char *const *list, size_t n)
{
	put_key(out, key);
	buf_addc(out, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ',');
		json_put_string(out, list[i], strlen(list[i]));
	}
	buf_addc(out, ']');
}

void
line_time(struct buf *out, const char *key, when_t t)
{
	char text[WHEN_TEXT];

	when_format(t, text);
	line_text(out, key, t == WHEN_NONE || t > WHEN_LAST ? NULL : text);
}

int
line_time_of(const char *text, when_t *out)
{
	*out = WHEN_NONE;
	return text ? when_from_iso(out, text) : 0;
}

int
line_time_take(const struct json *j, const char *key, when_t *out)
{
	const struct json *at = json_get(j, key);

	if (at && json_kind(at) != JSON_NULL && !json_string(at))
		return -1;
	return line_time_of(json_string(at), out);
}

when_t
line_when(const struct json *j, const char *key)
{
	when_t t;

	return line_time_take(j, key, &t) < 0 ? WHEN_NONE : t;
}

const char *
line_copy(const struct json *j, const char *key, struct arena *a)
{
	return copied(json_string(json_get(j, key)), a);
}
