/* The line of blocked objects, run by run. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

/* The picture, in its own units. */
enum {
	WIDTH = 400, HEIGHT = 150,
	LEFT = 48, RIGHT = 22, TOP = 22, BOTTOM = 26,
};

/* What the line shows: findings where no readiness is known. */
enum line_of { LINE_BLOCKED, LINE_WORST };

struct run_line {
	const struct trend_run *runs;
	size_t count;
	enum line_of of;
	uint64_t top;
};

static uint64_t
value_of(const struct run_line *l, size_t i)
{
	const struct trend_run *r = &l->runs[i];

	return l->of == LINE_BLOCKED ? r->by_readiness[READINESS_BLOCKED]
		: r->by_severity[SEVERITY_CRITICAL] +
		  r->by_severity[SEVERITY_HIGH];
}

static bool
has_readiness(const struct trend_run *r)
{
	for (int i = 0; i < READINESS_COUNT; i++)
		if (r->by_readiness[i])
			return true;
	return false;
}

static struct run_line
line_of(const struct trend *t)
{
	size_t skip = t->count > PAGE_RUNS ? t->count - PAGE_RUNS : 0;
	struct run_line l = {
		.runs = t->runs + skip, .count = t->count - skip, .top = 1,
	};
	uint64_t step = 1;

	for (size_t i = 0; i < l.count; i++)
		if (!has_readiness(&l.runs[i]))
			l.of = LINE_WORST;
	for (size_t i = 0; i < l.count; i++)
		if (value_of(&l, i) > l.top)
			l.top = value_of(&l, i);
	while (l.top / step >= 10)
		step *= 10;
	l.top = (l.top + step - 1) / step * step;
	return l;
}

static double
x_of(const struct run_line *l, size_t i)
{
	return LEFT + 12 + (double)(WIDTH - LEFT - RIGHT - 12) * (double)i /
		(double)(l->count - 1);
}

static double
y_of(const struct run_line *l, uint64_t value)
{
	return TOP + (HEIGHT - TOP - BOTTOM) *
		(1 - (double)value / (double)l->top);
}

static void
put_grid(struct buf *out, const struct run_line *l)
{
	const uint64_t marks[] = { 0, l->top };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		double y = y_of(l, marks[i]);

		buf_addf(out, "<line class=\"grid\" x1=\"%d\" x2=\"%d\" "
		         "y1=\"%.1f\" y2=\"%.1f\"/><text class=\"ax\" "
		         "x=\"%d\" y=\"%.1f\" text-anchor=\"end\">",
		         LEFT, WIDTH, y, y, LEFT - 6, y + 4);
		mark_number(out, marks[i]);
		buf_adds(out, "</text>");
	}
}

/* A dashed line stands where the runs cannot be compared. */
static void
put_point(struct buf *out, const struct run_line *l, size_t i)
{
	double x = x_of(l, i), y = y_of(l, value_of(l, i));
	bool all = l->count <= 6;

	if (i && trend_break(&l->runs[i - 1], &l->runs[i]))
		buf_addf(out, "<line class=\"cut2\" x1=\"%.1f\" x2=\"%.1f\" "
		         "y1=\"%d\" y2=\"%d\"/>", (x + x_of(l, i - 1)) / 2,
		         (x + x_of(l, i - 1)) / 2, TOP, HEIGHT - BOTTOM);
	buf_addf(out, "<circle class=\"pt\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>"
	         "<text class=\"lb\" x=\"%.1f\" y=\"%.1f\" "
	         "text-anchor=\"middle\">", x, y, x, y - 9);
	mark_number(out, value_of(l, i));
	buf_adds(out, "</text>");
	if (!all && i && i != l->count - 1)
		return;
	buf_addf(out, "<text class=\"ax\" x=\"%.1f\" y=\"%d\" "
	         "text-anchor=\"%s\">", x, HEIGHT - 6, !i ? "start"
	         : i == l->count - 1 ? "end" : "middle");
	mark_day(out, l->runs[i].as_of);
	buf_adds(out, "</text>");
}

static void
put_picture(struct buf *out, const struct run_line *l, const char *title)
{
	buf_addf(out, "<svg class=\"trend\" viewBox=\"0 0 %d %d\" role=\"img\" "
	         "aria-label=\"%s: ", WIDTH, HEIGHT, title);
	for (size_t i = 0; i < l->count; i++) {
		buf_adds(out, i ? ", " : "");
		mark_day(out, l->runs[i].as_of);
		buf_addc(out, ' ');
		mark_number(out, value_of(l, i));
	}
	buf_adds(out, "\">");
	put_grid(out, l);
	buf_adds(out, "<polyline class=\"ln\" points=\"");
	for (size_t i = 0; i < l->count; i++)
		buf_addf(out, "%s%.1f,%.1f", i ? " " : "", x_of(l, i),
		         y_of(l, value_of(l, i)));
	buf_adds(out, "\"/>");
	for (size_t i = 0; i < l->count; i++)
		put_point(out, l, i);
	buf_adds(out, "</svg>");
}

void
part_trend(struct buf *out, const struct report_page *p)
{
	struct run_line l;
	const char *title;
	bool broken = false;

	if (p->trend.count < 2)
		return;
	l = line_of(&p->trend);
	title = l.of == LINE_BLOCKED ? "Blocked objects by run"
		: "Critical and high findings by run";
	for (size_t i = 1; i < l.count; i++)
		broken = broken || trend_break(&l.runs[i - 1], &l.runs[i]);
	buf_addf(out, "<div class=\"block\"><h3>%s</h3>", title);
	put_picture(out, &l, title);
	buf_addf(out, "<p class=\"small soft\">%s%s</p></div>\n", broken
	         ? "Dashed: what was looked at changed, so that a fall is no "
	         "progress by itself. " : "", page_has_change(p)
	         ? "<a href=\"#change\">What changed</a>" : "");
}
