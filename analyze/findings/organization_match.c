/* Domains are known by their SIDs, else by their names, as names change. */
#include "analyze/findings/organization_match.h"

#include "base/utf8.h"

/* The next domain whose name is known; *AT begins as 0. */
static const struct judged_domain *
next_domain(const struct findings *f, size_t *at)
{
	size_t i = 0;

	for (size_t k = 0; k < f->forest_count; k++)
		for (size_t n = 0; n < f->forests[k].domain_count; n++) {
			const struct judged_domain *d =
				&f->forests[k].domains[n];

			if (i++ < *at || !d->name || !*d->name)
				continue;
			*at = i;
			return d;
		}
	return NULL;
}

bool
findings_has_domain(const struct findings *f, const char *name)
{
	for (size_t k = 0; k < f->forest_count; k++)
		for (size_t n = 0; n < f->forests[k].domain_count; n++) {
			const char *has = f->forests[k].domains[n].name;

			if (!has || utf8_same_domain(has, name))
				return true;
		}
	return false;
}

static bool
have_same_sid(const struct judged_domain *a, const struct judged_domain *b)
{
	return a->sid && b->sid && ascii_casecmp(a->sid, b->sid) == 0;
}

/* One of F that has D's SID or, else, its name; or NULL. */
static const struct judged_domain *
find_domain(const struct findings *f, const struct judged_domain *d)
{
	const struct judged_domain *named = NULL, *each;
	size_t at = 0;

	while ((each = next_domain(f, &at))) {
		if (have_same_sid(each, d))
			return each;
		if (utf8_same_domain(each->name, d->name))
			named = each;
	}
	return named;
}

static struct organization_mismatch
match_domains(const struct findings *then, const struct findings *now)
{
	struct organization_mismatch out = { .is = MISMATCH_NONE };
	const struct judged_domain *own, *other, *first = NULL;
	bool found = false;
	size_t at = 0;

	while ((own = next_domain(now, &at))) {
		other = find_domain(then, own);
		first = first ? first : own;
		found |= other != NULL;
		if (other && other->sid && own->sid &&
		    !have_same_sid(other, own))
			return (struct organization_mismatch){
				MISMATCH_SID, own->name, other->sid, own->sid
			};
	}
	at = 0;
	other = next_domain(then, &at);
	if (!found && first && other)
		out = (struct organization_mismatch){
			MISMATCH_AD, NULL, other->name, first->name
		};
	return out;
}

static struct organization_mismatch
match_tenants(const struct findings *then, const struct findings *now)
{
	struct organization_mismatch out = { .is = MISMATCH_NONE };
	const struct judged_tenant *a = then->tenant, *b = now->tenant;

	if (!a || !b)
		return out;
	if (a->id && b->id) {
		out.then = a->id;
		out.now = b->id;
	} else {
		out.then = a->initial_domain;
		out.now = b->initial_domain;
	}
	if (out.then && out.now && !utf8_same_domain(out.then, out.now))
		out.is = MISMATCH_TENANT;
	return out;
}

struct organization_mismatch
organization_match(const struct findings *then, const struct findings *now)
{
	struct organization_mismatch out = match_domains(then, now);

	return out.is == MISMATCH_NONE ? match_tenants(then, now) : out;
}
