/* Objects that were read because others have values of theirs. */
#include "analyze/rules/sharer_memory.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/mem.h"

/* Groups of a hundred thousand members are not kept. */
enum { SLOTS = 64, LENGTH_MOST = 16 * 1024 };

struct slot {
	struct key key;
	uint64_t turn;               /* it was last asked in; 0: free */
	struct arena arena;
	struct object o;
};

struct known_holdings {
	struct known_holdings *next;
	const struct object *o;
	const char *value;
	struct holdings is;
};

struct sharer_memory {
	uint64_t turn;
	struct arena arena;          /* of the turn */
	struct known_holdings *known;
	struct slot slots[SLOTS];
};

struct sharer_memory *
sharer_memory_new(void)
{
	struct sharer_memory *m = xcalloc(1, sizeof(*m));

	m->turn = 1;
	return m;
}

void
sharer_memory_free(struct sharer_memory *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		arena_release(&m->slots[i].arena);
	arena_release(&m->arena);
	free(m);
}

void
sharer_memory_turn(struct sharer_memory *m)
{
	m->turn++;
	m->known = NULL;
	arena_clear(&m->arena);
}

struct arena *
sharer_memory_arena(struct sharer_memory *m)
{
	return &m->arena;
}

static struct slot *
slot_of(struct sharer_memory *m, const struct key *k)
{
	return &m->slots[(k->row + k->section * 7) % SLOTS];
}

static bool
is_in(const struct slot *slot, const struct key *k)
{
	return slot->turn && slot->key.row == k->row &&
	       slot->key.section == k->section;
}

struct object *
sharer_memory_find(struct sharer_memory *m, const struct key *k, size_t length,
                   struct arena **arena, bool *read)
{
	struct slot *slot = slot_of(m, k);

	*read = is_in(slot, k);
	/* Another one that was given out in this turn stays. */
	if (!*read && (slot->turn == m->turn || length > LENGTH_MOST)) {
		*arena = &m->arena;
		return arena_alloc(&m->arena, sizeof(struct object));
	}
	if (!*read) {
		arena_clear(&slot->arena);
		slot->key = *k;
	}
	slot->turn = m->turn;
	*arena = &slot->arena;
	return &slot->o;
}

void
sharer_memory_forget(struct sharer_memory *m, const struct key *k)
{
	struct slot *slot = slot_of(m, k);

	if (is_in(slot, k))
		slot->turn = 0;
}

const struct holdings *
sharer_memory_holdings(const struct sharer_memory *m, const struct object *o,
                       const char *value)
{
	for (const struct known_holdings *p = m->known; p; p = p->next)
		if (p->o == o && strcmp(p->value, value) == 0)
			return &p->is;
	return NULL;
}

void
sharer_memory_note(struct sharer_memory *m, const struct object *o,
                   const char *value, struct holdings is)
{
	struct known_holdings *p = arena_alloc(&m->arena, sizeof(*p));

	*p = (struct known_holdings){
		.next = m->known, .o = o, .is = is,
		.value = arena_strdup(&m->arena, value),
	};
	m->known = p;
}
