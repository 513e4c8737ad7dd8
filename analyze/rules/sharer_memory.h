/*
 * Objects that were read because others have values of theirs, and who has a
 * value, of a thread that runs rules. Of a value of thousands the same few are
 * looked at for each of them, by every rule on what is shared.
 */
#ifndef ANALYZE_RULES_SHARER_MEMORY_H
#define ANALYZE_RULES_SHARER_MEMORY_H

#include "analyze/rules/rule.h"

struct key;
struct sharer_memory;

struct sharer_memory *sharer_memory_new(void);
void sharer_memory_free(struct sharer_memory *m);
/* Another object is at hand: what was given out for the last one is stale. */
void sharer_memory_turn(struct sharer_memory *m);
/* What lives until the next turn. */
struct arena *sharer_memory_arena(struct sharer_memory *m);

/*
 * The object behind the key, of which LENGTH bytes are to be read. Where *READ
 * is false it is to be filled, with all that it has in *ARENA; if that fails,
 * sharer_memory_forget. It lives until the next turn.
 */
struct object *sharer_memory_find(struct sharer_memory *m,
                                  const struct key *k, size_t length,
                                  struct arena **arena, bool *read);
void sharer_memory_forget(struct sharer_memory *m, const struct key *k);

/* Who has O's VALUE as was noted in this turn, or NULL. */
const struct holdings *sharer_memory_holdings(const struct sharer_memory *m,
                                              const struct object *o,
                                              const char *value);
/* The items are in the turn's arena. */
void sharer_memory_note(struct sharer_memory *m, const struct object *o,
                        const char *value, struct holdings is);

#endif
