/* Rows and claims of objects that only hold addresses. */
#include "analyze/load/address_holders.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/load/registry.h"
#include "analyze/load/unique_beside.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"

struct holder_lane {
	struct row *rows;
	size_t count, room;
	struct key_list claims;
	struct entry_lists lists;    /* what it has beside them */
};

struct holders {
	struct scan scan;
	struct registry *g;
	struct holder_lane *lanes;
};

static void
claim(struct holder_lane *l, uint64_t hash)
{
	key_list_add(&l->claims, (struct key){
		.hash = hash, .row = (uint32_t)l->count, .section = AD_OTHER,
	});
}

/* Its addresses; without any its mail, as of whom sync takes. */
static void
claim_addresses(struct holder_lane *l, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		claim(l, unique_hash(UNIQUE_PROXY, o->proxies[i]));
	if (!o->proxy_count && o->mail)
		claim(l, unique_hash(UNIQUE_ADDRESS, o->mail));
}

/* What nobody else is to be proposed. */
static void
note_beside(struct holders *h, unsigned lane, struct object *o)
{
	struct holder_lane *l = &h->lanes[lane];

	unique_note_beside(h->g, &(struct entry){
		.o = o, .s = AD_OTHER, .row = (uint32_t)l->count,
		.lists = &l->lists, .scratch = &h->scan.lanes[lane].arena,
	});
}

/* Rules that could not read it are to say so. */
static bool
is_suspect(const struct registry *g, struct scan *s, unsigned lane,
           struct object *o)
{
	if (!(g->wants & SCREEN_HOLDERS))
		return false;
	fetch_scope(s->lanes[lane].fetch, s->table, o);
	return !attr_set_is_empty(&o->unclear) ||
	       g->screen->suspects(g->screen, lane, o);
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct holders *h = (struct holders *)s;
	struct holder_lane *l = &h->lanes[lane];
	bool suspect;

	if (!object_holds_addresses(o))
		return 0;
	if (h->g->wants & SCREEN_SHARERS)
		claim_addresses(l, o);
	note_beside(h, lane, o);
	suspect = is_suspect(h->g, s, lane, o);
	LIST_RESERVE(l->rows, l->room, l->count + 1);
	l->rows[l->count++] = (struct row){
		.place = at->place, .wanted = at->wanted, .guid = o->guid,
		.has_guid = o->has_guid, .created = o->ad.created,
		.scope = SCOPE_FILTERED,
		.domain = o->domain ? (unsigned)o->domain->index + 1 : 0,
		.suspect = suspect,
	};
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct holders *h = (struct holders *)s;
	struct holder_lane *l = &h->lanes[lane];
	struct table *t = &h->g->m->tables[AD_OTHER];

	t->piece_rows[piece] = (uint32_t)t->count;
	keys_take(&h->g->m->claims, &l->claims, t->count);
	keys_take(&h->g->beside, &l->lists.beside, t->count);
	keys_take(&h->g->names, &l->lists.names, t->count);
	LIST_RESERVE_BY_HALF(t->rows, t->room, t->count + l->count);
	if (l->count)
		memcpy(t->rows + t->count, l->rows,
		       l->count * sizeof(*l->rows));
	t->count += l->count;
	l->count = 0;
}

int
address_holders_index(struct registry *g, struct err *err)
{
	struct table *t = &g->m->tables[AD_OTHER];
	struct holders h = {
		.scan = { .m = g->m, .table = t, .section = AD_OTHER,
		          .each = each, .take = take }, .g = g,
	};
	unsigned n = crew_lanes(g->m->jobs);
	int rc;

	if (!t->file_count || !(g->wants & (SCREEN_SHARERS | SCREEN_HOLDERS)))
		return 0;
	t->piece_rows = xcalloc(t->pieces + 1, sizeof(*t->piece_rows));
	h.lanes = xcalloc(n, sizeof(*h.lanes));
	rc = scan_run(&h.scan, err);
	t->piece_rows[t->pieces] = (uint32_t)t->count;
	for (unsigned i = 0; i < n; i++) {
		free(h.lanes[i].rows);
		key_list_release(&h.lanes[i].claims);
		entry_lists_release(&h.lanes[i].lists);
	}
	free(h.lanes);
	return rc;
}
