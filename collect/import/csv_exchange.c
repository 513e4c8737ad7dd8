/*
 * An Exchange CSV is of one side, which the rows at its beginning have to show.
 * The kinds, then, differ only by the section that they fill.
 */
#include "collect/import/csv_exchange.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/csv_parse.h"
#include "collect/schema/schema.h"

/* Goes through the rows at a file's beginning. */
struct looker {
	struct csv_sink sink;
	size_t columns[EXCHANGE_PROPERTIES];   /* where, plus one */
	bool has_header;
	struct exchange_signs found;
};

static void
look_at_header(struct looker *l, const struct csv_row *row)
{
	l->has_header = true;
	for (size_t i = 0; i < row->count; i++) {
		char *name = csv_name(row->fields[i], row->lengths[i]);

		for (size_t k = 0; k < EXCHANGE_PROPERTIES; k++)
			if (strcasecmp(exchange_property(k), name) == 0)
				l->columns[k] = i + 1;
		free(name);
	}
}

static int
look_at_row(struct csv_sink *s, const struct csv_row *row, struct err *err)
{
	struct looker *l = (struct looker *)s;

	(void)err;
	if (!l->has_header) {
		look_at_header(l, row);
		return 0;
	}
	for (size_t k = 0; k < EXCHANGE_PROPERTIES; k++) {
		size_t at = l->columns[k];

		if (at && at <= row->count &&
		    strcasecmp(row->fields[at - 1], exchange_property(k)) != 0)
			exchange_weigh(&l->found, k, row->fields[at - 1]);
	}
	return 0;
}

/* What PowerShell's #TYPE line and columns tell of a file without rows. */
static enum exchange_side
side_of_head(const struct csv_head *h)
{
	if (h->type && strstr(h->type, "RemoteMailbox"))
		return EXCHANGE_ON_PREMISES;
	if (csv_head_has(h, "RemoteRoutingAddress"))
		return EXCHANGE_ON_PREMISES;
	if (csv_head_has(h, "ExternalDirectoryObjectId"))
		return EXCHANGE_ONLINE;
	return EXCHANGE_UNKNOWN;
}

/* Up to the last line end: a value that is cut tells nothing. */
static size_t
whole_lines(const char *head, size_t len)
{
	while (len && head[len - 1] != '\n')
		len--;
	return len;
}

enum exchange_side
csv_exchange_side(const char *head, size_t len)
{
	struct looker l = { .sink = { .put = look_at_row } };
	struct csv_reader *reader;
	enum exchange_side side;
	struct csv_head h;
	struct err err;

	csv_head_read(&h, head, len);
	if (len == SOURCE_HEAD)
		len = whole_lines(head, len);
	reader = csv_reader_new("", h.delimiter ? h.delimiter : ',', 1,
	                        &l.sink);
	/* What is wrong in it is told when it is read. */
	if (len > h.start &&
	    csv_feed(reader, head + h.start, len - h.start, &err) == 0)
		csv_finish(reader, &err);
	csv_reader_free(reader);
	side = exchange_side_of(&l.found);
	if (side == EXCHANGE_UNKNOWN && len <= h.end + 1)
		side = side_of_head(&h);
	csv_head_release(&h);
	return side;
}

bool
csv_head_is_exchange(const struct csv_head *h)
{
	return csv_head_has_any(h, exchange_recipient_properties);
}

static bool
is_of_side(const char *head, size_t len, enum exchange_side side)
{
	struct csv_head h;
	bool exchange;

	csv_head_read(&h, head, len);
	exchange = csv_head_is_exchange(&h);
	csv_head_release(&h);
	return exchange && csv_exchange_side(head, len) == side;
}

/* Where nothing tells the side, --as does. */
static bool
accepts(const char *head, size_t len)
{
	return is_of_side(head, len, EXCHANGE_UNKNOWN);
}

static bool
accepts_on_premises(const char *head, size_t len)
{
	return accepts(head, len) ||
	       is_of_side(head, len, EXCHANGE_ON_PREMISES);
}

static bool
accepts_online(const char *head, size_t len)
{
	return accepts(head, len) || is_of_side(head, len, EXCHANGE_ONLINE);
}

static bool
recognise_on_premises(const char *head, size_t len)
{
	return is_of_side(head, len, EXCHANGE_ON_PREMISES);
}

static bool
recognise_online(const char *head, size_t len)
{
	return is_of_side(head, len, EXCHANGE_ONLINE);
}

static enum section
on_premises_section(struct csv_table *t)
{
	(void)t;
	return AD_MAILBOXES;
}

static enum section
online_section(struct csv_table *t)
{
	(void)t;
	return TENANT_MAILBOXES;
}

static int
other_side(const struct csv_table *t, uint64_t line, const char *dn,
           const char *side, struct err *err)
{
	return err_input(err, "%s:%llu: DistinguishedName: \"%.200s\" is not "
	                 "of Exchange %s, as the file is; export each side by "
	                 "itself", t->name, (unsigned long long)line, dn,
	                 side);
}

/* A row whose place is on the other side. */
static int
check_on_premises(struct csv_table *t, uint64_t line, struct err *err)
{
	const char *dn = record_text(t->record, "DistinguishedName");

	if (dn && exchange_is_online_name(dn))
		return other_side(t, line, dn, "on premises", err);
	return 0;
}

static int
check_online(struct csv_table *t, uint64_t line, struct err *err)
{
	const char *dn = record_text(t->record, "DistinguishedName");

	if (dn && *dn && !exchange_is_online_name(dn))
		return other_side(t, line, dn, "Online", err);
	return 0;
}

static const struct csv_dialect on_premises_dialect = {
	.columns = &exchange_columns, .otherwise = COLUMN_TEXT,
	.section = on_premises_section, .complete = check_on_premises,
	.empty = AD_MAILBOXES,
};

static const struct csv_dialect online_dialect = {
	.columns = &exchange_columns, .otherwise = COLUMN_TEXT,
	.section = online_section, .complete = check_online,
	.empty = TENANT_MAILBOXES,
};

static struct parser *
open_on_premises(const char *name, struct sink *sink)
{
	return csv_parse_open(name, sink, &on_premises_dialect);
}

static struct parser *
open_online(const char *name, struct sink *sink)
{
	return csv_parse_open(name, sink, &online_dialect);
}

const struct source exchange_csv_source = {
	.kind = "exchange-csv",
	.recognise = recognise_on_premises,
	.accepts = accepts_on_premises,
	.open = open_on_premises,
};

const struct source exchange_online_csv_source = {
	.kind = "exchange-online-csv",
	.recognise = recognise_online,
	.accepts = accepts_online,
	.open = open_online,
};
