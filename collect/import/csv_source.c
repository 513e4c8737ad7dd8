/*
 * Tells the kinds of CSV files from each other, and the sections of their rows.
 */
#include "collect/import/csv_source.h"

#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "collect/import/csv_table.h"
#include "collect/schema/schema.h"

/* The classes of PowerShell's #TYPE line. */
static const struct {
	const char *word;
	enum section section;
} types[] = {
	{ "ADUser", AD_USERS },
	{ "ADGroup", AD_GROUPS },
	{ "ADComputer", AD_COMPUTERS },
	{ "ADOrganizationalUnit", AD_CONTAINERS },
};

static enum section
ad_row_section(struct csv_table *t)
{
	if (record_find(t->record, "objectClass") >= 0)
		return ad_section(t->record);
	for (size_t i = 0; t->type && i < sizeof(types) / sizeof(types[0]);
	     i++)
		if (strstr(t->type, types[i].word))
			return types[i].section;
	if (csv_table_has(t, "GroupScope") || csv_table_has(t, "groupType"))
		return AD_GROUPS;
	if (csv_table_has(t, "sAMAccountName") ||
	    csv_table_has(t, "userPrincipalName"))
		return AD_USERS;
	return AD_OTHER;
}

static bool
is_cloud_organization(const struct csv_table *t)
{
	const char *dn = record_text(t->record, "DistinguishedName");
	const char *org = record_text(t->record, "OrganizationId");

	return (dn && strcasestr(dn, "DC=OUTLOOK,DC=COM")) ||
	       (org && strcasestr(org, "onmicrosoft.com"));
}

static enum section
exchange_row_section(struct csv_table *t)
{
	const char *id = record_text(t->record, "ExternalDirectoryObjectId");

	if ((id && *id) || is_cloud_organization(t))
		return TENANT_MAILBOXES;
	return AD_MAILBOXES;
}

static enum section
portal_row_section(struct csv_table *t)
{
	/* The second name holds a date that could not be read. */
	return record_text(t->record, "deletedDateTime") ||
	       record_text(t->record, "Soft deletion time stamp")
		? TENANT_DELETED_USERS : TENANT_USERS;
}

static const struct csv_dialect ad_dialect = {
	.columns = &ad_columns, .otherwise = COLUMN_AD,
	.section = ad_row_section, .empty = AD_USERS, .key = "dn",
};

static const struct csv_dialect exchange_dialect = {
	.columns = &exchange_columns, .otherwise = COLUMN_TEXT,
	.section = exchange_row_section, .empty = TENANT_MAILBOXES,
};

static const struct csv_dialect portal_dialect = {
	.columns = &portal_columns, .otherwise = COLUMN_TEXT,
	.section = portal_row_section, .empty = TENANT_USERS, .key = "id",
};

static struct parser *
ad_open(const char *name, struct sink *sink)
{
	return csv_table_open(name, sink, &ad_dialect);
}

static struct parser *
exchange_open(const char *name, struct sink *sink)
{
	return csv_table_open(name, sink, &exchange_dialect);
}

static struct parser *
portal_open(const char *name, struct sink *sink)
{
	return csv_table_open(name, sink, &portal_dialect);
}

static bool
has_any(const char *head, size_t len, const char *const *columns)
{
	for (; *columns; columns++)
		if (csv_head_has(head, len, *columns))
			return true;
	return false;
}

static bool
exchange_recognise(const char *head, size_t len)
{
	static const char *const columns[] = {
		"PrimarySmtpAddress", "EmailAddresses", "RecipientTypeDetails",
		"ExternalDirectoryObjectId", NULL
	};

	return has_any(head, len, columns);
}

static bool
ad_recognise(const char *head, size_t len)
{
	static const char *const columns[] = {
		"DN", "DistinguishedName", NULL
	};

	return has_any(head, len, columns) && !exchange_recognise(head, len);
}

static bool
portal_recognise(const char *head, size_t len)
{
	static const char *const ids[] = { "id", "objectId", NULL };

	return has_any(head, len, ids) &&
	       csv_head_has(head, len, "userPrincipalName");
}

const struct source ad_csv_source = {
	.kind = "ad-csv",
	.title = "CSV of AD (csvde, Get-ADUser)",
	.recognise = ad_recognise,
	.open = ad_open,
};

const struct source exchange_csv_source = {
	.kind = "exchange-csv",
	.title = "CSV of Exchange (Get-Mailbox, Get-EXOMailbox, "
	         "Get-Recipient)",
	.recognise = exchange_recognise,
	.open = exchange_open,
};

const struct source portal_csv_source = {
	.kind = "portal-csv",
	.title = "CSV of a portal's users",
	.recognise = portal_recognise,
	.open = portal_open,
};
