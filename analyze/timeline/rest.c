/* Lines of what no AD object of the present stands for. */
#include "analyze/timeline/timeline.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/timeline/events.h"
#include "base/guid.h"
#include "base/hash.h"

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

/* ---- what AD says it deleted, which no older snapshot has ---- */

/* Those of AD that older snapshots have: by GUID. */
static void
index_gone(const struct timelines *t, struct hash_index *to)
{
	for (size_t i = 0; i < t->gone_count; i++)
		if (t->gone[i].has_guid)
			hash_index_add(to, hash_bytes(&t->gone[i].guid,
				sizeof(t->gone[i].guid)), i);
}

static bool
is_gone(const struct timelines *t, const struct hash_index *ids,
        const struct guid *guid)
{
	uint64_t hash = hash_bytes(guid, sizeof(*guid));
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(ids, hash, &at)) >= 0)
		if (memcmp(&t->gone[i].guid, guid, sizeof(*guid)) == 0)
			return true;
	return false;
}

static void
tell_buried(struct rest_lines *x, const struct buried_object *o)
{
	struct events e = { .t = &x->t };
	struct timeline_event one = event_of(HAPPENED_DELETED, SIDE_AD,
	                                     EVENT_STAMPED);
	struct timeline line = {
		.side = TOLD_AD, .dn = o->dn, .class = kind_name(o->kind),
		.upn = o->upn, .sam = o->sam, .mail = o->mail,
		.guid = events_guid(&o->guid, x->t.arena),
	};

	one.after = o->is_dated ? o->when : WHEN_NONE;
	one.by = o->when;
	events_add(&e, &one);
	one = event_of(HAPPENED_CREATED, SIDE_AD, EVENT_STAMPED);
	one.after = one.by = o->created;
	if (o->created != WHEN_NONE)
		events_add_beside(&e, &one);
	events_put(&e, &line, &x->batch);
	end(x);
}

static void
tell_all_buried(struct rest_lines *x)
{
	const struct tombstones *b = &x->t.m->tombstones;
	const struct timelines *t = &x->t.m->timelines[SIDE_AD];
	struct hash_index ids = { 0 };

	if (b->buried_count)
		index_gone(t, &ids);
	for (size_t i = 0; i < b->buried_count; i++)
		if (b->buried[i].when != WHEN_NONE &&
		    !is_gone(t, &ids, &b->buried[i].guid))
			tell_buried(x, &b->buried[i]);
	hash_index_release(&ids);
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
	if (rc == 0 && !m->edits)
		tell_all_buried(&x);
	fetch_free(x.t.fetch);
	findings_batch_release(&x.batch);
	arena_release(&arena);
	return rc;
}
