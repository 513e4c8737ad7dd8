/* The verdict first, then what to do in which order, then how it ends. */
#include "base/buf.h"
#include "report/page/escape.h"
#include "report/page/markup.h"
#include "report/page/parts.h"

/* So many pieces of evidence are shown of a condition. */
enum { EVIDENCE_SHOWN = 5 };

static void
put_verdict(struct buf *out, const struct exchange_told *t)
{
	struct buf text = { 0 };

	exchange_tell(t, &text);
	buf_addc(&text, '.');
	buf_adds(out, "<p><strong>");
	esc_value(out, text.data, ESC_TEXT);
	buf_adds(out, "</strong></p>\n<p class=\"soft\">Organization: ");
	buf_clear(&text);
	exchange_tell_organization(t, &text);
	esc_value(out, buf_text(&text), ESC_TEXT);
	buf_adds(out, ".</p>\n");
	buf_release(&text);
}

static void
put_server(struct buf *out, const struct exchange_told *t,
           const struct exchange_told_server *s)
{
	struct buf text = { 0 };

	buf_adds(out, "<tr><th scope=\"row\">");
	exchange_tell_name(t, s, &text);
	esc_value(out, buf_text(&text), ESC_TEXT);
	buf_clear(&text);
	buf_adds(out, "</th><td>");
	esc_value(out, s->product ? s->product : "not known", ESC_TEXT);
	buf_addc(out, ' ');
	esc_value(out, s->update, ESC_TEXT);
	if (s->version)
		mark_element(out, "span class=\"sub\"", s->version);
	buf_adds(out, "</td><td>");
	for (size_t i = 0; i < s->role_count; i++)
		buf_addf(&text, "%s%s", i ? ", " : "", s->roles[i]);
	esc_value(out, buf_text(&text), ESC_TEXT);
	buf_clear(&text);
	exchange_tell_support(s, &text);
	buf_addf(out, "</td><td><span class=\"%s\">",
	         s->support == EXCHANGE_SUPPORT_ENDED ? "no" : "unknown");
	esc_html(out, buf_text(&text));
	buf_adds(out, "</span></td></tr>\n");
	buf_release(&text);
}

