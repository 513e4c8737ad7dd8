/*
 * Migration waves of a project: a CSV of objects and their waves, counted by
 * what the findings say of each object.
 */
#ifndef REPORT_PAGE_WAVES_H
#define REPORT_PAGE_WAVES_H

#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/findings.h"
#include "base/hash_index.h"
#include "base/mem.h"

struct err;

struct wave {
	const char *name;
	const char *date;        /* "2026-12-07", or NULL */
	uint64_t by[READINESS_COUNT];
	uint64_t objects;        /* of the forecast, in scope or not */
	uint32_t *waits;         /* blocked objects, by number of the cause */
};

/* A row of the file. */
struct wave_row {
	const char *object;
	uint64_t line;
	uint32_t wave;
	uint32_t matches;        /* objects of the forecast */
};

/* A cause that stands against an object: a finding, critical or high. */
struct wave_block {
	uint64_t object;
	uint32_t cause;
};

/* A value that two objects claim. */
struct wave_claim {
	uint64_t object, other;
	const char *value, *attribute;
	uint32_t change;         /* that decides who keeps it */
};

enum { WAVE_CLAIMS = 1000, WAVES_MAX = 1000, WAVE_NONE = UINT32_MAX };

struct wave_plan {
	struct arena texts;
	struct wave *waves;
	size_t count, room;
	struct wave_row *rows;
	size_t row_count, row_room;
	struct hash_index by_text;           /* rows */
	struct wave_block *blocks;
	size_t block_count, block_room;
	struct hash_index by_object;         /* blocks */
	struct wave_claim *claims;
	size_t claim_count, claim_room;
	struct hash_index placed;            /* waves of objects */
	size_t causes;                       /* numbers that there are */
	uint64_t twice;                      /* objects by rows of two waves */
};

/* NULL with ERR filled, as an error of usage with file and line. */
struct wave_plan *waves_read(const char *path, struct err *err);
void waves_free(struct wave_plan *w);

/* Before findings are taken: how many numbers causes have. */
void waves_begin(struct wave_plan *w, size_t causes);
void waves_take(struct wave_plan *w, const struct finding *f, uint32_t cause,
                uint32_t change);
/* Behind all findings. */
void waves_place(struct wave_plan *w, const struct forecast *o);
/* The wave of the object of that key, or WAVE_NONE. */
uint32_t waves_of(const struct wave_plan *w, uint64_t object);

#endif
