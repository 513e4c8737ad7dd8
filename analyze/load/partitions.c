/* Which domains the partitions of a forest name. */
#include "analyze/load/partitions.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/record.h"

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
forest_at(struct model *m, const char *dn)
{
	struct buf name = { 0 };
	const char *kept;

	dn_domain(&name, dn);
	kept = name.len ? arena_strdup(&m->arena, buf_text(&name)) : NULL;
	buf_release(&name);
	return kept;
}

static void
take(struct model *m, const struct record *r, const struct snapshot *from,
     bool *told, struct forest_claim *claims)
{
	const char *dn = record_text(r, "dn");
	const char *name = record_text(r, "nCName");
	const struct domain *d = name ? domain_at(m, name) : NULL;
	const char *forest = dn ? forest_at(m, dn) : NULL;

	if (!d || !forest || !is_domain(r) || told[d->index])
		return;
	claims[d->index] = (struct forest_claim){ forest, from };
	told[d->index] = true;
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
