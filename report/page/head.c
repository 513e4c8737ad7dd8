/* The head of the document and of the page, and where its sections are. */
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/hex.h"
#include "report/page/assets.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

static void
put_hash(struct buf *out, const char *text, size_t len)
{
	char digest[DIGEST_TEXT];
	struct buf bytes = { 0 };

	digest_of(text, len, digest);
	hex_decode(&bytes, digest, DIGEST_TEXT - 1);
	buf_adds(out, "'sha256-");
	base64_encode(out, (const unsigned char *)bytes.data, bytes.len);
	buf_addc(out, '\'');
	buf_release(&bytes);
}

/*
 * Only the style sheet and the script of this program may act, which are
 * constant: no value of a customer ever stands in them.
 */
static void
put_policy(struct buf *out)
{
	buf_adds(out, "<meta http-equiv=\"Content-Security-Policy\" content=\""
	         "default-src 'none'; style-src ");
	put_hash(out, page_css, page_css_len);
	buf_adds(out, "; script-src ");
	put_hash(out, page_js, page_js_len);
	buf_adds(out, "; img-src data:; base-uri 'none'; form-action 'none'; "
	         "require-trusted-types-for 'script'; trusted-types 'none'"
	         "\">\n");
}

static const char *
title_of(const struct report_page *p)
{
	return p->set->title ? p->set->title
		: "Microsoft 365 migration readiness";
}

static void
put_document(struct buf *out, const struct report_page *p)
{
	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	         "<meta charset=\"utf-8\">\n");
	put_policy(out);
	buf_adds(out, "<meta name=\"viewport\" content=\"width=device-width, "
	         "initial-scale=1\">\n"
	         "<meta name=\"referrer\" content=\"no-referrer\">\n"
	         "<meta name=\"color-scheme\" content=\"light dark\">\n"
	         "<title>");
	esc_html(out, title_of(p));
	if (p->set->customer) {
		buf_adds(out, ": ");
		esc_html(out, p->set->customer);
	}
	buf_adds(out, "</title>\n<style>");
	buf_add(out, page_css, page_css_len);
	buf_adds(out, "</style>\n</head>\n<body>\n"
	         "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
	         "<svg width=\"0\" height=\"0\" "
	         "class=\"vh\" aria-hidden=\"true\" focusable=\"false\"><defs>"
	         "<pattern id=\"hatch\" width=\"8\" height=\"8\" "
	         "patternUnits=\"userSpaceOnUse\" "
	         "patternTransform=\"rotate(45)\"><rect class=\"hatch-a\" "
	         "width=\"8\" height=\"8\"/><line class=\"hatch-b\" x1=\"2\" "
	         "y1=\"0\" x2=\"2\" y2=\"8\"/></pattern></defs></svg>\n");
}

/* ---- facts ---- */

static void
put_fact(struct buf *out, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	buf_addf(out, "<div><dt>%s</dt><dd>", name);
	esc_value(out, value, ESC_TEXT);
	buf_adds(out, "</dd></div>");
}

/* "2026-11-20", or the first and the last day of several. */
static void
put_data_of(struct buf *out, const struct report_page *p, const char *side,
            const char *title)
{
	when_t first = WHEN_LAST, last = WHEN_NONE;

	for (size_t i = 0; i < p->f->snapshot_count; i++) {
		const struct judged_snapshot *s = &p->f->snapshots[i];

		if (!s->role || strcmp(s->role, "present") != 0 ||
		    !s->sides || !strstr(s->sides, side))
			continue;
		first = s->collected < first ? s->collected : first;
		last = s->collected > last ? s->collected : last;
	}
	buf_addf(out, "<div><dt>%s</dt><dd>", title);
	if (last == WHEN_NONE) {
		buf_adds(out, "not collected");
	} else {
		mark_time(out, first);
		if (last / WHEN_DAY != first / WHEN_DAY) {
			buf_adds(out, " to ");
			mark_time(out, last);
		}
	}
	buf_adds(out, "</dd></div>");
}

static void
put_facts(struct buf *out, const struct report_page *p, const struct view *v)
{
	struct buf forests = { 0 };

	for (size_t i = 0; i < v->forests.count; i++)
		buf_addf(&forests, "%s%s", i ? ", " : "",
		         v->forests.items[i].name);
	buf_adds(out, "<dl class=\"facts\">");
	put_fact(out, v->forests.count > 1 ? "Forests" : "Forest",
	         forests.data);
	if (p->f->tenant)
		put_fact(out, "Tenant", p->f->tenant->initial_domain
		         ? p->f->tenant->initial_domain : p->f->tenant->id);
	put_data_of(out, p, "ad", "AD data");
	put_data_of(out, p, "tenant", "Tenant data");
	put_fact(out, "Sync engine", p->f->engine_text);
	buf_adds(out, "</dl>\n");
	buf_release(&forests);
}

