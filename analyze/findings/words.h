/* The words of the findings format, and what they stand for: a part of it. */
#ifndef ANALYZE_FINDINGS_WORDS_H
#define ANALYZE_FINDINGS_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "analyze/findings/authority.h"
#include "analyze/findings/counts.h"
#include "analyze/findings/exchange_told.h"

/* From worst to least, so that a smaller number is worse. */
enum severity {
	SEVERITY_CRITICAL, SEVERITY_HIGH, SEVERITY_MEDIUM, SEVERITY_LOW,
	SEVERITY_INFO, SEVERITY_COUNT
};

enum status {
	STATUS_OPEN, STATUS_WAIVED, STATUS_PLANNED, STATUS_FALSE_POSITIVE,
	STATUS_COUNT
};

enum outcome {
	OUTCOME_FOUND,             /* has findings */
	OUTCOME_CLEAN,             /* looked at everything, found nothing */
	OUTCOME_NOT_ASSESSED,      /* could not look; the reason says why */
	OUTCOME_NOT_APPLICABLE,    /* nothing to look at; the reason says why */
	OUTCOME_COUNT
};

enum readiness {
	READINESS_READY, READINESS_WARNING, READINESS_BLOCKED,
	READINESS_NOT_KNOWN,       /* not all that decides was looked at */
	READINESS_OUT_OF_SCOPE, READINESS_COUNT
};

enum confidence {
	CONFIDENCE_DOCUMENTED, CONFIDENCE_DERIVED, CONFIDENCE_UNCERTAIN,
	CONFIDENCE_COUNT
};

/* What the next synchronization does to the object's account. */
enum action {
	ACTION_CREATE, ACTION_MATCH, ACTION_UPDATE, ACTION_NONE, ACTION_DELETE,
	ACTION_RESTORE, ACTION_BLOCKED,
	ACTION_UNKNOWN,            /* null: the tenant was not collected */
	ACTION_COUNT
};

enum match {
	MATCH_CREATE, MATCH_HARD, MATCH_SOFT, MATCH_SYNCED, MATCH_CONFLICT,
	MATCH_NONE,
	MATCH_UNKNOWN,             /* null: the tenant was not collected */
	MATCH_COUNT
};

/* Where a value comes from that its AD attribute does not say. */
enum origin_kind {
	ORIGIN_TENANT, ORIGIN_HELD_BACK, ORIGIN_UPN, ORIGIN_CHANGED_UPN,
	ORIGIN_MOERA, ORIGIN_MOERA_DIGITS, ORIGIN_PLACEHOLDER,
	ORIGIN_EXCHANGE, ORIGIN_MAIL,
	ORIGIN_SIGN_IN, ORIGIN_PRIMARY, ORIGIN_SECONDARY, ORIGIN_SAM, ORIGIN_CN,
	ORIGIN_OTHER,              /* only its words say */
	ORIGIN_COUNT
};

/* The words that the files use. */
const char *severity_name(enum severity s);
const char *status_name(enum status s);
const char *outcome_name(enum outcome o);
const char *readiness_name(enum readiness r);
const char *confidence_name(enum confidence c);
const char *match_name(enum match m);                /* NULL: null */
const char *action_name(enum action a);              /* NULL: null */
const char *origin_name(enum origin_kind o);         /* NULL: ORIGIN_OTHER */
/* The origin of that name, or ORIGIN_OTHER. */
enum origin_kind origin_parse(const char *text);
/*
 * What an attribute is: mail and proxyAddresses, which any AD has, the others
 * of Exchange's, or one that is not its.
 */
enum owned {
	OWNED_IDENTITY, OWNED_EXCHANGE, OWNED_ADDRESS,
	OWNED_ALIAS      /* it has none: Exchange's cmdlets do not see it */
};
/* What Exchange's cmdlets take an object for. */
enum managed_as {
	MANAGED_AS_OTHER,
	MANAGED_AS_USER,           /* with a remote mailbox, or none so far */
	MANAGED_AS_MAILBOX,        /* one on premises */
	MANAGED_AS_MAIL_USER, MANAGED_AS_GROUP, MANAGED_AS_CONTACT,
	MANAGED_AS_COUNT
};
/* By its class and msExchRecipientTypeDetails, or 0. */
enum managed_as managed_as(const char *class, int64_t recipient_type);

/* With what an attribute that WHO owns is changed (tool.c). */
struct tool_asked {
	enum authority who;
	enum owned what;
	enum managed_as as;
	enum exchange_state state;
	/* It is known to be none: Exchange's cmdlets do not find it. */
	bool is_no_recipient;
	/* NULL: it may be any; else who has no cmdlet for it is told so. */
	const char *attribute;
};
const char *tool_name(const struct tool_asked *q);
/*
 * Appends a fix that is for AD without the cmdlets in parentheses, which are
 * its: another place takes the change by others.
 */
struct buf;
void fix_put_bare(struct buf *out, const char *fix);
/* What the other places answer to who changes it there; NULL: not known. */
const char *refusal_of(enum authority who, enum owned what);

/* 0, or -1 when TEXT is no such word, or NULL. */
/* "proxyAddresses"; of the names of a person "names". */
const char *differing_name(enum differing in);
int severity_parse(enum severity *out, const char *text);
int status_parse(enum status *out, const char *text);

#endif
