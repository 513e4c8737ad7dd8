/* How old the server that synchronizes is, by sync-engine.json (data(5)). */
#ifndef ANALYZE_RULES_ENGINE_AGED_H
#define ANALYZE_RULES_ENGINE_AGED_H

#include <stdbool.h>

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"

struct arena;
struct engine_build;
struct engine_floor;

/* How an old server is: by the worst. */
enum age {
	AGE_GOOD, AGE_STOPPED, AGE_ENDED, AGE_FLAWED, AGE_WITHDRAWN,
	AGE_UNSAID,                /* the file does not say when support ends */
};

struct aged {
	enum age age;
	const struct sync_engine *engine;
	const struct engine_floor *stop, *flaw;
	const struct engine_build *ends;
	bool ran;                  /* it did so since it should have stopped */
	bool is_unsaid;            /* the file does not say when support ends */
};

/* AGE_GOOD where nothing is known, too; texts are in A. */
struct aged aged_server(const struct model *m, struct arena *a);
/* When it stops, or else its support ends or has ended; or none. */
struct told_deadline engine_end(const struct aged *is);

#endif
