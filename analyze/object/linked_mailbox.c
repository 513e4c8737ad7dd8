/* What a linked mailbox gives its master. */
#include "analyze/object/object.h"

#include <string.h>

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

bool
linked_mailbox_waits(const struct object *o)
{
	/* A master has the type from its mailbox, and the SID that it means. */
	return o->ad.recipient_type == LINKED_MAILBOX &&
	       !linked_mailbox_is_master(o, o);
}

static void
take_text(const char **to, const char *from)
{
	if (!*to)
		*to = from;
}

static void
take_flag(enum tristate *to, enum tristate from)
{
	if (*to == UNKNOWN)
		*to = from;
}

void
linked_mailbox_merge(struct object *master, const struct object *mailbox)
{
	take_text(&master->mail, mailbox->mail);
	take_text(&master->mail_nickname, mailbox->mail_nickname);
	take_text(&master->target, mailbox->target);
	take_flag(&master->ad.hidden, mailbox->ad.hidden);
	take_flag(&master->ad.remote_type, mailbox->ad.remote_type);
	if (!master->proxy_count) {
		master->proxies = mailbox->proxies;
		master->proxy_count = mailbox->proxy_count;
	}
	if (!master->ad.recipient_type) {
		master->ad.recipient_type = mailbox->ad.recipient_type;
		master->ad.master_sid = mailbox->ad.master_sid;
		master->ad.master_sid_len = mailbox->ad.master_sid_len;
	}
	if (!attr_set_has(&master->have, ATTR_DISPLAY_TYPE))
		master->ad.display_type = mailbox->ad.display_type;
	attr_set_join(&master->have, &mailbox->have);
	master->ad.has_linked_mailbox = true;
}
