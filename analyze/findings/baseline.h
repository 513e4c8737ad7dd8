/*
 * Findings of an earlier run, as the next one needs them: since when what it
 * finds is known, and what happened to objects. A part of findings.h.
 */
#ifndef ANALYZE_FINDINGS_BASELINE_H
#define ANALYZE_FINDINGS_BASELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyze/findings/event_told.h"
#include "base/guid.h"

struct baseline;
struct buf;
struct err;
struct finding;
struct findings;
struct json;

/* How long a finding is known. */
enum finding_age {
	AGE_NEW,                   /* since this run */
	AGE_NOT_COMPARED,          /* likewise: the baseline did not look */
	AGE_BEFORE,
	AGE_REOPENED,              /* it was closed, and is back */
	AGE_COUNT
};

/* Of a run with a baseline. */
struct judged_baseline {
	bool is;                   /* else it had none */
	when_t as_of;              /* the baseline's */
	uint64_t ages[AGE_COUNT];  /* of open findings; the writer's own */
};

/*
 * Reads all findings of the folder, and those that it says are closed: of each
 * the fingerprint and two times are kept, and events of open ones. NULL with
 * ERR filled; an edited AD's is an error of usage.
 */
struct baseline *baseline_open(const char *path, struct err *err);
void baseline_close(struct baseline *b);
/* Its manifest. */
const struct findings *baseline_findings(const struct baseline *b);
/*
 * Says when the run judges and what: 0, or -1 with ERR filled if the baseline
 * is of another AD or tenant, or of a later time.
 */
int baseline_begin(struct baseline *b, const struct findings *run,
                   struct err *err);

/* What a remembered event is found by; a member that is not known is NULL. */
struct event_key {
	const struct guid *guid;
	const char *dn, *object;   /* OBJECT: SID, or account */
};

/* Whether any events are remembered; B may be NULL. */
bool baseline_has_events(const struct baseline *b);
/* Those of the object, the newest first; NULL: none. */
const struct remembered *baseline_events(const struct baseline *b,
                                         const struct event_key *key);

/* Appends since when F, of that fingerprint, is known; B may be NULL. */
enum finding_age baseline_put(const struct baseline *b, struct buf *out,
                              const struct finding *f, const char *print);

/* Of the manifest. */
void baseline_to_json(struct json *o, const struct findings *f,
                      const uint64_t ages[AGE_COUNT]);
void baseline_from_json(const struct json *o, struct judged_baseline *out);
/* Prints how many are new, and how many not; nothing without a baseline. */
void baseline_print(const struct judged_baseline *b);

#endif
