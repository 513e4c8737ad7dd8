/* What synchronization will do, and where readiness lacks. */
#include "report/html_forecast.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "report/html.h"
#include "report/html_forests.h"
#include "report/view.h"

enum { ROWS_MAX = 50, ROWS_EACH = 10 };

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

/* What stops: the server, or the configuration of a domain. */
static void
put_stops(struct buf *out, const struct deletion_run *r)
{
	if (r->by == DELETIONS_BY_SERVER) {
		buf_adds(out, "The export stops");
		return;
	}
	buf_adds(out, "Cloud Sync quarantines the configuration of ");
	html_text(out, r->domain_count ? r->domains[0]
	          : "domains that are not known");
}

/* What nobody said is a default, which may have been changed. */
static const char *
from_text(const struct deletion_run *r)
{
	return r->from == THRESHOLD_POLICY ? "by the policy"
		: r->from == THRESHOLD_TENANT ? "by the tenant"
		: "the default: what is set was not collected";
}

static void
put_percent(struct buf *out, const struct deletion_run *r)
{
	put_stops(out, r);
	buf_addf(out, " when they are more than %" PRIu64 " %% of the objects "
	         "(%s); that was not compared.</p>\n", r->percent,
	         from_text(r));
}

static void
put_threshold(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);

	if ((!d.threshold && !r->percent) || !d.count)
		return;
	if (d.stop) {
		buf_adds(out, "<p class=\"notice\"><strong>");
		put_stops(out, r);
		buf_addf(out, ":</strong> %" PRIu64 " deletions are more than "
		         "the threshold of %" PRIu64 " that prevents "
		         "accidental deletes (%s). Nothing at all is exported "
		         "until somebody confirms them.</p>\n", d.count,
		         d.threshold, from_text(r));
		return;
	}
	buf_addf(out, "<p>Deletions: %" PRIu64 " = %" PRIu64
	         " of objects that leave the scope + %" PRIu64
	         " of accounts without an object in AD. ",
	         d.count, r->leaving, r->orphans);
	if (r->percent) {
		put_percent(out, r);
		return;
	}
	put_stops(out, r);
	buf_addf(out, " when there are more than %" PRIu64 " (%s).</p>\n",
	         d.threshold, from_text(r));
}

static void
put_members(struct buf *out, const struct findings *f)
{
	struct buf text = { 0 };

	if (view_members(f, &text))
		buf_addf(out, "<p>Group members: %s.</p>\n", text.data);
	buf_release(&text);
}

