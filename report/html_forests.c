/*
 * What filters has data-forest, with the numbers of the forests that it is
 * about. A list of the page chooses one; the style sheet hides the others, so
 * that no script is needed.
 */
#include "report/html_forests.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/html_link.h"
#include "report/view.h"

/* ---- the first screen ---- */

void
html_forest_told(struct buf *out, const struct view *v)
{
	const struct told_forest *f = v->forests.items;
	char days[FOREST_DAYS];

	if (v->forests.count != 1)
		return;
	forest_days(f, days);
	buf_adds(out, ". Forest: ");
	html_value(out, f->name);
	buf_adds(out, ", data of ");
	html_text(out, days);
	if (f->is_old)
		buf_addf(out, " (<strong>more than %d days older than the "
		         "tenant's</strong>)", FOREST_OLD_DAYS);
}

/* Of one domain, when there are several, or its data are old. */
static void
put_domain(struct buf *out, const struct view *v, const struct judged_domain *d)
{
	unsigned days = forests_days_old(&v->forests, d);
	char when[WHEN_TEXT];

	when_format_day(d->collected, when);
	buf_adds(out, days ? "<small class=\"old\">" : "<small>");
	html_value(out, forest_domain_name(d));
	buf_addf(out, " %s", when);
	if (days)
		buf_addf(out, ", <strong>%u days older than the tenant's"
		         "</strong>", days);
	buf_adds(out, "</small>");
}

static void
put_data(struct buf *out, const struct view *v, const struct told_forest *f)
{
	const struct judged_forest *j = f->forest;
	char days[FOREST_DAYS];

	forest_days(f, days);
	buf_addf(out, "<td data-name=\"Data\">%s", days);
	for (size_t i = 0; i < j->domain_count; i++)
		if (j->domain_count > 1 || f->is_old)
			put_domain(out, v, &j->domains[i]);
	buf_adds(out, "</td>");
}

static void
put_number(struct buf *out, const char *name, uint64_t n)
{
	buf_addf(out, "<td class=\"number\" data-name=\"%s\">%" PRIu64 "</td>",
	         name, n);
}

