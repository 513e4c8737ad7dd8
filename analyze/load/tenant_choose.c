/* The one tenant that is judged. */
#include "analyze/load/present.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/warn.h"

/* A snapshot of a tenant, and what it says of which: NULL where it does not. */
struct tenant {
	const struct snapshot *from;
	const char *id, *initial;
	const char *other;               /* it says that it is another, too */
};

struct tenants {
	struct model *m;
	struct tenant *items;            /* the newest first */
	size_t count;
	const char *advice;              /* NULL: the policy chooses */
	struct err *err;
};

static bool
is_set(const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return false;
	v = record_value(r, (size_t)at, 0);
	return v.kind != VALUE_BYTES && ascii_casecmp(v.data, "true") == 0;
}

/* The same name may come twice, with domains and with the organization. */
static void
take_name(struct model *m, struct tenant *t, const char **to, const char *name)
{
	if (!*to)
		*to = utf8_folded(&m->arena, name);
	else if (!utf8_same_folded(*to, name))
		t->other = utf8_folded(&m->arena, name);
}

static void
take_domain(struct model *m, struct tenant *t, const struct record *r)
{
	const char *id = record_text(r, "id");

	if (id && is_set(r, "isInitial"))
		take_name(m, t, &t->initial, id);
}

static void
take_organization(struct model *m, struct tenant *t, const struct record *r)
{
	long at = record_find(r, "verifiedDomains");
	const char *id = record_text(r, "id");
	struct json *tree = NULL;
	struct json_error e;
	struct value v;

	if (id)
		take_name(m, t, &t->id, id);
	if (at >= 0 && record_values(r, (size_t)at)) {
		v = record_value(r, (size_t)at, 0);
		tree = json_parse(v.data, v.len, &e);
	}
	for (const struct json *d = json_first(tree); d; d = json_next(d)) {
		const char *name = json_string(json_get(d, "name"));

		if (name && json_is_true(json_get(d, "isInitial")))
			take_name(m, t, &t->initial, name);
	}
	json_free(tree);
}

static int
learn(struct tenants *all, struct tenant *t)
{
	static const struct {
		enum section section;
		void (*take)(struct model *m, struct tenant *t,
		             const struct record *r);
	} takers[] = {
		{ TENANT_ORGANIZATION, take_organization },
		{ TENANT_DOMAINS, take_domain },
	};

	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++) {
		struct record_scan r;
		int rc;

		if (record_scan_open(&r, t->from, takers[i].section,
		                     all->err) < 0)
			return -1;
		while ((rc = record_scan_next(&r, all->err)) > 0)
			takers[i].take(all->m, t, r.record);
		record_scan_close(&r);
		if (rc < 0)
			return -1;
	}
	if (t->other)
		return err_usage(all->err, "%s holds data of two tenants, %s "
		                 "and %s; import them one by one",
		                 snapshot_name(t->from), t->initial
		                 ? t->initial : t->id, t->other);
	return 0;
}

static bool
is_known(const struct tenant *t)
{
	return t->id || t->initial;
}

/* By the id where both have one, else by the initial domain. */
static bool
is_same(const struct tenant *a, const struct tenant *b)
{
	if (a->id && b->id)
		return strcmp(a->id, b->id) == 0;
	return a->initial && b->initial &&
	       ascii_casecmp(a->initial, b->initial) == 0;
}

/* What the policy says, as a tenant. */
static struct tenant
wanted(struct model *m)
{
	const struct policy *p = m->policy;

	return (struct tenant){
		.id = p->tenant_id ? utf8_folded(&m->arena, p->tenant_id)
		                   : NULL,
		.initial = p->initial_domain,
	};
}

/* Whether both say which they are, and that is not the same. */
static bool
is_other(const struct tenant *a, const struct tenant *b)
{
	return !is_same(a, b) && ((a->id && b->id) ||
	                          (a->initial && b->initial));
}

static const char *
name_of(const struct tenant *t)
{
	return t->initial ? t->initial : t->id;
}

/* Whether another tenant has the same initial domain: its id tells it then. */
static bool
shares_name(const struct tenants *all, const struct tenant *t)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct tenant *other = &all->items[i];

		if (t->id && t->initial && other->initial &&
		    !is_same(t, other) &&
		    ascii_casecmp(t->initial, other->initial) == 0)
			return true;
	}
	return false;
}

/* "contoso.onmicrosoft.com (tenant-a), fabrikam.onmicrosoft.com (tenant-b)" */
static void
add_one(struct buf *out, const struct tenants *all, const struct tenant *t)
{
	buf_addf(out, "%s%s", out->len ? ", " : "", name_of(t));
	if (shares_name(all, t))
		buf_addf(out, " with the id %s", t->id);
	buf_addf(out, " (%s)", snapshot_name(t->from));
}

static void
list(struct buf *out, const struct tenants *all)
{
	for (size_t i = 0; i < all->count; i++) {
		bool told = !is_known(&all->items[i]);

		for (size_t k = 0; k < i && !told; k++)
			told = is_same(&all->items[i], &all->items[k]);
		if (!told)
			add_one(out, all, &all->items[i]);
	}
}

/* The tenant that all known ones are; NULL, with SEVERAL set: there are two. */
static const struct tenant *
only_one(const struct tenants *all, bool *several)
{
	const struct tenant *one = NULL;

	*several = false;
	for (size_t i = 0; i < all->count; i++) {
		const struct tenant *t = &all->items[i];

		if (one && is_known(t) && !is_same(one, t))
			*several = true;
		if (!one && is_known(t))
			one = t;
	}
	return *several ? NULL : one;
}

