/* The line of an AD object of the present, and of its accounts. */
#include "analyze/timeline/timeline.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/timeline/events.h"
#include "base/guid.h"
#include "base/hash.h"

/* ---- what replication metadata alone tells ---- */

/* A write before all looks, or one that no look was there for. */
static bool
is_told_by_stamp(const struct events *e, const struct newest_look *now,
                 const struct stamp *s)
{
	when_t begin = timelines_begin(e->t->m, SIDE_AD, now->domain);

	return s->version > 1 && events_is_write(now, s->when) &&
	       (begin == WHEN_NONE || s->when <= begin);
}

static void
add_stamped(struct events *e, const struct stamp *s, enum happened what,
            enum event_sure sure, const char *attribute)
{
	struct timeline_event one = event_of(what, SIDE_AD, sure);

	one.after = one.by = s->when;
	one.attribute = attribute;
	events_add(e, &one);
}

/* What else the write may have been for is not known. */
static void
tell_guesses(struct events *e, const struct object *o,
             const struct newest_look *now)
{
	if (o->kind == KIND_USER && o->enabled != UNKNOWN &&
	    !events_has(e, HAPPENED_ENABLED, NULL) &&
	    !events_has(e, HAPPENED_DISABLED, NULL) &&
	    is_told_by_stamp(e, now, &o->ad.control_stamp))
		add_stamped(e, &o->ad.control_stamp, o->enabled == YES
		            ? HAPPENED_ENABLED : HAPPENED_DISABLED,
		            EVENT_LIKELY, NULL);
	if (!events_has(e, HAPPENED_MOVED, NULL) &&
	    !events_has(e, HAPPENED_RENAMED, NULL) &&
	    is_told_by_stamp(e, now, &o->ad.name_stamp))
		add_stamped(e, &o->ad.name_stamp, HAPPENED_MOVED, EVENT_LIKELY,
		            NULL);
}

