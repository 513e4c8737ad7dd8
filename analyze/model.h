/*
 * The model: every object of the present, joined. What is kept of an object is
 * a row of a few bytes; its text is read again from the snapshot when a rule
 * has to look at it. Built once, then const.
 */
#ifndef ANALYZE_MODEL_H
#define ANALYZE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings.h"
#include "analyze/keys.h"
#include "base/guid.h"
#include "base/guid_set.h"
#include "base/mem.h"
#include "base/when.h"
#include "collect/snapshot/snapshot.h"

struct blob;
struct edits;
struct err;
struct holding;
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
	ATTR_DN, ATTR_GUID, ATTR_SAM, ATTR_UPN, ATTR_DISPLAY_NAME, ATTR_MAIL,
	ATTR_MAIL_NICKNAME, ATTR_PROXIES, ATTR_TARGET, ATTR_UAC,
	ATTR_PASSWORD_SET, ATTR_CONSISTENCY_GUID, ATTR_SID, ATTR_CN,
	ATTR_GROUP_TYPE, ATTR_ADMIN_DESCRIPTION, ATTR_CRITICAL,
	ATTR_RECIPIENT_TYPE, ATTR_REMOTE_TYPE, ATTR_HIDDEN,
	ATTR_CERTIFICATE, ATTR_META_XML, ATTR_META_BINARY,
	ATTR_ENABLED, ATTR_IMMUTABLE_ID, ATTR_SYNCED, ATTR_PLANS,
	ATTR_DELETED, ATTR_DOMAIN, ATTR_MAIL_ENABLED, ATTR_DISPLAY_TYPE,
	ATTR_CREATED, ATTR_CLASS, ATTR_MEMBER, ATTR_SYNC_UPN, ATTR_USER_TYPE,
	ATTR_MASTER_SID, ATTR_GIVEN_NAME, ATTR_SURNAME,
	ATTR_COUNT
};

#define ATTR_BIT(a) (UINT64_C(1) << (a))

/* The attributes that only the policy's filters name; see filter_value.h. */
enum { CUSTOM_MAX = 16 };

/* In the same set: that one of them was asked for; and what none ever is. */
#define CUSTOM_BIT(i) (UINT64_C(1) << (47 + (i)))
#define CUSTOM_NEVER (UINT64_C(1) << 63)

_Static_assert(ATTR_COUNT <= 47, "the bits above are for custom ones");

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
	PRIMARY_MALFORMED,       /* the primary is no valid address */
	PRIMARY_RESERVED,        /* the primary is in a domain of the service */
	PRIMARY_CONFLICT,        /* another object has the primary */
	PRIMARY_LEFT_OVER,       /* no licence, no address: the MOERA stays */
};

/* Why an account in the tenant is not taken over, nor another one made. */
enum block {
	BLOCK_NOT,
	BLOCK_CLOUD_MANAGED,     /* the tenant is the source of authority */
	BLOCK_HARD_OFF,          /* the tenant refuses hard matches */
	BLOCK_SOFT_OFF,          /* it refuses soft matches */
	BLOCK_ADMIN,             /* the account holds an administrator's role */
	BLOCK_TYPE,              /* it is of another class */
};

/* Who gets a value that several objects claim. */
enum contest_end {
	CONTEST_FREE,            /* nobody else wants it, or can take it away */
	CONTEST_WON,             /* the first of several new ones */
	CONTEST_AWAITED,         /* another one gives it up in the same run */
	CONTEST_HELD,            /* another one of the tenant has it: lost */
	CONTEST_SECOND,          /* another new one comes first: lost */
};

/* A value that the object claims and others do, too. */
struct contested {
	enum contest_end end;
	bool is_name;            /* a sign-in name; else an address */
	const char *value, *attribute, *who;
};

/* What an object is to others that sync takes for the same. */
enum kin_end {
	KIN_NONE,
	KIN_FIRST,               /* of those with its anchor */
	KIN_PART,                /* of another one with its anchor */
	KIN_CONTACT,             /* of a user or contact with its mail */
};

/* Replication metadata of one attribute: how often and when last written. */
struct stamp {
	unsigned version;      /* 0: not known */
	when_t when;
};

/*
 * What an older snapshot says of an object, when it is not what the next one
 * says of its scope and account, or when those were written in between.
 */
struct sighting {
	const struct sighting *older;
	when_t when;
	when_t newer;          /* of the next look at it, which differs */
	enum scope_state scope;
	enum tristate enabled;
	const char *dn;
	int64_t control;       /* userAccountControl; 0: not known */
	unsigned control_version, name_version;    /* of stamps; 0: none */
};

/* How an AD object came to its account. */
enum how {
	HOW_NOT,
	HOW_ANCHOR,            /* the immutableId is its source anchor */
	HOW_NAMES,             /* its SID, or DN, or account name, or mail */
	HOW_SMTP,              /* will be: soft match by the primary address */
	HOW_UPN,               /* the same, by the UPN */
};

