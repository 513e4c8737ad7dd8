/* Sentences from counts, for the brief and for the whole summary. */
#include "report/tell.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/term.h"
#include "report/view.h"

void
tell_readiness(struct buf *out, const struct view *v)
{
	const uint64_t *by = v->findings->by_readiness;

	buf_addf(out, "%" PRIu64 " ready, %" PRIu64 " with warnings, %" PRIu64
	         " not known, %" PRIu64 " blocked, %" PRIu64 " out of scope",
	         by[READINESS_READY], by[READINESS_WARNING],
	         by[READINESS_NOT_KNOWN], by[READINESS_BLOCKED],
	         by[READINESS_OUT_OF_SCOPE]);
}

bool
tell_actions(struct buf *out, const struct findings *f)
{
	size_t told = 0;

	for (int i = 0; i < ACTION_COUNT; i++) {
		const char *name = action_name((enum action)i);

		if (f->by_action[i])
			buf_addf(out, "%s%" PRIu64 " %s", told++ ? ", " : "",
			         f->by_action[i], name ? name : "not known");
	}
	return told > 0;
}

bool
tell_percent(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);

	if (!r->percent || !d.count)
		return false;
	buf_addf(out, "Deletions: %" PRIu64 "; the export stops at %" PRIu64
	         " %% of the objects, which was not compared", d.count,
	         r->percent);
	return true;
}

bool
tell_stop(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);

	if (!d.stop)
		return false;
	if (r->by == DELETIONS_BY_DOMAIN)
		buf_addf(out, "Cloud Sync quarantines the configuration of %s",
		         r->domain_count ? term_text(r->domains[0])
		         : "domains that are not known");
	else
		buf_adds(out, "The export stops");
	buf_addf(out, ": %" PRIu64 " deletions, with a threshold of %" PRIu64
	         "%s", d.count, d.threshold, r->from == THRESHOLD_ASSUMED
	         ? ", the default: what is set was not collected" : "");
	return true;
}
