/*
 * Whether Exchange Online's own list of mailboxes can tell who has none.
 *
 * A list says nothing of those who are not in it where Exchange stopped giving
 * rows, where it was asked for some kinds of mailboxes or for one department
 * alone, or where it is not known whose its mailboxes are.
 */
#include "analyze/model/model.h"

/* Get-Mailbox, Get-EXOMailbox and Get-Recipient give so many unasked. */
enum { DEFAULT_RESULT_SIZE = 1000 };

static bool
is_cut(const struct model *m)
{
	return snapshot_objects(m->tenant, TENANT_MAILBOXES) ==
	       DEFAULT_RESULT_SIZE;
}

enum mailbox_list
mailbox_list_is(const struct model *m)
{
	if (!m->tenant || !model_complete(m, TENANT_MAILBOXES) ||
	    !snapshot_objects(m->tenant, TENANT_MAILBOXES))
		return MAILBOXES_NOT_LISTED;
	return is_cut(m) ? MAILBOXES_CUT
		: m->mailboxes.lost ? MAILBOXES_UNJOINED : MAILBOXES_LISTED;
}

bool
mailbox_list_is_narrowed(const struct model *m)
{
	const struct listed_mailboxes *l = &m->mailboxes;

	return l->licensed_out > l->licensed_in;
}

static bool
has_kinds(const struct model *m)
{
	return snapshot_covers(m->tenant, TENANT_MAILBOXES,
	                       "RecipientTypeDetails");
}

bool
mailbox_list_is_of_one_kind(const struct model *m)
{
	unsigned kinds = m->mailboxes.kinds;

	return mailbox_list_is(m) == MAILBOXES_LISTED && has_kinds(m) &&
	       !(kinds & (kinds - 1));
}

bool
mailbox_list_has(const struct model *m, enum online_kind kind)
{
	return mailbox_list_is(m) == MAILBOXES_LISTED &&
	       (!mailbox_list_is_of_one_kind(m) ||
	        (m->mailboxes.kinds & ONLINE_BIT(kind)));
}

void
mailbox_list_count(struct model *m)
{
	const struct table *t = &m->tables[TENANT_USERS];

	for (size_t i = 0; i < t->count; i++) {
		const struct account *h = t->rows[i].account;

		if (t->rows[i].merged || !h || h->guest ||
		    h->mailbox_plan != YES)
			continue;
		m->mailboxes.licensed_in += h->mailbox == YES;
		m->mailboxes.licensed_out += h->mailbox == UNKNOWN;
	}
}
