/*
 * What goes with a user's account when it is deleted: mailbox, licences, roles;
 * and what is made in its place when it comes back too late.
 */
#ifndef ANALYZE_RULES_LOSS_H
#define ANALYZE_RULES_LOSS_H

#include "analyze/object/object.h"

struct account;
struct check;

/* O, of AD or NULL, with its account, as it is kept and as it was read. */
struct account_loss {
	const struct object *o;
	const struct account *account;
	const struct object *read;     /* NULL while objects are screened */
};

/* Whether it has a mailbox in Exchange Online. */
enum tristate loss_of_mailbox(const struct account_loss *l);
/* ", with its mailbox in Exchange Online and 2 licences", or "". */
const char *loss_text(struct check *c, const struct account_loss *l);
/* "a new account with an empty mailbox". */
const char *loss_successor(const struct account_loss *l);
/*
 * "it can be restored until 2016-03-17", of an account that was deleted then;
 * of one that no longer can, "it could ...".
 */
const char *loss_until(struct check *c, when_t deleted);
/* The same as a deadline; none, where it is not known. */
struct told_deadline loss_deadline(when_t deleted);
/* Of O, which the next synchronization deletes: none, if it is no user. */
struct told_deadline loss_next(const struct check *c, const struct object *o);

#endif
