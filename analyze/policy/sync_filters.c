/*
 * Rules that set cloudFiltered, as filters. A company may filter what it marks
 * (True), or all but what it marks (one rule False, a later one True for all):
 * "Microsoft Entra Connect Sync: Configure filtering", negative and positive
 * filtering. Filters only take away, so what an earlier rule lets through
 * becomes a condition of the later one: that its scope does not hold.
 */
#include "analyze/policy/sync_filters.h"

#include <string.h>

#include "analyze/policy/sync_export.h"
#include "base/mem.h"

enum { CONDITIONS_MAX = 32, FILTERS_MAX = 64 };

/* A filter being made. */
struct draft {
	const struct sync_connector *of;     /* NULL: for all of them */
	struct filter_set *set;
	struct arena *arena;
	const struct sync_rule *rule;
	struct filter_condition where[CONDITIONS_MAX];
	size_t made;
	const char *fault;       /* why it cannot be, or NULL */
};

static int
add(const struct draft *d, struct filter_condition *where, size_t count)
{
	const struct sync_rule *r = d->rule;

	return r->effect == FILTER_NO_FLOW
		? filter_set_add_no_flow(d->set, d->arena, r->kind, where,
		                         count, r->name)
		: filter_set_add(d->set, d->arena, r->kind, where, count);
}

static void
emit(struct draft *d, size_t count)
{
	size_t size = count * sizeof(*d->where);
	struct filter_condition *where = arena_alloc(d->arena, size);

	if (++d->made > FILTERS_MAX) {
		d->fault = "its scope has too many cases";
		return;
	}
	if (count)
		memcpy(where, d->where, size);
	if (add(d, where, count) < 0)
		d->fault = "the filters name more than 16 attributes";
}

static bool
is_for(const struct sync_rule *r, const struct sync_connector *of)
{
	return !r->of || !of || r->of == of;
}

/* Whether R says the same attribute of the same objects. */
static bool
is_beside(const struct draft *d, const struct sync_rule *r)
{
	return r->kind == d->rule->kind && r->effect == d->rule->effect &&
	       is_for(r, d->of);
}

/* The next rule after R that lets through what the draft would filter. */
static const struct sync_rule *
next_exception(const struct draft *d, const struct sync_rule *r)
{
	while (r != d->rule && (r->filtered || !is_beside(d, r)))
		r = r->next;
	return r == d->rule ? NULL : r;
}

static void except(struct draft *d, size_t count, const struct sync_rule *r,
                   const struct sync_clause *c);

/* The rest of the draft are the exceptions that R and those behind it make. */
static void
finish(struct draft *d, size_t count, const struct sync_rule *r)
{
	r = next_exception(d, r);
	if (!r)
		emit(d, count);
	else if (r->unclear)
		d->fault = "an earlier rule is not understood";
	else if (r->clauses)
		except(d, count, r, r->clauses);
	/* Else R lets all through, and there is nothing to filter. */
}

/*
 * No clause from C on, of the rule R and those behind it, may hold: of each
 * clause one condition does not. Every choice of them makes a filter.
 */
static void
except(struct draft *d, size_t count, const struct sync_rule *r,
       const struct sync_clause *c)
{
	if (!c) {
		finish(d, count, r->next);
		return;
	}
	for (size_t i = 0; i < c->count && !d->fault; i++) {
		struct filter_condition *to = &d->where[count];

		if (count == CONDITIONS_MAX) {
			d->fault = "its scope has too many conditions";
			return;
		}
		*to = c->where[i];
		if (filter_operator_negate(&to->operator, to->operator) < 0)
			d->fault = "an exception compares numbers";
		else
			except(d, count + 1, r, c->next);
	}
}

static void
add_clause(struct draft *d, const struct sync_rule *all,
           const struct filter_condition *where, size_t count)
{
	if (count > CONDITIONS_MAX) {
		d->fault = "its scope has too many conditions";
		return;
	}
	if (count)
		memcpy(d->where, where, count * sizeof(*where));
	finish(d, count, all);
}

/* What R filters, of the objects of a connector. */
static void
add_rule(struct draft d, const struct sync_rule *r, struct sync_export *x)
{
	d.rule = r;
	if (!r->clauses)
		add_clause(&d, x->rules, NULL, 0);
	for (const struct sync_clause *c = r->clauses; c && !d.fault;
	     c = c->next)
		add_clause(&d, x->rules, c->where, c->count);
	if (d.fault)
		sync_export_strange(x, "custom rule \"%s\" (%s)", r->name,
		                    d.fault);
	if (r->effect == FILTER_NO_FLOW && !x->joins_no_flow)
		sync_export_strange(x, "custom rule \"%s\" (it sets "
		                    "cloudNoFlow, but no rule of link type "
		                    "JoinNoFlow reads it)", r->name);
}

/* What does not flow stays joined, whatever else filters it: it is first. */
void
sync_filters_add(struct filter_set *set, struct sync_export *x,
                 const struct sync_connector *of)
{
	static const enum filter_effect order[] = {
		FILTER_NO_FLOW, FILTER_OUT
	};
	const struct draft d = { .set = set, .arena = x->arena, .of = of };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (const struct sync_rule *r = x->rules; r; r = r->next)
			if (r->effect == order[i] && r->filtered &&
			    is_for(r, of))
				add_rule(d, r, x);
}
