/* The rules that run over a model, and what each can judge there. */
#include "analyze/rules/rules.h"

#include <stdlib.h>

#include "analyze/rules/assess.h"
#include "base/mem.h"

/* The numbers of the rules that judge such objects, in order. */
static void
sort_out(struct docket *d, enum side side, enum kind kind)
{
	unsigned short *list = arena_alloc(&d->arena,
	                                   d->of.count * sizeof(*list));
	enum section s = section_of(side, kind);
	size_t n = 0;

	for (size_t i = 0; i < d->of.count && s != SECTION_COUNT; i++)
		if (d->of.rules[i]->side == side &&
		    (d->of.rules[i]->kinds & KIND_BIT(kind)) &&
		    section_set_has(&d->is[i].sections, s))
			list[n++] = (unsigned short)i;
	d->for_kind[side][kind] = list;
	d->for_count[side][kind] = n;
}

void
docket_open(struct docket *d, const struct rule_choice *of,
            const struct model *m)
{
	*d = (struct docket){ .m = m, .of = *of };
	d->is = xcalloc(of->count, sizeof(*d->is));
	for (size_t i = 0; i < of->count; i++) {
		if (!docket_has(d, i))
			continue;
		assess(m, of->rules[i], &d->arena, &d->is[i]);
		if (!section_set_is_empty(&d->is[i].sections))
			d->needs |= of->rules[i]->needs;
	}
	/*
	 * Without a choice of rules the forecast is written. Who comes first
	 * of sharers hangs on it, and who loses a value may fall back on one
	 * that only AD gives it: neither is as it is without the other.
	 */
	if (!of->chosen || (d->needs & (NEED_FORECAST | NEED_SHARERS)))
		d->needs |= NEED_FORECAST | NEED_SHARERS;
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		sort_out(d, SIDE_AD, (enum kind)kind);
		sort_out(d, SIDE_TENANT, (enum kind)kind);
	}
}

void
docket_close(struct docket *d)
{
	arena_release(&d->arena);
	free(d->is);
}

bool
docket_has(const struct docket *d, size_t rule)
{
	return !d->of.chosen || d->of.chosen[rule];
}

struct rule_result
docket_result(const struct docket *d, size_t i,
              const struct rule_count *count)
{
	const struct rule *rule = d->of.rules[i];
	struct rule_result r = {
		.id = rule->id, .severity = rule->severity,
		.title = rule->title, .why = rule->why, .fix = rule->fix,
		.source = rule->source, .reason = d->is[i].reason,
		.findings = count->findings, .objects = count->objects,
		.outcome = assess_outcome(&d->is[i], count->findings),
	};

	if (r.outcome == OUTCOME_NOT_APPLICABLE)
		r.reason = "there is no such object";
	return r;
}
