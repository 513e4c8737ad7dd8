/* Accounts that stand in the way of objects. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"

#define RECIPIENTS \
	(KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP) | KIND_BIT(KIND_CONTACT))
#define TENANT { SECTION_IN(TENANT_USERS), SECTION_IN(TENANT_GROUPS), \
	SECTION_IN(TENANT_CONTACTS) }

/* What stands in the way, and what takes it away. */
static const struct {
	const char *attribute;       /* NULL: a finding of its own, or none */
	const char *fix;
} blocks[] = {
	[BLOCK_NOT] = { NULL, NULL },
	[BLOCK_CLOUD_MANAGED] = { NULL, NULL },
	[BLOCK_ANCHOR] = { NULL, NULL },
	[BLOCK_HARD_OFF] = {
		"sourceAnchor",
		"If both are the same person, allow hard matches in the tenant "
		"(blockCloudObjectTakeoverThroughHardMatchEnabled: false) "
		"until this object has been synchronized, and forbid them "
		"again."
	},
	[BLOCK_HARD_ADMIN] = {
		"sourceAnchor",
		"If both are the same person: restore the account if it is "
		"deleted, take away what it holds and is eligible for, also "
		"through groups, synchronize, and give it back. Else take its "
		"source anchor away from one of the two."
	},
	[BLOCK_REMAP] = {
		"onPremisesObjectIdentifier",
		"If the account shall be this object's, clear "
		"onPremisesObjectIdentifier of the account "
		"(Clear-ADSyncToolsOnPremisesAttribute of ADSyncTools 2.5, or "
		"Graph's beta with User-OnPremisesSyncBehavior.ReadWrite.All), "
		"or allow the change for the time of the migration "
		"(allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled); then "
		"synchronize."
	},
	[BLOCK_SOFT_OFF] = {
		"proxyAddresses",
		"If both are the same, allow soft matches in the tenant "
		"(blockSoftMatchEnabled: false) until this object has been "
		"synchronized, and forbid them again. Else change the value "
		"of one of the two."
	},
	[BLOCK_ADMIN] = {
		"proxyAddresses",
		"If both are the same person: take the roles away, delete the "
		"object that the synchronization left in quarantine, "
		"synchronize, and give the roles back. Else change the value "
		"of one of the two."
	},
	[BLOCK_TYPE] = {
		"proxyAddresses",
		"Decide whose the value is, and take it away from the other."
	},
};

static const char *
blocking_value(const struct object *o)
{
	const struct object *account = o->links.twin ? o->links.twin
		: o->links.deleted_account;

	if (o->forecast.block == BLOCK_REMAP)
		return account ? account->tenant.sync_object : NULL;
	return o->forecast.blocked_by ? o->forecast.blocked_by
	                              : o->forecast.line.source_anchor;
}

static void
check_blocked(struct check *c, const struct object *o)
{
	if (!blocks[o->forecast.block].attribute)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = blocks[o->forecast.block].attribute,
		.observed = blocking_value(o),
		.message = check_textf(c, "%s will not be synchronized: %s",
		                       object_label(o),
		                       o->forecast.line.match_reason),
		.fix = blocks[o->forecast.block].fix,
	});
}

/* An anchor that is no GUID in base64 cannot be written into AD. */
static const char *
fix_left_over(struct check *c, const struct object *o)
{
	const struct object *account = o->forecast.left_over;
	const char *role = guid_set_has(&check_model(c)->admins,
	                                &account->guid)
		? "take away the roles that the account holds for as long as "
		  "that takes, " : "";
	const char *or_write = "";
	struct guid g;

	if (object_immutable_guid(account, &g))
		or_write = check_textf(c, ", or set mS-DS-ConsistencyGuid of "
		                       "%s to the octets of %s%s",
		                       object_label(o),
		                       account->tenant.immutable_id,
		                       fix_unmap(c, account));
	return check_textf(c, "If both are the same person, %sclear "
	                   "onPremisesImmutableId of the account, so that it "
	                   "is matched by its names%s; then synchronize.",
	                   role, or_write);
}

/*
 * An account that only its source anchor keeps from being matched: with the
 * anchor its values are in nobody's way.
 */
static void
check_left_over(struct check *c, const struct object *o)
{
	const struct object *account = o->forecast.left_over;
	const char *anchor = account ? account->tenant.immutable_id : NULL;

	if (!account || o->forecast.line.action != ACTION_CREATE)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "mS-DS-ConsistencyGuid",
		.observed = o->forecast.line.source_anchor, .expected = anchor,
		.message = check_textf(c, "%s gets a new account, without its "
		                       "names: the account %s, which has them, "
		                       "is not synchronized, but has the "
		                       "immutableId %s of a former "
		                       "synchronization, so that it is not "
		                       "matched", object_label(o),
		                       object_label(account), anchor),
		.fix = fix_left_over(c, o),
		.other = account,
	});
}

static const struct rule rules[] = {
	{
		.id = "match-blocked",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = RECIPIENTS,
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART | NEED_HELD,
		.check = check_blocked,
		.title = "Cloud account stands in the way",
		.why = "An account of the tenant has the object's identity, "
		       "but sync may not take it over: the object is not "
		       "synchronized and shows up as an error.",
		.fix = "Change the value of one of the two; or take away what "
		       "forbids the match for as long as the synchronization "
		       "takes.",
		.source = DOC_ERRORS,
	},
	{
		.id = "anchor-left-over",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_GUID),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_MATCH |
		         NEED_ANCHORS,
		.in_scope_only = true,
		.check = check_left_over,
		.title = "Cloud account with a source anchor of old times",
		.why = "An account that has an immutableId is matched by that "
		       "alone. One that was left behind when another forest "
		       "was synchronized, or synchronization was switched off, "
		       "keeps its names: the user gets a second account beside "
		       "it.",
		.fix = "Clear onPremisesImmutableId of the account, or give "
		       "the user that source anchor in mS-DS-ConsistencyGuid.",
		.source = DOC_EXISTING,
	},
};

const struct family blocked_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
