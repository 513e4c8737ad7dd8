/*
 * Recipients of Exchange: those of both sides look the same, and only some of
 * their properties tell where they are.
 */
#include "collect/import/exchange_json.h"

#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/exchange_side.h"
#include "collect/import/import_map.h"
#include "collect/import/json_columns.h"
#include "collect/import/json_file.h"
#include "collect/import/json_head.h"
#include "collect/schema/schema.h"

static void
find_column(enum section s, struct json_column *c)
{
	const struct column_map *map = column_find(&exchange_columns, c->name);

	(void)s;
	c->attribute = map && !map->attribute
		? NULL : xstrdup(map ? map->attribute : c->name);
	c->holds = map && map->treat == COLUMN_ADDRESSES ? HOLDS_ADDRESSES
	                                                 : HOLDS_ONE;
	c->sense = SENSE_PLAIN;
}

static const char *
text_of(const struct record *r, const char *name)
{
	const char *text = record_text(r, name);

	return text && *text ? text : NULL;
}

static bool
is_recipient(const struct record *r)
{
	const char *const *name = exchange_recipient_properties;

	for (; *name; name++)
		if (record_find(r, *name) >= 0)
			return true;
	return false;
}

/* Goes through the objects at a file's beginning. */
struct json_looker {
	struct split_sink sink;
	struct record *record;
	struct exchange_signs signs;
	bool recipients;
};

static int
look_at_object(struct split_sink *s, const struct split_piece *p,
               struct err *err)
{
	struct json_looker *l = (struct json_looker *)s;
	struct json_error e;

	(void)err;
	if (json_read_record(p->text, p->len, l->record, &e) < 0)
		return -1;
	l->recipients = l->recipients || is_recipient(l->record);
	exchange_weigh_record(&l->signs, l->record);
	return 0;
}

static int
look_at_page(struct split_sink *s, const struct split_piece *p,
             struct err *err)
{
	(void)s;
	(void)p;
	(void)err;
	return 0;
}

/* LEFT_OUT: no recipients, or nothing tells where they are. */
static enum section
section_of_head(const char *head, size_t len)
{
	struct json_looker l = {
		.sink = { .object = look_at_object,
		          .page_begin = look_at_page,
		          .page_end = look_at_page },
		.record = record_new(),
	};
	struct json_split *split = json_split_new("", &l.sink);
	enum exchange_side side;
	struct err err;

	/* What is wrong is told when the file is read. */
	json_split_feed(split, head, len, &err);
	json_split_free(split);
	record_free(l.record);
	side = l.recipients ? exchange_side_of(&l.signs) : EXCHANGE_UNKNOWN;
	if (side == EXCHANGE_ON_PREMISES)
		return AD_MAILBOXES;
	return side == EXCHANGE_ONLINE ? TENANT_MAILBOXES : LEFT_OUT;
}

/* One file is of one side. */
static enum json_taken
take(struct json_file *f, enum section s, const struct split_piece *p,
     struct err *err)
{
	const char *dn = text_of(f->raw, "DistinguishedName");
	bool online = s == TENANT_MAILBOXES;

	if (!is_recipient(f->raw))
		return JSON_FOREIGN;
	if (dn && exchange_is_online_name(dn) != online) {
		json_file_wrong(f, p, 0, online
		                ? "recipients of Exchange Online alone; this "
		                  "one's DistinguishedName is on premises"
		                : "recipients of Exchange on premises alone; "
		                  "this one's DistinguishedName is online",
		                err);
		return JSON_FAILED;
	}
	return json_file_put(f, s, json_columns_apply(f, s, find_column, p), p,
	                     err);
}

static enum json_taken
take_on_premises(struct json_file *f, const struct split_piece *p,
                 struct err *err)
{
	return take(f, AD_MAILBOXES, p, err);
}

static enum json_taken
take_online(struct json_file *f, const struct split_piece *p,
            struct err *err)
{
	return take(f, TENANT_MAILBOXES, p, err);
}

#define WANT "a recipient of Exchange, with PrimarySmtpAddress or " \
             "EmailAddresses"

static const struct json_dialect on_premises_dialect = {
	.take = take_on_premises, .want = WANT,
};

static const struct json_dialect online_dialect = {
	.take = take_online, .want = WANT,
};

static struct parser *
open_on_premises(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &on_premises_dialect);
}

static struct parser *
open_online(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &online_dialect);
}

static bool
recognise_on_premises(const char *head, size_t len)
{
	return json_head_is(head, len) &&
	       section_of_head(head, len) == AD_MAILBOXES;
}

static bool
recognise_online(const char *head, size_t len)
{
	return json_head_is(head, len) &&
	       section_of_head(head, len) == TENANT_MAILBOXES;
}

const struct source exchange_json_source = {
	.kind = "exchange-json",
	.recognise = recognise_on_premises,
	.open = open_on_premises,
};

const struct source exchange_online_json_source = {
	.kind = "exchange-online-json",
	.recognise = recognise_online,
	.open = open_online,
};
