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
	buf_adds(out, "</span></summary>\n<div class=\"body\">");
}

static void
put_where(struct buf *out, const struct cause *c)
{
	if (!c->authority && !c->tool)
		return;
	buf_adds(out, "<p>Change in ");
	part_where(out, c->authority);
	if (c->tool) {
		buf_adds(out, " with ");
		mark_element(out, "code", c->tool);
	}
	buf_adds(out, "</p>");
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
	buf_adds(out, ".</p>");
}

static void
put_cause(struct buf *out, const struct report_page *p, const struct cause *c)
{
	put_head(out, c);
	put_where(out, c);
	put_counts(out, c);
	if (p->audience != AUDIENCE_MANAGEMENT) {
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

	mark_section(out, "causes", "Causes", "Each cause is one job for one "
	             "person.");
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
