/* The lists of fingerprints, taken up and given back. */
#include "analyze/load/registry.h"

#include <stdlib.h>

void
registry_note(struct key_list *l, uint64_t hash, uint32_t row, enum section s)
{
	key_list_add(l, (struct key){ .hash = hash, .row = row,
	                              .section = (uint32_t)s });
}

void
entry_lists_release(struct entry_lists *l)
{
	key_list_release(&l->id);
	key_list_release(&l->sid);
	key_list_release(&l->held);
	key_list_release(&l->claim);
	key_list_release(&l->holder);
	key_list_release(&l->linked);
	key_list_release(&l->anchor);
	key_list_release(&l->lost);
	key_list_release(&l->beside);
	key_list_release(&l->names);
	key_list_release(&l->values);
	key_list_release(&l->holding);
	key_list_release(&l->repeat);
	key_list_release(&l->controller);
	key_list_release(&l->member_dn);
	key_list_release(&l->member_sid);
	free(l->looks.items);
	for (int w = 0; w < TWIN_WAYS; w++)
		key_list_release(&l->twins[w]);
}

static void
take_holdings(struct key_list *to, struct key_list *from, size_t base)
{
	for (size_t i = 0; i < from->count; i++) {
		from->items[i].row += (uint32_t)base;
		key_list_add(to, from->items[i]);
	}
	from->count = 0;
}

void
registry_take(struct registry *g, enum section s, struct entry_lists *l,
              size_t base)
{
	keys_take(&g->ids[s], &l->id, base);
	keys_take(&g->sids[s], &l->sid, base);
	keys_take(&g->held, &l->held, base);
	keys_take(&g->m->claims, &l->claim, base);
	keys_take(&g->m->claims, &l->holder, 0);
	keys_take(&g->linked, &l->linked, base);
	keys_take(&g->anchors, &l->anchor, base);
	keys_take(&g->lost, &l->lost, base);
	keys_take(&g->beside, &l->beside, base);
	keys_take(&g->names, &l->names, base);
	keys_take(&g->values[s], &l->values, base);
	take_holdings(&g->holdings, &l->holding, base);
	keys_take(&g->repeats, &l->repeat, base);
	keys_take(&g->m->controllers, &l->controller, base);
	look_list_take(&g->looks[s], &l->looks);
	g->join_value |= l->join_value;
	keys_take(&g->m->by_dn, &l->member_dn, base);
	keys_take(&g->m->by_sid, &l->member_sid, base);
	for (int w = 0; w < TWIN_WAYS; w++)
		keys_take(&g->twins[s].ways[w], &l->twins[w], base);
}

void
registry_release(struct registry *g)
{
	keys_release(&g->held);
	keys_release(&g->linked);
	keys_release(&g->anchors);
	keys_release(&g->lost);
	keys_release(&g->beside);
	keys_release(&g->names);
	keys_release(&g->repeats);
	key_list_release(&g->holdings);
	for (int s = 0; s < SECTION_COUNT; s++) {
		keys_release(&g->ids[s]);
		keys_release(&g->sids[s]);
		keys_release(&g->values[s]);
		free(g->looks[s].items);
		free(g->absences[s]);
		for (int w = 0; w < TWIN_WAYS; w++)
			keys_release(&g->twins[s].ways[w]);
	}
}
