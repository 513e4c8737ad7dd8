/* The sections that a snapshot can have, and the words for them. */
#ifndef COLLECT_SCHEMA_SECTION_H
#define COLLECT_SCHEMA_SECTION_H

enum side { SIDE_AD, SIDE_TENANT, SIDE_COUNT };

/*
 * The sections in their order: a row each, with its name in manifests and
 * messages, what it holds, in words, and its side.
 */
#define SECTIONS(ROW) \
	/* class user (no computer), inetOrgPerson */ \
	ROW(AD_USERS, "ad.users", "AD users", SIDE_AD) \
	ROW(AD_GROUPS, "ad.groups", "AD groups", SIDE_AD) \
	ROW(AD_CONTACTS, "ad.contacts", "AD contacts", SIDE_AD) \
	ROW(AD_COMPUTERS, "ad.computers", "AD computers", SIDE_AD) \
	/* domains, OUs, containers */ \
	ROW(AD_CONTAINERS, "ad.containers", \
	    "AD domains, OUs and containers", SIDE_AD) \
	/* isDeleted TRUE */ \
	ROW(AD_DELETED, "ad.deleted", "deleted AD objects", SIDE_AD) \
	/* recipients of an Exchange organization */ \
	ROW(AD_MAILBOXES, "ad.mailboxes", \
	    "on-premises Exchange recipients", SIDE_AD) \
	/* any other class */ \
	ROW(AD_OTHER, "ad.other", "other AD objects", SIDE_AD) \
	/* partitions, schema, domain controllers */ \
	ROW(AD_FOREST, "ad.forest", "AD forest settings", SIDE_AD) \
	/* the Exchange organization's settings */ \
	ROW(AD_EXCHANGE, "ad.exchange", "AD Exchange settings", SIDE_AD) \
	ROW(TENANT_USERS, "tenant.users", "tenant users", SIDE_TENANT) \
	ROW(TENANT_GROUPS, "tenant.groups", "tenant groups", SIDE_TENANT) \
	ROW(TENANT_CONTACTS, "tenant.contacts", \
	    "tenant contacts", SIDE_TENANT) \
	ROW(TENANT_DELETED_USERS, "tenant.deleted-users", \
	    "deleted tenant users", SIDE_TENANT) \
	ROW(TENANT_DOMAINS, "tenant.domains", "tenant domains", SIDE_TENANT) \
	ROW(TENANT_ORGANIZATION, "tenant.organization", \
	    "tenant organization", SIDE_TENANT) \
	ROW(TENANT_SKUS, "tenant.skus", "tenant licenses", SIDE_TENANT) \
	/* one membership an object */ \
	ROW(TENANT_GROUP_MEMBERS, "tenant.group-members", \
	    "tenant group members", SIDE_TENANT) \
	/* directory roles that are in use */ \
	ROW(TENANT_ROLES, "tenant.roles", "tenant roles", SIDE_TENANT) \
	ROW(TENANT_ROLE_MEMBERS, "tenant.role-members", \
	    "tenant role members", SIDE_TENANT) \
	/* settings and features of synchronization */ \
	ROW(TENANT_SYNC, "tenant.sync", \
	    "tenant synchronization settings", SIDE_TENANT) \
	/* who holds authority over an object */ \
	ROW(TENANT_SYNC_BEHAVIOR, "tenant.sync-behavior", \
	    "tenant source of authority", SIDE_TENANT) \
	/* recipients of Exchange Online */ \
	ROW(TENANT_MAILBOXES, "tenant.mailboxes", \
	    "Exchange Online recipients", SIDE_TENANT) \
	/* Get-OrganizationConfig of Exchange Online */ \
	ROW(TENANT_EXCHANGE, "tenant.exchange", \
	    "Exchange Online settings", SIDE_TENANT)

enum section {
#define ROW(section, ...) section,
	SECTIONS(ROW)
#undef ROW
	SECTION_COUNT
};

/* "ad.users"; the manifest's and the messages' name of a section. */
const char *section_name(enum section s);
/* "users": what the section holds, in words. */
const char *section_title(enum section s);
enum side section_side(enum section s);

/* The sections of AD whose objects engines synchronize, if at all. */
enum { SYNCED_SECTIONS = 4 };
extern const enum section synced_sections[SYNCED_SECTIONS];

enum section_state {
	SECTION_NOT_ASKED,     /* nobody looked: nothing is known */
	SECTION_COMPLETE,      /* all there is, as far as the source can tell */
	SECTION_PARTIAL,       /* some objects or values are known to lack */
	SECTION_REFUSED,       /* the server said no */
};

const char *section_state_name(enum section_state state);

/* How well an input's attributes are known; see snapshot_cover. */
enum cover { COVER_ALL, COVER_LISTED, COVER_SEEN };

#endif
