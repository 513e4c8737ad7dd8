/*
 * Finds out what the objects of a file are, in Graph's own words, in those of
 * PowerShell's modules over it, and in those of the modules before them.
 */
#include "collect/import/graph_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/import/graph_names.h"
#include "collect/import/json_columns.h"
#include "collect/import/json_file.h"
#include "collect/import/json_head.h"
#include "collect/import/msonline.h"
#include "collect/import/sync_behavior.h"
#include "collect/schema/schema.h"

/* The words of contexts and types, and the properties of bare objects. */
static const struct word {
	const char *word;
	enum section section;
} contexts[] = {
	{ "users", TENANT_USERS },
	{ "groups", TENANT_GROUPS },
	{ "contacts", TENANT_CONTACTS },
	{ "domains", TENANT_DOMAINS },
	{ "organization", TENANT_ORGANIZATION },
	{ "subscribedSkus", TENANT_SKUS },
	{ "onPremisesSyncBehavior", TENANT_SYNC_BEHAVIOR },
	{ NULL, LEFT_OUT },
}, types[] = {
	{ "#microsoft.graph.user", TENANT_USERS },
	{ "#microsoft.graph.group", TENANT_GROUPS },
	{ "#microsoft.graph.orgContact", TENANT_CONTACTS },
	{ "#microsoft.graph.domain", TENANT_DOMAINS },
	{ "#microsoft.graph.organization", TENANT_ORGANIZATION },
	{ "#microsoft.graph.subscribedSku", TENANT_SKUS },
	{ "#microsoft.graph.onPremisesSyncBehavior", TENANT_SYNC_BEHAVIOR },
	{ NULL, LEFT_OUT },
}, old_types[] = {
	{ "User", TENANT_USERS },
	{ "Group", TENANT_GROUPS },
	{ "Contact", TENANT_CONTACTS },
	{ "Company", TENANT_ORGANIZATION },
	{ NULL, LEFT_OUT },
}, properties[] = {
	{ "userPrincipalName", TENANT_USERS },
	{ "skuPartNumber", TENANT_SKUS },
	{ "verifiedDomains", TENANT_ORGANIZATION },
	{ "isVerified", TENANT_DOMAINS },
	{ "isInitial", TENANT_DOMAINS },
	{ "authenticationType", TENANT_DOMAINS },
	{ "groupTypes", TENANT_GROUPS },
	{ "securityEnabled", TENANT_GROUPS },
	{ "mailEnabled", TENANT_GROUPS },
	{ "groupType", TENANT_GROUPS },
	{ "accountEnabled", TENANT_USERS },
	{ "blockCredential", TENANT_USERS },
	{ "onPremisesImmutableId", TENANT_USERS },
	{ "assignedPlans", TENANT_USERS },
	{ "userType", TENANT_USERS },
	{ "phones", TENANT_CONTACTS },
	{ "addresses", TENANT_CONTACTS },
	{ "companyName", TENANT_CONTACTS },
	{ "isCloudManaged", TENANT_SYNC_BEHAVIOR },
	{ NULL, LEFT_OUT },
};

static enum section
find_word(const struct word *in, const char *word, size_t len)
{
	while (in->word && (strlen(in->word) != len ||
	                    strncmp(in->word, word, len) != 0))
		in++;
	return in->section;
}

/*
 * "...$metadata#users(id,mail)/$entity" -> users, but not
 * "...#users('ID')/memberOf". Deleted users are known only where the path is
 * told; mostly they are "users", too, and their deletedDateTime tells.
 */
static enum section
by_context(const char *context)
{
	const char *word = strchr(context, '#');
	size_t len;

	if (!word)
		return LEFT_OUT;
	if (strstr(word, "deletedItems"))
		return strcasestr(word, ".user") ? TENANT_DELETED_USERS
		                                 : LEFT_OUT;
	if (strstr(word, ")/onPremisesSyncBehavior"))
		return TENANT_SYNC_BEHAVIOR;
	if (strstr(word, "microsoft.graph.user"))
		return TENANT_USERS;
	word++;
	len = strcspn(word, "(/");
	if (strncmp(word + len, "('", 2) == 0)
		return LEFT_OUT;
	return find_word(contexts, word, len);
}

/* "odata.type" of Azure AD Graph: "Microsoft.DirectoryServices.User". */
static const char *
old_type(const struct record *r)
{
	const char *type = record_text(r, "odata.type");
	const char *dot = type ? strrchr(type, '.') : NULL;

	return dot ? dot + 1 : record_text(r, "objectType");
}

