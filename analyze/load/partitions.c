/* Which domains the partitions of a forest name. */
#include "analyze/load/partitions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

static void
take(struct model *m, const struct record *r, const struct snapshot *from,
     bool *told, struct forest_claim *claims)
{
	struct buf domain = { 0 }, forest = { 0 };
	const struct domain *d = NULL;

	if (snapshot_crossref(r, &domain, &forest))
		d = domains_find(&m->domains, buf_text(&domain));
	if (d && !told[d->index]) {
		claims[d->index] = (struct forest_claim){
			arena_strdup(&m->arena, buf_text(&forest)), from
		};
		told[d->index] = true;
	}
	buf_release(&domain);
	buf_release(&forest);
}

int
partitions_read(struct model *m, const struct snapshot *const *all,
                size_t count, struct forest_claim *claims, struct err *err)
{
	bool *told = xcalloc(m->domains.count + 1, sizeof(*told));
	int rc = 0;

	for (size_t i = 0; i < count && rc == 0; i++) {
		struct record_scan r;

		rc = record_scan_open(&r, all[i], AD_FOREST, err);
		if (rc < 0)
			break;
		while ((rc = record_scan_next(&r, err)) > 0)
			take(m, r.record, all[i], told, claims);
		record_scan_close(&r);
	}
	free(told);
	return rc;
}
