/* Mailboxes in Exchange Online that are promised, and not there. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* ---- remote mailboxes ---- */

/* A person's; shared mailboxes and rooms have one without a licence. */
static bool
is_of_person(const struct object *o)
{
	return o->ad.recipient_type == INT64_C(1) << 31;
}

/* One who is licensed for a mailbox has none only if the list is right. */
static bool
is_said_missing(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return h->mailbox != YES && h->mailbox_plan != YES &&
	       !mailbox_list_is_narrowed(m) &&
	       mailbox_list_has(m, recipient_remote_kind(o));
}

/*
 * What the account lacks of a mailbox; NULL: nothing, as far as is known. What
 * was made today may be on its way (account-missing tells of accounts).
 */
static const char *
lack_of(const struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	if (!h)
		return NULL;
	if (h->mailbox == NO || is_said_missing(check_model(c), o))
		return "has none there, as Exchange Online's own list of "
		       "mailboxes says";
	return is_of_person(o) && h->mailbox == UNKNOWN &&
	       h->mailbox_plan == NO
		? "has no license that gives a mailbox" : NULL;
}

static void
check_twin(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	const char *lack;

	if (!recipient_is_remote(o) || !h || h->synced != YES ||
	    how_is_name(o->links.how) || check_is_behind(o))
		return;
	lack = lack_of(c, o);
	if (!lack)
		return;
	check_fail(c, o, &(struct failure){
		.severity = account_is_unused(o) && is_of_person(o)
			? SEVERITY_LOW : check_severity(c),
		.attribute = "msExchRecipientTypeDetails",
		.expected = "a mailbox in Exchange Online",
		.message = check_textf(c, "AD says that %s has a mailbox in "
		                       "Exchange Online, but its account %s",
		                       object_label(o), lack),
	});
}

/* ---- licences ---- */

/*
 * A licence gives no mailbox while AD says that there is one on premises; of a
 * GUID that cannot be read nobody knows.
 */
static bool
is_elsewhere(const struct object *o)
{
	const struct object *ad = o->links.twin;

	return ad && !recipient_is_remote(ad) &&
	       (ad->ad.mailbox_guid.is == YES ||
	        attr_set_has(&ad->unclear, ATTR_MAILBOX_GUID) ||
	        recipient_is_on_premises(ad));
}

/* While objects are screened the list was not gone through yet. */
static bool
may_be_missing(const struct check *c)
{
	const struct model *m = check_model(c);

	return check_is_screening(c)
		? mailbox_list_is(m) != MAILBOXES_NOT_LISTED
		: mailbox_list_has(m, ONLINE_USER);
}

/* Of a synchronized one AD's object has to be there, to tell that. */
static void
check_licence(struct check *c, const struct object *o)
{
	if (!may_be_missing(c) || object_is_guest(o) ||
	    o->tenant.mailbox_plan != YES || recipient_is_online(o) == YES ||
	    (!check_is_screening(c) && (is_elsewhere(o) ||
	     (o->tenant.synced != NO && !o->links.twin &&
	      o->tenant.synced != UNKNOWN))))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "assignedPlans",
		.expected = "a mailbox, or no license for one",
		.message = check_textf(c, "%s is licensed for a mailbox, but "
		                       "Exchange Online's list of mailboxes "
		                       "does not have it", object_label(o)),
		.mended = MENDED_IN_ENTRA,
	});
}

/* Shared mailboxes, rooms and equipment need none. */
static void
check_unlicensed(struct check *c, const struct object *o)
{
	if (!o->tenant.online_type || object_is_guest(o) ||
	    ascii_casecmp(o->tenant.online_type, "UserMailbox") != 0 ||
	    o->tenant.exchange_plan != NO)
		return;
	check_fail(c, o, &(struct failure){
		.severity = o->enabled == NO ? SEVERITY_LOW
			: check_severity(c),
		.attribute = "assignedPlans",
		.expected = "a license with Exchange Online, or a shared "
		            "mailbox",
		.message = check_textf(c, "%s has a user's mailbox in Exchange "
		                       "Online, but no license for it",
		                       object_label(o)),
		.mended = MENDED_IN_ENTRA,
	});
}

static const struct rule rules[] = {
	{
		.id = "remote-no-twin",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_MATCH_IN_PART | NEED_ONLINE | NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_twin,
		.title = "Remote mailbox that Exchange Online does not have",
		.why = "Exchange on-premises sends mail for a remote mailbox "
		       "to the tenant. Where that has no mailbox for it the "
		       "mail is returned, and the last Exchange server cannot "
		       "go before it is settled.",
		.fix = "Give the account a license, or, for a shared mailbox, "
		       "check what became of the mailbox (Get-Mailbox "
		       "-SoftDeletedMailbox). If there is to be none, in AD, "
		       "make it a mail user again (Disable-RemoteMailbox).",
		.source = DOC_DECOMMISSION,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "licence-no-mailbox",
		.severity = SEVERITY_LOW,
		/* Lists of mailboxes are cut, or narrowed, more often. */
		.profile = PROFILE_STRICT,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PLANS, ATTR_SYNCED),
		.sections = { SECTION_IN(TENANT_MAILBOXES) },
		.check = check_licence,
		.title = "License for a mailbox, but no mailbox",
		.why = "Exchange Online has not made the mailbox that the "
		       "license is for: an error in what was synchronized, or "
		       "in the service, prevents it. Or the list of mailboxes "
		       "was cut short.",
		.fix = "Check what the service says (serviceProvisioningErrors "
		       "of the user, Microsoft 365 admin center), and export "
		       "mailboxes with -ResultSize Unlimited. Licensed within "
		       "the last day it may only be late.",
		.source = DOC_SHADOW,
		.confidence = CONFIDENCE_UNCERTAIN,
	},
	{
		.id = "mailbox-no-licence",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PLANS),
		.sections = { SECTION_IN(TENANT_MAILBOXES) },
		.check = check_unlicensed,
		.title = "Mailbox of a user without a license",
		.why = "A user's mailbox needs a license. Without one it can "
		       "be used for 30 days after the license was removed, and "
		       "is deleted then.",
		.fix = "Assign a license with Exchange Online, or make it a "
		       "shared mailbox, which needs none up to 50 GB.",
		.source = DOC_SHARED,
	},
};

const struct family online_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
