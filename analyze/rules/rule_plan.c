/* The rules that run over a model, and what each can judge there. */
#include "analyze/rules/rules.h"

#include <stdlib.h>

#include "analyze/rules/assess.h"
#include "base/mem.h"

/* The numbers of the rules that judge such objects, in order. */
static void
sort_out(struct rule_plan *d, enum side side, enum kind kind)
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
rule_plan_open(struct rule_plan *d, const struct rule_choice *of,
               const struct model *m)
{
	*d = (struct rule_plan){ .m = m, .of = *of };
	d->is = xcalloc(of->count, sizeof(*d->is));
	d->sources = arena_alloc(&d->arena, of->count * sizeof(*d->sources));
	d->reads = arena_alloc(&d->arena, of->count * sizeof(*d->reads));
	for (size_t i = 0; i < of->count; i++) {
		d->sources[i] = rule_source(of->rules[i], &d->arena);
		d->reads[i] = assess_reads(of->rules[i]);
		if (!rule_plan_has(d, i))
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
rule_plan_close(struct rule_plan *d)
{
	arena_release(&d->arena);
	free(d->is);
}

void
rule_count_add(struct rule_count *to, const struct rule_count *from)
{
	to->findings += from->findings;
	to->objects += from->objects;
	to->passed_over += from->passed_over;
	attr_set_join(&to->unclear, &from->unclear);
}

bool
rule_plan_has(const struct rule_plan *d, size_t rule)
{
	return !d->of.chosen || d->of.chosen[rule];
}

struct rule_result
rule_plan_result(struct rule_plan *d, size_t i,
                 const struct rule_count *count)
{
	const struct rule *rule = d->of.rules[i];
	struct assessment is = d->is[i];
	struct rule_result r = {
		.id = rule->id, .severity = rule->severity,
		.title = rule->title, .why = rule->why, .fix = rule->fix,
		.source = d->sources[i],
		.findings = count->findings, .objects = count->objects,
		.deletions = rule->deletes ? count->objects : 0,
	};

	if (count->passed_over)
		assess_unclear(d->m, rule, &count->unclear,
		               count->passed_over, &d->arena, &is);
	r.reason = is.reason;
	r.outcome = assess_outcome(&is, count->findings);
	if (r.outcome == OUTCOME_NOT_APPLICABLE && !r.reason)
		r.reason = "there is no such object";
	return r;
}
