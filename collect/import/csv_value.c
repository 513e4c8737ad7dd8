/* From the fields of CSV files to values. */
#include "collect/import/csv_value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/hex.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/when.h"
#include "collect/import/csv_lost.h"
#include "collect/import/type_name.h"
#include "collect/import/value_flag.h"
#include "collect/schema/schema.h"

void
meeting_note(struct meeting *m, uint64_t line, const char *value)
{
	if (m->line)
		return;
	m->line = line;
	m->value = xstrdup(value);
}

static void
add_raw(struct record *r, const struct column *c, const char *text, size_t len)
{
	ad_record_add_as(r, c->ad, c->attribute, text, len);
}

static bool
is_hex(const char *text, size_t len)
{
	return len >= 3 && len % 2 && (text[0] | 32) == 'x' &&
	       text[1] == '\'' && text[len - 1] == '\'';
}

/* csvde writes a text that is not in its code page as X'0a1b...'. */
static bool
add_hex(struct record *r, const struct column *c, const char *text, size_t len)
{
	struct buf bytes = { 0 };
	bool hex = is_hex(text, len) &&
	           hex_decode(&bytes, text + 2, len - 3) == 0;

	if (hex)
		add_raw(r, c, buf_text(&bytes), bytes.len);
	buf_release(&bytes);
	return hex;
}

/* Octets are handed on as text, whatever they are written in. */
static bool
holds_octets(const struct column *c)
{
	return c->ad && c->ad->kind == VALUE_BYTES;
}

static bool
is_csvde(const struct column *c)
{
	return c->by == SPLIT_CSVDE || c->by == SPLIT_CSVDE_ONE;
}

/* Hands the values of a cell to a record. */
struct adder {
	struct cell_sink sink;
	struct record *record;
	const struct column *column;
};

static void
add_value(struct cell_sink *s, const char *text, size_t len)
{
	struct adder *a = (struct adder *)s;

	if (is_csvde(a->column) && is_hex(text, len) &&
	    !holds_octets(a->column) &&
	    add_hex(a->record, a->column, text, len))
		return;
	if (a->column->treat == COLUMN_AD)
		add_raw(a->record, a->column, text, len);
	else
		record_add(a->record, a->column->attribute, VALUE_TEXT, text,
		           len);
}

static enum loss
add_list(struct record *r, const struct column *c, const char *text)
{
	struct adder a = {
		.sink = { .value = add_value }, .record = r, .column = c,
	};

	record_declare(r, c->attribute, SHAPE_LIST);
	return split_cell(&a.sink, c->by, text) == SPLIT_CUT ? LOSS_CUT
	                                                     : LOSS_NONE;
}

/* Of an attribute that has one value; its escapes are those of lists. */
static enum loss
add_one(struct record *r, const struct column *c, const char *text)
{
	struct adder a = {
		.sink = { .value = add_value }, .record = r, .column = c,
	};

	split_cell(&a.sink, c->by, text);
	return LOSS_NONE;
}

static enum loss
add_ad(struct record *r, struct column *c, const char *text, size_t len)
{
	const struct ad_attr *a = c->ad;
	bool list = a && a->shape == SHAPE_LIST;

	if (holds_octets(c)) {
		if (list && is_hex(text, strcspn(text, ";")))
			return add_list(r, c, text);
		add_raw(r, c, text, len);
		return LOSS_NONE;
	}
	if (list)
		return add_list(r, c, text);
	if (c->by == SPLIT_CSVDE_ONE)
		return add_one(r, c, text);
	if (!add_hex(r, c, text, len))
		add_raw(r, c, text, len);
	return LOSS_NONE;
}

/* What a column says contrary to its attribute, as "Block credential" does. */
static enum loss
add_inverted(struct record *r, const struct column *c, const char *text)
{
	enum value_flag flag = value_flag(text);

	if (flag == FLAG_NOT) {
		record_add_text(r, c->name, text);
		return LOSS_FLAG;
	}
	if (flag == FLAG_TRUE)
		record_add(r, c->attribute, VALUE_JSON, "false", 5);
	else
		record_add(r, c->attribute, VALUE_JSON, "true", 4);
	return LOSS_NONE;
}

bool
csv_value_is_date(const struct column *c)
{
	return c->treat == COLUMN_DATE || c->treat == COLUMN_TIME ||
	       c->treat == COLUMN_WHEN;
}

void
csv_value_look(struct column *c, uint64_t line, const char *text)
{
	struct date d;

	date_read(&d, text);
	c->order = date_order_learn(c->order, &d);
	if (d.form == DATE_ODD)
		meeting_note(&c->odd, line, text);
}

