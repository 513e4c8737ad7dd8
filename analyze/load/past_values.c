/* What objects had in older snapshots. */
#include "analyze/load/past_values.h"

#include "analyze/load/unique_keys.h"
#include "base/hash.h"

bool
past_matters(const struct registry *g)
{
	return g->m->history_count && (g->wants & SCREEN_SHARERS);
}

/* In whatever order; a value that is there twice is not there once. */
static uint64_t
print_of(const struct object *o)
{
	const char *names[] = { o->mail, o->upn };
	uint64_t print = 0;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i])
			print += hash_folded(names[i]) * (i + 3);
	for (size_t i = 0; i < o->proxy_count; i++)
		print += hash_folded(o->proxies[i]);
	return print;
}

/* Of few bits: who shares them with what he had is taken for the same. */
static uint32_t
print_of_legacy(const struct object *o)
{
	uint32_t bits = o->ad.legacy_dn
		? (uint32_t)hash_folded(o->ad.legacy_dn) & 0xffffff : 0;

	return o->ad.legacy_dn && !bits ? 1 : bits;
}

struct holdings_then
past_holdings(const struct object *o)
{
	return (struct holdings_then){
		.holds = (uint8_t)((o->mail ? HOLDS_MAIL : 0) |
		                   (o->proxy_count ? HOLDS_PROXIES : 0) |
		                   (o->mail_nickname ? HOLDS_NICKNAME : 0)),
		.members = (uint32_t)o->ad.member_count,
		.legacy = print_of_legacy(o),
	};
}

/* Beside HOLDS_: what else was asked for. */
enum { TOLD_MEMBERS = HOLDS_ALL + 1, TOLD_LEGACY = 2 * TOLD_MEMBERS };

uint8_t
past_told(const struct table *t, unsigned domain)
{
	static const struct {
		enum attr attr;
		uint8_t bit;
	} of[] = {
		{ ATTR_MAIL, HOLDS_MAIL }, { ATTR_PROXIES, HOLDS_PROXIES },
		{ ATTR_MAIL_NICKNAME, HOLDS_NICKNAME },
		{ ATTR_MEMBER, TOLD_MEMBERS }, { ATTR_LEGACY_DN, TOLD_LEGACY },
	};
	uint8_t out = 0;

	for (size_t i = 0; t->covered && i < sizeof(of) / sizeof(of[0]); i++)
		if (attr_set_has(&t->covered[domain], of[i].attr))
			out |= of[i].bit;
	return out;
}

/* Kept in the place of a fingerprint. */
enum { MEMBERS_AT = 8, LEGACY_AT = 40 };

struct holdings_then
past_noted(const struct key *k)
{
	return (struct holdings_then){
		.holds = (uint8_t)(k->hash & HOLDS_ALL),
		.members = (uint32_t)(k->hash >> MEMBERS_AT),
		.legacy = (uint32_t)(k->hash >> LEGACY_AT),
	};
}

/* Who has all of them, and nothing else, is not noted: nothing is lost. */
void
past_note_holdings(const struct registry *g, const struct entry *e)
{
	struct holdings_then is = past_holdings(e->o);

	if (g->m->history_count && (is.holds != HOLDS_ALL || is.members ||
	                            is.legacy))
		registry_note(&e->lists->holding, is.holds |
		              (uint64_t)is.members << MEMBERS_AT |
		              (uint64_t)is.legacy << LEGACY_AT, e->row, e->s);
}

void
past_note_present(const struct registry *g, const struct entry *e)
{
	if (past_matters(g))
		registry_note(&e->lists->values, print_of(e->o), e->row, e->s);
}

void
past_open(struct registry *g)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		keys_build(&g->values[s], g->m->jobs);
}

/* Whether it has today what it had then; lines that complete it tell no. */
static bool
has_same(const struct registry *g, const struct object *o, enum section s,
         uint32_t row)
{
	uint64_t hash = print_of(o);
	const struct key *end, *k = keys_find(&g->values[s], hash, &end);

	for (; k < end; k++)
		if (k->hash == hash && k->row == row)
			return true;
	return false;
}

bool
past_note(const struct registry *g, const struct object *o, enum section s,
          uint32_t row, struct key_list *list)
{
	const char *names[] = { o->mail, o->upn };

	if (s != SECTION_COUNT && has_same(g, o, s, row))
		return false;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i])
			registry_note(list, unique_hash(UNIQUE_ADDRESS,
			              names[i]), row, s);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY)
			registry_note(list, unique_hash(UNIQUE_PROXY,
			              o->proxies[i]), row, s);
	return true;
}
