/* Setting attributes of objects, for edits. */
#include "analyze/object/object.h"

#include <string.h>

#include "analyze/object/attr_row.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/utf8.h"

const struct attr_row *
setting_find(const char *name, const char **why)
{
	*why = "is not an attribute of AD that the analysis reads";
	for (size_t i = 0; i < ATTR_COUNT; i++) {
		const struct attr_row *row = &attr_rows[i];

		if (!row->name[FORM_AD] ||
		    ascii_casecmp(row->name[FORM_AD], name) != 0)
			continue;
		*why = row->why;
		return row->why ? NULL : row;
	}
	return NULL;
}

unsigned
setting_kinds(const struct attr_row *s)
{
	return s->syntax->takes;
}

const char *
setting_want(const struct attr_row *s)
{
	return s->syntax->want;
}

const char *
setting_name(const struct attr_row *s)
{
	return s->name[FORM_AD];
}

/* A value as a picker would hand it out: it may be changed in its place. */
static struct pick
picked_value(const char *const *values, size_t count, struct arena *a)
{
	struct buf list = { 0 };
	struct pick k = { .kind = PICK_TEXT, .count = 1 };

	if (count == 1) {
		k.len = strlen(values[0]);
		k.data = arena_strdup(a, values[0]);
		return k;
	}
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_addc(&list, ',');
		json_put_string(&list, values[i], strlen(values[i]));
	}
	k = (struct pick){
		.kind = PICK_LIST, .escaped = true, .count = (uint32_t)count,
		.data = arena_strndup(a, buf_text(&list), list.len),
		.len = list.len,
	};
	buf_release(&list);
	return k;
}

int
setting_set(const struct attr_row *s, struct object *o,
            const char *const *values, size_t count, struct arena *a)
{
	size_t at = s->attr;
	struct picked line;

	s->syntax->clear(o, s->offset);
	attr_set_remove(&o->unclear, s->attr);
	attr_set_remove(&o->have, s->attr);
	if (!count)
		return 0;
	memset(line.present, 0, sizeof(line.present));
	line.present[at / 64] = UINT64_C(1) << at % 64;
	line.odd = false;
	line.at[at] = picked_value(values, count, a);
	attr_map(o, FORM_AD, &line, a);
	return attr_set_has(&o->unclear, s->attr) ? -1 : 0;
}

static bool
is_list(const struct attr_row *s)
{
	return s->attr == ATTR_PROXIES;
}

bool
setting_is_text(const struct attr_row *s)
{
	return is_list(s) || s->syntax == &syntaxes[SYNTAX_TEXT] ||
	       s->syntax == &syntaxes[SYNTAX_ANY_TEXT];
}

static const char *
text_of(const struct attr_row *s, const struct object *o)
{
	return *(const char *const *)((const char *)o + s->offset);
}

bool
setting_has(const struct attr_row *s, const struct object *o,
            const char *value)
{
	const char *now;

	if (!is_list(s)) {
		now = text_of(s, o);
		return value ? now && strcmp(now, value) == 0 : !now;
	}
	for (size_t i = 0; value && i < o->proxy_count; i++)
		if (strcmp(o->proxies[i], value) == 0)
			return true;
	return !value;
}

static bool
is_but_for_blanks(const char *value, const char *cut)
{
	static const char blanks[] = " \t\r\n";
	size_t len;

	value += strspn(value, blanks);
	len = strlen(value);
	while (len && strchr(blanks, value[len - 1]))
		len--;
	return strlen(cut) == len && strncmp(value, cut, len) == 0;
}

bool
setting_meant(const struct attr_row *s, const struct object *o,
              const char **value)
{
	const char *one = is_list(s) ? NULL : text_of(s, o);
	const char *const *values = is_list(s) ? o->proxies : &one;
	size_t count = is_list(s) ? o->proxy_count : one != NULL;

	if (setting_has(s, o, *value))
		return true;
	for (size_t i = 0; i < count; i++)
		if (is_but_for_blanks(values[i], *value ? *value : "")) {
			*value = values[i];
			return true;
		}
	return false;
}

static void
change_list(const struct attr_row *s, struct object *o, const char *old,
            const char *new, struct arena *a)
{
	const char **list = arena_alloc(a, (o->proxy_count + 1) *
	                                sizeof(*list));
	bool there = new && setting_has(s, o, new);
	size_t n = 0;

	for (size_t i = 0; i < o->proxy_count; i++) {
		bool is = old && strcmp(o->proxies[i], old) == 0;

		if (!is || (old && new && strcmp(old, new) == 0))
			list[n++] = o->proxies[i];
		else if (new && !there)
			list[n++] = new;
		there |= is;
	}
	if (!old && new && !there)
		list[n++] = new;
	setting_set(s, o, list, n, a);
}

void
setting_change(const struct attr_row *s, struct object *o, const char *old,
               const char *new, struct arena *a)
{
	if (is_list(s))
		change_list(s, o, old, new, a);
	else if (setting_has(s, o, old))
		setting_set(s, o, &new, new ? 1 : 0, a);
}
