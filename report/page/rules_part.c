/* Findings by rule: why it matters, how to fix it, and the first of them. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"
#include "report/page/words.h"

static const struct page_object *
object_of(const struct report_page *p, const struct page_row *row)
{
	uint32_t at = p->found[row->object].row;

	return at ? &p->chosen.items[at - 1] : NULL;
}

void
part_row_name(struct buf *out, const struct report_page *p,
              const struct page_row *row)
{
	const struct page_object *o = object_of(p, row);
	char *name = o ? NULL : page_name(row->dn, row->label);

	mark_name(out, o ? o->name : name);
	free(name);
}

static void
put_object(struct buf *out, const struct report_page *p,
           const struct page_row *row)
{
	const struct page_object *o = object_of(p, row);
	struct buf path = { 0 };

	buf_adds(out, "<th scope=\"row\">");
	part_row_name(out, p, row);
	buf_adds(out, "<span class=\"sub\">");
	if (o && o->sam) {
		esc_value(out, o->sam, ESC_TEXT);
		buf_adds(out, " \xc2\xb7 ");
	}
	esc_value(out, p->kinds.items[row->sides[SIDE_KIND]], ESC_TEXT);
	buf_adds(out, " \xc2\xb7 ");
	tree_path(&p->places, row->sides[SIDE_PLACE], &path);
	mark_path(out, buf_text(&path));
	buf_adds(out, "</span></th>");
	buf_release(&path);
}

/* Since when it is known; the time of the finding is the file's. */
static void
put_since(struct buf *out, const struct page_row *row)
{
	if (!row->first_seen)
		return;
	buf_adds(out, row->status == STATUS_OPEN
	         ? "<span class=\"sub\">open since "
	         : "<span class=\"sub\">known since ");
	mark_time_of(out, row->first_seen);
	if (row->reopened) {
		buf_adds(out, ", reopened on ");
		mark_time_of(out, row->reopened);
	}
	buf_adds(out, "</span>");
}

static void
put_value(struct buf *out, const struct page_row *row)
{
	buf_adds(out, "<td>");
	if (row->attribute && *row->attribute)
		mark_element(out, "span class=\"sub\"", row->attribute);
	buf_adds(out, "<dl class=\"hw\"><dt>now</dt><dd>");
	if (row->observed)
		mark_value(out, row->observed, row->attribute);
	else
		buf_adds(out, "<span class=\"ex\">empty</span>");
	buf_adds(out, "</dd>");
	if (row->proposed) {
		buf_adds(out, "<dt>wanted</dt><dd>");
		mark_value(out, row->proposed, row->attribute);
		buf_adds(out, "</dd>");
	} else if (row->expected) {
		buf_adds(out, "<dt>wanted</dt><dd class=\"ex\">");
		esc_value(out, row->expected, ESC_TEXT);
		buf_adds(out, "</dd>");
	}
	buf_adds(out, "</dl></td>");
}

/* The first row of an object is where links to it lead. */
static void
put_row(struct buf *out, const struct report_page *p,
        const struct page_row *row,
        const char *rule_fix, bool *named)
{
	buf_adds(out, row->status == STATUS_OPEN ? "<tr" :
	         "<tr class=\"muted\"");
	if (row->guid && !named[row->object]) {
		buf_adds(out, " id=\"");
		esc_frag(out, "object", row->guid);
		buf_adds(out, "\"");
		named[row->object] = true;
	}
	buf_addc(out, '>');
	put_object(out, p, row);
	buf_adds(out, "<td>");
	esc_value(out, row->message, ESC_TEXT);
	if (row->status != STATUS_OPEN)
		buf_addf(out, " <span class=\"st\">%s</span>",
		         word_of_status(row->status));
	if (row->fix && strcmp(row->fix, rule_fix) != 0) {
		buf_adds(out, "<span class=\"sub\">To do: ");
		esc_value(out, row->fix, ESC_TEXT);
		buf_adds(out, "</span>");
	}
	put_since(out, row);
	buf_adds(out, "</td>");
	put_value(out, row);
	buf_adds(out, "</tr>\n");
}

/* ---- a rule ---- */

static void
put_head(struct buf *out, const struct report_page *p, size_t i)
{
	const struct rule_result *r = &p->f->rules[i];

	buf_adds(out, "<details class=\"rule\" id=\"");
	esc_frag(out, "rule", r->id);
	buf_adds(out, "\"><summary>");
	mark_severity(out, p->rules[i].worst < SEVERITY_COUNT
	              ? p->rules[i].worst : r->severity);
	buf_adds(out, "<span><h3>");
	esc_html(out, r->title);
	buf_adds(out, "</h3> <code class=\"soft\">");
	esc_html(out, r->id);
	buf_adds(out, "</code></span><span class=\"num\">");
	mark_number(out, page_counted(&p->rules[i]));
	buf_adds(out, "</span></summary>\n<div class=\"body\"><dl class=\"kv\">"
	         "<dt>Why</dt><dd>");
	esc_html(out, r->why);
	buf_adds(out, "</dd><dt>Fix</dt><dd>");
	esc_html(out, r->fix);
	buf_adds(out, "</dd><dt>Source</dt><dd class=\"src\">");
	mark_source(out, r->source);
	buf_adds(out, "</dd>");
	if (r->reason) {
		buf_adds(out, "<dt>Limits</dt><dd>");
		mark_reason(out, r->reason);
		buf_adds(out, "</dd>");
	}
	buf_adds(out, "</dl>\n");
}

