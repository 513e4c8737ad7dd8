/* Objects that were made after others of their name had been deleted. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"

/* What was made longer ago has shown by now what it lacks. */
enum { RECENT_DAYS = 90 };

static bool
is_recent(const struct check *c, const struct object *o)
{
	when_t now = model_collected(check_model(c), o->domain);

	return o->sam && o->ad.created != WHEN_NONE && o->ad.created <= now &&
	       now - o->ad.created <= RECENT_DAYS * WHEN_DAY;
}

/* What becomes of his account, former-account tells. */
static bool
is_told(const struct object *o)
{
	return o->links.has_former || o->links.former || o->forecast.former;
}

static void
check_again(struct check *c, const struct object *o)
{
	const struct tombstone *before;
	char deleted[WHEN_TEXT], made[WHEN_TEXT];

	if (!is_recent(c, o) || o->ad.has_consistency_guid)
		return;
	/* Deleted objects are read behind the others. */
	if (check_is_screening(c)) {
		check_fail(c, o, &(struct failure){ 0 });
		return;
	}
	before = check_predecessor(c, o);
	if (!before || is_told(o))
		return;
	when_format(before->when, deleted);
	when_format(o->ad.created, made);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "objectGUID",
		.message = check_textf(c, "%s was created at %s; another "
		                       "object with the account name %s was "
		                       "deleted at "
		                       "%s", object_label(o), made, o->sam,
		                       deleted),
		.unproposed = "whether both are the same has to be found out "
		              "first",
	});
}

/* When an object was deleted its last change tells. */
static const char *
again_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	return !model_lines(m, AD_DELETED) ||
	       model_covers(m, AD_DELETED, ATTR_CHANGED) ? NULL
		: "deleted AD objects: whenChanged not collected";
}

static const struct rule rules[] = {
	{
		.id = "re-created",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_SAM, ATTR_CREATED),
		.sections = { SECTION_IN(AD_DELETED) },
		.needs = NEED_FORECAST,
		.in_scope_only = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_again, .lacks = again_lacks,
		.title = "Created again after an object of the same name was "
		         "deleted",
		.why = "An object that is created again has another source "
		       "anchor: sync gives it a new, empty account, and "
		       "deletes that of the former one, with mailbox and "
		       "memberships.",
		.fix = "If both are the same, restore the deleted object from "
		       "AD's recycle bin instead of the new one, or, of a "
		       "user, set mS-DS-ConsistencyGuid to the former source "
		       "anchor before the next synchronization. If not, "
		       "nothing.",
		.source = DOC_RECYCLE,
	},
};

const struct family made_anew_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
