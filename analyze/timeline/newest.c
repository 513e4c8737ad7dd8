/* What is known of an object at the newest look. */
#include "analyze/timeline/events.h"

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/buf.h"

static void
know(struct newest_look *n, enum look_fact fact, unsigned state)
{
	n->knows[fact] = true;
	n->states[fact] = (uint8_t)state;
}

static const char *
joined(const struct object *o, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	for (size_t i = 0; i < o->proxy_count; i++)
		buf_addf(&text, "%s%s", i ? ", " : "", o->proxies[i]);
	out = text.len ? arena_strdup(a, text.data) : NULL;
	buf_release(&text);
	return out;
}

/* That it has none is known only where it was asked for. */
static void
take_texts(struct newest_look *n, const struct past_means *t,
           const struct object *o)
{
	static const enum attr attrs[] = {
		[LOOK_UPN] = ATTR_UPN, [LOOK_MAIL] = ATTR_MAIL,
		[LOOK_PROXIES] = ATTR_PROXIES,
		[LOOK_NICKNAME] = ATTR_MAIL_NICKNAME,
		[LOOK_TARGET] = ATTR_TARGET,
	};
	const struct model_part part = { t->m, o->domain };

	n->texts[LOOK_UPN] = o->upn;
	n->texts[LOOK_MAIL] = o->mail;
	n->texts[LOOK_PROXIES] = n->values ? joined(o, t->arena) : NULL;
	n->texts[LOOK_NICKNAME] = o->mail_nickname;
	n->texts[LOOK_TARGET] = o->target;
	for (int i = LOOK_UPN; i <= LOOK_TARGET; i++)
		n->knows[i] = n->texts[i] ||
			(!attr_set_has(&o->unclear, attrs[i]) &&
			 attr_name(o->side, attrs[i]) &&
			 part_covers(part, o->section, attrs[i]) &&
			 !part_lack(part, o->section,
			            attr_name(o->side, attrs[i])).objects);
}

static void
take_ad(struct newest_look *n, const struct object *o)
{
	n->domain = o->domain;
	n->created = o->ad.created;
	n->password = o->ad.password_set;
	if (o->ad.deleted_stamp.version > 1)
		n->restored = o->ad.deleted_stamp.when;
	n->knows[LOOK_PASSWORD] = n->password != WHEN_NONE;
	if (o->dn && o->ad.place_then == WHEN_NONE) {
		n->texts[LOOK_PLACE] = o->dn;
		n->knows[LOOK_PLACE] = true;
	}
}

static void
take_tenant(struct newest_look *n, const struct past_means *t,
            const struct object *o)
{
	n->created = o->tenant.created_when;
	n->deleted = o->tenant.deleted_when;
	n->of_cloud = guid_set_has(&t->m->cloud_managed, &o->guid);
}

struct newest_look
newest_of(const struct past_means *t, const struct object *o, uint32_t values)
{
	struct newest_look n = {
		.side = o->side, .values = values, .password = WHEN_NONE,
		.deleted = WHEN_NONE, .created = WHEN_NONE,
		.restored = WHEN_NONE,
		.buried = WHEN_NONE, .gone = EVENT_SURE_COUNT,
	};

	take_texts(&n, t, o);
	if (o->side == SIDE_AD)
		take_ad(&n, o);
	else
		take_tenant(&n, t, o);
	/* What a value of these differs from was known when it was kept. */
	know(&n, LOOK_ENABLED, o->enabled);
	know(&n, LOOK_SCOPE, o->scope.state);
	know(&n, LOOK_SYNCED, NO);
	know(&n, LOOK_LICENSED, NO);
	know(&n, LOOK_EXCHANGE, NO);
	know(&n, LOOK_LIFE, o->section == TENANT_DELETED_USERS ? LIFE_DELETED
	                                                       : LIFE_LIVE);
	return n;
}

/* ---- of what is gone ---- */

/* Whether the present, or a newer snapshot, would have shown it. */
static enum event_sure
judge_ad(const struct past_means *t, const struct gone_object *o,
         const struct past_value *last)
{
	const struct object account = {
		.side = SIDE_TENANT, .kind = section_kind(o->section),
		.dn = o->had.of[LOOK_PLACE],
		.tenant = { .created_when = WHEN_NONE,
		            .last_sync = WHEN_NONE },
	};
	const struct domain *d = o->domain
		? &t->m->domains.items[o->domain - 1] : NULL;
	enum unseen_why why = seen_places_judge(t->m,
		fetch_containers(t->fetch), &account).why;

	if (why == UNSEEN_STALE || why == UNSEEN_ELSEWHERE)
		return EVENT_LIKELY;
	if (last->newer != HISTORY_NOW)
		return EVENT_SEEN;
	if (why != UNSEEN_NOT || !d || !d->present || !o->has_guid ||
	    !part_covers((struct model_part){ t->m, d }, o->section,
	                 ATTR_GUID))
		return EVENT_SURE_COUNT;
	/* It may have been moved into a container that was not exported. */
	return containers_lost(t->m, d) ? EVENT_LIKELY : EVENT_SEEN;
}

/* Who was deleted may be so still, where these were not read. */
static enum event_sure
judge_tenant(const struct past_means *t, const struct gone_object *o,
             const struct past_value *last)
{
	bool deleted = o->section == TENANT_DELETED_USERS;

	if (deleted && !model_complete(t->m, TENANT_DELETED_USERS))
		return EVENT_SURE_COUNT;
	return last->newer != HISTORY_NOW ||
	       model_complete(t->m, deleted ? TENANT_USERS : o->section)
		? EVENT_SEEN : EVENT_SURE_COUNT;
}

struct newest_look
newest_of_gone(const struct past_means *t, enum side side,
               const struct gone_object *o)
{
	const struct past_value *last =
		&t->m->timelines[side].values[o->newest - 1];
	struct newest_look n = {
		.side = side, .values = o->newest, .password = o->password,
		.deleted = o->deleted, .created = o->created,
		.restored = WHEN_NONE,
		.buried = WHEN_NONE, .gone = EVENT_SURE_COUNT,
		.domain = o->domain ? &t->m->domains.items[o->domain - 1]
		                    : NULL,
	};

	for (int i = 0; i <= LOOK_TARGET; i++) {
		n.texts[i] = o->had.of[i];
		n.knows[i] = n.texts[i] || i != LOOK_PLACE;
	}
	n.knows[LOOK_PASSWORD] = n.password != WHEN_NONE;
	for (int i = LOOK_PRINTS; i < LOOK_FACTS; i++)
		know(&n, (enum look_fact)i, o->states[i]);
	know(&n, LOOK_LIFE, LIFE_ABSENT);
	n.gone = side == SIDE_AD ? judge_ad(t, o, last)
	                         : judge_tenant(t, o, last);
	if (side == SIDE_AD && o->has_guid)
		n.buried = tombstones_when(t->m, &o->guid);
	return n;
}
