/*
 * Objects of AD and of the tenant: their kinds, the attributes that are read of
 * them, and what the analysis knows of one while it looks at it.
 */
#ifndef ANALYZE_OBJECT_OBJECT_H
#define ANALYZE_OBJECT_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "analyze/object/account_kinds.h"
#include "analyze/object/address.h"
#include "analyze/object/attr_set.h"
#include "analyze/object/attributes.h"
#include "analyze/object/exchange.h"
#include "analyze/object/flaws.h"
#include "analyze/object/forecast_state.h"
#include "analyze/object/licences.h"
#include "analyze/object/met_values.h"
#include "analyze/object/provisioning_error.h"
#include "analyze/object/unique.h"
#include "base/dn.h"
#include "base/guid.h"
#include "base/json_pick.h"
#include "base/mem.h"
#include "base/when.h"
#include "collect/snapshot/snapshot.h"

struct account;
struct past_account;
struct unjoined;                 /* analyze/model/unjoined.h */
struct attr_row;                 /* an attribute */
struct domain;                   /* analyze/scope/scope.h */

enum kind {
	KIND_USER, KIND_GROUP, KIND_CONTACT, KIND_COMPUTER, KIND_MAILBOX,
	/* AD's other objects, which are not judged: by their class. */
	KIND_OTHER, KIND_FOLDER, KIND_DYNAMIC_GROUP,
	KIND_COUNT
};

/* "user"; static. */
const char *kind_name(enum kind kind);

enum tristate { UNKNOWN, YES, NO };

/* No value of msExchRecipientDisplayType, of which zero is one. */
#define DISPLAY_TYPE_NONE INT64_MIN

/* The attributes that only the policy's filters name. */
enum { CUSTOM_MAX = 16 };

/* The attributes that are read: ATTR_MAIL, as attributes.h lists them. */
enum attr {
#define ROW(id, ...) ATTR_##id,
	ATTRIBUTES(ROW)
#undef ROW
	ATTR_COUNT,
	/* In sets: what the policy's filters name; and what none ever has. */
	ATTR_CUSTOM = ATTR_COUNT,
	ATTR_NEVER = ATTR_CUSTOM + CUSTOM_MAX,
	/* Among the names of a form: that of RECORD_LACKS. */
	ATTR_LACKS
};

_Static_assert((int)ATTR_NEVER < ATTR_SET_MAX, "sets have room for all");

/* What the policy decides of what is read, beside what always is. */
struct wanted {
	const char *const *custom;     /* what its filters name, of AD */
	size_t custom_count;
	bool plans;                    /* who has mail, by the tenant */
};

/* What sync does with an object, and why. */
enum scope_state {
	SCOPE_IN,
	SCOPE_EXCLUDED,        /* by the policy: OU or group */
	SCOPE_FILTERED,        /* by the sync engine's default filters */
};

/* What decided that. */
enum scope_cause {
	SCOPE_BY_DEFAULT,      /* the policy names nothing that it lies in */
	SCOPE_BY_CONTAINER,
	SCOPE_BY_GROUP,        /* it is no member of the policy's group */
	SCOPE_BY_FILTER,       /* of the engine or of the policy */
	SCOPE_BY_GUESS,        /* where it lies is not known: taken for in */
	/*
	 * Another engine, or none, holds it: this server neither makes nor
	 * deletes its account.
	 */
	SCOPE_BY_CONNECTOR,
	SCOPE_BY_LIMIT,        /* a group with more members than sync takes */
};

struct scope_verdict {
	enum scope_state state;
	enum scope_cause cause;
	const char *reason;    /* "excluded by x.y/Leavers"; for texts */
};

/* Replication metadata of one attribute: how often and when last written. */
struct stamp {
	unsigned version;      /* 0: not known */
	when_t when;
	const char *by;        /* the DN of the domain controller's settings */
};

/* What a look may tell: where it lay, its account, and what it held. */
enum history_tell { TELLS_PLACE, TELLS_ENABLED, TELLS_VALUES, HISTORY_TELLS };

