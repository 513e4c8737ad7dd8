/* The first page: the answer, three sentences, and what to do first. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

enum { FIRST_CAUSES_TOLD = 5, SENTENCE_CAUSES = 3, PLACES_TOLD = 5,
       GAPS_TOLD = 6 };

static const uint64_t *
by_readiness(const struct report_page *p)
{
	return p->f->by_readiness;
}

/* ---- the answer ---- */

static void
put_answer(struct buf *out, const struct report_page *p, const struct view *v)
{
	const uint64_t *by = by_readiness(p);

	buf_adds(out, "<h2 class=\"answer\" id=\"h-summary\">");
	if (!p->f->forecast_count) {
		buf_adds(out, "No forecast was made, so nothing can be said "
		         "about readiness.");
	} else if (!v->objects) {
		buf_adds(out, "No AD object in scope was judged, so nothing "
		         "can be said about readiness.");
	} else if (by[READINESS_BLOCKED]) {
		buf_adds(out, "Not ready: ");
		mark_number(out, by[READINESS_BLOCKED]);
		buf_adds(out, " of ");
		mark_count(out, v->objects, "object", "objects");
		buf_adds(out, by[READINESS_BLOCKED] == 1
		         ? " in scope is blocked." : " in scope are blocked.");
	} else if (by[READINESS_NOT_KNOWN]) {
		buf_adds(out, "Nothing blocks synchronization so far, but ");
		mark_number(out, by[READINESS_NOT_KNOWN]);
		buf_adds(out, " of ");
		mark_count(out, v->objects, "object", "objects");
		buf_adds(out, " could not be checked.");
	} else {
		buf_adds(out, "Ready: nothing blocks the ");
		mark_count(out, v->objects, "object", "objects");
		buf_adds(out, " in scope.");
	}
	buf_adds(out, "</h2>\n");
}

static void
put_cause_name(struct buf *out, const struct cause *c)
{
	const char *colon = strstr(c->title, ": ");

	esc_html(out, c->brief ? c->brief : colon ? colon + 2 : c->title);
}

/* How many are free when these N are cured; 0: none, or it is not known. */
static uint64_t
freed_by(const struct report_page *p, size_t n)
{
	uint64_t blocked = by_readiness(p)[READINESS_BLOCKED];
	const struct cause *last = &p->causes.items[n - 1];

	return last->is_forecast && last->blocked_after < blocked
		? blocked - last->blocked_after : 0;
}

/* "3 causes block 30 of the 37: ", or what comes first of all. */
static void
put_causes_head(struct buf *out, const struct report_page *p, size_t n)
{
	uint64_t freed = freed_by(p, n);

	if (!freed) {
		mark_count(out, p->causes.all, "cause", "causes");
		buf_adds(out, p->causes.all == 1 ? " of all findings:</strong> "
		         : " of all findings, first:</strong> ");
		return;
	}
	mark_count(out, n, "cause explains", "causes explain");
	buf_addc(out, ' ');
	if (freed == by_readiness(p)[READINESS_BLOCKED])
		buf_adds(out, freed == 1 ? "the " : "all ");
	else {
		mark_number(out, freed);
		buf_adds(out, " of the ");
	}
	mark_count(out, by_readiness(p)[READINESS_BLOCKED],
	           "blocked object:</strong> ", "blocked objects:</strong> ");
}

/* How many the sentence names: none behind the last that frees something. */
static size_t
told_causes(const struct report_page *p)
{
	const struct first_causes *c = &p->causes;
	size_t n = c->count < SENTENCE_CAUSES ? c->count : SENTENCE_CAUSES;

	while (n > 1 && freed_by(p, n) && freed_by(p, n) == freed_by(p, n - 1))
		n--;
	return n;
}

static void
say_causes(struct buf *out, const struct report_page *p)
{
	const struct first_causes *c = &p->causes;
	size_t n = told_causes(p);

	if (!n)
		return;
	buf_adds(out, "<li><strong>");
	put_causes_head(out, p, n);
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, !i ? "" : i < n - 1 ? "; " : n > 2 ? "; and "
		         : " and ");
		put_cause_name(out, &c->items[i]);
	}
	buf_adds(out, ".</li>\n");
}

