/* The chains of what objects had. */
#include "analyze/load/timeline_build.h"

#include "analyze/model/model.h"
#include "base/list.h"

struct last_look *
timeline_look(const struct timeline_builder *b, struct met_object of)
{
	return of.section == SECTION_COUNT ? &b->gone[of.row]
	                                   : &b->looks[of.section][of.row];
}

void
timeline_keep(struct timeline_builder *b, struct met_object of,
              const struct past_value *v)
{
	struct last_look *look = timeline_look(b, of);
	struct timelines *t = b->t;
	uint32_t *newest = of.section == SECTION_COUNT
		? &t->gone[of.row].newest : &t->newest[of.section][of.row];

	LIST_RESERVE_BY_HALF(t->values, t->room, t->count + 1);
	t->values[t->count++] = *v;
	if (look->oldest)
		t->values[look->oldest - 1].older = (uint32_t)t->count;
	else
		*newest = (uint32_t)t->count;
	look->oldest = (uint32_t)t->count;
}
