/* What older snapshots, and metadata, tell of objects, and what they cannot. */
#include <stdlib.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"
#include "analyze/rules/remembered.h"
#include "analyze/rules/rule.h"

/* ---- objects that were deleted, and are back ---- */

/* What was restored longer ago has shown by now what it lacks. */
enum { RESTORED_DAYS = 90 };

static void
check_restored(struct check *c, const struct object *o)
{
	const struct stamp *s = &o->ad.deleted_stamp;
	const struct object *account = o->links.twin;
	when_t now = model_collected(check_model(c), o->domain);
	bool is_new = account && account->tenant.created_when != WHEN_NONE &&
	              account->tenant.created_when > s->when;
	const char *by = stamp_writer(s, check_arena(c));
	char when[WHEN_TEXT];

	/* It was written when it was deleted, and when that was undone. */
	if (s->version < 2 || s->when > now ||
	    now - s->when > RESTORED_DAYS * WHEN_DAY ||
	    object_mark(o) == DN_DELETED)
		return;
	when_format(s->when, when);
	check_fail(c, o, &(struct failure){
		.severity = is_new ? SEVERITY_LOW : check_severity(c),
		.attribute = "isDeleted",
		.message = check_textf(c, "%s was deleted, and was restored at "
		                       "%s%s%s%s", object_label(o), when,
		                       by ? " on " : "", by ? by : "", is_new
		                       ? "; its account in the tenant was "
		                       "created after that, so the former one, "
		                       "with its mailbox, was not taken up "
		                       "again"
		                       : ""),
		.fix = is_new ? "Check whether the former account is among the "
			"deleted users still: what it had can be restored from "
			"there for 30 days." : NULL,
	});
}

/* ---- groups that lost most of their members ---- */

enum { GROUP_LEAST = 10 };

static bool
was_larger(const struct history *s, const struct object *o)
{
	size_t then = s->then->ad.member_count;

	return then >= GROUP_LEAST && o->ad.member_count * 2 < then;
}

/* How many it had when an earlier run found it, if it has fewer than half. */
static size_t
remembered_members(const struct object *o, struct history_event *e)
{
	size_t then = remembered_value(o, EVENT_CHANGED, "member", e) &&
		e->remembered->event.from
		? strtoul(e->remembered->event.from, NULL, 10) : 0;

	return o->ad.member_count * 2 < then ? then : 0;
}

/* How many it had in the newest look at it that had so many; 0: none had. */
static size_t
members_then(const struct object *o, struct history_event *e)
{
	const struct history *s = o->links.history;

	while (s && !was_larger(s, o))
		s = s->older;
	if (!s)
		return remembered_members(o, e);
	*e = (struct history_event){
		.after = s->when, .by = s->newer[TELLS_VALUES], .before = s,
	};
	return s->then->ad.member_count;
}

static void
check_shrunk(struct check *c, const struct object *o)
{
	struct told_event told;
	struct history_event e;
	size_t then;

	/* Who has a history is read again. */
	if (check_is_screening(c) || attr_set_has(&o->sealed, ATTR_MEMBER))
		return;
	then = members_then(o, &e);
	if (!then)
		return;
	told = history_told(&e, EVENT_CHANGED);
	if (e.before) {
		told.from = check_textf(c, "%zu", then);
		told.to = check_textf(c, "%zu", o->ad.member_count);
	}
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "member",
		.observed = check_textf(c, "%zu members", o->ad.member_count),
		.key = "",
		.unproposed = "whether it was a mistake has to be found out "
		              "first",
		.event = told,
		.message = check_textf(c, "%s had %zu members, and lost more "
		                       "than half of them %s: it has %zu",
		                       object_label(o), then,
		                       history_text(&e, check_arena(c)),
		                       o->ad.member_count),
	});
}

/* ---- snapshots that are too far apart ---- */

/*
 * In whole days: what is read on the first of each month is as far apart as
 * that, and some minutes or hours.
 */
enum { MONTH_DAYS = 31 };

/* The widest gap between two looks at a domain, the newest of those first. */
struct wide_gap {
	const struct snapshot *newer, *older;
	size_t count;                /* of too wide ones */
};

