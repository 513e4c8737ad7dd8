/* The forecast of an object as it was before edits. */
#include "analyze/forecast/forecast.h"

#include "analyze/object/object.h"

int
forecast_unedited(struct quarantine *c, const struct object *o,
                  const struct object *twin, struct object *out,
                  struct arena *a)
{
	const struct row *r = &c->m->tables[c->section].rows[c->row];

	if (fetch_object(c->fetch, c->section, c->row, a, out, c->err) < 0)
		return -1;
	out->scope = o->scope;
	model_links(c->m, r, c->section, &out->links);
	forecast_object(c->m, out, a, r->contested ? c : NULL);
	if (c->failed)
		return -1;
	if (mail_is_kept(c->m, out))
		mail_kept_take(out, twin, a);
	changes_list(c->m, out, twin, a);
	return 0;
}
