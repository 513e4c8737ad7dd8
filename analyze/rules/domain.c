/* What is wrong with a domain as a whole. */
#include <inttypes.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "base/dn.h"

static const char *
name_of(const struct domain *d)
{
	return domain_name(d) ? domain_name(d) : "a domain that is not known";
}

static void
check_objects(struct check *c, const struct domain *d)
{
	uint64_t n;

	/* Lines are no fewer than objects: most domains are not counted. */
	if (d->objects <= CLOUD_SYNC_OBJECTS ||
	    (n = check_in_scope(c, d)) <= CLOUD_SYNC_OBJECTS)
		return;
	check_fail_domain(c, d, &(struct failure){
		.severity = check_severity(c), .attribute = "objects",
		.observed = check_textf(c, "%" PRIu64, n), .key = "",
		.expected = check_textf(c, "at most %d", CLOUD_SYNC_OBJECTS),
		.message = check_textf(c, "%s has %" PRIu64 " users, groups "
		                       "and contacts in scope; Cloud Sync "
		                       "takes up to %d objects of a domain",
		                       name_of(d), n, CLOUD_SYNC_OBJECTS),
		.fix = "Take containers out of the scope, or let Connect "
		       "synchronize this domain.",
		.shared = { "objects", "Too many objects in scope for Cloud "
		            "Sync", "Take containers out of the scope, or let "
		            "Connect synchronize this domain." },
	});
}

/* A configuration of Cloud Sync is that of one domain. */
static void
check_containers(struct check *c, const struct domain *d)
{
	const struct policy *p = d->forest->policy;
	size_t n = 0;

	for (size_t i = 0; i < p->include_count; i++)
		n += dn_is_in_domain(p->include[i], d->name);
	if (n <= CLOUD_SYNC_PLACES)
		return;
	check_fail_domain(c, d, &(struct failure){
		.severity = check_severity(c), .attribute = "scope.include",
		.observed = check_textf(c, "%zu", n), .key = "",
		.expected = check_textf(c, "at most %d", CLOUD_SYNC_PLACES),
		.message = check_textf(c, "the scope names %zu containers of "
		                       "%s; a configuration of Cloud Sync, "
		                       "which is that of a domain, takes up to "
		                       "%d", n, name_of(d), CLOUD_SYNC_PLACES),
		.fix = "Name containers further up and exclude what lies "
		       "below, or take groups instead, or let Connect "
		       "synchronize this domain.",
		.shared = { "containers", "Too many containers in the scope of "
		            "Cloud Sync", "Name containers further up and "
		            "exclude what lies below, or take groups instead, "
		            "or let Connect synchronize this domain." },
	});
}

static void
check_limits(struct check *c, const struct domain *d)
{
	check_objects(c, d);
	check_containers(c, d);
}

static const struct rule rules[] = {
	{
		.id = "cloud-sync-limits",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD,
		.wishes = { { [AD_USERS] = true, [AD_GROUPS] = true,
		              [AD_CONTACTS] = true } },
		.needs = NEED_CLOUD_SYNC,
		.check_domain = check_limits,
		.title = "Domain that is too large for Cloud Sync",
		.why = "Cloud Sync takes domains of up to 150,000 objects, and "
		       "up to 59 containers in the configuration of a domain. "
		       "What it does with more is not documented.",
		.fix = "Make the scope of the domain smaller or simpler, or "
		       "let Connect synchronize it.",
		.source = DOC_CLOUD_SYNC, .part = "known limitations",
		.limit = "150,000 objects in scope and 59 containers of a "
		         "domain",
	},
};

const struct family domain_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
