/* For the auditor: from which data, by which rules, with which tool. */
#include <string.h>

#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

static void
put_pair(struct buf *out, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	buf_addf(out, "<dt>%s</dt><dd>", name);
	esc_value(out, value, ESC_TEXT);
	buf_adds(out, "</dd>");
}

static void
put_facts(struct buf *out, const struct findings *f)
{
	char when[WHEN_TEXT];

	when_format(f->as_of, when);
	buf_adds(out, "<dl class=\"kv\">");
	put_pair(out, "Tool", f->tool_version);
	put_pair(out, "Judged as of", when);
	put_pair(out, "Sync scope", f->scope_text);
	put_pair(out, "Sync engine", f->engine_text);
	put_pair(out, "Policy", f->policy_name ? f->policy_name : "none");
	put_pair(out, "Its SHA-256", f->policy_digest);
	put_pair(out, "Edits", f->edits_name);
	put_pair(out, "Their SHA-256", f->edits_digest);
	for (size_t i = 0; i < f->waivers.file_count; i++) {
		put_pair(out, "Waivers", f->waivers.files[i].name);
		put_pair(out, "Their SHA-256", f->waivers.files[i].digest);
	}
	buf_adds(out, "</dl>\n");
}

static void
put_snapshot(struct buf *out, const struct judged_snapshot *s)
{
	char when[WHEN_TEXT];

	when_format(s->collected, when);
	buf_adds(out, "<tr><th scope=\"row\">");
	esc_value(out, s->name, ESC_TEXT);
	buf_addf(out, "</th><td class=\"keep\">%s</td><td>", when);
	esc_value(out, s->sides, ESC_TEXT);
	for (size_t i = 0; i < s->domain_count; i++) {
		buf_adds(out, "<span class=\"sub\">");
		esc_value(out, s->domains[i], ESC_TEXT);
		buf_adds(out, "</span>");
	}
	buf_adds(out, "</td><td>");
	esc_value(out, strcmp(s->role ? s->role : "", "present") == 0
	          ? "this run" : s->role, ESC_TEXT);
	buf_adds(out, "</td><td><code class=\"v\">");
	esc_html(out, s->digest);
	buf_adds(out, "</code></td></tr>\n");
}

