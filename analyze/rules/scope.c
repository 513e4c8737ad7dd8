/* Objects that leave the sync scope. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/fate.h"
#include "analyze/rules/history.h"
#include "analyze/rules/left_with.h"
#include "analyze/rules/remembered.h"
#include "analyze/rules/rule.h"
#include "base/dn.h"

static bool
was_in_scope(const struct history *s)
{
	return s->scope == SCOPE_IN;
}

/* Where it lay before: in an older snapshot, or when it was synchronized. */
static const char *
place_before(const struct object *o, const struct history_event *e)
{
	if (e->before)
		return e->before->dn;
	if (e->remembered)
		return e->remembered->event.from;
	if (e->lost)
		return e->lost->dn;
	return o->links.twin ? o->links.twin->dn : NULL;
}

/* Whether it is known that it was in scope, and when. */
static bool
is_seen(const struct history_event *e)
{
	return e->before || e->remembered;
}

/* Where an object lies, or lay, for people. */
static const char *
tell_place(struct check *c, const char *dn)
{
	return place_described(dn_parent(dn), check_arena(c));
}

/* Whether it certainly lies where it lay. */
static bool
stayed(const struct object *o, const char *before)
{
	return before && o->dn && dn_same(before, o->dn);
}

/* "since 2016-02-01, when its account was synchronized last"; or "". */
static const char *
tell_last_sync(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	char day[WHEN_TEXT];

	if (!h || h->last_sync == WHEN_NONE)
		return "";
	when_format_day(h->last_sync, day);
	return check_textf(c, " after %s, when its account was synchronized "
	                   "last", day);
}

static const char *
describe_unseen(struct check *c, const struct object *o)
{
	const char *before = place_before(o, &(struct history_event){ 0 });

	if (!o->links.account)
		return "is outside the sync scope";
	if (!before || stayed(o, before) || !o->dn)
		return check_textf(c, "is outside the sync scope, but has a "
		                   "synchronized account%s",
		                   stayed(o, before) ? ", and lies where it "
		                   "lay when that was synchronized last" : "");
	return check_textf(c, "is outside the sync scope, but has a "
	                   "synchronized account: it was moved%s, from %s",
	                   tell_last_sync(c, o), tell_place(c, before));
}

/* " between 2015-10-12 and 2016-02-15"; or "". */
static const char *
tell_when(struct check *c, const struct history_event *e)
{
	char day[WHEN_TEXT];

	if (!is_seen(e) || e->by == WHEN_NONE)
		return "";
	if (e->after != WHEN_NONE)
		return check_textf(c, " %s", history_text(e, check_arena(c)));
	when_format_day(e->by, day);
	return check_textf(c, " before %s", day);
}

static const char *
describe_lost(struct check *c, const struct object *o,
              const struct history_event *e)
{
	const char *before = place_before(o, e);
	char day[WHEN_TEXT];

	when_format_day(e->lost->when, day);
	return check_textf(c, "was synchronized until %s at least, and is "
	                   "outside the sync scope%s%s", day,
	                   before && o->dn && !stayed(o, before)
	                   ? ": it was moved from " : "",
	                   before && o->dn && !stayed(o, before)
	                   ? tell_place(c, before) : "");
}

static const char *
describe_move(struct check *c, const struct object *o,
              const struct history_event *e, const struct left_with *w)
{
	const char *when = tell_when(c, e), *before = place_before(o, e);

	if (w->sure != LEFT_ALONE)
		return check_textf(c, "left the sync scope%s %s", when,
		                   left_with_text(c, w));
	if (e->lost)
		return describe_lost(c, o, e);
	if (!is_seen(e))
		return describe_unseen(c, o);
	if (!before || !o->dn || stayed(o, before))
		return check_textf(c, "left the sync scope%s", when);
	return check_textf(c, "was moved out of the sync scope%s, from %s to "
	                   "%s", when, tell_place(c, before),
	                   tell_place(c, o->dn));
}

/* Only users come back as they were. */
static const char *
time_for(const struct object *o, const struct fate *fate)
{
	return fate->chance == CHANCE_GONE ? "and synchronize"
		: o->kind == KIND_USER ? "within 30 days and synchronize"
		: "before the next synchronization";
}

/* The included container that it lay in, if AD has none of that name. */
static const char *
gone_container(const struct check *c, const struct object *o,
               const char *before)
{
	const struct model *m = check_model(c);

	if (!o->dn || check_is_screening(c))
		return NULL;
	return scope_gone_container(domains_forest(&m->domains, o->domain)
	                            ->scope, before);
}

