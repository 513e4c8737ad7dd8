/*
 * What Exchange says of an AD object: whose mailbox it has, and what it is a
 * recipient of. A part of the header of objects.
 */
#ifndef ANALYZE_OBJECT_EXCHANGE_H
#define ANALYZE_OBJECT_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/findings/findings.h"
#include <stdint.h>

struct arena;
struct object;

/* What an attribute of that name is for who wants to change it (owner.c). */
enum owned attr_owned(const char *name);

/* ---- linked mailboxes (linked_mailbox.c) ---- */

/*
 * Linked mailboxes: an account of a resource forest that has the mailbox of a
 * user of another forest, its master account. Sync joins the two: the master's
 * object in the tenant has the mailbox's Exchange attributes, and the linked
 * account has none of its own ("Understanding Users, Groups, and Contacts",
 * section Linked mailboxes).
 */

/*
 * Whether its mailbox is another account's, by msExchMasterAccountSid; one that
 * moved online keeps that, but is no linked mailbox any more ("Custom
 * installation of Microsoft Entra Connect", section ObjectSID and
 * msExchMasterAccountSID).
 */
bool linked_mailbox_names_master(const struct object *o);
/* Whether the object is a linked mailbox that waits for another account. */
bool linked_mailbox_waits(const struct object *o);
/* Whether ACCOUNT is the one that the mailbox names. */
bool linked_mailbox_is_master(const struct object *mailbox,
                              const struct object *account);
/* Gives the master what the mailbox has and it has not; a text is in A. */
void linked_mailbox_merge(struct object *master, const struct object *mailbox,
                          struct arena *a);
/* The same of any object that sync joins with O, attribute by attribute. */
void object_take_missing(struct object *o, const struct object *from,
                         struct arena *a);
/* Who gives O the attribute, or would have to; NULL: O itself. */
const char *object_giver_of(const struct object *o, const char *attribute);

/* ---- recipients (recipient.c) ---- */

/*
 * What Exchange makes of an AD object: whether the tenant will treat it as a
 * recipient of its own, and whether it insists on verified domains ("Microsoft
 * Entra Connect Sync service shadow attributes", section proxyAddresses). The
 * msExch attributes reach the tenant only beside a mailNickname ("Microsoft
 * Entra Connect Sync: Understanding the default configuration").
 */

/* msExchRecipientTypeDetails of a user with an address elsewhere. */
enum { RECIPIENT_MAIL_USER = 128 };
/* "UserMailbox"; static; NULL: of another one (recipient_name.c). */
const char *recipient_type_name(int64_t type);
/* The type of such a name, or of its number; 0: of none (likewise). */
int64_t recipient_type_named(const char *name);
/* Whether the type is one of mailboxes of people or things on premises. */
bool recipient_type_is_local(int64_t type);
/* A user's own mailbox here or in Exchange Online, a room, a shared one. */
bool recipient_has_mailbox(const struct object *o);
/*
 * Whether its mailbox is on premises, whatever its alias: of a remote one
 * neither type nor database says so.
 */
bool recipient_is_on_premises(const struct object *o);
/*
 * Whether a tenant object has a mailbox, as Exchange Online's own export says,
 * licensed or not; UNKNOWN: that does not have it.
 */
enum tristate recipient_is_online(const struct object *o);
/* What a mailbox of Exchange Online is, by its RecipientTypeDetails. */
enum online_kind {
	ONLINE_OTHER, ONLINE_USER, ONLINE_SHARED, ONLINE_ROOM, ONLINE_EQUIPMENT
};
#define ONLINE_BIT(kind) (1U << (kind))
enum online_kind recipient_online_kind(const struct object *o);
/* The same of the mailbox that AD's object says is there. */
enum online_kind recipient_remote_kind(const struct object *o);
/* Whether it is one of the service's own, which stands for no account. */
bool recipient_is_of_service(const struct object *o);
/* Whether its type says that it has a mailbox in Exchange Online. */
bool recipient_is_remote(const struct object *o);
/* A person's mailbox: Exchange gives it a SIP address, whatever its alias. */
bool recipient_is_person(const struct object *o);
/* Whether any attribute of Exchange marks it, whatever its alias. */
bool recipient_is_marked(const struct object *o);
/*
 * The aliases that may be proposed for it, the best first, whether or not they
 * can be one: of its addresses and its account name, where it has none; else
 * what it has, cleaned. How many; texts are its own, or in A.
 */
enum { ALIAS_CANDIDATES = 3 };
size_t recipient_aliases(const struct object *o,
                         const char *candidates[ALIAS_CANDIDATES],
                         struct arena *a);
/* Whether AD says that it is a recipient of Exchange, licensed or not. */
bool recipient_is_known(const struct object *o);
/* Whether addresses in domains that are not verified are dropped. */
bool recipient_is_strict(const struct object *o);
/*
 * Whether sync sees the group or contact as mail-enabled ("Understanding Users,
 * Groups, and Contacts", section Groups).
 */
bool object_is_mail_enabled(const struct object *o);
/*
 * Whether it has an address in a routing domain, tenant.mail.onmicrosoft.com:
 * Exchange on-premises sends to cloud mailboxes by it.
 */
bool object_is_routed(const struct object *o);
/* The first of these, without its prefix; or NULL. */
const char *object_routing_address(const struct object *o);
/*
 * Its targetAddress without the prefix, where that is one of its addresses in
 * the tenant's eyes: a contact's or a mail user's, and the routing address of a
 * remote mailbox, by which Exchange on-premises finds it. A mailbox on premises
 * only forwards. Or NULL.
 */
const char *recipient_target_held(const struct object *o);
/*
 * Whether only what proxyAddresses has beside SMTP addresses keeps mail from
 * making it so: the sync rules as shipped take mail for enough.
 */
bool object_masks_mail(const struct object *o);

#endif