static enum section
by_object(const struct record *r)
{
	const char *type = record_text(r, "@odata.type");
	const char *old = old_type(r);
	const char *context = record_text(r, "@odata.context");

	if (type)
		return find_word(types, type, strlen(type));
	if (context && by_context(context) != LEFT_OUT)
		return by_context(context);
	if (old && find_word(old_types, old, strlen(old)) != LEFT_OUT)
		return find_word(old_types, old, strlen(old));
	for (size_t i = 0; properties[i].word; i++)
		if (record_find(r, properties[i].word) >= 0)
			return properties[i].section;
	return LEFT_OUT;
}

/* Properties that are no single value. */
static const struct {
	const char *name;
	enum json_holds holds;
} lists[] = {
	{ "proxyAddresses", HOLDS_ADDRESSES },
	{ "otherMails", HOLDS_ADDRESSES },
	{ "imAddresses", HOLDS_ADDRESSES },
	{ "groupTypes", HOLDS_WORDS },
	{ "assignedPlans", HOLDS_OBJECTS },
	{ "onPremisesProvisioningErrors", HOLDS_OBJECTS },
	{ "serviceProvisioningErrors", HOLDS_OBJECTS },
	{ "licenseAssignmentStates", HOLDS_OBJECTS },
	{ "assignedLicenses", HOLDS_OBJECTS },
	{ "provisionedPlans", HOLDS_OBJECTS },
	{ "verifiedDomains", HOLDS_OBJECTS },
	{ "servicePlans", HOLDS_OBJECTS },
	{ "identities", HOLDS_OBJECTS },
};

static void
find_column(enum section s, struct json_column *column)
{
	column->holds = HOLDS_ONE;
	column->sense = SENSE_PLAIN;
	column->attribute = strcmp(column->name, SYNC_BEHAVIOR) == 0 ? NULL
		: graph_name_of(s, column->name, &column->sense);
	for (size_t i = 0; column->attribute &&
	     i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcmp(lists[i].name, column->attribute) == 0)
			column->holds = lists[i].holds;
}

/* A deleted user's name begins with its id, without the dashes. */
static bool
is_renamed(const struct record *r)
{
	const char *id = record_text(r, "id");
	const char *upn = record_text(r, "userPrincipalName");

	if (!id || !upn || strlen(id) != 36)
		return false;
	for (; *id; id++)
		if (*id != '-' && (*id | 32) != (*upn++ | 32))
			return false;
	return true;
}

static bool
is_deleted(const struct record *r)
{
	static const char *const names[] = {
		"deletedDateTime", "deletionTimestamp",
		"softDeletionTimestamp",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		long at = record_find(r, names[i]);

		if (at >= 0 && record_values(r, (size_t)at) &&
		    *record_value(r, (size_t)at, 0).data &&
		    strcmp(record_value(r, (size_t)at, 0).data, "{}") != 0)
			return true;
	}
	return is_renamed(r);
}

static enum section
section_for(const struct json_file *f)
{
	enum section s = by_object(f->raw);

	if (record_text(f->raw, "@odata.type") == NULL &&
	    f->page.expected != LEFT_OUT)
		s = f->page.expected;
	if (is_deleted(f->raw))
		return s == TENANT_USERS || s == TENANT_DELETED_USERS
			? TENANT_DELETED_USERS : LEFT_OUT;
	return s;
}

/*
 * Get-MgDirectoryDeletedItem and Get-MgGroupMember give objects of which all
 * but the id stands in AdditionalProperties.
 */
static bool
merge_additional(struct record *r)
{
	long at = record_find(r, "AdditionalProperties");
	struct record *more;
	struct json_error e;
	struct value v;
	bool any = false;

	if (at < 0 || !record_values(r, (size_t)at))
		return false;
	v = record_value(r, (size_t)at, 0);
	more = record_new();
	if (v.kind == VALUE_JSON && *v.data == '{' &&
	    json_read_record(v.data, v.len, more, &e) == 0) {
		for (size_t i = 0; i < record_count(more); i++) {
			const char *name = record_name(more, i);
			long own = record_find(r, name);

			if (own >= 0 && record_values(r, (size_t)own))
				continue;
			json_columns_copy(r, name, more, i);
			any = any || strcasecmp(name, "displayName") == 0;
		}
	}
	record_free(more);
	return any;
}

