/* Whether password hashes are synchronized, and what the tenant has of one. */
#ifndef ANALYZE_RULES_HASH_SYNC_H
#define ANALYZE_RULES_HASH_SYNC_H

#include "analyze/rules/rule.h"

enum hash_sync {
	HASHES_NOT,                /* not, or AD's own servers are asked */
	HASHES_UNLIKELY,           /* nothing says so, and hardly anyone has */
	HASHES_OPEN,               /* nothing says so; too few to tell */
	HASHES_DOUBTED,            /* it is said, but nobody's time agrees */
	HASHES_SENT,               /* it is said, or many times agree */
};

/* Of O, a user in scope. While objects are screened they may be sent. */
enum hash_sync hash_sync_of(struct check *c, const struct object *o);
/*
 * "the tenant says so, and the times of 117 of 120 users agree": by what that
 * is known, in the check's arena; not while objects are screened.
 */
const char *hash_sync_known_by(struct check *c, const struct object *o);

/*
 * For struct rule: where nothing shows that hashes are synchronized, though
 * users' times could; and which users' passwords cannot be judged by the times
 * of both sides. NULL: nothing lacks, as far as objects were read.
 */
const char *hash_sync_lacks(const struct model *m, struct arena *a);
const char *hash_sync_times_lack(const struct model *m, struct arena *a);
/* Likewise: the tenant says that no hashes are synchronized. */
const char *hash_sync_is_moot(const struct model *m, struct arena *a);

/*
 * What the tenant's time of the password of O tells; NOT_TOLD: nothing, also
 * where sync does not give O's password to the account, or hashes are not sent
 * for all that is known.
 */
enum password_word hash_word(struct check *c, const struct object *o);

#endif
