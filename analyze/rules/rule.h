/*
 * Rules. A rule is one small function over one object of the const model, over
 * one domain, or over the tenant, and one row of the table at the foot of its
 * file. The row says what must be known before the rule can judge; the runner
 * owns order and outcome, so no rule tests for missing input.
 */
#ifndef ANALYZE_RULES_RULE_H
#define ANALYZE_RULES_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/data/data.h"
#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "analyze/rules/category.h"
#include "analyze/rules/families.h"
#include "analyze/rules/domain_tally.h"
#include "analyze/rules/kinds.h"
#include "analyze/rules/object_tally.h"

struct check;

/* What a rule needs beside its own objects. */
enum need {
	NEED_SCOPE = 1 << 0,       /* the policy says what is in scope */
	NEED_HISTORY = 1 << 1,     /* an older AD snapshot */
	NEED_EVENTS = 1 << 2,      /* that, or replication metadata */
	NEED_DOMAINS = 1 << 3,     /* initial and verified domains */
	NEED_ELSEWHERE = 1 << 4,   /* an older AD snapshot or the accounts */
	NEED_SYNCED = 1 << 5,      /* the tenant has synchronized users */
	/*
	 * What it reads, in a text or a severity, too; these are always there.
	 * The account that a soft match gives and the values that others
	 * claim, which suggest_address heeds, come of the forecast.
	 */
	NEED_FORECAST = 1 << 6,
	NEED_SHARERS = 1 << 7,     /* check_sharer */
	NEED_UNCLAIMED = 1 << 8,   /* accounts that no AD object stands for */
	/*
	 * Which account each AD object of a kind has (joins.c). Without that
	 * a rule does not judge the kind; or it judges in part, and leaves
	 * alone by itself what is open or joined by name.
	 */
	NEED_MATCH = 1 << 9,
	NEED_MATCH_IN_PART = 1 << 10,
	NEED_ANCHORS = 1 << 11,    /* the immutableId of accounts */
	NEED_HELD = 1 << 12,       /* which addresses the tenant has; in part */
	NEED_MEMBERS = 1 << 13,    /* links.members, when groups are judged */
	NEED_CLOUD_SYNC = 1 << 14, /* some domain is under Cloud Sync */
	NEED_MASTERS = 1 << 15,    /* all masters of mailboxes; in part */
	NEED_JOINED = 1 << 16,     /* what others give it, check_is_behind */
	NEED_SYNC_ERRORS = 1 << 17,        /* what the tenant reports itself, */
	NEED_SERVICE_ERRORS = 1 << 18,     /* of some of its objects */
	NEED_LAST_SYNC = 1 << 19,  /* when some were synchronized */
	NEED_ONLINE = 1 << 20,     /* what tells who has a cloud mailbox */
	NEED_REPEATS = 1 << 29,    /* check_repeats */
	NEED_ANCHOR = 1 << 21,     /* which attribute is the source anchor */
	NEED_IDFIX = 1 << 30,      /* who has a value, by IdFix's six spaces */
	/* ---- of rules on the tenant (tenant.c, sync_state.c, admin.c) ---- */
	NEED_WHOLE = 1 << 22,      /* the forecast of all objects is written */
	NEED_ELIGIBLE = 1 << 23,   /* who is eligible for roles; in part */
	NEED_GROUP_ROLES = 1 << 24,        /* who has one by a group; in part */
	NEED_MAPPED = 1 << 26,     /* which objects accounts are mapped to */
	NEED_AUTHORITY = 1 << 25,  /* msDS-ObjectSoa of some of AD's objects */
	/*
	 * What others have, for a remedy (propose.h): the forecast is made for
	 * it, but who lacks what that reads is judged all the same.
	 */
	NEED_OTHERS = 1 << 28,
	/* ---- of rules on domains (domain_use.c) ---- */
	NEED_FEDERATION = 1 << 27, /* which domains are federated */
};

