/* Mailboxes on both sides of one person. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"

/*
 * Whether the account has a mailbox in Exchange Online; where licences were not
 * collected, an address of its own is a sign of one.
 */
static enum tristate
is_in_cloud(const struct account *h)
{
	return h->exchange_plan != UNKNOWN ? h->exchange_plan
		: h->has_proxies ? UNKNOWN : NO;
}

/*
 * An account that comes back with its anchor may have been licensed while its
 * mailbox was on premises, which makes none ("move request", ExchangeGuid).
 */
static bool
is_sure(const struct object *o)
{
	return o->forecast.line.match == MATCH_SOFT &&
	       is_in_cloud(o->links.account) == YES;
}

static void
check_two(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	if (o->forecast.line.action != ACTION_MATCH || !h ||
	    is_in_cloud(h) == NO || !recipient_is_on_premises(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c) +
			(enum severity)(is_sure(o) ? 0 : 1),
		.attribute = "msExchRecipientTypeDetails",
		.expected = "a mailbox on one side alone",
		.message = check_textf(c, "%s has a mailbox on premises, and "
		                       "will take over the cloud account %s, "
		                       "which %s one in Exchange Online",
		                       object_label(o), o->links.twin
		                       ? object_label(o->links.twin) : "",
		                       is_sure(o) ? "has" : "may have"),
	});
}

static const struct rule rules[] = {
	{
		.id = "two-mailboxes",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.any_attr = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_HOME_MDB),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART,
		.in_scope_only = true,
		.check = check_two,
		.title = "Mailbox on premises and in Exchange Online",
		.why = "After the match one person has two mailboxes: each "
		       "side delivers to its own, the one on premises cannot "
		       "be moved, and mail is read in the wrong place or not "
		       "at all.",
		.fix = "Before the match, decide which mailbox stays. If that "
		       "in Exchange Online: save the content of the one on "
		       "premises, run Disable-Mailbox and "
		       "Enable-RemoteMailbox, and give the remote mailbox the "
		       "ExchangeGuid of the cloud's. If that on premises: save "
		       "the content of the cloud's, take the licence away, "
		       "clear it with Set-User "
		       "-PermanentlyClearPreviousMailboxInfo, synchronize, and "
		       "move the mailbox then.",
		.source = DOC_BOTH,
	},
};

const struct family mailbox_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
