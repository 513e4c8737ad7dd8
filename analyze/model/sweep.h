/*
 * Going through a section of a snapshot from end to end, by several threads:
 * every line is read, checked and made an object of. At the end the file has
 * been held against the manifest.
 */
#ifndef ANALYZE_MODEL_SWEEP_H
#define ANALYZE_MODEL_SWEEP_H

#include "analyze/model/fetch.h"
#include "analyze/model/model.h"
#include "base/blob.h"
#include "base/crew.h"
#include "base/err.h"

/* Where an object was read. */
struct seen {
	uint64_t place;
	uint32_t wanted;         /* bytes of its line that matter */
};

/* What a thread has while it goes through a piece. */
struct sweep_lane {
	struct fetch *fetch;
	struct picker *picker;
	struct blob_text text;
	struct arena arena;      /* for one object */
	uint64_t leaf, lines;
	struct err err;
};

/* Embed it; fill in the upper part. */
struct sweep {
	struct crew crew;        /* sweep_run fills it */
	const struct model *m;
	const struct table *table;
	enum section section;
	struct section_file file;
	/* Each object, in several threads at once. 0, or -1 with ERR filled. */
	int (*each)(struct sweep *s, unsigned lane, struct object *o,
	            const struct seen *at);
	/* What a lane has found, piece by piece in order. */
	void (*take)(struct sweep *s, unsigned lane, size_t piece);
	/* Before a lane is closed, one by one; may be NULL. */
	void (*end)(struct sweep *s, unsigned lane);

	struct sweep_lane *lanes;
	uint64_t *leaves, lines;
	struct err *err;
};

/* 0, or -1 with ERR filled. */
int sweep_run(struct sweep *s, struct err *err);

/* Opens the file of a section, into T; there may be none. 0 or -1. */
int table_open(struct table *t, const struct snapshot *from, enum section s,
               const struct policy *p, struct err *err);
void table_release(struct table *t);

#endif
