/* What an object has beside what it claims; and what it may be proposed. */
#include "analyze/load/unique_beside.h"

#include <string.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

/* Whether ADDRESS is noted already, with the object's proxyAddresses. */
static bool
is_among(const struct object *o, const char *address)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    ascii_casecmp(address_body(o->proxies[i]), address) == 0)
			return true;
	return false;
}

static void
note_address(const struct entry *e, const char *address)
{
	if (address && !is_among(e->o, address))
		registry_note(&e->lists->beside,
		              unique_hash(UNIQUE_ADDRESS, address), e->row,
		              e->s);
}

static void
note_alias(const struct entry *e, const char *alias)
{
	if (alias && *alias)
		registry_note(&e->lists->names,
		              unique_hash(UNIQUE_ALIAS, alias), e->row, e->s);
}

/* As the alias that gives the same address in the routing domain. */
static void
note_routed(const struct entry *e, const char *target)
{
	const char *local = arena_strndup(e->scratch, target,
	                                  strcspn(target, "@"));

	if (!e->o->mail_nickname ||
	    !utf8_same_folded(e->o->mail_nickname, local))
		note_alias(e, local);
}

/* Where mail is sent on to is in use, whether or not it is an address. */
static void
note_target(const struct entry *e)
{
	const char *target = e->o->target ? address_body(e->o->target) : NULL;
	const char *domain = target ? address_domain(target) : NULL;

	if (domain && domain_is_routing(domain))
		note_routed(e, target);
	if (domain && (!domain_is_initial(domain) ||
	    recipient_target_held(e->o)))
		note_address(e, target);
}

/* What is proposed in the place of VALUE is nobody else's (propose.c). */
static void
note_cleaned(const struct entry *e, const char *value)
{
	const char *clean;

	if (!value || (!address_is_unclean(value) &&
	               address_type(value) != ADDRESS_MALFORMED))
		return;
	clean = address_body(address_cleaned(value, e->scratch));
	registry_note(&e->lists->beside, unique_hash(UNIQUE_ADDRESS, clean),
	              e->row, e->s);
}

static void
note_all_cleaned(const struct entry *e)
{
	const struct object *o = e->o;

	if (o->mail && address_is_unclean(o->mail))
		note_cleaned(e, o->mail);
	if (o->upn && address_is_unclean(o->upn))
		note_cleaned(e, o->upn);
	if (o->target && address_is_unclean(o->target))
		note_cleaned(e, o->target);
	for (size_t i = 0; i < o->proxy_count; i++)
		note_cleaned(e, o->proxies[i]);
}

/* The alias, or those that may be proposed, so that no other gets them. */
static void
note_aliases(const struct entry *e)
{
	const char *candidates[ALIAS_CANDIDATES];
	size_t n;

	if (e->o->mail_nickname) {
		note_alias(e, e->o->mail_nickname);
		if (!address_is_unclean(e->o->mail_nickname))
			return;
	}
	if (e->o->side == SIDE_TENANT)
		return;
	n = recipient_aliases(e->o, candidates, e->scratch);
	for (size_t i = 0; i < n; i++)
		note_alias(e, candidates[i]);
}

/* What may be proposed to it with another domain (suggest.c). */
static void
note_moved(const struct registry *g, const struct entry *e, const char *prefix)
{
	struct buf address = { 0 };

	for (size_t i = 0; prefix && i < g->m->verified_count; i++) {
		buf_clear(&address);
		buf_addf(&address, "%s@%s", prefix, g->m->verified_domains[i]);
		registry_note(&e->lists->beside, unique_hash(UNIQUE_ADDRESS,
		              buf_text(&address)), e->row, e->s);
	}
	buf_release(&address);
}

/* What sync sends of a user without a UPN (sent_name). */
static void
note_sent(const struct entry *e)
{
	const struct object *o = e->o;
	struct buf address = { 0 };
	struct buf domain = { 0 };

	if (o->kind == KIND_USER && !o->upn && o->sam && o->dn)
		dn_domain(&domain, o->dn);
	if (domain.len) {
		buf_addf(&address, "%s@%s", o->sam, buf_text(&domain));
		note_address(e, buf_text(&address));
	}
	buf_release(&address);
	buf_release(&domain);
}

/*
 * The name that Exchange has for it now: where it was another one's before,
 * that one is not proposed it as an address.
 */
static void
note_legacy(const struct registry *g, const struct entry *e)
{
	struct buf value = { 0 };

	if (!g->m->history_count || !e->o->ad.legacy_dn)
		return;
	buf_addf(&value, "x500:%s", e->o->ad.legacy_dn);
	registry_note(&e->lists->beside, unique_hash(UNIQUE_PROXY,
	              buf_text(&value)), e->row, e->s);
	buf_release(&value);
}

/* Where its mail went as an earlier run saw it: it may be proposed that. */
static void
note_remembered(const struct registry *g, const struct entry *e)
{
	const struct remembered *r = model_remembered(g->m, e->o);

	for (; r; r = r->next)
		note_address(e, r->event.address);
}

void
unique_note_beside(const struct registry *g, const struct entry *e)
{
	const struct object *o = e->o;
	const char *soon = o->forecast.line.upn;

	if (!(g->wants & SCREEN_SHARERS))
		return;
	note_address(e, o->mail);
	note_target(e);
	note_aliases(e);
	if (o->side == SIDE_TENANT)
		return;
	note_all_cleaned(e);
	note_legacy(g, e);
	note_remembered(g, e);
	note_moved(g, e, moved_name(g->m, o, e->scratch));
	note_moved(g, e, moved_address(g->m, o, e->scratch));
	note_sent(e);
	/* Who is in scope has claimed what he will sign in with, as both. */
	if (o->upn && !is_among(o, o->upn) && (o->scope.state != SCOPE_IN ||
	    !soon || ascii_casecmp(o->upn, soon) != 0))
		registry_note(&e->lists->beside, unique_hash(UNIQUE_ADDRESS,
		              o->upn), e->row, e->s);
	/* In one domain nobody else has the name, nor other addresses by it. */
	if (o->sam && (g->m->domains.count > 1 || g->m->verified_count > 2))
		registry_note(&e->lists->names, unique_hash(UNIQUE_SAM,
		              o->sam), e->row, e->s);
}