static void
say_blocked_then(struct buf *out, const struct report_page *p)
{
	const struct trend *t = &p->trend;
	const struct trend_run *last = &t->runs[t->count - 1];

	if (t->count < 2)
		return;
	buf_adds(out, " blocked ");
	mark_number(out, last[-1].by_readiness[READINESS_BLOCKED]);
	buf_adds(out, " \xe2\x86\x92 ");
	mark_number(out, last->by_readiness[READINESS_BLOCKED]);
	buf_addc(out, ';');
}

static void
say_change(struct buf *out, const struct report_page *p)
{
	const struct judged_baseline *b = &p->f->baseline;

	if (!page_has_change(p))
		return;
	buf_adds(out, "<li><strong>Since ");
	mark_day(out, b->as_of);
	buf_adds(out, ":</strong>");
	say_blocked_then(out, p);
	buf_addc(out, ' ');
	mark_count(out, p->trend.runs[p->trend.count - 1].fixed, "finding",
	           "findings");
	buf_adds(out, " fixed, ");
	mark_number(out, b->ages[AGE_NEW] + b->ages[AGE_REOPENED]);
	buf_adds(out, " new");
	if (b->ages[AGE_NOT_COMPARED]) {
		buf_adds(out, ", ");
		mark_number(out, b->ages[AGE_NOT_COMPARED]);
		buf_adds(out, " seen for the first time because the run "
		         "before could not look");
	}
	buf_adds(out, ".</li>\n");
}

static void
say_gaps(struct buf *out, const struct report_page *p, const struct view *v)
{
	uint64_t unknown = by_readiness(p)[READINESS_NOT_KNOWN];

	if (!v->not_assessed && !v->in_part)
		return;
	buf_addf(out, "<li><strong>Not looked at:</strong> %zu of ",
	         v->not_assessed);
	mark_count(out, p->f->rule_count, "check", "checks");
	buf_adds(out, " could not be made");
	if (v->in_part)
		buf_addf(out, ", %zu only in part", v->in_part);
	if (unknown) {
		buf_adds(out, "; ");
		mark_count(out, unknown, "object is", "objects are");
		buf_adds(out, " therefore \xe2\x80\x9cnot known\xe2\x80\x9d, "
		         "not \xe2\x80\x9cready\xe2\x80\x9d");
	}
	buf_adds(out, ".</li>\n");
}

/* Which rules were chosen: it limits all that is said. */
static void
say_selection(struct buf *out, const struct report_page *p,
              const struct view *v)
{
	struct buf text = { 0 };

	if (selection_tell(&p->f->selection, p->f->rule_count, &text)) {
		buf_adds(out, "<li>");
		esc_html(out, text.data);
		buf_adds(out, ".</li>\n");
	}
	if (v->ad_alone)
		buf_adds(out, "<li>" VIEW_AD_ALONE "</li>\n");
	buf_release(&text);
}

static void
put_legend(struct buf *out, const struct report_page *p, const struct view *v)
{
	const uint64_t *by = by_readiness(p);

	buf_adds(out, "<ul class=\"legend\">");
	for (int i = 0; i < 4; i++) {
		enum readiness r = mark_order[i];

		buf_addf(out, "<li><svg viewBox=\"0 0 14 14\" aria-hidden="
		         "\"true\"><rect class=\"f-%s\" width=\"14\" "
		         "height=\"14\"/></svg><span><b>", readiness_name(r));
		mark_number(out, by[r]);
		buf_addf(out, "</b> %s</span></li>", mark_ready(r));
	}
	buf_adds(out, "<li class=\"soft\"><span>= ");
	mark_number(out, v->objects);
	buf_adds(out, " in scope; ");
	mark_number(out, by[READINESS_OUT_OF_SCOPE]);
	buf_adds(out, " more out of scope</span></li></ul>\n");
}

/* What stops the next synchronization stands above all else. */
static void
put_stop(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);

	if (!d.stop)
		return;
	buf_adds(out, "<p class=\"box\"><strong>");
	if (r->by == DELETIONS_BY_SERVER) {
		buf_adds(out, "The export stops");
	} else {
		buf_adds(out, "Cloud Sync quarantines the configuration of ");
		esc_html(out, r->domain_count ? r->domains[0]
		         : "domains that are not known");
	}
	buf_adds(out, ":</strong> ");
	mark_count(out, d.count, "deletion is", "deletions are");
	buf_adds(out, " more than the threshold of ");
	mark_number(out, d.threshold);
	buf_adds(out, " that prevents accidental deletes (");
	esc_html(out, threshold_from_text(r->from));
	buf_adds(out, "). Nothing at all is exported until someone confirms "
	         "them.</p>\n");
}

