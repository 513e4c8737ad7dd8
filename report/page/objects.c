/* The forecast as it passes by: all objects are counted, some are kept. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "report/page/block_rows.h"
#include "report/page/parts.h"
#include "report/page/waves.h"
#include "report/pass.h"
#include "report/told_key.h"

/* Those kept so far for being the worst, by readiness, beside wanted ones. */
struct object_pick {
	struct object_list of[READY_STATES];
	size_t count, most;
};

struct object_reading {
	struct report_page *page;
	struct object_list wanted;
	struct object_pick pick;
	uint64_t number;
};

static const enum page_ready ready_of[READINESS_COUNT] = {
	[READINESS_READY] = READY_READY, [READINESS_WARNING] = READY_WARNING,
	[READINESS_BLOCKED] = READY_BLOCKED,
	[READINESS_NOT_KNOWN] = READY_UNKNOWN,
	[READINESS_OUT_OF_SCOPE] = READY_OUT,
};

static void
object_release(struct page_object *o)
{
	free(o->name);
	free(o->sam);
	free(o->guid);
	free(o->json);
}

static void
add_to(struct object_list *l, const struct page_object *o)
{
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = *o;
}

/* What a label has before the @ or as it stands, where there is no DN. */
char *
page_name(const char *dn, const char *label)
{
	struct buf name = { 0 };

	if (dn && *dn)
		dn_first_value(&name, dn);
	if (!name.len)
		buf_adds(&name, label && *label ? label : "(no name)");
	return buf_detach(&name);
}

static struct page_object
make_object(struct object_reading *r, const struct forecast *f,
            const struct found_object *found, uint32_t kind, uint32_t place)
{
	struct report_page *p = r->page;
	struct block_object d = {
		.forecast = f, .kind = kind,
		.ready = ready_of[f->readiness],
		.open = found ? found->open : NULL,
	};
	struct buf json = { 0 };
	struct page_object o = {
		.name = page_name(f->dn, view_name(f)),
		.sam = f->sam ? xstrdup(f->sam) : NULL,
		.guid = f->guid ? xstrdup(f->guid) : NULL,
		.ready = d.ready, .number = r->number, .place = place,
		.found = found ? (uint32_t)(found - p->found) + 1 : 0,
	};

	d.name = o.name;
	block_put_object(&json, &d);
	o.len = json.len;
	o.json = xstrndup(buf_text(&json), json.len);
	buf_release(&json);
	return o;
}

/* The mildest state that has objects; READY_STATES: none has. */
static int
mildest(const struct object_pick *p)
{
	int s = READY_STATES - 1;

	while (s >= 0 && !p->of[s].count)
		s--;
	return s < 0 ? READY_STATES : s;
}

static bool
pick_wants(const struct object_pick *p, enum page_ready ready)
{
	int last = mildest(p);

	return p->count < p->most || (last < READY_STATES && last > (int)ready);
}

static void
pick_take(struct object_pick *p, const struct page_object *o)
{
	if (p->count == p->most) {
		struct object_list *from = &p->of[mildest(p)];

		object_release(&from->items[--from->count]);
		p->count--;
	}
	add_to(&p->of[o->ready], o);
	p->count++;
}

/* ---- counting ---- */

static void
count_object(struct report_page *p, const struct forecast *f, uint32_t kind,
             uint32_t place)
{
	uint32_t sides[CUBE_SIDES] = { ready_of[f->readiness], kind, place };

	p->places.items[place].own[f->readiness]++;
	p->places.items[place].weight++;
	if (kind >= p->kind_room) {
		size_t room = p->kind_room;

		LIST_RESERVE(p->by_kind, p->kind_room, kind + 1);
		memset(p->by_kind + room, 0,
		       (p->kind_room - room) * sizeof(*p->by_kind));
	}
	p->by_kind[kind].by[f->readiness]++;
	cube_add(&p->objects, sides);
	p->object_total++;
}

int
page_take_object(struct object_reading *r, struct pass_object *of,
                 struct err *err)
{
	struct report_page *p = r->page;
	const struct forecast *f = of->forecast;
	struct found_object *found;
	uint32_t place, kind;
	struct page_object o;

