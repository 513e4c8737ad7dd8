/* What rules and the forecast read and the inputs do not have. */
#ifndef COLLECT_IMPORT_LACKING_H
#define COLLECT_IMPORT_LACKING_H

#include "collect/import/claim.h"

struct buf;
struct snapshot_writer;

/*
 * Appends a table for people: by section and purpose what lacks, what that
 * costs, and how to export again. Nothing when nothing lacks.
 */
void lacking_add(struct buf *out, const struct claims *c,
                 struct snapshot_writer *w);

#endif
