/* What edits changed, of findings that were judged as if they were made. */
#ifndef REPORT_WHAT_IF_H
#define REPORT_WHAT_IF_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct err;
struct findings;

/* Open findings; IS is false where no edits were judged, or it is not told. */
struct what_if_sums {
	bool is;
	uint64_t cured, fresh, same;
};

/* From difference.ndjson. 0, or -1 with ERR filled. */
int what_if_count(struct what_if_sums *out, const struct findings *f,
                  struct err *err);
/* Appends it as a sentence without its end, NAME quoted for where it stands. */
void what_if_tell(struct buf *out, const struct what_if_sums *s,
                  const char *name);

#endif
