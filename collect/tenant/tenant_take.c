/* Objects of a tenant on their way into the snapshot. */
#include "collect/tenant/tenant_take.h"

#include <string.h>
#include <strings.h>

#include "base/guid.h"
#include "base/record.h"
#include "collect/schema/schema.h"
#include "collect/tenant/tenant_run.h"

/* A membership, or what a converted object says: of its owner. */
static const struct record *
make_owned(struct tenant_run *run, const struct graph_walk *w,
           const struct record *raw)
{
	const struct graph_query *q = w->query;
	const char *type = q->type ? q->type : graph_record_type(raw);
	const struct record *clean = graph_record_strip(raw, run->clean);

	record_clear(run->made);
	record_add_text(run->made, q->owner_key, w->owner.id);
	for (size_t i = 0; i < record_count(clean); i++) {
		const char *name = record_name(clean, i);

		if (strcasecmp(name, q->owner_key) == 0)
			continue;
		record_declare(run->made, name, record_shape(clean, i));
		for (size_t k = 0; k < record_values(clean, i); k++) {
			struct value v = record_value(clean, i, k);

			record_add(run->made, name, v.kind, v.data, v.len);
		}
	}
	record_reset(run->made, "type");
	if (type)
		record_add_text(run->made, "type", type);
	return run->made;
}

/* A change: the object is asked for, once. */
static int
take_change(struct tenant_run *run, const struct graph_walk *w,
            const struct record *raw)
{
	struct tenant_list *l = tenant_run_list(run, w->query);
	const char *id = record_text(raw, "id");
	struct guid guid;

	if (guid_parse(&guid, id) < 0) {
		l->odd = true;
		return 0;
	}
	if (guid_set_has(&l->changed, &guid))
		return 0;
	/* "@removed" may be followed by the object again: asking tells. */
	guid_set_add(&l->changed, &guid);
	return id_queue_put(&l->objects, id, NULL);
}

/* All that is read is of one tenant. */
static int
check_organization(struct tenant_run *run, const struct record *r,
                   struct err *err)
{
	const char *id = record_text(r, "id");

	if (run->organization[0] && strcasecmp(run->organization, id) != 0)
		return err_usage(err, "%s: is of the tenant %s, and this is "
		                 "%s", run->order->since ? run->order->since
		                 : run->order->output, run->organization, id);
	return 0;
}

int
tenant_take_object(struct graph_watcher *g, struct graph_walk *w,
                   const struct record *raw, struct err *err)
{
	struct tenant_run *run = (struct tenant_run *)g;
	enum section s = w->query->section;
	const struct record *r;

	if (w->aim == WALK_LINK)
		return 0;
	if (w->aim == WALK_CHANGES)
		return take_change(run, w, raw);
	if (s == TENANT_ORGANIZATION && check_organization(run, raw, err) < 0)
		return -1;
	progress_step(run->progress);
	if (w->query->owner != OWNER_TENANT)
		return snapshot_put_or_skip(run->writer, s,
		                            make_owned(run, w, raw), err);
	r = graph_record_strip(raw, run->clean);
	tenant_run_note_owner(run, s, r);
	return snapshot_put_or_skip(run->writer, s, r, err);
}
