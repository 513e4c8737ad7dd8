/* What the findings of an earlier run tell of an object. */
#include "analyze/model/model.h"

const struct remembered *
model_remembered(const struct model *m, const struct object *o)
{
	struct arena scratch = { 0 };
	const struct remembered *r;

	if (o->side != SIDE_AD || !baseline_has_events(m->baseline))
		return NULL;
	r = baseline_events(m->baseline, &(struct event_key){
		.guid = o->has_guid ? &o->guid : NULL, .dn = o->dn,
		.object = o->dn || o->has_guid ? NULL
			: object_key(o, &scratch),
	});
	arena_release(&scratch);
	return r;
}
