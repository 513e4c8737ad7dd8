/* Deletions that count together: whose, and how many stop an export. */
#include "analyze/model/model.h"

#include "analyze/policy/policy.h"

static bool
is_cloud(const struct domain *d)
{
	return d->forest->policy->engine == ENGINE_CLOUD_SYNC;
}

/* Who says what stops the server. */
static const enum threshold_from from_words[] = {
	[LIMIT_ASSUMED] = THRESHOLD_ASSUMED, [LIMIT_POLICY] = THRESHOLD_POLICY,
	[LIMIT_TENANT] = THRESHOLD_TENANT,
};

/* What the policy says, or else OTHERWISE. */
static void
set_threshold(struct deletion_run *r, const struct policy *p,
              struct deletion_limit otherwise)
{
	long said = p->deletion_threshold;

	if (said)
		otherwise = (struct deletion_limit){
			.from = LIMIT_POLICY,
			.count = said == DELETION_THRESHOLD_OFF ? 0 : said
		};
	r->threshold = (uint64_t)otherwise.count;
	r->percent = (uint64_t)otherwise.percent;
	r->from = from_words[otherwise.from];
}

/* All domains that the server under Connect reads. */
static struct deletion_run
server_run(const struct model *m, struct arena *a)
{
	const struct domains *ds = &m->domains;
	const char **names = arena_alloc(a, ds->count * sizeof(*names) + 1);
	struct deletion_run r = {
		.domains = names, .is_rest = true,
	};

	set_threshold(&r, m->policy, m->deletions);
	for (size_t i = 0; i < ds->count; i++) {
		const struct domain *of = &ds->items[i];

		if (is_cloud(of) || of->unconnected)
			continue;
		set_threshold(&r, of->forest->policy, m->deletions);
		if (*of->name)
			names[r.domain_count++] = arena_strdup(a, of->name);
	}
	return r;
}

static struct deletion_run
domain_run(const struct domain *of, struct arena *a)
{
	const char **name = arena_alloc(a, sizeof(*name));

	struct deletion_run r = {
		.by = DELETIONS_BY_DOMAIN, .domains = name,
		.domain_count = *of->name ? 1 : 0, .is_rest = !*of->name,
	};

	*name = arena_strdup(a, of->name);
	set_threshold(&r, of->forest->policy, (struct deletion_limit){
		.from = LIMIT_ASSUMED, .count = CLOUD_SYNC_DELETIONS
	});
	return r;
}

struct deletion_run *
deletion_runs(const struct model *m, struct arena *a, size_t *count)
{
	const struct domains *ds = &m->domains;
	struct deletion_run *out = arena_alloc(a, (ds->count + 1) *
	                                       sizeof(*out));
	size_t n = 0;

	out[n] = server_run(m, a);
	if (out[n].domain_count || ds->rest.policy->engine !=
	    ENGINE_CLOUD_SYNC)
		n++;
	for (size_t i = 0; i < ds->count; i++)
		if (is_cloud(&ds->items[i]) && !ds->items[i].unconnected)
			out[n++] = domain_run(&ds->items[i], a);
	/* Where there is but one, everything is of that. */
	if (n == 1)
		out[0].is_rest = true;
	*count = n;
	return out;
}
