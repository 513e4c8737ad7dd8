/* What a linked mailbox gives its master. */
#include "analyze/object/object.h"

#include <string.h>

/* msExchRecipientTypeDetails. */
enum { LINKED_MAILBOX = 2 };

bool
linked_mailbox_is_master(const struct object *mailbox,
                         const struct object *account)
{
	return mailbox->master_sid && account->sid &&
	       mailbox->master_sid_len == account->sid_len &&
	       memcmp(mailbox->master_sid, account->sid,
	              account->sid_len) == 0;
}

bool
linked_mailbox_waits(const struct object *o)
{
	/* A master has the type from its mailbox, and the SID that it means. */
	return o->recipient_type == LINKED_MAILBOX &&
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
	take_flag(&master->hidden, mailbox->hidden);
	take_flag(&master->remote_type, mailbox->remote_type);
	if (!master->proxy_count) {
		master->proxies = mailbox->proxies;
		master->proxy_count = mailbox->proxy_count;
	}
	if (!master->recipient_type) {
		master->recipient_type = mailbox->recipient_type;
		master->master_sid = mailbox->master_sid;
		master->master_sid_len = mailbox->master_sid_len;
	}
	if (!attr_set_has(&master->have, ATTR_DISPLAY_TYPE))
		master->display_type = mailbox->display_type;
	attr_set_join(&master->have, &mailbox->have);
	master->has_linked_mailbox = true;
}
