/* Lines that complete objects of others. */
#include "analyze/load/supplement.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/listed.h"
#include "analyze/load/mailbox_names.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/guid.h"
#include "base/list.h"

void
supplement_free_claims(struct model *m, enum section s, struct row *r)
{
	if (section_side(s) != SIDE_AD)
		return;
	if (r->twin)
		m->tables[section_twin(s)].rows[r->twin - 1].twin = 0;
	if (r->deleted && !r->former)
		m->tables[TENANT_DELETED_USERS].rows[r->deleted - 1].twin = 0;
	r->twin = r->deleted = 0;
	r->former = false;
}

/* Going through recipients. */
struct recipient_lane {
	struct supplement *items;
	struct row *rows;            /* of those that are nobody's */
	size_t count, row_count, room;
	size_t lost;                 /* without an id, of whom nobody knows */
	size_t unsaid;               /* nobody says who manages them */
	size_t unplaced;             /* AD's, of no object of AD */
	struct guid *apart;          /* whose they are, if that is told */
	size_t apart_count, apart_room;
	unsigned kinds;              /* ONLINE_BITs */
};

struct recipients {
	struct scan scan;
	struct registry *g;
	struct mailbox_names names;
	struct recipient_lane *lanes;
};

/* Two forests may have one GUID, in a copy of a forest. */
static bool
is_apart(const struct recipients *r, enum section s, uint32_t row,
         const struct object *recipient)
{
	const struct model *m = r->g->m;
	const struct domain *d = model_domain(m, &m->tables[s].rows[row]);

	return d && recipient->domain && *d->name &&
	       *recipient->domain->name &&
	       d->forest != recipient->domain->forest;
}

/* The object that has the GUID, in any section of the side. */
static int
find_owner(struct recipients *r, struct fetch *f, struct object *recipient,
           struct supplement *out, struct err *err)
{
	const struct guid *guid = &recipient->guid;
	uint64_t hash = hash_bytes(guid, sizeof(*guid));

	fetch_domain(f, recipient);

	for (int s = 0; s < SECTION_COUNT; s++) {
		const struct key *end, *k = keys_find(&r->g->ids[s], hash,
		                                      &end);

		if (section_side((enum section)s) !=
		    section_side(r->scan.section))
			continue;
		for (; k < end; k++) {
			struct arena scratch = { 0 };
			struct object o;
			int rc;

			if (k->hash != hash ||
			    is_apart(r, (enum section)s, k->row, recipient))
				continue;
			rc = fetch_own_line(f, (enum section)s, k->row,
			                    &scratch, &o, err);
			arena_release(&scratch);
			if (rc < 0)
				return -1;
			if (memcmp(&o.guid, guid, sizeof(*guid)) != 0)
				continue;
			out->owner = (enum section)s;
			out->row = k->row;
			return 0;
		}
	}
	return 0;
}

/* The user who is called like the mailbox, which has no id of one. */
static void
find_named(const struct recipients *r, struct recipient_lane *l,
           const struct object *mailbox, struct supplement *out)
{
	row_id row;

	if (section_side(r->scan.section) != SIDE_TENANT)
		return;
	row = mailbox_names_find(&r->names, mailbox);
	if (row) {
		out->owner = TENANT_USERS;
		out->row = row - 1;
	} else if (!recipient_is_of_service(mailbox)) {
		l->lost++;
	}
}

/* Whether it may be one that AD manages, for all that it and its user say. */
static bool
is_unsaid(const struct recipients *r, const struct object *o,
          const struct supplement *x)
{
	const struct account *h = x->owner == SECTION_COUNT ? NULL
		: r->g->m->tables[x->owner].rows[x->row].account;
	enum tristate synced = o->tenant.synced;

	if (o->tenant.exchange_managed == YES ||
	    recipient_is_online(o) == NO || recipient_is_of_service(o))
		return false;
	if (synced == UNKNOWN && h)
		synced = h->synced;
	return synced == UNKNOWN || (synced == YES &&
	       o->tenant.exchange_managed == UNKNOWN);
}