static void
tell_cleared(struct events *e, const struct object *o,
             const struct newest_look *now)
{
	const struct {
		enum look_fact fact;
		const char *name;
		const struct stamp *stamp;
	} of[] = {
		{ LOOK_MAIL, "mail", &o->ad.mail_stamp },
		{ LOOK_PROXIES, "proxyAddresses", &o->ad.proxies_stamp },
		{ LOOK_NICKNAME, "mailNickname", &o->ad.nickname_stamp },
	};
	const bool had[LOOK_PRINTS] = {
		[LOOK_MAIL] = o->mail, [LOOK_PROXIES] = o->proxy_count,
		[LOOK_NICKNAME] = o->mail_nickname,
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (now->knows[of[i].fact] && !had[of[i].fact] &&
		    of[i].stamp->version > 1 &&
		    !events_has(e, HAPPENED_VALUE_CLEARED, of[i].name))
			add_stamped(e, of[i].stamp, HAPPENED_VALUE_CLEARED,
			            EVENT_STAMPED, of[i].name);
}

static void
tell_stamps(struct events *e, const struct object *o,
            const struct newest_look *now)
{
	if (o->ad.deleted_stamp.version > 1 &&
	    !events_has(e, HAPPENED_RESTORED, NULL))
		add_stamped(e, &o->ad.deleted_stamp, HAPPENED_RESTORED,
		            EVENT_STAMPED, NULL);
	tell_cleared(e, o, now);
	tell_guesses(e, o, now);
}

/* ---- made anew ---- */

static const struct gone_object *
find_namesake(const struct events *e, const struct object *o)
{
	const struct timelines *t = &e->t->m->timelines[SIDE_AD];
	unsigned domain = o->domain ? (unsigned)o->domain->index + 1 : 0;
	const uint64_t hashes[GONE_NAMES] = {
		[GONE_SAM] = gone_name_hash(GONE_SAM, o->sam, domain),
		[GONE_UPN] = gone_name_hash(GONE_UPN, o->upn, 0),
	};
	const struct gone_object *out = NULL;

	for (int k = 0; k < GONE_NAMES; k++) {
		size_t at = HASH_INDEX_FIRST;
		long i;

		while (hashes[k] && o->has_guid &&
		       (i = hash_index_next(&t->names, hashes[k], &at)) >= 0) {
			const struct gone_object *g = &t->gone[i];

			if (g->has_guid && section_kind(g->section) ==
			    o->kind && (!out || g->snapshot < out->snapshot))
				out = g;
		}
		if (out)
			break;
	}
	return out;
}

/* Another object has its names, and it is gone. */
static void
tell_made_anew(struct events *e, const struct object *o)
{
	const struct gone_object *g = find_namesake(e, o);
	struct timeline_event one = event_of(HAPPENED_RE_CREATED, SIDE_AD,
	                                     EVENT_SEEN);

	if (!g)
		return;
	one.after = timelines_when(e->t->m, SIDE_AD, g->snapshot, NULL);
	one.by = model_collected(e->t->m, o->domain);
	one.from = events_guid(&g->guid, e->t->arena);
	one.to = events_guid(&o->guid, e->t->arena);
	one.snapshot = snapshot_name(e->t->m->history[g->snapshot]);
	if (o->ad.created != WHEN_NONE && o->ad.created <= one.after)
		return;
	if (o->ad.created != WHEN_NONE) {
		one.after = one.by = o->ad.created;
		one.sure = EVENT_STAMPED;
	}
	events_add(e, &one);
}

/* ---- its accounts ---- */

/* One of the present, in that row. */
static int
take_account(struct events *e, enum section s, row_id row)
{
	const struct model *m = e->t->m;
	const struct row *r = &m->tables[s].rows[row - 1];
	uint32_t values = timelines_newest(&m->timelines[SIDE_TENANT], s,
	                                   row - 1);
	when_t begin = timelines_begin(m, SIDE_TENANT, NULL);
	struct newest_look now;
	struct object o;

	if (!values && s != TENANT_DELETED_USERS &&
	    (begin == WHEN_NONE || !r->account ||
	     r->account->created <= begin) && !e->happened)
		return 0;
	if (fetch_object(e->t->fetch, s, row - 1, e->t->arena, &o,
	                 e->t->err) < 0)
		return -1;
	now = newest_of(e->t, &o, values);
	events_take(e, &now);
	return 0;
}

/* Accounts that older snapshots show with its source anchor. */
static void
take_gone_accounts(struct events *e, const struct object *o)
{
	const struct timelines *t = &e->t->m->timelines[SIDE_TENANT];
	const struct guid *const anchors[] = {
		o->has_guid ? &o->guid : NULL,
		o->ad.has_consistency_guid ? &o->ad.consistency_guid : NULL,
	};

	for (size_t k = 0; k < sizeof(anchors) / sizeof(anchors[0]); k++) {
		size_t at = HASH_INDEX_FIRST;
		long i;

		if (!anchors[k] || (k && anchors[0] && memcmp(anchors[0],
		    anchors[k], sizeof(*anchors[k])) == 0))
			continue;
		while ((i = hash_index_next(&t->anchors, hash_bytes(anchors[k],
			sizeof(*anchors[k])), &at)) >= 0) {
			struct newest_look now = newest_of_gone(e->t,
				SIDE_TENANT, &t->gone[i]);

			if (memcmp(&t->gone[i].anchor, anchors[k],
			           sizeof(*anchors[k])) == 0)
				events_take(e, &now);
		}
	}
}

static int
take_accounts(struct events *e, enum section s, const struct row *r,
              const struct object *o)
{
	if (r->deleted && !r->former &&
	    take_account(e, TENANT_DELETED_USERS, r->deleted) < 0)
		return -1;
	take_gone_accounts(e, o);
	return r->twin ? take_account(e, section_twin(s), r->twin) : 0;
}

/* The baseline asks whether it was set since what it tells of. */
static bool
is_asked_for(const struct object *o)
{
	const struct remembered *r = o->links.remembered;
	when_t told;

	if (!r)
		return false;
	told = r->event.by != WHEN_NONE ? r->event.by : r->event.after;
	return told != WHEN_NONE && o->ad.password_set > told;
}

/* The last password, where its setting was not seen. */
static void
tell_password(struct events *e, const struct object *o)
{
	struct timeline_event one = event_of(HAPPENED_PASSWORD_SET, SIDE_AD,
	                                     EVENT_STAMPED);

	if (o->ad.password_set == WHEN_NONE ||
	    events_has(e, HAPPENED_PASSWORD_SET, NULL))
		return;
	one.after = one.by = o->ad.password_set;
	one.attribute = "pwdLastSet";
	if (is_asked_for(o))
		events_add(e, &one);
	else
		events_add_beside(e, &one);
}

int
timeline_tell(const struct past_means *t, enum section s,
              const struct row *r, const struct object *o,
              struct findings_batch *to)
{
	struct events e = { .t = t };
	struct timeline line = {
		.side = TOLD_AD, .dn = o->dn, .class = kind_name(o->kind),
		.upn = o->upn, .sam = o->sam, .mail = o->mail,
	};
	struct newest_look now;
	int rc;

	if (section_twin(s) == SECTION_COUNT || t->m->edits)
		return 0;
	now = newest_of(t, o, timelines_newest(
		&t->m->timelines[SIDE_AD], s,
		(uint32_t)(r - t->m->tables[s].rows)));
	events_take(&e, &now);
	tell_made_anew(&e, o);
	tell_stamps(&e, o, &now);
	rc = take_accounts(&e, s, r, o);
	tell_password(&e, o);
	if (o->has_guid)
		line.guid = events_guid(&o->guid, t->arena);
	if (!o->has_guid && !o->dn)
		line.object = object_key(o, t->arena);
	events_put(&e, &line, to);
	return rc;
}
