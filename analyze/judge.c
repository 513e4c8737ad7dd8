/*
 * Judging: the objects that screening found suspect, or with the forecast all
 * AD objects, are read again in the order of the snapshot, by several threads;
 * what they find is written in that order.
 */
#include "analyze/judge.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/forecast/forecast.h"
#include "analyze/judge_object.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rules.h"
#include "analyze/timeline/timeline.h"
#include "base/json.h"

/* When so many of a piece's rows are wanted, it is read as a whole. */
enum { WHOLE_PIECE_ROWS = 16 };

static bool
is_alone(const struct judge *j)
{
	return section_twin(j->section) == SECTION_COUNT &&
	       j->section != AD_COMPUTERS;
}

static bool
is_wanted(const struct judge *j, const struct row *r)
{
	if (r->merged)
		return false;
	if (is_alone(j))
		return r->suspect && !r->twin;
	return j->forecast || judge_is_suspect(j, r);
}

static int
load_piece(struct judge *j, struct judge_lane *l, size_t piece)
{
	const struct table *t = &j->m->tables[j->section];
	size_t wanted = 0;

	for (uint32_t i = t->piece_rows[piece]; i < t->piece_rows[piece + 1];
	     i++)
		wanted += is_wanted(j, &t->rows[i]);
	l->whole = wanted >= WHOLE_PIECE_ROWS;
	if (!l->whole)
		return 0;
	if (fetch_piece(l->fetch, t, piece, &l->text, NULL, &l->err) < 0)
		return -1;
	picker_load(l->picker, l->text.data, l->text.len);
	return 0;
}

static int
work(struct crew *c, unsigned lane, size_t piece)
{
	struct judge *j = (struct judge *)c;
	struct judge_lane *l = &j->lanes[lane];
	const struct table *t = &j->m->tables[j->section];

	if (load_piece(j, l, piece) < 0)
		return -1;
	for (uint32_t i = t->piece_rows[piece]; i < t->piece_rows[piece + 1];
	     i++) {
		int rc;

		if (!is_wanted(j, &t->rows[i]))
			continue;
		rc = is_alone(j) ? judge_alone(j, l, i) : judge_object(j, l, i);
		arena_clear(&l->arena);
		if (rc < 0)
			return -1;
	}
	return 0;
}

static int
commit(struct crew *c, unsigned lane, size_t piece)
{
	struct judge *j = (struct judge *)c;
	struct judge_lane *l = &j->lanes[lane];

	(void)piece;
	findings_add(j->writer, &l->batch);
	explained_move(&j->plan->explained, check_explained(l->check));
	for (size_t i = 0; i < j->plan->of.count; i++) {
		rule_count_add(&j->counts[i], &l->counts[i]);
		rule_count_clear(&l->counts[i]);
	}
	return 0;
}

static void
open_lanes(struct judge *j, const char *names[PICK_NAMES_MAX])
{
	const struct wanted wanted = policy_wanted(j->m->policy);
	unsigned n = crew_lanes(j->m->jobs);
	size_t count = attr_names(&wanted, section_form(j->section),
	                          names);

	j->lanes = xcalloc(n, sizeof(*j->lanes));
	for (unsigned i = 0; i < n; i++) {
		struct judge_lane *l = &j->lanes[i];

		l->fetch = fetch_new(j->m);
		l->unedited = j->m->edits ? fetch_new(&j->unedited) : NULL;
		l->batch.baseline = findings_baseline(j->writer);
		l->check = check_new(j->plan, l->fetch, joined_stander);
		l->picker = picker_new(names, count, json_best_way());
		l->counts = xcalloc(j->plan->of.count, sizeof(*l->counts));
	}
}

static void
close_lanes(struct judge *j)
{
	for (unsigned i = 0; i < crew_lanes(j->m->jobs); i++) {
		struct judge_lane *l = &j->lanes[i];

		fetch_free(l->fetch);
		fetch_free(l->unedited);
		check_free(l->check);
		picker_free(l->picker);
		blob_text_release(&l->text);
		arena_release(&l->arena);
		findings_batch_release(&l->batch);
		rule_counts_free(l->counts, j->plan->of.count);
	}
	free(j->lanes);
}

static int
judge_section(struct judge *j, enum section s, struct err *err)
{
	const struct table *t = &j->m->tables[s];
	const char *names[PICK_NAMES_MAX];
	int rc;

	if (!t->count)
		return 0;
	j->section = s;
	explained_sort(&j->plan->explained);
	j->crew = (struct crew){ .jobs = j->m->jobs, .pieces = t->pieces,
	                         .work = work, .commit = commit };
	open_lanes(j, names);
	rc = crew_run(&j->crew);
	if (rc < 0)
		*err = j->lanes[crew_lane(j->crew.jobs, j->crew.failed)].err;
	close_lanes(j);
	return rc;
}

static struct rule_result
result_of(const struct judge *j, size_t i)
{
	struct rule_result r = rule_plan_result(j->plan, i, &j->counts[i]);

	/* Rules are below the catalogue, which has the category. */
	r.category = category_name(rule_category(j->plan->of.rules[i]));
	return r;
}

static void
tell(const struct judge *j, struct judged *out, struct arena *arena)
{
	size_t n = j->plan->of.count;

	*out = (struct judged){ .results = arena_alloc(arena,
		n * sizeof(*out->results) + 1) };
	for (size_t i = 0; i < n; i++)
		if (rule_plan_has(j->plan, i))
			out->results[out->result_count++] = result_of(j, i);
	if (j->forecast)
		out->not_known_count = readiness_not_known(
			j->basis, j->plan, arena, &out->not_known);
}

int
judge_run(const struct model *m, const struct rule_choice *of,
          struct findings_writer *w, struct judged *out, struct arena *arena,
          struct err *err)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS, AD_OTHER,
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS, TENANT_MAILBOXES
	};
	struct rule_plan plan;
	struct judge j = {
		.m = m, .writer = w, .plan = &plan,
		.forecast = of->forecast == FORECAST_WRITTEN,
	};
	int rc;

	if (m->edits)
		j.unedited = edited_not(m);
	rule_plan_open(&plan, of, m);
	j.basis = arena_alloc(&plan.arena, plan.part_count * sizeof(*j.basis));
	for (size_t i = 0; i < plan.part_count; i++)
		readiness_basis_fill(&j.basis[i], of, plan.parts[i].part,
		                     &plan.arena);
	j.counts = xcalloc(of->count, sizeof(*j.counts));
	rc = rule_plan_complete(&plan, err);
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]) &&
	     rc == 0; i++)
		rc = judge_section(&j, sections[i], err);
	if (rc == 0 && j.forecast)
		rc = timeline_tell_rest(m, w, err);
	if (rc == 0) {
		check_domains(&plan, w, j.counts);
		rc = check_the_tenant(&plan, w, j.counts, err);
	}
	tell(&j, out, arena);
	arena_adopt(arena, &plan.arena);
	rule_plan_close(&plan);
	rule_counts_free(j.counts, of->count);
	return rc;
}
