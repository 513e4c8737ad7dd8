/* Which list of a tenant is read next, and from which address. */
#include "collect/tenant/tenant_walks.h"

#include <stdlib.h>

#include "base/mem.h"
#include "collect/tenant/tenant_end.h"
#include "collect/tenant/tenant_gone.h"
#include "collect/tenant/tenant_run.h"
#include "collect/tenant/tenant_take.h"

/* A list's address: the usual one, or that of the version that tells more. */
static char *
list_url(struct tenant_run *run, const struct graph_walk *w)
{
	const struct graph_query *q = w->query;
	long page = run->order->page >> w->halved;

	return graph_query_url(q, run->order->login.graph_url,
	                       q->section == TENANT_SYNC
	                       ? run->order->sync_version : GRAPH_V1,
	                       w->owner.id, page ? page : 1,
	                       &run->tallies[q->section].lacking);
}

/* The address with which a walk begins. */
static char *
first_url(struct tenant_run *run, const struct graph_walk *w)
{
	const char *base = run->order->login.graph_url;
	struct name_set *lacking = &run->tallies[w->query->section].lacking;

	switch (w->aim) {
	case WALK_OBJECT:
		return graph_query_object_url(w->query, base, w->owner.id,
		                              lacking);
	case WALK_CHANGES:
		return xstrdup(snapshot_delta_link(run->old,
		                                   w->query->section));
	case WALK_LINK:
		return graph_query_delta_url(w->query, base, lacking);
	default:
		return list_url(run, w);
	}
}

static bool
begin(struct tenant_run *run, struct graph_walk *w,
      const struct graph_query *q, enum walk_aim aim)
{
	w->query = q;
	w->aim = aim;
	w->url = first_url(run, w);
	run->tallies[q->section].open++;
	return true;
}

/* Whether the older snapshot has a link to changes, and to this Graph. */
static bool
has_changes(const struct tenant_run *run, enum section s)
{
	const char *link = run->order->since
		? snapshot_delta_link(run->old, s) : NULL;

	return link && http_same_origin(link, run->order->login.graph_url) &&
		snapshot_state(run->old, s) == SECTION_COMPLETE;
}

/* Lists without changes to be told skip the steps for them. */
static void
settle_step(struct tenant_run *run, const struct graph_query *q)
{
	struct tenant_list *l = tenant_run_list(run, q);
	char *url;

	if (l->step == STEP_CHANGES && !has_changes(run, q->section))
		l->step = STEP_LINK;
	if (l->step != STEP_LINK || l->begun)
		return;
	url = graph_query_delta_url(q, run->order->login.graph_url,
	                            &run->tallies[q->section].lacking);
	if (!url || !run->links)
		l->step = STEP_LIST;
	free(url);
}

static bool
more_of_tenant(struct tenant_run *run, const struct graph_query *q,
               struct graph_walk *w)
{
	static const enum walk_aim aims[] = {
		[STEP_CHANGES] = WALK_CHANGES, [STEP_OBJECTS] = WALK_OBJECT,
		[STEP_LINK] = WALK_LINK, [STEP_LIST] = WALK_LIST,
	};
	struct tenant_list *l = tenant_run_list(run, q);

	if (run->tallies[q->section].finished)
		return false;
	settle_step(run, q);
	if (l->step == STEP_DONE || l->begun)
		return false;
	if (l->step == STEP_OBJECTS)
		return id_queue_take(&l->objects, &w->owner) &&
		       begin(run, w, q, WALK_OBJECT);
	l->begun = true;
	return begin(run, w, q, aims[l->step]);
}

static bool
more_of_owner(struct tenant_run *run, const struct graph_query *q,
              struct graph_walk *w)
{
	struct tenant_list *l = tenant_run_list(run, q);

	if (l->given_up || run->tallies[q->section].finished)
		return false;
	if (id_queue_take(&run->owners[q->owner], &w->owner))
		w->nth = l->owners++;
	else if (!tenant_gone_take(run, q, w))
		return false;
	return begin(run, w, q, WALK_LIST);
}

/* The next walk, for the pool. */
static bool
more(struct graph_watcher *g, struct graph_walk *w)
{
	struct tenant_run *run = (struct tenant_run *)g;

	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);

		if (q->owner == OWNER_TENANT ? more_of_tenant(run, q, w)
		                             : more_of_owner(run, q, w))
			return true;
	}
	return false;
}

static int
restart(struct graph_watcher *g, struct graph_walk *w, struct err *err)
{
	(void)err;
	w->url = first_url((struct tenant_run *)g, w);
	return 0;
}

void
tenant_walks_watch(struct tenant_run *run)
{
	run->watcher = (struct graph_watcher){
		.more = more, .object = tenant_take_object,
		.restart = restart, .ended = tenant_end_walk,
	};
}
