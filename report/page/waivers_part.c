/* What is not open, and why; and what became of waivers. */
#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"
#include "report/page/words.h"

static void
put_file_counts(struct buf *out, const struct waivers_told *w)
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
	buf_adds(out, "<p>");
	mark_count(out, w->count, "waiver", "waivers");
	buf_adds(out, " of ");
	for (size_t i = 0; i < w->file_count; i++) {
		buf_adds(out, i ? ", " : "");
		esc_value(out, w->files[i].name, ESC_TEXT);
	}
	buf_adds(out, ": ");
	mark_number(out, w->used);
	buf_adds(out, " used");
	for (int i = 0; i < WAIVER_FATES; i++) {
		if (!w->by_fate[i])
			continue;
		buf_adds(out, "; ");
		mark_number(out, w->by_fate[i]);
		buf_addf(out, " %s", words[i]);
	}
	buf_adds(out, ".</p>\n");
}

static void
put_fates(struct buf *out, const struct waivers_told *w)
{
	size_t n = w->item_count < PAGE_SHOWN ? w->item_count : PAGE_SHOWN;

	buf_adds(out, n ? "<ul>\n" : "");
	for (size_t i = 0; i < n; i++) {
		struct buf text = { 0 };

		waiver_tell_fate(&text, &w->items[i]);
		buf_adds(out, "<li>");
		esc_value(out, text.data, ESC_TEXT);
		buf_adds(out, "</li>\n");
		buf_release(&text);
	}
	buf_adds(out, n ? "</ul>\n" : "");
	if (n < w->item_count)
		buf_addf(out, "<p class=\"soft\">%zu of %zu; all are in the "
		         "manifest of the findings.</p>\n", n, w->item_count);
}

static void
put_row(struct buf *out, const struct report_page *p,
        const struct page_row *row)
{
	buf_adds(out, "<tr><th scope=\"row\">");
	esc_html(out, p->f->rules[row->sides[SIDE_RULE]].title);
	buf_adds(out, "</th><td>");
	part_row_name(out, p, row);
	buf_adds(out, "<span class=\"sub\">");
	esc_value(out, row->message, ESC_TEXT);
	buf_addf(out, "</span></td><td class=\"keep\">%s</td><td>",
	         word_of_status(row->status));
	esc_value(out, row->reason, ESC_TEXT);
	if (row->ticket) {
		buf_adds(out, "<span class=\"sub\">");
		esc_value(out, row->ticket, ESC_TEXT);
		buf_adds(out, "</span>");
	}
	buf_adds(out, "</td><td>");
	if (row->owner && !page_hides(p, row->owner))
		esc_value(out, row->owner, ESC_TEXT);
	buf_adds(out, "</td><td class=\"keep\">");
	if (row->expires)
		mark_time_of(out, row->expires);
	else
		buf_adds(out, "no end");
	buf_adds(out, "</td></tr>\n");
}

static void
put_rows(struct buf *out, const struct report_page *p)
{
	uint64_t all = p->number - p->by_status[STATUS_OPEN];
	const struct page_row *row;
	size_t n = 0;

	if (!all)
		return;
	mark_scroll(out, "Waivers");
	buf_adds(out, "<table><thead><tr><th scope=\"col\">Finding</th>"
	         "<th scope=\"col\">Object</th><th scope=\"col\">Status</th>"
	         "<th scope=\"col\">Reason</th><th scope=\"col\">Owner</th>"
	         "<th scope=\"col\">Until</th></tr></thead>\n<tbody>\n");
	for (; n < PAGE_WAIVED &&
	     (row = page_row_at(p, p->f->rule_count, n)); n++)
		put_row(out, p, row);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
	if (n < all) {
		buf_addf(out, "<p class=\"soft\">%zu of ", n);
		mark_count(out, all, "finding", "findings");
		buf_adds(out, "; all are in findings.csv.</p>\n");
	}
}

void
part_waivers(struct buf *out, const struct report_page *p)
{
	if (!page_has_waivers(p))
		return;
	mark_section(out, "waivers", "Waived, planned and false positives",
	             "Waived findings and false positives stay visible but are "
	             "not counted as open; they count for readiness, because "
	             "what is accepted is not fixed. Planned ones are "
	             "counted.");
	put_file_counts(out, &p->f->waivers);
	put_fates(out, &p->f->waivers);
	put_rows(out, p);
	mark_section_end(out);
}
