/* Readiness by place, kind and domain, and what the next sync does. */
#include <stdlib.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"
#include "report/page/words.h"

static void
put_table_head(struct buf *out, const char *title)
{
	buf_addf(out, "<table><thead><tr><th scope=\"col\">%s</th><th scope="
	         "\"col\" class=\"w40\"><span class=\"vh\">Share</span></th>"
	         "<th scope=\"col\" class=\"num\">Blocked</th>"
	         "<th scope=\"col\" class=\"num\">Warnings</th>"
	         "<th scope=\"col\" class=\"num\">Not known</th>"
	         "<th scope=\"col\" class=\"num\">Ready</th>"
	         "<th scope=\"col\" class=\"num\">Objects</th></tr></thead>\n"
	         "<tbody>\n", title);
}

static void
put_numbers(struct buf *out, const uint64_t by[READINESS_COUNT])
{
	uint64_t sum = 0;

	buf_adds(out, "<td>");
	mark_bar(out, by, BAR_IN_TABLE);
	buf_adds(out, "</td>");
	for (int i = 0; i < 4; i++) {
		mark_cell_number(out, NULL, by[mark_order[i]]);
		sum += by[mark_order[i]];
	}
	mark_cell_number(out, NULL, sum);
	buf_adds(out, "</tr>\n");
}

/* ---- the tree ---- */

/* Numbers of places, as the tree has them, and whether they are shown. */
struct tree_walk {
	const struct report_page *page;
	const uint32_t *sorted;
	size_t count;
	bool *shown;
};

static void
put_place(struct buf *out, const struct tree_place *place)
{
	buf_addf(out, "<tr><th scope=\"row\" class=\"d%u\">",
	         place->depth < 8 ? place->depth : 8);
	mark_name(out, place->name);
	buf_adds(out, "</th>");
	put_numbers(out, place->all);
}

/* Those right below UP in their order, each with its own behind it. */
static void
put_below(struct buf *out, const struct tree_walk *w, uint32_t up)
{
	for (size_t i = 0; i < w->count; i++) {
		uint32_t n = w->sorted[i];
		const struct tree_place *place = &w->page->places.items[n];

		if (!w->shown[n] || place->parent != up)
			continue;
		put_place(out, place);
		if (place->children)
			put_below(out, w, n);
	}
}

/* Those with most blocked come first, and none without those above it. */
static size_t
choose(struct tree_walk *w)
{
	const struct place_tree *t = &w->page->places;
	size_t n = 0;

	for (size_t i = 0; i < w->count && n < PAGE_PLACES_SHOWN; i++) {
		uint32_t at = w->sorted[i];

		for (; at != PLACE_NONE && !w->shown[at];
		     at = t->items[at].parent) {
			w->shown[at] = true;
			n++;
		}
	}
	return n;
}

static void
put_tree(struct buf *out, const struct report_page *p)
{
	uint32_t *sorted;
	size_t count = tree_sorted(&p->places, &sorted);
	struct tree_walk w = {
		.page = p, .count = count, .sorted = sorted,
		.shown = xcalloc(p->places.count + 1, sizeof(bool)),
	};
	size_t shown = choose(&w);

	mark_scroll(out, "Readiness by place");
	put_table_head(out, "Place, with what lies below it");
	put_below(out, &w, PLACE_NONE);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
	if (shown < w.count) {
		buf_addf(out, "<p class=\"soft\">%zu of ", shown);
		mark_count(out, w.count, "place", "places");
		buf_adds(out, "; all are in objects.csv.</p>\n");
	}
	free(sorted);
	free(w.shown);
}

/* ---- kinds, forests ---- */

