/* The inputs of an analysis, for its manifest. */
#include "analyze/describe.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/describe_sync.h"
#include "analyze/policy/policy.h"

struct described {
	const struct model *m;
	struct snapshot *const *snapshots;
	size_t count;
	struct arena *arena;
	struct findings *f;
};

static const char *
sides_text(const struct snapshot *s)
{
	bool ad = snapshot_has_side(s, SIDE_AD);
	bool tenant = snapshot_has_side(s, SIDE_TENANT);

	return ad && tenant ? "ad, tenant" : ad ? "ad" :
	       tenant ? "tenant" : "";
}

static int
by_time(const void *a, const void *b)
{
	const struct judged_snapshot *x = a, *y = b;

	if (x->collected != y->collected)
		return x->collected < y->collected ? 1 : -1;
	return strcmp(x->name, y->name);
}

static bool
is_among(const struct snapshot *const *list, size_t n, const struct snapshot *s)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == s)
			return true;
	return false;
}

/* Who is the present of anything is that. */
static const char *
role_of(const struct model *m, const struct snapshot *s)
{
	if (s == m->tenant || is_among(m->ad, m->ad_count, s))
		return "present";
	return is_among(m->other_tenants, m->other_tenant_count, s)
		? "other-tenant" : "history";
}

/* The names of its domains that are known. */
static void
list_names(const struct snapshot *s, struct arena *a,
           struct judged_snapshot *to)
{
	size_t n = snapshot_has_side(s, SIDE_AD) ? snapshot_domain_count(s) : 0;
	const char **names = arena_alloc(a, n * sizeof(*names) + 1);

	to->domains = names;
	for (size_t i = 0; i < n; i++)
		if (snapshot_domain_is_held(s, i) &&
		    *snapshot_domain_at(s, i)->name)
			names[to->domain_count++] = arena_strdup(
				a, snapshot_domain_at(s, i)->name);
}

/* The snapshots as the manifest lists them: newest first. */
static void
list_snapshots(struct described *d)
{
	struct judged_snapshot *out = arena_alloc(d->arena,
	                                          d->count * sizeof(*out));

	for (size_t i = 0; i < d->count; i++) {
		const struct snapshot *s = d->snapshots[i];

		out[i] = (struct judged_snapshot){
			.name = snapshot_name(s), .digest = snapshot_digest(s),
			.collected = snapshot_collected(s),
			.role = role_of(d->m, s), .sides = sides_text(s),
		};
		list_names(s, d->arena, &out[i]);
	}
	qsort(out, d->count, sizeof(*out), by_time);
	d->f->snapshots = out;
	d->f->snapshot_count = d->count;
}

static struct judged_section
judged_section(enum section sec, const struct snapshot *s)
{
	return (struct judged_section){
		.snapshot = s ? snapshot_name(s) : "",
		.section = section_name(sec), .title = section_title(sec),
		.state = section_state_name(s ? snapshot_state(s, sec)
		                            : SECTION_NOT_ASKED),
		.reason = s ? snapshot_reason(s, sec) : NULL,
		.objects = s ? snapshot_objects(s, sec) : 0,
	};
}

/* Of each snapshot of the present; one that has nothing of a side says so. */
static void
list_sections(struct described *d)
{
	const struct model *m = d->m;
	size_t room = SECTION_COUNT * (m->ad_count + 1);
	struct judged_section *out = arena_alloc(d->arena,
	                                         room * sizeof(*out));
	struct findings *f = d->f;

	f->sections = out;
	for (int i = 0; i < SECTION_COUNT; i++) {
		enum section sec = (enum section)i;
		bool is_ad = section_side(sec) == SIDE_AD;
		size_t n = is_ad ? m->ad_count : m->tenant ? 1 : 0;

		for (size_t k = 0; k < n; k++)
			out[f->section_count++] = judged_section(
				sec, is_ad ? m->ad[k] : m->tenant);
		if (!n)
			out[f->section_count++] = judged_section(sec, NULL);
	}
}

static void
describe_tenant(struct described *d)
{
	struct judged_tenant *t = arena_alloc(d->arena, sizeof(*t));
	const struct model *m = d->m;

	if (!m->tenant)
		return;
	*t = (struct judged_tenant){
		.id = m->tenant_id ? arena_strdup(d->arena, m->tenant_id)
		                   : NULL,
		.initial_domain = m->initial_domain
			? arena_strdup(d->arena, m->initial_domain) : NULL,
		.snapshot = snapshot_name(m->tenant),
	};
	d->f->tenant = t;
}

static struct judged_domain
judged_domain(struct described *d, const struct domain *of)
{
	return (struct judged_domain){
		.name = *of->name ? arena_strdup(d->arena, of->name) : NULL,
		.sid = of->sid ? arena_strdup(d->arena, of->sid) : NULL,
		.snapshot = of->present ? snapshot_name(of->present) : NULL,
		.collected = of->present ? snapshot_collected(of->present)
		                         : WHEN_NONE,
		.history = of->history,
	};
}

static struct judged_forest
judged_forest(struct described *d, const struct forest *forest)
{
	const struct domains *ds = &d->m->domains;
	struct judged_domain *list = arena_alloc(d->arena,
	                                         ds->count * sizeof(*list) + 1);
	struct judged_forest out = {
		.name = arena_strdup(d->arena, forest->name),
		.engine = engine_text(forest->policy, d->arena),
		.scope = arena_strdup(d->arena, scope_text(forest->scope)),
		.scopeless = !forest->policy->has_scope,
		.domains = list,
	};

	for (size_t i = 0; i < ds->count; i++)
		if (ds->items[i].forest == forest)
			list[out.domain_count++] =
				judged_domain(d, &ds->items[i]);
	return out;
}

/* What the policy says of all forests, or that each has its own. */
static void
describe_policy(struct described *d)
{
	const struct domains *ds = &d->m->domains;
	const struct forest *f = ds->forest_count ? &ds->forests[0]
	                                          : &ds->rest;

	d->f->scope_text = arena_strdup(d->arena, scope_text(f->scope));
	d->f->engine_text = engine_text(f->policy, d->arena);
	for (size_t i = 0; i < ds->forest_count; i++) {
		if (ds->forests[i].policy == f->policy)
			continue;
		d->f->scope_text = "each forest has its own";
		d->f->engine_text = "each forest has its own";
	}
}

/* Objects that say no domain may have been known by others in the end. */
static bool
has_objects(const struct domains *ds, const struct forest *forest)
{
	for (size_t i = 0; i < ds->count; i++)
		if (ds->items[i].forest == forest && ds->items[i].objects)
			return true;
	return ds->count == 1;
}

static void
list_forests(struct described *d)
{
	const struct domains *ds = &d->m->domains;
	struct judged_forest *out = arena_alloc(d->arena, ds->forest_count *
	                                        sizeof(*out) + 1);

	for (size_t i = 0; i < ds->forest_count; i++)
		if (*ds->forests[i].name || has_objects(ds, &ds->forests[i]))
			out[d->f->forest_count++] =
				judged_forest(d, &ds->forests[i]);
	d->f->forests = out;
}

void
describe_inputs(const struct model *m, struct snapshot *const *snapshots,
                size_t count, struct arena *a, struct findings *f)
{
	struct described d = {
		.m = m, .snapshots = snapshots, .count = count, .arena = a,
		.f = f,
	};

	list_snapshots(&d);
	list_sections(&d);
	describe_tenant(&d);
	describe_policy(&d);
	list_forests(&d);
	f->deletion_runs = deletion_runs(m, a, &f->deletion_run_count);
	describe_sync(m, a, f);
}