static void
note_unplaced(struct recipient_lane *l, const struct object *o)
{
	l->unplaced++;
	if (!o->has_guid)
		return;
	LIST_RESERVE(l->apart, l->apart_room, l->apart_count + 1);
	l->apart[l->apart_count++] = o->guid;
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct recipients *r = (struct recipients *)s;
	struct recipient_lane *l = &r->lanes[lane];
	struct supplement x = {
		.owner = SECTION_COUNT, .section = s->section,
		.place = at->place, .wanted = at->wanted,
	};

	if (o->has_guid && find_owner(r, s->lanes[lane].fetch, o, &x,
	                              &s->lanes[lane].err) < 0)
		return -1;
	if (!o->has_guid)
		find_named(r, l, o, &x);
	l->kinds |= ONLINE_BIT(recipient_online_kind(o));
	l->unsaid += s->section == TENANT_MAILBOXES && is_unsaid(r, o, &x);
	if (s->section == AD_MAILBOXES && x.owner == SECTION_COUNT)
		note_unplaced(l, o);
	if (l->count + l->row_count >= l->room) {
		l->room = list_room(l->room, l->room + 1);
		LIST_RESIZE(l->items, l->room);
		LIST_RESIZE(l->rows, l->room);
	}
	if (x.owner != SECTION_COUNT)
		l->items[l->count++] = x;
	else if (section_side(s->section) == SIDE_TENANT && at->wanted)
		l->rows[l->row_count++] = (struct row){
			.place = at->place, .wanted = at->wanted,
			.suspect = true,
		};
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct recipients *r = (struct recipients *)s;
	struct recipient_lane *l = &r->lanes[lane];
	struct table *t = &r->g->m->tables[s->section];

	t->piece_rows[piece] = (uint32_t)t->count;
	for (size_t i = 0; i < l->count; i++) {
		struct supplement x = l->items[i];

		if (r->g->m->tables[x.owner].rows[x.row].merged)
			x.row = r->g->m->tables[x.owner].rows[x.row].twin - 1;
		model_supplement(r->g->m, x);
	}
	LIST_RESERVE_BY_HALF(t->rows, t->room, t->count + l->row_count);
	if (l->row_count)
		memcpy(t->rows + t->count, l->rows,
		       l->row_count * sizeof(*l->rows));
	t->count += l->row_count;
	l->count = l->row_count = 0;
}

/* The lanes' findings together. */
static void
add_lanes(struct recipients *r, unsigned n, struct guid_set *apart)
{
	struct listed_mailboxes *all = &r->g->m->mailboxes;

	for (unsigned i = 0; i < n; i++) {
		struct recipient_lane *l = &r->lanes[i];

		all->lost += l->lost;
		all->unsaid += l->unsaid;
		all->unplaced += l->unplaced;
		if (r->scan.section == TENANT_MAILBOXES)
			all->kinds |= l->kinds;
		for (size_t k = 0; k < l->apart_count; k++)
			guid_set_add(apart, &l->apart[k]);
		free(l->apart);
		free(l->items);
		free(l->rows);
	}
}

int
supplement_recipients(struct registry *g, enum section s, struct err *err)
{
	struct table *t = &g->m->tables[s];
	struct recipients r = {
		.scan = { .m = g->m, .table = t, .section = s, .each = each,
		          .take = take }, .g = g,
	};
	unsigned n = crew_lanes(g->m->jobs);
	size_t lost = g->m->mailboxes.lost;
	struct guid_set apart = { 0 };
	int rc;

	if (!t->file_count)
		return 0;
	if (s == TENANT_MAILBOXES && !attr_set_has(t->covered, ATTR_GUID))
		mailbox_names_build(&r.names, g->m);
	t->piece_rows = xcalloc(t->pieces + 1, sizeof(*t->piece_rows));
	r.lanes = xcalloc(n, sizeof(*r.lanes));
	rc = scan_run(&r.scan, err);
	t->piece_rows[t->pieces] = (uint32_t)t->count;
	add_lanes(&r, n, &apart);
	free(r.lanes);
	if (rc == 0)
		mailbox_names_tell(&r.names, g->m->mailboxes.lost - lost);
	if (rc == 0 && apart.count)
		rc = listed_load(g->m, &apart, err);
	guid_set_release(&apart);
	mailbox_names_release(&r.names);
	return rc;
}

/* By owner; lines of the same section in their order, sections in theirs. */
static int
by_owner(const void *a, const void *b)
{
	const struct supplement *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	/* The object's own section first: Exchange only completes it. */
	if (x->section != y->section)
		return x->section == x->owner ? -1 : y->section == y->owner
			? 1 : x->section < y->section ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static int
index_again(struct registry *g, struct fetch *f, enum section s, uint32_t row,
            struct err *err)
{
	struct row *r = &g->m->tables[s].rows[row];
	struct entry_lists lists = { 0 };
	struct arena scratch = { 0 };
	struct object o;
	int rc;

	supplement_free_claims(g->m, s, r);
	rc = fetch_object(f, s, row, &scratch, &o, err);
	if (rc == 0)
		rc = index_entry(g, &(struct entry){
			.o = &o, .s = s, .row = row, .r = r, .lists = &lists,
			.texts = &g->m->arena, .scratch = &scratch,
			.fetch = f, .err = err,
		});
	if (rc == 0) {
		registry_take(g, s, &lists, 0);
		if (section_side(s) == SIDE_AD)
			index_twins(g->m, s, row);
	}
	entry_lists_release(&lists);
	arena_release(&scratch);
	return rc;
}

int
supplement_entries(struct registry *g, enum side side, struct err *err)
{
	struct model *m = g->m;
	struct fetch *f = fetch_new(m);
	int rc = 0;

	if (m->supplement_count)
		qsort(m->supplements, m->supplement_count,
		      sizeof(*m->supplements), by_owner);
	for (size_t i = 0; i < m->supplement_count && rc == 0; i++) {
		const struct supplement *x = &m->supplements[i];
		bool again = i > 0 && x[-1].owner == x->owner &&
		             x[-1].row == x->row;

		if (section_side(x->owner) == side && !again)
			rc = index_again(g, f, x->owner, x->row, err);
	}
	fetch_free(f);
	return rc;
}
