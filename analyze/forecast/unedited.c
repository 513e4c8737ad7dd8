/* The forecast of an object as it was before edits. */
#include "analyze/forecast/forecast.h"

#include "analyze/object/object.h"
#include "base/mem.h"

/* Its scope stays: what edits of places do to others is not undone. */
static int
read_unedited(struct quarantine *c, const struct object *o,
              const struct object *twin, struct object *out, struct arena *a)
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
		account_take_kept(out, twin, a);
	changes_list(c->m, out, twin, a);
	return 0;
}

int
evidence_prove(const struct model *m, struct quarantine *unedited,
               struct object *o, const struct object *twin, struct arena *a,
               struct proved *out)
{
	struct object *before = NULL;

	if (unedited && o->forecast.line.change_count) {
		before = arena_alloc(a, sizeof(*before));
		if (read_unedited(unedited, o, twin, before, a) < 0)
			return -1;
	}
	out->first = changes_first(before ? &before->forecast.line
	                                  : &o->forecast.line);
	out->proof = evidence_weigh(m, o, twin, before, a);
	return 0;
}
