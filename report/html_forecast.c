/* What synchronization will do, and where readiness lacks. */
#include "report/html_forecast.h"

#include <inttypes.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/view.h"

enum { ROWS_MAX = 50 };

static const char *const actions[] = {
	[ACTION_CREATE] = "New accounts are made",
	[ACTION_MATCH] = "Cloud accounts are taken over",
	[ACTION_UPDATE] = "Accounts are changed",
	[ACTION_NONE] = "Nothing changes",
	[ACTION_DELETE] = "Accounts are deleted",
	[ACTION_RESTORE] = "Deleted accounts come back",
	[ACTION_BLOCKED] = "Not written: blocked",
	[ACTION_UNKNOWN] = "Not known: not collected",
};

static void
put_threshold(struct buf *out, const struct findings *f)
{
	struct deletions d = view_deletions(f);

	if (!d.threshold || !d.count)
		return;
	if (d.stop)
		buf_addf(out, "<p class=\"notice\"><strong>The export stops:"
		         "</strong> %" PRIu64 " deletions are more than the "
		         "threshold of %" PRIu64 " that prevents accidental "
		         "deletes. Nothing at all is exported until somebody "
		         "confirms them.</p>\n", d.count, d.threshold);
	else
		buf_addf(out, "<p>Deletions: %" PRIu64 " = %" PRIu64
		         " of objects that leave the scope + %" PRIu64
		         " of accounts without an object in AD. The export "
		         "stops when there are more than %" PRIu64 ".</p>\n",
		         d.count, f->by_action[ACTION_DELETE], f->orphans,
		         d.threshold);
}

static void
put_by_name(struct buf *out, const struct findings *f)
{
	if (f->joined_by_name)
		buf_addf(out, "<p>Joined by name: %" PRIu64 " %s, since no key "
		         "was collected of both sides. Ask the tenant for "
		         "onPremisesImmutableId, of groups for "
		         "onPremisesSecurityIdentifier, AD for objectGUID and "
		         "objectSid.</p>\n",
		         f->joined_by_name,
		         f->joined_by_name == 1 ? "object" : "objects");
}

static void
put_actions(struct buf *out, const struct findings *f)
{
	buf_adds(out, "<h2>What the next synchronization does</h2>\n");
	for (size_t i = 0; i < f->note_count; i++) {
		buf_adds(out, "<p class=\"notice\"><strong>");
		html_value(out, f->notes[i]);
		buf_adds(out, "</strong></p>\n");
	}
	buf_adds(out, "<table class=\"sums\">\n<thead><tr><th scope=\"col\">"
	         "Action</th><th scope=\"col\" class=\"number\">Objects</th>"
	         "</tr></thead>\n<tbody>\n");
	for (int i = 0; i < ACTION_COUNT; i++)
		if (f->by_action[i])
			buf_addf(out, "<tr><td>%s</td><td class=\"number\" "
			         "data-name=\"Objects\">%" PRIu64
			         "</td></tr>\n", actions[i],
			         f->by_action[i]);
	buf_adds(out, "</tbody>\n</table>\n");
	put_threshold(out, f);
	put_by_name(out, f);
}

static void
put_numbers(struct buf *out, const struct rollup_row *row)
{
	static const struct {
		enum readiness readiness;
		const char *title;
	} columns[] = {
		{ READINESS_READY, "Ready" }, { READINESS_WARNING, "Warning" },
		{ READINESS_NOT_KNOWN, "Not known" },
		{ READINESS_BLOCKED, "Blocked" },
		{ READINESS_OUT_OF_SCOPE, "Out of scope" },
	};

	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		buf_addf(out, "<td class=\"number\" data-name=\"%s\">%" PRIu64
		         "</td>", columns[i].title,
		         row->by[columns[i].readiness]);
	buf_addf(out, "<td class=\"number\" data-name=\"Objects\">%" PRIu64
	         "</td></tr>\n", rollup_objects(row));
}

static void
put_row(struct buf *out, const struct rollup_row *row)
{
	buf_adds(out, "<tr><td>");
	html_value(out, *row->name ? row->name : "(none)");
	buf_adds(out, "</td>");
	put_numbers(out, row);
}

static void
put_table(struct buf *out, const struct rollup_table *t, const char *title)
{
	struct rollup_row all = { 0 }, rest = { 0 };
	size_t shown = t->count <= ROWS_MAX ? t->count : ROWS_MAX;

	buf_addf(out, "<table class=\"sums\">\n<caption>By %s</caption>\n"
	         "<thead><tr><th scope=\"col\">Objects by</th>", title);
	buf_adds(out, "<th scope=\"col\" class=\"number\">Ready</th>"
	         "<th scope=\"col\" class=\"number\">Warning</th>"
	         "<th scope=\"col\" class=\"number\">Not known</th>"
	         "<th scope=\"col\" class=\"number\">Blocked</th>"
	         "<th scope=\"col\" class=\"number\">Out of scope</th>"
	         "<th scope=\"col\" class=\"number\">= Objects</th></tr>"
	         "</thead>\n<tbody>\n");
	for (size_t i = 0; i < t->count; i++)
		for (int k = 0; k < READINESS_COUNT; k++) {
			all.by[k] += t->rows[i].by[k];
			if (i >= shown)
				rest.by[k] += t->rows[i].by[k];
		}
	for (size_t i = 0; i < shown; i++)
		put_row(out, &t->rows[i]);
	if (shown < t->count) {
		buf_addf(out, "<tr><td>%zu more</td>", t->count - shown);
		put_numbers(out, &rest);
	}
	buf_adds(out, "</tbody>\n<tfoot><tr><td>All</td>");
	put_numbers(out, &all);
	buf_adds(out, "</tfoot>\n</table>\n");
}

void
html_forecast(struct buf *out, const struct view *v)
{
	static const char *const titles[] = {
		[ROLLUP_CLASS] = "class", [ROLLUP_DOMAIN] = "domain",
		[ROLLUP_CONTAINER] = "OU or container",
	};

	if (!v->findings->forecast_count)
		return;
	put_actions(out, v->findings);
	buf_adds(out, "<h2>Where it is ready, and where not</h2>\n");
	for (int i = 0; i < ROLLUP_COUNT; i++)
		put_table(out, &v->rollup.tables[i], titles[i]);
}
