/*
 * The model: every object of the present, joined, with the facts that rules
 * read. Built once, then const. All strings live in the model's arena.
 */
#ifndef ANALYZE_MODEL_H
#define ANALYZE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings.h"
#include "base/guid.h"
#include "base/mem.h"
#include "base/when.h"
#include "collect/snapshot.h"

struct err;
struct policy;
struct scope;

enum kind {
	KIND_USER, KIND_GROUP, KIND_CONTACT, KIND_COMPUTER, KIND_MAILBOX,
	KIND_COUNT
};

const char *kind_name(enum kind kind);

enum tristate { UNKNOWN, YES, NO };

/* The attributes that the model reads; model_map.c has their names. */
enum attr {
	ATTR_GUID, ATTR_SAM, ATTR_UPN, ATTR_DISPLAY_NAME, ATTR_MAIL,
	ATTR_MAIL_NICKNAME, ATTR_PROXIES, ATTR_TARGET, ATTR_UAC,
	ATTR_PASSWORD_SET, ATTR_CONSISTENCY_GUID, ATTR_SID, ATTR_CN,
	ATTR_GROUP_TYPE, ATTR_ADMIN_DESCRIPTION, ATTR_CRITICAL,
	ATTR_RECIPIENT_TYPE, ATTR_REMOTE_TYPE, ATTR_MASTER_SID, ATTR_HIDDEN,
	ATTR_CERTIFICATE, ATTR_META_XML, ATTR_META_BINARY,
	ATTR_ENABLED, ATTR_IMMUTABLE_ID, ATTR_SYNCED,
	ATTR_SYNC_DN, ATTR_PLANS, ATTR_DELETED, ATTR_DOMAIN,
	ATTR_MAIL_ENABLED,
	ATTR_COUNT
};

#define ATTR_BIT(a) (UINT64_C(1) << (a))

/* What sync does with an object, and why. */
enum scope_state {
	SCOPE_IN,
	SCOPE_EXCLUDED,        /* by the policy: OU or group */
	SCOPE_FILTERED,        /* by the sync engine's default filters */
};

struct scope_verdict {
	enum scope_state state;
	const char *reason;    /* "excluded by OU=Leavers,..." */
};

/* Why the forecast's primary is what it is. */
enum primary_cause {
	PRIMARY_NONE,            /* there is none */
	PRIMARY_FROM_PROXIES,    /* the SMTP: value of proxyAddresses */
	PRIMARY_FROM_MAIL,
	PRIMARY_FROM_UPN,        /* neither mail nor proxyAddresses */
	PRIMARY_UPN_UNVERIFIED,  /* the same, and the UPN became the MOERA */
	PRIMARY_ONLY_SECONDARY,  /* addresses, but none is primary */
	PRIMARY_UNVERIFIED,      /* the primary's domain is not verified */
};

/* Replication metadata of one attribute: how often and when last written. */
struct stamp {
	unsigned version;      /* 0: not known */
	when_t when;
};

/* What an older snapshot says of an object. */
struct sighting {
	const struct sighting *older;
	when_t when;
	const char *snapshot;
	enum scope_state scope;
	enum tristate enabled;
	const char *dn;
};

struct object {
	enum side side;
	enum kind kind;
	bool deleted;              /* among the deleted users of the tenant */
	bool has_guid;
	struct guid guid;          /* objectGUID, or the Entra id */
	uint64_t have;             /* ATTR_BITs of what the record had */

	const char *dn;            /* AD; or onPremisesDistinguishedName */
	const char *sam, *upn, *display_name, *cn;
	const char *mail, *mail_nickname, *target;
	const char *const *proxies;
	size_t proxy_count;
	const char *sid;           /* text; or the on-premises one */
	enum tristate enabled;
	when_t password_set;       /* pwdLastSet or lastPasswordChange */

	/* AD only */
	struct guid consistency_guid;
	bool has_consistency_guid;
	int64_t group_type, recipient_type;
	enum tristate critical, hidden, remote_type, certificate;
	const char *admin_description, *master_sid;
	struct stamp control_stamp, name_stamp, password_stamp;
	const struct sighting *past;    /* newest first */
	struct scope_verdict scope;

	/* tenant only */
	const char *immutable_id, *sync_domain;
	enum tristate synced;           /* onPremisesSyncEnabled */
	enum tristate exchange_plan;    /* UNKNOWN: plans not collected */
	enum tristate mail_enabled;
	when_t deleted_when;

	/* the other side, when both stand for the same object */
	struct object *twin;
	struct object *deleted_twin;    /* AD object: soft-deleted account */

	struct forecast forecast;       /* AD only */
	enum primary_cause cause;       /* of the forecast's primary */
	bool will_have_mailbox;         /* AD only: licensed for Exchange */
};

/* The objects of a section of the present, in file order. */
struct object_list {
	struct object **items;
	size_t count, room;
};

struct model {
	struct arena arena;
	when_t as_of;
	const struct policy *policy;
	struct scope *scope;
	const struct snapshot *present[SIDE_COUNT];    /* or NULL */
	const struct snapshot **history;               /* AD, oldest first */
	size_t history_count;
	struct object_list objects[SECTION_COUNT];

	const char *initial_domain;    /* folded; NULL: not known */
	bool domains_known;            /* the verified ones */
	const char **verified_domains;
	size_t verified_count;
	const char *default_domain;    /* the tenant's default, or NULL */
};

/*
 * Builds the model from COUNT open snapshots, which stay the caller's and must
 * outlive it. AS_OF is WHEN_NONE or what --as-of said. 0, or -1 with ERR
 * filled; release it in either case.
 */
int model_load(struct model *m, const struct snapshot **snapshots,
               size_t count, const struct policy *policy, when_t as_of,
               struct err *err);
void model_release(struct model *m);

/* The snapshot that speaks for the section, or NULL. */
const struct snapshot *model_source(const struct model *m, enum section s);
/* Whether the section is there and whole. */
bool model_complete(const struct model *m, enum section s);
/* Whether every attribute of the set was asked for in the section. */
bool model_covers(const struct model *m, enum section s, uint64_t attrs);
bool model_is_verified(const struct model *m, const char *domain);

/* The name of an attribute on a side: "mail"; NULL if it has none there. */
const char *attr_name(enum side side, enum attr attr);

/* The primary SMTP address among the object's proxies, or NULL. */
const char *object_primary(const struct object *o);
/* A name for messages: the UPN, else sAMAccountName, else the DN. */
const char *object_label(const struct object *o);

#endif
