/*
 * Accounts whose password hash may not be in the tenant, since the sync engine
 * did not send it (the defects that engine.h describes): what happened to them.
 */
#include <string.h>
#include <strings.h>

#include "analyze/rules/hash_event.h"
#include "analyze/rules/hash_sync.h"
#include "analyze/rules/history.h"
#include "analyze/rules/remembered.h"
#include "analyze/rules/rule.h"
#include "base/dn.h"

enum { NORMAL_ACCOUNT = 0x200 };

#define RETURNED "came back into scope"
#define ENABLED "was enabled again"

/* ---- came back into scope ---- */

static bool
same_or_none(const char *a, const char *b)
{
	return !a || !b || dn_same(a, b);
}

static bool
has_moved(const struct history_step *s)
{
	const char *a = s->older.dn, *b = s->newer.dn;

	return a && b && !same_or_none(dn_parent(a), dn_parent(b));
}

/* How often the attribute was written between two looks; 0: not known. */
static unsigned
writes(const struct stamp *older, const struct stamp *newer)
{
	return older->version && newer->version > older->version
		? newer->version - older->version : 0;
}

/*
 * How often the name was written for what the two looks show (MS-ADTS
 * 3.1.1.5.4.1.3): moved or renamed, or both, which may have been one write.
 */
static unsigned
seen_writes(const struct history_step *s)
{
	const char *a = s->older.dn, *b = s->newer.dn;
	bool moved = has_moved(s);
	size_t len_a, len_b;

	if (!a || !b)
		return 2;
	len_a = strlen(a) - (dn_parent(a) ? strlen(dn_parent(a)) : 0);
	len_b = strlen(b) - (dn_parent(b) ? strlen(dn_parent(b)) : 0);
	if (len_a == len_b && strncasecmp(a, b, len_a) == 0)
		return moved ? 1 : 0;
	return moved ? 2 : 1;
}

#define ON_THE_WAY \
	"was moved or renamed more than once, perhaps by way of a place out " \
	"of scope,"
#define AND_BACK "was moved or renamed and is back, perhaps from out of scope,"

static void
consider_way(struct check *c, const struct object *o, struct worst_event *w,
             const struct history_step *s, const char *happened)
{
	struct history_event e = history_move_of(s);

	history_date_by(&e, &s->older.name_stamp, &s->newer.name_stamp);
	hash_event_take(c, o, w, (struct hash_event){
		.at = e, .evidence = GUESSED, .happened = happened,
	});
}

/*
 * The name was written more often than what is seen takes: the object was
 * moved on the way, or away and back, or renamed. Where it was meanwhile nobody
 * noted.
 */
static void
consider_move(struct check *c, const struct object *o, struct worst_event *w,
              const struct history_step *s)
{
	unsigned n = writes(&s->older.name_stamp, &s->newer.name_stamp);
	unsigned seen = seen_writes(s);

	/* Away and back takes two; by way of it to another place one more. */
	if (n < 2 || n <= seen || (seen == 1 && !has_moved(s) && n < 3))
		return;
	consider_way(c, o, w, s, seen ? ON_THE_WAY : AND_BACK);
}

static void
consider_return(struct check *c, const struct object *o, struct worst_event *w,
                const struct history_step *s)
{
	struct history_event e = history_move_of(s);

	/* A filter or a container that was renamed writes no name. */
	if (has_moved(s))
		history_date_by(&e, &s->older.name_stamp, &s->newer.name_stamp);
	hash_event_take(c, o, w, (struct hash_event){
		.at = e, .evidence = SEEN_IN_SNAPSHOTS, .happened = RETURNED,
		.from = s->older.dn, .to = s->newer.dn, .was_out = true,
	});
	/* Its account may have come with that; and then away and back. */
	if (writes(&s->older.name_stamp, &s->newer.name_stamp) >=
	    seen_writes(s) + 2)
		consider_way(c, o, w, s, ON_THE_WAY);
}

