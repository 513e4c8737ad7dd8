/*
 * Of which forest a domain is, by its objects: the objectCategory of each is
 * the DN of a class in the schema of its forest. One object that was edited, or
 * brought from elsewhere, decides nothing.
 */
#ifndef COLLECT_SNAPSHOT_FOREST_VOTES_H
#define COLLECT_SNAPSHOT_FOREST_VOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed struct is empty. */
struct forest_votes {
	struct forest_vote {
		char *forest;
		char *schema;            /* what follows the class, as spelt */
		size_t schema_len;
		uint64_t objects;
		bool by_head;            /* the domain object is one of them */
	} *items;
	size_t count, room, last;
	unsigned vain;           /* what was looked at closely in vain */
};

/* Who says so: the object at the head of the domain, or one in it. */
enum forest_voter { VOTER_OBJECT, VOTER_HEAD };

void forest_votes_take(struct forest_votes *v, const char *category,
                       enum forest_voter voter);
/* Adds what FROM has. */
void forest_votes_join(struct forest_votes *to,
                       const struct forest_votes *from);
/*
 * What most say; of as many, what the domain object says, else NULL. NULL, too,
 * when there are none.
 */
const char *forest_votes_winner(const struct forest_votes *v);
void forest_votes_release(struct forest_votes *v);

#endif