/* What takes it out of scope must go. */
static const char *
cure_of(struct check *c, const struct object *o, const char *before,
        const struct left_with *w)
{
	const char *gone;

	if (o->scope.state == SCOPE_FILTERED)
		return "change what it is filtered by";
	if (o->scope.cause == SCOPE_BY_GROUP)
		return "make it a direct member of the group again";
	if (w->sure != LEFT_ALONE)
		return left_with_cure(c, w);
	if (stayed(o, before))
		return check_textf(c, "include %s in the sync scope again",
		                   tell_place(c, o->dn));
	if (!before)
		return "move the object back into an included OU";
	gone = gone_container(c, o, before);
	return gone ? check_textf(c, "move the object into an included OU (%s, "
	                          "where it lay, is there no more)",
	                          place_described(gone, check_arena(c)))
		: check_textf(c, "move the object back into an included OU (it "
		              "lay in %s)", tell_place(c, before));
}

/* What comes of it when that is done in time, and when it is too late. */
static const char *
outcome_of(struct check *c, const struct object *o, const struct fate *fate)
{
	if (o->kind != KIND_USER)
		return fate->chance == CHANCE_STAYS ? ""
			: " It is created again then, with another id, if it "
			"was deleted: what was granted to it, and its "
			"memberships in groups of the cloud, are to be given "
			"again.";
	if (fate->chance == CHANCE_GONE)
		return check_textf(c, " What is created then is %s: what was "
		                   "in the old one is lost.", fate->successor);
	return fate->chance == CHANCE_STAYS || !fate->successor ? ""
		: check_textf(c, " Its account then comes back as it was; "
		              "later %s is created. A mailbox that has to be "
		              "kept needs a hold before "
		              "that.", fate->successor);
}

static const char *
fix_of(struct check *c, const struct object *o, const char *cure,
       const struct fate *fate, const struct left_with *w)
{
	return check_textf(c, "If it was a mistake, %s, %s%s; if not, %s.%s",
	                   cure, time_for(o, fate), w->sure == LEFT_ALONE ? ""
	                   : ": no object has to be moved",
	                   fate->chance == CHANCE_GONE
	                   ? "there is nothing to do"
	                   : "confirm that the account may be deleted",
	                   outcome_of(c, o, fate));
}

static struct shared_cause
cause_of(const struct object *o, const char *before,
         const struct left_with *w)
{
	if (w->sure == LEFT_ALONE && o->scope.state == SCOPE_EXCLUDED &&
	    o->scope.cause != SCOPE_BY_GROUP && stayed(o, before))
		return (struct shared_cause){
			o->scope.reason, "Outside the sync scope, but "
			"synchronized: {}", "If the scope was changed by "
			"mistake, change it back within 30 days and "
			"synchronize: no object has to be moved. If not, "
			"confirm that the accounts may be deleted."
		};
	return left_with_cause(o, w);
}

/* An account, told by more than its name, shows that it was in scope. */
static bool
has_synced_account(const struct object *o)
{
	return o->links.account && o->links.account->synced == YES &&
	       !how_is_name(o->links.how);
}

/* How it is known that it left. */
static enum event_sure
sure_of(const struct history_event *e)
{
	return e->remembered ? e->remembered->event.sure
		: !e->before ? EVENT_LIKELY
		: e->dated ? EVENT_STAMPED : EVENT_SEEN;
}

/*
 * Without a look at it in scope it was when its account was synchronized last,
 * and is not since AD was read.
 */
static struct told_event
event_of(struct check *c, const struct object *o,
         const struct history_event *e, const char *before)
{
	const struct account *h = o->links.account;
	bool moved = before && o->dn && !stayed(o, before);
	when_t out_at = model_collected(check_model(c), o->domain);
	struct told_event out = {
		.what = EVENT_LEFT_SCOPE, .sure = sure_of(e),
		.after = e->after, .by = e->by,
		.from = moved ? before : NULL, .to = moved ? o->dn : NULL,
	};

	if (!is_seen(e) && !e->lost) {
		out.after = h && h->last_sync < out_at ? h->last_sync
		                                       : WHEN_NONE;
		out.by = out_at;
	}
	return out;
}

/* " (excluded by corp.example/Leavers)"; "in no included OU" says nothing. */
static const char *
tell_reason(struct check *c, const struct object *o)
{
	return o->scope.cause == SCOPE_BY_DEFAULT ? ""
		: check_textf(c, " (%s)", o->scope.reason);
}

/* The DN of where it was, which the sentence has as people read it. */
static const char *
expect_scope(struct check *c, const struct object *o, const char *before)
{
	if (o->scope.state == SCOPE_FILTERED)
		return "what no filter of the sync engine meets";
	return before ? check_textf(c, "a place in the sync scope; it was in "
	                            "%s", dn_parent(before))
		: "a place in the sync scope";
}

