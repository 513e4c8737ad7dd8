/* Holds the objects that were met against what manifests say of domains. */
#include "analyze/load/present.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/mem.h"

/* Rows of the table by the number of their domain, from 1; 0: of none. */
static uint64_t *
count_rows(const struct model *m, const struct table *t)
{
	uint64_t *met = xcalloc(m->domains.count + 1, sizeof(*met));

	for (size_t i = 0; i < t->count; i++)
		met[t->rows[i].domain]++;
	return met;
}

/* Of objects of no domain some may have no key at all, and so no row. */
static int
check_domain(const struct domain *d, enum section s, uint64_t met,
             struct err *err)
{
	uint64_t want;

	if (!*d->name || !d->present || d->at == ALL_DOMAINS)
		return 0;
	want = snapshot_domain_objects(d->present, d->at, s);
	if (met >= want)
		return 0;
	return err_input(err, "%s/" SNAPSHOT_MANIFEST ": domains: %llu objects "
	                 "of %s in %s, but only %llu are there; is it damaged?",
	                 snapshot_name(d->present), (unsigned long long)want,
	                 d->name, section_name(s), (unsigned long long)met);
}

static int
check_section(const struct model *m, enum section s, struct err *err)
{
	uint64_t *met = count_rows(m, &m->tables[s]);
	int rc = 0;

	for (size_t i = 0; i < m->domains.count && rc == 0; i++)
		rc = check_domain(&m->domains.items[i], s, met[i + 1], err);
	free(met);
	return rc;
}

int
domains_met(const struct model *m, struct err *err)
{
	/* Edits move objects. */
	for (size_t i = 0; !m->edits && i < SYNCED_SECTIONS; i++)
		if (check_section(m, synced_sections[i], err) < 0)
			return -1;
	return 0;
}