static void
put_notices(struct buf *out, const struct report_page *p)
{
	const struct findings *f = p->f;

	for (size_t i = 0; i < f->deletion_run_count; i++)
		put_stop(out, &f->deletion_runs[i]);
	for (size_t i = 0; i < f->note_count; i++) {
		buf_adds(out, "<p class=\"box\"><strong>");
		esc_value(out, f->notes[i], ESC_TEXT);
		buf_adds(out, "</strong></p>\n");
	}
}

/* ---- the left column ---- */

static void
put_first_cause(struct buf *out, const struct report_page *p, size_t number)
{
	const struct cause *c = &p->causes.items[number];

	buf_adds(out, "<tr><th scope=\"row\"><a href=\"#");
	esc_frag(out, "cause", c->id);
	buf_addf(out, "\">%zu. ", number + 1);
	esc_value(out, c->title, ESC_TEXT);
	buf_adds(out, "</a><span class=\"sub\">");
	esc_value(out, c->action, ESC_TEXT);
	buf_adds(out, "</span></th>");
	mark_cell_number(out, "Objects", c->objects);
	if (page_has_blocked(p))
		mark_cell_number(out, "Blocked after", c->blocked_after);
	buf_adds(out, "<td class=\"keep\">");
	if (c->authority)
		part_where(out, c->authority);
	buf_adds(out, "</td></tr>\n");
}

static void
put_severities(struct buf *out, const struct report_page *p)
{
	for (int s = 0; s < SEVERITY_COUNT; s++) {
		buf_adds(out, s ? ", " : "");
		mark_number(out, p->counted[s]);
		buf_addf(out, " %s", severity_name((enum severity)s));
	}
}

/* Where it does not end at 0, it says so. */
static void
put_left(struct buf *out, const struct report_page *p)
{
	const struct cause_sums *s = &p->f->causes;

	if (!s->has_left || !s->blocked_left)
		return;
	mark_count(out, s->blocked_left, "object stays", "objects stay");
	buf_adds(out, " blocked when all causes are fixed: what blocks them is "
	         "waived or planned. ");
}

static void
put_first(struct buf *out, const struct report_page *p)
{
	const struct first_causes *c = &p->causes;
	size_t n = c->count < FIRST_CAUSES_TOLD ? c->count
	                                        : FIRST_CAUSES_TOLD;

	buf_adds(out, "<div class=\"block\"><h3 id=\"first\">What to do first"
	         "</h3>");
	if (n)
		buf_addf(out, "<table class=\"cards flow\"><caption class="
		         "\"vh\">Causes, in the order to remove them</caption>"
		         "<thead><tr><th scope=\"col\">Cause and action</th>"
		         "<th scope=\"col\" class=\"num\">Objects</th>%s"
		         "<th scope=\"col\">Where</th></tr></thead>\n"
		         "<tbody>\n", page_has_blocked(p)
		         ? "<th scope=\"col\" class=\"num\">Blocked after</th>"
		         : "");
	for (size_t i = 0; i < n; i++)
		put_first_cause(out, p, i);
	buf_adds(out, n ? "</tbody></table>\n<p class=\"small soft\">"
	         : "<p class=\"small soft\">");
	if (c->all > n) {
		buf_adds(out, "<a href=\"#causes\">");
		mark_count(out, c->all - n, "more cause", "more causes");
		buf_adds(out, "</a>. ");
	}
	put_left(out, p);
	buf_adds(out, "Open and planned findings: ");
	put_severities(out, p);
	if (p->change_count) {
		buf_adds(out, "; they come down to <strong>");
		mark_count(out, p->change_count, "change", "changes");
		buf_adds(out, "</strong> to make");
	}
	buf_adds(out, ".</p></div>\n");
}

static void
put_place(struct buf *out, const struct report_page *p, uint32_t number)
{
	const struct tree_place *place = &p->places.items[number];
	struct buf path = { 0 };

	tree_path(&p->places, number, &path);
	buf_adds(out, "<tr><th scope=\"row\">");
	mark_path(out, buf_text(&path));
	buf_adds(out, "</th>");
	mark_cell_number(out, NULL, place->all[READINESS_BLOCKED]);
	mark_cell_number(out, NULL, place_objects(place));
	buf_adds(out, "<td class=\"w40\">");
	mark_bar(out, place->all, BAR_IN_TABLE);
	buf_adds(out, "</td></tr>\n");
	buf_release(&path);
}

