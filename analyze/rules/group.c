/* Groups that sync, or Exchange, does not take as they are. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"

/* ---- too many members ---- */

/* A group that is there is updated no more; a new one is not made at all. */
static void
check_size(struct check *c, const struct object *o)
{
	size_t limit = engine_member_limit(model_policy(check_model(c), o));
	bool filtered = o->scope.cause == SCOPE_BY_LIMIT;

	if (!filtered && (o->scope.state != SCOPE_IN ||
	                  o->ad.member_count < limit))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "member",
		.observed = check_textf(c, "%zu members", o->ad.member_count),
		.key = "",
		.expected = check_textf(c, "fewer than %zu members", limit),
		.message = check_textf(c, "%s has %zu members; sync takes "
		                       "fewer than %zu: %s", object_label(o),
		                       o->ad.member_count, limit, filtered
		                       ? "it is not synchronized"
		                       : "its membership in the tenant stays "
		                       "as it is"),
	});
}

/* ---- mail to a group that is not universal ---- */

/* groupType (MS-ADTS 2.2.12). */
enum { GROUP_GLOBAL = 2, GROUP_LOCAL = 4, GROUP_UNIVERSAL = 8 };
/* msExchRecipientTypeDetails: MailNonUniversalGroup. */
enum { RECIPIENT_MAIL_NON_UNIVERSAL = 512 };

/* What only mail says is no recipient of Exchange. */
static bool
is_of_exchange(const struct object *o)
{
	return o->ad.recipient_type == RECIPIENT_MAIL_NON_UNIVERSAL ||
	       (o->mail_nickname && object_is_mail_enabled(o));
}

static void
check_universal(struct check *c, const struct object *o)
{
	bool global = o->ad.group_type & GROUP_GLOBAL;

	if ((o->ad.group_type & GROUP_UNIVERSAL) || !is_of_exchange(o) ||
	    (!global && !(o->ad.group_type & GROUP_LOCAL)))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "groupType",
		.observed = global ? "global" : "domain local",
		.expected = "universal",
		.message = check_textf(c, "%s is a %s group with mail: "
		                       "Exchange takes universal ones alone",
		                       object_label(o), global ? "global"
		                       : "domain local"),
		.unproposed = global ? "a global group that is a member of "
			"another global one cannot be made universal, and "
			"which groups it is in was not looked at"
			: "a domain local group that has another one as a "
			"member cannot be made universal, and that was not "
			"looked at",
	});
}

/* ---- groups of nobody ---- */

static void
check_owner(struct check *c, const struct object *o)
{
	if (o->ad.managed_by == YES || !object_is_mail_enabled(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "managedBy",
		.expected = "someone who answers for the group",
		.unproposed = "who answers for the group only people know",
		.message = check_textf(c, "%s has mail and no owner",
		                       object_label(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "group-too-large",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_MEMBER),
		.check = check_size,
		.title = "Group with more members than sync takes",
		.why = "A new group with too many members is not synchronized; "
		       "one that is there already keeps the members that it "
		       "has, and later changes do not reach the tenant.",
		.fix = "Divide the group, or make it from several smaller "
		       "ones.",
		.source = DOC_DEFAULTS,
		.limit = "fewer than 250,000 members; under Cloud Sync, and "
		         "before Connect 2.0.3.0, fewer than 50,000",
	},
	{
		.id = "group-not-universal",
		.severity = SEVERITY_LOW,
		.category = CATEGORY_RECIPIENTS,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_PROXIES, ATTR_GROUP_TYPE),
		.any_attr = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_MAIL_NICKNAME),
		.in_scope_only = true,
		.check = check_universal,
		.title = "Group with mail that is not universal",
		.why = "Exchange mail-enables universal groups alone. Of a "
		       "global or domain local one, left from old versions, "
		       "servers in other domains do not see all members, so "
		       "that mail does not reach everyone, and Exchange's "
		       "tools refuse to change it.",
		.fix = "In AD, make the group universal (Set-ADGroup "
		       "-GroupScope Universal): AD refuses that where nesting "
		       "forbids it, and the group within or around it has to "
		       "be converted first.",
		.source = DOC_MAIL_GROUPS,
	},
	{
		.id = "group-no-owner",
		.severity = SEVERITY_INFO,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_MANAGED_BY),
		.any_attr = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.in_scope_only = true,
		.check = check_owner,
		.title = "Group with mail and without an owner",
		.why = "No one answers for the members of the group, nor is "
		       "asked whether it is needed still, when it goes to the "
		       "tenant.",
		.fix = "In AD, set managedBy, or delete a group that no one "
		       "needs.",
		.source = DOC_CONTACTS, .part = "Groups",
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family group_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
