/* The head and the foot first: causes get the lines that are left. */
#include "report/screen.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/term.h"
#include "base/wrap.h"
#include "report/alerts.h"
#include "report/answer.h"
#include "report/screen_foot.h"
#include "report/tell.h"
#include "report/view.h"

enum {
	CAUSES = 5,
	CAUSE_INDENT = 12,         /* "1. critical " */
	BETWEEN_LINES = 3,         /* two that are empty, and what follows */
};

/* ---- the answer ---- */

static enum term_style
style_of(const struct view *v)
{
	const uint64_t *by = v->findings->by_readiness;

	if (!v->findings->forecast_count)
		return TERM_BOLD;
	if (by[READINESS_BLOCKED])
		return TERM_BAD;
	return by[READINESS_NOT_KNOWN] || !v->objects ? TERM_WARN : TERM_GOOD;
}

static size_t
put_answer(struct buf *out, const struct view *v)
{
	struct buf text = { 0 };
	size_t lines;

	answer_tell(v, &text);
	buf_adds(out, term_style(style_of(v)));
	lines = wrap_put(out, 0, text.data, SENTENCE_LINES);
	buf_adds(out, term_style(TERM_END));
	buf_clear(&text);
	if (v->findings->forecast_count) {
		tell_readiness(&text, v);
		lines += wrap_put_head(out, v->ad_alone ? "By AD alone: "
		                       : "Objects: ", text.data,
		                       SENTENCE_LINES);
		buf_clear(&text);
	}
	if (tell_actions(&text, v->findings))
		lines += wrap_put_head(out, "Next synchronization: ",
		                       text.data, SENTENCE_LINES);
	buf_release(&text);
	return lines;
}

/* ---- causes ---- */

static const enum term_style by_severity[SEVERITY_COUNT] = {
	[SEVERITY_CRITICAL] = TERM_BAD, [SEVERITY_HIGH] = TERM_BAD,
	[SEVERITY_MEDIUM] = TERM_WARN, [SEVERITY_LOW] = TERM_END,
	[SEVERITY_INFO] = TERM_END,
};

/* "1 user: ...", and how many that leaves blocked. */
static size_t
put_title(struct buf *out, const struct cause *c, size_t n)
{
	struct buf text = { 0 };
	char then[NUMBER_TEXT];
	size_t lines;

	buf_addf(out, "%zu. %s%-8s%s ", n, term_style(by_severity[c->severity]),
	         severity_name(c->severity), term_style(TERM_END));
	buf_adds(&text, term_text(c->title));
	if (c->is_forecast && c->blocked)
		buf_addf(&text, " [then %s blocked]",
		         number_grouped(c->blocked_after, then));
	lines = wrap_put(out, CAUSE_INDENT, text.data, SENTENCE_LINES);
	buf_release(&text);
	return lines;
}

static size_t
put_action(struct buf *out, const struct cause *c)
{
	if (!c->action)
		return 0;
	buf_addf(out, "%*s", CAUSE_INDENT, "");
	return wrap_put(out, CAUSE_INDENT, term_text(c->action),
	                SENTENCE_LINES + 1);
}

/* The titles that fit into ROOM lines, but one at least; how many. */
static size_t
fit_titles(const struct first_causes *all, size_t room, size_t *used)
{
	struct buf scratch = { 0 };
	size_t n = 0;

	*used = 0;
	while (n < all->count && n < CAUSES) {
		size_t lines = put_title(&scratch, &all->items[n], n + 1);

		if (n && *used + lines > room)
			break;
		*used += lines;
		n++;
	}
	buf_release(&scratch);
	return n;
}

/* What to do stands at those, from the first, for which there is room. */
static size_t
put_causes(struct buf *out, const struct first_causes *all, size_t room)
{
	size_t used, n = fit_titles(all, room, &used);

	for (size_t i = 0; i < n; i++) {
		struct buf action = { 0 };
		size_t lines = put_action(&action, &all->items[i]);

		put_title(out, &all->items[i], i + 1);
		if (used + lines <= room)
			buf_adds(out, buf_text(&action));
		else
			room = 0;
		used += lines;
		buf_release(&action);
	}
	return n;
}

static void
print_causes(const struct view *v, size_t room)
{
	struct buf text = { 0 };
	char all[NUMBER_TEXT];
	size_t n = put_causes(&text, &v->causes, room);

	if (!n)
		printf("\nNo finding is open%s.\n\n", v->not_assessed ||
		       v->in_part ? " in what was looked at" : "");
	else
		printf("\n%sWhat to do first%s (%zu of %s cause%s):\n%s\n",
		       term_style(TERM_BOLD), term_style(TERM_END), n,
		       number_grouped(v->causes.all, all),
		       v->causes.all == 1 ? "" : "s", text.data);
	buf_release(&text);
}

void
screen_print(const struct view *v, const struct screen_end *end)
{
	struct buf head = { 0 }, foot = { 0 };
	size_t used = put_answer(&head, v) + alerts_put(&head, v) +
	              screen_foot_put(&foot, v, end) + BETWEEN_LINES;

	printf("%s", head.data);
	print_causes(v, used < SCREEN_LINES ? SCREEN_LINES - used : 0);
	printf("%s", buf_text(&foot));
	buf_release(&head);
	buf_release(&foot);
}