static int
none_chosen(const struct tenants *all, const struct tenant *want)
{
	struct buf names = { 0 };
	int rc;

	list(&names, all);
	if (is_known(want))
		rc = err_usage(all->err, "%s: tenant: no snapshot is of %s: "
		               "there are %s", all->m->policy->name,
		               name_of(want), buf_text(&names));
	else
		rc = err_usage(all->err, "snapshots of several tenants: %s; "
		               "%s", buf_text(&names), all->advice
		               ? all->advice
		               : "say in --policy, \"tenant\", with \"id\" or "
		               "\"initialDomain\", which one is judged");
	buf_release(&names);
	return rc;
}

/* Two tenants cannot be told apart by a name that both have. */
static int
check_one(const struct tenants *all, const struct tenant *want,
          const struct tenant *chosen)
{
	struct buf names = { 0 };
	bool other = false;

	for (size_t i = 0; i < all->count; i++)
		other = other || (is_same(&all->items[i], want) &&
		                  !is_same(&all->items[i], chosen));
	if (!other)
		return 0;
	list(&names, all);
	err_usage(all->err, "%s: tenant: several are %s: %s; say the id of "
	          "one", all->m->policy->name, name_of(want),
	          buf_text(&names));
	buf_release(&names);
	return -1;
}

/* Which tenant is judged, in *OUT: NULL, where none says which it is. */
static int
choose(const struct tenants *all, const struct tenant *want,
       const struct tenant **out)
{
	bool several;

	*out = only_one(all, &several);
	if (!several && *out && is_other(*out, want))
		return none_chosen(all, want);
	if (!several)
		return 0;
	for (size_t i = 0; i < all->count && !*out; i++)
		if (is_same(&all->items[i], want))
			*out = &all->items[i];
	return *out ? check_one(all, want, *out) : none_chosen(all, want);
}

/* Whether it is of the one that was chosen; who does not say, if all are. */
static bool
is_chosen(const struct tenant *t, const struct tenant *chosen, bool several)
{
	if (!chosen || (!several && !is_known(t)))
		return true;
	return t == chosen || is_same(t, chosen);
}

static int
of_one_time(const struct tenants *all, const struct snapshot *other)
{
	return err_usage(all->err, "%s and %s were collected at the same time, "
	                 "so neither is the present; import one again with "
	                 "--collected", snapshot_path(all->m->tenant),
	                 snapshot_path(other));
}

/* The newest is the present, though it may be of any tenant. */
static void
tell_nameless(const struct tenants *all)
{
	if (all->count < 2 || is_known(&all->items[0]) ||
	    all->m->tenant != all->items[0].from)
		return;
	warn("%s does not say which tenant it is of, as it lacks domains and "
	     "organization: it is judged, being newer, and %s is not, as if "
	     "both were of one tenant", snapshot_name(all->items[0].from),
	     snapshot_name(all->items[1].from));
}

/* The initial domain may be told because it was not collected; not the id. */
static void
tell_unchecked(const struct tenants *all, const struct tenant *chosen,
               const struct tenant *want)
{
	static const struct tenant nothing;
	const struct tenant *is = chosen ? chosen : &nothing;
	const struct model *m = all->m;

	if (m->tenant && want->id && !is_same(is, want))
		warn("%s: tenant.id: whether %s is of that tenant was not "
		     "checked: it lacks the organization", m->policy->name,
		     snapshot_name(is->from ? is->from : m->tenant));
}

static int
keep(struct tenants *all, const struct tenant *chosen)
{
	struct model *m = all->m;
	bool several;

	only_one(all, &several);
	m->other_tenants = xcalloc(all->count + 1, sizeof(*m->other_tenants));
	m->past.tenants = xcalloc(all->count + 1, sizeof(*m->past.tenants));
	for (size_t i = 0; i < all->count; i++) {
		const struct tenant *t = &all->items[i];

		if (!is_chosen(t, chosen, several)) {
			if (!is_known(t))
				warn("%s does not say which tenant it is of, "
				     "and is not judged: it lacks domains and "
				     "organization", snapshot_name(t->from));
			m->other_tenants[m->other_tenant_count++] = t->from;
			continue;
		}
		if (m->tenant && snapshot_collected(m->tenant) ==
		    snapshot_collected(t->from))
			return of_one_time(all, t->from);
		if (m->tenant)
			m->past.tenants[m->past.tenant_count++] = t->from;
		else
			m->tenant = t->from;
	}
	m->tenant_id = chosen ? chosen->id : NULL;
	return 0;
}

int
tenant_choose(struct model *m, struct snapshot *const *all, size_t count,
              const char *advice, struct err *err)
{
	struct tenants t = {
		.m = m, .err = err, .advice = advice,
		.items = xcalloc(count + 1, sizeof(*t.items)),
	};
	const struct snapshot **sorted = xcalloc(count + 1, sizeof(*sorted));
	const struct tenant *chosen = NULL;
	struct tenant want = wanted(m);
	int rc = 0;

	for (size_t i = 0; i < count; i++)
		if (snapshot_has_side(all[i], SIDE_TENANT))
			sorted[t.count++] = all[i];
	if (t.count)
		qsort(sorted, t.count, sizeof(*sorted), present_by_age);
	for (size_t i = 0; i < t.count && rc == 0; i++) {
		t.items[i].from = sorted[i];
		rc = learn(&t, &t.items[i]);
	}
	if (rc == 0)
		rc = choose(&t, &want, &chosen);
	if (rc == 0)
		rc = keep(&t, chosen);
	if (rc == 0) {
		tell_nameless(&t);
		tell_unchecked(&t, chosen, &want);
	}
	free(t.items);
	free(sorted);
	return rc;
}