/* The public documents that rules rest on (documents.c). */
enum document_id {
	DOC_NONE,
	DOC_PREP, DOC_POPULATE, DOC_UNSYNCED, DOC_DEFAULTS, DOC_CONTACTS,
	DOC_DESIGN, DOC_SIGN_IN, DOC_FILTERING, DOC_EXISTING, DOC_RESILIENCY,
	DOC_RECYCLE, DOC_ERRORS, DOC_VERSIONS, DOC_AUTHORITY, DOC_GROUPS,
	DOC_CLOUD_SYNC, DOC_UNDERSCORE, DOC_BOTH, DOC_FEATURES, DOC_SHADOW,
	DOC_IDFIX,
	DOC_ROUTABLE, DOC_CUSTOM_DOMAINS,
	DOC_PHS, DOC_ORGANIZATION,
	DOC_POLICIES,
	DOC_ENGINES, DOC_HARDENING, DOC_ENGINE_FLAW, DOC_EXCHANGE_ONLINE_OWNS,
	DOC_STAGING, DOC_EXCHANGE_BUILDS,
	DOC_IDN,
	DOC_SMTP, DOC_ALIAS, DOC_FUNCTIONS,
	DOC_ROUTING, DOC_DELEGATES, DOC_DECOMMISSION, DOC_SHARED,
	DOC_MAIL_GROUPS, DOC_SHARED_MAILBOXES, DOC_LAST_LOGON,
	DOC_LICENCES, DOC_GROUP_LICENCES, DOC_CALLS, DOC_TARGETS,
	DOC_TURNED_BACK,
	DOC_IMCEAEX,
	DOC_PREREQUISITES, DOC_TOOLS,
	DOC_COUNT
};

struct document {
	const char *title;         /* NULL: where only the address is known */
	const char *address;
};

/*
 * What a rule must know of the section that holds the other halves of the
 * objects that it judges: of AD's users for accounts of users, of AD's groups
 * for those of groups. Objects of a kind whose counterparts are not all there
 * are not judged, but others are.
 */
enum counterpart { COUNTERPART_FREE, COUNTERPART_NEEDED };

/*
 * What becomes of a failure in a value of AD whose attribute the tenant owns:
 * AD has a replica of it, that is not asked (replica.h).
 */
enum replica {
	REPLICA_BY_VALUE,          /* it counts if the account has the value */
	REPLICA_NOT_JUDGED,        /* nor does it: the tenant has no such */
	REPLICA_TOLD,              /* the rule is on replicas */
};

/*
 * Whether who has a finding of the rule, or was not looked at by it, is not
 * ready. What only hinders repairs, or is wrong with or without
 * synchronization, does not stand in its way.
 */
enum bearing { BEARS_ON_READINESS, BEARS_ELSEWHERE };
/* What must have been read beside the present: else there is no such object. */
enum past {
	PAST_FREE,
	PAST_TENANT,               /* an older snapshot of the tenant */
	PAST_TWICE,                /* two older ones of AD */
	PAST_STAMPS,               /* replication metadata */
	PAST_LEGACY,               /* an older one of AD, legacyExchangeDN */
};

struct rule {
	const char *id;            /* printed, documented, never reused */
	enum severity severity;
	enum category category;    /* where it is not its family's */
	enum profile profile;      /* the least that runs it */
	enum side side;            /* whose objects it is called for */
	unsigned kinds;            /* KIND_BITs of them; 0: it is on others */
	struct attr_set attrs;     /* to be asked for in their sections */
	struct attr_set any_attr;  /* of these, one will do */
	/*
	 * It judges each that was asked for by itself, in some of the files
	 * if need be, and the rest is not assessed: it is on values that are
	 * there. Whether an object is ready does not hang on them.
	 */
	struct attr_set each_attr;
	struct section_set sections;       /* others, to be complete */
	struct section_set wishes;         /* else it judges only in part */
	enum counterpart counterpart;
	unsigned needs;            /* enum need */
	enum past past;
	/* It is not called for others of AD, but for holders of addresses. */
	bool in_scope_only;
	/* Of a system's account nothing else is said, but that it goes. */
	bool of_systems;
	bool deletes;              /* sync deletes accounts it reports */
	bool awaits_sync;          /* that mends it: nothing is to be changed */
	enum replica replica;
	enum bearing bearing;
	/* Reports what is wrong with the object, by check_fail. */
	void (*check)(struct check *c, const struct object *o);
	/*
	 * Or what is wrong with a domain of AD as a whole, by
	 * check_fail_domain, after all objects: each that has some, and is
	 * under the engine that the rule needs. WISHES are what it counts.
	 */
	void (*check_domain)(struct check *c, const struct domain *d);
	/*
	 * Or what is wrong with the tenant as a whole, by check_fail_tenant,
	 * behind all domains. LACKS tells what was not collected of what it
	 * reads beside SECTIONS and WISHES, in A or static; NULL, as the
	 * function may be: nothing lacks. What is not known is no finding.
	 * With a CHECK as well it is on what that has counted of objects;
	 * LACKS may stand beside a CHECK alone.
	 */
	void (*check_tenant)(struct check *c);
	const char *(*lacks)(const struct model *m, struct arena *a);
	/*
	 * Of such a rule on engines or servers, which needs no tenant: why
	 * there is nothing to judge, likewise; NULL: there is. Of a rule on
	 * objects that hangs on what the policy says, the same.
	 */
	const char *(*moot)(const struct model *m, struct arena *a);
	const char *title, *why, *fix;
	enum document_id source;
	const char *part;          /* of the document; NULL: all of it */
	/* Whether that says so, or it follows from what it says. */
	enum confidence confidence;
	const char *limit;         /* a number that values keep; or NULL */
};

