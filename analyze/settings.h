/* What the options of the command analyze say. */
#ifndef ANALYZE_SETTINGS_H
#define ANALYZE_SETTINGS_H

#include <stdbool.h>

#include "analyze/data/data.h"
#include "analyze/findings/findings.h"
#include "base/opt.h"

struct err;

struct settings {
	const char *policy, *as_of, *fail_on, *output, *jobs;
	const char *plan;
	const char *baseline;      /* the findings of an earlier run */
	const char *fail_on_new;
	struct selection selection;
	struct opt_texts scopes, waivers, what_if;
	struct data_places data;
	bool force, fail_on_incomplete, quiet;
};

/* Takes the command's line apart; ARGS are the snapshots. */
enum opt_outcome settings_parse(struct settings *s, int argc,
                                const char **argv, struct opt_args *args,
                                struct err *err);

#endif
