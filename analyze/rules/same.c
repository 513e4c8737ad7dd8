/* Objects and accounts that are, or were, the same one. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"

/* The immutableId of an account; NULL: there is none, or no account. */
static const char *
immutable_id_of(const struct object *account)
{
	return account ? account->tenant.immutable_id : NULL;
}

/* Where it was collected, who was converted is no match. */
static const char *
fix_hard(const struct check *c)
{
	return model_complete(check_model(c), TENANT_SYNC_BEHAVIOR)
		? "The account was not converted (isCloudManaged is not true): "
		"check that it should be this object's, and that AD has all of "
		"its addresses, before the synchronization." : NULL;
}

static void
check_hard(struct check *c, const struct object *o)
{
	if (o->forecast.line.match != MATCH_HARD ||
	    o->forecast.line.action != ACTION_MATCH)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "sourceAnchor",
		.observed = immutable_id_of(o->links.twin),
		.expected = "that the account should be AD's again",
		.message = check_textf(c, "%s will be joined to the account "
		                       "%s, which has its source anchor but is "
		                       "not synchronized", object_label(o),
		                       object_label(o->links.twin)),
		.fix = fix_hard(c),
	});
}

/* His account of another anchor: the deleted one, where both are there. */
static const struct object *
former_of(const struct object *o)
{
	return o->links.former ? o->links.former : o->forecast.former;
}

/* It was left behind, or is the former one of a user created anew. */
static bool
is_told_account(const struct object *o, const struct object *other)
{
	const struct object *accounts[] = {
		o->forecast.left_over,
		o->links.has_former ? NULL : o->forecast.former
	};

	for (size_t i = 0; i < sizeof(accounts) / sizeof(accounts[0]); i++)
		if (accounts[i] && memcmp(&other->guid, &accounts[i]->guid,
		                          sizeof(other->guid)) == 0)
			return true;
	return false;
}

bool
is_told_with_account(const struct object *o, const struct contested *one)
{
	return (one->end == QUARANTINE_HELD ||
	        one->end == QUARANTINE_AWAITED) && one->other &&
	       one->other->side == SIDE_TENANT &&
	       o->forecast.line.action == ACTION_CREATE &&
	       is_told_account(o, one->other);
}

/* In AD the anchor is written as the account has it. */
static const char *
fix_anchor(struct check *c, const struct object *o, const char *name)
{
	const char *anchor = immutable_id_of(former_of(o));

	return check_textf(c, "set mS-DS-ConsistencyGuid of %s to the bytes of "
	                   "%s before the next synchronization%s", name,
	                   anchor ? anchor : "the former source anchor",
	                   fix_unmap(c, former_of(o)));
}

static const char *
fix_differs(struct check *c, const struct object *o)
{
	const char *anchor = immutable_id_of(o->links.twin);

	return anchor ? check_textf(c, "In AD, if both are one, set "
	                            "mS-DS-ConsistencyGuid of %s to the bytes "
	                            "of %s%s", object_label(o), anchor,
	                            fix_unmap(c, o->links.twin)) : NULL;
}

static const char *
fix_former(struct check *c, const struct object *o)
{
	return !immutable_id_of(former_of(o)) ? NULL
		: o->links.has_former
		? check_textf(c, "If both are the same person, within 30 days "
		              "of the deletion %s",
		              fix_restored(c, former_of(o),
		                          fix_anchor(c, o, object_label(o))))
		: check_textf(c, "If both are the same person, %s; if not, "
		              "give one of the two other names",
		              fix_anchor(c, o, object_label(o)));
}

/* Of one in AD that sync does not take: which of the two shall it take? */
static const char *
fix_source(struct check *c, const struct object *o)
{
	const struct object *source = o->forecast.former_source;
	const char *theirs = object_placed(source, check_arena(c));
	const char *own = object_placed(o, check_arena(c));

	if (source->scope.cause == SCOPE_BY_CONNECTOR)
		return check_textf(c, "Check whether another server "
		                   "synchronizes %s. If so, it keeps the "
		                   "account: give %s names of its own. If none "
		                   "does, and both are the same person, "
		                   "%s", theirs, own,
		                   fix_anchor(c, o, own));
	return check_textf(c, "Either bring %s back into the scope, and give "
	                   "%s names of its own; or, if both are the "
	                   "same person, leave the former one out of the "
	                   "scope, and %s", theirs, own, fix_anchor(c, o, own));
}