static void
put_servers(struct buf *out, const struct exchange_told *t)
{
	if (!t->server_count)
		return;
	mark_scroll(out, "Exchange servers");
	buf_adds(out, "<table><caption>Exchange servers</caption><thead><tr>"
	         "<th scope=\"col\">Server</th><th scope=\"col\">Version</th>"
	         "<th scope=\"col\">Roles</th><th scope=\"col\">Support</th>"
	         "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->server_count; i++)
		put_server(out, t, &t->servers[i]);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

/* ---- the order of work ---- */

/* Shape and word, so that colour says nothing alone. */
static void
put_result(struct buf *out, const struct exchange_condition *c)
{
	static const struct {
		const char *class, *mark;
	} looks[CONDITION_RESULTS] = {
		[CONDITION_NOT_ASSESSED] = { "unknown", "? " },
		[CONDITION_NOT_APPLICABLE] = { "unknown", "\xe2\x80\x93 " },
		[CONDITION_MET] = { "yes", "\xe2\x9c\x93 " },
		[CONDITION_NOT_MET] = { "no", "\xe2\x97\x86 " },
	};
	struct buf text = { 0 };

	exchange_tell_result(c, &text);
	buf_addf(out, "<td><strong class=\"%s\">%s", looks[c->result].class,
	         looks[c->result].mark);
	esc_html(out, buf_text(&text));
	buf_adds(out, "</strong></td>");
	buf_release(&text);
}

static void
put_evidence(struct buf *out, const struct exchange_condition *c)
{
	uint64_t more = exchange_untold(c, EVIDENCE_SHOWN);

	if (!c->evidence_count)
		return;
	buf_adds(out, "<ul class=\"small\">");
	for (size_t i = 0; i < c->evidence_count && i < EVIDENCE_SHOWN; i++) {
		struct buf text = { 0 };

		exchange_tell_evidence(&c->evidence[i], &text);
		buf_adds(out, "<li>");
		esc_value(out, buf_text(&text), ESC_TEXT);
		buf_adds(out, "</li>");
		buf_release(&text);
	}
	if (more) {
		buf_adds(out, "<li>and ");
		mark_number(out, more);
		buf_adds(out, " more</li>");
	}
	buf_adds(out, "</ul>");
}

/* What it is, whom it stops, why nothing is known, and what was met. */
static void
put_what(struct buf *out, const struct exchange_told *t,
         const struct exchange_condition *c)
{
	struct buf text = { 0 };

	buf_adds(out, "<th scope=\"row\">");
	esc_value(out, c->title, ESC_TEXT);
	buf_adds(out, "<span class=\"sub\">");
	exchange_tell_blocked(t, c, &text);
	esc_html(out, buf_text(&text));
	buf_addc(out, ' ');
	mark_element(out, "code", c->id);
	buf_adds(out, "</span></th><td>");
	mark_reason(out, c->reason);
	put_evidence(out, c);
	buf_adds(out, "</td>");
	buf_release(&text);
}

/* Nothing is to be done of what is met, or nobody's. */
static void
put_work(struct buf *out, const struct exchange_told *t,
         const struct exchange_condition *c)
{
	mark_element(out, "td", step_owner_title(c->owner));
	buf_adds(out, "<td>");
	if (exchange_is_work(t, c)) {
		esc_value(out, c->fix, ESC_TEXT);
		buf_adds(out, "<span class=\"sub src\">");
		mark_source(out, c->source);
		buf_adds(out, "</span>");
		if (c->undo) {
			buf_adds(out, "<span class=\"sub\">Undo: ");
			esc_value(out, c->undo, ESC_TEXT);
			buf_adds(out, "</span>");
		} else {
			buf_adds(out, "<span class=\"sub\">It cannot be undone."
			         "</span>");
		}
	}
	buf_adds(out, "</td>");
}

static void
put_conditions(struct buf *out, const struct exchange_told *t)
{
	mark_scroll(out, "Conditions");
	buf_adds(out, "<table><caption>Conditions, in the order of work"
	         "</caption><thead><tr><th scope=\"col\" class=\"num\">No.</th>"
	         "<th scope=\"col\">State</th><th scope=\"col\">Condition</th>"
	         "<th scope=\"col\">What the data say</th><th scope=\"col\">Who"
	         "</th><th scope=\"col\">To do</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->condition_count; i++) {
		buf_addf(out, "<tr><td class=\"num\">%zu</td>", i + 1);
		put_result(out, &t->conditions[i]);
		put_what(out, t, &t->conditions[i]);
		put_work(out, t, &t->conditions[i]);
		buf_adds(out, "</tr>\n");
	}
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

/* ---- the ways out ---- */

static void
put_numbers(struct buf *out, const size_t *numbers, size_t n,
            const struct exchange_told *t)
{
	buf_adds(out, "<td>");
	for (size_t i = 0; i < n; i++) {
		buf_addf(out, "%s%zu ", i ? ", " : "", numbers[i] + 1);
		mark_element(out, "code", t->conditions[numbers[i]].id);
	}
	buf_adds(out, "</td>");
}

static void
put_way(struct buf *out, const struct exchange_told *t, enum exchange_path e)
{
	const struct exchange_way *w = &t->ways[e];

	buf_adds(out, "<tr><th scope=\"row\">");
	esc_html(out, exchange_path_title(e));
	mark_element(out, "span class=\"sub\"", exchange_path_name(e));
	buf_adds(out, "</th>");
	mark_element(out, "td", path_state_title(w->state));
	put_numbers(out, w->missing, w->missing_count, t);
	put_numbers(out, w->open, w->open_count, t);
	mark_element(out, "td", w->state == PATH_NOT_APPLICABLE ? NULL
	             : exchange_last_step_title(e));
	buf_adds(out, "</tr>\n");
}

static void
put_ways(struct buf *out, const struct exchange_told *t)
{
	/* With no server there is nothing to walk out of. */
	if (t->state != EXCHANGE_SERVERS && t->state != EXCHANGE_UNKNOWN)
		return;
	mark_scroll(out, "Ways out");
	buf_adds(out, "<table><caption>The ways out, of which one is enough; "
	         "each has its own last step</caption><thead><tr>"
	         "<th scope=\"col\">Way</th><th scope=\"col\">State</th>"
	         "<th scope=\"col\">Not met</th><th scope=\"col\">Not looked at"
	         "</th><th scope=\"col\">Last step</th></tr></thead>\n"
	         "<tbody>\n");
	for (int e = 0; e < EXCHANGE_PATHS; e++)
		put_way(out, t, (enum exchange_path)e);
	buf_adds(out, "</tbody></table>");
	mark_scroll_end(out);
}

void
part_exchange_brief(struct buf *out, const struct report_page *p)
{
	struct buf text = { 0 };

	if (!p->f->exchange.condition_count)
		return;
	exchange_tell(&p->f->exchange, &text);
	buf_adds(out, "<div class=\"block\"><h3>Last Exchange server</h3><p>");
	esc_value(out, buf_text(&text), ESC_TEXT);
	buf_addf(out, ".%s</p></div>\n", page_has_section(p, "exchange")
	         ? " <a href=\"#exchange\">Conditions</a>" : "");
	buf_release(&text);
}

void
part_exchange(struct buf *out, const struct report_page *p)
{
	const struct exchange_told *t = &p->f->exchange;

	if (!t->condition_count)
		return;
	mark_section(out, "exchange", "The last Exchange server", NULL);
	put_verdict(out, t);
	put_servers(out, t);
	put_ways(out, t);
	if (exchange_moot(t)) {
		buf_adds(out, "<p>Nothing is to be done: ");
		esc_value(out, exchange_moot(t), ESC_TEXT);
		buf_adds(out, ".</p>\n");
	} else {
		put_conditions(out, t);
	}
	mark_section_end(out);
}
