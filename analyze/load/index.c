/* A row for each object, and the fingerprints by which they find each other. */
#include "analyze/load/index.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/forecast/forecast.h"
#include "analyze/load/found_by.h"
#include "analyze/load/lost_accounts.h"
#include "analyze/load/past_values.h"
#include "analyze/load/registry.h"
#include "analyze/load/shared_values.h"
#include "analyze/load/timeline_now.h"
#include "analyze/load/unique_keys.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/list.h"
#include "base/utf8.h"

/* Nothing is reserved on the word of a manifest alone beyond this. */
enum { RESERVE_MAX = 1 << 20 };

/* What the lanes of a scan have found. */
struct index_lane {
	struct row *rows;
	size_t count, room;
	struct entry_lists lists;
	struct arena texts, scratch;
	struct facts facts;
	struct mail_domains mail;
	bool open, some;             /* as in struct joins */
};

struct indexing {
	struct scan scan;
	struct registry *g;
	struct index_lane *lanes;
};

/* What must be unique is kept of all that live. */
static void
index_tenant(const struct registry *g, const struct entry *e)
{
	struct object *o = e->o;

	timeline_note(g, e, &e->lists->looks);
	o->links.is_open = joins_is_open(g->m, e->s, o);
	o->links.is_parted = joins_is_parted(g->m, e->s, o);
	e->r->has_guid = object_immutable_guid(o, &e->r->guid);
	e->r->account = account_new(o, g->m->initial_domain, e->texts);
	twin_note(e->lists->twins, g->m, e->s, fetch_containers(e->fetch), o,
	          e->r->has_guid ? &e->r->guid : NULL, e->row);
	unique_note_values(g, e);
}

/* The forecast, and with it the account that a soft match gives. */
static void
foresee(const struct registry *g, const struct entry *e)
{
	const struct model *m = g->m;
	struct object *o = e->o;
	enum how how;

	if (!(g->wants & SCREEN_FORECAST)) {
		scope_judge_account(model_policy(m, o), o,
		                    table_covered(&m->tables[e->s], o),
		                    e->scratch);
		licence_fill(m, o);
		return;
	}
	forecast_object(m, o, e->scratch, NULL);
	if (o->links.account || o->scope.state != SCOPE_IN || !g->held.count ||
	    anchor_is_restorable(m, o))
		return;
	e->r->twin = match_soft(m, &g->held, o, &how);
	if (!e->r->twin)
		return;
	e->r->how = how;
	model_links(m, e->r, section_of(SIDE_AD, o->kind), &o->links);
	forecast_object(m, o, e->scratch, NULL);
}

/* One that was converted was synchronized once, and is found all the same. */
static bool
may_match_softly(const struct model *m, const struct account *account)
{
	return m->features.block_soft != YES ||
	       guid_set_has(&m->cloud_managed, &account->id);
}

/* A contact is known by its address alone, a cloud contact by its primary. */
static void
match_contact(const struct model *m, const struct object *o, struct row *r)
{
	const struct account *account =
		m->tables[TENANT_CONTACTS].rows[r->twin - 1].account;
	const char *primary = account_text(account, ACCOUNT_PRIMARY);

	if (account->synced == YES)
		return;
	if (account->open) {
		r->how = HOW_NAME_PRIMARY;
		return;
	}
	r->how = HOW_SMTP;
	if (o->mail && primary && utf8_same_folded(o->mail, primary) &&
	    may_match_softly(m, account))
		return;
	r->twin = 0;
	r->how = HOW_NOT;
}

static bool
is_open(const struct model *m, enum section s, row_id row)
{
	const struct account *account = m->tables[s].rows[row - 1].account;

	return account && account->open;
}