/* Where the object of his former account may be, unseen. */
static const struct {
	const char *of, *why;        /* behind "an object", around a domain */
	const char *cure;            /* before the domain */
} places[] = {
	[UNSEEN_NAMELESS] = { "of a domain that the account does not tell", "",
		"all domains" },
	[UNSEEN_DOMAIN] = { "of", ", which was not read", "" },
	[UNSEEN_PLACE] = { "of", ", of which not all was read", "all of" },
	[UNSEEN_STALE] = { "that may have moved to", ", which was read before",
		"" },
	[UNSEEN_ELSEWHERE] = { "that may have moved to",
		", which was not read", "" },
	[UNSEEN_LATER] = { "of", ", which was read before that account was "
		"last synchronized", "" },
	[UNSEEN_KIND] = { "of", ", of which not all was read", "all of" },
	[UNSEEN_YOUNGER] = { "of", ", which was read before that account was "
		"created", "" },
};

static const char *
place_of(const struct unseen_object *is)
{
	return is->unread ? is->unread : is->other ? domain_name(is->other)
		: is->domain && is->why != UNSEEN_NAMELESS ? is->domain : "";
}

/* It is not taken for gone where nobody looked. */
static const char *
fix_unseen(struct check *c, const struct object *o,
           const struct unseen_object *is)
{
	const char *at = place_of(is), *cure = places[is->why].cure;

	return check_textf(c, "Collect %s%s%s of now first. If the object of "
	                   "the account is there, give one of the two other "
	                   "names; if not, and both are the same "
	                   "person, %s", cure, *cure && *at ? " " : "", at,
	                   fix_anchor(c, o, object_label(o)));
}

/* Behind the name of a former account that is still there. */
static const char *
tell_source(struct check *c, const struct object *o,
            const struct unseen_object *is)
{
	const struct object *source = o->forecast.former_source;
	const char *at = place_of(is);

	if (source)
		return check_textf(c, ", synchronized from %s, which is out of "
		                   "scope: %s",
		                   object_placed(source, check_arena(c)),
		                   source->scope.reason ? source->scope.reason
		                   : "the scope does not take it");
	if (is->why == UNSEEN_NOT)
		return ", synchronized from an object that AD lacks";
	return check_textf(c, ", synchronized from an object %s%s%s%s: whether "
	                   "AD has it is not known", places[is->why].of,
	                   *at ? " " : "", at, places[is->why].why);
}

/* His former account is among the deleted ones. */
static void
check_deleted_former(struct check *c, const struct object *o)
{
	char day[WHEN_TEXT] = "";

	/* It can be restored no more, by nobody. */
	if (o->links.former && deleted_is_purged(check_model(c),
	    o->links.former->tenant.deleted_when))
		return;
	if (o->links.former &&
	    o->links.former->tenant.deleted_when != WHEN_NONE)
		when_format_day(o->links.former->tenant.deleted_when, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .unproposed = whose_anchor,
		.attribute = "mS-DS-ConsistencyGuid",
		.expected = immutable_id_of(former_of(o)),
		.message = check_textf(c, "%s gets a new, empty account: the "
		                       "one of the same name (%s, deleted%s%s) "
		                       "has another source anchor",
		                       object_label(o),
		                       object_label(former_of(o)),
		                       *day ? " on " : "", day),
		.fix = fix_former(c, o),
	});
}

/* The names that it keeps: rules on these leave them to this one. */
static const char *
tell_kept(const struct object *o)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++)
		if (is_told_with_account(o, &o->forecast.contested[i]))
			return o->forecast.contested[i].end == QUARANTINE_HELD
				? ", and keeps the names for as long "
				  "as it is there"
				: ", and gives up the names only in the same "
				  "synchronization";
	return "";
}

