/* Forests: by what snapshots say, else by the policy, else by names. */
#include "analyze/load/forests.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"

struct naming {
	struct model *m;
	const struct forest_claim *told;
	const char **names;              /* of each domain's forest */
	struct err *err;
};

/*
 * The forest of which the policy says that the domain is one, or NULL; one that
 * is called so has it.
 */
static const char *
by_policy(const struct policy *p, const char *domain)
{
	for (size_t i = 0; i < p->forest_count; i++) {
		const struct policy *f = &p->forests[i];

		if (utf8_same_folded(f->forest, domain))
			return f->forest;
		for (size_t k = 0; k < f->domain_count; k++)
			if (utf8_same_folded(f->domains[k], domain))
				return f->forest;
	}
	return NULL;
}

/*
 * The domain whose name it lies below: the nearest one. A former name may be
 * that of a domain which by now is called as one below it.
 */
static const struct domain *
parent_of(const struct domains *ds, const char *name)
{
	for (const char *dot = strchr(name, '.'); dot;
	     dot = strchr(dot + 1, '.')) {
		const struct domain *d = domains_find(ds, dot + 1);

		if (d && strlen(d->name) < strlen(name))
			return d;
	}
	return NULL;
}

/* Those above it have shorter names, so this ends. */
static const char *
forest_of(struct naming *n, const struct domain *d)
{
	const char *said = by_policy(n->m->policy, d->name);
	const struct domain *parent;

	if (n->told[d->index].name)
		return n->told[d->index].name;
	if (said)
		return utf8_folded(&n->m->arena, said);
	parent = parent_of(&n->m->domains, d->name);
	return parent ? forest_of(n, parent) : d->name;
}

static int
check_policy(const struct naming *n, const struct domain *d)
{
	const struct forest_claim *told = &n->told[d->index];
	const char *said = by_policy(n->m->policy, d->name);

	if (!said || !told->name || utf8_same_folded(said, told->name))
		return 0;
	if (!n->m->policy->name)
		return err_usage(n->err, "%s: its connector of %s names the "
		                 "domain %s, which is of the forest %s, as %s "
		                 "says", n->m->policy->scope_name, said,
		                 d->name, told->name,
		                 snapshot_name(told->from));
	return err_usage(n->err, "%s: forests.%s: %s is of the forest %s, as "
	                 "%s says", n->m->policy->name, said, d->name,
	                 told->name, snapshot_name(told->from));
}

/* What the policy says of the forest and its domains. */
static const struct policy *
policy_for(const struct naming *n, const struct policy *p, const char *forest)
{
	const struct domains *ds = &n->m->domains;
	const char **names = xcalloc(ds->count + 1, sizeof(*names));
	const struct policy *found;
	size_t count = 0;

	for (size_t i = 0; i < ds->count; i++)
		if (ascii_casecmp(n->names[i], forest) == 0)
			names[count++] = ds->items[i].name;
	found = policy_of_forest(p, forest, names, count);
	free(names);
	return found;
}

/* Whose domain is not known, may be of any connector. */
static struct scope *
new_scope(const struct policy *p, const char *forest)
{
	if (p && (*forest || !p->by_connectors))
		return scope_new(p);
	return scope_fixed(scope_not_known,
	                   "which connector names it is not known");
}

static struct forest
make(const struct naming *n, const struct policy *past, const char *name)
{
	const struct policy *p = policy_for(n, n->m->policy, name);
	const struct policy *then = past ? policy_for(n, past, name) : NULL;

	return (struct forest){
		.name = utf8_folded(&n->m->arena, name),
		.policy = p ? p : n->m->policy,
		.scope = new_scope(p, name),
		.past = past ? new_scope(then, name) : NULL,
	};
}

static int
by_text(const void *a, const void *b)
{
	return ascii_casecmp(*(const char *const *)a,
	                     *(const char *const *)b);
}

/* One forest for each name. */
static void
keep(struct naming *n, const struct policy *past)
{
	struct domains *ds = &n->m->domains;
	const char **sorted = xcalloc(ds->count + 1, sizeof(*sorted));

	memcpy(sorted, n->names, ds->count * sizeof(*sorted));
	if (ds->count)
		qsort(sorted, ds->count, sizeof(*sorted), by_text);
	ds->forests = arena_alloc(&n->m->arena, ds->count *
	                          sizeof(*ds->forests) + 1);
	for (size_t i = 0; i < ds->count; i++)
		if (i == 0 || ascii_casecmp(sorted[i - 1], sorted[i]) != 0)
			ds->forests[ds->forest_count++] = make(n, past,
			                                       sorted[i]);
	for (size_t i = 0; i < ds->count; i++)
		for (size_t k = 0; k < ds->forest_count; k++)
			if (ascii_casecmp(ds->forests[k].name,
			                  n->names[i]) == 0)
				ds->items[i].forest = &ds->forests[k];
	free(sorted);
}

