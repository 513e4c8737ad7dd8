/* What became of the findings of the run before, and the runs as a table. */
#include <stdlib.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

/* How the open findings of the run before became those of this one. */
struct change_sum {
	uint64_t before, fixed, lost, waived, fresh, first, back, now;
};

static uint64_t
open_of(const struct trend_run *r)
{
	uint64_t n = 0;

	for (int s = 0; s < SEVERITY_COUNT; s++)
		n += r->by_severity[s];
	return n;
}

static const struct trend_run *
run_before(const struct report_page *p)
{
	for (size_t i = p->trend.count; i-- > 0;)
		if (p->trend.runs[i].as_of == p->f->baseline.as_of)
			return &p->trend.runs[i];
	return NULL;
}

/*
 * What is neither fixed nor open, nor can be compared, was waived since. False:
 * the folder does not say enough, or its numbers do not add up.
 */
static bool
sum_up(const struct report_page *p, struct change_sum *s)
{
	const struct judged_baseline *b = &p->f->baseline;
	const struct trend_run *before = run_before(p);
	uint64_t gone;

	if (!before || !p->trend.count)
		return false;
	*s = (struct change_sum){
		.before = open_of(before),
		.fixed = p->trend.runs[p->trend.count - 1].fixed,
		.lost = p->closed.lost, .fresh = b->ages[AGE_NEW],
		.first = b->ages[AGE_NOT_COMPARED],
		.back = b->ages[AGE_REOPENED],
		.now = open_of(&p->trend.runs[p->trend.count - 1]),
	};
	gone = s->fixed + s->lost + b->ages[AGE_BEFORE];
	if (gone > s->before)
		return false;
	s->waived = s->before - gone;
	return s->before - s->fixed - s->lost - s->waived + s->fresh +
	       s->first + s->back == s->now;
}

static void
put_term(struct buf *out, const char *sign, uint64_t n, const char *word)
{
	if (!n && *sign)
		return;
	buf_addf(out, "<li>%s<b>", sign);
	mark_number(out, n);
	buf_addf(out, "</b> %s</li>", word);
}

static void
put_sum(struct buf *out, const struct report_page *p)
{
	struct change_sum s;

	if (!sum_up(p, &s)) {
		buf_adds(out, "<p>The folder does not say enough to add up "
		         "what changed; compare the two with <code>syncscope "
		         "diff</code>.</p>\n");
		return;
	}
	buf_adds(out, "<ul class=\"delta\" id=\"change-sum\">");
	put_term(out, "", s.before, "open before");
	put_term(out, "\xe2\x88\x92 ", s.fixed, "fixed");
	put_term(out, "\xe2\x88\x92 ", s.lost, "no longer checked");
	put_term(out, "\xe2\x88\x92 ", s.waived, "waived since");
	put_term(out, "+ ", s.fresh, "new");
	put_term(out, "+ ", s.back, "back again");
	put_term(out, "+ ", s.first, "seen for the first time");
	put_term(out, "= ", s.now, "open now");
	buf_adds(out, "</ul>\n<p class=\"soft small\">\xe2\x80\x9cSeen for the "
	         "first time\xe2\x80\x9d: the check could not be made in the "
	         "run before, so these are not new in the directory. Findings "
	         "are recognized by rule, object, attribute and value; a "
	         "renamed or moved object stays the same.</p>\n");
}

static void
put_rule(struct buf *out, const struct report_page *p, size_t i)
{
	const struct rule_tally *r = &p->rules[i];

	buf_adds(out, "<tr><th scope=\"row\">");
	esc_html(out, p->f->rules[i].title);
	buf_adds(out, "</th>");
	mark_cell_number(out, NULL, r->by_age[ROW_NEW]);
	mark_cell_number(out, NULL, r->by_age[ROW_FIRST]);
	mark_cell_number(out, NULL, r->by_age[ROW_REOPENED]);
	mark_cell_number(out, NULL, p->closed.by_rule[i]);
	mark_cell_number(out, NULL, page_rule_all(r));
	buf_adds(out, "</tr>\n");
}

static void
put_rules(struct buf *out, const struct report_page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->f->rule_count; i++) {
		const struct rule_tally *r = &p->rules[i];

		if (!r->by_age[ROW_NEW] && !r->by_age[ROW_FIRST] &&
		    !r->by_age[ROW_REOPENED] && !p->closed.by_rule[i])
			continue;
		if (!n++) {
			mark_scroll(out, "Change by rule");
			buf_adds(out, "<table><thead><tr><th scope=\"col\">"
			         "Rule</th><th scope=\"col\" class=\"num\">New"
			         "</th><th scope=\"col\" class=\"num\">First "
			         "seen</th><th scope=\"col\" class=\"num\">Back"
			         "</th><th scope=\"col\" class=\"num\">Fixed"
			         "</th>"
			         "<th scope=\"col\" class=\"num\">Now, waived "
			         "ones included</th></tr></thead>\n<tbody>\n");
		}
		put_rule(out, p, i);
	}
	if (n) {
		buf_adds(out, "</tbody></table>");
		mark_scroll_end(out);
	}
}