/* Its object is deleted: the account goes by itself, and its names with it. */
static void
check_leaving_former(struct check *c, const struct object *o,
                     const struct tombstone *is)
{
	char day[WHEN_TEXT] = "";

	if (is->when != WHEN_NONE)
		when_format_day(is->when, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .unproposed = whose_anchor,
		.attribute = "mS-DS-ConsistencyGuid",
		.expected = immutable_id_of(former_of(o)),
		.message = check_textf(c, "%s gets a new, empty account: the "
		                       "one of the same name (%s) has another "
		                       "source anchor, that of an object that "
		                       "was deleted in AD%s%s, and the next "
		                       "synchronization deletes it",
		                       object_label(o),
		                       object_label(former_of(o)),
		                       *day ? " on " : "", day),
		.fix = check_textf(c, "If both are the same person, %s. If "
		                   "not, nothing: the next synchronization "
		                   "deletes the account, and its names are "
		                   "free then.",
		                   fix_anchor(c, o, object_label(o))),
	});
}

static void
check_former(struct check *c, const struct object *o)
{
	struct unseen_object is = { .why = UNSEEN_NOT };
	const struct tombstone *deleted;

	if (o->forecast.line.action != ACTION_CREATE)
		return;
	if (o->links.has_former) {
		check_deleted_former(c, o);
		return;
	}
	if (!former_of(o))
		return;
	deleted = o->forecast.former_source
		? NULL : check_tombstone(c, former_of(o));
	if (deleted) {
		check_leaving_former(c, o, deleted);
		return;
	}
	if (!o->forecast.former_source)
		is = check_unseen(c, former_of(o));
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .unproposed = whose_anchor,
		.attribute = "mS-DS-ConsistencyGuid",
		.expected = immutable_id_of(former_of(o)),
		.message = check_textf(c, "%s gets a new, empty account: the "
		                       "one of the same name (%s%s) has "
		                       "another source anchor%s",
		                       object_label(o),
		                       object_label(former_of(o)),
		                       tell_source(c, o, &is), tell_kept(o)),
		.fix = o->forecast.former_source ? fix_source(c, o)
			: is.why != UNSEEN_NOT ? fix_unseen(c, o, &is)
			: fix_former(c, o),
		.other = o->forecast.former_source, .account = former_of(o),
	});
}

static void
check_shared(struct check *c, const struct object *o)
{
	const struct joined *j = &o->forecast.joined;

	/* Of two forests of one server it is meant to be so. */
	if (j->by != JOINED_BY_ANCHOR || j->across)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .unproposed = whose_anchor,
		.attribute = "mS-DS-ConsistencyGuid", .other = j->other,
		.expected = "a source anchor that no other object has",
		.message = check_textf(c, "%s and %s have the same source "
		                       "anchor", object_label(o), j->who),
		.claimed = CLAIMED_ANCHOR(o),
	});
}

static void
check_groups_shared(struct check *c, const struct object *o)
{
	const struct joined *j = &o->forecast.joined;

	if (j->end == JOINED_NOT)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .unproposed = whose_anchor,
		.attribute = "mS-DS-ConsistencyGuid", .other = j->other,
		.observed = o->forecast.line.source_anchor,
		.expected = "a source anchor that no other group has",
		.message = check_textf(c, "%s and %s have the same source "
		                       "anchor%s", object_label(o), j->who,
		                       j->end == JOINED_PART
		                       ? ": this one is not exported" : ""),
		.claimed = CLAIMED_ANCHOR(o),
	});
}

static void
check_both_enabled(struct check *c, const struct object *o)
{
	const struct joined *j = &o->forecast.joined;

	if (!j->both_enabled)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "userAccountControl", .other = j->other,
		.expected = "that one of the two is disabled",
		.unproposed = "with which of them the person signs in has to "
		              "be found out first",
		.message = check_textf(c, "%s is enabled, and so is %s, that "
		                       "sync treats as the same object",
		                       object_label(o), j->who),
	});
}

/* Where nobody is known by his anchor, sync goes by another attribute. */
static void
check_anchor(struct check *c, const struct object *o)
{
	if (!o->links.account || o->links.account->synced != YES ||
	    !anchor_differs(check_model(c), o) ||
	    (!anchor_is_said(model_policy(check_model(c), o)) &&
	     !check_may_be(c, FACT_ANCHORED)))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .unproposed = whose_anchor,
		.attribute = "mS-DS-ConsistencyGuid",
		.observed = o->forecast.line.source_anchor,
		.expected = immutable_id_of(o->links.twin),
		.message = check_textf(c, "%s is synchronized, but its account "
		                       "%s has another immutableId",
		                       object_label(o), o->links.twin
		                       ? object_label(o->links.twin) : ""),
		.fix = fix_differs(c, o),
	});
}

