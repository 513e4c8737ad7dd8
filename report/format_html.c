/* report.html: one file, no script, nothing from elsewhere. */
#include <inttypes.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "report/format.h"
#include "report/html.h"
#include "report/html_causes.h"
#include "report/html_exchange.h"
#include "report/html_forecast.h"
#include "report/html_forests.h"
#include "report/html_judged.h"
#include "report/html_link.h"
#include "report/html_reason.h"
#include "report/html_told.h"
#include "report/html_trend.h"
#include "report/html_waived.h"
#include "report/view.h"

static const unsigned char css[] = {
#include "report/html.css.inc"
};

static unsigned
hex(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Only the style sheet below may act; CSP names it by its digest. */
static void
put_head(struct buf *out, const struct view *v)
{
	unsigned char bytes[DIGEST_TEXT / 2];
	char digest[DIGEST_TEXT];
	struct buf style = { 0 };

	buf_add(&style, (const char *)css, sizeof(css));
	html_forest_style(&style, v);
	digest_of(style.data, style.len, digest);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(hex(digest[2 * i]) << 4 |
		                           hex(digest[2 * i + 1]));
	buf_adds(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	         "<meta charset=\"utf-8\">\n"
	         "<meta http-equiv=\"Content-Security-Policy\" content=\""
	         "default-src 'none'; style-src 'sha256-");
	base64_encode(out, bytes, sizeof(bytes));
	buf_adds(out, "'; base-uri 'none'; form-action 'none'\">\n"
	         "<meta name=\"viewport\" content=\"width=device-width, "
	         "initial-scale=1\">\n"
	         "<meta name=\"referrer\" content=\"no-referrer\">\n"
	         "<title>Migration readiness</title>\n<style>");
	buf_add(out, style.data, style.len);
	buf_release(&style);
	buf_adds(out, "</style>\n</head>\n<body>\n<main>\n");
}

/* "1 object", "2 objects". */
static void
put_count(struct buf *out, uint64_t n, const char *one, const char *many)
{
	buf_addf(out, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

static void
put_selection(struct buf *out, const struct findings *f)
{
	struct buf text = { 0 };

	if (selection_tell(&f->selection, f->rule_count, &text)) {
		buf_adds(out, "<p>");
		html_text(out, text.data);
		buf_adds(out, ".</p>\n");
	}
	buf_release(&text);
}

/* What readiness cannot speak of. */
static void
put_not_known(struct buf *out, const struct view *v)
{
	const struct findings *f = v->findings;

	if (v->ad_alone)
		buf_adds(out, "<p>" VIEW_AD_ALONE "</p>\n");
	put_selection(out, f);
	if (!f->not_known_count)
		return;
	buf_adds(out, "<ul>\n");
	for (size_t i = 0; i < f->not_known_count; i++) {
		buf_adds(out, "<li>No ");
		html_text(out, f->not_known[i].class);
		buf_adds(out, view_of_domains(&f->not_known[i]));
		buf_adds(out, " can be called ready: ");
		html_reason(out, f->not_known[i].reason);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, "</ul>\n");
}

static void
put_answer(struct buf *out, const struct view *v)
{
	const uint64_t *by = v->findings->by_readiness;

	buf_adds(out, "<p class=\"answer\">");
	if (!v->objects) {
		buf_adds(out, v->findings->forecast_count
		         ? "No AD object in scope was judged, so nothing can "
		         "be said about readiness.</p>\n"
		         : "No forecast was made, so nothing can be said about "
		         "readiness.</p>\n");
		return;
	}
	buf_addf(out, "<strong>%" PRIu64 " of ", by[READINESS_READY]);
	put_count(out, v->objects, "object", "objects");
	buf_adds(out, by[READINESS_READY] == 1 ? " in scope is ready</strong>"
	         : " in scope are ready</strong>");
	buf_addf(out, "%s; %" PRIu64 " blocked, %" PRIu64 " with warnings, %"
	         PRIu64 " not known. %" PRIu64 " out of scope.</p>\n",
	         v->ad_alone ? " by AD alone" : "", by[READINESS_BLOCKED],
	         by[READINESS_WARNING], by[READINESS_NOT_KNOWN],
	         by[READINESS_OUT_OF_SCOPE]);
	put_not_known(out, v);
}

static void
put_tiles(struct buf *out, const struct view *v)
{
	static const char *const titles[] = {
		[READINESS_READY] = "Ready", [READINESS_WARNING] = "Warning",
		[READINESS_BLOCKED] = "Blocked",
		[READINESS_NOT_KNOWN] = "Not known",
		[READINESS_OUT_OF_SCOPE] = "Out of scope",
	};

	/* Noughts would say that there is no object. */
	if (!v->findings->forecast_count)
		return;
	buf_adds(out, "<dl class=\"tiles\">\n");
	for (int i = 0; i < READINESS_COUNT; i++)
		buf_addf(out, "<div class=\"%s\"><dt>%s</dt><dd>%" PRIu64
		         "</dd></div>\n", readiness_name((enum readiness)i),
		         titles[i], v->findings->by_readiness[i]);
	buf_adds(out, "</dl>\n");
}

static void
put_rule_names(struct buf *out, const struct gap *gap)
{
	for (size_t i = 0; i < gap->count; i++) {
		buf_adds(out, i ? ", " : "");
		html_element(out, "code", gap->rules[i]->id);
	}
}

/* The reason once, and the rules that share it: before it, if it is long. */
static void
put_gap(struct buf *out, const struct gap *gap)
{
	bool before = reason_parts(gap->reason) > 1;

	buf_adds(out, "<li>");
	if (before) {
		put_rule_names(out, gap);
		buf_adds(out, ": ");
	}
	html_reason(out, gap->reason);
	if (!before) {
		buf_adds(out, ": ");
		put_rule_names(out, gap);
	}
	buf_adds(out, "</li>\n");
}

/* What could not be looked at stands right below the answer. */
static void
put_gaps(struct buf *out, const struct view *v)
{
	const struct findings *f = v->findings;
	struct arena scratch = { 0 };
	struct gap *gaps;
	size_t n;

	if (!v->not_assessed && !v->in_part)
		return;
	buf_adds(out, "<section class=\"notice\" "
	         "aria-label=\"Incomplete data\">\n<p><strong>");
	put_count(out, v->not_assessed, "rule was", "rules were");
	buf_addf(out, " not assessed</strong>, and %zu only in part: the data "
	         "for them were not collected. What was not looked at is not "
	         "passed.</p>\n<ul>\n", v->in_part);
	n = gaps_of(f->rules, f->rule_count, GAP_DATA, &scratch, &gaps);
	for (size_t i = 0; i < n; i++)
		put_gap(out, &gaps[i]);
	buf_adds(out, "</ul>\n</section>\n");
	arena_release(&scratch);
}

static void
put_severity(struct buf *out, enum severity s)
{
	const char *name = severity_name(s);

	buf_addf(out, "<span class=\"severity %s\">%s</span>", name, name);
}

/* With links to the rules. What stands in nobody's way is here as well. */
static void
put_overview(struct buf *out, const struct view *v)
{
	if (!v->rule_count) {
		buf_adds(out, "<p>No rule found anything.</p>\n");
		return;
	}
	buf_adds(out, "<h2>What was found</h2>\n"
	         "<table class=\"rules");
	buf_adds(out, forests_several(&v->forests) ? " forests" : "");
	buf_adds(out, "\">\n<thead><tr>"
	         "<th scope=\"col\">Severity</th><th scope=\"col\">Rule</th>"
	         "<th scope=\"col\" class=\"number\">Findings</th>"
	         "<th scope=\"col\" class=\"number\">Objects</th></tr>"
	         "</thead>\n<tbody>\n");
	for (size_t i = 0; i < v->rule_count; i++) {
		const struct view_rule *r = &v->rules[i];

		buf_adds(out, "<tr");
		html_rule_forests(out, v, r);
		buf_adds(out, "><td>");
		put_severity(out, r->worst);
		buf_adds(out, "</td><td><a href=\"#");
		html_text(out, r->rule->id);
		buf_adds(out, "\">");
		html_text(out, r->rule->title);
		buf_addf(out, "</a></td><td class=\"number\" data-name="
		         "\"Findings\">%" PRIu64, r->open);
		html_forest_counts(out, v, r);
		buf_addf(out, "</td><td class=\"number\" data-name="
		         "\"Objects\">%" PRIu64 "</td></tr>\n", r->objects);
	}
	buf_adds(out, "</tbody>\n</table>\n");
}

/* With a link to what is to be mended first. */
static void
put_follows(struct buf *out, const struct view *v, const struct finding *f)
{
	if (!f->follows_rule)
		return;
	buf_adds(out, "<small>follows from ");
	html_link_rule(out, v, f->follows_rule);
	html_text(out, view_rule_title(v, f->follows_rule));
	buf_adds(out, "</a></small>");
}

static void
put_object(struct buf *out, const struct view *v, const struct finding *f,
           const char *rule_fix)
{
	bool same = f->fix && strcmp(f->fix, rule_fix) == 0;

	html_forest_row(out, v, f->forest);
	html_object_cell(out, f);
	html_forest_cell(out, v, f->forest);
	buf_adds(out, "<td data-name=\"Severity\">");
	html_text(out, severity_name(f->severity));
	buf_adds(out, "</td><td data-name=\"What\">");
	html_value(out, f->message);
	put_follows(out, v, f);
	html_proposed(out, f);
	html_since(out, f);
	buf_adds(out, "</td>");
	html_cell(out, f->attribute && *f->attribute ? "Have" : "Value",
	         f->observed);
	html_cell(out, "Want", f->expected);
	html_cell(out, "To do", same ? "the fix above" : f->fix);
	buf_adds(out, "</tr>\n");
}

static void
put_objects(struct buf *out, const struct view *v, const struct view_rule *r)
{
	buf_addf(out, "<details%s>\n<summary>", r->open <= 25
	         ? " open" : "");
	put_count(out, r->open, "finding", "findings");
	buf_adds(out, " on ");
	put_count(out, r->objects, "object", "objects");
	html_forest_counts(out, v, r);
	buf_addf(out, "</summary>\n<table class=\"objects%s\">\n",
	         forests_several(&v->forests) ? " forests" : "");
	if (r->shown_count < r->open) {
		buf_addf(out, "<caption>%zu of %" PRIu64 " shown, all in "
		         "findings.csv", r->shown_count, r->open);
		html_shown_forests(out, v, r);
		buf_adds(out, "</caption>\n");
	}
	buf_adds(out, "<thead><tr><th scope=\"col\">Object</th>");
	html_forest_head(out, v);
	buf_adds(out, "<th scope=\"col\">Severity</th>"
	         "<th scope=\"col\">What</th>"
	         "<th scope=\"col\">Have</th><th scope=\"col\">Want</th>"
	         "<th scope=\"col\">To do</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < r->shown_count; i++)
		put_object(out, v, &r->shown[i], r->rule->fix);
	buf_adds(out, "</tbody>\n</table>\n</details>\n");
}

static void
put_text(struct buf *out, const char *head, const char *text)
{
	buf_addf(out, "<p><b>%s</b> ", head);
	html_text(out, text);
	buf_adds(out, "</p>\n");
}

static void
put_reason(struct buf *out, const char *reason)
{
	if (reason_parts(reason) <= 1) {
		put_text(out, "In part", reason);
		return;
	}
	buf_adds(out, "<div class=\"reason\"><b>In part</b> ");
	html_reason(out, reason);
	buf_adds(out, "</div>\n");
}

static void
put_rule(struct buf *out, const struct view *v, const struct view_rule *r)
{
	buf_adds(out, "<section class=\"rule\" id=\"");
	html_text(out, r->rule->id);
	buf_adds(out, "\"");
	html_rule_forests(out, v, r);
	buf_adds(out, ">\n<h3>");
	put_severity(out, r->worst);
	html_text(out, r->rule->title);
	buf_adds(out, "</h3>\n");
	html_element(out, "p class=\"meta\"", r->rule->id);
	if (r->rule->reason)
		put_reason(out, r->rule->reason);
	put_text(out, "Why", r->rule->why);
	put_text(out, "Fix", r->rule->fix);
	buf_adds(out, "<p><b>Source</b> ");
	html_source(out, r->rule->source);
	buf_adds(out, "</p>\n");
	put_objects(out, v, r);
	buf_adds(out, "</section>\n");
}

/* The rules of one outcome, as a list. */
static void
put_outcome(struct buf *out, const struct view *v, enum outcome outcome,
            const char *title)
{
	const struct findings *f = v->findings;
	size_t n = 0;

	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule_result *r = &f->rules[i];

		if (r->outcome != outcome)
			continue;
		if (!n++)
			buf_addf(out, "<h2>%s</h2>\n<ul>\n", title);
		buf_adds(out, "<li>");
		html_text(out, r->title);
		buf_adds(out, " ");
		html_element(out, "code", r->id);
		if (r->reason) {
			buf_adds(out, ": ");
			html_reason(out, r->reason);
		}
		buf_adds(out, "</li>\n");
	}
	if (n)
		buf_adds(out, "</ul>\n");
}

static void
put_foot(struct buf *out, const struct view *v)
{
	put_outcome(out, v, OUTCOME_NOT_ASSESSED, "Not assessed");
	put_outcome(out, v, OUTCOME_NOT_APPLICABLE, "Not applicable");
	put_outcome(out, v, OUTCOME_CLEAN, "Looked at, nothing found");
	html_judged(out, v);
	buf_adds(out, "<h2>How readiness is counted</h2>\n<p>Every user, "
	         "group, contact and computer of AD in the sync scope counts "
	         "once. With a finding of severity critical or high, "
	         "of its own or of its account in the tenant, it is blocked; "
	         "else with one of "
	         "medium or low it has a warning; else it is ready, if all was "
	         "looked at that decides, and not known if not. Findings "
	         "of severity info do not count; waived ones do, for what is "
	         "accepted is not mended.</p>\n"
	         "</main>\n</body>\n</html>\n");
}

static void
put_top(struct buf *out, const struct view *v)
{
	const struct findings *f = v->findings;
	char when[WHEN_TEXT];

	when_format(f->as_of, when);
	buf_adds(out, "<h1>Migration readiness</h1>\n<p class=\"meta\">As of ");
	html_text(out, when);
	buf_adds(out, ", by ");
	html_text(out, f->tool_version);
	html_forest_told(out, v);
	buf_adds(out, ". Sync scope: ");
	html_value(out, f->scope_text);
	buf_adds(out, ". Sync engine: ");
	html_value(out, f->engine_text);
	if (f->policy_name) {
		buf_adds(out, ". Policy: ");
		html_value(out, f->policy_name);
	}
	buf_adds(out, ".</p>\n");
}

/* The page is built in pieces, so that only one rule is held at a time. */
static void
flush(struct outfile *out, struct buf *text)
{
	outfile_add(out, buf_text(text), text->len);
	buf_clear(text);
}

int
format_html(const struct view *v, const struct format_options *o,
            struct outfile *out, struct err *err)
{
	struct buf text = { 0 };
	int rc;

	(void)o;
	put_head(&text, v);
	put_top(&text, v);
	put_answer(&text, v);
	put_tiles(&text, v);
	html_forests(&text, v);
	put_gaps(&text, v);
	rc = html_trend(&text, v, err);
	html_causes(&text, v);
	put_overview(&text, v);
	html_crossing(&text, v);
	html_forecast(&text, v);
	html_exchange(&text, v);
	if (v->rule_count)
		buf_adds(&text, "<h2>The findings, worst first</h2>\n");
	for (size_t i = 0; i < v->rule_count; i++) {
		put_rule(&text, v, &v->rules[i]);
		flush(out, &text);
	}
	html_waived(&text, v);
	put_foot(&text, v);
	flush(out, &text);
	buf_release(&text);
	return rc;
}
