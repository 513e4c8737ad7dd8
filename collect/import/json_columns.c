/*
 * Mostly the keys of an object are those of the object before it, and mostly
 * nothing has to be changed: that is seen without looking anything up.
 */
#include "collect/import/json_columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/json_tell.h"

static void
forget(struct json_file *f)
{
	for (size_t i = 0; i < f->column_count; i++) {
		free(f->columns[i].name);
		free(f->columns[i].attribute);
	}
	f->column_count = 0;
}

static const struct json_column *
column_at(struct json_file *f, enum section s, size_t i,
          void (*find)(enum section s, struct json_column *c))
{
	const char *name = record_name(f->raw, i);
	struct json_column *c;

	if (i == f->column_count) {
		LIST_RESERVE(f->columns, f->column_room, i + 1);
		f->columns[f->column_count++] = (struct json_column){ 0 };
	}
	c = &f->columns[i];
	if (c->name && strcmp(c->name, name) == 0)
		return c;
	free(c->name);
	free(c->attribute);
	c->name = xstrdup(name);
	find(s, c);
	c->read = c->attribute && reads_has(s, c->attribute);
	c->plain = c->attribute && c->sense == SENSE_PLAIN &&
	           strcmp(c->attribute, c->name) == 0;
	return c;
}

static bool
has_values(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return at >= 0 && record_values(r, (size_t)at);
}

/* Of two keys for one attribute its own name counts, then the first. */
static bool
is_doubled(const struct json_file *f, const struct json_column *c)
{
	return has_values(f->record, c->attribute) ||
	       (strcasecmp(c->name, c->attribute) != 0 &&
	        has_values(f->raw, c->attribute));
}

static bool
fits(const struct record *r, size_t i, const struct json_column *c)
{
	return c->plain &&
	       (json_shape_fits(r, i, c->holds) ||
	        (!c->read && c->holds == HOLDS_ONE));
}

void
json_columns_copy(struct record *to, const char *name,
                  const struct record *from, size_t attr)
{
	record_reset(to, name);
	record_declare(to, name, record_shape(from, attr));
	for (size_t i = 0; i < record_values(from, attr); i++) {
		struct value v = record_value(from, attr, i);

		record_add(to, name, v.kind, v.data, v.len);
	}
}

/* BlockCredential: what is true is false, and what is neither stays. */
static void
invert(struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;
	bool yes;

	if (at < 0 || record_values(r, (size_t)at) != 1)
		return;
	v = record_value(r, (size_t)at, 0);
	yes = strcasecmp(v.data, "true") == 0;
	if (!yes && strcasecmp(v.data, "false") != 0)
		return;
	record_reset(r, name);
	record_add(r, name, VALUE_JSON, yes ? "false" : "true", yes ? 5 : 4);
}

static enum json_loss
add(struct record *to, const struct record *from, size_t i,
    const struct json_column *c)
{
	enum json_loss loss = LOSS_NONE;

	if (json_shape_fits(from, i, c->holds) ||
	    (!c->read && c->holds == HOLDS_ONE))
		json_columns_copy(to, c->attribute, from, i);
	else
		loss = json_shape_add(to, c->attribute, c->holds, from, i);
	if (c->sense == SENSE_INVERTED)
		invert(to, c->attribute);
	return loss;
}

const struct record *
json_columns_apply(struct json_file *f, enum section s,
                   void (*find)(enum section s, struct json_column *c),
                   const struct split_piece *p)
{
	const struct record *raw = f->raw;
	size_t n = record_count(raw), plain = 0;

	if (f->columns_of != s)
		forget(f);
	f->columns_of = s;
	while (plain < n && fits(raw, plain, column_at(f, s, plain, find)))
		plain++;
	if (plain == n)
		return raw;
	record_clear(f->record);
	for (size_t i = 0; i < n; i++) {
		const struct json_column *c = column_at(f, s, i, find);
		enum json_loss loss = LOSS_NONE;

		if (c->attribute && !is_doubled(f, c))
			loss = add(f->record, raw, i, c);
		if (loss)
			json_file_lost(f, s, c->attribute, loss, p);
	}
	return f->record;
}
