/* Makes events of what an object had at older looks. */
#include "analyze/timeline/events.h"

#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/dn.h"

bool
events_is_write(const struct newest_look *now, when_t when)
{
	return when != WHEN_NONE && when != now->restored &&
	       now->created != WHEN_NONE && when - now->created > MAKING;
}

/* ---- one value after the other, back in time ---- */

/* What comes after the value that is looked at: of a newer look. */
struct told_back {
	struct events *e;
	struct newest_look newer;    /* what it has at the next newer look */
	/* It was not there, and is: restored, if it had been there before. */
	bool came;
	struct timeline_event coming;
	bool buried;                 /* when it was deleted was told */
	struct timeline_event move;  /* the last one told, if any, */
	uint16_t moved_since;        /* since that snapshot */
	uint16_t plans_since;        /* plans, likewise */
};

/* Between the look that has the value and the next newer one. */
static struct timeline_event
between(const struct told_back *t, const struct past_value *v,
        enum happened what)
{
	const struct model *m = t->e->t->m;
	struct timeline_event out = event_of(what, t->newer.side, EVENT_SEEN);

	out.after = timelines_when(m, t->newer.side, v->snapshot,
	                           t->newer.domain);
	out.by = timelines_when(m, t->newer.side, v->newer, t->newer.domain);
	out.snapshot = snapshot_name(t->newer.side == SIDE_AD
		? m->history[v->snapshot] : m->past.tenants[v->snapshot]);
	return out;
}

/* A stamp that lies between the two looks tells the day. */
static void
date(struct timeline_event *e, when_t when)
{
	if (when == WHEN_NONE || when <= e->after || when > e->by)
		return;
	e->after = e->by = when;
	e->sure = EVENT_STAMPED;
}

/* The last write of it all; of other things, too, if there were several. */
static void
date_by_stamp(struct timeline_event *e, const struct past_value *v)
{
	if (v->exact)
		date(e, v->when);
	else if (v->when != WHEN_NONE && v->when > e->after &&
	         v->when < e->by)
		e->by = v->when;
}

/* The state is the old one again, and was written last then. */
static void
tell_undone(struct told_back *t, const struct past_value *v,
            struct timeline_event one)
{
	if (!events_is_write(&t->newer, v->when))
		return;
	one.after = one.by = v->when;
	one.sure = EVENT_LIKELY;
	events_add(t->e, &one);
}

static void
tell_place(struct told_back *t, const struct past_value *v)
{
	const char *from = v->text, *to = t->newer.texts[LOOK_PLACE];
	size_t a = dn_first_len(from), b = dn_first_len(to);
	struct timeline_event one = between(t, v, HAPPENED_MOVED);

	if (dn_same(from, to)) {
		tell_undone(t, v, one);
		return;
	}
	one.from = from;
	one.to = to;
	date_by_stamp(&one, v);
	t->move = one;
	t->moved_since = v->snapshot;
	if (!dn_same(dn_parent(from), dn_parent(to)))
		events_add(t->e, &one);
	if (a == b && strncasecmp(from, to, a) == 0)
		return;
	one.what = HAPPENED_RENAMED;
	events_add(t->e, &one);
}

/* By their names in AD and in Graph. */
static const char *const names[LOOK_TARGET + 1] = {
	[LOOK_UPN] = "userPrincipalName", [LOOK_MAIL] = "mail",
	[LOOK_PROXIES] = "proxyAddresses", [LOOK_NICKNAME] = "mailNickname",
	[LOOK_TARGET] = "targetAddress",
};

static bool
is_listed(const char *list, const char *value, size_t len)
{
	for (const char *at = list; at && *at; ) {
		size_t n = strcspn(at, ",");

		if (n == len && strncmp(at, value, len) == 0)
			return true;
		at += n;
		at += strspn(at, ", ");
	}
	return false;
}

/* What of LIST is not in OTHER; NULL: all is. */
static const char *
missing(const char *list, const char *other, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	for (const char *at = list; at && *at; ) {
		size_t n = strcspn(at, ",");

		if (!is_listed(other, at, n))
			buf_addf(&out, "%s%.*s", out.len ? ", " : "", (int)n,
			         at);
		at += n;
		at += strspn(at, ", ");
	}
	text = out.len ? arena_strdup(a, out.data) : NULL;
	buf_release(&out);
	return text;
}

static void
tell_value(struct told_back *t, const struct past_value *v)
{
	const char *from = v->text, *to = t->newer.texts[v->fact];
	struct timeline_event one = between(t, v, from && !to
		? HAPPENED_VALUE_CLEARED : HAPPENED_VALUE_CHANGED);

	if ((!from && !to) || (from && to && strcmp(from, to) == 0))
		return;
	one.attribute = names[v->fact];
	one.from = from;
	one.to = to;
	if (v->fact == LOOK_PROXIES && from && to) {
		one.from = missing(from, to, t->e->t->arena);
		one.to = missing(to, from, t->e->t->arena);
		if (!one.from && !one.to)
			return;
	}
	events_add(t->e, &one);
}