/*
 * What an older snapshot says of an object, where the next one says otherwise
 * of its scope, account, names and addresses, or they were written in between.
 */
struct history {
	const struct history *older;
	when_t when;
	/*
	 * Of the next look at it that tells its place, whether it is enabled,
	 * and all values that the present tells.
	 */
	when_t newer[HISTORY_TELLS];
	enum scope_state scope;
	bool unplaced;         /* the scope is not known */
	enum tristate enabled;
	const char *dn;
	int64_t control;       /* userAccountControl; 0: not known */
	unsigned control_version, name_version;    /* of stamps; 0: none */
	const struct object *then;     /* as its line says */
};

/* How an AD object came to its account. */
enum how {
	HOW_NOT,
	HOW_ANCHOR,            /* the immutableId is its source anchor */
	HOW_NAMES,             /* its SID, or DN, or account name, or mail */
	HOW_SMTP,              /* will be: soft match by the primary address */
	HOW_UPN,               /* the same, by the UPN */
	/* By name alone, since its account tells no key: the stronger first. */
	HOW_NAME_UPN, HOW_NAME_PRIMARY, HOW_NAME_MAIL,
};

/* Whether it was joined by name alone. */
static inline bool
how_is_name(enum how how)
{
	return how >= HOW_NAME_UPN;
}

/* What tells which mailbox, or archive, is the object's. */
struct exchange_guid {
	enum tristate is;          /* there is a value */
	bool is_known;             /* that is a GUID, and not all zeros */
	struct guid guid;
};

/* What an object was called before edits (analyze/whatif/whatif.h). */
struct ad_names {
	const char *dn, *sam, *upn, *mail;
	const char *primary;   /* address: the SMTP: value, else mail */
	const char *nickname;
	const char *const *proxies;
	size_t proxy_count;
};

/* What AD alone says of an object. */
struct ad_values {
	when_t password_set;       /* pwdLastSet */
	/* It is a whole second, as of a date that was text: of which zone? */
	bool password_rounded;
	enum tristate password_due;         /* to be changed at next logon */
	when_t expires;            /* accountExpires; WHEN_NONE: never */
	when_t last_logon;         /* lastLogonTimestamp */
	enum tristate service_names;        /* servicePrincipalName */
	enum tristate managed_by;
	const unsigned char *sid;  /* binary */
	size_t sid_len;
	const unsigned char *master_sid;    /* msExchMasterAccountSid */
	size_t master_sid_len;
	bool has_linked_mailbox;   /* and its Exchange attributes from there */
	struct guid consistency_guid;
	bool has_consistency_guid;
	int64_t control, group_type, recipient_type;
	int64_t display_type;      /* or DISPLAY_TYPE_NONE: zero is a type */
	size_t member_count;
	const struct member_list *members;  /* their lines */
	when_t created, changed;   /* whenCreated, whenChanged */
	/* When it lay where it is said to: a newer list tells no place. */
	when_t place_then;         /* WHEN_NONE: now */
	enum tristate critical, hidden, remote_type;
	int64_t remote_bits;       /* msExchRemoteRecipientType; 0: none */
	bool is_outside;           /* model_is_outside */
	size_t certificates, smime;    /* userCertificate, userSMIME... */
	enum tristate home_mdb;    /* a mailbox on premises */
	const char *archive_database;  /* on premises */
	/* What tells the tenant of it. */
	struct exchange_guid mailbox_guid, archive_guid;
	enum tristate inet_org_person;
	/* Whether e-mail address policies are among what it lists. */
	enum tristate policies_in, policies_out;
	const char *admin_description, *admin_count;
	const char *canonical_name;
	const char *authority;     /* msDS-ObjectSoa */
	const char *legacy_dn;     /* legacyExchangeDN */
	const char *description;
	const char *custom[CUSTOM_MAX];     /* what filters name; or NULL */
	struct stamp control_stamp, name_stamp, password_stamp;
	struct stamp mail_stamp, proxies_stamp, nickname_stamp;
	struct stamp deleted_stamp;         /* isDeleted */
	const struct ad_names *before;      /* NULL: no edit changed them */
	const char *const *changed_proxies; /* what edits made of proxies */
	enum tristate licence_edit;         /* for Exchange, by an edit */
};

