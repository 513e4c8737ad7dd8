/* Keeps of older snapshots of the tenant who changed for worse. */
#include "analyze/load/past_accounts.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

/* A user of the present who is looked for. */
struct sought_user {
	struct guid id;
	uint32_t row;
	when_t newer;                /* of the look before, going back */
	bool found;
};

/* One of an older snapshot, and what counts of him; NULL: nothing does. */
struct seen_user {
	size_t sought;
	const char *primary;
};

struct past_lane {
	struct seen_user *items;
	size_t count, room;
	struct arena texts;
};

struct past_seeker {
	struct model *m;
	struct sought_user *sought;       /* by ids */
	size_t count;
	when_t when;
	struct past_lane *lanes;
};

/* Whether the address is in a domain of the company. */
static bool
is_of_company(const char *address)
{
	const char *domain = address ? address_domain(address) : NULL;

	return domain && !domain_is_initial(domain);
}

static bool
is_sought(const struct row *r)
{
	const struct account *h = r->merged ? NULL : r->account;
	const char *primary = h ? account_text(h, ACCOUNT_PRIMARY) : NULL;

	return primary && h->exchange_plan == NO && address_domain(primary) &&
	       !is_of_company(primary);
}

static int
by_id(const void *a, const void *b)
{
	const struct sought_user *x = a, *y = b;

	return memcmp(&x->id, &y->id, sizeof(x->id));
}

static void
seek(struct past_seeker *p)
{
	const struct table *t = &p->m->tables[TENANT_USERS];
	size_t room = 0;

	for (size_t i = 0; i < t->count; i++) {
		if (!is_sought(&t->rows[i]))
			continue;
		LIST_RESERVE(p->sought, room, p->count + 1);
		p->sought[p->count++] = (struct sought_user){
			.id = t->rows[i].account->id, .row = (uint32_t)i,
			.newer = snapshot_collected(p->m->tenant),
		};
	}
	if (p->count)
		qsort(p->sought, p->count, sizeof(*p->sought), by_id);
}

struct past_seeker *
past_accounts_open(struct model *m)
{
	struct past_seeker *p = xcalloc(1, sizeof(*p));

	p->m = m;
	seek(p);
	if (!p->count) {
		free(p);
		return NULL;
	}
	p->lanes = xcalloc(crew_lanes(m->jobs), sizeof(*p->lanes));
	return p;
}

void
past_accounts_begin(struct past_seeker *p, const struct snapshot *from)
{
	p->when = snapshot_collected(from);
}

void
past_accounts_see(struct past_seeker *p, unsigned lane, const struct object *o)
{
	struct past_lane *l = &p->lanes[lane];
	struct sought_user key = { .id = o->guid }, *found;
	const char *primary = object_address(o);

	found = o->has_guid ? bsearch(&key, p->sought, p->count, sizeof(key),
	                              by_id) : NULL;
	if (!found)
		return;
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct seen_user){
		.sought = (size_t)(found - p->sought),
		.primary = o->tenant.exchange_plan == YES &&
		           is_of_company(primary)
			? arena_strdup(&l->texts, primary) : NULL,
	};
}

void
past_accounts_take(struct past_seeker *p, unsigned lane)
{
	struct past_lane *l = &p->lanes[lane];
	struct past_accounts *to = &p->m->past;

	for (size_t i = 0; i < l->count; i++) {
		struct sought_user *u = &p->sought[l->items[i].sought];

		if (!u->found && l->items[i].primary) {
			LIST_RESERVE(to->items, to->room, to->count + 1);
			to->items[to->count++] = (struct past_account){
				.row = u->row, .when = p->when,
				.newer = u->newer,
				.primary = l->items[i].primary,
			};
			u->found = true;
		}
		u->newer = p->when;
	}
	l->count = 0;
}

static int
by_row(const void *a, const void *b)
{
	const struct past_account *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

void
past_accounts_close(struct past_seeker *p)
{
	struct model *m;

	if (!p)
		return;
	m = p->m;
	for (unsigned i = 0; i < crew_lanes(m->jobs); i++) {
		arena_adopt(&m->arena, &p->lanes[i].texts);
		free(p->lanes[i].items);
	}
	if (m->past.count)
		qsort(m->past.items, m->past.count, sizeof(*m->past.items),
		      by_row);
	free(p->lanes);
	free(p->sought);
	free(p);
}
