/* Mailboxes, and accounts or types that do not go with them. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/*
 * Whether AD calls it a person's own. One that moved online still has the SID
 * of its master; of a person with two objects the other one is enabled.
 */
static bool
is_persons(const struct object *o)
{
	return recipient_is_person(o) && !o->ad.master_sid_len &&
	       o->forecast.joined.end != JOINED_PART;
}

/* ---- mailboxes that AD calls a person's, and Exchange Online does not ---- */

/* RecipientTypeDetails of Exchange Online, and what AD is to say then. */
static const struct converted {
	const char *online, *in_ad, *type;     /* -Type of Set-RemoteMailbox */
	const char *told;
} converted[] = {
	{ "SharedMailbox", "RemoteSharedMailbox", "Shared",
	  "a shared mailbox" },
	{ "RoomMailbox", "RemoteRoomMailbox", "Room", "a room" },
	{ "EquipmentMailbox", "RemoteEquipmentMailbox", "Equipment",
	  "equipment" },
};

/* NULL: it is a person's there, too, or that was not read. */
static const struct converted *
converted_online(const struct object *o)
{
	const struct object *account = o->links.twin;
	const char *type = account ? account->tenant.online_type : NULL;

	for (size_t i = 0; type && recipient_is_remote(o) &&
	     i < sizeof(converted) / sizeof(converted[0]); i++)
		if (ascii_casecmp(type, converted[i].online) == 0)
			return &converted[i];
	return NULL;
}

/* Who has a licence keeps the mailbox, whatever it is called. */
static void
check_converted(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	const struct converted *is = check_is_screening(c)
		? converted : converted_online(o);

	if (!is || !recipient_is_person(o) || !recipient_is_remote(o) || !h ||
	    h->synced != YES || h->mailbox == NO ||
	    how_is_name(o->links.how) || check_is_behind(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = h->exchange_plan == YES ? SEVERITY_LOW
			: check_severity(c),
		.attribute = "msExchRecipientTypeDetails",
		.observed = "RemoteUserMailbox", .expected = is->in_ad,
		.message = check_textf(c, "%s is %s in Exchange Online, and "
		                       "AD says that it is a person's mailbox: "
		                       "synchronization can make it one again",
		                       object_label(o), is->told),
		.fix = check_textf(c, "In AD, say what it is "
		                   "(Set-RemoteMailbox -Type %s on premises); "
		                   "then check that it is still %s in Exchange "
		                   "Online", is->type, is->told),
		.unproposed = "several attributes of Exchange have to change "
			"together",
	});
}

/* ---- disabled people ---- */

/* Leavers often wait in a place out of scope: where that is known. */
static bool
is_in_known_scope(const struct check *c, const struct object *o)
{
	return domains_forest(&check_model(c)->domains, o->domain)
		->policy->has_scope;
}

/* Whoever hid it has looked at it. */
static void
check_disabled(struct check *c, const struct object *o)
{
	/* It is none any more where the mailbox is: told of by itself. */
	if (o->enabled != NO || !is_persons(o) || converted_online(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = o->ad.hidden == YES || !is_in_known_scope(c, o)
			? SEVERITY_INFO : check_severity(c),
		.attribute = "msExchRecipientTypeDetails",
		.observed = o->ad.recipient_type == 1 ? "UserMailbox"
			: "RemoteUserMailbox",
		.expected = "SharedMailbox, or no mailbox",
		.message = check_textf(c, "%s is disabled, and has the mailbox "
		                       "of a person, which takes mail still%s",
		                       object_label(o),
		                       o->ad.hidden == YES
		                       ? "; it is hidden from address lists"
		                       : ""),
	});
}

/* ---- shared mailboxes and rooms that somebody may sign in to ---- */

/* msExchRecipientTypeDetails of rooms, on premises and remote. */
#define ROOM INT64_C(16)
#define REMOTE_ROOM INT64_C(0x200000000)

