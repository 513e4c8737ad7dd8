/* Reads the deleted objects of AD: which they were, and since when. */
#include "analyze/load/tombstones.h"

#include <stdlib.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"

struct deleted_lane {
	struct tombstones found;
};

struct deleted_scan {
	struct scan scan;
	struct model *m;
	struct deleted_lane *lanes;
};

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	(void)at;
	fetch_domain(s->lanes[lane].fetch, o);
	tombstones_add(&((struct deleted_scan *)s)->lanes[lane].found, o);
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct deleted_scan *d = (struct deleted_scan *)s;

	(void)piece;
	tombstones_join(&d->m->tombstones, &d->lanes[lane].found);
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
	for (unsigned i = 0; i < n; i++)
		free(d.lanes[i].found.items);
	free(d.lanes);
	tombstones_settle(&m->tombstones);
	return rc;
}