static void
put_top(struct buf *out, const struct report_page *p, const struct view *v)
{
	buf_adds(out, "<header class=\"top\"><div class=\"wrap\">");
	if (p->logo) {
		buf_addf(out, "<img class=\"logo\" src=\"%s\" alt=\"",
		         p->logo);
		esc_html(out, p->set->customer ? p->set->customer : "Logo");
		buf_adds(out, "\">");
	}
	buf_adds(out, "<div class=\"who\">");
	if (p->set->customer) {
		mark_element(out, "p class=\"kicker\"", title_of(p));
		mark_element(out, "h1", p->set->customer);
	} else {
		mark_element(out, "h1", title_of(p));
	}
	buf_adds(out, "</div><div class=\"tools\"><label for=\"theme\">Theme"
	         "</label><select id=\"theme\" autocomplete=\"off\">"
	         "<option value=\"auto\">Automatic"
	         "</option><option value=\"light\">Light</option>"
	         "<option value=\"dark\">Dark</option>"
	         "<option value=\"contrast\">High contrast</option></select>"
	         "<span class=\"js\" hidden><button type=\"button\" "
	         "id=\"psum\">Print summary</button> <button type=\"button\" "
	         "id=\"pall\">Print all</button></span></div>");
	put_facts(out, p, v);
	buf_adds(out, "</div></header>\n");
}

static const struct {
	const char *id, *name;
} sections[] = {
	{ "summary", "Summary" }, { "causes", "Causes" },
	{ "explore", "Lists" }, { "places", "Readiness" },
	{ "waves", "Waves" }, { "exchange", "Exchange" },
	{ "change", "Change" }, { "coverage", "Coverage" },
	{ "waivers", "Waivers" }, { "rules", "Rules" },
	{ "evidence", "Evidence" }, { "glossary", "Glossary" },
};

static void
put_nav(struct buf *out, const struct report_page *p)
{
	buf_adds(out, "<nav aria-label=\"Sections\"><div class=\"wrap\"><ul>");
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		if (!page_has_section(p, sections[i].id))
			continue;
		buf_addf(out, "<li%s><a href=\"#%s\">%s</a></li>",
		         strcmp(sections[i].id, "explore") == 0
		         ? " class=\"js\" hidden" : "", sections[i].id,
		         sections[i].name);
	}
	buf_adds(out, "</ul></div></nav>\n");
}

void
part_head(struct buf *out, const struct report_page *p, const struct view *v)
{
	put_document(out, p);
	put_top(out, p, v);
	put_nav(out, p);
	buf_adds(out, "<main id=\"main\" class=\"wrap\" tabindex=\"-1\">\n");
}

void
part_explore(struct buf *out)
{
	buf_adds(out, "<section id=\"explore\" aria-labelledby=\"h-explore\" "
	         "hidden><h2 id=\"h-explore\">Lists</h2>"
	         "<p class=\"soft\">Changes to make: one row per value that "
	         "must be changed. Findings: everything that was found, also "
	         "what is waived. Objects: what each will be after the next "
	         "sync. Open a name for everything about one object; the "
	         "address bar keeps the filter.</p>\n<div class=\"row\">"
	         "<div class=\"acts\" role=\"group\" aria-label=\"Show\">"
	         "<button type=\"button\" id=\"tt\">Changes to make</button>"
	         "<button type=\"button\" id=\"tf\">Findings</button>"
	         "<button type=\"button\" id=\"to\">Objects</button></div>"
	         "<p class=\"count\" id=\"count\" role=\"status\" "
	         "aria-live=\"polite\"></p><div class=\"acts\">"
	         "<button type=\"button\" id=\"cp\">Copy rows</button>"
	         "<button type=\"button\" id=\"dl\">Save rows as CSV</button>"
	         "<button type=\"button\" id=\"cl\">Copy link to this view"
	         "</button><button type=\"button\" id=\"pl\">Print this list"
	         "</button><button type=\"button\" id=\"rs\">Clear filters"
	         "</button></div></div>\n"
	         "<div class=\"chips\" id=\"chips\" role=\"group\" "
	         "aria-label=\"Filter by severity\"></div>\n"
	         "<div class=\"filters\" id=\"filters\"></div>"
	         "<p class=\"small soft\" id=\"cap\"></p>"
	         "<div id=\"list\"></div><p class=\"more\">"
	         "<button type=\"button\" id=\"more\">Show more</button></p>\n"
	         "</section>\n");
}
