/* Reads the deleted objects of AD: which they were, and since when. */
#include "analyze/load/tombstones.h"

#include <stdlib.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"

struct deleted_lane {
	struct tombstones found;
	struct arena texts;
};

struct deleted_scan {
	struct scan scan;
	struct model *m;
	struct deleted_lane *lanes;
};

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct deleted_lane *l = &((struct deleted_scan *)s)->lanes[lane];

	(void)at;
	fetch_domain(s->lanes[lane].fetch, o);
	tombstones_add(&l->found, o, &l->texts);
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct deleted_scan *d = (struct deleted_scan *)s;
	struct deleted_lane *l = &d->lanes[lane];

	(void)piece;
	tombstones_join(&d->m->tombstones, &l->found, &d->m->arena);
	arena_clear(&l->texts);
}

int
tombstones_load(struct model *m, struct err *err)
{
	unsigned n = crew_lanes(m->jobs);
	struct deleted_scan d = {
		.scan = { .m = m, .table = &m->tables[AD_DELETED],
		          .section = AD_DELETED, .each = each, .take = take },
		.m = m,
	};
	int rc;

	if (!m->tables[AD_DELETED].file_count)
		return 0;
	d.lanes = xcalloc(n, sizeof(*d.lanes));
	rc = scan_run(&d.scan, err);
	for (unsigned i = 0; i < n; i++) {
		tombstones_release(&d.lanes[i].found);
		arena_release(&d.lanes[i].texts);
	}
	free(d.lanes);
	tombstones_settle(&m->tombstones);
	return rc;
}
