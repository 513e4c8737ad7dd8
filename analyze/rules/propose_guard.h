/* What speaks against a change in AD, whatever the value. */
#ifndef ANALYZE_RULES_PROPOSE_GUARD_H
#define ANALYZE_RULES_PROPOSE_GUARD_H

#include "analyze/object/object.h"

struct check;
struct model;

/*
 * Why no new value of the attribute is safe: AD is not asked for it, another
 * object gives it, or it would not stay. NULL: nothing speaks against one. The
 * text is static, or the check's.
 */
const char *propose_guard(struct check *c, const struct object *o,
                          const char *attribute);

/* The same of one more value, which a policy of Exchange leaves alone. */
const char *propose_guard_beside(struct check *c, const struct object *o,
                                 const char *attribute);

/*
 * Why nobody can give O the address NEW in the place of OLD, which may be NULL,
 * without deciding what others have, or that OLD's domain is not the company's;
 * NULL: nothing of that is touched.
 */
const char *propose_why_shared(struct check *c, const struct object *o,
                               const char *attribute, const char *old,
                               const char *new);

/* What has to be mended before O gets its first address or alias; or NULL. */
const char *propose_why_recipient(struct check *c, const struct object *o);

/*
 * Whether an e-mail address policy of Exchange writes the addresses of O anew;
 * UNKNOWN: nobody asked, and Exchange knows it.
 */
enum tristate policy_applies(const struct model *m, const struct object *o);

#endif
