/*
 * What is no longer found, and the evidence that it was repaired: what the
 * forecasts of both folders, and the newer one's timeline, say of its object.
 */
#ifndef ANALYZE_FINDINGS_REPAIRS_H
#define ANALYZE_FINDINGS_REPAIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/findings/diff_side.h"
#include "analyze/findings/repair.h"
#include "base/hash_index.h"
#include "base/mem.h"

struct repairs {
	struct repair *items;
	size_t count, room;
	struct repair_flaw **flaws;          /* in the arena */
	size_t flaw_count, flaw_room;
	struct hash_index by_object, by_flaw, by_text;
	const char **texts;        /* that many share */
	size_t text_count, text_room;
	struct arena arena;
};

/* Its number. */
size_t repairs_add(struct repairs *r, const struct finding *f,
                   const struct compared_rule *compared, bool sees_event);
/* The rule has F now: with another value it may be one that is here. */
void repairs_note_again(struct repairs *r, const struct finding *f);
/* Looks all of them up in the files of both. 0 or -1. */
int repairs_look(struct repairs *r,
                 const struct diff_side sides[DIFFERENCE_SIDES],
                 struct err *err);
void repairs_release(struct repairs *r);

#endif
