/*
 * The files of a findings folder as they are, for who copies them whole: a part
 * of findings.h.
 */
#ifndef ANALYZE_FINDINGS_PARTS_H
#define ANALYZE_FINDINGS_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct findings;
struct findings_reader;

/* The files of lines, in the order in which they are copied. */
enum findings_part {
	PART_CAUSES, PART_FINDINGS, PART_FORECAST, PART_TIMELINES,
	PART_CLOSED, PART_HISTORY, PART_DIFFERENCE, PART_PLAN,
	FINDINGS_PARTS
};

/* "causes", "findings", "forecast", "timelines" ... */
const char *findings_part_name(enum findings_part p);
/* Whether the folder has that file: not all do. */
bool findings_part_is_there(const struct findings *f, enum findings_part p);
/* The caller closes it, by findings_reader_close. NULL with ERR filled. */
struct findings_reader *findings_part_read(const struct findings *f,
                                           enum findings_part p,
                                           struct err *err);
/*
 * 1 with the next line, a whole object without its line end, borrowed until the
 * next call; 0 at the end, which is reached only if count and SHA-256 agree
 * with the manifest; -1 with ERR filled.
 */
int findings_part_next(struct findings_reader *r, const char **line,
                       size_t *len, struct err *err);
/* Appends the manifest as it is. 0, or -1 with ERR filled. */
int findings_manifest_text(const struct findings *f, struct buf *out,
                           struct err *err);
/* Whether there is an exchange.json, which exchange_text gives. */
bool exchange_is_there(const struct findings *f);

#endif
