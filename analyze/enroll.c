/* Taking objects into the model. */
#include "analyze/enroll.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/address.h"
#include "analyze/assess.h"
#include "analyze/container.h"
#include "analyze/rule.h"
#include "analyze/sweep.h"
#include "base/utf8.h"

/* Nothing is reserved on the word of a manifest alone beyond this. */
enum { RESERVE_MAX = 1 << 20 };

/* What the lanes of a sweep have found. */
struct enroll_lane {
	struct row *rows;
	size_t count, room;
	struct entry_lists lists;
	struct arena texts;
	struct check *check;
	bool metadata, synced;
};

struct enroll {
	struct sweep sweep;
	struct registry *g;
	struct enroll_lane *lanes;
};

void
entry_lists_release(struct entry_lists *l)
{
	key_list_release(&l->id);
	key_list_release(&l->sid);
	key_list_release(&l->address);
	for (int w = 0; w < JOIN_WAYS; w++)
		key_list_release(&l->join[w]);
}

void
registry_take(struct registry *g, enum section s, struct entry_lists *l,
              size_t base)
{
	keys_take(&g->ids[s], &l->id, base);
	keys_take(&g->sids[s], &l->sid, base);
	keys_take(&g->m->addresses, &l->address, base);
	for (int w = 0; w < JOIN_WAYS; w++)
		keys_take(&g->joins[s].ways[w], &l->join[w], base);
}

void
registry_release(struct registry *g)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		keys_release(&g->ids[s]);
		keys_release(&g->sids[s]);
		for (int w = 0; w < JOIN_WAYS; w++)
			keys_release(&g->joins[s].ways[w]);
	}
}

static void
note(struct key_list *l, uint64_t hash, uint32_t row, enum section s)
{
	key_list_add(l, (struct key){ .hash = hash, .row = row,
	                              .section = (uint32_t)s });
}

const char *
account_text(const struct account *a, enum account_text which)
{
	const char *text = a->texts;

	for (int i = 0; i < (int)which; i++)
		text += strlen(text) + 1;
	return *text ? text : NULL;
}

void
row_account(const struct row *r, struct account *out)
{
	*out = (struct account){
		.synced = (enum tristate)r->synced,
		.enabled = (enum tristate)r->enabled,
		.exchange_plan = (enum tristate)r->plan,
		.has_mail = r->has_mail, .has_proxies = r->has_proxies,
		.texts = r->texts,
	};
}

/* A MOERA: an address in the initial domain. */
static const char *
find_moera(const struct model *m, const struct object *o)
{
	for (size_t i = 0; m->initial_domain && i < o->proxy_count; i++) {
		const char *body = address_body(o->proxies[i]);
		const char *domain = address_domain(body);

		if (domain && ascii_casecmp(domain, m->initial_domain) == 0)
			return body;
	}
	return NULL;
}

/* The three texts one after the other, each with its NUL. */
static const char *
pack_texts(const struct model *m, const struct object *o, struct arena *a)
{
	const char *texts[] = { o->upn, o->mail_nickname, find_moera(m, o) };
	size_t len[3], total = 0;
	char *out, *p;

	for (int i = 0; i < 3; i++) {
		len[i] = texts[i] ? strlen(texts[i]) : 0;
		total += len[i] + 1;
	}
	p = out = arena_alloc(a, total);
	for (int i = 0; i < 3; i++) {
		if (texts[i])
			memcpy(p, texts[i], len[i]);
		p[len[i]] = '\0';
		p += len[i] + 1;
	}
	return out;
}

static void
enroll_tenant(const struct registry *g, struct fetch *f,
              const struct object *o, uint32_t row, struct row *r,
              struct entry_lists *lists, struct arena *texts)
{
	r->has_guid = join_anchor(o, &r->guid);
	r->synced = (unsigned)o->synced;
	r->plan = (unsigned)o->exchange_plan;
	r->has_mail = o->mail != NULL;
	r->has_proxies = o->proxy_count > 0;
	r->texts = pack_texts(g->m, o, texts);
	join_note(lists->join, fetch_containers(f), o, row);
}

/* Whether addresses are to be compared, and objects of the section have any. */
static bool
has_addresses(const struct registry *g, enum section s)
{
	return (g->docket->needs & NEED_SHARERS) &&
	       section_twin(s) != SECTION_COUNT;
}

static int
enroll_ad(const struct registry *g, struct fetch *f, struct object *o,
          uint32_t row, struct row *r, struct entry_lists *lists,
          struct account *account, struct err *err)
{
	const struct model *m = g->m;
	enum section s = section_of(SIDE_AD, o->kind);
	enum section tenant = section_twin(s);

	if (tenant != SECTION_COUNT)
		join_expect(&g->joins[tenant], o);
	fetch_scope(f, &m->tables[s], o);
	r->scope = o->scope.state;
	r->control_version = (uint16_t)o->control_stamp.version;
	r->name_version = (uint16_t)o->name_stamp.version;
	r->guid = o->guid;
	r->has_guid = o->has_guid;
	if (o->sid && m->history_count)
		note(&lists->sid, hash_bytes(o->sid, o->sid_len), row, s);
	for (size_t i = 0; has_addresses(g, s) &&
	     i < o->proxy_count; i++)
		note(&lists->address, hash_folded(o->proxies[i]), row, s);
	if (tenant == SECTION_COUNT)
		return 0;
	if (join_find(&g->joins[tenant], f, tenant, o, &r->twin, err) < 0 ||
	    (s == AD_USERS &&
	     join_find(&g->joins[TENANT_DELETED_USERS], f,
	               TENANT_DELETED_USERS, o, &r->deleted, err) < 0))
		return -1;
	if (r->twin) {
		row_account(&m->tables[tenant].rows[r->twin - 1], account);
		o->account = account;
	}
	o->has_deleted_account = r->deleted != 0;
	return 0;
}

