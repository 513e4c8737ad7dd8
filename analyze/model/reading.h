/* Going through a section of a snapshot, with a record and a place. */
#ifndef ANALYZE_MODEL_READING_H
#define ANALYZE_MODEL_READING_H

#include "collect/snapshot/snapshot.h"

struct err;
struct record;

struct reading {
	const struct snapshot *snapshot;
	enum section section;
	struct section_reader *reader;
	struct record *record;           /* the object at hand */
};

/* 0, or -1 with ERR filled; then there is nothing to close. */
int reading_open(struct reading *r, const struct snapshot *s,
                 enum section sec, struct err *err);
/* As section_next. */
int reading_next(struct reading *r, struct err *err);
void reading_close(struct reading *r);

/* "FILE:LINE: NAME: want WANT"; returns -1. */
int reading_wrong(const struct reading *r, const char *name,
                  const char *want, struct err *err);

#endif
