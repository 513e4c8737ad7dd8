/* Each cause is one job for one person. */
#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"
#include "report/page/words.h"

void
part_where(struct buf *out, const char *authority)
{
	int a = authority ? authority_parse(authority) : -1;

	if (a >= 0)
		mark_element(out, "span class=\"tag\"",
		             word_of_where((uint32_t)a));
}

static void
put_head(struct buf *out, const struct cause *c)
{
	buf_adds(out, "<details class=\"cause\" id=\"");
	esc_frag(out, "cause", c->id);
	buf_adds(out, "\"><summary>");
	mark_severity(out, c->severity);
	buf_adds(out, "<span><h3>");
	esc_value(out, c->title, ESC_TEXT);
	buf_adds(out, "</h3><span class=\"do\">");
	esc_value(out, c->action, ESC_TEXT);
	buf_adds(out, "</span></span><span class=\"num\">");
	mark_count(out, c->objects, "object", "objects");
	if (c->is_forecast && c->blocked) {
		buf_adds(out, "<span class=\"sub\">");
		mark_number(out, c->blocked);
		buf_adds(out, " blocked</span>");
	}
	buf_adds(out, "</span></summary>\n<div class=\"body\">");
}

static void
put_where(struct buf *out, const struct cause *c)
{
	if (!c->authority && !c->tool)
		return;
	if (c->authority && authority_parse(c->authority) ==
	    AUTHORITY_NOT_ASSESSED) {
		buf_adds(out, "<p>Where to change it is not known");
		buf_adds(out, c->tool ? ": " : "");
		esc_html(out, c->tool ? c->tool : "");
		buf_adds(out, ".</p>");
		return;
	}
	buf_adds(out, "<p>Change in ");
	part_where(out, c->authority);
	if (c->tool) {
		buf_adds(out, " with ");
		mark_element(out, "code", c->tool);
	}
	if (c->owner) {
		buf_adds(out, ", by ");
		esc_html(out, c->owner);
	}
	buf_adds(out, "</p>");
}

/* One step stands in the head already. */
static void
put_steps(struct buf *out, const struct cause *c)
{
	if (c->step_count < 2)
		return;
	buf_adds(out, "<ol>");
	for (size_t i = 0; i < c->step_count; i++) {
		buf_adds(out, "<li class=\"tick\">");
		esc_value(out, c->steps[i], ESC_TEXT);
		buf_adds(out, "</li>");
	}
	buf_adds(out, "</ol>");
}

static void
put_command(struct buf *out, const struct cause *c)
{
	if (!c->command)
		return;
	buf_adds(out, "<p class=\"small soft\">For one object, as an "
	         "example:</p><pre tabindex=\"0\" role=\"region\" "
	         "aria-label=\"Command for: ");
	esc_html(out, c->title);
	buf_adds(out, "\">");
	esc_value(out, c->command, ESC_TEXT);
	buf_adds(out, "</pre>");
}

static void
put_conflict(struct buf *out, const struct told_conflict *t)
{
	buf_adds(out, "<tr><td>");
	mark_value(out, t->value, "mail");
	buf_adds(out, "</td><td>");
	for (size_t i = 0; i < t->count; i++) {
		buf_adds(out, i ? "; " : "");
		mark_name(out, t->claimants[i]);
	}
	buf_adds(out, t->has_more ? "; and more</td></tr>\n"
	         : "</td></tr>\n");
}

/* A conflict is one change with a choice. */
static void
put_conflicts(struct buf *out, const struct cause *c)
{
	if (!c->conflict_count)
		return;
	buf_adds(out, "<table><caption>One line per conflict, with everyone "
	         "who claims the value</caption><thead><tr><th scope=\"col\">"
	         "Claimed value</th><th scope=\"col\">By</th></tr></thead>"
	         "<tbody>\n");
	for (size_t i = 0; i < c->conflict_count; i++)
		put_conflict(out, &c->conflicts[i]);
	buf_adds(out, "</tbody></table>");
	if (c->conflict_count == CONFLICTS_MAX)
		buf_addf(out, "<p class=\"soft small\">The first %d "
		         "conflicts; all are in findings.csv.</p>",
		         CONFLICTS_MAX);
}

static void
put_examples(struct buf *out, const struct cause *c)
{
	if (!c->example_count)
		return;
	buf_adds(out, "<p class=\"small\">");
	for (size_t i = 0; i < c->example_count; i++) {
		buf_adds(out, i ? "; " : "");
		mark_name(out, c->examples[i]);
	}
	if (c->objects > c->example_count) {
		buf_adds(out, "; and ");
		mark_number(out, c->objects - c->example_count);
		buf_adds(out, " more");
	}
	buf_adds(out, ".</p>");
}

static void
put_counts(struct buf *out, const struct cause *c)
{
	buf_adds(out, "<p class=\"soft\">");
	mark_count(out, c->findings, "finding", "findings");
	if (c->attached) {
		buf_adds(out, "; ");
		mark_number(out, c->attached);
		buf_adds(out, c->attached == 1 ? " more follows from it"
		         : " more follow from these");
	}
	if (c->waived) {
		buf_adds(out, "; ");
		mark_number(out, c->waived);
		buf_adds(out, " waived");
	}
	if (c->is_ranked && c->changes) {
		buf_adds(out, "; ");
		mark_count(out, c->changes, "change", "changes");
		buf_adds(out, " to make");
	}
	buf_adds(out, ".");
	if (c->is_forecast && c->blocked) {
		buf_adds(out, " With this and all above it fixed, ");
		if (c->blocked_after)
			mark_count(out, c->blocked_after, "object stays",
			           "objects stay");
		else
			buf_adds(out, "no object stays");
		buf_adds(out, " blocked.");
	}
	buf_adds(out, "</p>");
}

static void
put_cause(struct buf *out, const struct report_page *p, const struct cause *c)
{
	put_head(out, c);
	put_where(out, c);
	put_counts(out, c);
	put_steps(out, c);
	if (p->audience != AUDIENCE_MANAGEMENT) {
		put_command(out, c);
		put_conflicts(out, c);
		put_examples(out, c);
		buf_adds(out, "<p class=\"js\" hidden><a href=\"#view=f&amp;");
		esc_frag(out, "cause", c->id);
		buf_adds(out, "\">Show in the list</a></p>");
	}
	buf_adds(out, "</div></details>\n");
}

void
part_causes(struct buf *out, const struct report_page *p)
{
	const struct first_causes *c = &p->causes;

	mark_section(out, "causes", "Causes", page_has_blocked(p)
	             ? "Each cause is one job for one person. The first frees "
	             "most blocked objects, then the next."
	             : "Each cause is one job for one person.");
	if (!c->count)
		buf_adds(out, "<p>No finding is open.</p>\n");
	for (size_t i = 0; i < c->count; i++)
		put_cause(out, p, &c->items[i]);
	if (c->count < c->all) {
		buf_addf(out, "<p class=\"soft\">%zu of ", c->count);
		mark_count(out, c->all, "cause", "causes");
		buf_adds(out, "; all are in causes.csv.</p>\n");
	}
	mark_section_end(out);
}
