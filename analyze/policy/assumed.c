/* What is assumed where the policy is silent, in sentences. */
#include "analyze/policy/policy.h"

static bool
no_scope(const struct policy *p)
{
	for (size_t i = 0; i < p->forest_count; i++)
		if (p->forests[i].has_scope)
			return false;
	return !p->has_scope;
}

static bool
no_engine(const struct policy *p)
{
	return p->engine == ENGINE_UNKNOWN;
}

static bool
no_anchor(const struct policy *p)
{
	return p->anchor == ANCHOR_UNSAID && p->engine != ENGINE_CLOUD_SYNC;
}

static bool
no_sign_in(const struct policy *p)
{
	return !p->has_sign_in;
}

static bool
no_licensing(const struct policy *p)
{
	return p->licensing == LICENSING_UNSAID;
}

static const struct {
	bool (*unsaid)(const struct policy *p);
	const char *text;
	const char *with_tenant;     /* NULL: the same */
} rows[] = {
	{ no_scope, "every object is in the sync scope (policy: scope)", NULL },
	{ no_engine, "the sync engine is Entra Connect with its default rules, "
	  "of an unknown build (policy: sync.engine)", NULL },
	{ no_anchor, "the source anchor is mS-DS-ConsistencyGuid of objects "
	  "that have one, else objectGUID (policy: sync.anchor)", NULL },
	{ no_sign_in, "people sign in by their userPrincipalName (policy: "
	  "sync.signInName)", NULL },
	{ no_licensing, "everyone gets a license for Exchange Online (policy: "
	  "licensing.exchangeOnline)",
	  "users with a license for Exchange Online keep it, and users who are "
	  "not yet in the tenant get one (policy: licensing.exchangeOnline)" },
};

/* Whether the policy is silent, or one of its forests is. */
static bool
is_unsaid(const struct policy *p, bool (*unsaid)(const struct policy *p))
{
	bool any = !p->forest_count;

	for (size_t i = 0; i < p->forest_count && !any; i++)
		any = unsaid(&p->forests[i]);
	return any && unsaid(p);
}

size_t
policy_assumed(const struct policy *p, enum tristate tenant, struct arena *a,
               const char *const **out)
{
	size_t rows_count = sizeof(rows) / sizeof(rows[0]), n = 0;
	const char **list = arena_alloc(a, rows_count * sizeof(*list));

	for (size_t i = 0; i < rows_count; i++)
		if (is_unsaid(p, rows[i].unsaid))
			list[n++] = tenant == YES && rows[i].with_tenant
				? rows[i].with_tenant : rows[i].text;
	*out = list;
	return n;
}