static bool
holds(const struct snapshot *s, const struct domain *d, const struct model *m)
{
	for (size_t i = 0; i < snapshot_domain_count(s); i++)
		if (snapshot_domain_is_held(s, i) && domains_find(&m->domains,
			snapshot_domain_at(s, i)->name) == d)
			return true;
	return !snapshot_domain_count(s) && m->domains.count == 1;
}

static when_t
width(const struct snapshot *newer, const struct snapshot *older)
{
	return snapshot_collected(newer) - snapshot_collected(older);
}

static struct wide_gap
find_gap(const struct model *m, const struct domain *d)
{
	const struct snapshot *last = d->present;
	struct wide_gap out = { NULL, NULL, 0 };

	for (size_t i = 0; i < m->history_count; i++) {
		const struct snapshot *s = m->history[i];

		if (s == last || !holds(s, d, m))
			continue;
		out.count += width(last, s) / WHEN_DAY > MONTH_DAYS;
		if (!out.newer || width(last, s) > width(out.newer, out.older))
			out = (struct wide_gap){ last, s, out.count };
		last = s;
	}
	return out;
}

static void
check_gap(struct check *c, const struct domain *d)
{
	struct wide_gap g = { NULL, NULL, 0 };
	char from[WHEN_TEXT], to[WHEN_TEXT];
	long long days;

	if (d->present)
		g = find_gap(check_model(c), d);
	if (!g.count)
		return;
	when_format_day(snapshot_collected(g.older), from);
	when_format_day(snapshot_collected(g.newer), to);
	days = (long long)(width(g.newer, g.older) / WHEN_DAY);
	check_fail_domain(c, d, &(struct failure){
		.severity = check_severity(c), .attribute = "collected",
		.observed = check_textf(c, "%lld days", days), .key = "",
		.expected = "at most 31 days",
		.message = check_textf(c, "Between the snapshots %s, of %s, "
		                       "and %s, of %s, are %lld days%s",
		                       snapshot_name(g.older), from,
		                       snapshot_name(g.newer), to, days,
		                       g.count > 1 ? check_textf(c, "; %zu "
		                       "gaps of the domain are wider than 31",
		                       g.count) : ""),
		.shared = { "gap", "Snapshots are more than 31 days apart",
		            "Collect at least once a month, and before what "
		            "changes the scope." },
	});
}

static const struct rule rules[] = {
	{
		.id = "restored",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.past = PAST_STAMPS,
		.in_scope_only = true,
		.check = check_restored,
		.title = "Deleted in AD, and restored",
		.why = "A restored object has the source anchor that it had: "
		       "sync takes its account up again for 30 days, and after "
		       "that makes a new, empty one. An object that was "
		       "restored without AD's recycle bin has lost its "
		       "addresses, its memberships and its password.",
		.fix = "Check that its addresses, groups and licenses are "
		       "there again.",
		.source = DOC_RECYCLE,
	},
	{
		.id = "group-shrunk",
		.severity = SEVERITY_INFO,
		.profile = PROFILE_STRICT,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_MEMBER),
		.needs = NEED_HISTORY,
		.in_scope_only = true,
		.check = check_shrunk,
		.title = "Group that lost more than half of its members",
		.why = "A group that had ten members or more in an older "
		       "snapshot has fewer than half of them. Sync takes the "
		       "others out of it in the tenant, and with that access, "
		       "mail, and licenses given by the group.",
		.fix = "If it was a mistake, add the members of the older "
		       "snapshot again before the next synchronization.",
		.source = DOC_CONTACTS, .part = "Groups",
		.confidence = CONFIDENCE_DERIVED,
		.limit = "more than half of at least 10 members",
	},
	{
		.id = "snapshots-too-far",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD,
		.needs = NEED_HISTORY,
		.check_domain = check_gap,
		.title = "Snapshots of AD that are too far apart",
		.why = "A deleted user can be restored for 30 days. Who left "
		       "the sync scope and came back, or was deleted for good, "
		       "between two snapshots that are further apart is in "
		       "neither.",
		.fix = "Collect at least once a month, and before what changes "
		       "the scope.",
		.source = DOC_RECYCLE, .confidence = CONFIDENCE_DERIVED,
		.limit = "31 days between two snapshots of a domain",
	},
};

const struct family past_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
