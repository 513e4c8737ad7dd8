/*
 * What Exchange makes of an AD object: whether the tenant will treat it as a
 * recipient of its own, and whether it insists on verified domains ("Microsoft
 * Entra Connect Sync service shadow attributes", section proxyAddresses). The
 * msExch attributes reach the tenant only beside a mailNickname ("Microsoft
 * Entra Connect Sync: Understanding the default configuration").
 */
#ifndef ANALYZE_OBJECT_RECIPIENT_H
#define ANALYZE_OBJECT_RECIPIENT_H

#include <stdbool.h>

struct object;

/* A user's own mailbox here or in Exchange Online, a room, a shared one. */
bool recipient_has_mailbox(const struct object *o);
/* A person's mailbox: Exchange gives it a SIP address, whatever its alias. */
bool recipient_is_person(const struct object *o);
/* Whether AD says that it is a recipient of Exchange, licensed or not. */
bool recipient_is_known(const struct object *o);
/* Whether addresses in domains that are not verified are dropped. */
bool recipient_is_strict(const struct object *o);
/*
 * Whether sync sees the group or contact as mail-enabled ("Understanding Users,
 * Groups, and Contacts", section Groups).
 */
bool object_is_mail_enabled(const struct object *o);

#endif
