/* Lines of what no AD object of the present stands for. */
#include "analyze/timeline/timeline.h"

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/timeline/events.h"
#include "base/guid.h"

struct rest_lines {
	struct past_means t;
	struct findings_writer *w;
	struct findings_batch batch;
};

static void
end(struct rest_lines *x)
{
	findings_add(x->w, &x->batch);
	arena_clear(x->t.arena);
}

/* ---- accounts ---- */

/* Whether something may have happened to it. */
static bool
is_wanted(const struct model *m, enum section s, uint32_t row)
{
	const struct row *r = &m->tables[s].rows[row];
	when_t begin = timelines_begin(m, SIDE_TENANT, NULL);

	if (r->merged || r->twin || !r->account)
		return false;
	return s == TENANT_DELETED_USERS || timelines_newest(
		&m->timelines[SIDE_TENANT], s, row) ||
		(begin != WHEN_NONE && r->account->created > begin);
}

static int
tell_account(struct rest_lines *x, enum section s, uint32_t row)
{
	struct events e = { .t = &x->t };
	struct timeline line = { .side = TOLD_TENANT };
	struct newest_look now;
	struct object o;

	if (fetch_object(x->t.fetch, s, row, x->t.arena, &o, x->t.err) < 0)
		return -1;
	now = newest_of(&x->t, &o, timelines_newest(
		&x->t.m->timelines[SIDE_TENANT], s, row));
	events_take(&e, &now);
	line.guid = events_guid(&o.guid, x->t.arena);
	line.dn = o.dn;
	line.class = kind_name(o.kind);
	line.upn = o.upn;
	line.mail = o.mail;
	events_put(&e, &line, &x->batch);
	end(x);
	return 0;
}

static int
tell_accounts(struct rest_lines *x)
{
	static const enum section sections[] = {
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
		TENANT_DELETED_USERS
	};

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		const struct table *t = &x->t.m->tables[sections[i]];

		for (uint32_t k = 0; k < t->count; k++)
			if (is_wanted(x->t.m, sections[i], k) &&
			    tell_account(x, sections[i], k) < 0)
				return -1;
	}
	return 0;
}

/* ---- what is gone ---- */

static const char *
key_of(const struct gone_object *o)
{
	return o->sid ? o->sid : o->sam;
}

static void
tell_gone(struct rest_lines *x, enum side side, const struct gone_object *o)
{
	struct events e = { .t = &x->t };
	struct newest_look now = newest_of_gone(&x->t, side, o);
	struct timeline line = {
		.side = side == SIDE_AD ? TOLD_AD : TOLD_TENANT,
		.dn = o->had.of[LOOK_PLACE],
		.class = kind_name(section_kind(o->section)),
		.upn = o->had.of[LOOK_UPN], .sam = o->sam,
		.mail = o->had.of[LOOK_MAIL],
	};

	events_take(&e, &now);
	if (o->has_guid)
		line.guid = events_guid(&o->guid, x->t.arena);
	else if (!line.dn)
		line.object = key_of(o);
	events_put(&e, &line, &x->batch);
	end(x);
}

int
timeline_tell_rest(const struct model *m, struct findings_writer *w,
                   struct err *err)
{
	struct arena arena = { 0 };
	struct rest_lines x = {
		.t = { .m = m, .fetch = fetch_new(m), .arena = &arena,
		       .err = err }, .w = w,
	};
	int rc = m->edits ? 0 : tell_accounts(&x);

	for (int side = 0; side < SIDE_COUNT && rc == 0 && !m->edits; side++)
		for (size_t i = 0; i < m->timelines[side].gone_count; i++)
			if (!m->timelines[side].gone[i].is_owned)
				tell_gone(&x, (enum side)side,
				          &m->timelines[side].gone[i]);
	fetch_free(x.t.fetch);
	findings_batch_release(&x.batch);
	arena_release(&arena);
	return rc;
}
