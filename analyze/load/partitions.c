/* Which domains the partitions of a forest name. */
#include "analyze/load/partitions.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/record.h"
#include "base/utf8.h"

/* systemFlags of a crossRef: the partition is a domain's. */
enum { NTDS_DOMAIN = 2 };

static bool
is_domain(const struct record *r)
{
	const char *flags = record_text(r, "systemFlags");
	uint64_t n;

	return flags && number_parse(&n, flags, UINT32_MAX) == 0 &&
	       (n & NTDS_DOMAIN);
}

/* The domain that DN lies in, or is; NULL: none that is judged. */
static const struct domain *
domain_at(const struct model *m, const char *dn)
{
	struct buf name = { 0 };
	const struct domain *d;

	dn_domain(&name, dn);
	d = name.len ? domains_find(&m->domains, buf_text(&name)) : NULL;
	buf_release(&name);
	return d;
}

static const char *
name_at(struct model *m, const char *dn)
{
	struct buf name = { 0 };
	const char *kept;

	dn_domain(&name, dn);
	kept = name.len ? arena_strdup(&m->arena, buf_text(&name)) : NULL;
	buf_release(&name);
	return kept;
}

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

static void
take(struct partitions *p, const struct record *r, const struct snapshot *from)
{
	const char *dn = record_text(r, "dn");
	const char *name = record_text(r, "nCName");
	const struct domain *d = name ? domain_at(p->m, name) : NULL;
	const char *forest = dn ? name_at(p->m, dn) : NULL;
	bool newest;

	if (!name || !forest || !is_domain(r))
		return;
	newest = is_newest(p, forest, from);
	if (!d && newest && (name = name_at(p->m, name)))
		note_unread(p->m, name, forest);
	if (!d || p->told[d->index])
		return;
	p->claims[d->index] = (struct forest_claim){ forest, from };
	p->told[d->index] = true;
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
