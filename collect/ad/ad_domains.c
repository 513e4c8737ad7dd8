/* The domains of a forest as they are read: places, filters, connections. */
#include "collect/ad/ad_domains.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

static void
domain_release(struct ad_domain *d)
{
	ldap_link_close(d->link);
	ad_server_release(&d->server);
	free(d->dn);
	free(d->dns);
	free(d->reason);
}

void
ad_forest_close(struct ad_forest *f)
{
	for (size_t i = 0; i < f->count; i++)
		domain_release(&f->domains[i]);
	free(f->domains);
	*f = (struct ad_forest){ 0 };
}

struct ad_domain *
ad_forest_add(struct ad_forest *f, const char *dn, const char *dns)
{
	struct ad_domain *d;

	for (size_t i = 0; i < f->count; i++)
		if (dn_same(f->domains[i].dn, dn))
			return &f->domains[i];
	LIST_RESERVE(f->domains, f->room, f->count + 1);
	d = &f->domains[f->count++];
	*d = (struct ad_domain){ .dn = xstrdup(dn), .dns = xstrdup(dns) };
	return d;
}

/*
 * How far above DN the domain D is: 0 when DN is D itself, -1 when it is
 * elsewhere. Users write names with blanks, and names may hold commas.
 */
static int
levels_above(const struct ad_domain *d, const char *dn)
{
	struct buf name = { 0 }, domain = { 0 };
	int levels = -1, n = 0;

	if (dn_normalise(&name, dn) == 0 &&
	    dn_normalise(&domain, d->dn) == 0) {
		const char *at = buf_text(&name);

		for (; *at && levels < 0; at = dn_parent(at), n++)
			if (strcmp(at, buf_text(&domain)) == 0)
				levels = n;
	}
	buf_release(&name);
	buf_release(&domain);
	return levels;
}

bool
ad_domain_is(const struct ad_domain *d, const char *dn)
{
	return levels_above(d, dn) == 0;
}

struct ad_domain *
ad_forest_domain_of(struct ad_forest *f, const char *dn)
{
	struct ad_domain *best = NULL;
	int least = 0;

	for (size_t i = 0; i < f->count; i++) {
		int levels = levels_above(&f->domains[i], dn);

		if (levels >= 0 && (!best || levels < least)) {
			best = &f->domains[i];
			least = levels;
		}
	}
	return best;
}

struct ldap_link *
ad_domain_link(struct ad_domain *d, const struct ad_settings *set,
               struct ldap_failure *why)
{
	if (!d->link)
		d->link = ldap_link_open(d->server.url, &set->login, why);
	return d->link;
}

void
ad_domain_drop(struct ad_domain *d)
{
	ldap_link_close(d->link);
	d->link = NULL;
}

char *
ad_domain_base(const struct ad_domain *d, const struct ad_query *q,
               const struct ad_settings *set)
{
	switch (q->place) {
	case PLACE_CONFIG:
		return xasprintf("%s%s", q->below, d->server.config);
	case PLACE_SCHEMA:
		return xasprintf("%s%s", q->below, d->server.schema);
	default:
		return set->base && !*q->below ? xstrdup(set->base)
			: xasprintf("%s%s", q->below, d->dn);
	}
}

char *
ad_domain_filter(const struct ad_query *q, const struct ad_settings *set)
{
	if (!set->filter || q->place != PLACE_DOMAIN || *q->below ||
	    q->section == AD_CONTAINERS)
		return xstrdup(q->filter);
	return xasprintf("(&%s%s)", q->filter, set->filter);
}
