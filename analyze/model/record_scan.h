/* Going through a section of a snapshot, with a record and a place. */
#ifndef ANALYZE_MODEL_RECORD_SCAN_H
#define ANALYZE_MODEL_RECORD_SCAN_H

#include "collect/snapshot/snapshot.h"

struct err;
struct record;

struct record_scan {
	const struct snapshot *snapshot;
	enum section section;
	struct section_reader *reader;
	struct record *record;           /* the object at hand */
	enum section wanted;             /* what its objects are to be of */
};

/* 0, or -1 with ERR filled; then there is nothing to close. */
int record_scan_open(struct record_scan *r, const struct snapshot *s,
                     enum section sec, struct err *err);
/*
 * The same for settings of a forest, AD_EXCHANGE or AD_FOREST: programs before
 * this one filed those of imports with other objects and containers, so that
 * where the section was not asked for, these are looked through for them.
 */
int record_scan_settings(struct record_scan *r, const struct snapshot *s,
                         enum section sec, struct err *err);
/* As section_next. */
int record_scan_next(struct record_scan *r, struct err *err);
void record_scan_close(struct record_scan *r);

#endif
