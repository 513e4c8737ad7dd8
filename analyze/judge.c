/*
 * Judging: the objects that screening found suspect, or with the forecast all
 * AD objects, are read again in the order of the snapshot, by several threads;
 * what they find is written in that order.
 */
#include "analyze/judge.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/cloud/cloud.h"
#include "analyze/forecast/forecast.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rules.h"
#include "analyze/timeline/timeline.h"
#include "base/crew.h"
#include "base/json.h"

/* When so many of a piece's rows are wanted, it is read as a whole. */
enum { WHOLE_PIECE_ROWS = 16 };

struct judge_lane {
	struct fetch *fetch;
	struct fetch *unedited;      /* of objects without edits, or NULL */
	struct check *check;
	struct picker *picker;
	struct blob_text text;       /* the piece, when it is read as a whole */
	bool whole;
	struct arena arena;          /* for one object and its account */
	struct findings_batch batch;
	struct rule_count *counts;
	struct err err;
};

struct judge {
	struct crew crew;
	const struct model *m;
	struct model unedited;       /* M without edits, if it has some */
	struct findings_writer *writer;
	struct rule_plan *plan;
	struct rule_count *counts;
	enum section section;
	bool forecast;               /* is written */
	struct readiness_basis *basis;       /* of each part */
	struct judge_lane *lanes;
};

static const struct readiness_basis *
basis_of(const struct judge *j, const struct object *o)
{
	return &j->basis[rule_plan_part(j->plan, o) - j->plan->parts];
}

static void
put_forecast(const struct judge *j, struct judge_lane *l,
             const struct object *o, enum severity worst)
{
	struct forecast f = o->forecast.line;
	char guid[GUID_TEXT];

	f.forest = domain_forest_name(o->domain);
	f.domain = domain_name(o->domain);
	f.authority = authority_of(j->m, o);
	f.kind = account_kind_name(account_kind_of(o));
	if (o->has_guid) {
		guid_format(&o->guid, guid);
		f.guid = guid;
	}
	if (!o->has_guid && !o->dn)
		f.object = object_key(o, &l->arena);
	f.readiness = readiness_of(basis_of(j, o), j->m, o, worst);
	f.unready_by.count = check_unready_by(l->check, f.readiness, &l->arena,
	                                      &f.unready_by.names);
	findings_put_forecast(&l->batch, &f);
	findings_put_cloud(&l->batch, cloud_count(o));
}

/* The object's own line: from the piece if that is at hand. */
static int
read_line(struct judge *j, struct judge_lane *l, const struct row *r,
          struct object *o)
{
	const struct table *t = &j->m->tables[j->section];
	const struct picked *line;
	struct json_error e;

	object_init(o, j->section);
	if (!l->whole)
		return fetch_line(l->fetch, t, j->section, r->place, r->wanted,
		                  &l->arena, o, &l->err);
	if (r->place < l->text.from ||
	    r->place - l->text.from >= l->text.len ||
	    picker_again(l->picker, (size_t)(r->place - l->text.from),
	                 r->wanted, &line, &e) < 0)
		return fetch_wrong(l->fetch, t, r->place, "line",
		                   "what was there when it was read first",
		                   &l->err);
	fetch_take(l->fetch, t, j->section, line, &l->arena, o);
	return 0;
}

static int
read_object(struct judge *j, struct judge_lane *l, uint32_t row,
            struct object *o)
{
	const struct table *t = &j->m->tables[j->section];
	const struct row *r = &t->rows[row];

	if (read_line(j, l, r, o) < 0)
		return -1;
	if (r->completed && fetch_supplements(l->fetch, j->section, row,
	                                      &l->arena, o, &l->err) < 0)
		return -1;
	fetch_scope(l->fetch, t, o);
	o->row = row + 1;
	return 0;
}

/* All that rules may ask of an AD object and its account. */
struct judged_pair {
	struct object ad, account, deleted;
};

static const struct row *
twin_row(const struct judge *j, const struct row *r)
{
	return r->twin ? &j->m->tables[section_twin(j->section)]
	                 .rows[r->twin - 1] : NULL;
}

/* What older snapshots say, once. */
static int
read_past(struct judge_lane *l, const struct row *r, struct object *o)
{
	if (o->links.history || !r->history)
		return 0;
	return fetch_history(l->fetch, r, &l->arena, &o->links.history,
	                     &l->err);
}

static int
read_twin(struct judge *j, struct judge_lane *l, const struct row *r,
          struct judged_pair *p)
{
	if (fetch_object(l->fetch, section_twin(j->section), r->twin - 1,
	                 &l->arena, &p->account, &l->err) < 0)
		return -1;
	p->account.links.past = past_account_find(
		&j->m->past, section_twin(j->section), r->twin - 1);
	p->ad.links.twin = &p->account;
	p->account.links.twin = &p->ad;
	return 0;
}

static int
weigh(struct judge *j, struct judge_lane *l, const struct row *r,
      struct judged_pair *p)
{
	struct quarantine unedited = {
		.m = &j->unedited, .fetch = l->unedited, .section = j->section,
		.row = (uint32_t)(r - j->m->tables[j->section].rows),
		.err = &l->err,
	};
	struct proved is;

	if (evidence_prove(j->m, l->unedited ? &unedited : NULL, &p->ad,
	                   &p->account, &l->arena, &is) < 0)
		return -1;
	if (is.proof == PROOF_FOR && j->forecast)
		findings_put_explained(&l->batch);
	else if (is.proof == PROOF_ERRING && j->forecast)
		findings_put_erring(&l->batch);
	else if (is.proof == PROOF_AGAINST && j->forecast)
		findings_put_differing(&l->batch, is.first);
	return 0;
}

