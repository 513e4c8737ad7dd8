/* The sections that a snapshot can have, and the words for them. */
#ifndef COLLECT_SCHEMA_SECTION_H
#define COLLECT_SCHEMA_SECTION_H

enum side { SIDE_AD, SIDE_TENANT, SIDE_COUNT };

enum section {
	AD_USERS,              /* class user (no computer), inetOrgPerson */
	AD_GROUPS,
	AD_CONTACTS,
	AD_COMPUTERS,
	AD_CONTAINERS,         /* domains, OUs, containers */
	AD_DELETED,            /* isDeleted TRUE */
	AD_MAILBOXES,          /* recipients of an Exchange organization */
	AD_OTHER,              /* any other class */
	AD_FOREST,             /* partitions, schema, domain controllers */
	AD_EXCHANGE,           /* the Exchange organization's settings */
	TENANT_USERS,
	TENANT_GROUPS,
	TENANT_CONTACTS,
	TENANT_DELETED_USERS,
	TENANT_DOMAINS,
	TENANT_ORGANIZATION,
	TENANT_SKUS,
	TENANT_GROUP_MEMBERS,  /* one membership an object */
	TENANT_ROLES,          /* directory roles that are in use */
	TENANT_ROLE_MEMBERS,
	TENANT_SYNC,           /* settings and features of synchronization */
	TENANT_SYNC_BEHAVIOR,  /* who holds authority over an object */
	TENANT_MAILBOXES,      /* recipients of Exchange Online */
	SECTION_COUNT
};

/* "ad.users"; the manifest's and the messages' name of a section. */
const char *section_name(enum section s);
/* "users": what the section holds, in words. */
const char *section_title(enum section s);
enum side section_side(enum section s);

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
