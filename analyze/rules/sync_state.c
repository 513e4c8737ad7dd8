/* Whether the tenant is synchronized, and what it can still take back. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/rules/rule.h"
#include "base/mem.h"

#define HOUR ((when_t)60 * 60)
#define DAY (24 * HOUR)
/* Sync runs every 30 minutes; after a day Microsoft tells administrators. */
enum { LATE_HOURS = 3, STOPPED_HOURS = 24 };

/* ---- the last synchronization ---- */

static const char *
last_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	return m->sync.last != WHEN_NONE || m->sync.never ||
	       m->sync.on == NO ? NULL
		: "tenant organization: onPremisesLastSyncDateTime not "
		  "collected";
}

static void
check_stale(struct check *c)
{
	const struct model *m = check_model(c);
	when_t read = snapshot_collected(m->tenant), last = m->sync.last;
	char day[WHEN_TEXT];
	long long hours;

	if (last == WHEN_NONE || m->sync.on == NO || read == WHEN_NONE ||
	    read - last <= LATE_HOURS * HOUR)
		return;
	hours = (read - last) / HOUR;
	when_format(last, day);
	check_fail_tenant(c, &(struct failure){
		.severity = read - last > STOPPED_HOURS * HOUR ? SEVERITY_HIGH
			: check_severity(c),
		.attribute = "onPremisesLastSyncDateTime",
		.observed = arena_strdup(check_arena(c), day), .key = "",
		.expected = "not older than 3 hours",
		.message = check_textf(c, "The tenant was last synchronized at "
		                       "%s, %lld hours before it was read",
		                       day, hours),
	});
}

/* ---- what a switched-off synchronization left ---- */

static const char *
left_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	if (m->sync.on == NO && model_lines(m, TENANT_USERS) &&
	    !model_covers(m, TENANT_USERS, ATTR_IMMUTABLE_ID) &&
	    !model_covers(m, TENANT_USERS, ATTR_SYNCED))
		return "tenant users: onPremisesImmutableId, "
		       "onPremisesSyncEnabled not collected";
	return m->sync.on != UNKNOWN || snapshot_covers(m->tenant,
		TENANT_ORGANIZATION, "onPremisesSyncEnabled") ? NULL
		: "tenant organization: onPremisesSyncEnabled not collected";
}

/* Who is in sync still, and who has but the source anchor of that time. */
static void
count_left(const struct model *m, uint64_t *synced, uint64_t *anchored)
{
	const struct table *t = &m->tables[TENANT_USERS];

	for (size_t i = 0; i < t->count; i++) {
		const struct account *h = t->rows[i].account;

		if (!h || t->rows[i].merged)
			continue;
		*synced += h->synced == YES;
		*anchored += h->synced != YES && h->anchored;
	}
}

static void
check_left(struct check *c)
{
	uint64_t synced = 0, anchored = 0;

	if (check_model(c)->sync.on != NO)
		return;
	count_left(check_model(c), &synced, &anchored);
	if (!synced && !anchored)
		return;
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c),
		.attribute = "onPremisesSyncEnabled",
		.observed = check_model(c)->sync.ended ? "null" : "false",
		.message = check_textf(c, "Synchronization is switched off, "
		                       "but %" PRIu64 " %s as synchronized "
		                       "still, and %" PRIu64 " more %s the "
		                       "source anchor of that time", synced,
		                       synced == 1 ? "user counts"
		                       : "users count", anchored,
		                       anchored == 1 ? "has" : "have"),
		.mended = MENDED_IN_ENTRA,
	});
}

/* ---- deleted accounts ---- */

/* So many on one day were hardly meant to go: at least, and in percent. */
enum { MASS_LEAST = 10, MASS_PERCENT = 1 };

/* Accounts that can be restored, but by no object of AD any more. */
struct deleted_accounts {
	when_t *when;
	size_t count;
	const char *first;       /* who goes for good first; the check's */
	when_t first_when;
};

static const char *
deleted_lack(const struct model *m, struct arena *a)
{
	const struct table *t = &m->tables[TENANT_DELETED_USERS];

	(void)a;
	if (!t->count)
		return NULL;
	return !snapshot_covers(m->tenant, TENANT_DELETED_USERS,
	                        "deletedDateTime")
		? "deleted tenant users: deletedDateTime not collected"
		: joins_lack(m, TENANT_DELETED_USERS);
}

/* Which of them an object of AD has, in scope or out of it. */
static bool *
find_owned(const struct model *m)
{
	bool *owned = xcalloc(m->tables[TENANT_DELETED_USERS].count + 1,
	                      sizeof(*owned));
	const struct table *t = &m->tables[AD_USERS];

	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].deleted)
			owned[t->rows[i].deleted - 1] = true;
	return owned;
}

static bool
is_restorable(const struct model *m, const struct row *r)
{
	const struct account *h = r->account;

	return h && !r->merged && h->deleted_when != WHEN_NONE &&
	       h->deleted_when <= m->as_of &&
	       !deleted_is_purged(m, h->deleted_when) &&
	       (h->synced == YES || (h->anchored && h->synced != NO));
}

/* A deleted user's UPN has the id in front, as 32 digits. */
static const char *
former_name(const struct object *o)
{
	enum { DIGITS = 32 };
	const char *name = object_label(o);

	return strspn(name, "0123456789abcdefABCDEF") >= DIGITS &&
	       name[DIGITS] && name[DIGITS] != '@' ? name + DIGITS : name;
}

