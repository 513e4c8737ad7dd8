/* The edits of a plan as rows, of which effects are told. */
#include "analyze/whatif/whatif.h"

#include "analyze/findings/findings.h"
#include "base/guid.h"

static const char *
guid_text(const struct edit *e, struct arena *a)
{
	char text[GUID_TEXT];

	if (!e->has_guid)
		return NULL;
	guid_format(&e->guid, text);
	return arena_strdup(a, text);
}

struct edit_plan *
edits_plan(const struct edits *e, struct arena *a)
{
	struct edit_plan *p;

	if (!e || !e->is_plan)
		return NULL;
	p = arena_alloc(a, sizeof(*p));
	*p = (struct edit_plan){
		.name = e->name, .count = e->count, .idle = e->idle,
		.refused = e->refused,
		.rows = arena_alloc(a, (e->count + 1) * sizeof(*p->rows)),
	};
	for (size_t i = 0; i < e->count; i++) {
		const struct edit *x = &e->items[i];

		p->rows[i] = (struct plan_row){
			.line = x->line, .object = x->target,
			.guid = guid_text(x, a), .dn = x->object_dn,
			.attribute = setting_name(x->setting),
			.value = x->old, .stale = x->stale,
			.update = x->count ? x->values[0] : NULL,
		};
	}
	return p;
}