static void
put_caption(struct buf *out, const struct rule_tally *r, uint64_t shown)
{
	uint64_t all = page_counted(r);

	buf_adds(out, "<table class=\"cards fixed\"><caption>");
	if (shown < all) {
		mark_number(out, shown);
		buf_adds(out, " of ");
	}
	mark_count(out, all, "finding", "findings");
	buf_adds(out, " on ");
	mark_count(out, r->objects, "object", "objects");
	if (shown < all)
		buf_adds(out, "; all are in findings.csv");
	buf_adds(out, "</caption><colgroup><col class=\"w26\">"
	         "<col class=\"w37\"><col></colgroup><thead><tr>"
	         "<th scope=\"col\">Object</th><th scope=\"col\">Finding</th>"
	         "<th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
}

/* The row number AT of the rule: open ones, then planned ones. */
static const struct page_row *
row_of(const struct report_page *p, size_t rule, size_t *list, size_t *at)
{
	const struct page_row *row;

	for (; *list != SIZE_MAX; ) {
		row = page_row_at(p, *list, (*at)++);
		if (!row && *list == rule) {
			*list = p->f->rule_count;
			*at = 0;
		} else if (!row) {
			*list = SIZE_MAX;
		} else if (*list == rule ||
		           (row->sides[SIDE_RULE] == rule &&
		            page_counts(row->status))) {
			return row;
		}
	}
	return NULL;
}

static void
put_rows(struct buf *out, const struct report_page *p, size_t rule,
         size_t most, bool *named)
{
	uint64_t all = page_counted(&p->rules[rule]);
	size_t list = rule, at = 0, n = 0;
	const struct page_row *row;
	struct buf rows = { 0 };

	while (n < PAGE_SHOWN && rows.len <= most &&
	       (row = row_of(p, rule, &list, &at))) {
		put_row(&rows, p, row, p->f->rules[rule].fix, named);
		n++;
	}
	put_caption(out, &p->rules[rule], n);
	buf_adds(out, buf_text(&rows));
	buf_adds(out, "</tbody></table>\n");
	buf_release(&rows);
	if (all > 10) {
		buf_adds(out, "<p class=\"po soft\">Printed: the first 10 of ");
		mark_number(out, all);
		buf_adds(out, "; all are in findings.csv.</p>\n");
	}
	if (all > n) {
		buf_adds(out, "<p class=\"js\" hidden><a href=\"#view=f&amp;");
		esc_frag(out, "rule", p->f->rules[rule].id);
		buf_adds(out, "\">Show all ");
		mark_number(out, all);
		buf_adds(out, " in the list</a></p>\n");
	}
}

static void
put_waived(struct buf *out, const struct rule_tally *r)
{
	uint64_t n = page_rule_all(r) - page_counted(r);

	if (!n)
		return;
	buf_adds(out, "<p class=\"soft\">");
	mark_number(out, n);
	buf_adds(out, " more waived or false positives: <a href=\"#waivers\">"
	         "Waivers</a>.</p>\n");
}

/* ---- in their order ---- */

struct rule_ref {
	const struct rule_tally *count;
	size_t number;
};

static int
by_weight(const void *a, const void *b)
{
	const struct rule_ref *x = a, *y = b;
	uint64_t m = page_counted(x->count), n = page_counted(y->count);

	if (x->count->worst != y->count->worst)
		return x->count->worst < y->count->worst ? -1 : 1;
	if (m != n)
		return m > n ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

void
part_rules(struct buf *out, const struct report_page *p)
{
	struct rule_ref *refs = xcalloc(p->f->rule_count + 1, sizeof(*refs));
	bool *named = xcalloc(p->found_count + 1, sizeof(*named));
	size_t n = 0;

	for (size_t i = 0; i < p->f->rule_count; i++)
		if (page_counted(&p->rules[i]))
			refs[n++] = (struct rule_ref){ &p->rules[i], i };
	qsort(refs, n, sizeof(*refs), by_weight);
	mark_section(out, "rules", "Findings by rule", "Why it matters, how to "
	             "fix it, where that is documented, and the first 25 "
	             "findings of each rule. All findings are in "
	             "findings.csv.");
	if (!n)
		buf_adds(out, "<p>No finding is open.</p>\n");
	for (size_t i = 0; i < n; i++) {
		put_head(out, p, refs[i].number);
		put_rows(out, p, refs[i].number, PAGE_STATIC / n, named);
		put_waived(out, refs[i].count);
		buf_adds(out, "</div></details>\n");
	}
	mark_section_end(out);
	free(named);
	free(refs);
}
