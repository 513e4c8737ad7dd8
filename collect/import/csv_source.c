/* The CSV files of AD and of tenants, and the sections of their rows. */
#include "collect/import/csv_source.h"

#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "collect/import/ad_module.h"
#include "collect/import/csv_exchange.h"
#include "collect/import/csv_parse.h"
#include "collect/import/csv_refuse.h"
#include "collect/import/exchange_organization.h"
#include "collect/import/exchange_server.h"
#include "collect/import/import_map.h"
#include "collect/import/msonline.h"
#include "collect/import/placeless.h"
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

static bool
has_column(const struct csv_table *t, const char *const *columns)
{
	for (; *columns; columns++)
		if (csv_table_has(t, *columns))
			return true;
	return false;
}

static enum section
ad_row_section(struct csv_table *t)
{
	long at = record_find(t->record, "objectClass");

	for (size_t i = 0; t->type && i < sizeof(types) / sizeof(types[0]) &&
	     (at < 0 || !record_values(t->record, (size_t)at)); i++)
		if (strstr(t->type, types[i].word))
			return types[i].section;
	/* csvde puts all classes into one file: its columns tell of no row. */
	return t->csvde ? ad_section(t->record)
	                : ad_module_section(t->record);
}

static int
add_group_type(struct csv_table *t, uint64_t line, struct err *err)
{
	(void)line;
	(void)err;
	if (!csv_table_has(t, "groupType") &&
	    ad_module_add_group_type(t->record))
		csv_table_derive(t, "groupType");
	return 0;
}

/* What the modules of PowerShell write of one object. */
static enum section
portal_row_section(struct csv_table *t)
{
	static const char *const of_groups[] = {
		"securityEnabled", "groupTypes", "groupType", NULL
	};
	const char *type = record_text(t->record, "ObjectType");

	if (type && strcasecmp(type, "Contact") == 0)
		return TENANT_CONTACTS;
	if ((type && strcasecmp(type, "Group") == 0) ||
	    (!csv_table_has(t, "userPrincipalName") &&
	     has_column(t, of_groups)))
		return TENANT_GROUPS;
	return csv_table_text(t, "deletedDateTime") ? TENANT_DELETED_USERS
	                                            : TENANT_USERS;
}

static void
add_synced(struct csv_table *t)
{
	if (!csv_table_has(t, "LastDirSyncTime") ||
	    csv_table_has(t, "DirSyncEnabled"))
		return;
	msonline_add_synced(t->record, csv_table_text(
		t, "onPremisesLastSyncDateTime"));
	csv_table_derive(t, "onPremisesSyncEnabled");
}

static int
add_msonline(struct csv_table *t, uint64_t line, struct err *err)
{
	(void)line;
	(void)err;
	add_synced(t);
	if (msonline_add_group(t->record)) {
		csv_table_derive(t, "mailEnabled");
		csv_table_derive(t, "securityEnabled");
	}
	return 0;
}

static const struct csv_dialect ad_dialect = {
	.columns = &ad_columns, .otherwise = COLUMN_AD,
	.section = ad_row_section, .complete = add_group_type,
	.empty = AD_USERS, .key = "dn", .is_object = placeless_is_object,
	.instead = "DistinguishedName, or at least ObjectGUID, SID or "
	           "SamAccountName,",
	.without_key = placeless_tell,
};

static const struct csv_dialect portal_dialect = {
	.columns = &portal_columns, .otherwise = COLUMN_TEXT,
	.section = portal_row_section, .complete = add_msonline,
	.empty = TENANT_USERS, .key = "id",
};

static struct parser *
ad_open(const char *name, struct sink *sink)
{
	return csv_parse_open(name, sink, &ad_dialect);
}

static struct parser *
portal_open(const char *name, struct sink *sink)
{
	return csv_parse_open(name, sink, &portal_dialect);
}

static const char *const of_idfix[] = {
	"ATTRIBUTE", "ERROR", "VALUE", "UPDATE", NULL
};

