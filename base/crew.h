/*
 * Threads that work on numbered pieces at once, and hand the results over in
 * the order of the pieces: so that what comes out does not depend on how many
 * threads there are.
 */
#ifndef BASE_CREW_H
#define BASE_CREW_H

#include <stddef.h>

/*
 * Embed it in a struct of one's own. A lane is a place for the results of one
 * piece on the way from work to commit; there are crew_lanes() of them.
 */
struct crew {
	unsigned jobs;           /* threads that work; 1: the caller alone */
	size_t pieces;
	/* Works on PIECE in LANE; called by several threads at once. */
	int (*work)(struct crew *c, unsigned lane, size_t piece);
	/* Takes over what LANE holds; one call at a time, in order. */
	int (*commit)(struct crew *c, unsigned lane, size_t piece);
	size_t failed;           /* set by a run that failed: the piece */
};

/* The lane that a piece is worked on in. */
unsigned crew_lane(unsigned jobs, size_t piece);

unsigned crew_lanes(unsigned jobs);

/*
 * Runs through all pieces. Stops at the first piece, in their order, of which
 * WORK or COMMIT returned -1, and returns -1 then. (WORK's -1 counts when its
 * turn has come: a later piece cannot fail before an earlier one.)
 */
int crew_run(struct crew *c);

/* How many threads the machine runs at once. */
unsigned crew_default_jobs(void);

#endif
