/* What a collection of a tenant holds while it is under way. */
#include "collect/tenant/tenant_run.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/record.h"

struct tenant_list *
tenant_run_list(const struct tenant_run *run, const struct graph_query *q)
{
	return &run->lists[q - graph_query_at(0)];
}

void
tenant_run_init(struct tenant_run *run)
{
	run->lists = xcalloc(graph_query_count(), sizeof(*run->lists));
	run->clean = record_new();
	run->made = record_new();
}

void
tenant_run_release(struct tenant_run *run)
{
	record_free(run->clean);
	record_free(run->made);
	for (size_t i = 0; i < graph_query_count(); i++) {
		guid_set_release(&run->lists[i].changed);
		guid_set_release(&run->lists[i].removed);
		id_queue_release(&run->lists[i].objects);
		id_queue_release(&run->lists[i].doubted);
		gone_list_release(&run->lists[i].gone);
	}
	free(run->lists);
	for (size_t i = 0; i < SECTION_COUNT; i++)
		name_set_release(&run->tallies[i].lacking);
	for (size_t i = 0; i < OWNER_COUNT; i++)
		id_queue_release(&run->owners[i]);
	id_queue_release(&run->unchanged);
}

static bool
has_value(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return at >= 0 && record_values(r, (size_t)at) > 0;
}

/*
 * Synchronization no longer names it its own, though it once did: then only
 * onPremisesSyncBehavior tells whether authority went to the cloud. An
 * immutableId alone says nothing, federation sets it as well.
 */
static bool
may_be_converted(const struct record *r)
{
	return !has_value(r, "onPremisesSyncEnabled") &&
	       (has_value(r, "onPremisesSecurityIdentifier") ||
	        has_value(r, "onPremisesDistinguishedName") ||
	        has_value(r, "onPremisesSamAccountName") ||
	        has_value(r, "onPremisesLastSyncDateTime"));
}

/* Whether the object R of the section S is such an owner. */
static bool
owns(enum graph_owner o, enum section s, const struct record *r)
{
	return graph_owner_section(o) == s &&
	       (graph_owner_owning(o) == OWNING_ALL || may_be_converted(r));
}

/* What cannot be part of an address is not asked about. */
static void
note_odd_id(struct tenant_run *run, enum graph_owner owner, const char *id)
{
	char *why = xasprintf("an object has the id \"%s\", which is no "
	                      "GUID", id);

	for (size_t i = 0; i < graph_query_count(); i++)
		if (graph_query_at(i)->owner == owner)
			snapshot_partial(run->writer,
			                 graph_query_at(i)->section, why);
	free(why);
}

void
tenant_run_note_owner(struct tenant_run *run, enum section s,
                      const struct record *r)
{
	const char *id = record_text(r, "id");
	const char *name = record_text(r, "displayName");

	if (!name)
		name = record_text(r, "userPrincipalName");
	for (int o = OWNER_GROUP; id && o < OWNER_COUNT; o++)
		if (owns((enum graph_owner)o, s, r) &&
		    id_queue_put(&run->owners[o], id, name) < 0)
			note_odd_id(run, (enum graph_owner)o, id);
}

void
tenant_run_cover(struct tenant_run *run, const struct graph_query *q)
{
	const char **names;
	size_t n = 0;

	while (q->properties[n])
		n++;
	/* Two more for what owned objects are given. */
	names = xreallocarray(NULL, n + 2, sizeof(*names));
	n = 0;
	for (size_t i = 0; q->properties[i]; i++)
		if (!name_set_has(&run->tallies[q->section].lacking,
		                  q->properties[i]))
			names[n++] = q->properties[i];
	if (q->owner != OWNER_TENANT) {
		names[n++] = q->owner_key;
		names[n++] = "type";
	}
	snapshot_cover(run->writer, q->section, COVER_LISTED, names, n);
	free(names);
}
