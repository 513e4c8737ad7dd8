/* One row a cause: how many objects share it, and what to do once for all. */
#include "report/html_causes.h"

#include <inttypes.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/html_link.h"
#include "report/view.h"

/* "15 causes of 120 findings; 34 more follow from these." */
static void
put_counts(struct buf *out, const struct view *v)
{
	const struct first_causes *c = &v->causes;

	buf_addf(out, "<p>%" PRIu64 " %s of %" PRIu64 " %s", c->all,
	         c->all == 1 ? "cause" : "causes", c->findings,
	         c->findings == 1 ? "finding" : "findings");
	if (c->attached)
		buf_addf(out, "; %" PRIu64 " more %s from these", c->attached,
		         c->attached == 1 ? "follows" : "follow");
	buf_adds(out, ".</p>\n");
}

static void
put_examples(struct buf *out, const struct cause *c)
{
	buf_adds(out, "<small>");
	for (size_t i = 0; i < c->example_count; i++) {
		buf_adds(out, i ? ", " : "");
		html_value(out, c->examples[i]);
	}
	if (c->objects > c->example_count)
		buf_adds(out, " ...");
	buf_adds(out, "</small>");
}

static void
put_cause(struct buf *out, const struct view *v, const struct cause *c)
{
	const char *name = severity_name(c->severity);

	buf_addf(out, "<tr><td><span class=\"severity %s\">%s</span></td>"
	         "<td>", name, name);
	html_link_rule(out, v, c->rule);
	html_value(out, c->title);
	buf_adds(out, "</a>");
	put_examples(out, c);
	buf_addf(out, "</td><td class=\"number\" data-name=\"Objects\">%"
	         PRIu64 "</td><td data-name=\"To do\">", c->objects);
	html_value(out, c->action);
	if (c->tool) {
		buf_adds(out, "<small>");
		html_text(out, c->tool);
		buf_adds(out, "</small>");
	}
	buf_adds(out, "</td></tr>\n");
}

void
html_causes(struct buf *out, const struct view *v)
{
	const struct first_causes *c = &v->causes;

	if (!c->count)
		return;
	buf_adds(out, "<h2>What to do, once for all who share it</h2>\n");
	put_counts(out, v);
	buf_adds(out, "<table class=\"causes\">\n");
	if (c->count < c->all)
		buf_addf(out, "<caption>%zu of %" PRIu64 " shown, all in "
		         "causes.csv</caption>\n", c->count, c->all);
	buf_adds(out, "<thead><tr><th scope=\"col\">Severity</th>"
	         "<th scope=\"col\">Cause</th>"
	         "<th scope=\"col\" class=\"number\">Objects</th>"
	         "<th scope=\"col\">To do</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < c->count; i++)
		put_cause(out, v, &c->items[i]);
	buf_adds(out, "</tbody>\n</table>\n");
}
