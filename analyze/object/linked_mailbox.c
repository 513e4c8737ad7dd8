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

/* What FROM has of it and O has not; of several values, all. */
static void
give(struct object *o, const struct object *from, const struct attr_row *row)
{
	bool has = attr_set_has(&o->have, row->attr);

	row->syntax->merge(o, from, row->offset);
	if (!has && attr_set_has(&from->have, row->attr))
		attr_set_add(&o->given, row->attr);
	if (!has && attr_set_has(&from->unclear, row->attr))
		attr_set_add(&o->unclear, row->attr);
}

void
linked_mailbox_merge(struct object *master, const struct object *mailbox,
                     struct arena *a)
{
	for (size_t i = 0; i < ATTR_COUNT; i++)
		if (attr_rows[i].giver != OWN)
			give(master, mailbox, &attr_rows[i]);
	attr_set_join(&master->have, &mailbox->have);
	master->ad.has_linked_mailbox = true;
	master->giver = object_placed(mailbox, a);
}

void
object_take_missing(struct object *o, const struct object *from,
                    struct arena *a)
{
	for (size_t i = 0; i < ATTR_COUNT; i++)
		if (attr_rows[i].giver != OWN &&
		    !attr_set_has(&o->have, attr_rows[i].attr))
			give(o, from, &attr_rows[i]);
	/* It is not what O has: that may not have been collected. */
	if (!attr_set_is_empty(&o->given))
		o->giver = object_placed(from, a);
}

const char *
object_giver_of(const struct object *o, const char *attribute)
{
	for (size_t i = 0; o->giver && attribute && i < ATTR_COUNT; i++) {
		const struct attr_row *row = &attr_rows[i];

		if (!row->name[FORM_AD] ||
		    strcmp(row->name[FORM_AD], attribute) != 0)
			continue;
		return attr_set_has(&o->given, row->attr) ||
		       (row->giver == OF_MAILBOX &&
		        !attr_set_has(&o->have, row->attr)) ? o->giver : NULL;
	}
	return NULL;
}
