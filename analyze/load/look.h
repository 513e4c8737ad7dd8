/*
 * What a snapshot tells of an object that a timeline has, in a few bytes, to be
 * held against what the next older one tells.
 */
#ifndef ANALYZE_LOAD_LOOK_H
#define ANALYZE_LOAD_LOOK_H

#include "analyze/model/model.h"

/* How an object was when it was looked at last, going back in time. */
struct last_look {
	uint32_t prints[LOOK_PRINTS];        /* 0: it had none */
	uint32_t control_when, name_when;    /* of stamps, from 1970; 0 */
	uint16_t control_version, name_version;
	uint16_t known;              /* bits of what is known */
	uint16_t last;               /* the snapshot of that look */
	uint16_t life_last;          /* the oldest in which that state held */
	/* Bits of what that look did not know, and the last that did. */
	uint16_t stale, stale_last;
	uint8_t states[LOOK_FACTS - LOOK_PRINTS];
	uint32_t container;          /* where it lay; 0: not known */
	uint32_t oldest;             /* of its values, + 1; 0: none */
};

struct look_list {
	struct last_look *items;
	size_t count, room;
};

/* Adds what FROM has, and empties it. */
void look_list_take(struct look_list *to, struct look_list *from);

/*
 * The facts of which to have none is known, as bits, where FROM speaks for the
 * domain AT of AD, or for the tenant.
 */
unsigned look_absences(const struct snapshot *from, size_t at, enum section s);

/* What is known of O, of whom to have none of ABSENCES is known. */
struct last_look look_of(const struct object *o, struct containers *cs,
                         unsigned absences);
uint8_t look_state(const struct last_look *l, enum look_fact fact);
/* Whether a look says no more of it, with the same to ask. */
bool look_knows(const struct last_look *l, enum look_fact fact);
/* A text of O, in A if it is joined; NULL: it has none. */
const char *look_text(const struct object *o, enum look_fact fact,
                      struct arena *a);

#endif