/* What the tenant alone says. */
struct tenant_values {
	const char *immutable_id, *sync_domain, *sync_sid, *sync_upn;
	const char *sync_object;        /* onPremisesObjectIdentifier */
	enum tristate synced;           /* onPremisesSyncEnabled */
	enum tristate exchange_plan;    /* UNKNOWN: plans not collected */
	enum tristate mailbox_plan;     /* one of those gives a mailbox */
	enum tristate licensed;         /* with any plan; likewise */
	enum tristate mail_enabled, guest;
	enum tristate unified;          /* a Microsoft 365 group */
	enum tristate exchange_managed; /* IsExchangeCloudManaged */
	const char *online_type;        /* RecipientTypeDetails there */
	when_t deleted_when, created_when;
	when_t password_changed;        /* lastPasswordChangeDateTime */
	when_t last_sync;               /* onPremisesLastSyncDateTime */
	const struct provisioning_error *sync_errors, *service_errors;
	const char *usage_location;     /* a country's code, or NULL */
	const char *licences;           /* JSON, for licences.h; or NULL */
};

/* Values of "member", as one line has them: to be read once, if at all. */
struct member_list {
	struct pick values;
	const struct member_list *next;
};

/*
 * Fills DNS, which has room for the group's member_count, with its members, as
 * its lines name them: how many. Distinct: how many these are, however often
 * and in whatever spelling one is named; of a large group that takes its time.
 */
size_t member_list_read(const struct object *o, const char **dns);
size_t member_list_distinct(const struct object *o);

/* How many of the lost members of a group are told by name. */
enum { LOST_TOLD = 3 };

/* What the tenant will have of them, and who is lost. */
struct members {
	struct member_counts counts;
	uint64_t across;           /* of other forests, and in scope */
	/* The first of the lost, and why; texts are the reader's. */
	struct lost_member {
		const char *dn, *reason;
	} lost[LOST_TOLD];
	size_t lost_count;         /* in the list */
};

/*
 * Who belongs to an object: model_links fills it from the object's row, but for
 * what is read only when objects are judged.
 */
struct links {
	const struct account *account;      /* of the twin, or NULL */
	enum how how;                       /* it is the twin */
	const struct account *restorable;   /* among the deleted users */
	bool has_deleted_account;           /* the same */
	bool has_former;                    /* one of another anchor is there */
	bool has_namesake;                  /* one of an unknown anchor is */
	bool may_share;                     /* a value with others of AD */
	bool is_part;                       /* its account is another's */
	bool seen_before;                   /* in an older snapshot */
	/*
	 * AD: it has no account, as far as is known, but one of those whose
	 * keys were not collected may be its own; tenant: it is one of those.
	 */
	bool is_open;
	bool is_parted;                 /* tenant: see joins_is_parted */
	bool has_parted;                /* AD: such an account has its SID */
	/* AD: by its SID or DN it had the account that another's anchor has. */
	bool is_outranked;
	bool unclaimed;                 /* tenant: no AD object stands for it */

	/* Not while objects are screened, but when they are judged: */
	const struct object *twin;      /* the same on the other side */
	const struct object *deleted_account;
	const struct object *former;    /* of has_former */
	const struct history *history;  /* newest first */
	const struct remembered *remembered;         /* see remembered_find */
	const struct past_account *past;     /* tenant: in an older snapshot */
	const struct lost_account *lost;     /* AD: likewise, and no more */
	const struct members *members;  /* of a group in scope that has any */
	const char *renamed, *renamed_to;    /* see renamed_find */
	const struct unjoined *unjoined;     /* see unjoined_find */
};