/* What an object was called before edits (analyze/edits.h). */
struct ad_names {
	const char *dn, *sam, *mail;
};

/*
 * An object with its text, for as long as it is looked at: read from its line,
 * and from those that complete it.
 */
struct object {
	enum side side;
	enum kind kind;
	bool has_guid;
	struct guid guid;          /* objectGUID, or the Entra id */
	uint64_t have;             /* ATTR_BITs of what was there */

	const char *dn;            /* AD; or onPremisesDistinguishedName */
	const char *sam, *upn, *display_name, *cn, *given_name, *surname;
	const char *mail, *mail_nickname, *target;
	const char **proxies;
	size_t proxy_count;
	enum tristate enabled;

	/* AD only */
	when_t password_set;       /* pwdLastSet */
	const unsigned char *sid;  /* binary */
	size_t sid_len;
	const unsigned char *master_sid;    /* msExchMasterAccountSid */
	size_t master_sid_len;
	bool has_linked_mailbox;   /* and its Exchange attributes from there */
	bool is_part;              /* its account is that of another object */
	struct guid consistency_guid;
	bool has_consistency_guid;
	int64_t control, group_type, recipient_type, display_type;
	size_t member_count;
	when_t created;            /* whenCreated */
	enum tristate critical, hidden, remote_type, certificate;
	enum tristate inet_org_person;
	const char *admin_description;
	const char *custom[CUSTOM_MAX];     /* what filters name; or NULL */
	struct stamp control_stamp, name_stamp, password_stamp;
	struct scope_verdict scope;
	const struct holding *account;      /* of the twin, or NULL */
	enum how how;                       /* it is the twin */
	const struct holding *restorable;   /* among the deleted users */
	bool has_deleted_account;           /* among the deleted users */
	bool seen_before;                   /* in an older snapshot */
	const struct ad_names *before;         /* NULL: no edit changed them */
	enum tristate licence_edit;         /* for Exchange, by an edit */

	/* tenant only */
	const char *immutable_id, *sync_domain, *sync_sid, *sync_upn;
	enum tristate synced;           /* onPremisesSyncEnabled */
	enum tristate exchange_plan;    /* UNKNOWN: plans not collected */
	enum tristate mail_enabled, guest;
	bool unclaimed;                 /* no AD object stands for it */
	when_t deleted_when;

	/* AD only: what will be */
	struct forecast forecast;
	uint64_t doubts;                /* bits: enum doubt, in doubt.h */
	enum primary_cause cause;       /* of the forecast's primary */
	bool will_have_mailbox;         /* licensed for Exchange */
	struct contested *contested;    /* values that others claim, too */
	size_t contested_count, contested_room;
	const char *upn_fault;          /* why the sign-in name is not taken */
	const char *upn_lost;           /* who has the name instead */
	const struct object *former;    /* his account of another anchor */
	bool has_former;                /* among the deleted users */
	enum kin_end kin;
	const char *kin_who;            /* whom sync takes it for */
	enum block block;               /* why no account is taken over */
	const char *blocked_by;         /* which account */

	/* Not while rules screen, but when they judge: */
	const struct object *twin;      /* the same on the other side */
	const struct object *deleted_account;
	const struct sighting *past;    /* newest first */
};

/* The numbers of rows are such: 0 is none, 1 the first. */
typedef uint32_t row_id;

/* What is kept of an object. */
struct row {
	uint64_t place;          /* of its line in the section's file */
	struct guid guid;        /* objectGUID; tenant: in the immutableId */
	union {
		const struct holding *holding;   /* tenant; or NULL */
		when_t created;                  /* AD: whenCreated */
	};
	uint32_t wanted;         /* bytes of the line that matter */
	row_id twin;             /* in the other side's section */
	row_id deleted;          /* AD: in the deleted users */
	uint32_t past;           /* AD: its newest sighting; 0: none */
	/* These two change while other threads read the rest. */
	bool suspect;            /* a rule may have something to say */
	bool seen_before;        /* in an older snapshot */
	unsigned has_guid : 1;
	unsigned merged : 1;     /* it only completes another row: TWIN */
	unsigned completed : 1;  /* there are lines that complete it */
	unsigned scope : 2;
	unsigned enabled : 2;
	unsigned how : 3;        /* AD: enum how */
	unsigned contested : 1;  /* AD: others claim a value of it */
	unsigned part : 1;       /* AD: a linked mailbox that has its master */
	unsigned former : 1;     /* AD: DELETED is his by name, not by anchor */
	/* AD: the low bits of the stamps' versions; 0: there are none. */
	uint16_t control_version, name_version;
};

_Static_assert(sizeof(struct row) == 56, "millions of them are kept");

