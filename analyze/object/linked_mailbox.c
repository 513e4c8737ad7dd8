/* What a linked mailbox gives its master. */
#include "analyze/object/object.h"

#include <string.h>

#include "analyze/object/attr_row.h"

/* msExchRecipientTypeDetails. */
enum { LINKED_MAILBOX = 2 };

bool
linked_mailbox_is_master(const struct object *mailbox,
                         const struct object *account)
{
	return mailbox->ad.master_sid && account->ad.sid &&
	       mailbox->ad.master_sid_len == account->ad.sid_len &&
	       memcmp(mailbox->ad.master_sid, account->ad.sid,
	              account->ad.sid_len) == 0;
}

/* S-1-5-10, principal self: of a shared mailbox, and nobody else's. */
static const unsigned char self[] = { 1, 1, 0, 0, 0, 0, 0, 5, 10, 0, 0, 0 };

bool
linked_mailbox_names_master(const struct object *o)
{
	return o->ad.master_sid && !linked_mailbox_is_master(o, o) &&
	       (o->ad.master_sid_len != sizeof(self) ||
	        memcmp(o->ad.master_sid, self, sizeof(self)) != 0);
}

bool
linked_mailbox_waits(const struct object *o)
{
	/* A master has the type from its mailbox, and the SID that it means. */
	return o->ad.recipient_type == LINKED_MAILBOX &&
	       !linked_mailbox_is_master(o, o);
}

void
linked_mailbox_merge(struct object *master, const struct object *mailbox)
{
	for (size_t i = 0; i < ATTR_COUNT; i++) {
		const struct attr_row *row = &attr_rows[i];

		if (row->giver != OF_MAILBOX)
			continue;
		row->syntax->merge(master, mailbox, row->offset);
		if (attr_set_has(&mailbox->unclear, row->attr) &&
		    !attr_set_has(&master->have, row->attr))
			attr_set_add(&master->unclear, row->attr);
	}
	attr_set_join(&master->have, &mailbox->have);
	master->ad.has_linked_mailbox = true;
}
