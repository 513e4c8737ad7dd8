/* Dates on the first page: past ones in red, soon ones in amber. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

static const char *const whys[DEADLINE_KINDS] = {
	[DEADLINE_RESTORE] = "After this day mailbox and account are gone.",
	[DEADLINE_ENGINE] = "Sync engine.",
	[DEADLINE_EXCHANGE] = "Exchange server.",
	[DEADLINE_WAIVER] = "The waiver ends.",
};

static void
put_when(struct buf *out, const struct page_deadline *d, long long days)
{
	char day[WHEN_TEXT];

	when_format_day(d->date, day);
	buf_addf(out, "<li%s><time datetime=\"%s\">", days < 0
	         ? " class=\"past\"" : days <= PAGE_SOON ? " class=\"soon\""
	         : "", day);
	mark_day(out, d->date);
	buf_adds(out, "<span class=\"left\">");
	if (!days) {
		buf_adds(out, "today");
	} else {
		buf_adds(out, days < 0 ? "" : "in ");
		mark_count(out, (uint64_t)llabs(days), "day", "days");
		buf_adds(out, days < 0 ? " ago" : "");
	}
	buf_adds(out, "</span></time>");
}

/* The object, which has the link, or what the rule says. */
static void
put_what(struct buf *out, const struct report_page *p,
         const struct page_deadline *d)
{
	char *name = page_name(d->dn, d->label);
	bool managed = p->audience == AUDIENCE_MANAGEMENT;
	bool linked = d->guid && !managed;

	buf_adds(out, "<span>");
	if (managed && d->kind == DEADLINE_RESTORE) {
		buf_adds(out, "Restore an account");
	} else if (managed && d->kind == DEADLINE_WAIVER) {
		buf_adds(out, "A waived finding");
	} else if (d->kind == DEADLINE_RESTORE || d->kind == DEADLINE_WAIVER) {
		buf_adds(out, d->kind == DEADLINE_RESTORE ? "Restore "
		         : "Waived: ");
		if (linked) {
			buf_adds(out, "<a href=\"#");
			esc_frag(out, "object", d->guid);
			buf_adds(out, "\">");
		}
		mark_name(out, name);
		buf_adds(out, linked ? "</a>" : "");
	} else {
		const struct rule_result *r = findings_rule(p->f, d->rule);

		esc_html(out, r ? r->title : d->rule);
	}
	mark_element(out, "span class=\"sub\"", whys[d->kind]);
	buf_adds(out, "</span></li>\n");
	free(name);
}

void
part_dates(struct buf *out, const struct report_page *p)
{
	struct page_deadline all[DEADLINES_SHOWN];
	size_t n = deadlines_sorted(&p->deadlines, all);

	if (!n)
		return;
	buf_adds(out, "<div class=\"block\"><h3 id=\"dates\">Dates</h3>"
	         "<ul class=\"dates\">\n");
	for (size_t i = 0; i < n; i++) {
		put_when(out, &all[i], all[i].date / WHEN_DAY -
		         p->f->as_of / WHEN_DAY);
		put_what(out, p, &all[i]);
	}
	buf_adds(out, "</ul>");
	if (p->deadlines.all > n) {
		buf_adds(out, "<p class=\"small soft\">");
		mark_number(out, p->deadlines.all - n);
		buf_adds(out, " more in findings.csv.</p>");
	}
	buf_adds(out, "</div>\n");
}
