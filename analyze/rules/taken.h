/* What else is asked of others before a value is proposed (in_use.h). */
#ifndef ANALYZE_RULES_TAKEN_H
#define ANALYZE_RULES_TAKEN_H

#include <stdbool.h>

struct account;
struct check;
struct keys;
struct model;
struct object;

/* Whether anybody but O has ALIAS, or may be proposed it. */
bool taken_alias(struct check *c, const struct object *o, const char *alias);
/* Whether ADDRESS is another's for calls: a mailbox gets that, too. */
bool taken_for_calls(struct check *c, const struct object *o,
                     const char *address);
/*
 * Whether another object of AD has ADDRESS, even one that sync joins with O: a
 * change at O changes what is found there.
 */
bool taken_in_ad(struct check *c, const struct object *o, const char *address);
/*
 * Whether the part of ADDRESS before the @, or all of it without one, may be
 * another's in the tenant's own domain, where O would get such an address.
 */
bool taken_local_part(struct check *c, const struct object *o,
                      const char *address);

/*
 * Whether the address in the tenant's own domain that O would give up, if
 * another one were made of ADDRESS, may be another's then.
 */
bool taken_once_given_up(struct check *c, const struct object *o,
                         const char *address);
/* The same of its sign-in name there. */
bool taken_name_given_up(struct check *c, const struct object *o);

/*
 * The tenant's user with that SID (onPremisesSecurityIdentifier), in sync with
 * an object of AD; or NULL: there is none, or none can be outranked.
 */
const struct account *taken_sid(struct check *c, const char *sid);
/* Notes for that who has which, before objects are judged. */
void taken_sids_note(struct keys *to, const struct model *m);

#endif
