/* Sentences from counts, for the brief and for the whole summary. */
#include "report/tell.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/term.h"
#include "report/answer.h"
#include "report/view.h"

/* So that it stands in two lines behind what is said before it. */
enum { REASON_SHORT = 70 };

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

/* Up to the next "; ". */
static size_t
item_len(const char *reason, size_t len)
{
	size_t n = 0;

	while (n < len && strncmp(reason + n, "; ", 2) != 0)
		n++;
	return n;
}

void
tell_reason(struct buf *out, const char *reason, size_t len)
{
	static const char end[] = " not collected";
	size_t tail = sizeof(end) - 1, item = item_len(reason, len);
	size_t cut = item > REASON_SHORT ? REASON_SHORT : 0;
	struct buf text = { 0 };

	while (cut && reason[cut] != ',')
		cut--;
	if (cut && memcmp(reason + item - tail, end, tail) == 0) {
		buf_add(&text, reason, cut);
		buf_addf(&text, ", ...%s", end);
	} else {
		buf_add(&text, reason, item);
	}
	buf_addf(out, "%s%s", term_text(buf_text(&text)),
	         item < len ? ", and more" : "");
	buf_release(&text);
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