static void
put_model(struct buf *out, const struct findings *f)
{
	struct buf text = { 0 };

	if (model_tell(&f->model, &text))
		buf_addf(out, "<p>The forecast: %s.</p>\n", text.data);
	buf_release(&text);
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
put_actions(struct buf *out, const struct view *v)
{
	const struct findings *f = v->findings;

	buf_adds(out, "<h2>What the next synchronization does</h2>\n");
	for (size_t i = 0; i < f->note_count; i++) {
		buf_adds(out, "<p class=\"notice\"><strong>");
		html_value(out, f->notes[i]);
		buf_adds(out, "</strong></p>\n");
	}
	buf_adds(out, "<table class=\"sums\">\n<thead><tr><th scope=\"col\">"
	         "Action</th><th scope=\"col\" class=\"number\">Objects</th>"
	         "</tr></thead>\n<tbody>\n");
	for (int i = 0; i < ACTION_COUNT; i++) {
		if (!f->by_action[i])
			continue;
		buf_addf(out, "<tr><td>%s</td><td class=\"number\" "
		         "data-name=\"Objects\">%" PRIu64, actions[i],
		         f->by_action[i]);
		html_forest_actions(out, v, (enum action)i);
		buf_adds(out, "</td></tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n");
	for (size_t i = 0; i < f->deletion_run_count; i++)
		put_threshold(out, &f->deletion_runs[i]);
	put_members(out, f);
	put_model(out, f);
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
put_row(struct buf *out, const struct view *v, const struct rollup_row *row)
{
	html_forest_row(out, v, row->forest);
	buf_adds(out, "<td>");
	html_value(out, *row->name ? row->name : "(none)");
	buf_adds(out, "</td>");
	html_forest_cell(out, v, row->forest);
	put_numbers(out, row);
}

static void
put_head(struct buf *out, const struct view *v, const char *title)
{
	buf_addf(out, "<table class=\"sums%s\">\n<caption>By %s</caption>\n"
	         "<thead><tr><th scope=\"col\">Objects by</th>",
	         forests_several(&v->forests) ? " forests" : "", title);
	html_forest_head(out, v);
	buf_adds(out, "<th scope=\"col\" class=\"number\">Ready</th>"
	         "<th scope=\"col\" class=\"number\">Warning</th>"
	         "<th scope=\"col\" class=\"number\">Not known</th>"
	         "<th scope=\"col\" class=\"number\">Blocked</th>"
	         "<th scope=\"col\" class=\"number\">Out of scope</th>"
	         "<th scope=\"col\" class=\"number\">= Objects</th></tr>"
	         "</thead>\n<tbody>\n");
}

/* Rows added up, and how many they are. */
struct sum {
	struct rollup_row row;
	size_t count;
};

/* The number of a forest, or of all that there are. */
#define ALL_FORESTS SIZE_MAX

static void
sum_add(struct sum *sum, const struct rollup_row *row)
{
	sum->count++;
	for (int k = 0; k < READINESS_COUNT; k++)
		sum->row.by[k] += row->by[k];
}

/* What is of all forests goes when the filter chooses one. */
static void
put_sum(struct buf *out, const struct view *v, const struct sum *sum,
        const char *label, size_t forest)
{
	bool several = forests_several(&v->forests);

	if (several && forest == ALL_FORESTS)
		buf_adds(out, "<tr data-forest=\"all\">");
	else if (several)
		buf_addf(out, "<tr data-forest=\"%zu\">", forest);
	else
		buf_adds(out, "<tr>");
	buf_addf(out, "<td>%s</td>", label);
	if (several)
		html_cell(out, "Forest", forest == ALL_FORESTS ? "all"
		          : forests_name(&v->forests, forest));
	put_numbers(out, &sum->row);
}

static void
put_rest(struct buf *out, const struct view *v, const struct sum *rest,
         size_t forest)
{
	struct buf label = { 0 };

	buf_addf(&label, "%zu more", rest->count);
	put_sum(out, v, rest, buf_text(&label), forest);
	buf_release(&label);
}

/* A table's rows that are not shown, and all, by number of the forest. */
struct sums {
	struct sum *rest, *all, total;
	size_t places;
};

static struct sums
sums_new(const struct view *v)
{
	size_t places = forests_several(&v->forests) ? v->forests.count + 1 : 1;

	return (struct sums){
		.rest = xcalloc(places, sizeof(struct sum)),
		.all = xcalloc(places, sizeof(struct sum)), .places = places,
	};
}

/* The first rows are shown, and the first of each forest. */
static void
put_rows(struct buf *out, const struct view *v, const struct rollup_table *t,
         struct sums *s)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct rollup_row *row = &t->rows[i];
		size_t place = forests_several(&v->forests)
			? forests_number(&v->forests, row->forest) : 0;

		if (i < ROWS_MAX || s->all[place].count < ROWS_EACH)
			put_row(out, v, row);
		else
			sum_add(&s->rest[place], row);
		sum_add(&s->all[place], row);
		sum_add(&s->total, row);
	}
}

static void
put_table(struct buf *out, const struct view *v, const struct rollup_table *t,
          const char *title)
{
	bool several = forests_several(&v->forests);
	struct sums s = sums_new(v);

	put_head(out, v, title);
	put_rows(out, v, t, &s);
	for (size_t i = 0; i < s.places; i++)
		if (s.rest[i].count)
			put_rest(out, v, &s.rest[i], several ? i : ALL_FORESTS);
	buf_adds(out, "</tbody>\n<tfoot>");
	for (size_t i = 0; several && i < s.places; i++)
		if (s.all[i].count)
			put_sum(out, v, &s.all[i], "All", i);
	put_sum(out, v, &s.total, "All", ALL_FORESTS);
	buf_adds(out, "</tfoot>\n</table>\n");
	free(s.rest);
	free(s.all);
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
	put_actions(out, v);
	buf_adds(out, "<h2>Where it is ready, and where not</h2>\n");
	for (int i = 0; i < ROLLUP_COUNT; i++)
		put_table(out, v, &v->rollup.tables[i], titles[i]);
}
