/* What is odd about the snapshots together, and is told. */
#include "analyze/load/present.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/warn.h"

#define DAY ((when_t)24 * 60 * 60)
/* Older by more than that than the tenant's data is told. */
enum { STALE_DAYS = 7 };

static void
tell_stale(const struct model *m, const struct domain *d)
{
	when_t ad, tenant;
	char day[WHEN_TEXT];

	if (!m->tenant || !d->present || !*d->name)
		return;
	ad = snapshot_collected(d->present);
	tenant = snapshot_collected(m->tenant);
	if (tenant - ad <= STALE_DAYS * DAY)
		return;
	when_format_day(ad, day);
	warn("%s: its data (%s) are of %s, %lld days older than the tenant's",
	     d->name, snapshot_name(d->present), day,
	     (long long)((tenant - ad) / DAY));
}

void
present_tell_unknown(const struct model *m)
{
	const struct domain *d = domains_unknown(&m->domains);
	const char *why = m->seen_places.has_bare
		? "there are DNs without DC, as AD LDS and other directories "
		  "have them; export from the domain itself"
		: "for want of a DN; export DistinguishedName, too";

	if (d && d->objects && m->domains.with_objects > 1)
		warn("%s: the domain of %llu object%s is not known%s %s",
		     snapshot_name(d->present), (unsigned long long)d->objects,
		     d->objects == 1 ? "" : "s",
		     m->seen_places.has_bare ? ":" : ",", why);
}

/* An object that names another forest was edited, or is of another one. */
static void
tell_forests(const struct domain *d)
{
	if (!d->present || d->at == DOMAIN_NOT_TOLD || !*d->name ||
	    !snapshot_domain_forest_doubtful(d->present, d->at))
		return;
	warn("%s: objects of %s name several forests in objectCategory; it is "
	     "taken for a domain of %s", snapshot_name(d->present), d->name,
	     d->forest->name);
}

static void
tell_unnamed(const struct domain *d)
{
	if (d->objects && d->unnamed)
		warn("%s: scope names nothing of the domain %s: of its "
		     "%llu object%s none is in scope",
		     d->forest->policy->scope_name, d->name,
		     (unsigned long long)d->objects,
		     d->objects == 1 ? "" : "s");
}

static bool
has_snapshot(const struct model *m, const struct policy *entry)
{
	for (size_t i = 0; i < m->domains.forest_count; i++)
		if (m->domains.forests[i].policy == entry)
			return true;
	return false;
}

static void
tell_absent(const struct model *m, const struct policy *p)
{
	if (has_snapshot(m, p) || !m->ad_count)
		return;
	if (p->by_connectors)
		warn("%s: the connector of %s has no snapshot: its objects are "
		     "not judged", p->scope_name, p->forest);
	else
		warn("%s: forests.%s: no snapshot holds a domain of it",
		     m->policy->name, p->forest);
}

void
present_tell(const struct model *m)
{
	for (size_t i = 0; i < m->policy->forest_count; i++)
		tell_absent(m, &m->policy->forests[i]);
	for (size_t i = 0; i < m->domains.count; i++) {
		tell_stale(m, &m->domains.items[i]);
		tell_forests(&m->domains.items[i]);
		tell_unnamed(&m->domains.items[i]);
	}
}
