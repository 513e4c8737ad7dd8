/* Which domains of the tenant mail is in. */
#include "analyze/model/model.h"

#include <stdlib.h>

#include "analyze/object/object.h"
#include "base/list.h"
#include "base/utf8.h"

/* The number among the verified ones; or how many of them there are. */
static size_t
number_of(const struct model *m, const char *domain)
{
	size_t i = 0;

	while (i < m->verified_count &&
	       ascii_casecmp(m->verified_domains[i], domain) != 0)
		i++;
	return i;
}

static void
count(struct mail_domains *u, unsigned of, size_t verified, uint64_t n)
{
	size_t i = 0;

	while (i < u->count && (u->items[i].of != of ||
	                        u->items[i].verified != verified))
		i++;
	if (i == u->count) {
		LIST_RESERVE(u->items, u->room, u->count + 1);
		u->items[u->count++] = (struct mail_domain){
			.of = of, .verified = verified,
		};
	}
	u->items[i].objects += n;
	u->last = i;
}

void
mail_domains_learn(struct mail_domains *u, const struct model *m,
                   const struct object *o)
{
	const char *address = object_primary(o) ? object_primary(o) : o->mail;
	const char *domain = address ? address_domain(address) : NULL;
	unsigned of = o->domain ? (unsigned)o->domain->index + 1 : 0;
	struct mail_domain *last = u->items + u->last;
	size_t i;

	/* A contact has the address that its person has elsewhere. */
	if (o->side != SIDE_AD || !domain ||
	    (o->kind != KIND_USER && o->kind != KIND_GROUP))
		return;
	/* Neighbours have mail in one domain. */
	if (u->count && last->of == of && ascii_casecmp(
	    m->verified_domains[last->verified], domain) == 0) {
		last->objects++;
		return;
	}
	i = number_of(m, domain);
	if (i < m->verified_count && !domain_is_initial(domain))
		count(u, of, i, 1);
}

void
mail_domains_join(struct mail_domains *to, struct mail_domains *from)
{
	for (size_t i = 0; i < from->count; i++)
		count(to, from->items[i].of, from->items[i].verified,
		      from->items[i].objects);
	free(from->items);
	*from = (struct mail_domains){ 0 };
}

/* Whether what is counted of USE is of D, or only of its forest. */
static bool
is_near(const struct model *m, const struct mail_domain *use,
        const struct domain *d, enum mail_nearness near)
{
	const struct domain *of = use->of ? &m->domains.items[use->of - 1]
	                                  : NULL;

	if (near == MAIL_OF_DOMAIN || !of || !d)
		return of == d;
	return of->forest == d->forest;
}

/* Of two that are used alike the tenant's default, else the first. */
static bool
is_better(const struct model *m, size_t one, size_t best)
{
	const char *preferred = m->default_domain;

	if (preferred && ascii_casecmp(m->verified_domains[best],
	                               preferred) == 0)
		return false;
	return one < best || (preferred && ascii_casecmp(
		m->verified_domains[one], preferred) == 0);
}

const char *
mail_domains_most_used(const struct model *m, const struct domain *d,
                       enum mail_nearness near)
{
	const struct mail_domains *u = &m->mail_domains;
	uint64_t most = 0;
	size_t best = 0;

	for (size_t i = 0; i < u->count; i++) {
		size_t one = u->items[i].verified;
		uint64_t n = 0;

		for (size_t k = 0; k < u->count; k++)
			if (u->items[k].verified == one &&
			    is_near(m, &u->items[k], d, near))
				n += u->items[k].objects;
		if (n > most || (n && n == most && is_better(m, one, best))) {
			most = n;
			best = one;
		}
	}
	return most ? m->verified_domains[best] : NULL;
}
