/* Which of a policy's forests is meant. */
#include "analyze/policy/policy.h"

#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

static bool
has_domain(const struct policy *p, const char *domain)
{
	for (size_t i = 0; i < p->domain_count; i++)
		if (utf8_same_folded(p->domains[i], domain))
			return true;
	return false;
}

/* Whether the entry is that of the forest or of the domain called NAME. */
static bool
is_called(const struct policy *entry, const char *name)
{
	return utf8_same_folded(entry->forest, name) ||
	       has_domain(entry, name);
}

static const struct policy *
find(const struct policy *p, const char *name)
{
	for (size_t i = 0; i < p->forest_count; i++)
		if (is_called(&p->forests[i], name))
			return &p->forests[i];
	return NULL;
}

const struct policy *
policy_of_forest(const struct policy *p, const char *forest,
                 const char *const *domains, size_t n)
{
	const struct policy *found = forest ? find(p, forest) : NULL;

	for (size_t i = 0; i < n && !found; i++)
		found = find(p, domains[i]);
	return found || p->by_connectors ? found : p;
}

bool
policy_names_domain(const struct policy *p, const char *domain)
{
	return !p->by_connectors || has_domain(p, domain);
}

/* Whether DOMAIN is called NAME, or lies below it. */
static bool
is_below(const char *domain, const char *name)
{
	size_t len = strlen(domain), tail = strlen(name);

	return len >= tail && utf8_same_folded(domain + len - tail, name) &&
	       (len == tail || domain[len - tail - 1] == '.');
}

bool
policy_holds(const struct policy *forest, const char *dn)
{
	struct buf domain = { 0 };
	bool holds;

	dn_domain(&domain, dn);
	holds = forest->domain_count
		? has_domain(forest, buf_text(&domain))
		: is_below(buf_text(&domain), forest->forest);
	buf_release(&domain);
	return holds;
}
