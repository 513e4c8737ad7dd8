/* What the manifest tells of each forest, counted for people. */
#include "report/forests.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

static const char not_known[] = "(not known)";

/* Both NULL and "" are no name. */
static const char *
plain(const char *name)
{
	return name ? name : "";
}

size_t
forests_number(const struct told_forests *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (utf8_same_folded(plain(t->items[i].forest->name),
		                     plain(name)))
			return i + 1;
	return 0;
}

const char *
forests_name(const struct told_forests *t, size_t number)
{
	return number ? t->items[number - 1].name : "(none)";
}

const char *
forest_domain_name(const struct judged_domain *d)
{
	return *plain(d->name) ? d->name : not_known;
}

bool
forests_several(const struct told_forests *t)
{
	return t->count > 1;
}

void
forest_days(const struct told_forest *f, char text[FOREST_DAYS])
{
	char oldest[WHEN_TEXT], newest[WHEN_TEXT];

	when_format_day(f->oldest, oldest);
	when_format_day(f->newest, newest);
	if (strcmp(oldest, newest) == 0)
		snprintf(text, FOREST_DAYS, "%s", oldest);
	else
		snprintf(text, FOREST_DAYS, "%s to %s", oldest, newest);
}

unsigned
forests_days_old(const struct told_forests *t, const struct judged_domain *d)
{
	when_t age;

	if (t->tenant_time == WHEN_NONE || d->collected == WHEN_NONE ||
	    d->collected >= t->tenant_time)
		return 0;
	age = t->tenant_time - d->collected;
	return age > (when_t)FOREST_OLD_DAYS * DAY_SECONDS
		? (unsigned)(age / DAY_SECONDS) : 0;
}

static when_t
tenant_time(const struct findings *f)
{
	const char *name = f->tenant ? f->tenant->snapshot : NULL;

	for (size_t i = 0; name && i < f->snapshot_count; i++)
		if (strcmp(f->snapshots[i].name, name) == 0 &&
		    strstr(f->snapshots[i].sides, "tenant"))
			return f->snapshots[i].collected;
	return WHEN_NONE;
}

/* One domain whose time is not known makes the forest's not known. */
static void
take_times(const struct told_forests *t, struct told_forest *f)
{
	const struct judged_forest *j = f->forest;

	f->oldest = f->newest = j->domain_count ? j->domains[0].collected
	                                        : WHEN_NONE;
	for (size_t i = 0; i < j->domain_count; i++) {
		const struct judged_domain *d = &j->domains[i];

		if (d->collected < f->oldest)
			f->oldest = d->collected;
		if (d->collected > f->newest)
			f->newest = d->collected;
		f->is_old |= forests_days_old(t, d) > 0;
	}
}

static bool
is_about(const char *reason, const struct judged_forest *f)
{
	for (size_t i = 0; i < f->domain_count; i++)
		if (reason_is_about(reason, f->domains[i].name))
			return true;
	return reason_is_about(reason, NULL);
}

/* What there is nothing to look at for is neither. */
static void
take_coverage(const struct findings *all, struct told_forest *f)
{
	for (size_t i = 0; i < all->rule_count; i++) {
		const struct rule_result *r = &all->rules[i];

		if (r->outcome == OUTCOME_NOT_APPLICABLE)
			continue;
		if (rule_result_has_gap(r) &&
		    (!reason_parts(r->reason) ||
		     is_about(r->reason, f->forest)))
			f->not_whole++;
		else
			f->whole++;
	}
}

void
forests_fill(struct told_forests *to, const struct findings *f,
             struct arena *a)
{
	*to = (struct told_forests){
		.count = f->forest_count, .tenant_time = tenant_time(f),
		.items = arena_alloc(a, f->forest_count * sizeof(*to->items)
		                     + 1),
	};
	for (size_t i = 0; i < to->count; i++) {
		const struct judged_forest *j = &f->forests[i];
		struct told_forest *one = &to->items[i];

		*one = (struct told_forest){
			.forest = j,
			.name = *plain(j->name) ? j->name : not_known,
			.blockers = j->by_severity[SEVERITY_CRITICAL] +
			            j->by_severity[SEVERITY_HIGH],
		};
		take_times(to, one);
		take_coverage(f, one);
	}
}
