/* Keeps of older snapshots of the tenant who had an account, and lost it. */
#include "analyze/load/lost_accounts.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/absence.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "base/guid_set.h"
#include "base/list.h"
#include "base/sid.h"
#include "base/utf8.h"

/* The account of an older snapshot, and whose it was. */
struct lost_one {
	struct lost_account of;
	struct guid id;
};

struct lost_lane {
	struct lost_one *items;
	size_t count, room;
	struct arena texts;
};

struct lost_seeker {
	struct registry *g;
	bool seeks[SECTION_COUNT];           /* of the tenant's sections */
	/* Of the look before, going back, that would have shown it. */
	when_t newer[SECTION_COUNT];
	const struct snapshot *from;
	struct lost_one *items;
	size_t count, room;
	struct lost_lane *lanes;
};

/* ---- what its account is known by, as joins of the present are ---- */

enum { ANCHORS = 2 };

/* Whoever has both may be joined by either, if nobody says by which. */
static size_t
anchors_of(const struct policy *p, const struct object *o,
           const struct guid *out[ANCHORS])
{
	size_t n = 0;

	if (o->ad.has_consistency_guid && p->anchor != ANCHOR_OBJECT_GUID)
		out[n++] = &o->ad.consistency_guid;
	if (o->has_guid && (p->anchor != ANCHOR_CONSISTENCY_GUID ||
	                    !o->ad.has_consistency_guid))
		out[n++] = &o->guid;
	return n;
}

/* Calls NOTE for each address of O without its prefix. */
static void
note_addresses(const struct object *o, struct key_list *to, uint32_t row,
               enum section s)
{
	if (o->mail)
		registry_note(to, hash_folded(o->mail), row, s);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY)
			registry_note(to, hash_folded(address_body(
				o->proxies[i])), row, s);
}

/*
 * Who is in scope is noted where he may have had the account instead: a contact
 * of the same address, an object that was given the anchor.
 */
void
lost_accounts_note(const struct registry *g, const struct entry *e)
{
	struct key_list *to = &e->lists->lost;
	const struct guid *anchors[ANCHORS];
	const struct object *o = e->o;
	char sid[SID_TEXT];
	size_t n;

	if (!g->m->past.tenant_count || (e->r->scope == SCOPE_IN &&
	    o->kind != KIND_CONTACT && !o->ad.has_consistency_guid))
		return;
	if (o->kind == KIND_CONTACT) {
		note_addresses(o, to, e->row, e->s);
		return;
	}
	n = anchors_of(model_policy(g->m, o), o, anchors);
	for (size_t i = 0; i < n; i++)
		registry_note(to, hash_bytes(anchors[i], sizeof(*anchors[i])),
		              e->row, e->s);
	if (!o->ad.sid)
		return;
	sid_format(o->ad.sid, o->ad.sid_len, sid);
	registry_note(to, hash_text(sid), e->row, e->s);
}

static bool
has_anchor(const struct policy *p, const struct object *ad,
           const struct guid *anchor)
{
	const struct guid *anchors[ANCHORS];
	size_t n = anchors_of(p, ad, anchors);

	for (size_t i = 0; i < n; i++)
		if (memcmp(anchors[i], anchor, sizeof(*anchor)) == 0)
			return true;
	return false;
}

/* What an account is looked for by. */
struct lost_name {
	const struct object *account;
	bool has_anchor;
	struct guid anchor;
	const char *address;                 /* of a contact */
};

/* A SID counts only where no anchor is there. */
static bool
is_its(const struct model *m, const struct object *ad,
       const struct lost_name *by)
{
	char sid[SID_TEXT];

	if (by->address)
		return object_lists(ad, by->address) ||
		       (ad->mail && utf8_same_folded(ad->mail, by->address));
	if (by->has_anchor)
		return has_anchor(model_policy(m, ad), ad, &by->anchor);
	if (!ad->ad.sid)
		return false;
	sid_format(ad->ad.sid, ad->ad.sid_len, sid);
	return strcmp(sid, by->account->tenant.sync_sid) == 0;
}