/* Of a rule of the catalogue. */
enum category rule_category(const struct rule *r);
/* Whether the rule is judged by AD alone, of one or several snapshots. */
bool rule_is_of_ad(const struct rule *r);
/* Whether a run by the profile has the rule. */
bool profile_has(enum profile p, const struct rule *r);

enum mended {
	MENDED_BY_OWNER, MENDED_IN_ENTRA, MENDED_IN_EXCHANGE_ONLINE,
	MENDED_ON_BOTH_SIDES       /* Exchange's: no owner can do it alone */
};

/* What a rule says of an object; a NULL takes the rule's own, or null. */
struct failure {
	enum severity severity;    /* set it: the rule's is in check_severity */
	const char *attribute;
	const char *observed, *expected;
	/* see struct finding; "": each object has one of the attribute */
	const char *key;
	struct told_event event;   /* of a rule on events: what happened */
	const char *message;
	const char *fix;
	/* The value that mends it, if one is safe; or why none is. */
	struct proposed proposed;
	const char *unproposed;
	struct idfix_row idfix;    /* of its own rules: what it says */
	/*
	 * What it has in common with others of the rule that one action cures;
	 * without that they are one cause with all that the rule finds.
	 */
	struct shared_cause shared;
	/*
	 * Where others may have what FIX and EXPECTED propose, as it was not
	 * read (suggest.h): the fix says so.
	 */
	const char *unread;
	const struct object *other;        /* it is in conflict with; or NULL */
	/* All that it is in conflict with, where these are several. */
	const struct holdings *others;
	/* Whom else it speaks of, where no object of them is at hand. */
	const struct related_object *related;
	size_t related_count;
	struct claimed_value claimed;      /* what they have in common */
	struct told_deadline deadline;
	/* Of the tenant, which it is about; or NULL. It explains more. */
	const struct object *account;
	/* where it is mended, if that is not who owns the attribute */
	enum mended mended;
	/* of a rule that deletes: that sync deletes this one is not known */
	bool stays;
	bool deletes;              /* sync deletes its account for it */
};

/*
 * The model that is judged. While objects are screened it has what was loaded
 * before them: policy, snapshots, domains, tenant settings; nothing else of it
 * is for rules (tests/style.t).
 */
const struct model *check_model(const struct check *c);
/*
 * Whether all objects together show the fact; while they are screened it may
 * be. Ask it last: who is suspect for it alone is read again.
 */
bool check_may_be(const struct check *c, enum fact fact);
/* Whether the forecast of all objects is written, and each of them judged. */
bool check_has_forecast(const struct check *c);
/* Whether any value of the AD object has a flaw (flaws.h), as few have. */
bool check_has_flaws(struct check *c);
/* address_fault and upn_fault of a value of the AD object: mostly at once. */
const char *check_address_fault(struct check *c, const char *address);
const char *check_upn_fault(const struct check *c, const char *upn);
/* Fills OUT with what is wrong with O's own, if anything is. */
bool check_upn_flaws(const struct check *c, const struct object *o,
                     struct flaws *out);
