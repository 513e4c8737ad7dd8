/* The trend: a line, and the same numbers as a table. */
#include "report/html_trend.h"

#include <inttypes.h>
#include <stdbool.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/html.h"
#include "report/trend_table.h"
#include "report/view.h"

/* The picture, in its own units. */
enum {
	RUNS_SHOWN = 12, WIDTH = 720, HEIGHT = 170,
	LEFT = 40, RIGHT = 40, TOP = 30, BOTTOM = 35,
};

/* What the line shows: findings where no readiness is known. */
enum series { SERIES_BLOCKED, SERIES_WORST };

static const char *const series_titles[] = {
	[SERIES_BLOCKED] = "Blocked objects",
	[SERIES_WORST] = "Open findings of severity critical and high",
};

struct line_shown {
	const struct trend_run *runs;
	size_t count;
	enum series series;
	uint64_t most;
};

static uint64_t
value_of(const struct line_shown *l, size_t i)
{
	const struct trend_run *r = &l->runs[i];

	return l->series == SERIES_BLOCKED
		? r->by_readiness[READINESS_BLOCKED]
		: r->by_severity[SEVERITY_CRITICAL] +
		  r->by_severity[SEVERITY_HIGH];
}

static struct line_shown
line_of(const struct trend *t)
{
	size_t skip = t->count > RUNS_SHOWN ? t->count - RUNS_SHOWN : 0;
	struct line_shown l = {
		.runs = t->runs + skip, .count = t->count - skip, .most = 1,
	};
	struct buf cell = { 0 };

	for (size_t i = 0; i < l.count; i++) {
		buf_clear(&cell);
		trend_cell(&cell, &l.runs[i], TREND_BLOCKED);
		if (!cell.len)
			l.series = SERIES_WORST;
	}
	for (size_t i = 0; i < l.count; i++)
		if (value_of(&l, i) > l.most)
			l.most = value_of(&l, i);
	buf_release(&cell);
	return l;
}

static double
x_of(const struct line_shown *l, size_t i)
{
	return LEFT + (double)(WIDTH - LEFT - RIGHT) * (double)i /
		(double)(l->count - 1);
}

static double
y_of(const struct line_shown *l, size_t i)
{
	return HEIGHT - BOTTOM - (double)(HEIGHT - TOP - BOTTOM) *
		(double)value_of(l, i) / (double)l->most;
}

static void
put_point(struct buf *out, const struct line_shown *l, size_t i)
{
	double x = x_of(l, i), y = y_of(l, i);
	char day[WHEN_TEXT];

	when_format_day(l->runs[i].as_of, day);
	if (i)
		buf_addf(out, "<line%s x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" "
		         "y2=\"%.1f\"/>\n",
		         trend_break(&l->runs[i - 1], &l->runs[i])
		         ? " class=\"broken\"" : "",
		         x_of(l, i - 1), y_of(l, i - 1), x, y);
	buf_addf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"/>\n"
	         "<text x=\"%.1f\" y=\"%.1f\">%" PRIu64 "</text>\n"
	         "<text class=\"day\" x=\"%.1f\" y=\"%d\">%s</text>\n", x, y,
	         x, y - 9, value_of(l, i), x, HEIGHT - 12, day);
}

/* Who cannot see it reads the table. */
static void
put_picture(struct buf *out, const struct line_shown *l)
{
	buf_addf(out, "<svg class=\"trend\" viewBox=\"0 0 %d %d\" role=\"img\" "
	         "aria-label=\"%s, run by run; the numbers are in the table "
	         "below\">\n<line class=\"axis\" x1=\"%d\" y1=\"%d\" "
	         "x2=\"%d\" y2=\"%d\"/>\n", WIDTH, HEIGHT,
	         series_titles[l->series], LEFT / 2, HEIGHT - BOTTOM,
	         WIDTH - RIGHT / 2, HEIGHT - BOTTOM);
	for (size_t i = 0; i < l->count; i++)
		put_point(out, l, i);
	buf_adds(out, "</svg>\n");
}

static void
put_head(struct buf *out)
{
	buf_adds(out, "<table class=\"trend\">\n<thead><tr>");
	for (int c = 0; c < TREND_COLUMNS; c++) {
		buf_addf(out, "<th scope=\"col\"%s>", c ? " class=\"number\""
		         : "");
		html_text(out, trend_title((enum trend_column)c));
		buf_adds(out, "</th>");
	}
	buf_adds(out, "</tr></thead>\n<tbody>\n");
}

static void
put_row(struct buf *out, const struct trend_run *run, const char *why)
{
	struct buf cell = { 0 };

	buf_adds(out, "<tr>");
	for (int c = 0; c < TREND_COLUMNS; c++) {
		buf_clear(&cell);
		trend_cell(&cell, run, (enum trend_column)c);
		buf_adds(out, c ? "<td class=\"number\" data-name=\""
		         : "<th scope=\"row\" data-name=\"");
		html_text(out, trend_title((enum trend_column)c));
		buf_adds(out, "\">");
		html_text(out, cell.len ? cell.data : "\xe2\x80\x93");
		buf_adds(out, c ? "</td>" : "</th>");
	}
	buf_adds(out, "</tr>\n");
	if (why) {
		buf_addf(out, "<tr><td colspan=\"%d\"><small>Not comparable "
		         "with the run before: ", TREND_COLUMNS);
		html_text(out, why);
		buf_adds(out, ".</small></td></tr>\n");
	}
	buf_release(&cell);
}

static void
put_table(struct buf *out, const struct trend *t)
{
	put_head(out);
	for (size_t i = 0; i < t->count; i++)
		put_row(out, &t->runs[i], i ? trend_break(&t->runs[i - 1],
		                                          &t->runs[i]) : NULL);
	buf_adds(out, "</tbody>\n</table>\n");
}

static void
put_trend(struct buf *out, const struct trend *t)
{
	struct line_shown l = line_of(t);
	bool broken = false;

	for (size_t i = 1; i < l.count; i++)
		broken = broken || trend_break(&l.runs[i - 1], &l.runs[i]);
	buf_addf(out, "<h2>Run by run</h2>\n<figure class=\"trend\">\n"
	         "<figcaption>%s%s</figcaption>\n", series_titles[l.series],
	         broken ? "; dashed: what was looked at changed, so that a "
	         "fall is no progress by itself" : "");
	put_picture(out, &l);
	buf_adds(out, "</figure>\n");
	put_table(out, t);
}

int
html_trend(struct buf *out, const struct view *v, struct err *err)
{
	struct trend t;
	int rc = trend_read(&t, v->findings, err);

	if (rc == 0 && t.count > 1)
		put_trend(out, &t);
	trend_release(&t);
	return rc;
}
