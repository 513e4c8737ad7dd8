/* One row a finding, as the rule says it, and beside it its waiver. */
#include "report/html_waived.h"

#include <inttypes.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/html_forests.h"
#include "report/html_link.h"
#include "report/view.h"

static void
put_fates(struct buf *out, const struct waivers_told *w)
{
	if (!w->item_count)
		return;
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < w->item_count && i < VIEW_SHOWN; i++) {
		struct buf text = { 0 };

		waiver_tell_fate(&text, &w->items[i]);
		buf_adds(out, "<li>");
		html_value(out, text.data);
		buf_adds(out, "</li>\n");
		buf_release(&text);
	}
	buf_adds(out, "</ul>\n");
	if (w->item_count > VIEW_SHOWN)
		buf_addf(out, "<p>%d of %zu shown, more in the manifest of the "
		         "findings.</p>\n", VIEW_SHOWN, w->item_count);
}

/* "12 waivers of waivers.json: 9 used, 1 expired, 1 unused ..." */
static void
put_waivers(struct buf *out, const struct waivers_told *w)
{
	static const char *const words[] = {
		[WAIVER_EXPIRED] = "expired, with findings that are open again",
		[WAIVER_UNUSED] = "not used",
		[WAIVER_NOT_KNOWN] = ("of which it is not known whether they "
			"are used"),
		[WAIVER_EXPIRING] = "used ones expire within 30 days",
	};

	if (!w->file_count)
		return;
	buf_addf(out, "<p>%" PRIu64 " waiver%s of ", w->count,
	         w->count == 1 ? "" : "s");
	for (size_t i = 0; i < w->file_count; i++) {
		buf_adds(out, i ? ", " : "");
		html_value(out, w->files[i].name);
	}
	buf_addf(out, ": %" PRIu64 " used", w->used);
	for (int i = 0; i < WAIVER_FATES; i++)
		if (w->by_fate[i])
			buf_addf(out, "; %" PRIu64 " %s", w->by_fate[i],
			         words[i]);
	buf_adds(out, ".</p>\n");
	put_fates(out, w);
}

static void
put_waiver(struct buf *out, const struct finding *f)
{
	const struct told_waiver *w = f->waiver;

	html_cell(out, "Result", w ? waiver_result_name(w->result)
	          : status_name(f->status));
	html_cell(out, "Reason", w ? w->reason : NULL);
	html_cell(out, "Owner", w ? w->owner : NULL);
	html_cell(out, "Ticket", w ? w->ticket : NULL);
	html_cell(out, "Until", w ? w->expires : NULL);
}

static void
put_finding(struct buf *out, const struct view *v, const struct finding *f)
{
	html_forest_row(out, v, f->forest);
	html_object_cell(out, f);
	html_forest_cell(out, v, f->forest);
	html_cell(out, "Severity", severity_name(f->severity));
	buf_adds(out, "<td data-name=\"What\">");
	html_value(out, f->message);
	html_element(out, "small", f->rule);
	buf_adds(out, "</td>");
	html_cell(out, "Have", f->observed);
	put_waiver(out, f);
	buf_adds(out, "</tr>\n");
}

static void
put_findings(struct buf *out, const struct view *v)
{
	buf_addf(out, "<details%s>\n<summary>%" PRIu64 " finding%s</summary>\n"
	         "<table class=\"waived%s\">\n", v->waived_count <= 25
	         ? " open" : "", v->waived_count,
	         v->waived_count == 1 ? "" : "s",
	         forests_several(&v->forests) ? " forests" : "");
	if (v->waived_shown < v->waived_count)
		buf_addf(out, "<caption>%zu of %" PRIu64 " shown, all in "
		         "findings.csv</caption>\n", v->waived_shown,
		         v->waived_count);
	buf_adds(out, "<thead><tr><th scope=\"col\">Object</th>");
	html_forest_head(out, v);
	buf_adds(out, "<th scope=\"col\">Severity</th>"
	         "<th scope=\"col\">What</th><th scope=\"col\">Have</th>"
	         "<th scope=\"col\">Result</th><th scope=\"col\">Reason</th>"
	         "<th scope=\"col\">Owner</th><th scope=\"col\">Ticket</th>"
	         "<th scope=\"col\">Until</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->waived_shown; i++)
		put_finding(out, v, &v->waived[i]);
	buf_adds(out, "</tbody>\n</table>\n</details>\n");
}

void
html_waived(struct buf *out, const struct view *v)
{
	const struct waivers_told *w = &v->findings->waivers;

	if (!v->waived_count && !w->file_count)
		return;
	buf_adds(out, "<h2 id=\"waived\">Waived</h2>\n<p>What is waived is as "
	         "it was found: it counts for readiness, but as no open "
	         "finding.</p>\n");
	put_waivers(out, w);
	if (v->waived_count)
		put_findings(out, v);
}