/* What Get-ADUser and its kin give when only the DN was not selected. */
static bool
is_placeless(const struct csv_head *h)
{
	static const char *const keys[] = {
		"sAMAccountName", "objectGUID", "objectSid", "SID", NULL
	};
	static const char *const judged[] = {
		"userPrincipalName", "mail", "EmailAddress", "proxyAddresses",
		"mailNickname", "objectClass", "userAccountControl",
		"Enabled", "GroupScope", "groupType", NULL
	};
	/* Of tenants; of local accounts; of lists to make accounts from. */
	static const char *const others[] = {
		"id", "objectId", "userType", "accountEnabled",
		"dirSyncEnabled", "immutableId", "onPremisesImmutableId",
		"onPremisesSyncEnabled", "licenses", "assignedLicenses",
		"blockCredential", "signInName", "RecipientType",
		"PrincipalSource", "LocalAccount", "Password",
		"AccountPassword", "passwordProfile", NULL
	};

	return csv_head_has_any(h, keys) && csv_head_has_any(h, judged) &&
	       !csv_head_has_any(h, others);
}

/* Whether AD's synchronized objects have it, and no list of other things. */
static bool
is_of_accounts(const char *column)
{
	/* As Exchange's cmdlets call properties of all that they know. */
	static const char *const anywhere[] = {
		"dn", "displayName", "cn", "name", "whenCreated",
		"whenChanged", "legacyExchangeDN", "description", "Enabled",
	};
	const struct column_map *map = column_find(&ad_columns, column);
	const char *name = map ? map->attribute : ad_columns.property(column);

	for (size_t i = 0; i < sizeof(anywhere) / sizeof(anywhere[0]); i++)
		if (name && strcasecmp(name, anywhere[i]) == 0)
			return false;
	for (size_t i = 0; name && i < SYNCED_SECTIONS; i++)
		if (reads_has(synced_sections[i], name))
			return true;
	return false;
}

/*
 * What tells of which kind the objects are, or is theirs alone: a list of
 * anything that Exchange, or a report, calls by its DN is none of AD's.
 */
static bool
tells_kind(const struct csv_head *h)
{
	static const char *const columns[] = {
		"objectClass", "objectCategory", "sAMAccountType",
		"GroupScope", "GroupCategory", "operatingSystem",
		"dNSHostName", "IPv4Address", NULL
	};

	/* Of one that is cut here the rest may tell. */
	if (h->end >= SOURCE_HEAD)
		return true;
	for (size_t i = 0; h->type && i < sizeof(types) / sizeof(types[0]);
	     i++)
		if (strstr(h->type, types[i].word))
			return true;
	for (size_t i = 0; i < h->count; i++)
		if (is_of_accounts(h->names[i]))
			return true;
	return csv_head_has_any(h, columns);
}

/* What Exchange gives of other things, with their DNs and classes. */
static bool
is_of_exchange(const struct csv_head *h)
{
	return csv_head_is_exchange(h) ||
	       csv_head_has(h, ORGANIZATION_EITHER) ||
	       (csv_head_has(h, SERVER_VERSION) &&
	        csv_head_has(h, SERVER_ROLE));
}

static bool
is_ad(const struct csv_head *h)
{
	static const char *const columns[] = {
		"DN", "DistinguishedName", NULL
	};

	return ((csv_head_has_any(h, columns) && tells_kind(h)) ||
	        is_placeless(h)) &&
	       !is_of_exchange(h) && !csv_head_has_all(h, of_idfix);
}

static bool
is_portal(const struct csv_head *h)
{
	static const char *const ids[] = { "id", "objectId", NULL };
	static const char *const objects[] = {
		"userPrincipalName", "securityEnabled", "mailEnabled",
		"groupType", "groupTypes", NULL
	};

	return csv_head_has_any(h, ids) && csv_head_has_any(h, objects);
}

/* Whether the header at the start of HEAD is one of KIND. */
static bool
head_is(bool (*kind)(const struct csv_head *h), const char *head, size_t len)
{
	struct csv_head h;
	bool yes;

	csv_head_read(&h, head, len);
	yes = kind(&h);
	csv_head_release(&h);
	return yes;
}

static bool
ad_recognise(const char *head, size_t len)
{
	return head_is(is_ad, head, len);
}

static bool
portal_recognise(const char *head, size_t len)
{
	return head_is(is_portal, head, len);
}

const struct source ad_csv_source = {
	.kind = "ad-csv",
	.recognise = ad_recognise,
	.lacks = csv_refusal,
	.open = ad_open,
};

const struct source portal_csv_source = {
	.kind = "portal-csv",
	.recognise = portal_recognise,
	.open = portal_open,
};