static void
put_places(struct buf *out, const struct report_page *p)
{
	uint32_t *numbers;
	size_t rest, n = tree_apart(&p->places, PLACES_TOLD, &numbers, &rest);

	if (n)
		buf_adds(out, "<div class=\"block\"><h3>Readiness by place</h3>"
		         "<table><caption class=\"vh\">Places with most "
		         "blocked objects</caption><thead><tr>"
		         "<th scope=\"col\">Place</th>"
		         "<th scope=\"col\" class=\"num\">Blocked</th>"
		         "<th scope=\"col\" class=\"num\">Objects</th>"
		         "<th scope=\"col\"><span class=\"vh\">Share</span>"
		         "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < n; i++)
		put_place(out, p, numbers[i]);
	if (n)
		buf_adds(out, "</tbody></table>");
	if (n && page_has_section(p, "places")) {
		buf_adds(out, "<p class=\"small\"><a href=\"#places\">");
		if (rest)
			mark_count(out, rest, "more place", "more places");
		else
			buf_adds(out, "All places");
		buf_adds(out, "</a></p>");
	}
	if (n)
		buf_adds(out, "</div>\n");
	free(numbers);
}

static void
put_notes(struct buf *out, const struct report_page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->note_count; i++) {
		if (page_hides(p, p->notes[i]))
			continue;
		if (!n++)
			buf_adds(out, "<div class=\"block\"><h3>Notes</h3>");
		mark_element(out, "p", p->notes[i]);
	}
	buf_adds(out, n ? "</div>\n" : "");
}

/* ---- the right column ---- */

static void
put_gap_list(struct buf *out, const struct report_page *p, const struct view *v)
{
	size_t n = p->missing_count;

	if (v->not_assessed || v->in_part)
		buf_adds(out, "<div class=\"block\"><h3>What was not looked at"
		         "</h3><table><caption class=\"vh\">Data not collected"
		         "</caption><tbody>\n");
	for (size_t i = 0; i < n && i < GAPS_TOLD; i++) {
		struct buf text = { 0 };

		missing_put(&text, &p->missing[i]);
		buf_adds(out, "<tr><th scope=\"row\">");
		esc_value(out, text.data, ESC_TEXT);
		buf_release(&text);
		buf_adds(out, "</th><td class=\"num\">");
		mark_count(out, p->missing[i].rules.count +
		           p->missing[i].partly.count, "check", "checks");
		buf_adds(out, "</td></tr>\n");
	}
	if (v->not_assessed || v->in_part) {
		buf_adds(out, "</tbody></table><p class=\"small soft\">");
		if (n > GAPS_TOLD)
			buf_addf(out, "%d of %zu reasons. ", GAPS_TOLD, n);
		buf_adds(out, "What was not looked at has not passed. "
		         "<a href=\"#coverage\">How to collect it</a></p>"
		         "</div>\n");
	}
}

static void
say_what_if(struct buf *out, const struct view *v)
{
	struct buf name = { 0 };

	if (!v->what_if.is)
		return;
	esc_value(&name, v->findings->edits_name, ESC_TEXT);
	buf_adds(out, "<li><strong>What-if:</strong> ");
	what_if_tell(out, &v->what_if, buf_text(&name));
	buf_adds(out, ".</li>\n");
	buf_release(&name);
}

void
part_summary(struct buf *out, const struct report_page *p, const struct view *v)
{
	buf_adds(out, "<section id=\"summary\" "
	         "aria-labelledby=\"h-summary\">\n");
	put_answer(out, p, v);
	buf_adds(out, "<ul class=\"says\">\n");
	say_causes(out, p);
	say_what_if(out, v);
	say_change(out, p);
	say_gaps(out, p, v);
	say_selection(out, p, v);
	buf_adds(out, "</ul>\n");
	put_notices(out, p);
	if (v->objects) {
		mark_bar(out, by_readiness(p), BAR_LARGE);
		put_legend(out, p, v);
	}
	buf_adds(out, "<div class=\"sum2\"><div>\n");
	put_first(out, p);
	part_exchange_brief(out, p);
	put_places(out, p);
	put_notes(out, p);
	buf_adds(out, "</div><div>\n");
	part_trend(out, p);
	part_dates(out, p);
	put_gap_list(out, p, v);
	buf_adds(out, "</div></div>\n</section>\n");
}