/* An account that can come back; else one that was his and cannot. */
static int
find_deleted(const struct registry *g, const struct entry *e)
{
	const struct twin_ways *j = &g->twins[TENANT_DELETED_USERS];
	struct row *r = e->r;
	struct twin_found found;

	if (twin_find(j, e->fetch, TENANT_DELETED_USERS, e->o, r, &found,
	              e->err) < 0)
		return -1;
	r->deleted = found.row;
	/* Who is made anew may have the old names: without anchor no word. */
	r->former = r->deleted && is_open(g->m, TENANT_DELETED_USERS,
	                                  r->deleted);
	if (r->deleted || r->twin)
		return 0;
	if (twin_find_former(j, e->fetch, e->o, &r->deleted, e->err) < 0)
		return -1;
	r->former = r->deleted != 0;
	return 0;
}

static int
find_account(const struct registry *g, const struct entry *e)
{
	struct object *o = e->o;
	struct row *r = e->r;
	enum section s = section_of(SIDE_AD, o->kind), tenant = section_twin(s);
	struct twin_found found;

	if (twin_find(&g->twins[tenant], e->fetch, tenant, o, r, &found,
	              e->err) < 0)
		return -1;
	r->twin = found.row;
	r->how = found.how;
	r->parted = found.parted;
	if (r->twin && s == AD_CONTACTS)
		match_contact(g->m, o, r);
	if (s == AD_USERS && find_deleted(g, e) < 0)
		return -1;
	model_links(g->m, r, s, &o->links);
	return 0;
}

static int
index_ad(const struct registry *g, const struct entry *e)
{
	const struct model *m = g->m;
	struct object *o = e->o;
	struct row *r = e->r;
	enum section s = section_of(SIDE_AD, o->kind), tenant = section_twin(s);

	if (tenant != SECTION_COUNT)
		twin_expect(&g->twins[tenant], o);
	fetch_scope(e->fetch, &m->tables[s], o);
	r->control_version = row_version(&o->ad.control_stamp);
	r->name_version = row_version(&o->ad.name_stamp);
	r->flags = row_flags(o->ad.control);
	r->guid = o->guid;
	r->has_guid = o->has_guid;
	r->created = o->ad.created;
	r->domain = o->domain ? (unsigned)o->domain->index + 1 : 0;
	r->keyless = joins_is_keyless(m, o);
	if (o->ad.sid && m->history_count)
		registry_note(&e->lists->sid,
		              hash_bytes(o->ad.sid, o->ad.sid_len), e->row, s);
	r->scope = o->scope.state;
	r->unplaced = o->scope.cause == SCOPE_BY_GUESS;
	/* By what older snapshots are judged by: before accounts count. */
	timeline_note(g, e, &e->lists->looks);
	found_by_note(g, e);
	if (tenant == SECTION_COUNT)
		return 0;
	if (find_account(g, e) < 0)
		return -1;
	foresee(g, e);
	r->scope = o->scope.state;
	lost_accounts_note(g, e);
	shared_values_note(g, e);
	past_note_holdings(g, e);
	if (unique_matters(g, s)) {
		unique_claim(g, e);
		unique_note_joined(g, e);
		past_note_present(g, e);
	}
	if (linked_mailbox_names_master(o))
		registry_note(&e->lists->linked, hash_bytes(o->ad.master_sid,
		              o->ad.master_sid_len), e->row, s);
	return 0;
}

int
index_entry(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;
	int rc = 0;

	e->r->enabled = (unsigned)o->enabled;
	if (o->side == SIDE_AD)
		rc = index_ad(g, e);
	else
		index_tenant(g, e);
	if (o->has_guid)
		registry_note(&e->lists->id,
		              hash_bytes(&o->guid, sizeof(o->guid)), e->row,
		              SECTION_COUNT);
	/* Rules that could not read it are to say so. */
	e->r->suspect = rc == 0 &&
	                (!attr_set_is_empty(&o->unclear) || e->r->unplaced ||
	                 model_remembered(g->m, o) ||
	                 g->screen->suspects(g->screen, e->lane, o));
	return rc;
}

