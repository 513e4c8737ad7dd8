/*
 * What the tenant says of its own synchronization: a part of findings.h. States
 * are Graph's; of what was not collected ENABLED_UNKNOWN.
 */
#ifndef ANALYZE_FINDINGS_SYNC_TOLD_H
#define ANALYZE_FINDINGS_SYNC_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/when.h"

enum enabled { ENABLED_UNKNOWN, ENABLED_YES, ENABLED_NO };

/* A switch of onPremisesDirectorySynchronizationFeature. */
struct sync_feature {
	const char *name;
	enum enabled on;
	const char *means;         /* for the forecast; NULL: nothing */
};

struct judged_sync {
	enum enabled on;           /* onPremisesSyncEnabled */
	when_t last;               /* WHEN_NONE: not collected, or never */
	bool never;                /* the tenant says so */
	const char *prevention;    /* of accidental deletions; or NULL */
	uint64_t alert;            /* its threshold; 0: not collected */
	const struct sync_feature *features;
	size_t feature_count;
};

struct findings;

/* The last synchronization, "never", or "not collected". */
const char *sync_last_text(const struct judged_sync *s, char text[WHEN_TEXT]);
/* Prints it; nothing where there is no tenant. */
void sync_print(const struct findings *f);
/* "on", "off", "not collected". */
const char *enabled_text(enum enabled e);

#endif
