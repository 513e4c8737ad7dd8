/* What only readers of a forecast want. */
#include "analyze/forecast/forecast.h"

#include "analyze/forecast/cloud_sync.h"
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/match.h"
#include "analyze/object/object.h"
#include "base/base64.h"
#include "base/buf.h"

static void
tell_anchor(const struct model *m, struct object *o, struct arena *a)
{
	const struct guid *g = anchor_of(m, o);
	struct buf text = { 0 };

	if (!g || o->scope.state != SCOPE_IN)
		return;
	base64_encode(&text, g->bytes, GUID_BYTES);
	o->forecast.line.source_anchor = arena_strdup(a, text.data);
	buf_release(&text);
}

static void
tell_history(struct object *o, struct arena *a)
{
	struct past_state *to;
	size_t n = 0;

	for (const struct history *s = o->links.history; s; s = s->older)
		n++;
	to = arena_alloc(a, n * sizeof(*to) + 1);
	o->forecast.line.history = to;
	for (const struct history *s = o->links.history; s; s = s->older)
		to[o->forecast.line.history_count++] = (struct past_state){
			.when = s->when, .dn = s->dn,
			.in_scope = s->scope == SCOPE_IN,
			.unplaced = s->unplaced,
			.enabled = s->enabled == YES ? ENABLED_YES :
				s->enabled == NO ? ENABLED_NO
				                 : ENABLED_UNKNOWN,
		};
}

void
forecast_tell(const struct model *m, struct object *o, struct arena *a)
{
	struct forecast *f = &o->forecast.line;

	cloud_sync_doubt(m, o);
	doubt_tell(o, a);
	tell_history(o, a);
	tell_anchor(m, o, a);
	if (o->links.account && !f->matched_id)
		f->matched_id = match_id(a, &o->links.account->id);
}