static void
put_snapshots(struct buf *out, const struct findings *f)
{
	mark_scroll(out, "Snapshots");
	buf_adds(out, "<table><thead><tr><th scope=\"col\">Snapshot</th>"
	         "<th scope=\"col\">Collected</th><th scope=\"col\">Holds</th>"
	         "<th scope=\"col\">Used as</th><th scope=\"col\">SHA-256 of "
	         "its manifest</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < f->snapshot_count; i++)
		put_snapshot(out, &f->snapshots[i]);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

/* ---- domains ---- */

static void
put_domain(struct buf *out, const struct view *v, const struct told_forest *f,
           const struct judged_domain *d)
{
	unsigned days = forests_days_old(&v->forests, d);
	char when[WHEN_TEXT];

	when_format(d->collected, when);
	buf_adds(out, "<tr><th scope=\"row\">");
	esc_value(out, forest_domain_name(d), ESC_TEXT);
	buf_adds(out, "</th><td>");
	esc_value(out, f->name, ESC_TEXT);
	buf_adds(out, "</td><td>");
	esc_value(out, d->snapshot, ESC_TEXT);
	buf_addf(out, "</td><td class=\"keep\">%s", when);
	if (days)
		buf_addf(out, "<span class=\"sub\"><strong>%u days older than "
		         "the tenant's</strong></span>", days);
	buf_adds(out, "</td>");
	mark_cell_number(out, NULL, d->history);
	buf_adds(out, "</tr>\n");
}

static void
put_domains(struct buf *out, const struct view *v)
{
	if (!v->forests.count)
		return;
	mark_scroll(out, "Domains");
	buf_adds(out, "<table><thead><tr><th scope=\"col\">Domain</th>"
	         "<th scope=\"col\">Forest</th><th scope=\"col\">Snapshot</th>"
	         "<th scope=\"col\">Collected</th><th scope=\"col\" "
	         "class=\"num\">Older snapshots</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->forests.count; i++) {
		const struct told_forest *f = &v->forests.items[i];

		for (size_t k = 0; k < f->forest->domain_count; k++)
			put_domain(out, v, f, &f->forest->domains[k]);
	}
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

/* ---- what the tenant says of its synchronization ---- */

static void
put_setting(struct buf *out, const char *name, const char *state,
            const char *means)
{
	buf_adds(out, "<tr><th scope=\"row\">");
	esc_html(out, name);
	buf_adds(out, "</th><td>");
	esc_value(out, state, ESC_TEXT);
	buf_adds(out, "</td><td>");
	esc_html(out, means);
	buf_adds(out, "</td></tr>\n");
}

static void
put_prevention(struct buf *out, const struct judged_sync *s)
{
	struct buf text = { 0 };

	if (s->prevention)
		buf_adds(&text, s->prevention);
	if (s->alert) {
		buf_adds(&text, text.len ? ", " : "");
		mark_number(&text, s->alert);
	}
	put_setting(out, "Prevention of accidental deletions", text.len
	            ? text.data : "not collected", NULL);
	buf_release(&text);
}

static void
put_sync(struct buf *out, const struct judged_sync *s)
{
	char last[WHEN_TEXT];

	if (!s)
		return;
	mark_scroll(out, "Synchronization by the tenant");
	buf_adds(out, "<table><caption>What the tenant says of its "
	         "synchronization</caption><thead><tr><th scope=\"col\">Setting"
	         "</th><th scope=\"col\">State</th><th scope=\"col\">Meaning"
	         "</th></tr></thead>\n<tbody>\n");
	put_setting(out, "Synchronization", enabled_text(s->on), NULL);
	put_setting(out, "Last synchronization", sync_last_text(s, last),
	            NULL);
	put_prevention(out, s);
	for (size_t i = 0; i < s->feature_count; i++)
		put_setting(out, s->features[i].name,
		            enabled_text(s->features[i].on),
		            s->features[i].means);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

/* Nobody has to move: it is folded away. */
static void
put_cloud(struct buf *out, const struct cloud_limits *all)
{
	if (!all->count)
		return;
	buf_adds(out, "<details>\n<summary>What stands against Cloud Sync in "
	         "place of Connect</summary>\n<table>\n<thead><tr>"
	         "<th scope=\"col\">Limit</th><th scope=\"col\">State</th>"
	         "<th scope=\"col\">Evidence</th><th scope=\"col\">Source"
	         "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < all->count; i++) {
		const struct cloud_limit *l = &all->items[i];

		buf_addf(out, "<tr><th scope=\"row\">%s", l->of == LIMIT_OF_MOVE
		         ? "Guided move: " : "");
		esc_html(out, l->text);
		buf_adds(out, "</th>");
		mark_element(out, "td", limit_state_text(l->state));
		buf_adds(out, "<td>");
		esc_value(out, l->evidence, ESC_TEXT);
		buf_adds(out, "</td><td class=\"src\">");
		mark_source(out, l->source);
		buf_adds(out, "</td></tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n</details>\n");
}

static void
put_sums(struct buf *out, const struct findings *f)
{
	buf_adds(out, "<p>");
	mark_count(out, f->finding_count, "finding", "findings");
	buf_adds(out, ", SHA-256 <code class=\"v\">");
	esc_html(out, findings_digest(f));
	buf_adds(out, "</code>; ");
	mark_count(out, f->forecast_count, "forecast", "forecasts");
	buf_adds(out, ", SHA-256 <code class=\"v\">");
	esc_html(out, forecast_digest(f));
	buf_adds(out, "</code>. The same snapshots, policy and date give the "
	         "same files, byte for byte.</p>\n");
}

void
part_evidence(struct buf *out, const struct report_page *p,
              const struct view *v)
{
	mark_section(out, "evidence", "Evidence", "For the auditor: from which "
	             "data, by which rules, with which tool.");
	put_facts(out, p->f);
	put_snapshots(out, p->f);
	put_domains(out, v);
	put_sync(out, p->f->sync);
	put_cloud(out, &p->f->cloud);
	put_sums(out, p->f);
	mark_section_end(out);
}
