/* Whether a baseline is an earlier run's of the same AD and tenant. */
#include <string.h>
#include <strings.h>

#include "analyze/findings/baseline_parts.h"
#include "base/err.h"

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

static bool
have_same_sid(const struct judged_domain *a, const struct judged_domain *b)
{
	return a->sid && b->sid && strcasecmp(a->sid, b->sid) == 0;
}

/* One of F that has D's name or, as names change, its SID; or NULL. */
static const struct judged_domain *
find_domain(const struct findings *f, const struct judged_domain *d)
{
	const struct judged_domain *named = NULL, *each;
	size_t at = 0;

	while ((each = next_domain(f, &at))) {
		if (have_same_sid(each, d))
			return each;
		if (strcasecmp(each->name, d->name) == 0)
			named = each;
	}
	return named;
}

static int
match_domains(const struct baseline *b, const struct findings *run,
              struct err *err)
{
	const struct judged_domain *own, *other, *first = NULL;
	bool found = false;
	size_t at = 0;

	while ((own = next_domain(run, &at))) {
		other = find_domain(b->f, own);
		first = first ? first : own;
		found |= other != NULL;
		if (!other || !other->sid || !own->sid ||
		    have_same_sid(other, own))
			continue;
		return err_usage(err, "--baseline: %s is of another %s: its "
		                 "SID is %s there, and %s in %s", b->path,
		                 own->name, other->sid, own->sid,
		                 own->snapshot);
	}
	at = 0;
	other = next_domain(b->f, &at);
	if (found || !first || !other)
		return 0;
	return err_usage(err, "--baseline: %s is of another AD: it has %s, and "
	                 "the snapshots have %s", b->path, other->name,
	                 first->name);
}

static int
match_tenants(const struct baseline *b, const struct findings *run,
              struct err *err)
{
	const struct judged_tenant *then = b->f->tenant, *now = run->tenant;

	if (!then || !now || !then->id || !now->id ||
	    strcasecmp(then->id, now->id) == 0)
		return 0;
	return err_usage(err, "--baseline: %s is of another tenant: %s, and "
	                 "the snapshots have %s", b->path, then->id, now->id);
}

static int
match_times(const struct baseline *b, const struct findings *run,
            struct err *err)
{
	char then[WHEN_TEXT], now[WHEN_TEXT];

	if (b->f->as_of == WHEN_NONE)
		return err_input(err, "--baseline: %s: its manifest does not "
		                 "say when it judges (asOf)", b->path);
	if (b->f->as_of <= run->as_of)
		return 0;
	when_format(b->f->as_of, then);
	when_format(run->as_of, now);
	return err_usage(err, "--baseline: %s judges as of %s, which is later "
	                 "than this run, %s; want an earlier run's", b->path,
	                 then, now);
}

int
baseline_match(const struct baseline *b, const struct findings *run,
               struct err *err)
{
	return match_times(b, run, err) < 0 ||
	       match_domains(b, run, err) < 0 ||
	       match_tenants(b, run, err) < 0 ? -1 : 0;
}
