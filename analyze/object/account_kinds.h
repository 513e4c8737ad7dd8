/*
 * What kind of account a user object is: who, if anybody, signs in with it. A
 * part of the header of objects.
 */
#ifndef ANALYZE_OBJECT_ACCOUNT_KINDS_H
#define ANALYZE_OBJECT_ACCOUNT_KINDS_H

#include <stdbool.h>

struct object;

enum account_kind {
	ACCOUNT_KIND_NONE,           /* it is no user */
	ACCOUNT_KIND_PERSON,         /* also where nothing is known */
	ACCOUNT_KIND_SHARED,         /* a shared mailbox */
	ACCOUNT_KIND_RESOURCE,       /* a room, or equipment */
	ACCOUNT_KIND_EXTERNAL,       /* a mail user, whose mailbox is outside */
	ACCOUNT_KIND_SERVICE,        /* a managed one, or with an SPN */
	ACCOUNT_KIND_ADMINISTRATOR,  /* AD protects it, as its administrators */
	ACCOUNT_KIND_SYSTEM,         /* of AD, Exchange or the sync engine */
	ACCOUNT_KIND_GUEST,
	ACCOUNT_KIND_COUNT
};

/*
 * By what Exchange says of it, by the names that systems give their own, by
 * adminCount and userType. A name that people may choose, such as svc-backup,
 * tells nothing.
 */
enum account_kind account_kind_of(const struct object *o);
/* AD's own first account, S-1-5-21-domain-500. */
bool account_is_built_in_administrator(const struct object *o);
/* "person"; static. NULL: ACCOUNT_KIND_NONE. */
const char *account_kind_name(enum account_kind kind);
/*
 * No person of the company signs in to the tenant with it: a service's, or one
 * of another organization's.
 */
bool account_is_no_persons(const struct object *o);
/* Nobody signs in: it is disabled, a room, a shared mailbox, a system's. */
bool account_is_unused(const struct object *o);

#endif
