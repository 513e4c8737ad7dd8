/* What all domains of a forest are asked for; see ad_domains.h. */
#include "collect/ad/ad_domains.h"

#include <string.h>

/* Keeps of NAMES what OTHER has, too; both end in NULL. */
static void
keep_common(const char *names[AD_ATTRIBUTES_MAX],
            const char *const other[AD_ATTRIBUTES_MAX])
{
	size_t kept = 0;

	for (size_t i = 0; names[i]; i++)
		for (size_t k = 0; other[k]; k++)
			if (strcmp(names[i], other[k]) == 0) {
				names[kept++] = names[i];
				break;
			}
	names[kept] = NULL;
}

void
ad_forest_attributes(const struct ad_forest *f, const struct ad_query *q,
                     const char *names[AD_ATTRIBUTES_MAX])
{
	const char *other[AD_ATTRIBUTES_MAX];
	bool any = false;

	for (size_t i = 0; i < f->count; i++) {
		const struct ad_domain *d = &f->domains[i];
		struct ad_dialect dialect = {
			.stamps = d->server.dialect.stamps,
		};

		if (!d->wanted || d->reason)
			continue;
		ad_query_attributes(q, dialect, any ? other : names);
		if (any)
			keep_common(names, other);
		any = true;
	}
	/* Nothing but the settings is read, and those have no stamps. */
	if (!any)
		ad_query_attributes(q, (struct ad_dialect){ 0 }, names);
}