/* Whether the object, or the account, is a system's own. */
bool check_is_of_system(const struct check *c);
/* Whether objects are screened: what was read of accounts is not compared. */
bool check_is_screening(const struct check *c);
/* Whether the internet can know the domain; whatever is not known is public. */
struct routed check_suffix(struct check *c, const char *domain);
/* The severity of the rule that runs. */
enum severity check_severity(const struct check *c);
/*
 * How bad it is if O's sign-in name is wrong, which is SEVERITY for those who
 * sign in: no more than low where nobody does.
 */
enum severity check_sign_in_severity(const struct object *o,
                                     enum severity severity);
/*
 * Reports the object; more than once if need be. Of what sync never takes, or
 * only if it is asked to, as public folders, nothing is worse than low, and of
 * alias and names no more than info.
 */
void check_fail(struct check *c, const struct object *o,
                const struct failure *f);
/* Reports the domain, likewise; NULL: what is of none that is known. */
void check_fail_domain(struct check *c, const struct domain *d,
                       const struct failure *f);
/* Reports the tenant, likewise. */
void check_fail_tenant(struct check *c, const struct failure *f);
/* Reports a server of Exchange, likewise. */
void check_fail_server(struct check *c, const struct exchange_server *s,
                       const struct failure *f);
/* Reports a domain of mail, likewise: one finding, whatever AD it is of. */
void check_fail_mail_domain(struct check *c, const char *domain,
                            const struct failure *f);

/* Where an object of AD has a domain, in a value of an attribute. */
struct domain_used {
	const char *domain;
	enum domain_use use;
	const char *attribute, *value;
	/*
	 * What check_fail_mail_domain will say of the domain: attribute, what
	 * is observed and shared, and where it is mended.
	 */
	const struct failure *will;
};

/*
 * Counts it for the rule's check_tenant, if sync takes the value; that finds
 * them by name, until it returns. What is found of the object may follow from
 * what that will say (cause.c).
 */
void check_count_domain(struct check *c, const struct object *o,
                        const struct domain_used *u);
size_t check_used_domains(struct check *c, const struct used_domain **out);
/* Counts the object of AD for the rule's check_tenant, by its domain. */
void check_count_object(struct check *c, const struct object *o);
size_t check_counted(struct check *c, const struct counted_objects **out);
/*
 * By NEED_WHOLE, for check_tenant: of how many objects that is forecast; and
 * the deletions that count together, with how many there are of each, in the
 * check's arena: how many such.
 */
uint64_t check_acted(const struct check *c, enum action a);
size_t check_deletions(struct check *c, const struct deletion_run **out);
/*
 * Reads the tenant object of that row, for check_tenant; it lives until the
 * rule returns. False: it cannot be read, and the rule ends.
 */
bool check_account(struct check *c, enum section s, uint32_t row,
                   struct object *o);
/*
 * How many users, groups and contacts of the domain are in scope; those of
 * which that is not known count as well. For check_domain.
 */