/*
 * An object with its text, for as long as it is looked at: read from its line,
 * and from those that complete it.
 */
struct object {
	enum side side;
	enum kind kind;
	/* Its row there, from 1; 0: it was not read by a row of the model. */
	enum section section;
	uint32_t row;
	bool has_guid;
	struct guid guid;          /* objectGUID, or the Entra id */
	struct attr_set have;      /* what was there */
	struct attr_set unclear;   /* what was, but cannot be read */
	struct attr_set sealed;    /* what lines that are read cannot say */
	struct attr_set given;     /* by GIVER, which sync joins it with */
	const char *giver;         /* described; NULL: nobody */

	/* What either side says. */
	const char *dn;            /* AD; or onPremisesDistinguishedName */
	const char *sam, *upn, *display_name, *cn, *given_name, *surname;
	const char *mail, *mail_nickname, *target;
	const char **proxies;
	size_t proxy_count;
	enum tristate enabled;

	struct ad_values ad;
	struct tenant_values tenant;
	struct scope_verdict scope;     /* AD */
	/* Of AD; NULL: it lies in none that is known. */
	const struct domain *domain;
	struct links links;
	struct forecast_state forecast; /* AD */
};

/* The name of an attribute on a side: "mail"; NULL if it has none there. */
const char *attr_name(enum side side, enum attr attr);
/* Whether Exchange owns attributes of that name, where there is one. */
bool attr_is_of_exchange(const char *name);

/* The kind of the objects of a section. */
enum kind section_kind(enum section s);
/* The section that holds objects of a kind. */
enum section section_of(enum side side, enum kind kind);
/* The tenant section where the accounts of an AD section are. */
enum section section_twin(enum section s);

/* The primary SMTP address among the object's proxies, or NULL. */
const char *object_primary(const struct object *o);
/* The same, or mail where there is none. */
const char *object_address(const struct object *o);
/* Whether sync leaves it out, but it has addresses: public folders, ... */
bool object_holds_addresses(const struct object *o);
/* Whether it has the address, a whole value of proxyAddresses. */
bool object_has_address(const struct object *o, const char *address);
/* Whether ADDRESS, without a prefix, is one of its addresses or its UPN. */
bool object_is_called(const struct object *o, const char *address);
/* Whether ADDRESS, without a prefix, is an SMTP value of proxyAddresses. */
bool object_lists(const struct object *o, const char *address);
/* What the name that AD gave it says of it; the DN tells, or else cn. */
enum dn_mark object_mark(const struct object *o);
/*
 * Whether two objects of AD may be one, by what both have: with neither GUID,
 * DN, SID nor account name in common nobody knows.
 */
bool object_may_be_one(const struct object *a, const struct object *b);
/* What else says which it is, without GUID and DN: SID, account name. In A. */
const char *object_key(const struct object *o, struct arena *a);
/* "Ann Lee (alee)", for messages on others. In A. */
const char *object_described(const struct object *o, struct arena *a);
/* The same with its place, "in corp.example/Staff", for who is called alike. */
const char *object_placed(const struct object *o, struct arena *a);
/* A container, for people: "corp.example/Staff"; of no DN the text. In A. */
const char *place_described(const char *dn, struct arena *a);
/* A name for messages: the sAMAccountName, UPN ...; NULL: "". */
const char *object_label(const struct object *o);
/* Whether both are called alike: the same account made anew, perhaps. */
bool object_is_namesake(const struct object *ad, const struct object *tenant);
/* What it is called in AD itself, whatever edits made of it. */
struct ad_names object_names(const struct object *o);
/* Whether the AD object says of itself that the cloud manages it. */
bool object_is_of_cloud(const struct object *o);
/* Whether the tenant object is a guest's. */
bool object_is_guest(const struct object *o);
/* The GUID that an immutableId holds by default; false: it holds another. */
bool object_immutable_guid(const struct object *o, struct guid *out);

/* ---- replication metadata (repl_meta.c) ---- */

