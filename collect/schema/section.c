/* THE table of sections. */
#include "collect/schema/section.h"

static const struct {
	const char *name, *title;
	enum side side;
} sections[SECTION_COUNT] = {
	[AD_USERS] = { "ad.users", "AD users", SIDE_AD },
	[AD_GROUPS] = { "ad.groups", "AD groups", SIDE_AD },
	[AD_CONTACTS] = { "ad.contacts", "AD contacts", SIDE_AD },
	[AD_COMPUTERS] = { "ad.computers", "AD computers", SIDE_AD },
	[AD_CONTAINERS] = { "ad.containers", "AD domains, OUs and containers",
	                    SIDE_AD },
	[AD_DELETED] = { "ad.deleted", "deleted AD objects", SIDE_AD },
	[AD_MAILBOXES] = { "ad.mailboxes", "on-premises Exchange recipients",
	                   SIDE_AD },
	[AD_OTHER] = { "ad.other", "other AD objects", SIDE_AD },
	[AD_FOREST] = { "ad.forest", "AD forest settings", SIDE_AD },
	[AD_EXCHANGE] = { "ad.exchange", "AD Exchange settings", SIDE_AD },
	[TENANT_USERS] = { "tenant.users", "tenant users", SIDE_TENANT },
	[TENANT_GROUPS] = { "tenant.groups", "tenant groups", SIDE_TENANT },
	[TENANT_CONTACTS] = { "tenant.contacts", "tenant contacts",
	                      SIDE_TENANT },
	[TENANT_DELETED_USERS] = { "tenant.deleted-users",
	                           "deleted tenant users", SIDE_TENANT },
	[TENANT_DOMAINS] = { "tenant.domains", "tenant domains", SIDE_TENANT },
	[TENANT_ORGANIZATION] = { "tenant.organization", "tenant organization",
	                          SIDE_TENANT },
	[TENANT_SKUS] = { "tenant.skus", "tenant licences", SIDE_TENANT },
	[TENANT_GROUP_MEMBERS] = { "tenant.group-members",
	                           "tenant group members", SIDE_TENANT },
	[TENANT_ROLES] = { "tenant.roles", "tenant roles", SIDE_TENANT },
	[TENANT_ROLE_MEMBERS] = { "tenant.role-members",
	                          "tenant role members", SIDE_TENANT },
	[TENANT_SYNC] = { "tenant.sync", "tenant synchronization settings",
	                  SIDE_TENANT },
	[TENANT_SYNC_BEHAVIOR] = { "tenant.sync-behavior",
	                           "tenant source of authority", SIDE_TENANT },
	[TENANT_MAILBOXES] = { "tenant.mailboxes", "Exchange Online recipients",
	                       SIDE_TENANT },
};

const char *
section_name(enum section s)
{
	return sections[s].name;
}

const char *
section_title(enum section s)
{
	return sections[s].title;
}

enum side
section_side(enum section s)
{
	return sections[s].side;
}

const char *
section_state_name(enum section_state state)
{
	static const char *const names[] = {
		[SECTION_NOT_ASKED] = "not-asked",
		[SECTION_COMPLETE] = "complete",
		[SECTION_PARTIAL] = "partial",
		[SECTION_REFUSED] = "refused",
	};

	return names[state];
}
