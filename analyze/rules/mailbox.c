/* Mailboxes on both sides of one person. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"

/* What makes one mailbox of two, before the match. */
#define ONE_MAILBOX \
	"decide which mailbox stays. If that in Exchange Online: save the " \
	"content of the one on premises, run Disable-Mailbox and " \
	"Enable-RemoteMailbox, and give the remote mailbox the ExchangeGuid " \
	"of the cloud's. If that on premises: save the content of the " \
	"cloud's, remove the license, clear it with Set-User " \
	"-PermanentlyClearPreviousMailboxInfo, synchronize, and move the " \
	"mailbox then."

/* Exchange Online's export of mailboxes is there, and is of all of them. */
static bool
are_exported(const struct check *c)
{
	enum mailbox_list is = mailbox_list_is(check_model(c));

	return is == MAILBOXES_LISTED || is == MAILBOXES_UNJOINED;
}

/*
 * Whether an account without a licence may have one: a shared mailbox needs
 * none, but has an address in the initial domain as every other one, and
 * nobody signs in to it. Where somebody may, that address says only that it
 * was licensed once.
 */
static bool
may_be_shared(const struct account *h)
{
	return h->enabled != YES && account_text(h, ACCOUNT_MOERA);
}

/*
 * Whether the account has a mailbox in Exchange Online. What that says itself
 * counts first; where licences were not collected any address is a sign.
 */
static enum tristate
is_in_cloud(const struct check *c, const struct account *h)
{
	const struct model *m = check_model(c);

	if (h->mailbox != UNKNOWN)
		return h->mailbox;
	if (h->mailbox_plan == YES)
		return YES;
	if (h->exchange_plan == UNKNOWN && model_covers(m, TENANT_USERS,
	                                                ATTR_PROXIES))
		return h->has_proxies ? UNKNOWN : NO;
	if (are_exported(c))
		return NO;
	return h->mailbox_plan == UNKNOWN || may_be_shared(h) ? UNKNOWN : NO;
}

/*
 * An account that comes back with its anchor may have been licensed while its
 * mailbox was on premises, which makes none ("move request", ExchangeGuid).
 */
static bool
is_sure(const struct check *c, const struct object *o)
{
	return o->forecast.line.match == MATCH_SOFT &&
	       is_in_cloud(c, o->links.account) == YES;
}

const char *
fix_mailboxes(struct check *c, const struct object *o,
              const struct object *account)
{
	const char *initial = check_model(c)->initial_domain;
	enum tristate online;

	if (!account || account->kind != KIND_USER || account->side == SIDE_AD
	    || o->kind != KIND_USER || !recipient_is_on_premises(o))
		return "";
	online = is_in_cloud(c, account_new(account, initial,
	                                    check_arena(c)));
	if (online == NO)
		return "";
	return check_textf(c, "%s has a mailbox on premises, and %s %s one in "
	                   "Exchange Online: if both are the same person, the "
	                   "match gives that person two. Then first "
	                   ONE_MAILBOX " ", object_label(o),
	                   object_label(account), online == YES ? "has"
	                   : "may have");
}

/*
 * A mailbox on premises of which the tenant is told by msExchMailboxGuid stops
 * a licence from making another one; without that it makes one. What Exchange
 * Online shows already is no guess; where nobody has the attribute it was left
 * out of what was read.
 */
static enum tristate
has_second(const struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	bool untold = model_covers(check_model(c), AD_USERS,
	                           ATTR_MAILBOX_GUID) &&
		!attr_set_has(&o->unclear, ATTR_MAILBOX_GUID) &&
		o->ad.mailbox_guid.is != YES;

	if (h->mailbox == YES)
		return YES;
	return h->mailbox == UNKNOWN && untold && h->mailbox_plan == YES &&
	       !are_exported(c) ? UNKNOWN : NO;
}

static const char which_mailbox[] =
	"which of the mailboxes stays has to be decided first";

/*
 * In sync already: no match is awaited. One that was moved between the two
 * looks seems to be on both sides, too: never more than a warning.
 */
static void
check_synced(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	enum tristate second = h ? has_second(c, o) : NO;

	if (!h || h->synced != YES || how_is_name(o->links.how) ||
	    second == NO || o->ad.home_mdb != YES ||
	    !recipient_is_on_premises(o) ||
	    (second == UNKNOWN && !check_may_be(c, FACT_MAILBOX_GUID)))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c) + (enum severity)1,
		.attribute = "msExchMailboxGuid",
		.mended = MENDED_ON_BOTH_SIDES,
		.expected = "a mailbox on one side alone",
		.unproposed = which_mailbox,
		.message = check_textf(c, "%s has a mailbox on premises, and "
		                       "its account %s %s", object_label(o),
		                       o->links.twin
		                       ? object_label(o->links.twin) : "",
		                       second == YES
		                       ? "has one in Exchange Online"
		                       : "is licensed for Exchange Online: "
		                       "without msExchMailboxGuid in AD, which "
		                       "is missing, the license makes a second "
		                       "one"),
		.fix = check_textf(c, "First check which mailboxes there are "
		                   "(Get-Mailbox on premises and in Exchange "
		                   "Online). If there are two, " ONE_MAILBOX
		                   "%s", second == YES ? "" : " If there is "
		                   "only the one on premises, give AD its "
		                   "msExchMailboxGuid and synchronize."),
	});
}

static void
check_two(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	check_synced(c, o);
	if (o->forecast.line.action != ACTION_MATCH || !h ||
	    is_in_cloud(c, h) == NO || !recipient_is_on_premises(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c) +
			(enum severity)(is_sure(c, o) ? 0 : 1),
		.attribute = "msExchRecipientTypeDetails",
		.mended = MENDED_ON_BOTH_SIDES,
		.expected = "a mailbox on one side alone",
		.unproposed = which_mailbox,
		.message = check_textf(c, "%s has a mailbox on premises, and "
		                       "will be joined to the cloud account "
		                       "%s, which %s one in Exchange Online",
		                       object_label(o), o->links.twin
		                       ? object_label(o->links.twin) : "",
		                       is_sure(c, o) ? "has" : "may have"),
	});
}

static const struct rule rules[] = {
	{
		.id = "two-mailboxes",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.any_attr = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_HOME_MDB),
		.each_attr = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_HOME_MDB,
		                   ATTR_MAILBOX_GUID),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART | NEED_ONLINE,
		.in_scope_only = true,
		.check = check_two,
		.title = "Mailbox on premises and in Exchange Online",
		.why = "One person has two mailboxes, or will after the "
		       "match or for want of msExchMailboxGuid in AD: each "
		       "side delivers to its own, the one on premises cannot "
		       "be moved, and mail is read in the wrong place or not "
		       "at all.",
		.fix = "Before the match, " ONE_MAILBOX,
		.source = DOC_BOTH,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family mailbox_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
