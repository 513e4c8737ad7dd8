/* Limits of what there is in AD. */
#include "analyze/cloud/objects.h"

#include <string.h>

#include "base/mem.h"

/* Of the guided move; the engine's own are in policy.h. */
enum { MOVE_OBJECTS = 2000 };

/* ---- how many objects ---- */

static const enum section counted[] = { AD_USERS, AD_GROUPS, AD_CONTACTS };
enum { COUNTED = sizeof(counted) / sizeof(counted[0]) };

static bool
is_all_read(const struct model *m)
{
	for (size_t i = 0; i < COUNTED; i++)
		if (!model_complete(m, counted[i]))
			return false;
	return !m->domains.unread_count;
}

/* Users, groups and contacts in scope, by the numbers of domains. */
static uint64_t *
count_by_domain(const struct model *m, struct arena *a)
{
	size_t room = (m->domains.count + 1) * sizeof(uint64_t);
	uint64_t *of = arena_alloc(a, room);

	memset(of, 0, room);
	for (size_t i = 0; i < COUNTED; i++) {
		const struct table *t = &m->tables[counted[i]];

		for (size_t k = 0; k < t->count; k++)
			of[t->rows[k].domain] += !t->rows[k].merged &&
				t->rows[k].scope == SCOPE_IN;
	}
	return of;
}

/* A smaller scope has no more: the limit holds for that as well. */
static void
judge_objects(struct cloud_judging *d, struct cloud_limit *l, uint64_t n,
              uint64_t most)
{
	const char *text = cloud_tell(d, n, l->of == LIMIT_OF_MOVE
	                        ? "users, groups and contacts in scope"
	                        : "in the largest domain");

	if (n > most && cloud_scope_is_known(d->m))
		limit_not_met(l, n, text);
	else if (n > most)
		limit_unknown(l, LOOK_SCOPE);
	else if (!is_all_read(d->m))
		limit_unknown(l, "not all users, groups and contacts of all "
		            "domains were read");
	else
		limit_met(l, text);
}

void
judge_domain_objects(struct cloud_judging *d, struct cloud_limit *l)
{
	const uint64_t *of = count_by_domain(d->m, d->arena);
	uint64_t most = 0;

	for (size_t i = 0; i <= d->m->domains.count; i++)
		most = of[i] > most ? of[i] : most;
	judge_objects(d, l, most, CLOUD_SYNC_OBJECTS);
}

void
judge_all_objects(struct cloud_judging *d, struct cloud_limit *l)
{
	const uint64_t *of = count_by_domain(d->m, d->arena);
	uint64_t sum = 0;

	for (size_t i = 0; i <= d->m->domains.count; i++)
		sum += of[i];
	judge_objects(d, l, sum, MOVE_OBJECTS);
}

/* ---- groups ---- */

/* Why what groups have was not counted, or NULL. */
static const char *
lacks_members(const struct cloud_judging *d)
{
	if (!d->judged)
		return LOOK_FORECAST;
	if (!model_complete(d->m, AD_GROUPS) || d->m->domains.unread_count)
		return "not all groups of all domains were read";
	return model_covers(d->m, AD_GROUPS, ATTR_MEMBER)
		? NULL : "member was not collected of all groups";
}

static void
judge_counted(struct cloud_judging *d, struct cloud_limit *l, uint64_t n,
              const char *what)
{
	const char *lack = lacks_members(d);

	if (n)
		limit_not_met(l, n, cloud_tell(d, n, what));
	else if (lack)
		limit_unknown(l, lack);
	else
		limit_met(l, "no group has them");
}

void
judge_large_groups(struct cloud_judging *d, struct cloud_limit *l)
{
	judge_counted(d, l, d->counts.large_groups,
	              "groups in scope have 50,000 members or more");
}

void
judge_across(struct cloud_judging *d, struct cloud_limit *l)
{
	if (!d->m->by_dn.built)
		limit_unknown(l, "members were not looked up: run all rules");
	else
		judge_counted(d, l, d->counts.across,
		              "groups in scope have members of another "
		              "forest");
}

/* ---- one person, several objects ---- */

static bool
is_join_known(const struct model *m)
{
	for (size_t i = 0; i < cloud_policies(m); i++)
		if (cloud_policy(m, i)->join == JOIN_UNSAID)
			return false;
	return true;
}

void
judge_merged(struct cloud_judging *d, struct cloud_limit *l)
{
	uint64_t n = d->counts.joined;

	if (n)
		limit_exceeded(d, l, n,
		               "objects of AD are one with another one, "
		               "which stands for them");
	else if (!d->judged)
		limit_unknown(l, LOOK_FORECAST);
	else if (!is_all_read(d->m))
		limit_unknown(l, "not all users, groups and contacts of all "
		            "domains were read");
	else if (d->m->domains.forest_count > 1 && !is_join_known(d->m))
		limit_unknown(l, "how Connect joins forests is not known: say "
		            "sync.join in the policy");
	else
		limit_met(l, "no object of AD is one with another one");
}