/* When an earlier run saw it out of scope last; it left before that. */
static when_t
seen_out(const struct remembered *r)
{
	return r->seen != WHEN_NONE ? r->seen
		: r->event.by != WHEN_NONE ? r->event.by : r->first_seen;
}

/* It lies elsewhere than then; else what is in scope may be another thing. */
static bool
has_moved_since(const struct remembered *r, const struct object *o)
{
	return r->event.to && o->dn &&
	       !same_or_none(dn_parent(r->event.to), dn_parent(o->dn));
}

/* Whether it is known BACK when, or is remembered for that by itself. */
static bool
is_told(const struct object *o, const struct remembered *left, when_t back)
{
	struct history_event e;

	return left->event.by != WHEN_NONE && (back > left->event.by ||
		(remembered_find(o, EVENT_RETURNED_TO_SCOPE, &e) &&
		 e.by > left->event.by));
}

/*
 * An earlier run found it out of scope. That it came BACK after that no
 * snapshot of this one shows.
 */
static void
consider_back(struct check *c, const struct object *o, struct worst_event *w,
              when_t back)
{
	const struct stamp none = { .version = 0 };
	struct history_event e;
	const struct remembered *r;
	bool moved;

	if (!remembered_find(o, EVENT_LEFT_SCOPE, &e))
		return;
	r = e.remembered;
	e = (struct history_event){
		.after = seen_out(r),
		.by = model_collected(check_model(c), o->domain),
	};
	/* What is read of one look otherwise is no event. */
	if (e.by <= e.after || is_told(o, r, back))
		return;
	moved = has_moved_since(r, o);
	if (moved)
		history_date_by(&e, &none, &o->ad.name_stamp);
	hash_event_take(c, o, w, (struct hash_event){
		.at = e, .was_out = true,
		.evidence = moved ? SEEN_IN_SNAPSHOTS : READ_FROM_METADATA,
		.happened = moved ? RETURNED
			: RETURNED ", of which an earlier run saw it outside,",
		.from = moved ? r->event.to : NULL,
		.to = moved ? o->dn : NULL,
	});
}

static void
check_returned(struct check *c, const struct object *o)
{
	struct history_walk walk = { .o = o };
	struct history_step s;
	struct worst_event w = { .any = false };
	when_t back = WHEN_NONE;

	if (!hash_event_is_judged(c, o))
		return;
	while (history_next(&walk, &s)) {
		if (s.older.scope != SCOPE_IN && s.placed_by > back)
			back = s.placed_by;
		if (s.newer.scope != SCOPE_IN || s.newer.unplaced ||
		    s.older.unplaced)
			continue;
		if (s.older.scope != SCOPE_IN)
			consider_return(c, o, &w, &s);
		else
			consider_move(c, o, &w, &s);
	}
	consider_back(c, o, &w, back);
	hash_event_remember(c, o, &w, EVENT_RETURNED_TO_SCOPE, RETURNED);
	hash_event_report(c, o, &w, EVENT_RETURNED_TO_SCOPE);
}

/* ---- was enabled ---- */

static void
consider_enabling(struct check *c, const struct object *o,
                  struct worst_event *w, const struct history_step *s)
{
	struct history_event e = history_event_of(s);

	history_date_by(&e, &s->older.control_stamp, &s->newer.control_stamp);
	hash_event_take(c, o, w, (struct hash_event){
		.at = e, .evidence = SEEN_IN_SNAPSHOTS, .happened = ENABLED
	});
}

/*
 * userAccountControl was written twice or more, and has the same value as in
 * the look before: a bit of it was set and taken away, and there is hardly one
 * that is but ACCOUNTDISABLE. Where another bit differs one write was for that.
 */
static void
consider_switch(struct check *c, const struct object *o, struct worst_event *w,
                const struct history_step *s)
{
	unsigned n = writes(&s->older.control_stamp, &s->newer.control_stamp);
	bool same = s->older.control && s->older.control == s->newer.control;
	struct history_event e = history_event_of(s);

	if (n < (same ? 2 : 3))
		return;
	history_date_by(&e, &s->older.control_stamp, &s->newer.control_stamp);
	hash_event_take(c, o, w, (struct hash_event){
		.at = e, .evidence = same ? READ_FROM_METADATA : GUESSED,
		.happened = same ? "was probably disabled and enabled again"
			: "was perhaps disabled and enabled again",
	});
}

