/*
 * What the forecast leaves on an object for rules to ask: beside the line that
 * is told, why it says so, and which others want the same. In object.h.
 */
#ifndef ANALYZE_OBJECT_FORECAST_STATE_H
#define ANALYZE_OBJECT_FORECAST_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/when.h"

struct object;

/* Why the forecast's primary is what it is. */
enum primary_cause {
	PRIMARY_NONE,            /* there is none */
	PRIMARY_FROM_PROXIES,    /* the SMTP: value of proxyAddresses */
	PRIMARY_FROM_MAIL,
	PRIMARY_FROM_UPN,        /* neither mail nor proxyAddresses */
	PRIMARY_UPN_UNVERIFIED,  /* the same, and the UPN became the MOERA */
	PRIMARY_UPN_MALFORMED,   /* the same, since it cannot be a name there */
	PRIMARY_ONLY_SECONDARY,  /* addresses, but none is primary */
	PRIMARY_UNVERIFIED,      /* the primary's domain is not verified */
	PRIMARY_MALFORMED,       /* the primary is no valid address */
	PRIMARY_RESERVED,        /* the primary is in a domain of the service */
	PRIMARY_CONFLICT,        /* another object has the primary */
	PRIMARY_LEFT_OVER,       /* no licence, no address: the MOERA stays */
	PRIMARY_HELD,            /* what the account holds, whatever AD says */
};

/* Why an account in the tenant is not taken over, nor another one made. */
enum block {
	BLOCK_NOT,
	BLOCK_CLOUD_MANAGED,     /* the tenant is the source of authority */
	BLOCK_HARD_OFF,          /* the tenant refuses hard matches */
	BLOCK_HARD_ADMIN,        /* it does so where a role is held */
	BLOCK_REMAP,             /* and where another object is mapped */
	BLOCK_SOFT_OFF,          /* it refuses soft matches */
	BLOCK_ADMIN,             /* the account holds an administrator's role */
	BLOCK_TYPE,              /* it is of another class */
	BLOCK_ANCHOR,            /* another group has the source anchor */
};

/* Who gets a value that several objects claim. */
enum quarantine_end {
	QUARANTINE_FREE,         /* nobody else wants it, or can take it away */
	QUARANTINE_GUEST,        /* a guest signs in with it: open */
	QUARANTINE_REFUSED,      /* AD's other has it, its account does not */
	QUARANTINE_WON,          /* the first of several new ones */
	QUARANTINE_AWAITED,      /* another one gives it up in the same run */
	QUARANTINE_TAKEN,        /* a contact's, which a guest loses */
	QUARANTINE_HELD,         /* another one of the tenant has it: lost */
	QUARANTINE_SECOND,       /* another new one comes first: lost */
	QUARANTINE_UNREAD,       /* HELD by one that sync may join it with */
};

/* How that other one has it. */
enum having {
	HAS_NOT, HAS_VALUE,
	HAS_AS_NAME,             /* an address, as its sign-in name alone */
	HAS_AS_GUEST,            /* he signs in with it elsewhere */
	HAS_KEPT,                /* its account in sync has it, AD does not */
	HAS_REFUSED,             /* AD has it, its account in sync does not */
	HAS_OWNED,               /* the tenant's own: AD is not asked */
};

/* A value that the object claims and others do, too. */
struct contested {
	enum quarantine_end end;
	bool is_name;            /* a sign-in name; else an address */
	enum having how;
	const char *value, *attribute, *who;
	const struct object *other;
};

/* A value of AD's that the account lacks, though it is in sync (unheld.h). */
enum unheld_as {
	UNHELD_NOT,
	UNHELD_ADDRESS,
	UNHELD_AS_PRIMARY,       /* it has the address, in another role */
	UNHELD_NAME,             /* the sign-in name */
};

struct unheld {
	enum unheld_as as;
	const char *value;
	when_t last_sync;        /* of the account */
};

/* What an object is to others that sync takes for the same. */
enum joined_end {
	JOINED_NOT,
	JOINED_FIRST,            /* it stands for them */
	JOINED_PART,             /* one of them stands for it */
};

/* By what it takes two objects of AD for one. */
enum joined_by {
	JOINED_BY_NOTHING,
	JOINED_BY_ANCHOR, JOINED_BY_MAIL,
	JOINED_BY_SID,           /* a linked mailbox and its master */
	JOINED_BY_NAME,          /* sAMAccountName and mailNickname */
	JOINED_BY_ATTRIBUTE,     /* that which sync.join names */
};

struct joined {
	enum joined_end end;
	enum joined_by by;
	bool across;             /* two forests, as their server joins them */
	bool unsaid;             /* and nobody said how it does */
	bool both_enabled;       /* it and one of them */
	bool enabled_unread;     /* of one of them it is not known */
	bool open;               /* there may be others, of other forests */
	const struct object *other;     /* that stands, or the next one */
	uint32_t row;            /* of it, in the section of its kind */
	const char *who;         /* it is; "the user Jan Vos (jan)" */
	/* Of a linked mailbox: its master, where that is out of the scope. */
	const struct object *left_out;
};

/* Bits: enum doubt, which analyze/forecast/doubt.h has. */
enum { DOUBTS_MAX = 128 };
struct doubts {
	uint64_t bits[DOUBTS_MAX / 64];
};

/* What will be of an AD object, and why. */
struct forecast_state {
	struct forecast line;           /* as it is told */
	struct doubts doubts;
	enum primary_cause cause;       /* of the primary address */
	bool will_have_mailbox;         /* licensed for Exchange */
	struct contested *contested;    /* values that others claim, too */
	size_t contested_count, contested_room;
	bool overruled;                 /* by its account, which is in sync */
	struct unheld *unheld;          /* what that lacks of AD's values */
	size_t unheld_count;
	const char *upn_fault;          /* why the sign-in name is not taken */
	const char *upn_lost;           /* who has the name instead */
	const char *upn_held;           /* why AD's new name stays behind */
	struct joined joined;
	enum block block;               /* why no account is taken over */
	unsigned blocks;                /* bits of enum block: all that do */
	const char *blocked_by;         /* which account */
	const struct object *blocker;   /* the same, where no key joins it */
	const struct object *former;    /* one of another anchor has the name */
	const struct object *former_source;  /* its AD object, out of scope */
	/* One that is not synchronized, but has the anchor of old times. */
	const struct object *left_over;
};

#endif