static void
report_left(struct check *c, const struct object *o,
            const struct history_event *e, const struct left_with *with)
{
	const char *before = place_before(o, e);
	struct fate fate = fate_of(c, o, e);

	check_fail(c, o, &(struct failure){
		.severity = fate.severity, .attribute = "distinguishedName",
		.observed = o->dn, .key = "",
		.event = event_of(c, o, e, before),
		.expected = expect_scope(c, o, before),
		.message = check_textf(c, "%s %s%s: %s", object_label(o),
		                       describe_move(c, o, e, with),
		                       tell_reason(c, o), fate.text),
		.fix = fix_of(c, o, cure_of(c, o, before, with), &fate, with),
		.shared = cause_of(o, before, with),
		.deletes = fate.chance == CHANCE_OPEN ||
			fate.chance == CHANCE_BEFORE,
		.deadline = fate.until,
	});
}

/*
 * Whether the container that it lay in is elsewhere by now: it may have gone
 * out with that, and have been moved by itself after that.
 */
static bool
container_went(const struct check *c, const struct object *o,
               const struct history *then)
{
	return !check_is_screening(c) &&
	       (containers_went(check_model(c), then->dn, then->when) ||
	        gone_container(c, o, then->dn));
}

/* By the names of the looks before and after it. */
static void
date_move(const struct check *c, const struct object *o,
          struct history_event *e)
{
	when_t after = e->after;
	struct history_walk w = { .o = o };
	struct history_step s;

	while (history_next(&w, &s))
		if (s.before == e->before) {
			history_date_by(e, &s.older.name_stamp,
			                &s.newer.name_stamp);
			if (e->dated && container_went(c, o, e->before)) {
				e->after = after;
				e->dated = false;
			}
			return;
		}
}

/* A look that has it out of scope between the tenant's two. */
static when_t
seen_out(struct check *c, const struct object *o, const struct lost_account *l)
{
	when_t out = model_collected(check_model(c), o->domain);

	for (const struct history *s = o->links.history; s; s = s->older)
		if (s->scope != SCOPE_IN && !s->unplaced && s->when > l->when &&
		    s->when < out)
			out = s->when;
	return out;
}

/*
 * The account of an older snapshot of the tenant, of which the present shows
 * nothing, though it would: unless one whose anchor is not known is its own. AD
 * that was read before that shows it out of scope already.
 */
static bool
find_lost(struct check *c, const struct object *o, struct history_event *e)
{
	const struct lost_account *l = o->links.lost;
	when_t out_at;

	if (!l || o->links.account || o->links.is_open ||
	    o->links.has_namesake || o->links.has_parted)
		return false;
	out_at = seen_out(c, o, l);
	*e = (struct history_event){ .lost = l, .after = l->when,
	                             .by = l->newer };
	if (out_at != WHEN_NONE && out_at < e->by)
		e->by = out_at;
	if (e->by <= l->when)
		e->after = l->last_sync < e->by ? l->last_sync : WHEN_NONE;
	return true;
}

static void
check_moved_out(struct check *c, const struct object *o)
{
	struct history_event e = { .after = WHEN_NONE, .by = WHEN_NONE };
	struct left_with with;

	/* What this server does not take, it does not delete. */
	if (o->scope.state == SCOPE_IN || o->scope.cause == SCOPE_BY_CONNECTOR)
		return;
	if (!history_find(o, was_in_scope, &e) &&
	    !remembered_find(o, EVENT_LEFT_SCOPE, &e) &&
	    !o->links.has_deleted_account && !has_synced_account(o) &&
	    !find_lost(c, o, &e))
		return;
	with = left_with(c, o, &e);
	/* The stamp is of the object's own name, and not of its container's. */
	if (e.before && with.sure == LEFT_ALONE &&
	    !stayed(o, place_before(o, &e)))
		date_move(c, o, &e);
	report_left(c, o, &e, &with);
}

static const struct rule rules[] = {
	{
		.id = "moved-out-of-scope",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.needs = NEED_SCOPE | NEED_ELSEWHERE,
		.check = check_moved_out,
		.title = "Moved out of sync scope",
		.why = "When a synchronized object leaves the scope, its "
		       "account is deleted in the next sync cycle. A deleted "
		       "user can be restored for 30 days, with mailbox and "
		       "licenses; after that a new, empty account is created.",
		.fix = "If it was a mistake, move the object back into an "
		       "included OU within 30 days and synchronize. If not, "
		       "confirm that the account may be deleted.",
		.source = DOC_FILTERING,
	},
};

const struct family scope_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
