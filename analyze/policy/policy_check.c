/* What settings of a policy must be like together. */
#include "analyze/policy/policy_check.h"

#include <string.h>

#include "analyze/policy/connect_server.h"
#include "analyze/policy/policy.h"
#include "analyze/policy/policy_value.h"
#include "base/dn.h"
#include "base/err.h"

static bool
is_forest(const struct policy_reader *r)
{
	return r->p != r->top;
}

/* The forest's own scope, not what it has of the whole policy. */
static bool
has_own_scope(const struct policy_reader *r)
{
	return !is_forest(r) || r->p->include != r->top->include ||
	       r->p->exclude != r->top->exclude ||
	       r->p->groups != r->top->groups;
}

/* The line of NAME in SECTION of the policy or forest that is checked. */
static unsigned
line_of(struct policy_reader *r, const char *section, const char *name)
{
	struct policy_reader at = *r;

	at.depth = 0;
	if (is_forest(r)) {
		policy_enter(&at, "forests");
		policy_enter(&at, r->p->forest);
	}
	policy_enter(&at, section);
	return policy_line(&at, name);
}

unsigned
policy_place_line(const struct policy *p, const struct policy *entry,
                  const char *dn)
{
	struct policy_reader r = {
		.p = (struct policy *)entry, .top = (struct policy *)p,
		.text = p->text,
	};

	return line_of(&r, "scope", dn);
}

/* A DN that is both included and excluded decides nothing. */
static int
check_conflict(struct policy_reader *r)
{
	const struct policy *p = r->p;

	for (size_t i = 0; i < p->include_count; i++)
		for (size_t k = 0; k < p->exclude_count; k++)
			if (dn_same(p->include[i], p->exclude[k]))
				return err_usage(r->err, "%s:%u: scope both "
				                 "includes and excludes %s",
				                 r->path,
				                 line_of(r, "scope",
				                         p->exclude[k]),
				                 p->exclude[k]);
	return 0;
}

static int
check_groups(struct policy_reader *r)
{
	size_t n = r->p->group_count;
	unsigned line = line_of(r, "scope", "group");

	if (r->p->engine != ENGINE_CLOUD_SYNC && n > 1)
		return err_usage(r->err, "%s:%u: group: want one, have %zu; "
		                 "only Cloud Sync takes several, up to %d",
		                 r->path, line, n, CLOUD_SYNC_PLACES);
	if (n > CLOUD_SYNC_PLACES)
		return err_usage(r->err, "%s:%u: group: want up to %d, which "
		                 "Cloud Sync takes, have %zu", r->path, line,
		                 CLOUD_SYNC_PLACES, n);
	return 0;
}

static int
check_inside(struct policy_reader *r, const char *const *dns, size_t n)
{
	/* Where it names no domains, the snapshots say which it has. */
	for (size_t i = 0; r->p->domain_count && i < n; i++)
		if (!policy_holds(r->p, dns[i]))
			return err_usage(r->err, "%s:%u: forests.%s: want what "
			                 "lies in its domains, have %s",
			                 r->path, line_of(r, "scope", dns[i]),
			                 r->p->forest, dns[i]);
	return 0;
}

static int
check_scope(struct policy_reader *r)
{
	const struct policy *p = r->p;

	if (check_groups(r) < 0)
		return -1;
	if (!has_own_scope(r))
		return 0;
	if (is_forest(r) &&
	    (check_inside(r, p->include, p->include_count) < 0 ||
	     check_inside(r, p->exclude, p->exclude_count) < 0 ||
	     check_inside(r, p->groups, p->group_count) < 0))
		return -1;
	return check_conflict(r);
}

/* Cloud Sync has its way of anchors, and joins nobody (azure-docs#70087). */
static int
check_cloud_sync(struct policy_reader *r)
{
	struct policy *p = r->p;

	if (p->engine != ENGINE_CLOUD_SYNC)
		return 0;
	if (p->anchor == ANCHOR_OBJECT_GUID)
		return err_usage(r->err, "%s:%u: anchor: want none with Cloud "
		                 "Sync, which always takes "
		                 "ms-DS-ConsistencyGuid of objects that have "
		                 "one, else objectGUID", r->path,
		                 line_of(r, "sync", "anchor"));
	if (p->join != JOIN_UNSAID && p->join != JOIN_ONCE)
		return err_usage(r->err, "%s:%u: join: want none, or once, "
		                 "with Cloud Sync, which joins no one across "
		                 "forests", r->path,
		                 line_of(r, "sync", "join"));
	p->anchor = ANCHOR_CONSISTENCY_GUID;
	p->join = JOIN_ONCE;
	return 0;
}

/* Which of the two has the name for itself, or has it among its domains. */
static const char *
in_both(const struct policy *one, const struct policy *other)
{
	const struct policy only = {
		.forests = (struct policy *)one, .forest_count = 1,
	};

	if (policy_of_forest(&only, other->forest, NULL, 0) == one)
		return other->forest;
	for (size_t i = 0; i < other->domain_count; i++)
		if (policy_of_forest(&only, other->domains[i], NULL, 0) == one)
			return other->domains[i];
	return NULL;
}

static int
check_domains(struct policy_reader *r, size_t at)
{
	const struct policy *p = &r->top->forests[at];

	for (size_t i = 0; i < at; i++) {
		const struct policy *other = &r->top->forests[i];
		const char *name = in_both(other, p);

		if (!name)
			continue;
		r->depth = 0;
		policy_enter(r, "forests");
		policy_enter(r, p->forest);
		return err_usage(r->err, "%s:%u: forests: want each domain in "
		                 "one of them, have %s in %s and %s", r->path,
		                 policy_line(r, name), name, other->forest,
		                 p->forest);
	}
	return 0;
}

static int
check_server(struct policy_reader *r)
{
	struct server_conflict c;

	if (connect_server_agrees(r->top, &c)) {
		connect_server_share(r->top);
		return 0;
	}
	r->p = (struct policy *)c.other;
	return err_usage(r->err, "%s:%u: %s: want one for all forests under "
	                 "Connect, which share its server, have %s%s%s and %s "
	                 "for %s", r->path, line_of(r, "sync", c.key), c.key,
	                 c.texts[0], c.one->forest ? " for " : "",
	                 c.one->forest ? c.one->forest : "", c.texts[1],
	                 c.other->forest);
}

int
policy_check(struct policy_reader *r)
{
	int rc = check_scope(r) < 0 ? -1 : check_cloud_sync(r);

	for (size_t i = 0; i < r->top->forest_count && rc == 0; i++) {
		r->p = &r->top->forests[i];
		rc = check_domains(r, i);
		if (rc == 0)
			rc = check_scope(r);
		if (rc == 0)
			rc = check_cloud_sync(r);
	}
	if (rc == 0)
		rc = check_server(r);
	r->p = r->top;
	return rc;
}
