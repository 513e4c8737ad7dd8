/*
 * Recipients of Exchange: those of both sides look the same, and only some of
 * their properties tell where they are.
 */
#include "collect/import/exchange_json.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/record.h"
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

static bool
has_text(const struct record *r, const char *name, const char *part)
{
	const char *text = record_text(r, name);

	return text && *text && strcasestr(text, part);
}

/* LEFT_OUT: nothing tells the side. */
static enum section
side_of(const struct record *r)
{
	if (has_text(r, "ExternalDirectoryObjectId", "") ||
	    has_text(r, "DistinguishedName", "DC=OUTLOOK,DC=COM") ||
	    has_text(r, "OrganizationId", "onmicrosoft.com"))
		return TENANT_MAILBOXES;
	return has_text(r, "DistinguishedName", "DC=") ? AD_MAILBOXES
	                                               : LEFT_OUT;
}

static bool
is_recipient(const struct record *r)
{
	return record_find(r, "PrimarySmtpAddress") >= 0 ||
	       record_find(r, "EmailAddresses") >= 0 ||
	       record_find(r, "RecipientTypeDetails") >= 0 ||
	       record_find(r, "ExternalDirectoryObjectId") >= 0;
}

static enum json_taken
put(struct json_file *f, enum section s, const struct split_piece *p,
    struct err *err)
{
	return json_file_put(f, s, json_columns_apply(f, s, find_column, p), p,
	                     err);
}

static enum json_taken
exchange_take(struct json_file *f, const struct split_piece *p,
              struct err *err)
{
	enum section s = side_of(f->raw);

	if (!is_recipient(f->raw))
		return JSON_FOREIGN;
	/* The objects of one file are of one side. */
	if (s == LEFT_OUT && f->asked[TENANT_MAILBOXES])
		s = TENANT_MAILBOXES;
	else if (s == LEFT_OUT && f->asked[AD_MAILBOXES])
		s = AD_MAILBOXES;
	if (s != LEFT_OUT)
		return put(f, s, p, err);
	json_file_wrong(f, p, 0, "a sign of the side: is this Exchange Online "
	                "(--as exchange-online-json), or on-premises? Then "
	                "add DistinguishedName to what is exported", err);
	return JSON_FAILED;
}

static enum json_taken
online_take(struct json_file *f, const struct split_piece *p,
            struct err *err)
{
	return is_recipient(f->raw) ? put(f, TENANT_MAILBOXES, p, err)
	                            : JSON_FOREIGN;
}

#define WANT "a recipient of Exchange, with PrimarySmtpAddress or " \
             "EmailAddresses"

static const struct json_dialect exchange_dialect = {
	.take = exchange_take, .want = WANT,
};

static const struct json_dialect online_dialect = {
	.take = online_take, .want = WANT,
};

static struct parser *
exchange_open(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &exchange_dialect);
}

static struct parser *
online_open(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &online_dialect);
}

static bool
exchange_recognise(const char *head, size_t len)
{
	static const char *const keys[] = {
		"PrimarySmtpAddress", "EmailAddresses", "RecipientTypeDetails",
		"ExternalDirectoryObjectId",
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_head_has(head, len, keys[i]))
			return true;
	return false;
}

static bool
never(const char *head, size_t len)
{
	(void)head;
	(void)len;
	return false;
}

const struct source exchange_json_source = {
	.kind = "exchange-json",
	.title = "JSON of Exchange (Get-Mailbox, Get-EXOMailbox, "
	         "Get-Recipient)",
	.recognise = exchange_recognise,
	.open = exchange_open,
};

const struct source exchange_online_json_source = {
	.kind = "exchange-online-json",
	.title = "JSON of Exchange Online",
	.recognise = never,
	.open = online_open,
};