static const struct {
	enum readiness readiness;
	const char *title;
} columns[] = {
	{ READINESS_READY, "Ready" }, { READINESS_WARNING, "Warning" },
	{ READINESS_NOT_KNOWN, "Not known" }, { READINESS_BLOCKED, "Blocked" },
	{ READINESS_OUT_OF_SCOPE, "Out of scope" },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

static void
put_numbers(struct buf *out, const uint64_t *by_readiness, uint64_t blockers)
{
	for (size_t i = 0; i < COLUMNS; i++)
		put_number(out, columns[i].title,
		           by_readiness[columns[i].readiness]);
	put_number(out, "Blockers", blockers);
}

static void
put_actions(struct buf *out, const uint64_t *by_action)
{
	const char *before = "";

	buf_adds(out, "<td data-name=\"Next synchronization\">");
	for (int i = 0; i < ACTION_COUNT; i++) {
		const char *name = action_name((enum action)i);

		if (!by_action[i])
			continue;
		buf_addf(out, "%s%" PRIu64 " %s", before, by_action[i],
		         name ? name : "not known");
		before = ", ";
	}
	buf_adds(out, "</td></tr>\n");
}

static void
put_forest(struct buf *out, const struct view *v, const struct told_forest *f)
{
	const struct judged_forest *j = f->forest;

	buf_adds(out, "<tr><td>");
	html_value(out, f->name);
	if (j->engine && *j->engine) {
		buf_adds(out, "<small>");
		html_value(out, j->engine);
		buf_adds(out, "</small>");
	}
	buf_adds(out, "</td>");
	put_data(out, v, f);
	buf_addf(out, "<td data-name=\"Rules\">%zu whole", f->whole);
	if (f->not_whole)
		buf_addf(out, "<small class=\"old\"><strong>%zu not whole"
		         "</strong></small>", f->not_whole);
	buf_adds(out, "</td>");
	put_numbers(out, j->by_readiness, f->blockers);
	put_actions(out, j->by_action);
}

static uint64_t
all_blockers(const struct findings *f)
{
	return f->by_severity[SEVERITY_CRITICAL] +
	       f->by_severity[SEVERITY_HIGH];
}

static uint64_t
smaller(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Accounts of the tenant alone are of no forest. */
static void
put_forestless(struct buf *out, const struct view *v)
{
	uint64_t n = all_blockers(v->findings);

	for (size_t i = 0; i < v->forests.count; i++)
		n -= smaller(v->forests.items[i].blockers, n);
	if (n)
		buf_addf(out, "<p>%" PRIu64 " more %s on objects of no forest, "
		         "such as accounts without an object in AD.</p>\n",
		         n, n == 1 ? "blocker is" : "blockers are");
}

static void
put_terms(struct buf *out, const struct view *v)
{
	char when[WHEN_TEXT];

	buf_adds(out, "<p class=\"meta\">Blockers are open findings of "
	         "severity critical or high. A rule is not whole where "
	         "something that it reads was not collected of one of the "
	         "forest's domains, or of the tenant.");
	if (v->forests.tenant_time != WHEN_NONE) {
		when_format_day(v->forests.tenant_time, when);
		buf_addf(out, " The tenant's data are of %s.", when);
	}
	buf_adds(out, "</p>\n");
}

static void
put_option(struct buf *out, size_t number, const char *name)
{
	buf_addf(out, "<option value=\"%zu\">", number);
	html_text(out, name);
	buf_adds(out, "</option>\n");
}

static void
put_filter(struct buf *out, const struct view *v)
{
	buf_adds(out, "<p class=\"filter\"><label for=\"show-forest\">Show"
	         "</label>\n<select id=\"show-forest\" autocomplete=\"off\">\n"
	         "<option value=\"all\" selected>all forests</option>\n");
	for (size_t i = 1; i <= v->forests.count; i++)
		put_option(out, i, forests_name(&v->forests, i));
	if (v->has_forestless)
		put_option(out, 0, "objects of no forest");
	buf_adds(out, "</select> in the lists and tables below</p>\n");
}

/* Long lists of containers stand below the table, folded. */
static void
put_scopes(struct buf *out, const struct view *v)
{
	buf_adds(out, "<details>\n<summary>Sync scope of each forest</summary>"
	         "\n<dl>\n");
	for (size_t i = 0; i < v->forests.count; i++) {
		const struct told_forest *f = &v->forests.items[i];

		if (!f->forest->scope || !*f->forest->scope)
			continue;
		buf_adds(out, "<dt>");
		html_value(out, f->name);
		buf_adds(out, "</dt><dd>");
		html_value(out, f->forest->scope);
		buf_adds(out, "</dd>\n");
	}
	buf_adds(out, "</dl>\n</details>\n");
}

void
html_forests(struct buf *out, const struct view *v)
{
	const struct findings *f = v->findings;

	if (!forests_several(&v->forests))
		return;
	buf_adds(out, "<h2>Forests</h2>\n<table class=\"by-forest\">\n"
	         "<thead><tr><th scope=\"col\">Forest</th>"
	         "<th scope=\"col\">Data of</th><th scope=\"col\">Rules</th>");
	for (size_t i = 0; i < COLUMNS; i++)
		buf_addf(out, "<th scope=\"col\" class=\"number\">%s</th>",
		         columns[i].title);
	buf_adds(out, "<th scope=\"col\" class=\"number\">Blockers</th>"
	         "<th scope=\"col\">Next synchronization</th></tr></thead>\n"
	         "<tbody>\n");
	for (size_t i = 0; i < v->forests.count; i++)
		put_forest(out, v, &v->forests.items[i]);
	buf_adds(out, "</tbody>\n<tfoot><tr><td>All</td><td></td><td></td>");
	put_numbers(out, f->by_readiness, all_blockers(f));
	put_actions(out, f->by_action);
	buf_adds(out, "</tfoot>\n</table>\n");
	put_scopes(out, v);
	put_forestless(out, v);
	put_terms(out, v);
	put_filter(out, v);
}

void
html_forest_style(struct buf *out, const struct view *v)
{
	const struct told_forests *t = &v->forests;
	size_t first = v->has_forestless ? 0 : 1;

	for (size_t i = first; forests_several(t) && i <= t->count; i++)
		buf_addf(out, ":root:has(#show-forest option[value=\"%zu\"]:"
		         "checked) [data-forest]:not([data-forest~=\"%zu\"]) "
		         "{ display: none; }\n", i, i);
}

/* ---- rows and columns ---- */

void
html_forest_row(struct buf *out, const struct view *v, const char *name)
{
	if (forests_several(&v->forests))
		buf_addf(out, "<tr data-forest=\"%zu\">",
		         forests_number(&v->forests, name));
	else
		buf_adds(out, "<tr>");
}

void
html_forest_head(struct buf *out, const struct view *v)
{
	if (forests_several(&v->forests))
		buf_adds(out, "<th scope=\"col\">Forest</th>");
}

void
html_forest_cell(struct buf *out, const struct view *v, const char *name)
{
	const struct told_forests *t = &v->forests;

	if (forests_several(t))
		html_cell(out, "Forest",
		          forests_name(t, forests_number(t, name)));
}

void
html_rule_forests(struct buf *out, const struct view *v,
                  const struct view_rule *r)
{
	size_t n = 0;

	if (!forests_several(&v->forests))
		return;
	buf_adds(out, " data-forest=\"");
	for (size_t i = 0; i <= v->forests.count; i++)
		if (r->by_forest[i])
			buf_addf(out, "%s%zu", n++ ? " " : "", i);
	buf_addc(out, '"');
}

static void
put_share(struct buf *out, const struct view *v, size_t forest, uint64_t n)
{
	if (!n)
		return;
	buf_addf(out, "<small data-forest=\"%zu\">", forest);
	html_value(out, forests_name(&v->forests, forest));
	buf_addf(out, " %" PRIu64 "</small>", n);
}

void
html_forest_counts(struct buf *out, const struct view *v,
                   const struct view_rule *r)
{
	const struct told_forests *t = &v->forests;

	for (size_t i = 0; forests_several(t) && i <= t->count; i++)
		put_share(out, v, i, r->by_forest[i]);
}

void
html_forest_actions(struct buf *out, const struct view *v, enum action a)
{
	const struct told_forests *t = &v->forests;

	for (size_t i = 0; forests_several(t) && i < t->count; i++)
		put_share(out, v, i + 1, t->items[i].forest->by_action[a]);
}

static size_t
shown_of(const struct view *v, const struct view_rule *r, size_t forest)
{
	size_t n = 0;

	for (size_t i = 0; i < r->shown_count; i++)
		n += forests_number(&v->forests, r->shown[i].forest) == forest;
	return n;
}

void
html_shown_forests(struct buf *out, const struct view *v,
                   const struct view_rule *r)
{
	const struct told_forests *t = &v->forests;

	for (size_t i = 0; forests_several(t) && i <= t->count; i++) {
		if (!r->by_forest[i])
			continue;
		buf_addf(out, "<span data-forest=\"%zu\">; of ", i);
		html_value(out, forests_name(t, i));
		buf_addf(out, " %zu of %" PRIu64 "</span>",
		         shown_of(v, r, i), r->by_forest[i]);
	}
}

/* ---- conflicts across forests ---- */

static void
put_crossing(struct buf *out, const struct view *v, const struct finding *f)
{
	size_t forest = forests_number(&v->forests, f->forest);
	size_t other = forests_number(&v->forests, f->other_forest);

	buf_addf(out, "<tr data-forest=\"%zu", forest);
	if (other)
		buf_addf(out, " %zu", other);
	buf_adds(out, "\"><td>");
	html_value(out, finding_label(f));
	if (f->status != STATUS_OPEN)
		html_element(out, "small", status_name(f->status));
	buf_adds(out, "</td>");
	html_cell(out, "Forest", forests_name(&v->forests, forest));
	html_cell(out, "Other forest", f->other_forest);
	html_cell(out, "Severity", severity_name(f->severity));
	buf_adds(out, "<td data-name=\"Rule\">");
	html_link_rule(out, v, f->rule);
	html_text(out, view_rule_title(v, f->rule));
	buf_adds(out, "</a></td>");
	html_cell(out, "What", f->message);
	buf_adds(out, "</tr>\n");
}

void
html_crossing(struct buf *out, const struct view *v)
{
	if (!v->crossing_count && !forests_several(&v->forests))
		return;
	buf_adds(out, "<h2>Conflicts across forests</h2>\n");
	if (!v->crossing_count) {
		buf_adds(out, "<p>No finding is about objects of two forests."
		         "</p>\n");
		return;
	}
	buf_adds(out, "<table class=\"crossing\">\n");
	if (v->crossing_shown < v->crossing_count)
		buf_addf(out, "<caption>%zu of %" PRIu64 " shown, all in "
		         "findings.ndjson (otherForest)</caption>\n",
		         v->crossing_shown, v->crossing_count);
	buf_adds(out, "<thead><tr><th scope=\"col\">Object</th>"
	         "<th scope=\"col\">Forest</th>"
	         "<th scope=\"col\">Other forest</th>"
	         "<th scope=\"col\">Severity</th><th scope=\"col\">Rule</th>"
	         "<th scope=\"col\">What</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->crossing_shown; i++)
		put_crossing(out, v, &v->crossing[i]);
	buf_adds(out, "</tbody>\n</table>\n");
}