static enum json_taken
leave_out(struct json_file *f)
{
	const char *why = NULL;

	if (record_find(f->raw, "@removed") >= 0)
		why = "objects that a delta answer calls removed were left "
		      "out";
	else if (is_deleted(f->raw))
		why = "deleted objects that are no users were left out";
	else if (record_text(f->raw, "@odata.type"))
		why = "objects of types that syncscope does not read were "
		      "left out";
	if (!why)
		return JSON_FOREIGN;
	f->sink->note(f->sink, why);
	f->page.objects++;
	return JSON_TAKEN;
}

/* How to ask for the id, in the words of who was asked. */
static int
without_id(struct json_file *f, const struct split_piece *p, enum section s,
           struct err *err)
{
	static const char *const cmdlets[SECTION_COUNT] = {
		[TENANT_USERS] = "Get-MgUser",
		[TENANT_DELETED_USERS] = "Get-MgDirectoryDeletedItemAsUser",
		[TENANT_GROUPS] = "Get-MgGroup",
		[TENANT_CONTACTS] = "Get-MgContact",
		[TENANT_DOMAINS] = "Get-MgDomain",
		[TENANT_ORGANIZATION] = "Get-MgOrganization",
		[TENANT_SKUS] = "Get-MgSubscribedSku",
		[TENANT_SYNC_BEHAVIOR] = "Invoke-MgGraphRequest",
	};
	char *want = xasprintf("an \"id\" in every object: this looks like "
	                       "what Graph or %s gives of %s, but has none; "
	                       "add id to $select, or Id to -Property and "
	                       "Select-Object", cmdlets[s], section_title(s));

	json_file_wrong(f, p, 0, want, err);
	free(want);
	return -1;
}

/* Its words are none of Graph's, so that they have been renamed. */
static void
add_msonline(struct json_file *f, enum section s)
{
	long at = record_find(f->raw, "LastDirSyncTime");

	if (at >= 0)
		msonline_add_synced(f->record,
		                    record_values(f->raw, (size_t)at)
		                    ? record_value(f->raw, (size_t)at, 0).data
		                    : NULL);
	if (s == TENANT_GROUPS)
		msonline_add_group(f->record);
	if (s == TENANT_DOMAINS)
		msonline_add_domain(f->record);
}

/*
 * Exchange's recipients have UserPrincipalName and Id, too. Their own kinds
 * take them where something tells of which side they are.
 */
static bool
is_recipient(const struct record *r)
{
	return record_find(r, "PrimarySmtpAddress") >= 0 ||
	       record_find(r, "EmailAddresses") >= 0 ||
	       record_find(r, "RecipientTypeDetails") >= 0;
}

static enum json_taken
without_side(struct json_file *f, const struct split_piece *p,
             struct err *err)
{
	json_file_wrong(f, p, 0, "a sign of the side: this looks like a "
	                "recipient of Exchange; say whether the file is of "
	                "Exchange Online, --as exchange-online-json, or on "
	                "premises, --as exchange-json, or add "
	                "DistinguishedName to what is exported", err);
	return JSON_FAILED;
}

static enum json_taken
graph_take(struct json_file *f, const struct split_piece *p, struct err *err)
{
	bool bare = merge_additional(f->raw);
	enum section s = section_for(f);
	const struct record *r;

	if (is_recipient(f->raw))
		return without_side(f, p, err);
	if (s == LEFT_OUT || record_find(f->raw, "@removed") >= 0)
		return leave_out(f);
	if (bare && s == TENANT_USERS) {
		f->sink->note(f->sink, "users of which it is not said whether "
		              "they are deleted (Get-MgDirectoryDeletedItem, "
		              "Get-MgGroupMember) were left out; give what "
		              "Get-MgUser and Get-MgDirectoryDeletedItemAsUser "
		              "say");
		return JSON_TAKEN;
	}
	r = json_columns_apply(f, s, find_column, p);
	if (r == f->record)
		add_msonline(f, s);
	if (!record_text(r, "id"))
		return without_id(f, p, s, err) < 0 ? JSON_FAILED : JSON_TAKEN;
	return sync_behavior_put(f, s, r, p, err);
}

static const struct json_dialect graph_dialect = {
	.take = graph_take, .context = by_context,
	.want = "a user, group, contact, domain, organization or "
	        "subscribedSku of Graph, which is known by its @odata.context, "
	        "@odata.type or userPrincipalName",
};

static struct parser *
graph_open(const char *name, struct sink *sink)
{
	return json_file_open(name, sink, &graph_dialect);
}

const struct source graph_json_source = {
	.kind = "graph-json",
	.recognise = json_head_is,
	.open = graph_open,
};
