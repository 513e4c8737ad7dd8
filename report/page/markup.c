/* All text goes through the escapes. */
#include "report/page/markup.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/number.h"
#include "report/page/escape.h"

void
mark_number(struct buf *out, uint64_t n)
{
	char text[NUMBER_TEXT];

	buf_adds(out, number_grouped(n, text));
}

void
mark_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
	mark_number(out, n);
	buf_addf(out, " %s", n == 1 ? one : many);
}

void
mark_cell_number(struct buf *out, const char *name, uint64_t n)
{
	buf_adds(out, "<td class=\"num\"");
	if (name)
		buf_addf(out, " data-n=\"%s\"", name);
	buf_addc(out, '>');
	mark_number(out, n);
	buf_adds(out, "</td>");
}

void
mark_day(struct buf *out, when_t t)
{
	static const char *const months[] = {
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
		"Oct", "Nov", "Dec",
	};
	char day[WHEN_TEXT];
	int y, m, d;

	when_format_day(t, day);
	if (sscanf(day, "%d-%d-%d", &y, &m, &d) == 3 && m >= 1 && m <= 12)
		buf_addf(out, "%d %s %d", d, months[m - 1], y);
	else
		esc_html(out, day);
}

void
mark_time(struct buf *out, when_t t)
{
	char text[WHEN_TEXT];

	if (t == WHEN_NONE) {
		buf_adds(out, "not known");
		return;
	}
	when_format(t, text);
	buf_addf(out, "<time datetime=\"%s\">", text);
	mark_day(out, t);
	buf_adds(out, "</time>");
}

void
mark_time_of(struct buf *out, const char *text)
{
	when_t t;

	if (text && when_from_iso(&t, text) == 0)
		mark_time(out, t);
	else
		esc_value(out, text, ESC_TEXT);
}

void
mark_severity(struct buf *out, enum severity s)
{
	static const char *const names[SEVERITY_COUNT] = {
		[SEVERITY_CRITICAL] = "Critical", [SEVERITY_HIGH] = "High",
		[SEVERITY_MEDIUM] = "Medium", [SEVERITY_LOW] = "Low",
		[SEVERITY_INFO] = "Info",
	};

	buf_addf(out, "<span class=\"sev %s\">%s</span>", severity_name(s),
	         names[s]);
}

void
mark_element(struct buf *out, const char *tag, const char *text)
{
	size_t name = strcspn(tag, " ");

	buf_addf(out, "<%s>", tag);
	esc_html(out, text);
	buf_addf(out, "</%.*s>", (int)name, tag);
}

void
mark_value(struct buf *out, const char *value, const char *attribute)
{
	buf_adds(out, "<span class=\"v\">");
	esc_value(out, value, esc_mode_of(attribute));
	buf_adds(out, "</span>");
}

void
mark_name(struct buf *out, const char *name)
{
	buf_adds(out, "<span class=\"nm\">");
	esc_value(out, name, ESC_TEXT);
	buf_adds(out, "</span>");
}

/* Lines may break behind a slash. */
void
mark_path(struct buf *out, const char *path)
{
	buf_adds(out, "<bdi>");
	while (*path) {
		size_t len = strcspn(path, "/");

		esc_visible(out, path, len, ESC_TEXT);
		path += len;
		if (*path) {
			buf_adds(out, "/<wbr>");
			path++;
		}
	}
	buf_adds(out, "</bdi>");
}

void
mark_source(struct buf *out, const char *source)
{
	size_t len = source ? strcspn(source, " ") : 0;
	struct buf href = { 0 };

	if (source && esc_url(&href, source, len)) {
		buf_addf(out, "<a href=\"%s\" rel=\"noreferrer\">%s</a>",
		         href.data, href.data + strlen("https://"));
		esc_html(out, source + len);
	} else {
		esc_html(out, source);
	}
	buf_release(&href);
}

/* ---- readiness ---- */

const enum readiness mark_order[4] = {
	READINESS_BLOCKED, READINESS_WARNING, READINESS_NOT_KNOWN,
	READINESS_READY,
};

enum { BAR_STATES = 4 };

const char *
mark_ready(enum readiness r)
{
	static const char *const names[READINESS_COUNT] = {
		[READINESS_BLOCKED] = "blocked",
		[READINESS_WARNING] = "ready with warnings",
		[READINESS_NOT_KNOWN] = "not known",
		[READINESS_READY] = "ready",
		[READINESS_OUT_OF_SCOPE] = "out of scope",
	};

	return names[r];
}

static void
put_label(struct buf *out, const uint64_t by[READINESS_COUNT])
{
	const char *before = "";

	for (int i = 0; i < BAR_STATES; i++) {
		if (!by[mark_order[i]])
			continue;
		buf_adds(out, before);
		mark_number(out, by[mark_order[i]]);
		buf_addf(out, " %s", mark_ready(mark_order[i]));
		before = ", ";
	}
	if (!*before)
		buf_adds(out, "no objects");
}

void
mark_bar(struct buf *out, const uint64_t by[READINESS_COUNT],
         enum bar_kind kind)
{
	uint64_t total = 0;
	double x = 0;

	for (int i = 0; i < BAR_STATES; i++)
		total += by[mark_order[i]];
	buf_addf(out, "<svg class=\"bar%s\" viewBox=\"0 0 1000 28\" "
	         "preserveAspectRatio=\"none\" ",
	         kind == BAR_LARGE ? "" : " thin");
	if (kind == BAR_LARGE) {
		buf_adds(out, "role=\"img\" aria-label=\"");
		put_label(out, by);
		buf_adds(out, "\">");
	} else {
		buf_adds(out, "aria-hidden=\"true\">");
	}
	for (int i = 0; i < BAR_STATES; i++) {
		double w = total ? 1000.0 * (double)by[mark_order[i]] /
			(double)total : 0;

		if (by[mark_order[i]])
			buf_addf(out, "<rect class=\"f-%s\" x=\"%.1f\" y=\"0\" "
			         "width=\"%.1f\" height=\"28\"/>",
			         readiness_name(mark_order[i]), x,
			         w > 5 ? w - 3 : 2);
		x += w;
	}
	buf_adds(out, "</svg>");
}

/* ---- frames ---- */

void
mark_scroll(struct buf *out, const char *label)
{
	buf_adds(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
	         "aria-label=\"");
	esc_html(out, label);
	buf_adds(out, "\">");
}

void
mark_scroll_end(struct buf *out)
{
	buf_adds(out, "</div>\n");
}

void
mark_section(struct buf *out, const char *id, const char *title,
             const char *intro)
{
	buf_addf(out, "<section id=\"%s\" aria-labelledby=\"h-%s\">\n"
	         "<h2 id=\"h-%s\">", id, id, id);
	esc_html(out, title);
	buf_adds(out, "</h2>\n");
	if (intro)
		mark_element(out, "p class=\"soft\"", intro);
}

void
mark_section_end(struct buf *out)
{
	buf_adds(out, "</section>\n");
}

void
mark_reason(struct buf *out, const char *reason)
{
	struct reason_part part;

	if (reason_parts(reason) <= 1) {
		esc_value(out, reason, ESC_TEXT);
		return;
	}
	buf_adds(out, "<ul>");
	while (reason_next(&reason, &part)) {
		buf_adds(out, "<li><bdi>");
		esc_visible(out, part.text, part.len, ESC_TEXT);
		buf_adds(out, "</bdi></li>");
	}
	buf_adds(out, "</ul>");
}
