/* Remote mailboxes to which nobody on premises can be given rights. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"

/* msExchRecipientTypeDetails of RemoteUserMailbox. */
static const int64_t remote_user = INT64_C(1) << 31;

/* SyncedMailboxUser, and ACLableSyncedMailboxUser (KB4051497). */
enum { SYNCED_MAILBOX = -2147483642, ACLABLE_MAILBOX = -1073741818 };

/* Only where somebody is on premises who could be given rights to it. */
static void
check_display(struct check *c, const struct object *o)
{
	static const char attribute[] = "msExchRecipientDisplayType";
	const char *why;

	if (o->ad.recipient_type != remote_user ||
	    o->ad.display_type != SYNCED_MAILBOX ||
	    object_giver_of(o, "msExchRecipientDisplayType") ||
	    check_is_behind(o) || !check_may_be(c, FACT_LOCAL_MAILBOX))
		return;
	why = check_is_screening(c) ? NULL : propose_guard(c, o, attribute);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = attribute,
		.observed = check_textf(c, "%d", SYNCED_MAILBOX),
		.expected = check_textf(c, "%d", ACLABLE_MAILBOX),
		.unproposed = why,
		.proposed = {
			.attribute = why ? NULL : attribute,
			.old = check_textf(c, "%d", SYNCED_MAILBOX),
			.new = check_textf(c, "%d", ACLABLE_MAILBOX),
		},
		.message = check_textf(c, "users whose mailbox is on premises "
		                       "cannot give %s rights to it, nor get "
		                       "any to this one: its "
		                       "msExchRecipientDisplayType is that of "
		                       "a mailbox that takes none",
		                       object_label(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "delegate-display-type",
		.severity = SEVERITY_LOW,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_DISPLAY_TYPE),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_display,
		.title = "Remote mailbox that takes no delegates",
		.why = "Between a mailbox on premises and one in Exchange "
		       "Online rights can be given only if AD's object of the "
		       "cloud mailbox may stand in an access list. Mailboxes "
		       "that were moved before Exchange was told so, or made "
		       "in the cloud, may not.",
		.fix = "In AD, set msExchRecipientDisplayType to -1073741818, "
		       "where rights are to be given between the two sides; "
		       "before that, let Exchange do it for new ones "
		       "(Set-OrganizationConfig -ACLableSyncedObjectEnabled "
		       "$true).",
		.source = DOC_DELEGATES,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family delegate_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
