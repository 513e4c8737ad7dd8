/* What Exchange makes of an AD object, by its recipient types. */
#include "analyze/object/object.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/address.h"
#include "base/utf8.h"

/* msExchRecipientTypeDetails of mailboxes, on-premises first, then remote. */
enum { ON_PREMISES = 6 };
static const int64_t mailbox_types[] = {
	1,                       /* UserMailbox */
	2,                       /* LinkedMailbox */
	4,                       /* SharedMailbox */
	8,                       /* LegacyMailbox */
	16,                      /* RoomMailbox */
	32,                      /* EquipmentMailbox */
	INT64_C(0x80000000),     /* RemoteUserMailbox */
	INT64_C(0x200000000),    /* RemoteRoomMailbox */
	INT64_C(0x400000000),    /* RemoteEquipmentMailbox */
	INT64_C(0x800000000),    /* RemoteSharedMailbox */
};

/* msExchRecipientDisplayType of shared resources, as ProxyCalc sees them. */
static const int64_t resource_types[] = {
	0,                       /* MailboxUser */
	2,                       /* PublicFolder */
	7,                       /* ConferenceRoomMailbox */
	8,                       /* EquipmentMailbox */
	10,                      /* ArbitrationMailbox */
	15,                      /* RoomList */
	16,                      /* TeamMailboxUser */
	17,                      /* GroupMailbox */
	18,                      /* SchedulingMailbox */
	1073741824,              /* ACLableMailboxUser */
	1073741840,              /* ACLableTeamMailboxUser */
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_among(const int64_t *list, size_t n, int64_t type)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == type)
			return true;
	return false;
}

bool
recipient_has_mailbox(const struct object *o)
{
	return o->mail_nickname && is_among(mailbox_types,
	                                    COUNT(mailbox_types),
	                                    o->ad.recipient_type);
}

bool
recipient_is_on_premises(const struct object *o)
{
	bool is_database = o->ad.home_mdb == YES;

	if (o->ad.recipient_type)
		return is_among(mailbox_types, ON_PREMISES,
		                o->ad.recipient_type) &&
		       (is_database || o->ad.remote_type != YES);
	return is_database && o->ad.remote_type != YES;
}

bool
recipient_is_remote(const struct object *o)
{
	return o->ad.recipient_type &&
	       is_among(mailbox_types + ON_PREMISES,
	                COUNT(mailbox_types) - ON_PREMISES,
	                o->ad.recipient_type);
}

const char *
object_routing_address(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *domain = address_domain(o->proxies[i]);

		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    domain && domain_is_routing(domain))
			return address_body(o->proxies[i]);
	}
	return NULL;
}

bool
object_is_routed(const struct object *o)
{
	return object_routing_address(o) != NULL;
}

const char *
recipient_target_held(const struct object *o)
{
	const char *target = o->target ? address_body(o->target) : NULL;
	const char *domain = target ? address_domain(target) : NULL;

	if (!domain)
		return NULL;
	if (domain_is_initial(domain))
		return recipient_is_remote(o) ? target : NULL;
	return o->kind == KIND_CONTACT || recipient_is_remote(o) ||
	       o->ad.recipient_type == RECIPIENT_MAIL_USER ? target : NULL;
}

/* The types up to 32 are those of mailboxes. */
enum { MAILBOX_NUMBERS = 32 };

/* "SharedMailbox", "UserMailbox"; not "MailUser" or "RemoteUserMailbox". */
static enum tristate
is_mailbox(const char *type)
{
	static const char end[] = "Mailbox", remote[] = "Remote";
	size_t len = strlen(type), n = sizeof(end) - 1;
	char *rest;
	long number = strtol(type, &rest, 10);

	/* ConvertTo-Json gives the number of what is an enumeration. */
	if (len && !*rest)
		return number > 0 && number <= MAILBOX_NUMBERS ? YES : NO;
	return len >= n && strncasecmp(type, remote, sizeof(remote) - 1) != 0 &&
	       ascii_casecmp(type + len - n, end) == 0 ? YES : NO;
}

