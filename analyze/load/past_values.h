/*
 * Addresses and names that objects had in older snapshots, and have no more:
 * nobody else is proposed them.
 */
#ifndef ANALYZE_LOAD_PAST_VALUES_H
#define ANALYZE_LOAD_PAST_VALUES_H

#include "analyze/load/registry.h"

/* Whether they are kept at all. */
bool past_matters(const struct registry *g);
/* Notes what an object of AD's present can lose; then, what it has. */
void past_note_holdings(const struct registry *g, const struct entry *e);
void past_note_present(const struct registry *g, const struct entry *e);
/* All of the present were noted. */
void past_open(struct registry *g);
/*
 * What can be lost: HOLDS_ bits of mail, proxyAddresses and mailNickname; how
 * many members a group has; and the name that Exchange has for the object.
 */
enum holds {
	HOLDS_MAIL = 1, HOLDS_PROXIES = 2, HOLDS_NICKNAME = 4, HOLDS_ALL = 7
};
struct holdings_then {
	uint8_t holds;
	uint32_t members;
	uint32_t legacy;             /* of legacyExchangeDN, 24 bits; 0: none */
};
struct holdings_then past_holdings(const struct object *o);
/* Of what was asked for in the domain of that number, bits of one kind. */
uint8_t past_told(const struct table *t, unsigned domain);
/* The same as it was noted of an object of the present. */
struct holdings_then past_noted(const struct key *k);
/*
 * Adds to LIST what O, of an older snapshot, had, if the object of the present
 * in that row of S has not the same; S is SECTION_COUNT if there is none.
 * Whether it has others.
 */
bool past_note(const struct registry *g, const struct object *o,
               enum section s, uint32_t row, struct key_list *list);

#endif
