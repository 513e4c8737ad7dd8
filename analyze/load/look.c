/* Makes a few bytes of what a snapshot tells of an object. */
#include "analyze/load/look.h"

#include <string.h>

#include "analyze/object/object.h"
#include "analyze/scope/scope.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"

void
look_list_take(struct look_list *to, struct look_list *from)
{
	if (!from->count)
		return;
	LIST_RESERVE_BY_HALF(to->items, to->room, to->count + from->count);
	memcpy(to->items + to->count, from->items,
	       from->count * sizeof(*from->items));
	to->count += from->count;
	from->count = 0;
}

/* By which attribute each is told. */
static const enum attr attrs[LOOK_PRINTS] = {
	[LOOK_PLACE] = ATTR_DN, [LOOK_UPN] = ATTR_UPN,
	[LOOK_MAIL] = ATTR_MAIL, [LOOK_PROXIES] = ATTR_PROXIES,
	[LOOK_NICKNAME] = ATTR_MAIL_NICKNAME, [LOOK_TARGET] = ATTR_TARGET,
	[LOOK_PASSWORD] = ATTR_PASSWORD_SET,
};

unsigned
look_absences(const struct snapshot *from, size_t at, enum section s)
{
	unsigned out = 0;

	for (int i = LOOK_UPN; i <= LOOK_TARGET; i++) {
		const char *name = attr_name(section_side(s), attrs[i]);

		if (name && snapshot_domain_covers(from, at, s, name) &&
		    !snapshot_domain_lack(from, at, s, name).objects)
			out |= 1u << i;
	}
	if (section_side(s) == SIDE_TENANT &&
	    snapshot_domain_covers(from, at, s,
	                           attr_name(SIDE_TENANT, ATTR_SYNCED)))
		out |= 1u << LOOK_SYNCED;
	return out;
}

static uint32_t
print_of(uint64_t hash)
{
	return (uint32_t)hash ? (uint32_t)hash : 1;
}

static const char *
single(const struct object *o, enum look_fact fact)
{
	const char *const texts[LOOK_FACTS] = {
		[LOOK_PLACE] = o->side == SIDE_AD ? o->dn : NULL,
		[LOOK_UPN] = o->upn, [LOOK_MAIL] = o->mail,
		[LOOK_NICKNAME] = o->mail_nickname, [LOOK_TARGET] = o->target,
	};

	return texts[fact];
}

const char *
look_text(const struct object *o, enum look_fact fact, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	if (fact != LOOK_PROXIES)
		return single(o, fact);
	if (!o->proxy_count)
		return NULL;
	for (size_t i = 0; i < o->proxy_count; i++)
		buf_addf(&text, "%s%s", i ? ", " : "", o->proxies[i]);
	out = arena_strdup(a, buf_text(&text));
	buf_release(&text);
	return out;
}

/* In whatever order they come, and with the case that tells the primary. */
static uint32_t
print_of_proxies(const struct object *o)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < o->proxy_count; i++)
		sum += hash_text(o->proxies[i]);
	return o->proxy_count ? print_of(sum ^ sum >> 32) : 0;
}

static void
take_texts(struct last_look *l, const struct object *o, unsigned absences)
{
	for (int i = LOOK_UPN; i <= LOOK_TARGET; i++) {
		const char *text = single(o, (enum look_fact)i);

		if (attr_set_has(&o->unclear, attrs[i]))
			continue;
		l->prints[i] = i == LOOK_PROXIES ? print_of_proxies(o)
			: text ? print_of(hash_text(text)) : 0;
		if (l->prints[i] || (absences >> i & 1))
			l->known |= (uint16_t)(1u << i);
	}
}

static void
set_state(struct last_look *l, enum look_fact fact, unsigned state)
{
	l->states[fact - LOOK_PRINTS] = (uint8_t)state;
	l->known |= (uint16_t)(1u << fact);
}

static uint32_t
time_of(const struct stamp *s)
{
	return s->version && s->when > 0 && s->when <= UINT32_MAX
		? (uint32_t)s->when : 0;
}

static void
take_ad(struct last_look *l, const struct object *o, struct containers *cs)
{
	uint64_t place = o->dn ? container_dn_hash(cs, o->dn) : 0;

	if (place) {
		l->prints[LOOK_PLACE] = print_of(place);
		l->known |= 1u << LOOK_PLACE;
		l->container = (uint32_t)container_of(cs, o->dn)->hash;
	}
	if (o->ad.password_set != WHEN_NONE) {
		l->prints[LOOK_PASSWORD] = print_of(hash_bytes(
			&o->ad.password_set, sizeof(o->ad.password_set)));
		l->known |= 1u << LOOK_PASSWORD;
	}
	if (o->scope.cause != SCOPE_BY_GUESS && place)
		set_state(l, LOOK_SCOPE, o->scope.state);
	l->control_version = (uint16_t)o->ad.control_stamp.version;
	l->control_when = time_of(&o->ad.control_stamp);
	l->name_version = (uint16_t)o->ad.name_stamp.version;
	l->name_when = time_of(&o->ad.name_stamp);
}

static void
take_tenant(struct last_look *l, const struct object *o, unsigned absences)
{
	if (o->tenant.synced != UNKNOWN || (absences >> LOOK_SYNCED & 1))
		set_state(l, LOOK_SYNCED, o->tenant.synced == YES ? YES : NO);
	if (o->tenant.licensed != UNKNOWN)
		set_state(l, LOOK_LICENSED, o->tenant.licensed);
	if (o->tenant.exchange_plan != UNKNOWN)
		set_state(l, LOOK_EXCHANGE, o->tenant.exchange_plan);
}

struct last_look
look_of(const struct object *o, struct containers *cs, unsigned absences)
{
	struct last_look l = { .last = HISTORY_NOW, .life_last = HISTORY_NOW };

	take_texts(&l, o, absences);
	if (o->enabled != UNKNOWN)
		set_state(&l, LOOK_ENABLED, o->enabled);
	if (o->side == SIDE_AD)
		take_ad(&l, o, cs);
	else
		take_tenant(&l, o, absences);
	return l;
}

uint8_t
look_state(const struct last_look *l, enum look_fact fact)
{
	return l->states[fact - LOOK_PRINTS];
}

bool
look_knows(const struct last_look *l, enum look_fact fact)
{
	return l->known >> fact & 1;
}
