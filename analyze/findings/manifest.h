/* The manifest of findings, which this room alone writes and reads. */
#ifndef ANALYZE_FINDINGS_MANIFEST_H
#define ANALYZE_FINDINGS_MANIFEST_H

#include "analyze/findings/findings.h"

struct err;
struct json;

#define FINDINGS_FILE "findings.ndjson"
#define FORECAST_FILE "forecast.ndjson"
#define CAUSES_FILE "causes.ndjson"
#define DIFFERENCE_FILE "difference.ndjson"
#define EXCHANGE_FILE "exchange.json"
#define PLAN_FILE "plan.ndjson"
#define TIMELINE_FILE "timeline.ndjson"
#define CLOSED_FILE "closed.ndjson"
#define HISTORY_FILE "history.ndjson"

enum { FINDINGS_LINE_MAX = 256 << 20 };

/* What the writer counted, and the reader holds the files against. */
struct findings_counts {
	uint64_t findings, forecasts;
	uint64_t differences;        /* only with a digest */
	uint64_t plan_rows;          /* the same */
	uint64_t ages[AGE_COUNT];
	uint64_t closed, runs;       /* the same */
	uint64_t timelines;          /* the same */
	uint64_t by_severity[SEVERITY_COUNT];
	uint64_t waived[SEVERITY_COUNT];
	uint64_t by_readiness[READINESS_COUNT];
	uint64_t by_action[ACTION_COUNT];
	struct forest_tallies forests;
	struct forest_tallies deletions;     /* by domain */
	struct member_sums members;
	struct model_sums model;
	struct cloud_counts cloud;           /* not in the manifest */
	struct evidence_rules evidence;      /* likewise */
	struct deadline_tally deadlines;
	struct cause_sums causes;
	char findings_digest[DIGEST_TEXT], forecast_digest[DIGEST_TEXT];
	char difference_digest[DIGEST_TEXT], plan_digest[DIGEST_TEXT];
	char causes_digest[DIGEST_TEXT], timeline_digest[DIGEST_TEXT];
	char closed_digest[DIGEST_TEXT], history_digest[DIGEST_TEXT];
	char exchange_digest[DIGEST_TEXT];   /* "": there is none */
};

/* The key of a number of objects; what is null in a line has one, too. */
const char *findings_action_key(enum action a);

/* The tree of the manifest; the caller frees it. */
struct json *findings_manifest_to_json(const struct findings *f,
                                       const struct findings_counts *c);

/* Of findings that findings_open gave: their folder and counts. */
const char *findings_path(const struct findings *f);
const struct findings_counts *findings_file_counts(const struct findings *f);

/*
 * When the domain was read that the run judged, NULL being the one without a
 * name; WHEN_NONE: it was not.
 */
when_t findings_domain_read(const struct findings *f, const char *domain);

/* Of a writer: its folder, and what it counted, where a file is entered. */
const char *findings_work(const struct findings_writer *w);
struct findings_counts *findings_written(struct findings_writer *w);
const struct cause_table *findings_cause_table(const struct findings_writer *w);

#endif