static const struct rule rules[] = {
	{
		.id = "hard-match",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART,
		.check = check_hard,
		.title = "Hard match: will be joined to an account that is not "
		         "synchronized",
		.why = "The account has the object's source anchor: it was "
		       "restored in the tenant, converted to be managed there, "
		       "or prepared to be joined. AD's values replace its own, "
		       "with password hash synchronization its password, too; "
		       "one that is managed in the tenant is left alone.",
		.fix = "Look at isCloudManaged of the account; check that AD "
		       "has all of its addresses before the synchronization.",
		.source = DOC_EXISTING,
	},
	{
		.id = "former-account",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.sections = { SECTION_IN(TENANT_USERS) },
		.wishes = { SECTION_IN(TENANT_DELETED_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH | NEED_ANCHORS,
		.check = check_former,
		.title = "New account next to a former account of the same "
		         "name",
		.why = "A user who was created again in AD has a new source "
		       "anchor: the former account with its mailbox, licenses "
		       "and memberships is not joined, but deleted, or stays "
		       "deleted.",
		.fix = "If both are the same person, give the user the former "
		       "source anchor in mS-DS-ConsistencyGuid before the next "
		       "synchronization.",
		.source = DOC_RECYCLE,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "anchor-shared",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_CONSISTENCY_GUID),
		.needs = NEED_FORECAST | NEED_SHARERS,
		.check = check_shared,
		.title = "Several users share one source anchor",
		.why = "Sync treats users with one source anchor as one "
		       "person: one account has the values of both, and the "
		       "other gets none.",
		.fix = "If they are two persons, clear mS-DS-ConsistencyGuid "
		       "of the one that has no account yet; if one, take the "
		       "object that is not used any more out of the scope.",
		.source = DOC_DESIGN, .part = "sourceAnchor",
	},
	{
		.id = "group-anchor-shared",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_CONSISTENCY_GUID),
		.needs = NEED_FORECAST | NEED_SHARERS,
		.check = check_groups_shared,
		.title = "Several groups share one source anchor",
		.why = "A group that was migrated with its source anchor is "
		       "joined to the former group's account, with the members "
		       "that it has itself. Groups are never joined: as long "
		       "as both are in scope one of them is an export error.",
		.fix = "When the new group has all members, take the former "
		       "one out of the scope, or delete it; if they are two "
		       "groups, clear mS-DS-ConsistencyGuid of the new one.",
		.source = DOC_GROUPS,
	},
	{
		.id = "joined-both-enabled",
		.severity = SEVERITY_MEDIUM,
		.category = CATEGORY_SIGN_IN,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_MAIL),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.needs = NEED_FORECAST | NEED_SHARERS,
		.check = check_both_enabled,
		.title = "Two enabled accounts of one person",
		.why = "Of several accounts that sync joins the enabled one "
		       "gives sign-in name, source anchor and whether the "
		       "account is enabled. Where two are, no document says "
		       "which: the person may get the wrong name and password, "
		       "or a new account.",
		.fix = "Find out with which account the person signs in, and "
		       "disable the other; that of a linked mailbox is always "
		       "disabled.",
		.source = DOC_CONTACTS,
		.confidence = CONFIDENCE_UNCERTAIN,
	},
	{
		.id = "anchor-differs",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_GUID),
		.sections = { SECTION_IN(TENANT_USERS) },
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART | NEED_ANCHORS |
		         NEED_ANCHOR,
		.in_scope_only = true,
		.check = check_anchor,
		.title = "Account has a different source anchor",
		.why = "The source anchor must not change: sync reports "
		       "\"SourceAnchor attribute has changed\" and stops for "
		       "the object, or creates a new account.",
		.fix = "In AD, if both are one, set mS-DS-ConsistencyGuid to "
		       "the bytes of the account's immutableId.",
		.source = DOC_DESIGN, .part = "sourceAnchor",
	},
};

const struct family same_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