enum tristate
recipient_is_online(const struct object *o)
{
	if (o->tenant.online_type)
		return is_mailbox(o->tenant.online_type);
	/* Get-Mailbox alone tells who manages it. */
	return o->tenant.exchange_managed != UNKNOWN ? YES : UNKNOWN;
}

enum online_kind
recipient_online_kind(const struct object *o)
{
	static const char *const names[] = {
		[ONLINE_USER] = "UserMailbox",
		[ONLINE_SHARED] = "SharedMailbox",
		[ONLINE_ROOM] = "RoomMailbox",
		[ONLINE_EQUIPMENT] = "EquipmentMailbox",
	};
	const char *type = o->tenant.online_type;

	for (size_t i = ONLINE_USER; type && i < COUNT(names); i++)
		if (ascii_casecmp(type, names[i]) == 0)
			return (enum online_kind)i;
	return ONLINE_OTHER;
}

enum online_kind
recipient_remote_kind(const struct object *o)
{
	switch (o->ad.recipient_type) {
	case INT64_C(1) << 31:
		return ONLINE_USER;
	case INT64_C(1) << 33:
		return ONLINE_ROOM;
	case INT64_C(1) << 34:
		return ONLINE_EQUIPMENT;
	case INT64_C(1) << 35:
		return ONLINE_SHARED;
	default:
		return ONLINE_OTHER;
	}
}

bool
recipient_is_of_service(const struct object *o)
{
	static const char *const types[] = {
		"ArbitrationMailbox", "AuditLogMailbox", "AuxAuditLogMailbox",
		"DiscoveryMailbox", "GroupMailbox", "MonitoringMailbox",
		"PublicFolderMailbox", "SupervisoryReviewPolicyMailbox",
		"SystemMailbox",
	};
	/* Where the export lacks the type they are told by their names. */
	static const char *const names[] = {
		"DiscoverySearchMailbox{", "FederatedEmail.", "HealthMailbox",
		"Migration.", "SystemMailbox{",
	};
	const char *type = o->tenant.online_type, *alias = o->mail_nickname;

	for (size_t i = 0; type && i < COUNT(types); i++)
		if (ascii_casecmp(type, types[i]) == 0)
			return true;
	for (size_t i = 0; !type && alias && i < COUNT(names); i++)
		if (strncasecmp(alias, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

bool
recipient_is_person(const struct object *o)
{
	return o->ad.recipient_type == 1 ||
	       o->ad.recipient_type == INT64_C(0x80000000);
}

static bool
is_resource(const struct object *o)
{
	return is_among(resource_types, COUNT(resource_types),
	                o->ad.display_type);
}

/* A mail user's remote type is what a disabled remote mailbox left behind. */
static bool
is_remote(const struct object *o)
{
	return o->ad.remote_type == YES &&
	       o->ad.recipient_type != RECIPIENT_MAIL_USER;
}

bool
recipient_is_known(const struct object *o)
{
	return recipient_has_mailbox(o) ||
	       (o->mail_nickname && (is_remote(o) || is_resource(o)));
}

bool
recipient_is_strict(const struct object *o)
{
	return o->forecast.will_have_mailbox || (o->mail_nickname &&
	       ((o->kind == KIND_USER && o->ad.remote_type == YES) ||
	        is_resource(o)));
}

static bool
has_mail(const struct object *o)
{
	return o->mail && strchr(o->mail, '@');
}

/* mail counts only where proxyAddresses says nothing (USERCONT). */
bool
object_is_mail_enabled(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		/* The sync engine takes blanks off the ends. */
		const char *value = o->proxies[i] + strspn(o->proxies[i],
		                                           " \t\r\n");

		if (address_type(value) <= ADDRESS_SECONDARY &&
		    strchr(value, '@'))
			return true;
	}
	return !o->proxy_count && has_mail(o);
}

bool
object_masks_mail(const struct object *o)
{
	return has_mail(o) && !object_is_mail_enabled(o);
}
