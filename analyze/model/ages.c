/* How old what was collected is, and what does not hold for that. */
#include "analyze/model/model.h"

#include <stdlib.h>

#include "base/mem.h"

#define HOUR ((when_t)60 * 60)
#define DAY (24 * HOUR)
/* AD's data and the tenant's that are further apart are told. */
enum { APART_DAYS = 7 };

/*
 * Sync runs every 30 minutes; Microsoft writes to the administrators when there
 * was none for 24 hours ("Microsoft Entra Connect Health", alerts).
 */
enum { LATE_HOURS = 3, STOPPED_HOURS = 24 };

struct telling {
	const struct model *m;
	struct arena *arena;
	const char **out;
	size_t count;
};

/* Takes the text. */
static void
tell(struct telling *t, char *text)
{
	t->out[t->count++] = arena_strdup(t->arena, text);
	free(text);
}

static void
tell_last(struct telling *t)
{
	const struct tenant_sync *s = &t->m->sync;
	when_t hours;
	char day[WHEN_TEXT];

	if (s->last == WHEN_NONE)
		return;
	hours = (snapshot_collected(t->m->tenant) - s->last) / HOUR;
	if (hours < LATE_HOURS)
		return;
	when_format(s->last, day);
	tell(t, xasprintf(
		"%s: the tenant was last synchronized at %s, %lld hours "
		"before this snapshot: %s", snapshot_name(t->m->tenant), day,
		(long long)hours, s->ended
		? "synchronization is switched off (onPremisesSyncEnabled: "
		  "null), and what is forecast waits for someone to switch it "
		  "on"
		: s->on == NO
		? "synchronization is switched off (onPremisesSyncEnabled: "
		  "false), and what is forecast waits for someone to switch it "
		  "on"
		: hours < STOPPED_HOURS
		? "its cycle is 30 minutes, so check whether the sync server "
		  "runs"
		: "synchronization does not run, and what is forecast waits "
		  "for it"));
}

static void
tell_old_domain(struct telling *t, const struct domain *d)
{
	when_t ad, tenant = snapshot_collected(t->m->tenant);
	char then[WHEN_TEXT], now[WHEN_TEXT];

	if (!d->present || !*d->name)
		return;
	ad = snapshot_collected(d->present);
	if (tenant - ad <= APART_DAYS * DAY)
		return;
	when_format_day(ad, then);
	when_format_day(tenant, now);
	tell(t, xasprintf(
		"%s: its data (%s) are of %s, %lld days older than the "
		"tenant's (%s): what AD changed or deleted since is not in the "
		"forecast, and accounts that were synchronized since prove "
		"nothing of it", d->name, snapshot_name(d->present), then,
		(long long)((tenant - ad) / DAY), now));
}

static const struct domain *
newest_domain(const struct model *m)
{
	const struct domain *best = NULL;

	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *d = &m->domains.items[i];

		if (d->present && (!best ||
		                   snapshot_collected(d->present) >
		                   snapshot_collected(best->present)))
			best = d;
	}
	return best;
}

static void
tell_old_tenant(struct telling *t)
{
	const struct domain *d = newest_domain(t->m);
	when_t ad, tenant = snapshot_collected(t->m->tenant);
	char then[WHEN_TEXT], now[WHEN_TEXT];

	ad = d ? snapshot_collected(d->present) : tenant;
	if (ad - tenant <= APART_DAYS * DAY)
		return;
	when_format_day(tenant, then);
	when_format_day(ad, now);
	tell(t, xasprintf(
		"%s: the tenant's data are of %s, %lld days older than those "
		"of AD (%s, %s): accounts that came since are forecast as new, "
		"changes that were synchronized since as still to come, "
		"accounts without an object may be gone already, and no "
		"account shows what became of an object that changed since",
		snapshot_name(t->m->tenant), then,
		(long long)((ad - tenant) / DAY), snapshot_name(d->present),
		now));
}

size_t
ages_tell(const struct model *m, struct arena *a, const char *const **out)
{
	struct telling t = {
		.m = m, .arena = a,
		.out = arena_alloc(a, (m->domains.count + 2) *
		                   sizeof(*t.out)),
	};

	*out = t.out;
	if (!m->tenant)
		return 0;
	for (size_t i = 0; i < m->domains.count; i++)
		tell_old_domain(&t, &m->domains.items[i]);
	tell_old_tenant(&t);
	tell_last(&t);
	return t.count;
}
