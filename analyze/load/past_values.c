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

void
past_note(const struct registry *g, const struct object *o, enum section s,
          uint32_t row, struct key_list *list)
{
	const char *names[] = { o->mail, o->upn };

	if (s != SECTION_COUNT && has_same(g, o, s, row))
		return;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i])
			registry_note(list, unique_hash(UNIQUE_ADDRESS,
			              names[i]), row, s);
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY)
			registry_note(list, unique_hash(UNIQUE_PROXY,
			              o->proxies[i]), row, s);
}