int
enroll_entry(const struct registry *g, struct fetch *f, struct check *c,
             struct object *o, uint32_t row, struct row *r,
             struct entry_lists *lists, struct arena *texts, struct err *err)
{
	struct account account;
	int rc = 0;

	r->enabled = (unsigned)o->enabled;
	if (o->side == SIDE_AD)
		rc = enroll_ad(g, f, o, row, r, lists, &account, err);
	else
		enroll_tenant(g, f, o, row, r, lists, texts);
	if (o->has_guid)
		note(&lists->id, hash_bytes(&o->guid, sizeof(o->guid)), row,
		     SECTION_COUNT);
	r->suspect = rc == 0 && check_screen(c, o);
	return rc;
}

static int
each(struct sweep *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct enroll *e = (struct enroll *)s;
	struct enroll_lane *l = &e->lanes[lane];
	struct sweep_lane *sl = &s->lanes[lane];
	const uint64_t meta = ATTR_BIT(ATTR_META_XML) |
	                      ATTR_BIT(ATTR_META_BINARY);

	if (l->count == l->room) {
		l->room = l->room ? 2 * l->room : 256;
		l->rows = xreallocarray(l->rows, l->room, sizeof(*l->rows));
	}
	l->rows[l->count] = (struct row){ .place = at->place,
	                                  .wanted = at->wanted };
	if (o->have & meta)
		l->metadata = true;
	if (o->synced == YES && s->section == TENANT_USERS)
		l->synced = true;
	if (enroll_entry(e->g, sl->fetch, l->check, o, (uint32_t)l->count,
	                 &l->rows[l->count], &l->lists, &l->texts,
	                 &sl->err) < 0)
		return -1;
	l->count++;
	return 0;
}

void
enroll_claim(struct model *m, enum section s, uint32_t row)
{
	struct row *r = &m->tables[s].rows[row];
	struct row *twin = r->twin
		? &m->tables[section_twin(s)].rows[r->twin - 1] : NULL;
	struct row *deleted = r->deleted
		? &m->tables[TENANT_DELETED_USERS].rows[r->deleted - 1] : NULL;

	/* Another was first: what was screened may not hold. */
	if (twin && twin->twin) {
		r->twin = 0;
		r->suspect = true;
	} else if (twin) {
		twin->twin = row + 1;
	}
	if (deleted && deleted->twin) {
		r->deleted = 0;
		r->suspect = true;
	} else if (deleted) {
		deleted->twin = row + 1;
	}
}

static void
take(struct sweep *s, unsigned lane, size_t piece)
{
	struct enroll *e = (struct enroll *)s;
	struct enroll_lane *l = &e->lanes[lane];
	struct table *t = &e->g->m->tables[s->section];
	size_t base = t->count;

	if (t->count + l->count > t->room) {
		t->room = t->room + t->room / 2 + l->count;
		t->rows = xreallocarray(t->rows, t->room, sizeof(*t->rows));
	}
	t->piece_rows[piece] = (uint32_t)base;
	if (l->count)
		memcpy(t->rows + base, l->rows, l->count * sizeof(*l->rows));
	t->count += l->count;
	registry_take(e->g, s->section, &l->lists, base);
	for (size_t i = base; section_side(s->section) == SIDE_AD &&
	     i < t->count; i++)
		enroll_claim(e->g->m, s->section, (uint32_t)i);
	l->count = 0;
}

static void
open_lanes(struct enroll *e)
{
	unsigned n = crew_lanes(e->g->m->jobs);

	e->lanes = xcalloc(n, sizeof(*e->lanes));
	for (unsigned i = 0; i < n; i++)
		e->lanes[i].check = check_new(e->g->docket, NULL);
}

static void
close_lanes(struct enroll *e)
{
	struct model *m = e->g->m;

	for (unsigned i = 0; i < crew_lanes(m->jobs); i++) {
		struct enroll_lane *l = &e->lanes[i];

		if (l->metadata)
			m->has_metadata = YES;
		if (l->synced)
			m->has_synced = YES;
		arena_adopt(&m->arena, &l->texts);
		entry_lists_release(&l->lists);
		check_free(l->check);
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
		if (has_addresses(g, s))
			keys_reserve(&g->m->addresses, 2 * n);
		return;
	}
	keys_reserve(&g->joins[s].ways[JOIN_ANCHOR], n);
	keys_reserve(&g->joins[s].ways[JOIN_SID], n);
}

int
enroll_section(struct registry *g, enum section s, struct err *err)
{
	struct model *m = g->m;
	struct table *t = &m->tables[s];
	const struct snapshot *from = m->present[section_side(s)];
	struct enroll e = {
		.sweep = { .m = m, .table = t, .section = s, .each = each,
		           .take = take }, .g = g,
	};
	int rc;

	if (!from || !t->file)
		return 0;
	e.sweep.file = snapshot_file(from, s);
	t->pieces = blob_pieces(t->file);
	t->piece_rows = xcalloc(t->pieces + 1, sizeof(*t->piece_rows));
	t->room = e.sweep.file.count < RESERVE_MAX
		? (size_t)e.sweep.file.count : RESERVE_MAX;
	t->rows = xreallocarray(NULL, t->room, sizeof(*t->rows));
	reserve(g, s, t->room);
	open_lanes(&e);
	rc = sweep_run(&e.sweep, err);
	t->piece_rows[t->pieces] = (uint32_t)t->count;
	close_lanes(&e);
	free(e.sweep.file.path);
	return rc;
}
