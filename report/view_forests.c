/* What the manifest tells of each forest, counted for people. */
#include "report/view_forests.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "report/view.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

static const char not_known[] = "(not known)";

/* Both NULL and "" are no name. */
static const char *
plain(const char *name)
{
	return name ? name : "";
}

size_t
view_forest_number(const struct view *v, const char *name)
{
	for (size_t i = 0; i < v->forest_count; i++)
		if (utf8_same_folded(plain(v->forests[i].forest->name),
		                     plain(name)))
			return i + 1;
	return 0;
}

const char *
view_forest_name(const struct view *v, size_t number)
{
	return number ? v->forests[number - 1].name : "(none)";
}

const char *
view_domain_name(const struct judged_domain *d)
{
	return *plain(d->name) ? d->name : not_known;
}

bool
view_has_several(const struct view *v)
{
	return v->forest_count > 1;
}

void
view_days(const struct view_forest *f, char text[VIEW_DAYS])
{
	char oldest[WHEN_TEXT], newest[WHEN_TEXT];

	when_format_day(f->oldest, oldest);
	when_format_day(f->newest, newest);
	if (strcmp(oldest, newest) == 0)
		snprintf(text, VIEW_DAYS, "%s", oldest);
	else
		snprintf(text, VIEW_DAYS, "%s to %s", oldest, newest);
}

unsigned
view_days_old(const struct view *v, const struct judged_domain *d)
{
	when_t age;

	if (v->tenant_time == WHEN_NONE || d->collected == WHEN_NONE ||
	    d->collected >= v->tenant_time)
		return 0;
	age = v->tenant_time - d->collected;
	return age > (when_t)VIEW_OLD_DAYS * DAY_SECONDS
		? (unsigned)(age / DAY_SECONDS) : 0;
}

const char *
view_of_domains(const struct not_known *k)
{
	return reason_parts(k->reason) && !reason_is_about(k->reason, NULL)
		? " of these domains" : "";
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
take_times(const struct view *v, struct view_forest *f)
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
		f->is_old |= view_days_old(v, d) > 0;
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
take_coverage(const struct findings *all, struct view_forest *f)
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
view_forests_fill(struct view *v, struct arena *a)
{
	const struct findings *f = v->findings;

	v->tenant_time = tenant_time(f);
	v->forest_count = f->forest_count;
	v->forests = arena_alloc(a, f->forest_count * sizeof(*v->forests) + 1);
	for (size_t i = 0; i < f->forest_count; i++) {
		const struct judged_forest *j = &f->forests[i];
		struct view_forest *to = &v->forests[i];

		*to = (struct view_forest){
			.forest = j,
			.name = *plain(j->name) ? j->name : not_known,
			.blockers = j->by_severity[SEVERITY_CRITICAL] +
			            j->by_severity[SEVERITY_HIGH],
		};
		take_times(v, to);
		take_coverage(f, to);
	}
}
