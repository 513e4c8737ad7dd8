/* The domains of a forest as they are read: places, filters, connections. */
#include "collect/ad/ad_domains.h"

#include <stdlib.h>

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
		if (ascii_casecmp(f->domains[i].dn, dn) == 0)
			return &f->domains[i];
	f->domains = xreallocarray(f->domains, f->count + 1,
	                           sizeof(*f->domains));
	d = &f->domains[f->count++];
	*d = (struct ad_domain){ .dn = xstrdup(dn), .dns = xstrdup(dns) };
	return d;
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
