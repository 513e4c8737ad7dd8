/* Licences that the tenant could not give, or gives by a guess of the place. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* ---- licences that failed ---- */

/* What Graph's words of errors mean, and what ends them. */
static const struct fault {
	const char *word;
	const char *why;           /* the end of a sentence */
	const char *action;
} faults[] = {
	{ "CountViolation", "no license of the product is left",
	  "Buy licenses of the product, or remove them from users who need "
	  "none, and process the group or user again." },
	{ "MutuallyExclusiveViolation", "one of its services excludes a "
	  "service of another license that the user has",
	  "Choose which of the services users should have, and disable the "
	  "other one in the license of the group or user." },
	{ "DependencyViolation", "one of its services needs another service, "
	  "which the user has not",
	  "Assign the license with the service that is needed, or disable the "
	  "service that needs it." },
	{ "ProhibitedInUsageLocationViolation", "one of its services is not "
	  "offered where the user is",
	  "Correct the users' usageLocation (where AD gives it, as "
	  "msExchUsageLocation), or disable the service in the license." },
	{ "UniquenessViolation", "another object has a value of the user that "
	  "no one else may have, mostly an address",
	  "Take the value from one of the two (sync-error, address-duplicate "
	  "and proxy-conflict name it), then process the group or user "
	  "again." },
	{ "Other", "something is wrong that the tenant does not name, often "
	  "an address that another recipient has",
	  "Check the license in the admin center, and process the group or "
	  "user again when that is fixed." },
};

static const struct fault *
fault_of(const char *word)
{
	for (size_t i = 0; word && i < sizeof(faults) / sizeof(faults[0]); i++)
		if (ascii_casecmp(word, faults[i].word) == 0)
			return &faults[i];
	return NULL;
}

/* Who cannot sign in misses nothing; who has it in part has it. */
static enum severity
severity_of(struct check *c, const struct object *o,
            const struct licence_state *l)
{
	return l->is == LICENCE_STUCK || o->enabled == NO
		? SEVERITY_LOW : check_severity(c);
}

static const char *
tell_place(struct check *c, const struct object *o, const struct fault *f)
{
	if (!f || f != fault_of("ProhibitedInUsageLocationViolation"))
		return "";
	return o->tenant.usage_location
		? check_textf(c, ": usageLocation is %s",
		              o->tenant.usage_location)
		: "";
}

static const char *
tell_why(struct check *c, const struct licence_state *l, const struct fault *f)
{
	return f ? check_textf(c, "%s (%s)", f->why, l->error)
		: l->error ? l->error : "the tenant does not say why";
}

static void
fail_licence(struct check *c, const struct object *o,
             const struct licence_state *l)
{
	const struct fault *f = fault_of(l->error);

	check_fail(c, o, &(struct failure){
		.severity = severity_of(c, o, l),
		.attribute = "licenseAssignmentStates",
		.observed = check_textf(c, "%s%s%s", l->sku ? l->sku : "",
		                        l->group ? " by group " : "",
		                        l->group ? l->group : ""),
		.expected = "state Active",
		.fix = f ? f->action : NULL,
		.shared = { l->error, "License that failed ({})",
		            f ? f->action : NULL },
		.message = check_textf(c, l->is == LICENCE_STUCK
			? "The license %s%s%s of %s is in use, but not as it "
			  "should be: %s%s"
			: "The license %s%s%s is not given to %s: %s%s",
			l->sku ? l->sku : "", l->group ? ", by the group " : "",
			l->group ? l->group : "", object_label(o),
			tell_why(c, l, f), tell_place(c, o, f)),
		.mended = MENDED_IN_ENTRA,
	});
}

static void
check_failed(struct check *c, const struct object *o)
{
	const struct licence_state *l;

	if (!licences_may_fail(o->tenant.licences))
		return;
	for (l = licences_read(o->tenant.licences, check_arena(c)); l;
	     l = l->next)
		if (l->is == LICENCE_FAILED || l->is == LICENCE_STUCK)
			fail_licence(c, o, l);
}

/* ---- licences without a place ---- */

/* Nobody can assign one to a user without it: only groups do. */
static bool
is_by_groups(const struct licence_state *l)
{
	bool any = false;

	for (; l; l = l->next) {
		if (l->is != LICENCE_ACTIVE && l->is != LICENCE_STUCK)
			continue;
		if (!l->group)
			return false;
		any = true;
	}
	return any;
}

static void
check_place(struct check *c, const struct object *o)
{
	if (o->tenant.usage_location || !is_by_groups(licences_read(
		    o->tenant.licences, check_arena(c))))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "usageLocation",
		.expected = "the country, as two letters",
		.unproposed = "in which country the user is only the company "
		              "knows",
		.message = check_textf(c, "%s has licenses by groups alone and "
		                       "no usageLocation: it is licensed as if "
		                       "it were in the organization's country",
		                       object_label(o)),
		.mended = MENDED_IN_ENTRA,
	});
}

static const struct rule rules[] = {
	{
		.id = "licence-error",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_LICENCES),
		.check = check_failed,
		.title = "License that the tenant could not give",
		.why = "The tenant assigns licenses of groups in the "
		       "background, and no one is told when that fails: the "
		       "user lacks what the license gives, a mailbox for "
		       "instance, or keeps what it should not have.",
		.fix = "Check the license in the admin center, fix what it "
		       "names, and process the group or user again.",
		.source = DOC_LICENCES,
	},
	{
		.id = "usagelocation-missing",
		.severity = SEVERITY_LOW,
		.profile = PROFILE_STRICT,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_LICENCES, ATTR_USAGE_LOCATION),
		.check = check_place,
		.title = "Licensed without a usage location",
		.why = "A license that a group gives takes the organization's "
		       "country for a user who has none: services that the law "
		       "of their own country allows or forbids are given or "
		       "refused by another one's, and no one can give them a "
		       "license of their own.",
		.fix = "Set the user's usageLocation in Entra, or, where Entra "
		       "Connect gives it, msExchUsageLocation in AD; best when "
		       "users are created. Where all are in one country "
		       "nothing is lost.",
		.source = DOC_GROUP_LICENCES,
	},
};

const struct family assigned_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