static void
note_account(struct index_lane *l, const struct account *account)
{
	l->open |= account->open;
	l->some |= account->open || account->synced == YES ||
	           account->anchored;
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct indexing *e = (struct indexing *)s;
	struct index_lane *l = &e->lanes[lane];
	struct scan_lane *sl = &s->lanes[lane];
	int rc;

	LIST_RESERVE(l->rows, l->room, l->count + 1);
	l->rows[l->count] = (struct row){ .place = at->place,
	                                  .wanted = at->wanted };
	rc = index_entry(e->g, &(struct entry){
		.o = o, .s = s->section, .row = (uint32_t)l->count,
		.r = &l->rows[l->count], .lists = &l->lists, .texts = &l->texts,
		.scratch = &l->scratch, .fetch = sl->fetch,
		.lane = lane, .err = &sl->err,
	});
	facts_learn(&l->facts, s->section, o);
	password_learn(&l->facts, s->m, o);
	if (e->g->wants & SCREEN_SHARERS)
		mail_domains_learn(&l->mail, s->m, o);
	if (o->side == SIDE_TENANT)
		note_account(l, l->rows[l->count].account);
	arena_clear(&l->scratch);
	l->count++;
	return rc;
}

/*
 * By what is stronger; then who is in scope, and who is enabled, for of one
 * anchor that one gives the account its values ("Understanding Users, Groups,
 * and Contacts"); then by age: whatever comes first in the files.
 */
static bool
is_before(const struct row *a, const struct row *b)
{
	if (a->how != b->how)
		return a->how < b->how;
	if ((a->scope == SCOPE_IN) != (b->scope == SCOPE_IN))
		return a->scope == SCOPE_IN;
	if ((a->enabled == YES) != (b->enabled == YES))
		return a->enabled == YES;
	if (a->created != b->created)
		return b->created == WHEN_NONE ||
		       (a->created != WHEN_NONE && a->created < b->created);
	if (memcmp(&a->guid, &b->guid, sizeof(a->guid)) != 0)
		return memcmp(&a->guid, &b->guid, sizeof(a->guid)) < 0;
	return a->domain < b->domain;
}

/* What was screened of one that loses its account may not hold. */
static void
lose(struct row *r, row_id *account)
{
	*account = 0;
	r->suspect = true;
}

/*
 * Instead of the number of a row: several AD objects have the account's name.
 * Who comes by a stronger key takes it all the same.
 */
#define SHARED (UINT32_MAX - HOW_NAME_MAIL)

static bool
is_shared(row_id twin)
{
	return twin >= SHARED;
}

/* The other's way to the account that R found, too. */
static enum how
way_of(const struct row *rows, row_id twin)
{
	return is_shared(twin) ? (enum how)(twin - SHARED)
	                       : (enum how)rows[twin - 1].how;
}

/* A file that was imported twice has each object twice. */
static bool
is_same(const struct row *a, const struct row *b)
{
	return a->has_guid && b->has_guid && a->domain == b->domain &&
	       memcmp(&a->guid, &b->guid, sizeof(a->guid)) == 0;
}

/* By what is stronger; of the same names, nobody. */
static void
claim_twin(struct row *rows, uint32_t row, struct row *twin)
{
	struct row *r = &rows[row], *other;
	enum how way;

	if (!twin->twin) {
		twin->twin = row + 1;
		return;
	}
	way = way_of(rows, twin->twin);
	other = is_shared(twin->twin) ? NULL : &rows[twin->twin - 1];
	if (way < r->how || (way == r->how && (!other || is_same(r, other) ||
	                     (!how_is_name(way) && !is_before(r, other))))) {
		lose(r, &r->twin);
		return;
	}
	if (other)
		lose(other, &other->twin);
	if (way != r->how || !how_is_name(way)) {
		twin->twin = row + 1;
		return;
	}
	lose(r, &r->twin);
	twin->twin = SHARED + way;
}

void
index_twins(struct model *m, enum section s, uint32_t row)
{
	struct row *rows = m->tables[s].rows, *r = &rows[row];
	struct row *deleted = r->deleted && !r->former
		? &m->tables[TENANT_DELETED_USERS].rows[r->deleted - 1] : NULL;

	if (r->twin)
		claim_twin(rows, row, &m->tables[section_twin(s)]
		           .rows[r->twin - 1]);
	if (deleted && deleted->twin &&
	    !is_before(r, &rows[deleted->twin - 1])) {
		lose(r, &r->deleted);
	} else if (deleted) {
		if (deleted->twin)
			lose(&rows[deleted->twin - 1],
			     &rows[deleted->twin - 1].deleted);
		deleted->twin = row + 1;
	}
}