/*
 * From the stamp alone: the last write of userAccountControl is later than the
 * password, and there were more writes than creating an enabled account takes.
 * A second one, long after the account was made, enabled one that was made
 * disabled. Who has another flag may have got that then.
 */
static void
consider_stamp(struct check *c, const struct object *o, struct worst_event *w,
               const struct history_look *look)
{
	const struct stamp *s = &look->control_stamp;
	bool plain = look->control == NORMAL_ACCOUNT;

	if (look->enabled != YES || s->version < 2 ||
	    (s->version == 2 && o->ad.created == WHEN_NONE))
		return;
	hash_event_take(c, o, w, (struct hash_event){
		.at = { .after = s->when, .by = s->when, .dated = true },
		.evidence = plain ? READ_FROM_METADATA : GUESSED,
		.happened = s->version == 2
			? "was probably created disabled, and enabled"
			: plain ? "was probably enabled again"
			: "was perhaps enabled again",
	});
}

/*
 * Whether the last write that LAST tells was in the step, which shows what it
 * was for: the account was enabled there, or has another flag since.
 */
static bool
shows_write(const struct history_step *s, const struct history_look *last)
{
	when_t t = last->control_stamp.when;

	return last->control_stamp.version && t > s->after && t <= s->by &&
	       s->older.control && s->newer.control &&
	       s->older.control != s->newer.control;
}

static void
check_enabled(struct check *c, const struct object *o)
{
	struct history_walk walk = { .o = o };
	struct history_step s;
	struct history_look last = *history_oldest(&walk);
	struct worst_event w = { .any = false };
	bool shown = false;

	if (o->enabled != YES || !hash_event_is_judged(c, o))
		return;
	while (history_next(&walk, &s)) {
		if (s.newer.enabled == YES && s.older.enabled == NO)
			consider_enabling(c, o, &w, &s);
		else if (s.newer.enabled == YES && s.older.enabled == YES)
			consider_switch(c, o, &w, &s);
		shown = shown || shows_write(&s, &last);
		/* The oldest that has a stamp tells what came before it. */
		if (s.older.control_stamp.version) {
			last = s.older;
			shown = false;
		}
	}
	if (!shown)
		consider_stamp(c, o, &w, &last);
	hash_event_remember(c, o, &w, EVENT_ENABLED, ENABLED);
	hash_event_report(c, o, &w, EVENT_ENABLED);
}

static const struct rule rules[] = {
	{
		.id = "returned-to-scope",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_HISTORY,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PASSWORD_SET),
		.needs = NEED_SCOPE | NEED_HISTORY,
		.in_scope_only = true,
		.check = check_returned,
		.lacks = hash_sync_lacks, .moot = hash_sync_is_moot,
		.title = "Back in sync scope, password unchanged since",
		.why = "Sync engines before build 1.0.9125.0 did not send the "
		       "password of an object that moved into scope: the "
		       "account exists in the tenant, but the user cannot "
		       "sign in with the AD password.",
		.fix = "Set the user's password in AD, or run a full password "
		       "synchronization.",
		.source = DOC_VERSIONS, .part = "1.0.9125.0",
	},
	{
		.id = "disabled-then-enabled",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_HISTORY,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PASSWORD_SET),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.needs = NEED_EVENTS,
		.in_scope_only = true,
		.check = check_enabled,
		.lacks = hash_sync_lacks, .moot = hash_sync_is_moot,
		.title = "Enabled again, password unchanged since",
		.why = "Sync engines before build 1.0.9125.0 did not send the "
		       "password of an account that was enabled again: the "
		       "user cannot sign in to the tenant with the AD "
		       "password.",
		.fix = "Set the user's password in AD, or run a full password "
		       "synchronization.",
		.source = DOC_VERSIONS, .part = "1.0.9125.0",
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family password_event_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
