/* The order of the page, and what is read for it. */
#include "report/page/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "report/page/assets.h"
#include "report/page/block.h"
#include "report/page/escape.h"
#include "report/page/parts.h"
#include "report/page/settings.h"
#include "report/page/waves.h"

/* ---- what is read before findings ---- */

int
page_read_causes(struct report_page *p, struct err *err)
{
	if (first_causes_fill(&p->causes, p->f, PAGE_CAUSES, &p->texts,
	                      err) < 0)
		return -1;
	for (size_t i = 0; i < p->causes.count; i++)
		hash_index_add(&p->causes_by_id,
		               hash_text(p->causes.items[i].id), i);
	if (p->waves)
		waves_begin(p->waves, p->causes.count + 1);
	return 0;
}

/* Half of the rows are shared by all rules that found something. */
static void
begin_rows(struct report_page *p)
{
	size_t n = p->f->rule_count, found = 0, share;

	p->rules = xcalloc(n + 1, sizeof(*p->rules));
	p->by_rule = xcalloc(n + 1, sizeof(*p->by_rule));
	for (size_t i = 0; i < n; i++)
		found += p->f->rules[i].outcome == OUTCOME_FOUND;
	share = PAGE_ROWS / 2 / (found ? found : 1);
	if (share < PAGE_SHOWN)
		share = PAGE_SHOWN;
	for (size_t i = 0; i < n; i++) {
		p->rules[i].worst = SEVERITY_COUNT;
		p->by_rule[i].most = share;
	}
	p->waived.most = PAGE_WAIVED;
	p->rest.most = PAGE_ROWS / 2;
}

/*
 * Room for as many objects, changes and cells as there may be: none is moved
 * while it grows, and what is not used costs nothing. Of a manifest that tells
 * too many, no more than a million.
 */
static void
expect_findings(struct report_page *p)
{
	enum { MOST = 1000000 };
	size_t n = p->f->finding_count < MOST ? (size_t)p->f->finding_count
	                                      : MOST;

	LIST_RESERVE_BY_HALF(p->found, p->found_room, n);
	LIST_RESERVE_BY_HALF(p->changes, p->change_room, n);
	LIST_RESERVE_BY_HALF(p->findings.cells, p->findings.room, n);
	slim_index_expect(&p->found_by_key, n);
	slim_index_expect(&p->changes_by_key, n);
	slim_index_expect(&p->findings.by_sides, n);
}

static void
read_missing(struct report_page *p)
{
	p->missing_count = missing_told(p->f, &p->texts, &p->missing);
}

struct report_page *
page_new(const struct findings *f, const struct page_settings *set,
         struct err *err)
{
	struct report_page *p = xcalloc(1, sizeof(*p));

	p->taker.finding = page_take;
	p->f = f;
	p->set = set;
	if (settings_read(p, err) < 0 || page_read_causes(p, err) < 0 ||
	    trend_read(&p->trend, f, err) < 0 ||
	    closed_fill(&p->closed, f, &p->texts, err) < 0) {
		page_free(p);
		return NULL;
	}
	read_missing(p);
	begin_rows(p);
	expect_findings(p);
	return p;
}

struct view_taker *
page_taker(struct report_page *p)
{
	return p ? &p->taker : NULL;
}

static void
free_rows(struct report_page *p)
{
	for (size_t i = 0; p->by_rule && i < p->f->rule_count; i++)
		row_pick_release(&p->by_rule[i]);
	row_pick_release(&p->waived);
	row_pick_release(&p->rest);
	free(p->by_rule);
	free(p->rules);
}

void
page_free(struct report_page *p)
{
	if (!p)
		return;
	free_rows(p);
	page_objects_release(p);
	waves_free(p->waves);
	names_release(&p->kinds);
	names_release(&p->attributes);
	names_release(&p->fixes);
	names_release(&p->wanted);
	tree_release(&p->places);
	cube_release(&p->findings);
	cube_release(&p->objects);
	slim_index_release(&p->found_by_key);
	slim_index_release(&p->changes_by_key);
	hash_index_release(&p->causes_by_id);
	trend_release(&p->trend);
	arena_release(&p->texts);
	free(p->closed.by_rule);
	free(p->found);
	free(p->changes);
	free(p->by_kind);
	free(p->logo);
	free(p);
}

/* ---- printing ---- */

/* The page is built in pieces, so that only one section is held at a time. */
static size_t
flush(struct outfile *out, struct buf *text)
{
	size_t len = text->len;

	outfile_add(out, buf_text(text), len);
	buf_clear(text);
	return len;
}

static void
put_foot(struct buf *out, const struct report_page *p)
{
	buf_adds(out, "</main>\n<footer><div class=\"wrap\"><p>");
	esc_html(out, p->f->tool_version);
	buf_adds(out, ". This file loads nothing and sends nothing. It "
	         "contains personal data from the directory: share it "
	         "accordingly.</p></div></footer>\n");
}

static void
put_script(struct outfile *out, struct buf *text, struct report_page *p,
           size_t written)
{
	buf_adds(text, "<dialog id=\"dlg\" aria-labelledby=\"dlg-h\">"
	         "<div class=\"dr\" id=\"dr\"></div></dialog>\n"
	         "<script type=\"application/json\" id=\"data\">");
	written += flush(out, text) + page_js_len;
	block_put(out, p, written);
	buf_adds(text, "</script>\n<script>");
	buf_add(text, page_js, page_js_len);
	buf_adds(text, "</script>\n");
}

/* How many bytes went out. */
static size_t
put_details(struct outfile *out, struct buf *text, const struct report_page *p,
            const struct view *v)
{
	size_t written;

	part_explore(text);
	part_places(text, p, v);
	part_waves(text, p);
	part_exchange(text, p);
	part_change(text, p);
	written = flush(out, text);
	part_coverage(text, p, v);
	part_waivers(text, p);
	part_rules(text, p);
	part_evidence(text, p, v);
	part_glossary(text);
	return written + flush(out, text);
}

void
page_print(struct report_page *p, const struct view *v, struct outfile *out)
{
	struct buf text = { 0 };
	size_t written = 0;

	part_head(&text, p, v);
	part_summary(&text, p, v);
	part_causes(&text, p);
	if (p->audience == AUDIENCE_MANAGEMENT)
		part_coverage(&text, p, v);
	else
		written = put_details(out, &text, p, v);
	put_foot(&text, p);
	/* The lists, and the names that they have, are not for managers. */
	if (p->audience != AUDIENCE_MANAGEMENT)
		put_script(out, &text, p, written);
	buf_adds(&text, "</body>\n</html>\n");
	flush(out, &text);
	buf_release(&text);
}
