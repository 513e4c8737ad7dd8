/* What each wave waits for, and who claims what across two of them. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"
#include "report/page/waves.h"

enum { WAITS_SHOWN = 5, ROWS_NAMED = 10 };

/* The cause that most blocked objects of the wave wait for, below LESS. */
static long
next_wait(const struct wave *w, size_t causes, const bool *told)
{
	long best = -1;

	for (size_t i = 0; i < causes; i++)
		if (w->waits[i] && !told[i] &&
		    (best < 0 || w->waits[i] > w->waits[best]))
			best = (long)i;
	return best;
}

static void
put_wait(struct buf *out, const struct report_page *p, const struct wave *w,
         long at)
{
	buf_adds(out, "<li>");
	if ((size_t)at < p->causes.count) {
		const struct cause *c = &p->causes.items[at];
		const char *colon = strstr(c->title, ": ");

		buf_adds(out, "<a href=\"#");
		esc_frag(out, "cause", c->id);
		buf_adds(out, "\">");
		esc_value(out, colon ? colon + 2 : c->title, ESC_TEXT);
		buf_adds(out, "</a>");
	} else {
		buf_adds(out, "other causes");
	}
	buf_adds(out, ": ");
	mark_count(out, w->waits[at], "object", "objects");
	buf_adds(out, "</li>");
}

static void
put_waits(struct buf *out, const struct report_page *p, const struct wave *w)
{
	size_t causes = p->causes.count + 1, n = 0, more = 0;
	bool *told = xcalloc(causes, sizeof(*told));
	long at;

	while ((at = next_wait(w, causes, told)) >= 0) {
		told[at] = true;
		if (n == WAITS_SHOWN) {
			more++;
			continue;
		}
		buf_adds(out, n++ ? "" : "<ul class=\"small\">");
		put_wait(out, p, w, at);
	}
	if (more) {
		buf_adds(out, "<li>");
		mark_count(out, more, "more cause", "more causes");
		buf_adds(out, "</li>");
	}
	buf_adds(out, n ? "</ul>" : w->by[READINESS_NOT_KNOWN]
	         ? "nothing that is known" : "nothing");
	free(told);
}

static void
put_wave(struct buf *out, const struct report_page *p, const struct wave *w)
{
	buf_adds(out, "<tr><th scope=\"row\">");
	mark_name(out, w->name);
	buf_adds(out, "</th><td class=\"keep\">");
	if (w->date)
		mark_time_of(out, w->date);
	buf_adds(out, "</td><td>");
	mark_bar(out, w->by, BAR_IN_TABLE);
	buf_adds(out, "</td>");
	for (int i = 0; i < 4; i++)
		mark_cell_number(out, NULL, w->by[mark_order[i]]);
	mark_cell_number(out, NULL, w->by[READINESS_OUT_OF_SCOPE]);
	mark_cell_number(out, NULL, w->objects);
	buf_adds(out, "<td>");
	put_waits(out, p, w);
	buf_adds(out, "</td></tr>\n");
}

/* Rows that call no object, or several, are no part of what is counted. */
static void
put_rows(struct buf *out, const struct wave_plan *w, bool several)
{
	uint64_t n = 0;

	for (size_t i = 0; i < w->row_count; i++) {
		const struct wave_row *r = &w->rows[i];

		if (several ? r->matches < 2 : r->matches != 0)
			continue;
		if (n++ < ROWS_NAMED) {
			buf_adds(out, n == 1 ? several
			         ? "<p>Called like several objects, all of "
			         "which count: " : "<p>No object has this "
			         "name, address or DN: " : ", ");
			mark_value(out, r->object, NULL);
			buf_addf(out, " (line %llu)",
			         (unsigned long long)r->line);
		}
	}
	if (n > ROWS_NAMED) {
		buf_adds(out, ", and ");
		mark_number(out, n - ROWS_NAMED);
		buf_adds(out, " more");
	}
	buf_adds(out, n ? ".</p>\n" : "");
}

static void
put_wave_name(struct buf *out, const struct wave_plan *w, uint32_t wave)
{
	if (wave == WAVE_NONE)
		buf_adds(out, "no wave");
	else
		mark_name(out, w->waves[wave].name);
}

static void
put_claims(struct buf *out, const struct report_page *p)
{
	const struct wave_plan *w = p->waves;
	size_t n = 0;

	for (size_t i = 0; i < w->claim_count; i++) {
		const struct wave_claim *c = &w->claims[i];
		uint32_t one = waves_of(w, c->object);
		uint32_t two = waves_of(w, c->other);

		/* Each of the two says it. */
		if (one == two || c->object > c->other ||
		    p->changes[c->change].objects < 2 || n++ >= PAGE_SHOWN)
			continue;
		buf_adds(out, n == 1 ? "<p>Claimed across waves: " : "; ");
		mark_value(out, c->value, c->attribute);
		buf_adds(out, " (");
		put_wave_name(out, w, one);
		buf_adds(out, ", ");
		put_wave_name(out, w, two);
		buf_addc(out, ')');
	}
	if (n > PAGE_SHOWN)
		buf_addf(out, "; and %zu more", n - PAGE_SHOWN);
	buf_adds(out, n ? ".</p>\n" : "");
}

void
part_waves(struct buf *out, const struct report_page *p)
{
	const struct wave_plan *w = p->waves;

	if (!w)
		return;
	mark_section(out, "waves", "Migration waves", "As planned by the "
	             "project; each waits for what blocks its objects.");
	mark_scroll(out, "Table of waves");
	buf_adds(out, "<table><thead><tr><th scope=\"col\">Wave</th>"
	         "<th scope=\"col\">Date</th>"
	         "<th scope=\"col\"><span class=\"vh\">Share</span></th>"
	         "<th scope=\"col\" class=\"num\">Blocked</th>"
	         "<th scope=\"col\" class=\"num\">Warnings</th>"
	         "<th scope=\"col\" class=\"num\">Not known</th>"
	         "<th scope=\"col\" class=\"num\">Ready</th>"
	         "<th scope=\"col\" class=\"num\">Out of scope</th>"
	         "<th scope=\"col\" class=\"num\">Objects</th>"
	         "<th scope=\"col\">It waits for</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < w->count; i++)
		put_wave(out, p, &w->waves[i]);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
	put_claims(out, p);
	put_rows(out, w, false);
	put_rows(out, w, true);
	mark_section_end(out);
}
