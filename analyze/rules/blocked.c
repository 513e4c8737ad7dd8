/* Accounts that stand in the way of objects. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/mem.h"
#include "base/sid.h"

#define TENANT { SECTION_IN(TENANT_USERS), SECTION_IN(TENANT_GROUPS), \
	SECTION_IN(TENANT_CONTACTS) }

const char whose_anchor[] =
	"a source anchor says whose account it is: whether both are one person "
	"or group has to be decided first";

/* What stands in the way, and what takes it away. */
static const struct {
	const char *attribute;       /* NULL: a finding of its own, or none */
	const char *before, *after;  /* the synchronization; AFTER: or NULL */
	const char *otherwise;       /* they are not the same */
	const char *reason;          /* that is a cause of its own */
} blocks[] = {
	[BLOCK_NOT] = { .attribute = NULL },
	[BLOCK_CLOUD_MANAGED] = { .attribute = NULL },
	[BLOCK_ANCHOR] = { .attribute = NULL },
	[BLOCK_HARD_OFF] = {
		"sourceAnchor",
		"allow hard matches in the tenant "
		"(blockCloudObjectTakeoverThroughHardMatchEnabled: false)",
		"forbid hard matches again "
		"(blockCloudObjectTakeoverThroughHardMatchEnabled: true)",
		"remove the source anchor from one of the two",
		"hard matches are switched off"
	},
	[BLOCK_HARD_ADMIN] = {
		"sourceAnchor",
		"remove the role assignments of the account, also those that "
		"it is eligible for, also through groups",
		"assign the roles again",
		"remove the source anchor from one of the two",
		"the account holds a privileged role"
	},
	[BLOCK_REMAP] = {
		"onPremisesObjectIdentifier",
		"clear onPremisesObjectIdentifier of the account "
		"(Clear-ADSyncToolsOnPremisesAttribute of ADSyncTools 2.5, or "
		"Graph's beta with User-OnPremisesSyncBehavior.ReadWrite.All), "
		"or allow the change for the time of the migration "
		"(allowOnPremUpdateOfOnPremisesObjectIdentifierEnabled: true)",
		NULL,
		"remove the source anchor from one of the two",
		"it is mapped to another object of AD"
	},
	[BLOCK_SOFT_OFF] = {
		"proxyAddresses",
		"allow soft matches in the tenant (blockSoftMatchEnabled: "
		"false)",
		"forbid soft matches again (blockSoftMatchEnabled: true)",
		"change the value of one of the two",
		"soft matches are switched off"
	},
	[BLOCK_ADMIN] = {
		"proxyAddresses",
		"remove the role assignments of the account, delete the object "
		"that the synchronization left in quarantine",
		"assign the roles again",
		"change the value of one of the two",
		"the account holds a role"
	},
	[BLOCK_TYPE] = {
		.attribute = "proxyAddresses",
		.reason = "the value is that of an object of another kind"
	},
};

/* The account that no key, or only a deleted one, joins, too. */
static const struct object *
account_of(const struct object *o)
{
	return o->links.twin ? o->links.twin
		: o->links.deleted_account ? o->links.deleted_account
		: o->forecast.blocker;
}

static const char *
blocking_value(const struct object *o)
{
	const struct object *account = account_of(o);

	if (o->forecast.block == BLOCK_REMAP)
		return account ? account->tenant.sync_object : NULL;
	return o->forecast.blocked_by ? o->forecast.blocked_by
	                              : o->forecast.line.source_anchor;
}

/* The other switch is no matter to this match. */
static const char *
tell_other_switch(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);

	if (m->features.block_hard != YES || m->features.block_soft != YES)
		return "";
	if (o->forecast.block == BLOCK_HARD_OFF)
		return " blockSoftMatchEnabled is no matter to a match by the "
		       "source anchor: leave it on.";
	if (o->forecast.block == BLOCK_SOFT_OFF)
		return " blockCloudObjectTakeoverThroughHardMatchEnabled is no "
		       "matter to a match by names: leave it on.";
	return "";
}

/* What is to be done before, and what after, each behind the one above. */
static const char *
list_steps(struct check *c, const struct object *o, const char *first)
{
	const char *out = first;

	for (unsigned b = 0; o->forecast.blocks >> b; b++)
		if (o->forecast.blocks >> b & 1)
			out = check_textf(c, "%s%s%s", out, *out ? ", " : "",
			                  blocks[b].before);
	return out;
}

