/*
 * Writing the lines of sections, in their canonical order of attributes: by a
 * thread of its own, while the caller reads on.
 */
#ifndef COLLECT_LINE_WRITE_H
#define COLLECT_LINE_WRITE_H

#include "collect/section.h"

struct line_writer;
struct outfile;
struct record;

struct line_writer *line_writer_new(void);
/* What was not written yet is forgotten. Takes NULL. */
void line_writer_free(struct line_writer *w);

/*
 * Takes a copy of the object, to be written to FILE, which must stay until
 * line_writer_finish. -1 when it is larger than a reader would take.
 */
int line_write(struct line_writer *w, struct outfile *file, enum side side,
               const struct record *r);
/* Waits until everything is written. */
void line_writer_finish(struct line_writer *w);

#endif
