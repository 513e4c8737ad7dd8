/*
 * Mailboxes of Exchange Online whose export lacks ExternalDirectoryObjectId:
 * the account is that which alone has the name, or else the primary address.
 */
#ifndef ANALYZE_LOAD_MAILBOX_NAMES_H
#define ANALYZE_LOAD_MAILBOX_NAMES_H

#include "analyze/model/model.h"

/* Who is called what; a zeroed struct knows nobody. */
struct mailbox_names {
	const struct model *m;
	struct keys names, primaries;   /* of the tenant's users */
};

/* Takes the users of the tenant, which are in the model. */
void mailbox_names_build(struct mailbox_names *n, const struct model *m);
void mailbox_names_release(struct mailbox_names *n);
/* The row of the mailbox's user, 0: there is none, or are several. */
row_id mailbox_names_find(const struct mailbox_names *n,
                          const struct object *mailbox);
/* Says how many of the mailboxes found nobody. */
void mailbox_names_tell(const struct mailbox_names *n, size_t lost);

#endif
