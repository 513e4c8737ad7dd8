/* Looking up what older snapshots say of objects, and when. */
#include "analyze/model/model.h"

#include "base/hash.h"

uint32_t
timelines_newest(const struct timelines *t, enum section s, uint32_t row)
{
	return t->newest[s] ? t->newest[s][row] : 0;
}

/* Names are one in a domain, sign-in names everywhere. */
uint64_t
gone_name_hash(enum gone_name which, const char *name, unsigned domain)
{
	uint64_t of[2];

	if (!name)
		return 0;
	of[0] = hash_folded(name);
	of[1] = which == GONE_SAM ? domain + GONE_NAMES : GONE_UPN;
	return hash_bytes(of, sizeof(of));
}

when_t
timelines_when(const struct model *m, enum side side, uint16_t snapshot,
               const struct domain *d)
{
	if (snapshot != HISTORY_NOW)
		return snapshot_collected(side == SIDE_AD ? m->history[snapshot]
		                          : m->past.tenants[snapshot]);
	return side == SIDE_AD ? model_collected(m, d)
		: m->tenant ? snapshot_collected(m->tenant) : WHEN_NONE;
}

static bool
holds(const struct model *m, const struct snapshot *s, const struct domain *d)
{
	for (size_t i = 0; i < snapshot_domain_count(s); i++)
		if (snapshot_domain_is_held(s, i) &&
		    domains_find(&m->domains, snapshot_domain_at(s, i)->name)
		    == d)
			return true;
	return false;
}

when_t
timelines_begin(const struct model *m, enum side side, const struct domain *d)
{
	if (side == SIDE_TENANT)
		return m->past.tenant_count ? snapshot_collected(
			m->past.tenants[m->past.tenant_count - 1]) : WHEN_NONE;
	for (size_t i = m->history_count; i > 0; i--)
		if (!d || holds(m, m->history[i - 1], d))
			return snapshot_collected(m->history[i - 1]);
	return WHEN_NONE;
}
