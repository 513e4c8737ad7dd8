/*
 * Containers under another name: "Prerequisites for Microsoft Entra Cloud
 * Sync", known limitations, says that Cloud Sync does not recognise that.
 */
#include "analyze/model/model.h"

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"

static bool
may_be_renamed(const struct model *m, const struct row *r,
               const struct object *o)
{
	return model_policy(m, o)->engine == ENGINE_CLOUD_SYNC &&
	       o->scope.state == SCOPE_EXCLUDED &&
	       (o->scope.cause == SCOPE_BY_DEFAULT ||
	        o->scope.cause == SCOPE_BY_CONTAINER) &&
	       o->links.account && r->history;
}

int
renamed_find(const struct model *m, struct fetch *f, const struct row *r,
             struct arena *a, struct object *o, struct err *err)
{
	const struct scope *scope;
	const struct history *s;

	if (!may_be_renamed(m, r, o))
		return 0;
	if (!o->links.history &&
	    fetch_history(f, r, a, &o->links.history, err) < 0)
		return -1;
	scope = domains_forest(&m->domains, o->domain)->scope;
	for (s = o->links.history; s && !o->links.renamed; s = s->older)
		if (s->dn && s->scope == SCOPE_IN && !s->unplaced)
			o->links.renamed = scope_gone_container(scope, s->dn);
	return 0;
}
