/*
 * THE table of names by which older modules and services call what Graph has:
 * AzureAD, MSOnline, Azure AD Graph (Find Azure AD and MSOnline cmdlets in
 * Microsoft Graph PowerShell; Property differences between Azure AD Graph and
 * Microsoft Graph).
 */
#include "collect/import/graph_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define IN(...) .sections = { { __VA_ARGS__ } }
#define PEOPLE [TENANT_USERS] = true, [TENANT_DELETED_USERS] = true

static const struct {
	const char *name, *attribute;
	enum json_sense sense;
	struct section_set sections;     /* none: all */
} names[] = {
	{ .name = "objectId", .attribute = "id" },
	{ .name = "immutableId", .attribute = "onPremisesImmutableId" },
	{ .name = "dirSyncEnabled", .attribute = "onPremisesSyncEnabled" },
	{ .name = "lastDirSyncTime",
	  .attribute = "onPremisesLastSyncDateTime" },
	{ .name = "companyLastDirSyncTime",
	  .attribute = "onPremisesLastSyncDateTime" },
	{ .name = "deletionTimestamp", .attribute = "deletedDateTime" },
	{ .name = "softDeletionTimestamp", .attribute = "deletedDateTime" },
	{ .name = "blockCredential",
	  .attribute = "accountEnabled", .sense = SENSE_INVERTED },
	{ .name = "lastPasswordChangeTimestamp",
	  .attribute = "lastPasswordChangeDateTime" },
	{ .name = "refreshTokensValidFromDateTime",
	  .attribute = "signInSessionsValidFromDateTime" },
	{ .name = "whenCreated", .attribute = "createdDateTime" },
	{ .name = "alternateEmailAddresses", .attribute = "otherMails" },
	{ .name = "firstName",
	  .attribute = "givenName", IN(PEOPLE, [TENANT_CONTACTS] = true) },
	{ .name = "lastName",
	  .attribute = "surname", IN(PEOPLE, [TENANT_CONTACTS] = true) },
	{ .name = "title", .attribute = "jobTitle", IN(PEOPLE) },
	{ .name = "emailAddress", .attribute = "mail",
	  IN([TENANT_GROUPS] = true, [TENANT_CONTACTS] = true) },
	{ .name = "name", .attribute = "id", IN([TENANT_DOMAINS] = true) },
	{ .name = "authentication", .attribute = "authenticationType",
	  IN([TENANT_DOMAINS] = true) },
};

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
	{ "assignedLicenses", HOLDS_OBJECTS },
	{ "provisionedPlans", HOLDS_OBJECTS },
	{ "verifiedDomains", HOLDS_OBJECTS },
	{ "servicePlans", HOLDS_OBJECTS },
	{ "identities", HOLDS_OBJECTS },
};

static bool
is_anywhere(const struct section_set *sections)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (section_set_has(sections, (enum section)s))
			return false;
	return true;
}

/* Of nearly all names the first letter tells that they are others. */
static bool
is_same(const char *a, const char *b)
{
	return (*a | 32) == (*b | 32) && strcasecmp(a, b) == 0;
}

/* The spelling of the properties that we ask Graph for. */
static const char *
spelt(const char *name)
{
	for (size_t i = 0; i < graph_query_count(); i++) {
		const char *const *p = graph_query_at(i)->properties;

		for (; *p; p++)
			if (is_same(*p, name))
				return *p;
	}
	return name;
}

static bool
is_dropped(const char *name)
{
	const char *at = strchr(name, '@');

	/* Annotations are said of an object, and are no property. */
	return (at && (at == name || strstr(at, "@odata."))) ||
	       strncasecmp(name, "odata.", 6) == 0 ||
	       strcasecmp(name, "AdditionalProperties") == 0;
}

void
graph_names_find(enum section s, struct json_column *column)
{
	const char *attribute = spelt(column->name);

	column->attribute = NULL;
	column->holds = HOLDS_ONE;
	column->sense = SENSE_PLAIN;
	if (is_dropped(column->name))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_same(names[i].name, column->name) &&
		    (is_anywhere(&names[i].sections) ||
		     section_set_has(&names[i].sections, s))) {
			attribute = names[i].attribute;
			column->sense = names[i].sense;
		}
	column->attribute = xstrdup(attribute);
	/* Graph's names begin small, PowerShell's of the same do not. */
	if (isupper((unsigned char)attribute[0]) &&
	    islower((unsigned char)attribute[1]))
		*column->attribute =
			(char)tolower((unsigned char)*attribute);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strcmp(lists[i].name, attribute) == 0)
			column->holds = lists[i].holds;
}
