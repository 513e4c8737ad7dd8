/* Reads an object again, with all that rules may ask of it, and judges it. */
#include "analyze/judge_object.h"

#include "analyze/cloud/cloud.h"
#include "analyze/forecast/forecast.h"
#include "analyze/object/object.h"
#include "analyze/timeline/timeline.h"
#include "base/json.h"

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

bool
judge_is_suspect(const struct judge *j, const struct row *r)
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

int
judge_object(struct judge *j, struct judge_lane *l, uint32_t row)
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
	if ((judge_is_suspect(j, r) || p.ad.forecast.unheld_count) &&
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

int
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
