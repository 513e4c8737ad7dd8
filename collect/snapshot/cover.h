/*
 * Which attributes the inputs of a section asked for. What counts is what they
 * have in common: an attribute that one of them left out was not collected for
 * its objects.
 */
#ifndef COLLECT_SNAPSHOT_COVER_H
#define COLLECT_SNAPSHOT_COVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "collect/schema/schema.h"
#include "collect/snapshot/snapshot.h"

/* What only some inputs have of what the analysis reads. */
struct partly {
	char *attribute;
	char *without;           /* an input that lacks it */
	uint64_t inputs;         /* how many lack it */
};

struct partly_list {
	struct partly *items;
	size_t count, room;
};

/* The attribute's own, or NULL. */
const struct partly *partly_find(const struct partly_list *l,
                                 const char *attribute);
void partly_add(struct partly_list *l, const char *attribute,
                const char *without, uint64_t inputs);
void partly_release(struct partly_list *l);

/* What tells that an attribute was asked for; bits of EVIDENCE. */
struct evidence_row {
	const char *attribute;   /* static; NULL: every one that is set */
	unsigned seen;
};

struct cover_input;

/* A zeroed struct is ready: nothing is known yet. */
struct coverage {
	bool any;                /* some input said something */
	bool listed_any, seen_any;
	struct name_set listed;  /* common to the inputs that listed theirs */
	struct name_set seen;    /* met in inputs that do not say */
	struct cover_input *inputs;      /* those that have a name */
	size_t input_count, input_room;
	unsigned all_evidence;
	unsigned *evidence;      /* of each row of reads.h; NULL: none */
};

void coverage_release(struct coverage *c);
void coverage_add(struct coverage *c, enum cover cover,
                  const char *const *names, size_t n);
/* The same of an input that has a name, and with what tells it. */
void coverage_tell(struct coverage *c, const struct snapshot_told *told);
/* Of the inputs with a name those that OF names by their numbers, into OUT. */
void coverage_select(const struct coverage *c, const bool *of, size_t n,
                     struct coverage *out);
/* Whether every attribute that is set was asked for. */
bool coverage_is_all(const struct coverage *c);
/* The names otherwise, into a zeroed OUT, which the caller releases. */
void coverage_names(const struct coverage *c, struct name_set *out);
/* How far the inputs that have names asked for NAME. */
struct snapshot_asking coverage_asking(const struct coverage *c,
                                       const char *name);
/* What is read in the section and only some inputs have, added to OUT. */
void coverage_partly(const struct coverage *c, enum section s,
                     struct partly_list *out);

#endif
