/* Members that groups do not have in the tenant. */
#include <inttypes.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"
#include "base/mem.h"

/* The first of the lost, in TO, which has room for LOST_TOLD. */
static size_t
name_lost(struct check *c, const struct members *of, struct related_object *to)
{
	for (size_t i = 0; i < of->lost_count; i++)
		to[i] = check_named(c, of->lost[i].dn);
	return of->lost_count;
}

static const char *
examples(struct check *c, const struct members *of,
         const struct related_object *names)
{
	uint64_t lost = of->counts.out_of_scope + of->counts.foreign;
	struct buf text = { 0 };
	const char *kept;

	for (size_t i = 0; i < of->lost_count; i++)
		buf_addf(&text, "%s%s: %s", i ? "; " : "", names[i].name,
		         of->lost[i].reason);
	if (lost > of->lost_count)
		buf_addf(&text, "; and %" PRIu64 " more",
		         lost - of->lost_count);
	kept = arena_strdup(check_arena(c), buf_text(&text));
	buf_release(&text);
	return kept;
}

/* ", 2 of them of another forest; of 3 more it is not known". */
static const char *
more(struct check *c, const struct member_counts *n)
{
	const char *foreign = "";
	const char *not_known = "";

	if (n->foreign)
		foreign = check_textf(c, ", %" PRIu64 " of them of another "
		                      "forest", n->foreign);
	if (n->not_known)
		not_known = check_textf(c, "; of %" PRIu64 " more it is not "
		                        "known", n->not_known);
	return check_textf(c, "%s%s", foreign, not_known);
}

/* What is in nobody's scope can be taken into it; with Cloud Sync not all. */
static const char *
cure(struct check *c, const struct object *o)
{
	if (!o->links.members->counts.foreign)
		return "Take the members into the sync scope, or out of the "
		       "group.";
	if (model_policy(check_model(c), o)->engine != ENGINE_CLOUD_SYNC)
		return NULL;
	return "Let one Connect server synchronize both forests, or make a "
	       "group in the tenant for the members of the other forest; take "
	       "the others into the sync scope.";
}

static void
tell_lost(struct check *c, const struct object *o)
{
	const struct member_counts *n = &o->links.members->counts;
	uint64_t lost = n->out_of_scope + n->foreign;
	struct related_object names[LOST_TOLD];
	size_t named = name_lost(c, o->links.members, names);

	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "member",
		.related = names, .related_count = named,
		.message = check_textf(c, "%s loses %" PRIu64 " of %" PRIu64
		                       " members in the tenant%s: %s",
		                       object_label(o), lost, lost +
		                       n->in_scope + n->not_known, more(c, n),
		                       examples(c, o->links.members, names)),
		.fix = cure(c, o),
	});
}

/*
 * Of a domain that was not read, or of a class that sync does not take; or
 * whether he is in scope is not known. None is lost: those kept are the others.
 */
static void
tell_not_known(struct check *c, const struct object *o)
{
	const struct member_counts *n = &o->links.members->counts;

	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_INFO, .attribute = "member",
		.message = check_textf(
			c, "whether %s keeps %" PRIu64 " of %" PRIu64
			" members in the tenant is not known: the snapshots of "
			"AD do not have them, or not what their scope depends "
			"on", object_label(o), n->not_known,
			n->not_known + n->in_scope),
		.fix = "Collect the domains that these members are of, too, "
		       "and what the scope is decided by.",
		.shared = { "not known", "Group of which it is not known "
		            "whether it keeps all members",
		            "Collect the domains that these members are of, "
		            "too, and what the scope is decided by." },
	});
}

static void
check_members(struct check *c, const struct object *o)
{
	const struct members *of = o->links.members;

	if (o->scope.state != SCOPE_IN || !o->ad.member_count)
		return;
	/* While groups are screened, members are not counted yet. */
	if (!of)
		check_fail(c, o, &(struct failure){ 0 });
	else if (of->counts.out_of_scope + of->counts.foreign)
		tell_lost(c, o);
	else if (of->counts.not_known &&
	         model_complete(check_model(c), AD_USERS))
		tell_not_known(c, o);
}

static const struct rule rules[] = {
	{
		.id = "group-members-lost",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_DN, ATTR_MEMBER),
		.wishes = { SECTION_IN(AD_USERS) },
		.needs = NEED_MEMBERS,
		.check = check_members,
		.title = "Group that loses members in the tenant",
		.why = "The tenant's group gets only members that are "
		       "synchronized. Members that are out of scope, or of "
		       "another forest and known only as a foreign security "
		       "principal, are removed from the group without notice: "
		       "people lose mail and access.",
		.fix = "Take the members into the sync scope, for those of "
		       "another forest the container "
		       "ForeignSecurityPrincipals, too; or take them out of "
		       "the group.",
		.source = DOC_CONTACTS, .part = "Groups",
	},
};

const struct family member_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
