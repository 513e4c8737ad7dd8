/*
 * An Exchange CSV is of one side, which the rows at its beginning have to show:
 * by the place where an object is, or else by what only one side has. The
 * kinds, then, differ only by the section that they fill.
 */
#include "collect/import/csv_exchange.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/guid.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/csv_parse.h"
#include "collect/schema/schema.h"

enum exchange_sign {
	PLACE,           /* names where the object is */
	CLOUD_ID,        /* the tenant's GUID of it */
	CLOUD_TEXT,      /* a value of Exchange Online alone */
	CLOUD_TRUE,      /* True only in Exchange Online */
	PATH,            /* a place, if it is a path */
	CLOUD_ADDRESS,   /* SharePoint's, which AD never has */
	TYPE,            /* types of one side alone */
	PREMISES_ANY,    /* any value: only on premises */
};

static const struct {
	const char *column;
	enum exchange_sign sign;
} signs[] = {
	{ "DistinguishedName", PLACE },
	{ "OrganizationalUnit", PLACE },
	{ "OriginatingServer", PLACE },
	{ "ServerName", PLACE },
	{ "Database", PLACE },
	{ "Identity", PATH },
	{ "EmailAddresses", CLOUD_ADDRESS },
	{ "OrganizationalUnitRoot", CLOUD_TEXT },
	{ "OrganizationId", CLOUD_TEXT },
	{ "LegacyExchangeDN", CLOUD_TEXT },
	{ "ExternalDirectoryObjectId", CLOUD_ID },
	{ "MicrosoftOnlineServicesID", CLOUD_TEXT },
	{ "IsDirSynced", CLOUD_TRUE },
	{ "SKUAssigned", CLOUD_TRUE },
	{ "IsExchangeCloudManaged", CLOUD_TRUE },
	{ "RecipientTypeDetails", TYPE },
	{ "RemoteRoutingAddress", PREMISES_ANY },
	{ "OnPremisesOrganizationalUnit", PREMISES_ANY },
};

enum { SIGNS = sizeof(signs) / sizeof(signs[0]) };

/* What was met: of places, and of the rest. */
struct evidences {
	bool place[2], rest[2];  /* on premises, online */
};

/* Goes through the rows at a file's beginning. */
struct looker {
	struct csv_sink sink;
	size_t columns[SIGNS];   /* where they are, plus one */
	bool has_header;
	struct evidences found;
};

static bool
is_guid(const char *text)
{
	struct guid g;

	return guid_parse(&g, text) == 0;
}

/* Names of Exchange Online's forests, servers and tenants. */
static bool
is_online_name(const char *text)
{
	static const char *const parts[] = {
		"DC=OUTLOOK,DC=COM", ".outlook.com", "onmicrosoft.com",
		"Microsoft Exchange Hosted Organizations", "/o=ExchangeLabs",
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcasestr(text, parts[i]))
			return true;
	return false;
}

/* Its servers are called by one plan: AM0PR01MB1234, vi1p193mb0567. */
static bool
is_online_server(const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]))
			return false;
	return len >= 12 && (text[3] | 32) == 'p' &&
	       ((text[4] | 32) == 'r' || isdigit((unsigned char)text[4])) &&
	       strcasestr(text + 5, "MB");
}

/* And its databases: EURPR01DG101-db001. */
static bool
is_online_database(const char *text)
{
	const char *db = strcasestr(text, "-db");

	return strlen(text) > 12 && (text[3] | 32) == 'p' && db &&
	       isdigit((unsigned char)db[3]);
}

static void
weigh_type(struct evidences *e, const char *text)
{
	static const char *const online[] = { "GroupMailbox", "GuestMailUser" };

	if (!strncasecmp(text, "Remote", 6) ||
	    !strcasecmp(text, "LinkedMailbox"))
		e->rest[0] = true;
	for (size_t i = 0; i < 2; i++)
		if (strcasecmp(text, online[i]) == 0)
			e->rest[1] = true;
}

static void
weigh(struct evidences *e, enum exchange_sign kind, const char *text)
{
	bool online = is_online_name(text) || is_online_server(text) ||
	              is_online_database(text);

	switch (kind) {
	case PLACE:
		e->place[online] = true;
		break;
	case PATH:
		/* "contoso.com/Staff/Ada Lind" */
		if (strchr(text, '/') &&
		    memchr(text, '.', strcspn(text, "/")))
			e->place[online] = true;
		break;
	case CLOUD_ADDRESS:
		e->rest[1] = e->rest[1] || strcasestr(text, "SPO:SPO_");
		break;
	case CLOUD_ID:
		e->rest[1] = e->rest[1] || is_guid(text);
		break;
	case CLOUD_TEXT:
		e->rest[1] = e->rest[1] || online;
		break;
	case CLOUD_TRUE:
		e->rest[1] = e->rest[1] || !strcasecmp(text, "True");
		break;
	case TYPE:
		weigh_type(e, text);
		break;
	case PREMISES_ANY:
		e->rest[0] = true;
	}
}

static void
look_at_header(struct looker *l, const struct csv_row *row)
{
	l->has_header = true;
	for (size_t i = 0; i < row->count; i++) {
		char *name = csv_name(row->fields[i], row->lengths[i]);

		for (size_t k = 0; k < SIGNS; k++)
			if (strcasecmp(signs[k].column, name) == 0)
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
	for (size_t k = 0; k < SIGNS; k++) {
		size_t at = l->columns[k];

		if (at && at <= row->count && *row->fields[at - 1] &&
		    strcasecmp(row->fields[at - 1], signs[k].column) != 0)
			weigh(&l->found, signs[k].sign,
			      row->fields[at - 1]);
	}
	return 0;
}

/*
 * Where an object is decides; a remote mailbox has the tenant's GUID, too, so
 * that what only on-premises objects have comes before it.
 */
static enum exchange_side
side_of(const struct evidences *e)
{
	if (e->place[0] && e->place[1])
		return EXCHANGE_BOTH;
	if (e->place[0] || (!e->place[1] && e->rest[0]))
		return EXCHANGE_ON_PREMISES;
	return e->place[1] || e->rest[1] ? EXCHANGE_ONLINE : EXCHANGE_UNKNOWN;
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
	side = side_of(&l.found);
	if (side == EXCHANGE_UNKNOWN && len <= h.end + 1)
		side = side_of_head(&h);
	csv_head_release(&h);
	return side;
}

bool
csv_head_is_exchange(const struct csv_head *h)
{
	static const char *const columns[] = {
		"PrimarySmtpAddress", "EmailAddresses", "RecipientTypeDetails",
		"ExternalDirectoryObjectId", NULL
	};

	return csv_head_has_any(h, columns);
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

	if (dn && is_online_name(dn))
		return other_side(t, line, dn, "on premises", err);
	return 0;
}

static int
check_online(struct csv_table *t, uint64_t line, struct err *err)
{
	const char *dn = record_text(t->record, "DistinguishedName");

	if (dn && *dn && !is_online_name(dn))
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