/* False: it cannot be read. */
static bool
take_deleted(struct check *c, uint32_t row, struct deleted_accounts *to)
{
	struct unseen_object is;
	struct object o;

	if (!check_account(c, TENANT_DELETED_USERS, row, &o))
		return false;
	if (!check_is_gone(c, &o, &is))
		return true;
	if (!to->count || o.tenant.deleted_when < to->first_when) {
		to->first = arena_strdup(check_arena(c), former_name(&o));
		to->first_when = o.tenant.deleted_when;
	}
	to->when[to->count++] = o.tenant.deleted_when;
	return true;
}

static int
by_time(const void *a, const void *b)
{
	const when_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* How many were deleted on the day that most were; and which it is. */
static size_t
most_on_a_day(struct deleted_accounts *d, when_t *day)
{
	size_t most = 0, n = 0;

	qsort(d->when, d->count, sizeof(*d->when), by_time);
	for (size_t i = 0; i < d->count; i++) {
		n = i && d->when[i] / DAY == d->when[i - 1] / DAY ? n + 1 : 1;
		if (n > most) {
			most = n;
			*day = d->when[i];
		}
	}
	return most;
}

static bool
is_mass(const struct model *m, size_t n)
{
	return n >= MASS_LEAST && n * 100 >= MASS_PERCENT *
	       model_objects(m, TENANT_USERS);
}

/* How long the first of them can be restored still. */
static const char *
tell_deadline(struct check *c, const struct deleted_accounts *d)
{
	when_t until = d->first_when + RESTORE_DAYS * DAY;
	long long days = (long long)((until - check_model(c)->as_of) / DAY);
	char day[WHEN_TEXT];

	when_format_day(until, day);
	return check_textf(c, "%s until %s, in %lld day%s", d->first, day,
	                   days, days == 1 ? "" : "s");
}

static void
tell_deleted(struct check *c, struct deleted_accounts *d)
{
	when_t day = WHEN_NONE;
	size_t most = most_on_a_day(d, &day);
	bool mass = is_mass(check_model(c), most);
	char text[WHEN_TEXT];

	when_format_day(day, text);
	check_fail_tenant(c, &(struct failure){
		.severity = mass ? check_severity(c) : SEVERITY_INFO,
		.attribute = "deletedDateTime",
		.observed = check_textf(c, "deleted accounts: %zu", d->count),
		.key = "",
		.message = check_textf(c, "Deleted accounts whose objects AD "
		                       "has no more, %zu in all, can be "
		                       "restored for 30 days, the first, %s%s",
		                       d->count, tell_deadline(c, d),
		                       mass ? check_textf(c, "; %zu of them "
		                       "were deleted on %s alone", most, text)
		                       : ""),
		.mended = MENDED_IN_ENTRA,
		.deadline = { DEADLINE_RESTORE,
		              d->first_when + RESTORE_DAYS * DAY },
	});
}

static void
check_deadline(struct check *c)
{
	const struct model *m = check_model(c);
	const struct table *t = &m->tables[TENANT_DELETED_USERS];
	bool *owned = find_owned(m), good = true;
	struct deleted_accounts d = {
		.when = xcalloc(t->count + 1, sizeof(*d.when)),
	};

	for (size_t i = 0; i < t->count && good; i++)
		if (!owned[i] && is_restorable(m, &t->rows[i]))
			good = take_deleted(c, (uint32_t)i, &d);
	if (good && d.count)
		tell_deleted(c, &d);
	free(d.when);
	free(owned);
}

static const struct rule rules[] = {
	{
		.id = "sync-stale",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT,
		.sections = { SECTION_IN(TENANT_ORGANIZATION) },
		.check_tenant = check_stale, .lacks = last_lacks,
		.title = "Synchronization is late, or does not run",
		.why = "Its cycle is 30 minutes. While it does not run nothing "
		       "of AD reaches the tenant: leavers can sign in, and "
		       "what is forecast waits.",
		.fix = "Check whether the sync server runs, whether its "
		       "scheduler is suspended or in staging mode, and what "
		       "its last runs say; or the agents of Cloud Sync.",
		.source = DOC_ORGANIZATION,
		.part = "onPremisesLastSyncDateTime",
	},
	{
		.id = "sync-off-leftovers",
		.severity = SEVERITY_LOW,
		.side = SIDE_TENANT,
		.sections = { SECTION_IN(TENANT_ORGANIZATION),
		              SECTION_IN(TENANT_USERS) },
		.check_tenant = check_left, .lacks = left_lacks,
		.title = "Leftovers of a synchronization that is switched off",
		.why = "Users keep the source anchor and SID of the "
		       "synchronization that was. If it is switched on again, "
		       "with these or with another forest, they are matched by "
		       "that alone, and other users with their names get a "
		       "second account.",
		.fix = "If it stays off, clear the onPremises attributes of "
		       "the users (Clear-ADSyncToolsOnPremisesAttribute of "
		       "ADSyncTools 2.5); who counts as synchronized still "
		       "needs up to 72 hours. If not, switch it on, and check "
		       "the forecast first.",
		.source = DOC_EXISTING,
	},
	{
		.id = "restore-deadline",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT,
		.sections = { SECTION_IN(TENANT_DELETED_USERS),
		              SECTION_IN(AD_USERS) },
		.check_tenant = check_deadline, .lacks = deleted_lack,
		.title = "Deleted accounts that can be restored for some days",
		.why = "A deleted user comes back with mailbox, licenses and "
		       "memberships for 30 days, by a restored object of AD "
		       "with its source anchor; after that never.",
		.fix = "Check that all of them were meant to go. If one was "
		       "not, restore the object from AD's recycle bin, and "
		       "synchronize before the day.",
		.source = DOC_RECYCLE,
	},
};

const struct family sync_state_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
