/* The rules that run over a model, and what each can judge there. */
#include "analyze/rules/rules.h"

#include <stdlib.h>

#include "analyze/rules/assess.h"
#include "analyze/rules/briefs.h"
#include "analyze/rules/idfix_holders.h"
#include "analyze/rules/in_use.h"
#include "analyze/rules/needs.h"
#include "analyze/rules/taken.h"
#include "base/buf.h"
#include "base/mem.h"

/* The numbers of the rules that judge such objects of the part, in order. */
static void
sort_out(struct rule_plan *d, struct rule_part *p, enum side side,
         enum kind kind)
{
	unsigned short *list = arena_alloc(&d->arena,
	                                   d->of.count * sizeof(*list));
	enum section s = section_of(side, kind);
	size_t n = 0;

	for (size_t i = 0; i < d->of.count && s != SECTION_COUNT; i++)
		if (d->of.rules[i]->side == side &&
		    (d->of.rules[i]->kinds & KIND_BIT(kind)) &&
		    section_set_has(&p->is[i].sections, s))
			list[n++] = (unsigned short)i;
	p->for_kind[side][kind] = list;
	p->for_count[side][kind] = n;
}

/* Rules on the tenant's objects do not hang on the object's domain. */
static bool
is_judged_in(const struct rule_part *p, const struct rule *rule)
{
	return rule->side == SIDE_AD || !p->part.d;
}

/* What others find and forecast can be counted only where they run. */
static bool
is_left_out(const struct rule_plan *d, const struct rule *rule,
            struct assessment *is)
{
	if (!(rule->needs & NEED_WHOLE) || d->of.forecast == FORECAST_WRITTEN)
		return false;
	*is = (struct assessment){
		.inapplicable = true,
		.reason = "counts what is forecast, and no forecast is "
		          "written (--rules)",
	};
	return true;
}

static void
open_part(struct rule_plan *d, struct rule_part *p, const struct domain *of)
{
	*p = (struct rule_part){
		.part = { d->m, of },
		.is = arena_alloc(&d->arena, d->of.count * sizeof(*p->is) + 1),
	};
	for (size_t i = 0; i < d->of.count; i++) {
		p->is[i] = (struct assessment){ 0 };
		if (!rule_plan_has(d, i) || !is_judged_in(p, d->of.rules[i]))
			continue;
		if (is_left_out(d, d->of.rules[i], &p->is[i]))
			continue;
		assess(p->part, d->of.rules[i], &d->arena, &p->is[i]);
		if (!section_set_is_empty(&p->is[i].sections) ||
		    p->is[i].as_whole)
			d->needs |= d->of.rules[i]->needs;
	}
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		sort_out(d, p, SIDE_AD, (enum kind)kind);
		sort_out(d, p, SIDE_TENANT, (enum kind)kind);
	}
}

static void
open_parts(struct rule_plan *d)
{
	const struct domains *ds = &d->m->domains;

	d->part_count = ds->count + 1;
	d->parts = arena_alloc(&d->arena, d->part_count * sizeof(*d->parts));
	for (size_t i = 0; i < d->part_count; i++)
		open_part(d, &d->parts[i], i < ds->count ? &ds->items[i]
		                                         : NULL);
}

void
rule_plan_open(struct rule_plan *d, const struct rule_choice *of,
               const struct model *m)
{
	*d = (struct rule_plan){ .m = m, .of = *of };
	d->sources = arena_alloc(&d->arena, of->count * sizeof(*d->sources));
	d->reads = arena_alloc(&d->arena, of->count * sizeof(*d->reads));
	for (size_t i = 0; i < of->count; i++) {
		d->sources[i] = rule_source(of->rules[i], &d->arena);
		d->reads[i] = assess_reads(of->rules[i]);
	}
	open_parts(d);
	d->unread = in_use_unread(m, ASKED_OF_ALL, &d->arena);
	d->unread_given = in_use_unread(m, ASKED_OF_GIVEN, &d->arena);
	/*
	 * Where the forecast is written it is needed. Who comes first of
	 * sharers hangs on it, and who loses a value may fall back on one
	 * that only AD gives it: neither is as it is without the other.
	 */
	if (of->forecast == FORECAST_WRITTEN ||
	    (d->needs & (NEED_FORECAST | NEED_SHARERS | NEED_OTHERS)) ||
	    ((d->needs & NEED_JOINED) && m->domains.forest_count > 1))
		d->needs |= NEED_FORECAST | NEED_SHARERS;
}

const struct rule_part *
rule_plan_part(const struct rule_plan *d, const struct object *o)
{
	return &d->parts[o->side == SIDE_AD && o->domain
	                 ? o->domain->index : d->part_count - 1];
}