/* The objects of a section of the present, in file order. */
struct table {
	struct row *rows;
	size_t count, room;
	size_t merged;               /* of them */
	struct blob *file;           /* NULL: the section has none */
	char *path;
	uint64_t covered;            /* ATTR_BITs that were asked for */
	uint32_t *piece_rows;        /* each piece's first row, and the end */
	size_t pieces;
};

/* A line that completes an object of another line, or of another section. */
struct supplement {
	enum section owner;          /* the object's section */
	uint32_t row;                /* in it, from 0 */
	enum section section;        /* the line's */
	uint64_t place;
	uint32_t wanted;
	bool is_linked;              /* the line is a linked mailbox's own */
};

/* A sighting as it is kept. */
enum { HISTORY_NOW = UINT16_MAX };

struct past_row {
	uint32_t older;              /* + 1; 0: none */
	uint16_t snapshot, newer;    /* in history; NEWER may be HISTORY_NOW */
	uint8_t scope, enabled;
	uint32_t wanted;
	enum section section;        /* of the line */
	uint64_t place;
};

/* The containers and domains that AD objects were found in. */
struct places {
	uint64_t *containers;        /* as container.hash, sorted in the end */
	size_t count, room;
	const char **domains;        /* DNS names */
	size_t domain_count;
};

/* What the tenant says of its synchronization; UNKNOWN: it does not. */
struct features {
	enum tristate block_hard, block_soft, soft_on_upn;
};

struct model {
	struct arena arena;          /* for what lives as long as the model */
	when_t as_of;
	unsigned jobs;
	const struct policy *policy;
	const struct edits *edits;   /* of the present's AD; NULL: none */
	struct scope *scope;
	struct scope *past_scope;    /* of history, when it was another */
	const struct snapshot *present[SIDE_COUNT];    /* or NULL */
	const struct snapshot **history;               /* AD, newest first */
	size_t history_count;
	struct table tables[SECTION_COUNT];
	struct supplement *supplements;                /* by owner and row */
	size_t supplement_count, supplement_room;
	struct past_row *past;
	size_t past_count, past_room;
	struct table *past_tables;   /* SECTION_COUNT for each of history */
	struct keys claims;          /* contested values, by claim_hash */
	struct features features;
	struct places places;        /* where AD objects lie */
	struct guid_set admins;      /* Entra ids that hold a role */
	struct guid_set cloud_managed;
	long deletion_threshold;     /* more stop the export; 0: none do */
	enum tristate has_metadata;  /* any user has; UNKNOWN: not yet read */
	enum tristate has_synced;    /* the same, of the tenant's users */
	bool has_synced_contacts;    /* the same, of its contacts */
	bool has_anchored;           /* any user's account has his anchor */

	const char *initial_domain;    /* NULL: not known */
	bool domains_known;            /* the verified ones */
	const char **verified_domains;
	size_t verified_count;
	const char *default_domain;    /* the tenant's default, or NULL */
};

/* How a model is built; the rules that will run over it may be few. */
struct model_plan {
	const struct policy *policy;
	const struct policy *past;     /* for history; NULL: the same */
	struct edits *edits;           /* NULL: none */
	when_t as_of;                  /* WHEN_NONE: the newest snapshot's */
	unsigned jobs;
	const bool *rules;             /* rules_count() of them; NULL: all */
};

/*
 * Builds the model from COUNT open snapshots, which stay the caller's and must
 * outlive it. 0, or -1 with ERR filled; release it in either case.
 */
int model_load(struct model *m, const struct snapshot **snapshots,
               size_t count, const struct model_plan *plan, struct err *err);
void model_release(struct model *m);

/* The snapshot that speaks for the section, or NULL. */
const struct snapshot *model_source(const struct model *m, enum section s);
/* Whether the section is there and whole. */
bool model_complete(const struct model *m, enum section s);
/* Whether every attribute of the set was asked for in the section. */
bool model_covers(const struct model *m, enum section s, uint64_t attrs);
bool model_is_verified(const struct model *m, const char *domain);
/* How many objects the section has. */
uint64_t model_objects(const struct model *m, enum section s);

/* Adds a line that completes an object. */
void model_supplement(struct model *m, struct supplement s);

/* The name of an attribute on a side: "mail"; NULL if it has none there. */
const char *attr_name(enum side side, enum attr attr);

/* The kind of the objects of a section. */
enum kind section_kind(enum section s);
/* The tenant section where the accounts of an AD section are. */
enum section section_twin(enum section s);

/* The primary SMTP address among the object's proxies, or NULL. */
const char *object_primary(const struct object *o);
/* A name for messages: the UPN, else sAMAccountName, else the DN. */
const char *object_label(const struct object *o);
/* Whether both are called alike: the same account made anew, perhaps. */
bool object_is_namesake(const struct object *ad, const struct object *tenant);
/* What it is called in AD itself, whatever edits made of it. */
struct ad_names object_names(const struct object *o);

#endif