/* ---- lists ---- */

static void
put_fixed(struct buf *out, const struct report_page *p)
{
	const struct closed_told *c = &p->closed;

	buf_adds(out, "<div><h3>Fixed</h3><ul class=\"small\">");
	for (size_t i = 0; i < c->shown; i++) {
		char *name = page_name(c->items[i].dn, c->items[i].label);

		buf_adds(out, "<li>");
		esc_html(out, p->f->rules[c->items[i].rule].title);
		buf_adds(out, ": ");
		mark_name(out, name);
		if (c->items[i].observed) {
			buf_addc(out, ' ');
			mark_value(out, c->items[i].observed,
			           c->items[i].attribute);
		}
		buf_adds(out, "</li>");
		free(name);
	}
	if (!c->fixed)
		buf_adds(out, "<li class=\"soft\">none</li>");
	if (c->shown < c->fixed) {
		buf_addf(out, "<li class=\"soft\">%zu of ", c->shown);
		mark_number(out, c->fixed);
		buf_adds(out, "</li>");
	}
	buf_adds(out, "</ul></div>\n");
}

static void
put_new_one(struct buf *out, const struct report_page *p,
            const struct page_row *row)
{
	buf_adds(out, "<li>");
	esc_html(out, p->f->rules[row->sides[SIDE_RULE]].title);
	buf_adds(out, ": ");
	part_row_name(out, p, row);
	if (row->observed) {
		buf_addc(out, ' ');
		mark_value(out, row->observed, row->attribute);
	}
	buf_adds(out, "</li>");
}

static void
put_new(struct buf *out, const struct report_page *p)
{
	uint64_t all = p->by_age[ROW_NEW] + p->by_age[ROW_REOPENED], n = 0;
	const struct page_row *row;

	buf_adds(out, "<div><h3>New</h3><ul class=\"small\">");
	for (size_t list = 0; list < p->f->rule_count + 2; list++)
		for (size_t i = 0; n < PAGE_SHOWN &&
		     (row = page_row_at(p, list, i)); i++) {
			enum row_age age = (enum row_age)row->sides[SIDE_AGE];

			if (age != ROW_NEW && age != ROW_REOPENED)
				continue;
			put_new_one(out, p, row);
			n++;
		}
	if (!all)
		buf_adds(out, "<li class=\"soft\">none</li>");
	if (n < all) {
		buf_adds(out, "<li class=\"soft\">");
		mark_number(out, n);
		buf_adds(out, " of ");
		mark_number(out, all);
		buf_adds(out, "</li>");
	}
	buf_adds(out, "</ul></div>\n");
}

/* ---- runs ---- */

static void
put_run(struct buf *out, const struct trend_run *run)
{
	buf_adds(out, "<tr><th scope=\"row\">");
	mark_time(out, run->as_of);
	buf_adds(out, "</th>");
	for (int i = 0; i < 4; i++)
		mark_cell_number(out, NULL, run->by_readiness[mark_order[i]]);
	mark_cell_number(out, NULL, open_of(run));
	mark_cell_number(out, NULL, run->not_assessed);
	buf_adds(out, "<td>");
	esc_html(out, run->sides);
	buf_adds(out, "</td></tr>\n");
}

static void
put_break(struct buf *out, const char *why)
{
	if (!why)
		return;
	buf_adds(out, "<tr><td colspan=\"8\" class=\"soft\">Not comparable "
	         "with the run before: ");
	esc_html(out, why);
	buf_adds(out, ".</td></tr>\n");
}

static void
put_runs(struct buf *out, const struct trend *t)
{
	buf_adds(out, "<h3>Runs</h3>\n");
	mark_scroll(out, "Runs");
	buf_adds(out, "<table><thead><tr><th scope=\"col\">Data of</th>"
	         "<th scope=\"col\" class=\"num\">Blocked</th>"
	         "<th scope=\"col\" class=\"num\">Warnings</th>"
	         "<th scope=\"col\" class=\"num\">Not known</th>"
	         "<th scope=\"col\" class=\"num\">Ready</th>"
	         "<th scope=\"col\" class=\"num\">Open findings</th>"
	         "<th scope=\"col\" class=\"num\">Checks not made</th>"
	         "<th scope=\"col\">Looked at</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->count; i++) {
		put_run(out, &t->runs[i]);
		if (i)
			put_break(out, trend_break(&t->runs[i - 1],
			                           &t->runs[i]));
	}
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

void
part_change(struct buf *out, const struct report_page *p)
{
	struct buf title = { 0 };

	if (!page_has_change(p))
		return;
	buf_adds(&title, "Change since ");
	mark_day(&title, p->f->baseline.as_of);
	mark_section(out, "change", title.data, NULL);
	put_sum(out, p);
	put_rules(out, p);
	buf_adds(out, "<div class=\"two\">");
	put_fixed(out, p);
	put_new(out, p);
	buf_adds(out, "</div>\n");
	put_runs(out, &p->trend);
	mark_section_end(out);
	buf_release(&title);
}
