/* Linked mailboxes and their masters. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"

static const char *
value_or_none(const char *value)
{
	return value ? value : "none";
}

/* What the engine looks at, and finds, of a mailbox O and its master. */
static const char *
why_apart(struct check *c, const struct object *o)
{
	const struct unjoined *by = o->links.unjoined;

	switch (by->by) {
	case UNJOINED_ENGINE:
		return check_textf(c, "Cloud Sync, which synchronizes %s, "
		                   "joins no two objects",
		                   domain_name(by->unjoining->domain)
		                   ? domain_name(by->unjoining->domain) : "it");
	case UNJOINED_ONCE:
		return "Connect joins no one of several forests (sync.join: "
		       "once)";
	case UNJOINED_MAIL:
		return check_textf(c, "Connect joins by mail, which is %s here "
		                   "and %s there", value_or_none(o->mail),
		                   value_or_none(by->master->mail));
	case UNJOINED_NAME:
		return check_textf(c, "Connect joins by sAMAccountName and "
		                   "mailNickname, and the master's "
		                   "sAMAccountName is %s, the mailbox's "
		                   "mailNickname %s",
		                   value_or_none(by->master->sam),
		                   value_or_none(o->mail_nickname));
	default:
		return check_textf(c, "Connect joins by %s, of which the two "
		                   "have no value in common", by->attribute);
	}
}

static const char *
fix_apart(struct check *c, const struct object *o)
{
	const struct object *master = o->links.unjoined->master;
	const char *placed = object_placed(master, check_arena(c));

	switch (o->links.unjoined->by) {
	case UNJOINED_ENGINE:
		return "Synchronize both with one Connect server that "
		       "joins them by objectSID and msExchMasterAccountSID; "
		       "or convert the mailbox to a user mailbox.";
	case UNJOINED_MAIL:
		return o->mail ? check_textf(c, "In AD, set mail of %s to %s, "
		                             "as its mailbox has it", placed,
		                             o->mail)
		     : "In AD, give the mailbox and its master the same mail.";
	case UNJOINED_NAME:
		return master->sam
			? check_textf(c, "In AD, set mailNickname of %s to %s, "
			              "the sAMAccountName of its master",
			              object_placed(o, check_arena(c)),
			              master->sam) : NULL;
	case UNJOINED_ATTRIBUTE:
		return check_textf(c, "In AD, give %s and %s the same value of "
		                   "%s", object_placed(o, check_arena(c)),
		                   placed, o->links.unjoined->attribute);
	default:
		return "Let Connect match users across forests by objectSID "
		       "and msExchMasterAccountSID, which is chosen when it "
		       "is installed; or convert the mailbox to a user "
		       "mailbox.";
	}
}

static void
fail_apart(struct check *c, const struct object *o)
{
	const struct object *master = o->links.unjoined->master;

	if (o->links.unjoined->by == UNJOINED_UNREAD ||
	    o->links.unjoined->by == UNJOINED_SYNCED)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchMasterAccountSid",
		.expected = "that sync joins it with its master account",
		.unproposed = "whether the mailbox is that account's has to be "
		              "seen first",
		.message = check_textf(c, "The linked mailbox %s is left out: "
		                       "its master account %s is there, but "
		                       "%s", object_label(o),
		                       object_described(master,
		                                        check_arena(c)),
		                       why_apart(c, o)),
		.fix = fix_apart(c, o),
		.other = master,
	});
}

/* Joined with an account that is not synchronized: so is none of the two. */
static void
fail_left_out(struct check *c, const struct object *o)
{
	const struct object *master = o->forecast.joined.left_out;
	const char *who = object_described(master, check_arena(c));
	const char *at = object_placed(master, check_arena(c));

	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchMasterAccountSid",
		.expected = "that its master account is in the sync scope",
		.message = check_textf(c, "The linked mailbox %s does not come "
		                       "into the tenant: its master account %s "
		                       "is not in the sync scope%s%s%s",
		                       object_label(o), who,
		                       master->scope.reason ? " (" : "",
		                       master->scope.reason
		                       ? master->scope.reason : "",
		                       master->scope.reason ? ")" : ""),
		.fix = check_textf(c, "If its user is to have the mailbox, "
		                   "take the master account %s into the sync "
		                   "scope; or convert the mailbox to a user "
		                   "mailbox. If no one uses it any more, "
		                   "disable it.", at),
		.other = master,
	});
}

static void
check_linked(struct check *c, const struct object *o)
{
	if (o->scope.state != SCOPE_FILTERED || !linked_mailbox_waits(o))
		return;
	if (o->links.is_part && o->forecast.joined.left_out)
		fail_left_out(c, o);
	if (o->links.is_part)
		return;
	if (o->links.unjoined) {
		fail_apart(c, o);
		return;
	}
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchMasterAccountSid",
		.expected = "the SID of an account in a forest that is "
		            "synchronized",
		.message = check_textf(c, "The linked mailbox %s waits for its "
		                       "master account, which this snapshot "
		                       "does not have", object_label(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "linked-without-master",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_MASTER_SID),
		.needs = NEED_MASTERS | NEED_FORECAST,
		.check = check_linked,
		.title = "Linked mailbox without its master account",
		.why = "A linked mailbox is synchronized only together with "
		       "the account of the other forest that uses it. Without "
		       "that it never appears in the tenant, and nothing says "
		       "so.",
		.fix = "Synchronize the forest of the master account, too, or "
		       "collect it; or convert the mailbox to a user mailbox.",
		.source = DOC_CONTACTS,
	},
};

const struct family linked_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
