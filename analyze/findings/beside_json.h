/* What a finding says beside itself: in its line, written and read. */
#ifndef ANALYZE_FINDINGS_BESIDE_JSON_H
#define ANALYZE_FINDINGS_BESIDE_JSON_H

struct arena;
struct buf;
struct finding;
struct told_deadline;

/* Appends members for what there is. */
void beside_put(struct buf *out, const struct finding *f);
/*
 * Adds the members "related" and "deadline", whose JSON it is; NULL: there is
 * none. Lists go to A. A word that nobody knows is none.
 */
void beside_take(const char *others, const char *deadline, struct arena *a,
                 struct finding *out);
/* That of F, or, of one that is waived, the end of its waiver. */
struct told_deadline deadline_of(const struct finding *f);

#endif
