/* A sentence each, the weightiest first. */
#include "report/alerts.h"

#include "base/buf.h"
#include "base/term.h"
#include "base/wrap.h"
#include "report/answer.h"
#include "report/tell.h"
#include "report/view.h"

enum { ALERTS = 3 };

/* Appends what TELL says of the first run it holds of, and of how many more. */
static bool
tell_runs(const struct findings *f, struct buf *out,
          bool (*tell)(struct buf *out, const struct deletion_run *r))
{
	struct buf more = { 0 };
	size_t told = 0;

	for (size_t i = 0; i < f->deletion_run_count; i++)
		told += tell(told ? &more : out, &f->deletion_runs[i]);
	if (told > 1)
		buf_addf(out, "; and %zu more with --verbose", told - 1);
	buf_release(&more);
	return told > 0;
}

static bool
tell_stops(const struct view *v, struct buf *out)
{
	return tell_runs(v->findings, out, tell_stop);
}

static bool
tell_deletions(const struct view *v, struct buf *out)
{
	return tell_runs(v->findings, out, tell_percent);
}

/* What stands before all that was foretold. */
static bool
tell_first_note(const struct view *v, struct buf *out)
{
	const struct findings *f = v->findings;

	if (!f->note_count)
		return false;
	buf_adds(out, term_text(f->notes[0]));
	if (f->note_count > 1)
		buf_addf(out, "; and %zu more with --verbose",
		         f->note_count - 1);
	return true;
}

/* Of the first class, why nothing of it is ready. */
static bool
tell_not_known(const struct view *v, struct buf *out)
{
	const struct not_known *k = v->findings->not_known;
	const char *reason = v->findings->not_known_count ? k->reason : NULL;
	struct reason_part part;

	if (!reason || !reason_next(&reason, &part))
		return false;
	buf_addf(out, "no %s%s can be called ready: ", term_text(k->class),
	         view_of_domains(k));
	tell_reason(out, part.text, part.len);
	return true;
}

static bool
tell_members(const struct view *v, struct buf *out)
{
	struct buf text = { 0 };
	bool some = view_members(v->findings, &text);

	if (some)
		buf_addf(out, "Group members: %s", text.data);
	buf_release(&text);
	return some;
}

static bool
tell_alone(const struct view *v, struct buf *out)
{
	if (v->ad_alone)
		buf_adds(out, VIEW_AD_ALONE);
	return v->ad_alone;
}

static bool
tell_edits(const struct view *v, struct buf *out)
{
	if (v->what_if.is)
		what_if_tell(out, &v->what_if,
		             term_text(v->findings->edits_name));
	return v->what_if.is;
}

static bool
tell_some_rules(const struct view *v, struct buf *out)
{
	const struct findings *f = v->findings;
	struct buf text = { 0 };
	bool some = selection_tell(&f->selection, f->rule_count, &text);

	/* What chose them can be a long list. */
	if (some && text.len < WRAP_WIDTH * SENTENCE_LINES)
		buf_adds(out, term_text(text.data));
	else if (some)
		buf_addf(out, "%zu chosen rule%s ran; readiness is by them "
		         "alone", f->rule_count, f->rule_count == 1 ? "" : "s");
	buf_release(&text);
	return some;
}

static bool
tell_assumed(const struct view *v, struct buf *out)
{
	const struct findings *f = v->findings;

	if (f->policy_name || !f->assumed_count)
		return false;
	buf_addf(out, "There is no policy, so %zu thing%s assumed",
	         f->assumed_count, f->assumed_count == 1 ? " was" : "s were");
	return true;
}

static bool
tell_forests(const struct view *v, struct buf *out)
{
	const struct told_forests *t = &v->forests;

	if (!forests_several(t))
		return false;
	buf_addf(out, "%zu forests: ", t->count);
	for (size_t i = 0; i < t->count; i++) {
		buf_addf(out, "%s%s ", i ? ", " : "",
		         term_text(t->items[i].name));
		answer_tell_count(out, t->items[i].forest->by_readiness
		                  [READINESS_BLOCKED], "blocked", "blocked");
	}
	return true;
}

static bool
tell_server(const struct view *v, struct buf *out)
{
	const struct exchange_told *t = &v->findings->exchange;

	if (!t->condition_count || t->state == EXCHANGE_UNKNOWN)
		return false;
	buf_adds(out, "Last Exchange server: ");
	exchange_tell(t, out);
	return true;
}

static bool
tell_waived(const struct view *v, struct buf *out)
{
	if (v->waived_count)
		answer_tell_count(out, v->waived_count, "finding is waived",
		                  "findings are waived");
	return v->waived_count > 0;
}

/* What weighs more first; those that find no place are counted. */
static bool (*const alerts[])(const struct view *v, struct buf *out) = {
	tell_edits, tell_alone, tell_stops, tell_first_note, tell_not_known,
	tell_deletions, tell_some_rules, tell_forests, tell_members,
	tell_server, tell_assumed, tell_waived,
};

size_t
alerts_put(struct buf *out, const struct view *v)
{
	struct buf text = { 0 };
	size_t lines = 0, told = 0, left = 0;

	for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++) {
		buf_clear(&text);
		if (!alerts[i](v, &text))
			continue;
		if (told < ALERTS) {
			told++;
			lines += wrap_put_head(out, "! ", text.data,
			                       SENTENCE_LINES);
		} else {
			left++;
		}
	}
	if (left) {
		lines++;
		buf_addf(out, "! and %zu more with --verbose\n", left);
	}
	buf_release(&text);
	return lines;
}
