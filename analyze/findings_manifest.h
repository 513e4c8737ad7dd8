/* The manifest of findings: what findings.c alone writes and reads. */
#ifndef ANALYZE_FINDINGS_MANIFEST_H
#define ANALYZE_FINDINGS_MANIFEST_H

#include "analyze/findings.h"

struct json;

/* What the writer counted, and the reader holds the files against. */
struct findings_counts {
	uint64_t findings, forecasts;
	uint64_t by_severity[SEVERITY_COUNT];
	uint64_t by_readiness[READINESS_COUNT];
	char findings_digest[DIGEST_TEXT], forecast_digest[DIGEST_TEXT];
};

/* The tree of the manifest; the caller frees it. */
struct json *findings_manifest_to_json(const struct findings *f,
                                       const struct findings_counts *c);

/* Of findings that findings_open gave: their folder and counts. */
const char *findings_path(const struct findings *f);
const struct findings_counts *findings_file_counts(const struct findings *f);

#endif
