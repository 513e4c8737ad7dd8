/* What was not looked at: a check that could not be made has not passed. */
#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

static void
put_titles(struct buf *out, const struct findings *f, const char *head,
           const struct told_names *rules)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct rule_result *r = findings_rule(f, rules->items[i]);

		buf_adds(out, i ? "; " : head);
		esc_html(out, r ? r->title : rules->items[i]);
	}
	buf_adds(out, rules->count ? ". " : "");
}

static void
put_domains(struct buf *out, const struct told_names *domains)
{
	for (size_t i = 0; i < domains->count; i++) {
		buf_adds(out, i ? ", " : "In ");
		esc_value(out, domains->items[i], ESC_TEXT);
	}
	buf_adds(out, domains->count ? ". " : "");
}

static void
put_missing(struct buf *out, const struct findings *f,
            const struct missing_data *m)
{
	buf_adds(out, "<div class=\"gap\"><h3>");
	esc_value(out, m->reason, ESC_TEXT);
	buf_adds(out, "</h3><p>");
	put_domains(out, &m->domains);
	put_titles(out, f, "Not made at all: ", &m->rules);
	put_titles(out, f, "Made in part: ", &m->partly);
	buf_adds(out, "</p>");
	if (m->command) {
		buf_adds(out, "<p class=\"small soft\">Collects it:</p>"
		         "<pre tabindex=\"0\" role=\"region\" "
		         "aria-label=\"Command for: ");
		esc_html(out, m->reason);
		buf_adds(out, "\">");
		esc_value(out, m->command, ESC_TEXT);
		buf_adds(out, "</pre>");
	}
	buf_adds(out, "</div>\n");
}

static void
put_all_missing(struct buf *out, const struct report_page *p,
                const struct view *v)
{
	for (size_t i = 0; i < p->missing_count; i++)
		put_missing(out, p->f, &p->missing[i]);
	if (!v->not_assessed && !v->in_part)
		buf_adds(out, "<p>Every check could look at all that it "
		         "reads.</p>\n");
}

/* Why no object of a class can be ready. */
static void
put_not_known(struct buf *out, const struct report_page *p)
{
	const struct findings *f = p->f;

	if (f->not_known_count)
		buf_adds(out, "<h3>Why objects are \xe2\x80\x9cnot known\xe2"
		         "\x80\x9d</h3>\n<ul>\n");
	for (size_t i = 0; i < f->not_known_count; i++) {
		buf_adds(out, "<li>No ");
		esc_html(out, f->not_known[i].class);
		esc_html(out, view_of_domains(&f->not_known[i]));
		buf_adds(out, " can be called ready: ");
		mark_reason(out, f->not_known[i].reason);
		buf_adds(out, "</li>\n");
	}
	buf_adds(out, f->not_known_count ? "</ul>\n" : "");
}

/* ---- data of the report ---- */

static void
put_state(struct buf *out, const struct judged_section *s)
{
	bool asked = judged_section_is_asked(s);
	bool whole = asked && s->state[0] == 'c';

	buf_addf(out, "<td><span class=\"%s\">", whole ? "yes" : asked ? "no"
	         : "unknown");
	esc_html(out, asked ? s->state : "not collected");
	buf_adds(out, "</span>");
	if (s->reason) {
		buf_adds(out, ": ");
		esc_value(out, s->reason, ESC_TEXT);
	}
	buf_adds(out, "</td>");
}

static void
put_section(struct buf *out, const struct judged_section *s)
{
	bool asked = judged_section_is_asked(s);

	buf_adds(out, "<tr><th scope=\"row\">");
	esc_html(out, s->title);
	buf_adds(out, "</th>");
	put_state(out, s);
	buf_adds(out, "<td class=\"num\">");
	if (asked)
		mark_number(out, s->objects);
	else
		buf_adds(out, "\xe2\x80\x93");
	buf_adds(out, "</td><td>");
	esc_value(out, asked ? s->snapshot : "\xe2\x80\x93", ESC_TEXT);
	buf_adds(out, "</td></tr>\n");
}

static void
put_sections(struct buf *out, const struct findings *f)
{
	buf_adds(out, "<h3>Data of this report</h3>\n");
	mark_scroll(out, "Data of this report");
	buf_adds(out, "<table><thead><tr><th scope=\"col\">Data</th>"
	         "<th scope=\"col\">State</th><th scope=\"col\" class=\"num\">"
	         "Objects</th><th scope=\"col\">Snapshot</th></tr></thead>\n"
	         "<tbody>\n");
	for (size_t i = 0; i < f->section_count; i++)
		put_section(out, &f->sections[i]);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

static void
put_outcome(struct buf *out, const struct findings *f, enum outcome outcome,
            const char *head)
{
	size_t n = 0;

	for (size_t i = 0; i < f->rule_count; i++) {
		if (f->rules[i].outcome != outcome)
			continue;
		buf_adds(out, n++ ? "; " : head);
		esc_html(out, f->rules[i].title);
	}
	buf_adds(out, n ? ".</p>\n" : "");
}

/* What the judgement rests on where nobody said anything. */
static void
put_assumed(struct buf *out, const struct findings *f)
{
	if (f->policy_name || !f->assumed_count)
		return;
	buf_adds(out, "<h3>Assumed, since there is no policy</h3>\n<ul>\n");
	for (size_t i = 0; i < f->assumed_count; i++)
		mark_element(out, "li", f->assumed[i]);
	buf_adds(out, "</ul>\n");
}

void
part_coverage(struct buf *out, const struct report_page *p,
              const struct view *v)
{
	mark_section(out, "coverage", "What was not looked at", "A check that "
	             "could not be made has not passed. Grouped by the data "
	             "that are missing.");
	put_all_missing(out, p, v);
	put_not_known(out, p);
	put_assumed(out, p->f);
	put_sections(out, p->f);
	put_outcome(out, p->f, OUTCOME_CLEAN,
	            "<p><strong>Checked, nothing found:</strong> ");
	put_outcome(out, p->f, OUTCOME_NOT_APPLICABLE,
	            "<p><strong>Does not apply here:</strong> ");
	mark_section_end(out);
}
