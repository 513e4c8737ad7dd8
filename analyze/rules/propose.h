/*
 * Remedies: what a finding proposes to write into AD, attribute by attribute,
 * or why nothing is safe. One value of one object has one remedy, whatever
 * rules find wrong with it: all of them ask here. While objects are screened
 * there is none.
 */
#ifndef ANALYZE_RULES_PROPOSE_H
#define ANALYZE_RULES_PROPOSE_H

#include "analyze/findings/findings.h"
#include "analyze/rules/suggest.h"

struct check;
struct object;

struct remedy {
	struct proposed proposed;
	const char *unproposed;
};

/* The members of struct failure that a remedy fills. */
#define REMEDY(r) .proposed = (r).proposed, .unproposed = (r).unproposed

/*
 * TO becomes the primary address of O: its SMTP: value, or where there are no
 * proxyAddresses, its mail. What has to agree with it goes with it.
 */
struct remedy remedy_primary(struct check *c, const struct object *o,
                             const struct proposal *to);
/*
 * VALUE, one of O's addresses, which is sound, becomes the primary one, and the
 * present one, which is as well, stays beside it.
 */
struct remedy remedy_promoted(struct check *c, const struct object *o,
                              const char *value);
/* TO becomes the sign-in name. */
struct remedy remedy_name(struct check *c, const struct object *o,
                          const struct proposal *to);
/* What is wrong with mail: its characters, or that the primary is another. */
struct remedy remedy_mail(struct check *c, const struct object *o);
/* What is wrong with the characters of a value of proxyAddresses. */
struct remedy remedy_proxy(struct check *c, const struct object *o,
                           const char *value);
/* The same of targetAddress. */
struct remedy remedy_target(struct check *c, const struct object *o);
/*
 * TO, which the tenant makes of the address in VALUE, a whole one of ATTRIBUTE,
 * takes its place in AD.
 */
struct remedy remedy_rewritten(struct check *c, const struct object *o,
                               const char *attribute, const char *value,
                               const char *to);
/* Of several primary addresses mail says which is meant. */
struct remedy remedy_several(struct check *c, const struct object *o);
/*
 * TARGET, its address in the tenant's routing DOMAIN, or where that is NULL its
 * alias there, becomes one of its addresses.
 */
struct remedy remedy_routing(struct check *c, const struct object *o,
                             const char *domain, const char *target);
/* The targetAddress of a remote mailbox becomes its own routing address. */
struct remedy remedy_routed_target(struct check *c, const struct object *o);
/* The alias, or its characters. */
struct remedy remedy_alias(struct check *c, const struct object *o);
struct remedy remedy_display_name(struct check *c, const struct object *o);
/* What is wrong with the characters of the sign-in name. */
struct remedy remedy_upn(struct check *c, const struct object *o);
/* The same of the value of the attribute, whichever it is. */
struct remedy remedy_unclean(struct check *c, const struct object *o,
                             const char *attribute, const char *value);
/* Its value of proxyAddresses goes, and nothing takes its place. */
struct remedy remedy_removed(struct check *c, const struct object *o,
                             const char *value);
/*
 * Of two that are one address the one goes that is not primary, or else the
 * second.
 */
struct remedy remedy_repeated(struct check *c, const struct object *o,
                              const char *first, const char *second);
/* The new value, or WORDS where none is proposed. */
const char *remedy_wanted(const struct remedy *r, const char *words);
/* The new mail, or the primary address it should be, where that is sound. */
const char *remedy_wanted_mail(struct check *c, const struct object *o,
                               const struct remedy *r);
/* The same as a fix of the value; NULL: as the rule says. */
const char *remedy_fix(struct check *c, const struct remedy *r);
/* Nothing is proposed, since WHY. */
struct remedy remedy_none(const char *why);

#endif
