/* Sentences from counts, for the brief and for the whole summary. */
#include "report/tell.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/term.h"
#include "report/answer.h"
#include "report/view.h"

void
tell_readiness(struct buf *out, const struct view *v)
{
	static const struct {
		enum readiness state;
		const char *words;
	} states[] = {
		{ READINESS_READY, "ready" },
		{ READINESS_WARNING, "with warnings" },
		{ READINESS_NOT_KNOWN, "not known" },
		{ READINESS_BLOCKED, "blocked" },
		{ READINESS_OUT_OF_SCOPE, "out of scope" },
	};
	const uint64_t *by = v->findings->by_readiness;

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		buf_adds(out, i ? ", " : "");
		answer_tell_count(out, by[states[i].state], states[i].words,
		                  states[i].words);
	}
}

bool
tell_actions(struct buf *out, const struct findings *f)
{
	size_t told = 0;

	for (int i = 0; i < ACTION_COUNT; i++) {
		const char *name = action_name((enum action)i);

		if (!f->by_action[i])
			continue;
		name = name ? name : "not known";
		buf_adds(out, told++ ? ", " : "");
		answer_tell_count(out, f->by_action[i], name, name);
	}
	return told > 0;
}

bool
tell_percent(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);
	char count[NUMBER_TEXT];

	if (!r->percent || !d.count)
		return false;
	buf_addf(out, "Deletions: %s; the export stops at %" PRIu64 " %% of "
	         "the objects, which was not compared",
	         number_grouped(d.count, count), r->percent);
	return true;
}

bool
tell_stop(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);
	char count[NUMBER_TEXT], threshold[NUMBER_TEXT];

	if (!d.stop)
		return false;
	if (r->by == DELETIONS_BY_DOMAIN)
		buf_addf(out, "Cloud Sync quarantines the configuration of %s",
		         r->domain_count ? term_text(r->domains[0])
		         : "domains that are not known");
	else
		buf_adds(out, "The export stops");
	buf_addf(out, ": %s deletions, with a threshold of %s%s",
	         number_grouped(d.count, count),
	         number_grouped(d.threshold, threshold),
	         r->from == THRESHOLD_ASSUMED
	         ? ", the default: what is set was not collected" : "");
	return true;
}
