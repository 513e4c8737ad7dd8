/* The end of the one screen of the report. */
#ifndef REPORT_SCREEN_FOOT_H
#define REPORT_SCREEN_FOOT_H

#include <stddef.h>

struct buf;
struct view;

/* What was written, and where; all texts are safe for a terminal. */
struct screen_end {
	const char *findings, *output;   /* as they were typed */
	const struct buf *files;   /* their names, with blanks between */
	const struct buf *notes;   /* a line each */
	const struct buf *repair;  /* of the folder of repairs, likewise */
	const struct buf *trial;   /* the command that tries them, or empty */
};

/* Appends it. How many lines. */
size_t screen_foot_put(struct buf *out, const struct view *v,
                       const struct screen_end *end);

#endif
