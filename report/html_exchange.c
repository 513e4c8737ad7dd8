/* The verdict first, then what to do in which order, then how it ends. */
#include "report/html_exchange.h"

#include <inttypes.h>

#include "base/buf.h"
#include "report/html.h"
#include "report/html_reason.h"
#include "report/view.h"

/* So many pieces of evidence are shown of a condition. */
enum { SHOWN = 5 };

static void
put_verdict(struct buf *out, const struct exchange_told *t)
{
	struct buf text = { 0 };

	exchange_tell(t, &text);
	buf_addc(&text, '.');
	buf_adds(out, "<p class=\"answer\">");
	html_value(out, text.data);
	buf_adds(out, "</p>\n<p class=\"meta\">Organization: ");
	buf_clear(&text);
	exchange_tell_organization(t, &text);
	html_value(out, text.data);
	buf_adds(out, ".</p>\n");
	buf_release(&text);
}

static void
put_server(struct buf *out, const struct exchange_told_server *s)
{
	struct buf text = { 0 };

	buf_adds(out, "<tr><td>");
	html_value(out, s->name);
	buf_adds(out, "</td><td data-name=\"Version\">");
	html_value(out, s->product ? s->product : "not known");
	buf_adds(out, " ");
	html_value(out, s->update);
	if (s->version)
		html_element(out, "small", s->version);
	buf_adds(out, "</td><td data-name=\"Roles\">");
	for (size_t i = 0; i < s->role_count; i++)
		buf_addf(&text, "%s%s", i ? ", " : "", s->roles[i]);
	html_value(out, text.data);
	buf_clear(&text);
	exchange_tell_support(s, &text);
	buf_addf(out, "</td><td data-name=\"Support\"><span class=\"%s\">",
	         s->support == EXCHANGE_SUPPORT_ENDED ? "high"
	         : s->support == EXCHANGE_SUPPORT_PAID ? "medium" : "support");
	html_text(out, text.data);
	buf_adds(out, "</span></td></tr>\n");
	buf_release(&text);
}