static uint64_t
hash_of(const struct lost_name *by)
{
	if (by->address)
		return hash_folded(by->address);
	return by->has_anchor ? hash_bytes(&by->anchor, sizeof(by->anchor))
		: hash_text(by->account->tenant.sync_sid);
}

/* ---- whose it was ---- */

struct lost_owner {
	enum section section;
	uint32_t row;
	size_t count;                        /* of two, neither */
};

static const struct row *
row_of(const struct model *m, const struct lost_owner *o)
{
	return &m->tables[o->section].rows[o->row];
}

static int
look_up(struct lost_seeker *p, struct fetch *f, const struct lost_name *by,
        struct lost_owner *out, struct err *err)
{
	const struct model *m = p->g->m;
	uint64_t hash = hash_of(by);
	const struct key *end, *k = keys_find(&p->g->lost, hash, &end);
	int rc = 0;

	for (; k < end && rc == 0 && out->count < 2; k++) {
		const struct row *r = &m->tables[k->section].rows[k->row];
		uint32_t row = r->merged ? r->twin - 1 : k->row;
		struct arena scratch = { 0 };
		struct object o;

		if (k->hash != hash || (out->count && out->row == row &&
		                        out->section == k->section))
			continue;
		rc = fetch_object(f, (enum section)k->section, row, &scratch,
		                  &o, err);
		if (rc == 0 && is_its(m, &o, by)) {
			out->section = (enum section)k->section;
			out->row = row;
			out->count++;
		}
		arena_release(&scratch);
	}
	return rc;
}

/*
 * Whether the row is out of scope without an account, and was there when that
 * had one: what was made later is another of the same address or anchor.
 */
static bool
has_lost(const struct row *r, when_t when)
{
	return r->scope != SCOPE_IN && !r->unplaced && !r->twin &&
	       (!r->deleted || r->former) &&
	       (r->created == WHEN_NONE || r->created <= when);
}

static int
look_for(struct lost_seeker *p, unsigned lane, struct fetch *f,
         const struct lost_name *by, struct err *err)
{
	struct lost_lane *l = &p->lanes[lane];
	const struct object *o = by->account;
	enum section s = section_of(SIDE_TENANT, o->kind);
	when_t when = snapshot_collected(p->from);
	struct lost_owner owner = { .count = 0 };

	if (look_up(p, f, by, &owner, err) < 0)
		return -1;
	if (owner.count != 1 || !has_lost(row_of(p->g->m, &owner), when) ||
	    section_twin(owner.section) != s)
		return 0;
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct lost_one){
		.of = {
			.section = owner.section, .row = owner.row,
			.when = when, .newer = p->newer[s],
			.last_sync = o->tenant.last_sync,
			.dn = o->dn ? arena_strdup(&l->texts, o->dn) : NULL,
		},
		.id = o->guid,
	};
	return 0;
}

int
lost_accounts_see(struct lost_seeker *p, unsigned lane, struct fetch *f,
                  const struct object *o, struct err *err)
{
	struct lost_name by = { .account = o };

	/* Without its id nobody knows whether it is there still. */
	if (o->tenant.synced != YES || !o->has_guid)
		return 0;
	if (o->kind == KIND_CONTACT) {
		by.address = object_address(o);
		return by.address ? look_for(p, lane, f, &by, err) : 0;
	}
	by.has_anchor = object_immutable_guid(o, &by.anchor);
	return by.has_anchor || o->tenant.sync_sid
		? look_for(p, lane, f, &by, err) : 0;
}

/* ---- the snapshots, the newest first ---- */

static bool
tells(const struct snapshot *from, enum section s)
{
	return absence_is_told(from, ALL_DOMAINS, s);
}

bool
lost_accounts_seek(const struct lost_seeker *p, enum section s)
{
	return p->seeks[s];
}