static const char *
list_returns(struct check *c, const struct object *o)
{
	const char *out = "";

	for (unsigned b = 0; o->forecast.blocks >> b; b++)
		if ((o->forecast.blocks >> b & 1) && blocks[b].after)
			out = check_textf(c, "%s%s%s", out,
			                  *out ? ", and " : ", then ",
			                  blocks[b].after);
	return out;
}

/* Roles and switches, which only the tenant has. */
enum {
	OF_ENTRA = 1 << BLOCK_HARD_OFF | 1 << BLOCK_HARD_ADMIN |
	           1 << BLOCK_REMAP | 1 << BLOCK_SOFT_OFF | 1 << BLOCK_ADMIN
};

/* What keeps a deleted account, too, from being matched. */
enum { OF_DELETED = 1 << BLOCK_HARD_ADMIN | 1 << BLOCK_REMAP };

static const char *
fix_blocked(struct check *c, const struct object *o)
{
	bool restored = o->links.deleted_account && !o->links.twin &&
		(o->forecast.blocks & OF_DELETED);

	if (o->forecast.block == BLOCK_TYPE)
		return "Decide whose the value is, and remove it from the "
		       "other.";
	return check_textf(c, "%sIf both are the same%s: %s, then synchronize"
	                   "%s.%s Else %s.",
	                   fix_mailboxes(c, o, account_of(o)),
	                   o->kind == KIND_USER ? " person" : "",
	                   list_steps(c, o, restored ? "restore the account"
	                                          : ""),
	                   list_returns(c, o),
	                   tell_other_switch(c, o),
	                   blocks[o->forecast.block].otherwise);
}

/* Which switch, role or type stands in the way. */
static struct shared_cause
shared_block(const struct object *o)
{
	return (struct shared_cause){
		blocks[o->forecast.block].reason,
		"Match blocked: {}", NULL
	};
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
		.unproposed = "what blocks the match is a value of the cloud "
		              "account: whether both are one person has to be "
		              "decided first",
		.message = check_textf(c, "%s will not be synchronized: %s",
		                       object_label(o),
		                       o->forecast.line.match_reason),
		.fix = fix_blocked(c, o), .shared = shared_block(o),
		.mended = OF_ENTRA >> o->forecast.block & 1
			? MENDED_IN_ENTRA : MENDED_BY_OWNER,
	});
}

/* What the tenant refuses is allowed for as long as the match takes. */
static const char *
fix_switch(struct check *c, enum tristate is, enum block block)
{
	return is != YES ? "" : check_textf(c, " (%s until then, and %s)",
	                                    blocks[block].before,
	                                    blocks[block].after);
}

/* Of the deleted ones nothing can be changed. */
static bool
is_deleted(const struct object *account)
{
	return account && account->tenant.deleted_when != WHEN_NONE;
}

/* The anchor alone joins none any more that another object is mapped to. */
const char *
fix_unmap(struct check *c, const struct object *account)
{
	const struct model *m = check_model(c);
	const char *mapped = account ? account->tenant.sync_object : NULL;

	if (rollout_of(m, ROLLOUT_REMAP) == ROLLOUT_TO_COME ||
	    m->features.remap == YES ||
	    (!mapped && model_covers(m, TENANT_USERS, ATTR_SYNC_OBJECT)))
		return "";
	return check_textf(c, "%s %s%s (Clear-ADSyncToolsOnPremisesAttribute "
	                   "of ADSyncTools 2.5), which since July 2026 has to "
	                   "be empty for that", mapped ? " and"
	                   : "; if onPremisesObjectIdentifier of the account "
	                   "is set,", is_deleted(account)
	                   ? "restore the account first, and clear " : "clear ",
	                   mapped ? "onPremisesObjectIdentifier of the account"
	                   : "that");
}

/* Hard matches with such are refused since June 2026, deleted or not. */
static bool
is_privileged(struct check *c, const struct object *account)
{
	const struct model *m = check_model(c);

	return rollout_of(m, ROLLOUT_ROLES) != ROLLOUT_TO_COME &&
	       guid_set_has(&m->holders[ROLE_PRIVILEGED], &account->guid);
}

const char *
fix_restored(struct check *c, const struct object *account, const char *cure)
{
	return !is_privileged(c, account) ? cure
		: check_textf(c, "restore the account, %s, and %s; %s after "
		              "that", blocks[BLOCK_HARD_ADMIN].before, cure,
		              blocks[BLOCK_HARD_ADMIN].after);
}

