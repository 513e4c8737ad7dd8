/*
 * What rules of several files tell alike: beginnings and ends of cures, and who
 * tells what, so that nothing is told twice.
 */
#ifndef ANALYZE_RULES_TOLD_H
#define ANALYZE_RULES_TOLD_H

#include "analyze/rules/rule.h"

/*
 * Whether O's account, which is in sync, lacks the value of AD, or has it in
 * another role: value-not-synchronized tells that (unheld.c).
 */
bool is_told_as_unheld(const struct object *o, const char *value);

/* ---- passwords (password.c) ---- */

/*
 * Whether the tenant checks O's password by its hash: NO, where hashes are not
 * synchronized, or AD's own servers are asked. Of the tenant as it is known.
 */
enum tristate signs_in_by_hash(const struct check *c, const struct object *o);

/*
 * What the client sends in the place of the user's missing UPN ("Prepare for
 * directory synchronization to Microsoft 365", userPrincipalName), in the
 * check's arena; NULL: he has one, or that is not known (sharers.c).
 */
const char *sent_name(struct check *c, const struct object *o);

/* ---- sign-in names (alternate.c) ---- */

/*
 * What sync takes for the user's sign-in name: his UPN, or by the policy
 * (sync.signInName) his mail, beside which nothing hangs on the UPN.
 */
struct named_by { const char *attribute, *value; };
struct named_by sign_in_of(const struct check *c, const struct object *o);
bool signs_in_by_mail(const struct check *c, const struct object *o);

/* ---- who receives mail (mail_use.c) ---- */

enum mail_use {
	MAIL_USED,                 /* it does, or others like it do */
	/* That it is given a licence is only supposed, and */
	MAIL_BY_NOBODY,            /* nobody's, or hardly anybody has mail */
	MAIL_UNLIKELY,             /* it is disabled, or no person's */
	MAIL_NOT_USED,             /* it has no licence */
};

/* What shows that a service signs in with it (usable.c); NULL: nothing does. */
const char *sign_of_service(const struct object *o);
/* Of a user of AD. */
enum mail_use mail_use_of(const struct check *c, const struct object *o);

/* ---- mailboxes (mailbox.c) ---- */

/*
 * The beginning of a cure after which O would be matched with ACCOUNT: what is
 * to be done first where both have a mailbox, or may have; or "".
 */
const char *fix_mailboxes(struct check *c, const struct object *o,
                          const struct object *account);
/*
 * The cure of a mail user whose primary address, of another organization, the
 * mark of a former mailbox takes away; NULL: it is none (left_mark.c).
 */
const char *fix_left_mark(struct check *c, const struct object *o);

/* ---- values of others (conflict.c) ---- */

/* Whether AD's sign-in name is what another one has as an address. */
bool contested_by_name(const struct contested *one);
/*
 * The beginning of a cure for a value that O wants and OTHER has, where that is
 * a guest, whose values cannot be edited; NULL: it is none.
 */
const char *fix_guest(struct check *c, const struct object *o,
                      const struct object *other);
/* How O gets the address, which is not its alone; NULL: as the rule says. */
const char *fix_conflict(struct check *c, const struct object *o,
                         const struct contested *one);
/* How O and OTHERS, who have ADDRESS, one of them in proxyAddresses, part. */
const char *fix_shared(struct check *c, const struct object *o,
                       const char *address, const struct holdings *others);

/* ---- values that several objects have (shared.c) ---- */

/* What tells that: each value of an object is told by one of them. */
enum shared_as {
	SHARED_NOT,
	SHARED_PROXY,              /* proxy-duplicate */
	SHARED_UPN,                /* upn-duplicate */
	SHARED_ADDRESS,            /* address-duplicate */
	SHARED_FILTERED,           /* filtered-holder */
};
void report_shared(struct check *c, const struct object *o,
                   enum shared_as which);

/*
 * "the user jan (CN=Jan,...) and the group all (...), which is not
 * synchronized": some by name, with how many others there are; what they have
 * the value as is said where it is none of OWN.
 */
const char *tell_holdings(struct check *c, const struct holdings *l,
                          unsigned own);

/* ---- source anchors (blocked.c, same.c) ---- */

/* What objects claim that have one anchor: .claimed of their failures. */
#define CLAIMED_ANCHOR(o) \
	{ (o)->forecast.line.source_anchor, "mS-DS-ConsistencyGuid" }

/* Why none is proposed for an object. */
extern const char whose_anchor[];

/*
 * The end of a cure that gives AD the account's source anchor: what else that
 * takes since July 2026, or "".
 */
const char *fix_unmap(struct check *c, const struct object *account);
/* CURE of a deleted account, which a hard match restores, with all it takes. */
const char *fix_restored(struct check *c, const struct object *account,
                         const char *cure);
/*
 * Whether O lacks the value only since it has no part in its account of another
 * source anchor: anchor-left-over and former-account tell that once for all.
 */
bool is_told_with_account(const struct object *o, const struct contested *one);

/* How the tenant's user lost its address with a licence; NULL: it did not. */
const char *tell_licence_lost(struct check *c, const struct object *o);

#endif
