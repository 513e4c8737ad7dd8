/* Believes that owners are gone, or asks for them again. */
#include "collect/tenant/tenant_gone.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/term.h"
#include "collect/tenant/tenant_run.h"

void
tenant_gone_note(struct tenant_run *run, const struct graph_walk *w)
{
	gone_list_add(&tenant_run_list(run, w->query)->gone, w->nth,
	              &w->owner);
}

static void
believe(struct tenant_run *run, enum section s, const struct id_named *owner)
{
	char *note;

	if (++run->tallies[s].gone > OWNERS_NAMED)
		return;
	note = xasprintf("%s: \"%s\" (%s) was gone when its list was asked "
	                 "for", section_title(s), owner->name[0]
	                 ? term_text(owner->name) : "without a name",
	                 owner->id);
	snapshot_note(run->writer, note);
	free(note);
}

static void
settle_list(struct tenant_run *run, const struct graph_query *q)
{
	struct tenant_list *l = tenant_run_list(run, q);

	gone_list_sort(&l->gone);
	for (size_t i = 0; i < l->gone.count; i++) {
		const struct id_named *owner = &l->gone.owners[i].owner;

		if (gone_list_in_row(&l->gone, i))
			id_queue_put(&l->doubted, owner->id, owner->name);
		else
			believe(run, q->section, owner);
	}
	gone_list_release(&l->gone);
}

bool
tenant_gone_settle(struct tenant_run *run, enum section s)
{
	bool settled = true;

	for (size_t i = 0; i < graph_query_count(); i++) {
		const struct graph_query *q = graph_query_at(i);
		const struct tenant_list *l;

		if (q->section != s)
			continue;
		settle_list(run, q);
		l = tenant_run_list(run, q);
		settled = settled && (l->given_up ||
		                      id_queue_is_empty(&l->doubted));
	}
	return settled;
}

bool
tenant_gone_take(struct tenant_run *run, const struct graph_query *q,
                 struct graph_walk *w)
{
	w->doubted = id_queue_take(&tenant_run_list(run, q)->doubted,
	                           &w->owner);
	return w->doubted;
}
