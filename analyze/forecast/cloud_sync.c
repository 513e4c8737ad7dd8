/* What Cloud Sync does otherwise than Connect, where that is a doubt. */
#include "analyze/forecast/cloud_sync.h"

#include "analyze/forecast/doubt.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"

/* Whether a filter of the policy has a say; OUs and groups come first. */
static bool
is_filtered_by_policy(const struct policy *p, const struct object *o)
{
	const struct filter_rule *r = p->filters ? p->filters->rules : NULL;

	while (r && r->kind != o->kind)
		r = r->next;
	return r && o->scope.state != SCOPE_EXCLUDED;
}

void
cloud_sync_doubt(const struct model *m, struct object *o)
{
	const struct policy *p = model_policy(m, o);

	if (p->engine != ENGINE_CLOUD_SYNC)
		return;
	if (o->links.renamed && o->forecast.line.action == ACTION_DELETE)
		doubt_add(o, DOUBT_CONTAINER);
	if (is_filtered_by_policy(p, o))
		doubt_add(o, DOUBT_FILTERS);
	if (doubt_has(o, DOUBT_SHARED_ANCHOR))
		doubt_add(o, DOUBT_MERGE);
}