/*
 * The domain controller at which the write was made, by its name, in A; NULL:
 * it is not told, as in binary data, or the controller is gone.
 */
const char *stamp_writer(const struct stamp *s, struct arena *a);

/* ---- what several objects should not have (exchange_guid.c) ---- */

enum repeated {
	REPEATED_NICKNAME, REPEATED_SID, REPEATED_MAILBOX, REPEATED_ARCHIVE,
	REPEATED_COUNT
};

/* A fingerprint; 0: it has none, or a SID that each domain has. */
uint64_t repeated_hash(const struct object *o, enum repeated of);
bool repeated_is_same(const struct object *a, const struct object *b,
                      enum repeated of);

/* Takes the first value, if TO has none; 0, or -1: it is no GUID. */
int exchange_guid_read(struct exchange_guid *to, const struct pick *p);

/* ---- from picked members to objects (attr_map.c) ---- */

/* Who wrote a line, and so, how its attributes are called. */
enum form {
	FORM_AD,                 /* as SIDE_AD and SIDE_TENANT */
	FORM_TENANT,
	FORM_AD_RECIPIENT,       /* Exchange's words for the same */
	FORM_TENANT_RECIPIENT,
	FORM_COUNT
};

/* The form of a section's lines. */
enum form section_form(enum section s);

/* The names to pick for a form, with NULLs among them; how many. */
size_t attr_names(const struct wanted *w, enum form form,
                  const char *names[PICK_NAMES_MAX]);

/* An object of the section without anything in it. */
void object_init(struct object *o, enum section s);

/*
 * Fills O from a line; texts stay in the line's block, or go to the arena A.
 * What O already has stays: an object that comes twice is completed, not
 * changed. An attribute whose value is not what its syntax says is unclear:
 * what the object has is not known.
 */
void attr_map(struct object *o, enum form form, const struct picked *line,
              struct arena *a);

/* ---- setting attributes (setter.c) ---- */

/*
 * Setting an attribute of an object that was read: for edits (what-if(5)).
 * Values are read as those of a snapshot are, by attr_map.
 */

/* What a JSON value may be. */
enum set_kind { SET_TEXT = 1, SET_TEXTS = 2, SET_NUMBER = 4, SET_BOOL = 8 };

/*
 * By the attribute's AD name, whatever its case. NULL, with *WHY the end of a
 * sentence, when the analysis does not read it or it cannot be set.
 */
const struct attr_row *setting_find(const char *name, const char **why);
/* What it takes beside null: SET_... bits, and in words. */
unsigned setting_kinds(const struct attr_row *s);
const char *setting_want(const struct attr_row *s);
/* Its name in AD. */
const char *setting_name(const struct attr_row *s);

/*
 * Gives O's attribute COUNT values, texts that are copied to A; with none it
 * is removed. 0, or -1 when they are not what its syntax says.
 */
int setting_set(const struct attr_row *s, struct object *o,
                const char *const *values, size_t count, struct arena *a);
/* Whether its values are texts, of which one can be told from another. */
bool setting_is_text(const struct attr_row *s);
/*
 * Whether VALUE is among those of O, byte by byte; NULL: whether there is room
 * for one more.
 */
bool setting_has(const struct attr_row *s, const struct object *o,
                 const char *value);
/*
 * Programs that carry values cut blanks off both ends: makes the value of O
 * that is meant by *VALUE of it, which is the same but for these. It may be
 * NULL as above, and then of a blank text. False: O has none.
 */
bool setting_meant(const struct attr_row *s, const struct object *o,
                   const char **value);
/* NEW comes in the place of OLD; OLD NULL: beside; NEW NULL: OLD goes. */
struct value_change {
	const char *old, *new;
};
/*
 * Makes the COUNT changes of values that O has: each OLD is one of before all
 * of them, so that their order does not matter; of two on one value the later
 * counts. What is so already stays so. Texts are copied to A.
 */
void setting_change(const struct attr_row *s, struct object *o,
                    const struct value_change *changes, size_t count,
                    struct arena *a);

#endif