static void
put_kinds(struct buf *out, const struct report_page *p)
{
	mark_scroll(out, "Readiness by kind");
	put_table_head(out, "Kind of object");
	for (size_t i = 0; i < p->kinds.count && i < p->kind_room; i++) {
		const uint64_t *by = p->by_kind[i].by;
		uint64_t n = 0;

		for (int k = 0; k < 4; k++)
			n += by[mark_order[k]];
		if (!n)
			continue;
		buf_adds(out, "<tr><th scope=\"row\">");
		mark_name(out, p->kinds.items[i]);
		buf_adds(out, "</th>");
		put_numbers(out, by);
	}
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

static void
put_forest(struct buf *out, const struct told_forest *t)
{
	char days[FOREST_DAYS];

	forest_days(t, days);
	buf_adds(out, "<tr><th scope=\"row\">");
	mark_name(out, t->name);
	buf_adds(out, "<span class=\"sub\">data of ");
	esc_html(out, days);
	if (t->is_old)
		buf_addf(out, ", <strong>more than %d days older than the "
		         "tenant's</strong>", FOREST_OLD_DAYS);
	if (t->not_whole)
		buf_addf(out, "; %zu checks not whole", t->not_whole);
	buf_adds(out, "</span></th>");
	put_numbers(out, t->forest->by_readiness);
}

static void
put_forests(struct buf *out, const struct report_page *p, const struct view *v)
{
	if (!forests_several(&v->forests))
		return;
	mark_scroll(out, "Readiness by forest");
	put_table_head(out, "Forest");
	for (size_t i = 0; i < v->forests.count; i++)
		put_forest(out, &v->forests.items[i]);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
	if (p->crossing) {
		buf_adds(out, "<p>");
		mark_count(out, p->crossing, "finding is", "findings are");
		buf_adds(out, " about objects of two forests.</p>\n");
	}
}

/* ---- the next synchronization ---- */

static void
put_actions(struct buf *out, const struct report_page *p)
{
	const uint64_t *by = p->f->by_action;

	buf_adds(out, "<h3>What the next synchronization does</h3>\n"
	         "<ul class=\"delta\">");
	for (int i = 0; i < ACTION_COUNT; i++) {
		if (!by[i])
			continue;
		buf_adds(out, "<li><b>");
		mark_number(out, by[i]);
		buf_addf(out, "</b> %s</li>", word_of_action((enum action)i));
	}
	buf_adds(out, "</ul>\n");
}

static void
put_deletions(struct buf *out, const struct deletion_run *r)
{
	struct deletions d = view_deletions(r);

	if ((!d.threshold && !r->percent) || !d.count || d.stop)
		return;
	buf_adds(out, "<p>Deletions: ");
	mark_number(out, d.count);
	buf_adds(out, " = ");
	mark_number(out, r->leaving);
	buf_adds(out, " of objects that leave the scope + ");
	mark_number(out, r->orphans);
	buf_adds(out, " of accounts without an object in AD. The export stops "
	         "when there are more than ");
	mark_number(out, r->percent ? r->percent : d.threshold);
	buf_adds(out, r->percent ? " % of the objects, which was not compared ("
	         : " (");
	esc_html(out, threshold_from_text(r->from));
	buf_adds(out, ").</p>\n");
}

static void
put_told(struct buf *out, const char *head, struct buf *text)
{
	if (text->len) {
		buf_addf(out, "<p>%s: ", head);
		esc_html(out, text->data);
		buf_adds(out, ".</p>\n");
	}
	buf_release(text);
}

static void
put_next(struct buf *out, const struct report_page *p)
{
	struct buf members = { 0 }, model = { 0 };

	put_actions(out, p);
	for (size_t i = 0; i < p->f->deletion_run_count; i++)
		put_deletions(out, &p->f->deletion_runs[i]);
	view_members(p->f, &members);
	put_told(out, "Group members", &members);
	model_tell(&p->f->model, &model);
	put_told(out, "The forecast", &model);
	if (p->f->joined_by_name) {
		buf_adds(out, "<p>Joined by name: ");
		mark_count(out, p->f->joined_by_name, "object", "objects");
		buf_adds(out, ", since no key was collected of both sides. Ask "
		         "the tenant for onPremisesImmutableId, of groups for "
		         "onPremisesSecurityIdentifier, AD for objectGUID and "
		         "objectSid.</p>\n");
	}
}

void
part_places(struct buf *out, const struct report_page *p, const struct view *v)
{
	if (!p->f->forecast_count)
		return;
	mark_section(out, "places", "Readiness by place and kind", NULL);
	put_tree(out, p);
	put_kinds(out, p);
	put_forests(out, p, v);
	put_next(out, p);
	mark_section_end(out);
}