int
rule_plan_complete(struct rule_plan *d, struct err *err)
{
	if (d->needs & NEED_REPEATS)
		taken_sids_note(&d->sids, d->m);
	if (!(d->needs & NEED_IDFIX))
		return 0;
	d->idfix = idfix_holders_new(d->m, err);
	return d->idfix ? 0 : -1;
}

void
rule_plan_close(struct rule_plan *d)
{
	idfix_holders_free(d->idfix);
	keys_release(&d->sids);
	explained_release(&d->explained);
	arena_release(&d->arena);
}

void
rule_count_add(struct rule_count *to, const struct rule_count *from)
{
	to->findings += from->findings;
	to->objects += from->objects;
	to->staying += from->staying;
	to->unread += from->unread;
	to->passed_over += from->passed_over;
	attr_set_join(&to->unclear, &from->unclear);
	domain_tally_join(&to->domains, &from->domains);
	object_tally_join(&to->counted, &from->counted);
	for (size_t i = 0; i < from->unseen.count; i++)
		unseen_add(&to->unseen, &from->unseen.items[i].what,
		           from->unseen.items[i].accounts);
}

void
rule_count_clear(struct rule_count *c)
{
	domain_tally_release(&c->domains);
	object_tally_release(&c->counted);
	unseen_release(&c->unseen);
	*c = (struct rule_count){ 0 };
}

void
rule_counts_free(struct rule_count *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		rule_count_clear(&c[i]);
	free(c);
}

/* Whether what the rule can judge of the part is to be told. */
static bool
is_told(const struct rule_plan *d, const struct rule *rule,
        const struct rule_part *p)
{
	if (rule->side == SIDE_TENANT || !d->m->domains.with_objects)
		return !p->part.d;
	return p->part.d && p->part.d->objects;
}

/* The reasons of the parts as one. */
static const char *
reasons_of(struct rule_plan *d, size_t i)
{
	struct part_texts *t = part_texts_new();
	const char *text;

	for (size_t k = 0; k < d->part_count; k++)
		if (is_told(d, d->of.rules[i], &d->parts[k]))
			part_texts_add(t, d->parts[k].part.d,
			               d->parts[k].is[i].reason);
	text = part_texts_join(t, &d->arena);
	part_texts_free(t);
	return text;
}

/* What the rule can judge of all parts: it is whole if it is so in each. */
static struct assessment
together(struct rule_plan *d, size_t i)
{
	struct assessment out = { .inapplicable = true };

	for (size_t k = 0; k < d->part_count; k++) {
		const struct assessment *is = &d->parts[k].is[i];

		if (!is_told(d, d->of.rules[i], &d->parts[k]))
			continue;
		section_set_join(&out.sections, &is->sections);
		out.objects += is->objects;
		out.as_whole = out.as_whole || is->as_whole;
		out.inapplicable = out.inapplicable && is->inapplicable;
	}
	out.reason = reasons_of(d, i);
	return out;
}

/* Of values that so many may have that not all of these were compared. */
static const char *
unread_text(uint64_t values, const char *before, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	buf_addf(&text, "%s%s%llu value%s may be those of so many others that "
	         "not all were compared", before ? before : "",
	         before ? "; " : "", (unsigned long long)values,
	         values == 1 ? "" : "s");
	out = arena_strdup(a, buf_text(&text));
	buf_release(&text);
	return out;
}

struct rule_result
rule_plan_result(struct rule_plan *d, size_t i,
                 const struct rule_count *count)
{
	const struct rule *rule = d->of.rules[i];
	struct assessment is = together(d, i);
	struct rule_result r = {
		.id = rule->id, .severity = rule->severity,
		.title = rule->title, .why = rule->why, .fix = rule->fix,
		.source = d->sources[i], .brief = brief_of(rule->id),
		.findings = count->findings, .objects = count->objects,
		.deletions = rule->deletes ? count->objects - count->staying
		                           : 0,
	};

	if (count->passed_over)
		assess_unclear(d->m, rule, &count->unclear,
		               count->passed_over, &d->arena, &is);
	if (count->unseen.count)
		is.reason = unseen_text(&count->unseen, is.reason, &d->arena);
	if (count->unread)
		is.reason = unread_text(count->unread, is.reason, &d->arena);
	r.reason = is.reason;
	r.outcome = assess_outcome(&is, count->findings);
	if (r.outcome == OUTCOME_NOT_APPLICABLE && !r.reason)
		r.reason = is.inapplicable ? past_text(rule) : NULL;
	if (r.outcome == OUTCOME_NOT_APPLICABLE && !r.reason)
		r.reason = rule->check_domain ? "there is no such domain"
		                              : "there is no such object";
	return r;
}
