/* Setting attributes of objects, for edits. */
#include "analyze/object/object.h"

#include <string.h>

#include "analyze/object/attr_row.h"
#include "analyze/object/syntax_edit.h"
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

bool
setting_is_list(const struct attr_row *s)
{
	return s->attr == ATTR_PROXIES;
}

bool
setting_is_text(const struct attr_row *s)
{
	return setting_is_list(s) || s->syntax->clear == clear_text;
}

const char *
setting_text(const struct attr_row *s, const struct object *o)
{
	const char *text = *(const char *const *)((const char *)o + s->offset);

	return text ? text : "";
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
