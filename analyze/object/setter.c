/* Setting attributes of objects, for edits. */
#include "analyze/object/object.h"

#include <string.h>

#include "analyze/object/attr_row.h"
#include "base/buf.h"
#include "base/clean_text.h"
#include "base/hash.h"
#include "base/hash_index.h"
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
is_but_for_blanks(const char *a, const char *b)
{
	struct buf x = { 0 }, y = { 0 };
	bool is;

	trim_text(&x, a);
	trim_text(&y, b);
	is = strcmp(buf_text(&x), buf_text(&y)) == 0;
	buf_release(&x);
	buf_release(&y);
	return is;
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

/* ---- values in the place of others ---- */

/* A list while values of it change, all of them as they were before. */
struct changing {
	const struct value_change *changes;
	size_t count;
	struct hash_index olds;      /* the changes by OLD */
	struct hash_index by_text;
	const char **known;          /* what stays, and then what came */
	size_t known_count;
	const char **list;           /* the new one */
	size_t listed;
};

/* The last one that is on VALUE; NULL: it stays. */
static const struct value_change *
change_of(const struct changing *x, const char *value)
{
	const struct value_change *found = NULL;
	uint64_t hash = hash_text(value);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&x->olds, hash, &at)) >= 0)
		if (strcmp(x->changes[i].old, value) == 0)
			found = &x->changes[i];
	return found && found->new && strcmp(found->new, value) == 0
		? NULL : found;
}

static bool
is_known(const struct changing *x, const char *value)
{
	uint64_t hash = hash_text(value);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&x->by_text, hash, &at)) >= 0)
		if (strcmp(x->known[i], value) == 0)
			return true;
	return false;
}

static void
know(struct changing *x, const char *value)
{
	hash_index_add(&x->by_text, hash_text(value), x->known_count);
	x->known[x->known_count++] = value;
}

static void
put_new(struct changing *x, const char *value)
{
	if (!value || is_known(x, value))
		return;
	know(x, value);
	x->list[x->listed++] = value;
}

static void
put_values(struct changing *x, const struct object *o)
{
	for (size_t i = 0; i < x->count; i++)
		if (x->changes[i].old)
			hash_index_add(&x->olds, hash_text(x->changes[i].old),
			               i);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (!change_of(x, o->proxies[i]))
			know(x, o->proxies[i]);
	for (size_t i = 0; i < o->proxy_count; i++) {
		const struct value_change *c = change_of(x, o->proxies[i]);

		if (c)
			put_new(x, c->new);
		else
			x->list[x->listed++] = o->proxies[i];
	}
	for (size_t i = 0; i < x->count; i++)
		if (!x->changes[i].old)
			put_new(x, x->changes[i].new);
}

static void
change_list(const struct attr_row *s, struct object *o,
            const struct value_change *changes, size_t count, struct arena *a)
{
	size_t room = o->proxy_count + count + 1;
	struct changing x = {
		.changes = changes, .count = count,
		.known = arena_alloc(a, room * sizeof(*x.known)),
		.list = arena_alloc(a, room * sizeof(*x.list)),
	};

	put_values(&x, o);
	hash_index_release(&x.olds);
	hash_index_release(&x.by_text);
	setting_set(s, o, x.list, x.listed, a);
}

static void
change_text(const struct attr_row *s, struct object *o,
            const struct value_change *changes, size_t count, struct arena *a)
{
	const struct value_change *last = NULL;

	for (size_t i = 0; i < count; i++)
		if (setting_has(s, o, changes[i].old))
			last = &changes[i];
	if (last)
		setting_set(s, o, &last->new, last->new ? 1 : 0, a);
}

void
setting_change(const struct attr_row *s, struct object *o,
               const struct value_change *changes, size_t count,
               struct arena *a)
{
	if (!is_list(s)) {
		change_text(s, o, changes, count, a);
		return;
	}
	/* A new value may be the old one of another change. */
	if (o->proxies && o->proxies == o->ad.changed_proxies)
		return;
	change_list(s, o, changes, count, a);
	o->ad.changed_proxies = o->proxies;
}