/* What lies in no domain that is known may be anywhere. */
static struct scope *
rest_scope(const struct policy *p)
{
	return p->has_scope && p->group_count
		? scope_fixed(scope_not_known, "of no domain that is known")
		: scope_new(p);
}

/* By connectors, a domain that none names is not synchronized. */
static void
find_unconnected(struct model *m)
{
	struct domains *ds = &m->domains;

	for (size_t i = 0; m->policy->by_connectors && i < ds->count; i++) {
		struct domain *d = &ds->items[i];
		const struct policy *p = d->forest->policy;

		d->unconnected = *d->name && (p == m->policy ||
		                 !policy_names_domain(p, d->name));
	}
	ds->unconnected = scope_fixed((struct scope_verdict){
		SCOPE_EXCLUDED, SCOPE_BY_CONNECTOR, "no connector"
	}, "no connector");
}

static bool
any_lies_in(const char *const *dns, size_t n, const struct domain *d)
{
	for (size_t i = 0; i < n; i++)
		if (dn_is_in_domain(dns[i], d->name))
			return true;
	return false;
}

/* Whether filter groups are of other forests alone: they have no one of it. */
static bool
has_no_group(const struct domains *ds, const struct domain *d)
{
	const struct policy *p = d->forest->policy;
	bool elsewhere = false;

	for (size_t i = 0; i < ds->count; i++) {
		if (!any_lies_in(p->groups, p->group_count, &ds->items[i]))
			continue;
		if (ds->items[i].forest == d->forest)
			return false;
		elsewhere = true;
	}
	return elsewhere;
}

/* Whether the lists of the policy name something, and nothing of the domain. */
static bool
is_unlisted(const struct domain *d)
{
	const struct policy *p = d->forest->policy;

	return p->include_count &&
	       !any_lies_in(p->include, p->include_count, d) &&
	       !any_lies_in(p->exclude, p->exclude_count, d) &&
	       domain_place(d).state != SCOPE_IN;
}

static void
find_unnamed(struct domains *ds)
{
	for (size_t i = 0; i < ds->count; i++) {
		struct domain *d = &ds->items[i];

		d->unnamed = *d->name && !d->unconnected &&
		             (is_unlisted(d) || has_no_group(ds, d));
	}
}

/* Whether the DN lies in none of the entry's domains, as far as is known. */
static bool
lies_elsewhere(const struct model *m, const struct policy *entry,
               const char *dn)
{
	struct buf name = { 0 };
	const struct domain *d;

	if (policy_holds(entry, dn))
		return false;
	dn_domain(&name, dn);
	d = domains_find(&m->domains, buf_text(&name));
	buf_release(&name);
	return !d || d->forest->policy != entry;
}

static int
check_list(const struct naming *n, const struct policy *entry,
           const char *const *dns, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (lies_elsewhere(n->m, entry, dns[i]))
			return err_usage(n->err, "%s:%u: forests.%s: want what "
			                 "lies in its domains, have %s",
			                 n->m->policy->name,
			                 policy_place_line(n->m->policy, entry,
			                                   dns[i]),
			                 entry->forest, dns[i]);
	return 0;
}

/* An entry that names no domains has those of which snapshots say so. */
static int
check_places(const struct naming *n)
{
	const struct policy *p = n->m->policy;

	for (size_t i = 0; i < p->forest_count; i++) {
		const struct policy *f = &p->forests[i];

		/* What it has of the whole policy may be of all forests. */
		if (f->by_connectors || f->domain_count ||
		    (f->include == p->include && f->exclude == p->exclude &&
		     f->groups == p->groups))
			continue;
		if (check_list(n, f, f->include, f->include_count) < 0 ||
		    check_list(n, f, f->exclude, f->exclude_count) < 0 ||
		    check_list(n, f, f->groups, f->group_count) < 0)
			return -1;
	}
	return 0;
}

int
load_forests(struct model *m, const struct forest_claim *told,
             const struct policy *past, struct err *err)
{
	struct domains *ds = &m->domains;
	struct naming n = {
		.m = m, .told = told, .err = err,
		.names = xcalloc(ds->count + 1, sizeof(*n.names)),
	};
	int rc = 0;

	for (size_t i = 0; i < ds->count && rc == 0; i++) {
		n.names[i] = forest_of(&n, &ds->items[i]);
		rc = check_policy(&n, &ds->items[i]);
	}
	if (rc == 0) {
		keep(&n, past);
		find_unconnected(m);
		find_unnamed(ds);
		rc = check_places(&n);
	}
	ds->rest = (struct forest){
		.name = "", .policy = m->policy,
		.scope = rest_scope(m->policy),
		.past = past ? rest_scope(past) : NULL,
	};
	free(n.names);
	return rc;
}