/* An anchor that is no GUID in base64 cannot be written into AD. */
static const char *
fix_left_over(struct check *c, const struct object *o)
{
	const struct object *account = o->forecast.left_over;
	bool is_admin = guid_set_has(&check_model(c)->admins, &account->guid);
	const struct features *f = &check_model(c)->features;
	const char *or_write = "";
	struct guid g;

	if (object_immutable_guid(account, &g))
		or_write = check_textf(c, ", or set mS-DS-ConsistencyGuid of "
		                       "%s to the bytes of %s%s%s",
		                       object_label(o),
		                       account->tenant.immutable_id,
		                       fix_switch(c, f->block_hard,
		                                  BLOCK_HARD_OFF),
		                       fix_unmap(c, account));
	return check_textf(c, "%sIf both are the same person, %sclear "
	                   "onPremisesImmutableId of the account, so that it "
	                   "is matched by its names%s%s; then synchronize%s.",
	                   fix_mailboxes(c, o, account), is_admin
	                   ? "remove the role assignments of the account, "
	                   : "", fix_switch(c, f->block_soft, BLOCK_SOFT_OFF),
	                   or_write, is_admin ? ", and assign the roles again"
	                   : "");
}

/*
 * An account that was synchronized from the object, and has lost its source
 * anchor: what is left of it matches nothing, and is unique.
 */
static void
check_parted(struct check *c, const struct object *o)
{
	char sid[SID_TEXT];

	if (!o->ad.sid || sid_format(o->ad.sid, o->ad.sid_len, sid) < 0)
		return;
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_MEDIUM,
		.attribute = "onPremisesSecurityIdentifier",
		.observed = arena_strdup(check_arena(c), sid),
		.expected = "that no other account of the tenant has it",
		.unproposed = "whether the account should be this object's has "
		              "to be decided first",
		.message = check_textf(c, "%s gets a new account, while one "
		                       "that was synchronized from it before "
		                       "still has its SID or DN, but no "
		                       "immutableId: it is not matched by "
		                       "that, and the new one may be refused "
		                       "(AttributeValueMustBeUnique)",
		                       object_label(o)),
		.fix = check_textf(c, "Look for the account with "
		                   "onPremisesSecurityIdentifier %s. If it is "
		                   "to be that of %s, give it the primary "
		                   "address or the sign-in name of AD, so that "
		                   "it is matched by that; if not, clear its "
		                   "onPremises attributes "
		                   "(Clear-ADSyncToolsOnPremisesAttribute of "
		                   "ADSyncTools 2.5). Do so before the next "
		                   "synchronization", sid, object_label(o)),
	});
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

	if (o->forecast.line.action != ACTION_CREATE)
		return;
	if (!account && o->links.has_parted)
		check_parted(c, o);
	if (!account)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "mS-DS-ConsistencyGuid",
		.observed = o->forecast.line.source_anchor, .expected = anchor,
		.unproposed = whose_anchor,
		.message = check_textf(c, "%s gets a new account, without its "
		                       "names: the account %s, which has them, "
		                       "is not synchronized, but has the "
		                       "immutableId %s of a former "
		                       "synchronization, so that it is not "
		                       "matched", object_label(o),
		                       object_label(account), anchor),
		.fix = fix_left_over(c, o), .mended = MENDED_IN_ENTRA,
		.other = account,
	});
}

static const struct rule rules[] = {
	{
		.id = "match-blocked",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART | NEED_HELD,
		.check = check_blocked,
		.title = "Match blocked: an existing cloud account cannot be "
		         "joined",
		.why = "An account of the tenant has the object's identity, "
		       "but sync may not join it: the object is not "
		       "synchronized and shows up as an error.",
		.fix = "Change the value of one of the two; or remove what "
		       "blocks the match for the time of the synchronization.",
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
		.title = "Cloud account with an old source anchor",
		.why = "An account that has an immutableId is matched by that "
		       "alone. One that was left behind when another forest "
		       "was synchronized, or synchronization was switched off, "
		       "keeps its names: the user gets a second account beside "
		       "it.",
		.fix = "Clear onPremisesImmutableId of the account, or give "
		       "the user that source anchor in mS-DS-ConsistencyGuid.",
		.source = DOC_EXISTING,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family blocked_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
