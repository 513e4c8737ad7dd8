/* What a baseline is made of. */
#ifndef ANALYZE_FINDINGS_BASELINE_PARTS_H
#define ANALYZE_FINDINGS_BASELINE_PARTS_H

#include "analyze/findings/baseline.h"
#include "analyze/findings/findings.h"
#include "analyze/findings/prints.h"
#include "base/hash_index.h"

/*
 * Of the state of a print: found by that run, fixed, or found by one before it
 * and not comparable since, which is open, too.
 */
enum carried { CARRIED_OPEN, CARRIED_FIXED, CARRIED_UNSEEN };

/* A finding, by the number of its print. */
struct carried_times {
	when_t first_seen, reopened;         /* WHEN_NONE: was not */
};

/* An event, and whose; the newest of an object leads to its others. */
struct carried_event {
	struct remembered told;
	struct remembered *oldest;           /* of the newest: their end */
	bool has_guid;
	struct guid guid;
	const char *dn, *object;
};

struct carried_events {
	struct carried_event **items;
	size_t count, room;
	struct hash_index by_key;            /* of each that is known */
};

struct baseline {
	struct findings *f;
	char *path;
	when_t as_of;              /* of the run; WHEN_NONE: not yet known */
	struct prints prints;
	struct carried_times *times;
	size_t count, room;
	struct carried_events events;
	struct hash_index judged;  /* rules by name, domains likewise */
	struct arena arena;
};

/*
 * Keeps the event of F, whose texts are borrowed; it was found in what was read
 * at SEEN, or WHEN_NONE.
 */
void baseline_add_event(struct baseline *b, const struct finding *f,
                        when_t first_seen, when_t seen);
/* When all are there: puts those of an object in order. */
void baseline_link_events(struct baseline *b);
/* 0, or -1 with ERR filled: it cannot be held against the run. */
int baseline_match(const struct baseline *b, const struct findings *run,
                   struct err *err);

#endif