static void
put_servers(struct buf *out, const struct exchange_told *t)
{
	if (!t->server_count)
		return;
	buf_adds(out, "<table>\n<caption>Exchange servers</caption>\n<thead>"
	         "<tr><th scope=\"col\">Server</th>"
	         "<th scope=\"col\">Version</th><th scope=\"col\">Roles</th>"
	         "<th scope=\"col\">Support</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < t->server_count; i++)
		put_server(out, &t->servers[i]);
	buf_adds(out, "</tbody>\n</table>\n");
}

/* ---- the order of work ---- */

/* Shape and word, so that colour says nothing alone. */
static void
put_result(struct buf *out, const struct exchange_condition *c)
{
	static const char *const marks[CONDITION_RESULTS] = {
		[CONDITION_NOT_ASSESSED] = "? ",
		[CONDITION_NOT_APPLICABLE] = "\xe2\x80\x93 ",
		[CONDITION_MET] = "\xe2\x9c\x93 ",
		[CONDITION_NOT_MET] = "\xe2\x97\x86 ",
	};
	struct buf text = { 0 };

	exchange_tell_result(c, &text);
	buf_addf(out, "<td data-name=\"State\"><span class=\"state %s\">%s",
	         condition_result_name(c->result), marks[c->result]);
	html_text(out, text.data);
	buf_adds(out, "</span></td>");
	buf_release(&text);
}

static void
put_evidence(struct buf *out, const struct exchange_condition *c)
{
	uint64_t more = exchange_untold(c, SHOWN);
	struct buf text = { 0 };

	if (!c->evidence_count)
		return;
	buf_adds(out, "<ul>");
	for (size_t i = 0; i < c->evidence_count && i < SHOWN; i++) {
		buf_clear(&text);
		exchange_tell_evidence(&c->evidence[i], &text);
		buf_adds(out, "<li>");
		html_value(out, text.data);
		buf_adds(out, "</li>");
	}
	if (more)
		buf_addf(out, "<li>and %" PRIu64 " more</li>", more);
	buf_adds(out, "</ul>");
	buf_release(&text);
}

/* What it is, whom it stops, why nothing is known, and what was met. */
static void
put_what(struct buf *out, const struct exchange_condition *c)
{
	struct buf text = { 0 };

	buf_adds(out, "<td data-name=\"Condition\">");
	html_value(out, c->title);
	buf_addf(out, "<small>%s", c->kind == CONDITION_BLOCKS ? "blocks "
	         : "blocks nothing, a task on ");
	exchange_tell_paths(c, &text);
	html_text(out, text.data);
	buf_adds(out, " ");
	html_element(out, "code", c->id);
	buf_adds(out, "</small>");
	html_reason(out, c->reason);
	put_evidence(out, c);
	buf_adds(out, "</td>");
	buf_release(&text);
}

/* Nothing is to be done of what is met, or nobody's. */
static void
put_work(struct buf *out, const struct exchange_condition *c)
{
	bool is_work = c->result == CONDITION_NOT_MET ||
	               c->result == CONDITION_NOT_ASSESSED;

	html_cell(out, "Who", step_owner_title(c->owner));
	buf_adds(out, "<td data-name=\"To do\">");
	if (is_work) {
		html_value(out, c->fix);
		buf_adds(out, "<small>");
		html_source(out, c->source);
		buf_adds(out, "</small>");
	}
	buf_adds(out, "</td>");
	html_cell(out, "Undo", !is_work ? NULL : c->undo ? c->undo
	          : "cannot be undone");
}

static void
put_conditions(struct buf *out, const struct exchange_told *t)
{
	/* Who gave no data of Exchange did not ask. */
	bool opened = t->state != EXCHANGE_UNKNOWN;

	buf_addf(out, "<details%s>\n<summary>The order of work: %zu "
	         "conditions</summary>\n<table class=\"work\">\n<thead><tr>"
	         "<th scope=\"col\" class=\"number\">No.</th>"
	         "<th scope=\"col\">State</th><th scope=\"col\">Condition</th>"
	         "<th scope=\"col\">Who</th><th scope=\"col\">To do</th>"
	         "<th scope=\"col\">Undo</th></tr></thead>\n<tbody>\n",
	         opened ? " open" : "", t->condition_count);
	for (size_t i = 0; i < t->condition_count; i++) {
		buf_addf(out, "<tr><td class=\"number\" data-name=\"No.\">%zu"
		         "</td>", i + 1);
		put_result(out, &t->conditions[i]);
		put_what(out, &t->conditions[i]);
		put_work(out, &t->conditions[i]);
		buf_adds(out, "</tr>\n");
	}
	buf_adds(out, "</tbody>\n</table>\n</details>\n");
}

/* ---- the ways out ---- */

static void
put_numbers(struct buf *out, const char *name, const size_t *numbers, size_t n,
            const struct exchange_told *t)
{
	buf_addf(out, "<td data-name=\"%s\">", name);
	for (size_t i = 0; i < n; i++) {
		buf_addf(out, "%s%zu ", i ? ", " : "", numbers[i] + 1);
		html_element(out, "code", t->conditions[numbers[i]].id);
	}
	buf_adds(out, "</td>");
}

static void
put_way(struct buf *out, const struct exchange_told *t, enum exchange_path p)
{
	const struct exchange_way *w = &t->ways[p];

	buf_adds(out, "<tr><td>");
	html_text(out, exchange_path_title(p));
	html_element(out, "small", exchange_path_name(p));
	buf_addf(out, "</td><td data-name=\"State\"><span class=\"state %s\">",
	         path_state_name(w->state));
	html_text(out, path_state_title(w->state));
	buf_adds(out, "</span></td>");
	put_numbers(out, "Not met", w->missing, w->missing_count, t);
	put_numbers(out, "Not assessed", w->open, w->open_count, t);
	html_cell(out, "Last step", w->state == PATH_NOT_APPLICABLE ? NULL
	          : exchange_last_step_title(p));
	buf_adds(out, "</tr>\n");
}

static void
put_ways(struct buf *out, const struct exchange_told *t)
{
	buf_adds(out, "<table>\n<caption>The ways out, of which one is enough; "
	         "each has its own last step</caption>\n<thead><tr>"
	         "<th scope=\"col\">Way</th><th scope=\"col\">State</th>"
	         "<th scope=\"col\">Not met</th>"
	         "<th scope=\"col\">Not assessed</th>"
	         "<th scope=\"col\">Last step</th></tr></thead>\n<tbody>\n");
	for (int p = 0; p < EXCHANGE_PATHS; p++)
		put_way(out, t, (enum exchange_path)p);
	buf_adds(out, "</tbody>\n</table>\n");
}

void
html_exchange(struct buf *out, const struct view *v)
{
	const struct exchange_told *t = &v->findings->exchange;

	if (!t->condition_count)
		return;
	buf_adds(out, "<section id=\"exchange\">\n"
	         "<h2>The last Exchange server</h2>\n");
	put_verdict(out, t);
	put_servers(out, t);
	/* With no server there is nothing to walk out of. */
	if (t->state == EXCHANGE_SERVERS || t->state == EXCHANGE_UNKNOWN)
		put_ways(out, t);
	if (exchange_moot(t)) {
		buf_adds(out, "<p>Nothing is to be done: ");
		html_value(out, exchange_moot(t));
		buf_adds(out, ".</p>\n");
	} else {
		put_conditions(out, t);
	}
	buf_adds(out, "</section>\n");
}