static bool
is_room(const struct object *o)
{
	return o->ad.recipient_type == ROOM ||
	       o->ad.recipient_type == REMOTE_ROOM;
}

/* Devices of Teams Rooms sign in as the room, with a licence of theirs. */
static enum tristate
is_device(const struct object *o)
{
	const struct account *h = o->links.account;

	return !is_room(o) ? NO : h ? h->licensed : UNKNOWN;
}

static const char *
kind_of(const struct object *o)
{
	if (account_kind_of(o) == ACCOUNT_KIND_SHARED)
		return "a shared mailbox";
	return is_room(o) ? "a room" : "equipment";
}

static void
check_shared(struct check *c, const struct object *o)
{
	enum account_kind kind = account_kind_of(o);
	enum tristate device = is_device(o);

	if (o->enabled != YES || device == YES ||
	    (kind != ACCOUNT_KIND_SHARED && kind != ACCOUNT_KIND_RESOURCE))
		return;
	check_fail(c, o, &(struct failure){
		.severity = device == UNKNOWN ? SEVERITY_INFO
			: check_severity(c),
		.attribute = "userAccountControl", .observed = "enabled",
		.expected = "disabled",
		.message = check_textf(c, "%s is %s, and its account is "
		                       "enabled: whoever knows its password "
		                       "can sign in%s", object_label(o),
		                       kind_of(o), device == UNKNOWN
		                       ? ", unless it is a Teams Rooms device's"
		                       : ""),
		.unproposed = "userAccountControl is a set of bits, of which "
			"one is to be set",
	});
}

static const struct rule rules[] = {
	{
		.id = "shared-turns-back",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE),
		.sections = { SECTION_IN(TENANT_USERS) },
		.wishes = { SECTION_IN(TENANT_MAILBOXES) },
		.needs = NEED_MATCH_IN_PART | NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.bearing = BEARS_ELSEWHERE,
		.check = check_converted,
		.title = "Shared mailbox or resource that AD calls a person's",
		.why = "It was converted in Exchange Online alone. AD masters "
		       "the type: synchronization can make it the mailbox of a "
		       "person again, and one without a license is "
		       "disconnected then, and lost after 30 days.",
		.fix = "In AD, say what it is (Set-RemoteMailbox -Type Shared, "
		       "Room or Equipment on premises); then check that it is "
		       "still so in Exchange Online.",
		.source = DOC_TURNED_BACK, .part = "KB2710029",
	},
	{
		.id = "disabled-with-mailbox",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_MASTER_SID),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.needs = NEED_FORECAST | NEED_JOINED,
		.in_scope_only = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_disabled,
		.title = "Disabled account with the mailbox of a person",
		.why = "Disabled accounts are synchronized as well. The "
		       "mailbox of a person who has left keeps its license and "
		       "takes mail that no one reads; that of a room or a "
		       "team, of which an account is disabled in its life, "
		       "ought to be of that type, which needs no license.",
		.fix = "If others read it, convert it (Set-RemoteMailbox, or "
		       "Set-Mailbox of a mailbox on premises, -Type Shared, "
		       "Room or Equipment). If the person has left, save the "
		       "content, and take the object out of the scope when it "
		       "may go.",
		.source = DOC_CONTACTS,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "shared-enabled",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.in_scope_only = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_shared,
		.title = "Enabled account of a shared mailbox or a resource",
		.why = "People open a shared mailbox, a room or equipment by "
		       "their own accounts. Its account need not be enabled: "
		       "sync carries that to the tenant, where a password that "
		       "several know, and no second factor, opens it from "
		       "anywhere.",
		.fix = "In AD, disable the account (Disable-ADAccount): the "
		       "mailbox works on, and it can be enabled again. Where a "
		       "device signs in as the room, leave it.",
		.source = DOC_SHARED_MAILBOXES,
	},
};

const struct family mailbox_use_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
