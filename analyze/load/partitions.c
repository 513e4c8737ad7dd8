/* Which domains the partitions of a forest name. */
#include "analyze/load/partitions.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Going through partitions, the newest snapshot first. */
struct partitions {
	struct model *m;
	struct forest_claim *claims;
	bool *told;                  /* of each domain, its forest */
	struct forest_claim *listed; /* which one lists a forest's, each once */
	size_t count, room;
};

/* Whether the snapshot's list of the forest's domains is the newest one. */
static bool
is_newest(struct partitions *p, const char *forest, const struct snapshot *from)
{
	for (size_t i = 0; i < p->count; i++)
		if (ascii_casecmp(p->listed[i].name, forest) == 0)
			return p->listed[i].from == from;
	LIST_RESERVE(p->listed, p->room, p->count + 1);
	p->listed[p->count++] = (struct forest_claim){ forest, from };
	return true;
}

/* A domain that no snapshot holds. */
static void
note_unread(struct model *m, const char *name, const char *forest)
{
	struct domains *ds = &m->domains;

	LIST_RESERVE(ds->unread, ds->unread_room, ds->unread_count + 1);
	ds->unread[ds->unread_count++] = (struct unread_domain){ name, forest };
}

/* FOREST lives as long as the model. */
static void
take_domain(struct partitions *p, const char *name, const char *forest,
            const struct snapshot *from)
{
	const struct domain *d = domains_find(&p->m->domains, name);
	bool newest = is_newest(p, forest, from);

	if (!d && newest)
		note_unread(p->m, arena_strdup(&p->m->arena, name), forest);
	if (!d || p->told[d->index])
		return;
	p->claims[d->index] = (struct forest_claim){ forest, from };
	p->told[d->index] = true;
}

static void
take(struct partitions *p, const struct record *r, const struct snapshot *from)
{
	struct buf domain = { 0 }, forest = { 0 };

	if (snapshot_crossref(r, &domain, &forest))
		take_domain(p, buf_text(&domain), arena_strdup(
			&p->m->arena, buf_text(&forest)), from);
	buf_release(&domain);
	buf_release(&forest);
}

int
partitions_read(struct model *m, const struct snapshot *const *all,
                size_t count, struct forest_claim *claims, struct err *err)
{
	struct partitions p = {
		.m = m, .claims = claims,
		.told = xcalloc(m->domains.count + 1, sizeof(*p.told)),
	};
	int rc = 0;

	for (size_t i = 0; i < count && rc == 0; i++) {
		struct record_scan r;

		rc = record_scan_open(&r, all[i], AD_FOREST, err);
		if (rc < 0)
			break;
		while ((rc = record_scan_next(&r, err)) > 0)
			take(&p, r.record, all[i]);
		record_scan_close(&r);
	}
	free(p.told);
	free(p.listed);
	return rc;
}
