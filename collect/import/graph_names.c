/*
 * THE table of names by which older modules and services call what Graph has:
 * AzureAD, MSOnline, Azure AD Graph (Find Azure AD and MSOnline cmdlets in
 * Microsoft Graph PowerShell; Property differences between Azure AD Graph and
 * Microsoft Graph).
 */
#include "collect/import/graph_names.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "collect/graph/graph.h"

#define IN(...) .sections = { { __VA_ARGS__ } }
#define PEOPLE [TENANT_USERS] = true, [TENANT_DELETED_USERS] = true

static const struct {
	const char *name, *attribute;
	enum graph_sense sense;
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
	{ .name = "mobile", .attribute = "mobilePhone" },
	{ .name = "physicalDeliveryOfficeName",
	  .attribute = "officeLocation" },
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

/* Get-AzureADTenantDetail's words for what verified domains are. */
static const struct {
	const char *word, *name;
} members[] = {
	{ "_Default", "isDefault" },
	{ "Initial", "isInitial" },
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

/* The spelling of a property that we ask Graph for; NULL: of none. */
static const char *
spelt(const char *name)
{
	for (size_t i = 0; i < graph_query_count(); i++) {
		const char *const *p = graph_query_at(i)->properties;

		for (; *p; p++)
			if (is_same(*p, name))
				return *p;
	}
	return NULL;
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

struct graph_name
graph_name_find(enum section s, const char *word)
{
	struct graph_name found = { .name = spelt(word) };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_same(names[i].name, word) &&
		    (is_anywhere(&names[i].sections) ||
		     section_set_has(&names[i].sections, s)))
			found = (struct graph_name){ names[i].attribute,
			                             names[i].sense };
	return found;
}

char *
graph_name_of(enum section s, const char *word, enum graph_sense *sense)
{
	struct graph_name found = graph_name_find(s, word);
	char *name;

	*sense = found.sense;
	if (is_dropped(word))
		return NULL;
	name = xstrdup(found.name ? found.name : word);
	/* Graph's names begin small, PowerShell's of the same do not. */
	if (isupper((unsigned char)name[0]) && islower((unsigned char)name[1]))
		name[0] = (char)tolower((unsigned char)name[0]);
	return name;
}

void
graph_put_member(struct buf *out, const char *name, size_t len)
{
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (strlen(members[i].word) == len &&
		    memcmp(members[i].word, name, len) == 0) {
			buf_adds(out, members[i].name);
			return;
		}
	if (!len)
		return;
	buf_addc(out, (char)tolower((unsigned char)*name));
	buf_add(out, name + 1, len - 1);
}
