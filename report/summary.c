/* Counts first, then the worst, then what could not be looked at. */
#include "report/summary.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/term.h"
#include "base/wrap.h"
#include "report/tell.h"
#include "report/view.h"

enum { FURTHER = 5 };            /* columns in of a sentence's other lines */

/* "  1. high: " and a sentence, with what to do below it. */
static void
print_one(size_t number, enum severity severity, const char *sentence,
          const char *action)
{
	struct buf head = { 0 }, text = { 0 };

	buf_addf(&head, "  %zu. %s: ", number, severity_name(severity));
	buf_addf(&text, "%s.", sentence);
	wrap_item(head.data, FURTHER, text.data);
	if (action)
		wrap_item("     ", FURTHER, action);
	buf_release(&head);
	buf_release(&text);
}

static void
print_worst(const struct view *v)
{
	if (v->worst_count == 1)
		printf("\nThe worst finding:\n");
	else if (v->worst_count)
		printf("\nThe worst %zu findings:\n", v->worst_count);
	for (size_t i = 0; i < v->worst_count; i++) {
		const struct finding *f = &v->worst[i];

		print_one(i + 1, f->severity, f->message, f->fix);
	}
}

/* What is to be done for most, before whom it is to be done for. */
static void
print_causes(const struct view *v)
{
	const struct first_causes *all = &v->causes;
	size_t n = all->count < VIEW_WORST ? all->count : VIEW_WORST;

	if (all->all == 1)
		printf("\nThe only cause:\n");
	else if (n)
		printf("\nThe first %zu of %" PRIu64 " causes:\n", n,
		       all->all);
	for (size_t i = 0; i < n; i++) {
		const struct cause *c = &all->items[i];

		print_one(i + 1, c->severity, c->title, c->action);
	}
}

static void
print_gaps(const struct view *v)
{
	const struct findings *f = v->findings;

	if (!v->not_assessed && !v->in_part)
		return;
	printf("\nNot assessed: %zu of %zu rules; only in part: %zu.\n",
	       v->not_assessed, f->rule_count, v->in_part);
	gaps_print(f->rules, f->rule_count, GAP_DATA, NULL);
}

static void
print_not_known(const struct not_known *k)
{
	struct buf head = { 0 };

	buf_addf(&head, "  no %s%s can be called ready:", term_text(k->class),
	         view_of_domains(k));
	reason_print(head.data, k->reason);
	buf_release(&head);
}

static void
print_old(const struct told_forests *t, const struct told_forest *f)
{
	const struct judged_forest *j = f->forest;

	for (size_t i = 0; i < j->domain_count; i++) {
		const struct judged_domain *d = &j->domains[i];
		unsigned days = forests_days_old(t, d);

		if (days)
			printf("; %s is %u day%s older than the tenant",
			       term_text(forest_domain_name(d)), days,
			       days == 1 ? "" : "s");
	}
}

/* The same of one forest, where there are several. */
static void
print_forest(const struct told_forests *t, const struct told_forest *f)
{
	const struct judged_forest *j = f->forest;
	char days[FOREST_DAYS];

	forest_days(f, days);
	printf("  %s: %" PRIu64 " ready, %" PRIu64 " with warnings, %" PRIu64
	       " not known, %" PRIu64 " blocked, %" PRIu64 " out of scope, %"
	       PRIu64 " %s\n", term_text(f->name),
	       j->by_readiness[READINESS_READY],
	       j->by_readiness[READINESS_WARNING],
	       j->by_readiness[READINESS_NOT_KNOWN],
	       j->by_readiness[READINESS_BLOCKED],
	       j->by_readiness[READINESS_OUT_OF_SCOPE], f->blockers,
	       f->blockers == 1 ? "blocker" : "blockers");
	printf("    rules: %zu whole, %zu not whole; data of %s", f->whole,
	       f->not_whole, days);
	print_old(t, f);
	printf("\n");
}

static void
print_readiness(const struct view *v)
{
	const struct told_forests *t = &v->forests;
	const struct findings *f = v->findings;
	struct buf text = { 0 };

	tell_readiness(&text, v);
	printf("Readiness%s: %s\n", v->ad_alone ? " by AD alone" : "",
	       text.data);
	buf_clear(&text);
	if (v->ad_alone)
		wrap_item("  ", FURTHER, VIEW_AD_ALONE);
	if (selection_tell(&f->selection, f->rule_count, &text))
		wrap_item("  ", FURTHER, text.data);
	buf_release(&text);
	for (size_t i = 0; i < f->not_known_count; i++)
		print_not_known(&f->not_known[i]);
	for (size_t i = 0; forests_several(t) && i < t->count; i++)
		print_forest(t, &t->items[i]);
}

static void
print_told(bool (*tell)(struct buf *out, const struct deletion_run *r),
           const struct deletion_run *r)
{
	struct buf text = { 0 };

	if (tell(&text, r))
		wrap_item("", 2, text.data);
	buf_release(&text);
}

/* What the forecast is to be read with. */
static void
print_notes(const struct findings *f)
{
	for (size_t i = 0; i < f->note_count; i++)
		wrap_item("Note: ", 2, f->notes[i]);
}

static void
print_actions(const struct findings *f)
{
	struct buf text = { 0 };

	if (tell_actions(&text, f))
		printf("Next synchronization: %s\n", text.data);
	buf_release(&text);
	for (size_t i = 0; i < f->deletion_run_count; i++) {
		print_told(tell_percent, &f->deletion_runs[i]);
		print_told(tell_stop, &f->deletion_runs[i]);
	}
}

static void
print_members(const struct findings *f)
{
	struct buf text = { 0 };

	if (view_members(f, &text))
		wrap_item("Group members: ", 2, text.data);
	buf_release(&text);
}

static void
print_model(const struct findings *f)
{
	struct buf text = { 0 };

	if (model_tell(&f->model, &text))
		wrap_item("Forecast: ", 2, text.data);
	buf_release(&text);
}

static void
print_what_if(const struct view *v)
{
	struct buf out = { 0 };

	if (!v->what_if.is)
		return;
	what_if_tell(&out, &v->what_if, v->findings->edits_name);
	wrap_print("what-if: ", buf_text(&out));
	buf_release(&out);
}

void
summary_print(const struct view *v)
{
	const struct findings *f = v->findings;

	causes_print(&f->causes, f->by_severity, CAUSES_OF_REPORT);
	waivers_print(f, CAUSES_OF_REPORT);
	sync_print(f);
	exchange_print(&f->exchange, "Last Exchange server");
	/* Some rules alone say nothing of readiness. */
	if (f->forecast_count) {
		print_readiness(v);
		print_actions(f);
		print_notes(f);
		print_members(f);
		print_model(f);
	}
	print_what_if(v);
	print_causes(v);
	print_worst(v);
	print_gaps(v);
	if (!f->policy_name)
		printf("\n");
	assumed_print(f);
}