/* It is set to be changed, or set back, without being set. */
static void
tell_password(struct told_back *t, const struct past_value *v)
{
	struct timeline_event one = between(t, v, HAPPENED_PASSWORD_SET);

	if (t->newer.password == WHEN_NONE || t->newer.password <= v->when ||
	    when_differs_by_zone(t->newer.password, v->when))
		return;
	one.attribute = "pwdLastSet";
	date(&one, t->newer.password);
	events_add(t->e, &one);
}

static void
tell_enabled(struct told_back *t, const struct past_value *v)
{
	struct timeline_event one = between(t, v,
		t->newer.states[LOOK_ENABLED] == YES ? HAPPENED_ENABLED
		                                     : HAPPENED_DISABLED);

	if (v->state == t->newer.states[LOOK_ENABLED]) {
		tell_undone(t, v, one);
		return;
	}
	date_by_stamp(&one, v);
	events_add(t->e, &one);
}

/* From one way out of scope to another nothing happens. */
static void
tell_scope(struct told_back *t, const struct past_value *v)
{
	bool was = v->state == SCOPE_IN;
	struct timeline_event one = between(t, v, was ? HAPPENED_LEFT_SCOPE
	                                              : HAPPENED_RETURNED);

	if (was == (t->newer.states[LOOK_SCOPE] == SCOPE_IN))
		return;
	one.from = one.to = t->newer.texts[LOOK_PLACE];
	/* What took it out, or in, as far as that is known. */
	if (t->move.to && t->moved_since == v->snapshot) {
		one = t->move;
		one.what = was ? HAPPENED_LEFT_SCOPE : HAPPENED_RETURNED;
	}
	events_add(t->e, &one);
}

static void
tell_synced(struct told_back *t, const struct past_value *v)
{
	bool left = v->state == YES;
	struct timeline_event one = between(t, v,
		left && t->newer.of_cloud ? HAPPENED_CONVERTED
		                          : HAPPENED_VALUE_CHANGED);

	one.attribute = "onPremisesSyncEnabled";
	one.from = left ? "true" : NULL;
	one.to = left ? NULL : "true";
	events_add(t->e, &one);
}

static void
tell_plan(struct told_back *t, const struct past_value *v)
{
	bool had = v->state == YES;
	struct timeline_event one = between(t, v, had ? HAPPENED_UNLICENSED
	                                              : HAPPENED_LICENSED);
	const char *plan = v->fact == LOOK_EXCHANGE ? "Exchange Online"
	                                            : "any plan";

	one.attribute = "assignedPlans";
	one.from = had ? plan : NULL;
	one.to = had ? NULL : plan;
	/* The plan for Exchange among all of them, which were told before. */
	if (v->fact == LOOK_EXCHANGE && t->plans_since == v->snapshot &&
	    t->e->items[t->e->count - 1].what == one.what)
		t->e->items[t->e->count - 1] = one;
	else
		events_add(t->e, &one);
	t->plans_since = v->snapshot;
}

/* ---- there, deleted, not there ---- */

static void
tell_soft_deletion(struct told_back *t, const struct timeline_event *since)
{
	struct timeline_event one = *since;

	if (t->newer.deleted != WHEN_NONE) {
		one.after = one.by = t->newer.deleted;
		one.sure = EVENT_STAMPED;
		one.until = one.by + RESTORE_DAYS * WHEN_DAY;
	}
	events_add(t->e, &one);
	t->buried = true;
}

static void
tell_gone(struct told_back *t, const struct past_value *v)
{
	struct timeline_event one = between(t, v, HAPPENED_DELETED);

	if (t->newer.gone == EVENT_SURE_COUNT && t->newer.buried == WHEN_NONE)
		return;
	if (t->newer.gone != EVENT_SURE_COUNT)
		one.sure = t->newer.gone;
	date(&one, t->newer.buried);
	events_add(t->e, &one);
}

/*
 * It lay in another domain then: who looked in between did not look there, and
 * does not tell that it was gone.
 */
static bool
is_from_elsewhere(const struct told_back *t, const struct past_value *v)
{
	struct buf from = { 0 }, to = { 0 };
	bool differs = false;

	if (t->newer.side == SIDE_AD && t->move.to &&
	    t->moved_since == v->snapshot) {
		dn_domain(&from, t->move.from);
		dn_domain(&to, t->move.to);
		differs = strcmp(buf_text(&from), buf_text(&to)) != 0;
	}
	buf_release(&from);
	buf_release(&to);
	return differs;
}

