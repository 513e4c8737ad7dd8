/* Running the rules on the tenant as a whole. */
#include "analyze/rules/rules.h"

#include <stdlib.h>

#include "analyze/model/model.h"
#include "analyze/rules/assess.h"
#include "analyze/rules/running.h"

size_t
check_used_domains(struct check *c, const struct used_domain **out)
{
	domain_tally_sort(&c->count->domains);
	*out = c->count->domains.items;
	return c->count->domains.count;
}

void
check_count_object(struct check *c, const struct object *o)
{
	/* Who is read again is counted then. */
	if (c->screening)
		c->reported++;
	else
		object_tally_add(&c->count->counted, o);
}

const struct tombstone *
check_predecessor(const struct check *c, const struct object *o)
{
	return c->screening ? NULL : tombstones_before(c->plan->m, o);
}

bool
check_is_controller(const struct check *c, const struct domain *d,
                    const char *name, size_t len)
{
	return !c->screening && controllers_have(c->plan->m, d, name, len);
}

size_t
check_counted(struct check *c, const struct counted_objects **out)
{
	object_tally_sort(&c->count->counted);
	*out = c->count->counted.items;
	return c->count->counted.count;
}

uint64_t
check_acted(const struct check *c, enum action a)
{
	return findings_acted(c->writer, a);
}

size_t
check_deletions(struct check *c, const struct deletion_run **out)
{
	size_t n;
	struct deletion_run *runs = deletion_runs(c->plan->m, &c->scratch, &n);

	findings_count_deletions(c->writer, runs, n);
	*out = runs;
	return n;
}

bool
check_account(struct check *c, enum section s, uint32_t row, struct object *o)
{
	if (fetch_object(c->fetch, s, row, &c->scratch, o, c->err) == 0)
		return true;
	c->failed = true;
	return false;
}

/* What servers and settings show they show, whatever objects were read. */
static bool
looks_anyway(const struct rule *rule, const struct assessment *is)
{
	return rule->check && rule->moot && !is->inapplicable;
}

/* Whether rule I is on the tenant, and can look at it. */
static bool
is_to_run(const struct rule_plan *d, size_t i)
{
	if (!d->of.rules[i]->check_tenant || !rule_plan_has(d, i))
		return false;
	for (size_t k = 0; k < d->part_count; k++)
		if (d->parts[k].is[i].objects || looks_anyway(
			d->of.rules[i], &d->parts[k].is[i]))
			return true;
	return false;
}

int
check_the_tenant(const struct rule_plan *d, struct findings_writer *w,
                 struct rule_count *counts, struct err *err)
{
	struct findings_batch batch = {
		.baseline = findings_baseline(w),
	};
	struct check c = {
		.plan = d, .batch = &batch, .writer = w, .err = err,
		.fetch = fetch_new(d->m),
	};

	for (size_t i = 0; i < d->of.count && !c.failed; i++) {
		if (!is_to_run(d, i))
			continue;
		c.rule = i;
		c.count = &counts[i];
		c.reported = 0;
		d->of.rules[i]->check_tenant(&c);
		check_whole_end(&c);
		arena_clear(&c.scratch);
	}
	findings_add(w, &batch);
	findings_batch_release(&batch);
	fetch_free(c.fetch);
	suffix_memory_free(c.suffixes);
	free(c.wholes.items);
	arena_release(&c.scratch);
	return c.failed ? -1 : 0;
}
