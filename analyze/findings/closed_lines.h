/* Lines of closed.ndjson: findings that were there and are not found now. */
#ifndef ANALYZE_FINDINGS_CLOSED_LINES_H
#define ANALYZE_FINDINGS_CLOSED_LINES_H

#include "analyze/findings/findings.h"
#include "analyze/findings/prints.h"

struct buf;
struct compared_file;
struct diff_side;

enum closed_state { CLOSED_FIXED, CLOSED_NOT_COMPARABLE };

/* One line; of the finding it has what the line has. */
struct closed_finding {
	struct finding finding;
	when_t first_seen, last_seen;        /* WHEN_NONE: not known */
	enum closed_state state;
	when_t since;
	const char *reason;
};

void closed_put(struct buf *out, const struct closed_finding *c);
/* That of the line at hand, whose record is filled; 0 or -1. */
int closed_take(const struct compared_file *s, struct arena *a,
                struct closed_finding *out, struct err *err);

/* All of a folder, by fingerprint: the state, and the number of its reason. */
struct closed_prints {
	struct prints prints;
	const char **reasons;
	size_t count, room;
	struct arena arena;
};

/* Without such a file there are none. 0 or -1. */
int closed_load(struct closed_prints *c, const struct diff_side *of,
                struct err *err);
const char *closed_reason(const struct closed_prints *c,
                          const struct print *p);
void closed_prints_release(struct closed_prints *c);

#endif
