/* Which domains of the tenant mail is in. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

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
	bool counts = o->side == SIDE_AD &&
	              (o->kind == KIND_USER || o->kind == KIND_GROUP);
	const char *address = counts ? object_address(o) : NULL;
	const char *domain = address ? address_domain(address) : NULL;
	unsigned of = o->domain ? (unsigned)o->domain->index + 1 : 0;
	struct mail_domain *last = u->items + u->last;
	size_t i;

	/* A contact has the address that its person has elsewhere. */
	if (!domain)
		return;
	/* Neighbours have mail in one domain. */
	if (u->count && last->of == of && ascii_casecmp(
	    m->verified_domains[last->verified], domain) == 0) {
		last->objects++;
		return;
	}
	i = model_verified_number(m, domain);
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

/* The one that OBJECTS, of each verified domain, have most; or NULL. */
static const char *
most_of(const struct model *m, const uint64_t *objects)
{
	size_t best = 0;

	for (size_t i = 1; i < m->verified_count; i++)
		if (objects[i] > objects[best] || (objects[i] ==
		    objects[best] && is_better(m, i, best)))
			best = i;
	return objects[best] ? m->verified_domains[best] : NULL;
}

static const struct forest *
forest_of(const struct model *m, const struct mail_domain *use)
{
	return use->of ? m->domains.items[use->of - 1].forest : NULL;
}

/* For all domains of a forest in which nobody has any. */
static void
settle_forest(struct model *m, const struct forest *f, uint64_t *objects)
{
	struct mail_domains *u = &m->mail_domains;
	const char *most;

	memset(objects, 0, m->verified_count * sizeof(*objects));
	for (size_t i = 0; i < u->count; i++)
		if (forest_of(m, &u->items[i]) == f)
			objects[u->items[i].verified] += u->items[i].objects;
	most = most_of(m, objects);
	for (size_t i = 0; i < m->domains.count; i++)
		if (m->domains.items[i].forest == f && !u->most[i + 1])
			u->most[i + 1] = most;
}

static int
by_domain(const void *a, const void *b)
{
	const struct mail_domain *x = a, *y = b;

	return x->of < y->of ? -1 : x->of > y->of;
}

void
mail_domains_settle(struct model *m)
{
	struct mail_domains *u = &m->mail_domains;
	uint64_t *objects = xcalloc(m->verified_count + 1, sizeof(*objects));

	u->most = arena_alloc(&m->arena, (m->domains.count + 1) *
	                      sizeof(*u->most));
	memset(u->most, 0, (m->domains.count + 1) * sizeof(*u->most));
	if (u->count)
		qsort(u->items, u->count, sizeof(*u->items), by_domain);
	for (size_t i = 0, end; i < u->count; i = end) {
		memset(objects, 0, m->verified_count * sizeof(*objects));
		for (end = i; end < u->count &&
		     u->items[end].of == u->items[i].of; end++)
			objects[u->items[end].verified] =
				u->items[end].objects;
		u->most[u->items[i].of] = most_of(m, objects);
	}
	for (size_t i = 0; u->count && i < m->domains.forest_count; i++)
		settle_forest(m, &m->domains.forests[i], objects);
	free(objects);
}

const char *
mail_domains_most_used(const struct model *m, size_t domain)
{
	return m->mail_domains.most ? m->mail_domains.most[domain] : NULL;
}