uint64_t check_in_scope(const struct check *c, const struct domain *d);
/* What DN names, as a message tells it: its first value. */
struct related_object check_named(struct check *c, const char *dn);
/* Text that lives until the rule returns. */
const char *check_textf(struct check *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/*
 * What is known of the object of the synchronized account, which no object of
 * AD shows to be its own. While objects are screened it may be gone.
 */
struct unseen_object check_unseen(struct check *c,
                                  const struct object *account);
/* With which container O left the scope after WHEN. */
struct went_with check_left_with(struct check *c, const struct object *o,
                                 when_t when);
/* Whether AD has nothing in the container that the DN is in. */
bool check_is_emptied(struct check *c, const char *dn);
/* Whether it is gone; where that is not known, the rule's reason tells so. */
bool check_is_gone(struct check *c, const struct object *account,
                   struct unseen_object *is);
/*
 * The deleted object of AD that the account belonged to, or NULL: none is
 * known. While objects are screened none is.
 */
const struct tombstone *check_tombstone(const struct check *c,
                                        const struct object *account);
/*
 * Whether NAME, of LEN bytes, is a domain controller's of the forest of D;
 * while objects are screened none is known.
 */
bool check_is_controller(const struct check *c, const struct domain *d,
                         const char *name, size_t len);
/*
 * The object of O's account name that was deleted before O was made, or NULL:
 * none is known. While objects are screened none is.
 */
const struct tombstone *check_predecessor(const struct check *c,
                                          const struct object *o);
/* An arena for such text; the check's. */
struct arena *check_arena(struct check *c);

/*
 * Another AD object that has the address, too, or NULL; of several the first.
 * It lives until the rule returns. While objects are screened it is NULL: who
 * has an address with another is suspect by NEED_SHARERS.
 */
const struct object *check_sharer(struct check *c, const struct object *o,
                                  const char *address);

/* Whether several others have it. */
bool check_has_sharers(struct check *c, const struct object *o,
                       const char *address);

/* The same as check_sharer, of public folders and dynamic groups alone. */
const struct object *check_holder(struct check *c, const struct object *o,
                                  const char *address);

/*
 * What an object has a value as: in proxyAddresses, in mail that these do not
 * mask, as its UPN, or as where a mail user's or a contact's mail goes.
 */
enum holding_as {
	HOLDING_PROXY = 1, HOLDING_MAIL = 2, HOLDING_UPN = 4, HOLDING_TARGET = 8
};

struct holding {
	const struct object *o;
	unsigned as;               /* HOLDING_ bits */
};

struct holdings {
	struct holding *items;
	size_t count;
	bool is_cut;               /* there may be more */
	/* Nor were all read who may have it: the rule is told of in part. */
	bool is_unread;
};

/*
 * What O has VALUE, a whole one of proxyAddresses, as: HOLDING_ bits; as its
 * UPN also what is sent in the place of one.
 */
unsigned holding_of(struct check *c, const struct object *o,
                    const char *value);
/*
 * All other objects of AD that have it, synchronized or not, but those that
 * sync joins with O. They live until the rule returns. While objects are
 * screened there are none: who may share a value is suspect by NEED_SHARERS.
 */
struct holdings check_holdings(struct check *c, const struct object *o,
                                const char *value);

/*
 * All other objects of AD that have O's alias, SID or GUID, and count, but
 * those that sync joins with it; as of check_holdings, with no bits. By
 * NEED_REPEATS.
 */
typedef bool count_repeat(const struct object *o, const struct object *other);
struct holdings check_repeats(struct check *c, const struct object *o,
                              enum repeated of, count_repeat *counts);

/*
 * Who else has VALUE, of proxyAddresses or a sign-in name, which an account O
 * is refused: first in the tenant, then in AD; NULL: nobody that was read. It
 * lives until the rule returns. While objects are screened it is NULL.
 */
const struct object *check_who_has(struct check *c, const struct object *o,
                                   const char *value);
/* The same of the tenant's deleted users. */
const struct object *check_who_had(struct check *c, const struct object *o,
                                   const char *value);
/*
 * Whether anybody but O has ADDRESS, as an address or as a UPN, in AD or in the
 * tenant, as far as was read. While objects are screened everybody may.
 */
bool check_is_taken(struct check *c, const struct object *o,
                    const char *address);
/* What of all that was not read; NULL: it was (in_use_unread). */
const char *check_unread(const struct check *c);
/* The same of the snapshots that were given: of no tenant, if there is none. */
const char *check_unread_given(const struct check *c);
/*
 * The next object of another domain that has O's sAMAccountName, comes before
 * it and may have mail in DOMAIN, or NULL; *AT begins as 0. It lives until the
 * rule returns. While objects are screened there is none.
 */
const struct object *check_namesake(struct check *c, const struct object *o,
                                    const char *domain, size_t *at);
/*
 * Whether sync joins the object with one of another forest that stands for it:
 * the account has what that one has, and of this one only what that lacks.
 */
bool check_is_behind(const struct object *o);

/* The row of a document that is not DOC_NONE; static. */
const struct document *document_get(enum document_id d);
/*
 * What is printed of the rule's document: its address, and the part in
 * parentheses. Static, or in A.
 */
const char *rule_source(const struct rule *r, struct arena *a);

#endif