	if (!f)
		return 0;
	found = of->is_bare ? NULL : page_found(p, told_key(f->guid, f->dn,
	                                                      f->object));
	place = tree_of(&p->places, f->dn, f->domain);
	kind = found ? found->kind
		: names_add(&p->kinds, page_kind(f->kind, f->class, f->dn),
		            &p->texts);
	if (found)
		found->in_forecast = true;
	if (p->waves)
		waves_place(p->waves, f);
	count_object(p, f, kind, place);
	r->number++;
	if (!(found && found->wanted) &&
	    !pick_wants(&r->pick, ready_of[f->readiness]))
		return 0;
	if (pass_fill(of, err) < 0)
		return -1;
	o = make_object(r, f, found, kind, place);
	if (found && found->wanted)
		add_to(&r->wanted, &o);
	else
		pick_take(&r->pick, &o);
	return 0;
}

/* ---- accounts that AD does not have ---- */

static void
add_account(struct object_reading *r, const struct page_row *row)
{
	struct report_page *p = r->page;
	struct found_object *found = &p->found[row->object];
	struct block_object d = {
		.row = row, .kind = found->kind,
		.ready = READY_TENANT, .open = found->open,
	};
	struct buf json = { 0 };
	struct page_object o = {
		.name = page_name(row->dn, row->label),
		.guid = row->guid ? xstrdup(row->guid) : NULL,
		.ready = READY_TENANT, .found = row->object + 1,
		.number = UINT64_MAX, .place = found->place,
	};

	d.name = o.name;
	block_put_object(&json, &d);
	o.len = json.len;
	o.json = xstrndup(buf_text(&json), json.len);
	buf_release(&json);
	found->wanted = false;
	add_to(&r->wanted, &o);
}

static void
add_accounts(struct object_reading *r)
{
	struct report_page *p = r->page;
	const struct page_row *row;

	for (size_t i = 0; i < p->found_count; i++) {
		struct found_object *o = &p->found[i];
		uint32_t sides[CUBE_SIDES] = {
			READY_TENANT, o->kind, o->place
		};

		if (o->in_forecast)
			continue;
		p->tenant_only++;
		p->object_total++;
		cube_add(&p->objects, sides);
	}
	for (size_t list = 0; list < p->f->rule_count + 2; list++)
		for (size_t at = 0; (row = page_row_at(p, list, at)); at++)
			if (p->found[row->object].wanted &&
			    !p->found[row->object].in_forecast)
				add_account(r, row);
}

/* ---- together ---- */

static int
by_ready(const void *a, const void *b)
{
	const struct page_object *x = a, *y = b;

	if (x->ready != y->ready)
		return x->ready < y->ready ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->found < y->found ? -1 : x->found > y->found;
}

static void
want_objects(struct report_page *p)
{
	const struct page_row *row;

	for (size_t list = 0; list < p->f->rule_count + 2; list++)
		for (size_t at = 0; (row = page_row_at(p, list, at)); at++)
			p->found[row->object].wanted = true;
}

/* All in one list, worst first; who has findings knows where its object is. */
static void
join(struct object_reading *r)
{
	struct report_page *p = r->page;
	struct object_list *all = &p->chosen;

	*all = r->wanted;
	for (int s = 0; s < READY_STATES; s++) {
		struct object_list *l = &r->pick.of[s];

		for (size_t i = 0; i < l->count; i++)
			add_to(all, &l->items[i]);
		free(l->items);
	}
	if (all->count)
		qsort(all->items, all->count, sizeof(*all->items), by_ready);
	for (size_t i = 0; i < all->count; i++)
		if (all->items[i].found)
			p->found[all->items[i].found - 1].row = (uint32_t)i + 1;
}

void
page_end_objects(struct object_reading *r)
{
	struct report_page *p = r->page;

	add_accounts(r);
	join(r);
	r->wanted = (struct object_list){ .count = 0 };
	r->pick = (struct object_pick){ .count = 0 };
	tree_sum(&p->places);
	/* Nothing is looked up any more. */
	slim_index_release(&p->found_by_key);
	slim_index_release(&p->objects.by_sides);
	mem_give_back();
}

static void
release_list(struct object_list *l)
{
	for (size_t i = 0; i < l->count; i++)
		object_release(&l->items[i]);
	free(l->items);
}

void
page_free_objects(struct object_reading *r)
{
	release_list(&r->wanted);
	for (int s = 0; s < READY_STATES; s++)
		release_list(&r->pick.of[s]);
	free(r);
}

struct object_reading *
page_begin_objects(struct report_page *p)
{
	struct object_reading *r = xcalloc(1, sizeof(*r));

	r->page = p;
	r->pick.most = PAGE_ROWS / 2;
	want_objects(p);
	return r;
}

void
page_objects_release(struct report_page *p)
{
	release_list(&p->chosen);
	p->chosen = (struct object_list){ .count = 0 };
}