void
index_shared(struct model *m, enum section s)
{
	struct table *t = &m->tables[s];

	for (size_t i = 0; joins_use_names(m, s) && i < t->count; i++)
		if (!t->rows[i].merged && is_shared(t->rows[i].twin))
			t->rows[i].twin = 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct indexing *e = (struct indexing *)s;
	struct index_lane *l = &e->lanes[lane];
	struct table *t = &e->g->m->tables[s->section];
	size_t base = t->count;

	LIST_RESERVE_BY_HALF(t->rows, t->room, t->count + l->count);
	t->piece_rows[piece] = (uint32_t)base;
	if (l->count)
		memcpy(t->rows + base, l->rows, l->count * sizeof(*l->rows));
	t->count += l->count;
	registry_take(e->g, s->section, &l->lists, base);
	for (size_t i = base; section_side(s->section) == SIDE_AD &&
	     i < t->count; i++)
		index_twins(e->g->m, s->section, (uint32_t)i);
	l->count = 0;
}

static void
open_lanes(struct indexing *e)
{
	e->lanes = xcalloc(crew_lanes(e->g->m->jobs), sizeof(*e->lanes));
}

static void
end_lane(struct scan *s, unsigned lane)
{
	struct indexing *e = (struct indexing *)s;

	if (section_side(s->section) == SIDE_AD)
		seen_places_take(&e->g->m->seen_places,
		                 fetch_containers(s->lanes[lane].fetch),
		                 &e->g->m->domains);
}

static void
close_lanes(struct indexing *e)
{
	struct model *m = e->g->m;
	enum section s = e->scan.section;

	for (unsigned i = 0; i < crew_lanes(m->jobs); i++) {
		struct index_lane *l = &e->lanes[i];

		facts_join(m->facts, &l->facts);
		facts_release(&l->facts);
		mail_domains_join(&m->mail_domains, &l->mail);
		m->joins[s].open |= l->open && !m->joins[s].tells;
		m->joins[s].stray |= l->open && m->joins[s].tells;
		m->joins[s].some |= l->some;
		arena_adopt(&m->arena, &l->texts);
		arena_release(&l->scratch);
		entry_lists_release(&l->lists);
		free(l->rows);
	}
	free(e->lanes);
}

/* Room for the keys that every object of the section has. */
static void
reserve(struct registry *g, enum section s, size_t n)
{
	keys_reserve(&g->ids[s], n);
	if (section_side(s) == SIDE_AD) {
		if (unique_matters(g, s) && !g->held.count)
			keys_reserve(&g->m->claims, 4 * n);
		return;
	}
	if (unique_matters(g, s) && s != TENANT_DELETED_USERS)
		keys_reserve(&g->held, 3 * n);
	keys_reserve(&g->twins[s].ways[TWIN_ANCHOR], n);
	keys_reserve(&g->twins[s].ways[TWIN_SID], n);
}

int
index_section(struct registry *g, enum section s, struct err *err)
{
	struct model *m = g->m;
	struct table *t = &m->tables[s];
	uint64_t lines = table_lines(t);
	struct indexing e = {
		.scan = { .m = m, .table = t, .section = s, .each = each,
		          .take = take, .end = end_lane }, .g = g,
	};
	int rc;

	if (!t->file_count)
		return 0;
	t->piece_rows = xcalloc(t->pieces + 1, sizeof(*t->piece_rows));
	t->room = lines < RESERVE_MAX ? (size_t)lines : RESERVE_MAX;
	t->rows = xreallocarray(NULL, t->room, sizeof(*t->rows));
	reserve(g, s, t->room);
	timeline_expect(g, s);
	open_lanes(&e);
	rc = scan_run(&e.scan, err);
	t->nameless = e.scan.nameless;
	t->piece_rows[t->pieces] = (uint32_t)t->count;
	close_lanes(&e);
	return rc;
}