/* What becomes of the account, beside who it is. */
static int
compare(struct judge *j, struct judge_lane *l, const struct row *r,
        struct judged_pair *p)
{
	struct forecast *f = &p->ad.forecast.line;
	bool kept;

	if (read_past(l, r, &p->ad) < 0)
		return -1;
	kept = mail_is_kept(j->m, &p->ad) || account_is_kept(&p->ad);
	if (!p->ad.links.account || (!kept && f->action != ACTION_UPDATE &&
	                             f->action != ACTION_MATCH))
		return 0;
	if (kept || p->ad.links.account->has_staying ||
	    changes_any(j->m, &p->ad)) {
		if (read_twin(j, l, r, p) < 0)
			return -1;
		if (kept)
			account_take_kept(&p->ad, &p->account, &l->arena);
		else
			changes_keep(&p->ad, &p->account, &l->arena);
		if (f->action != ACTION_BLOCKED)
			changes_list(j->m, &p->ad, &p->account, &l->arena);
	}
	return f->action == ACTION_UPDATE ? weigh(j, l, r, p) : 0;
}

static int
read_others(struct judge *j, struct judge_lane *l, const struct row *r,
            struct judged_pair *p)
{
	if (read_past(l, r, &p->ad) < 0)
		return -1;
	if (r->twin && !p->ad.links.twin && read_twin(j, l, r, p) < 0)
		return -1;
	if (r->deleted) {
		if (fetch_object(l->fetch, TENANT_DELETED_USERS,
		                 r->deleted - 1, &l->arena, &p->deleted,
		                 &l->err) < 0)
			return -1;
		if (r->former)
			p->ad.links.former = &p->deleted;
		else
			p->ad.links.deleted_account = &p->deleted;
	}
	return 0;
}

static bool
is_suspect(const struct judge *j, const struct row *r)
{
	return r->suspect || (r->twin && section_side(j->section) == SIDE_AD &&
	                      twin_row(j, r)->suspect);
}

static int
read_beside(struct judge *j, struct judge_lane *l, const struct row *r,
            struct object *o)
{
	if (members_count(j->m, l->fetch, o, joined_stander, &l->arena,
	                  &l->err) < 0 ||
	    renamed_find(j->m, l->fetch, r, &l->arena, o, &l->err) < 0 ||
	    unjoined_find(j->m, l->fetch, r, &l->arena, o, &l->err) < 0)
		return -1;
	if (o->links.members)
		o->forecast.line.members = &o->links.members->counts;
	return 0;
}

/* An AD object and its account in the tenant are judged together. */
static int
judge_ad(struct judge *j, struct judge_lane *l, uint32_t row)
{
	const struct row *r = &j->m->tables[j->section].rows[row];
	enum severity worst = SEVERITY_COUNT;
	struct quarantine quarantine;
	struct judged_pair p;

	if (read_object(j, l, row, &p.ad) < 0)
		return -1;
	model_links(j->m, r, j->section, &p.ad.links);
	p.ad.links.remembered = model_remembered(j->m, &p.ad);
	p.ad.links.lost = lost_account_find(&j->m->past, j->section, row);
	quarantine = (struct quarantine){
		.m = j->m, .fetch = l->fetch, .section = j->section,
		.row = row, .err = &l->err,
	};
	forecast_object(j->m, &p.ad, &l->arena,
	                r->contested ? &quarantine : NULL);
	if (quarantine.failed || read_beside(j, l, r, &p.ad) < 0)
		return -1;
	if (compare(j, l, r, &p) < 0)
		return -1;
	forecast_tell(j->m, &p.ad, &l->arena);
	if ((is_suspect(j, r) || p.ad.forecast.unheld_count) &&
	    (read_others(j, l, r, &p) < 0 ||
	     check_judge(l->check, &p.ad, p.ad.links.twin, &l->batch, l->counts,
	                 &worst, &l->err) < 0))
		return -1;
	if (!j->forecast)
		return 0;
	put_forecast(j, l, &p.ad, worst);
	return timeline_tell(&(struct past_means){ j->m, l->fetch, &l->arena,
	                                       &l->err }, j->section, r,
	                     &p.ad, &l->batch);
}

/* An account that nobody has, or what only holds addresses. */
static int
judge_alone(struct judge *j, struct judge_lane *l, uint32_t row)
{
	bool is_ad = section_side(j->section) == SIDE_AD;
	enum severity worst;
	struct object o;

	if (read_object(j, l, row, &o) < 0)
		return -1;
	if (!is_ad) {
		o.links.past = past_account_find(&j->m->past, j->section, row);
		fetch_left_domain(l->fetch, &o);
		o.links.unclaimed = true;
		o.links.is_open = joins_is_open(j->m, j->section, &o);
	} else {
		o.links.may_share =
			j->m->tables[j->section].rows[row].contested;
	}
	return check_judge(l->check, is_ad ? &o : NULL, is_ad ? NULL : &o,
	                   &l->batch, l->counts, &worst, &l->err);
}

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
	return j->forecast || is_suspect(j, r);
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
		rc = is_alone(j) ? judge_alone(j, l, i) : judge_ad(j, l, i);
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

static void
tell(const struct judge *j, struct judged *out, struct arena *arena)
{
	size_t n = j->plan->of.count;

	*out = (struct judged){ .results = arena_alloc(arena,
		n * sizeof(*out->results) + 1) };
	for (size_t i = 0; i < n; i++)
		if (rule_plan_has(j->plan, i))
			out->results[out->result_count++] =
				rule_plan_result(j->plan, i, &j->counts[i]);
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