struct lost_seeker *
lost_accounts_open(struct registry *g)
{
	const struct snapshot *now = g->m->tenant;
	struct lost_seeker *p;

	if (!g->lost.count || !now)
		return NULL;
	p = xcalloc(1, sizeof(*p));
	p->g = g;
	p->lanes = xcalloc(crew_lanes(g->m->jobs), sizeof(*p->lanes));
	for (size_t i = 0; i < SYNCED_SECTIONS; i++) {
		enum section s = section_twin(synced_sections[i]);

		if (s == SECTION_COUNT)
			continue;
		p->seeks[s] = tells(now, s) && (s != TENANT_USERS ||
			tells(now, TENANT_DELETED_USERS));
		p->newer[s] = snapshot_collected(now);
	}
	keys_build(&g->lost, g->m->jobs);
	return p;
}

void
lost_accounts_begin(struct lost_seeker *p, const struct snapshot *from)
{
	p->from = from;
}

void
lost_accounts_take(struct lost_seeker *p, unsigned lane)
{
	struct lost_lane *l = &p->lanes[lane];

	LIST_RESERVE(p->items, p->room, p->count + l->count);
	if (l->count)
		memcpy(p->items + p->count, l->items,
		       l->count * sizeof(*l->items));
	p->count += l->count;
	l->count = 0;
}

void
lost_accounts_end(struct lost_seeker *p)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (p->seeks[s] && tells(p->from, (enum section)s))
			p->newer[s] = snapshot_collected(p->from);
}

static int
by_row(const void *a, const void *b)
{
	const struct lost_account *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->when > y->when ? -1 : x->when < y->when;
}

/* Ids that the present has: these accounts were converted, or are others'. */
static void
find_present(const struct lost_seeker *p, struct guid_set *out)
{
	static const enum section all[] = {
		TENANT_USERS, TENANT_GROUPS, TENANT_CONTACTS,
		TENANT_DELETED_USERS
	};
	struct guid_set sought = { 0 };

	for (size_t i = 0; i < p->count; i++)
		guid_set_add(&sought, &p->items[i].id);
	for (size_t k = 0; k < sizeof(all) / sizeof(all[0]); k++) {
		const struct table *t = &p->g->m->tables[all[k]];

		for (size_t i = 0; i < t->count; i++)
			if (t->rows[i].account &&
			    guid_set_has(&sought, &t->rows[i].account->id))
				guid_set_add(out, &t->rows[i].account->id);
	}
	guid_set_release(&sought);
}

/* Of each object the newest; a rule has to look at it, then. */
static void
keep(struct lost_seeker *p)
{
	struct past_accounts *to = &p->g->m->past;
	struct guid_set present = { 0 };
	size_t n = 0;

	find_present(p, &present);
	to->lost = xcalloc(p->count, sizeof(*to->lost));
	for (size_t i = 0; i < p->count; i++)
		if (!guid_set_has(&present, &p->items[i].id))
			to->lost[n++] = p->items[i].of;
	qsort(to->lost, n, sizeof(*to->lost), by_row);
	for (size_t i = 0; i < n; i++) {
		const struct lost_account *l = &to->lost[i];

		if (i && l->section == to->lost[to->lost_count - 1].section &&
		    l->row == to->lost[to->lost_count - 1].row)
			continue;
		p->g->m->tables[l->section].rows[l->row].suspect = true;
		to->lost[to->lost_count++] = *l;
	}
	guid_set_release(&present);
}

void
lost_accounts_close(struct lost_seeker *p)
{
	if (!p)
		return;
	if (p->count)
		keep(p);
	for (unsigned i = 0; i < crew_lanes(p->g->m->jobs); i++) {
		arena_adopt(&p->g->m->arena, &p->lanes[i].texts);
		free(p->lanes[i].items);
	}
	free(p->lanes);
	free(p->items);
	free(p);
}