static void
put_date(struct record *r, const struct column *c, when_t when)
{
	char out[WHEN_TEXT];
	size_t n = 0;

	when_format(when, out);
	if (c->treat == COLUMN_DATE) {
		snprintf(out, sizeof(out), "%lld",
		         (long long)when_to_filetime(when));
	} else if (c->treat == COLUMN_WHEN) {
		for (const char *t = out; *t; t++)
			if (isdigit((unsigned char)*t))
				out[n++] = *t;
		snprintf(out + n, sizeof(out) - n, ".0Z");
	}
	record_add_text(r, c->attribute, out);
}

/* A date that cannot be read is kept under the column's own name. */
static enum loss
add_date(struct record *r, struct column *c, uint64_t line, const char *text)
{
	struct date d;
	when_t when;

	date_read(&d, text);
	if (d.form == DATE_NONE) {
		record_add_text(r, c->attribute, text);
		return LOSS_NONE;
	}
	if (!c->odd.line && date_when(&d, c->order, &when) == 0) {
		put_date(r, c, when);
		if (d.zone == ZONE_LOCAL)
			meeting_note(&c->local, line, text);
		return LOSS_NONE;
	}
	if (strcasecmp(c->name, c->attribute) != 0)
		record_add_text(r, c->name, text);
	if (c->odd.line)
		return LOSS_WORDS;
	return d.form == DATE_WRONG ? LOSS_DAY : LOSS_ORDER;
}

/* An attribute that was asked for and has no value. */
static void
declare(struct record *r, const struct column *c)
{
	const struct ad_attr *a = c->ad;
	enum attr_shape shape = SHAPE_SINGLE;
	size_t n, at;

	if (c->treat == COLUMN_ADDRESSES ||
	    (c->treat == COLUMN_AD && a && a->shape == SHAPE_LIST))
		shape = SHAPE_LIST;
	n = record_count(r);
	at = record_attribute(r, c->attribute, strlen(c->attribute));
	/* What another column has given it stays. */
	if (at == n)
		record_set_shape(r, at, shape);
}

/* Texts of people are no type names, and their "?" are letters. */
static enum type_field
lost_kind(const struct column *c)
{
	const struct ad_attr *a = c->ad;

	if (c->treat == COLUMN_ADDRESSES ||
	    (c->treat == COLUMN_AD && a &&
	     (a->shape == SHAPE_LIST || a->kind == VALUE_BYTES)))
		return FIELD_VALUES;
	return FIELD_TEXT;
}

static enum loss
add(struct record *r, struct column *c, uint64_t line, const char *text,
    size_t len)
{
	switch (c->treat) {
	case COLUMN_AD:
		return add_ad(r, c, text, len);
	case COLUMN_DN:
		if (!add_hex(r, c, text, len))
			record_add(r, c->attribute, VALUE_TEXT, text, len);
		return LOSS_NONE;
	case COLUMN_ADDRESSES:
		return add_list(r, c, text);
	case COLUMN_FLAG_INVERTED:
		return add_inverted(r, c, text);
	case COLUMN_DATE:
	case COLUMN_TIME:
	case COLUMN_WHEN:
		return add_date(r, c, line, text);
	default:
		record_add(r, c->attribute, VALUE_TEXT, text, len);
		return LOSS_NONE;
	}
}

/* Where other letters are there, a "?" at a word's end is one. */
static enum loss
letters(struct column *c, const char *text, size_t len)
{
	bool ascii = utf8_is_ascii(text, len);
	enum lost_letters lost;

	c->wide = c->wide || !ascii;
	if (ascii && !memchr(text, '?', len))
		return LOSS_NONE;
	lost = csv_lost_letters(text);
	if (lost == LETTERS_LOST || (lost == LETTERS_MAYBE && !c->wide))
		return LOSS_LETTERS;
	return LOSS_NONE;
}

enum loss
csv_value_add(struct record *r, struct column *c, uint64_t line,
              const char *text, size_t len)
{
	enum loss loss = LOSS_NONE;

	if (c->treat == COLUMN_JUNK)
		return LOSS_NONE;
	if (!len)
		declare(r, c);
	else if (type_name_is(text, lost_kind(c)))
		loss = LOSS_TYPE;
	else
		loss = add(r, c, line, text, len);
	if (!loss && len)
		loss = letters(c, text, len);
	if (loss)
		meeting_note(&c->losses[loss], line, text);
	return loss;
}
