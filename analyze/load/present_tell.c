/* What is odd about the snapshots together, and is told. */
#include "analyze/load/present.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/warn.h"

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
	if (!d->present || d->at == ALL_DOMAINS || !*d->name ||
	    !snapshot_domain_forest_doubtful(d->present, d->at))
		return;
	warn("%s: objects of %s name several forests in objectCategory; it is "
	     "taken for a domain of %s", snapshot_name(d->present), d->name,
	     d->forest->name);
}

static uint64_t
objects_in(const struct snapshot *s, const struct domains *ds,
           const struct domain *d, enum section sec)
{
	uint64_t n = 0;

	for (size_t k = 0; k < snapshot_domain_count(s); k++)
		if (domains_find(ds, snapshot_domain_at(s, k)->name) == d)
			n += snapshot_domain_objects(s, k, sec);
	return n;
}

/*
 * Exports of users and of groups that were imported one by one: the newer one
 * is the present, and speaks of groups alone.
 */
static void
tell_parted(const struct model *m, const struct domain *d, enum section sec)
{
	if (!d->present || d->at == ALL_DOMAINS || !*d->name ||
	    snapshot_domain_state(d->present, d->at, sec) !=
	    SECTION_NOT_ASKED)
		return;
	for (size_t i = 0; i < m->history_count; i++) {
		const struct snapshot *s = m->history[i];
		uint64_t n = objects_in(s, &m->domains, d, sec);

		if (!n || s == d->present)
			continue;
		warn("%s: its %s (%llu) are in %s, which is history by now, "
		     "since %s is newer, and lacks them; import the exports of "
		     "a domain together", d->name, section_title(sec),
		     (unsigned long long)n, snapshot_name(s),
		     snapshot_name(d->present));
		return;
	}
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
		tell_forests(&m->domains.items[i]);
		tell_parted(m, &m->domains.items[i], AD_USERS);
		tell_parted(m, &m->domains.items[i], AD_GROUPS);
		tell_parted(m, &m->domains.items[i], AD_CONTACTS);
		tell_unnamed(&m->domains.items[i]);
	}
}

void
present_tell_ages(struct model *m)
{
	const char *const *texts;
	size_t n = ages_tell(m, &m->arena, &texts);

	for (size_t i = 0; i < n; i++)
		warn("%s", texts[i]);
}