static void
tell_life(struct told_back *t, const struct past_value *v)
{
	enum life was = (enum life)v->state;
	enum life is = (enum life)t->newer.states[LOOK_LIFE];
	struct timeline_event one = between(t, v, HAPPENED_RESTORED);

	if (is == LIFE_ABSENT && t->came && is_from_elsewhere(t, v)) {
		t->came = false;
		return;
	}
	if (was != LIFE_ABSENT && t->came) {
		date(&t->coming, t->newer.restored);
		events_add(t->e, &t->coming);
	}
	if (was != LIFE_ABSENT)
		t->came = false;
	if (was == LIFE_ABSENT) {
		t->came = true;
		t->coming = one;
	} else if (is == LIFE_ABSENT) {
		tell_gone(t, v);
	} else if (is == LIFE_LIVE) {
		events_add(t->e, &one);
	} else if (!t->buried) {
		one.what = HAPPENED_SOFT_DELETED;
		tell_soft_deletion(t, &one);
	}
	if (was != LIFE_DELETED)
		return;
	t->buried = false;
	t->newer.deleted = v->when;
	if (v->when != WHEN_NONE) {
		one = event_of(HAPPENED_SOFT_DELETED, SIDE_TENANT,
		               EVENT_STAMPED);
		one.snapshot = snapshot_name(t->e->t->m->past.tenants[
			v->snapshot]);
		tell_soft_deletion(t, &one);
	}
}

static void (*const tells[LOOK_FACTS])(struct told_back *t,
                                       const struct past_value *v) = {
	[LOOK_PLACE] = tell_place, [LOOK_UPN] = tell_value,
	[LOOK_MAIL] = tell_value, [LOOK_PROXIES] = tell_value,
	[LOOK_NICKNAME] = tell_value, [LOOK_TARGET] = tell_value,
	[LOOK_PASSWORD] = tell_password, [LOOK_ENABLED] = tell_enabled,
	[LOOK_SCOPE] = tell_scope, [LOOK_SYNCED] = tell_synced,
	[LOOK_LICENSED] = tell_plan, [LOOK_EXCHANGE] = tell_plan,
	[LOOK_LIFE] = tell_life,
};

/* From here on back in time it has this. */
static void
step(struct told_back *t, const struct past_value *v)
{
	struct newest_look *n = &t->newer;

	n->knows[v->fact] = true;
	if (v->fact <= LOOK_TARGET)
		n->texts[v->fact] = v->text;
	else if (v->fact == LOOK_PASSWORD)
		n->password = v->when;
	else
		n->states[v->fact] = v->state;
	if (v->fact == LOOK_LIFE)
		n->gone = EVENT_SEEN;
}

/* It came, and was never seen before: made, if nothing else says when. */
static void
tell_coming(struct told_back *t)
{
	if (!t->came || t->newer.created != WHEN_NONE)
		return;
	t->coming.what = HAPPENED_CREATED;
	events_add(t->e, &t->coming);
}

static void
tell_created(struct events *e, const struct newest_look *now)
{
	struct timeline_event one = event_of(HAPPENED_CREATED, now->side,
	                                     EVENT_STAMPED);
	when_t begin = timelines_begin(e->t->m, now->side, now->domain);

	if (now->created == WHEN_NONE)
		return;
	one.after = one.by = now->created;
	if (begin != WHEN_NONE && now->created > begin)
		events_add(e, &one);
	else
		events_add_beside(e, &one);
}

/*
 * Whether what came then is known: lines that complete an object of the present
 * say of its texts what its own line does not.
 */
static bool
is_known(const struct newest_look *newer, const struct past_value *v)
{
	return newer->knows[v->fact] && (!v->opens || v->fact <= LOOK_TARGET);
}

void
events_take(struct events *e, const struct newest_look *now)
{
	const struct past_value *values =
		e->t->m->timelines[now->side].values;
	struct told_back t = { .e = e, .newer = *now,
	                     .moved_since = HISTORY_NOW,
	                     .plans_since = HISTORY_NOW };
	struct timeline_event one = event_of(HAPPENED_SOFT_DELETED, now->side,
	                                     EVENT_STAMPED);

	if (now->states[LOOK_LIFE] == LIFE_DELETED && now->deleted != WHEN_NONE)
		tell_soft_deletion(&t, &one);
	for (uint32_t i = now->values; i; i = values[i - 1].older) {
		const struct past_value *v = &values[i - 1];

		if (is_known(&t.newer, v))
			tells[v->fact](&t, v);
		step(&t, v);
	}
	tell_coming(&t);
	tell_created(e, now);
}
