/* What was not looked at, what was written, and what to type. */
#include "report/screen_foot.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/shell.h"
#include "base/term.h"
#include "base/wrap.h"
#include "report/tell.h"
#include "report/view.h"

/* ---- what was not looked at ---- */

static size_t
waiting(const struct missing_data *d)
{
	return d->rules.count + d->partly.count;
}

/* What most rules lack, be it in part. */
static const struct missing_data *
worst_missing(const struct missing_data *all, size_t n)
{
	const struct missing_data *worst = NULL;

	for (size_t i = 0; i < n; i++)
		if (!worst || waiting(&all[i]) > waiting(worst))
			worst = &all[i];
	return worst;
}

static void
tell_missing(const struct missing_data *d, size_t n, struct buf *out)
{
	struct buf text = { 0 };
	size_t rules = waiting(d);

	missing_put(&text, d);
	buf_addf(out, "; %zu rule%s for 1 of %zu reason%s: ", rules,
	         rules == 1 ? "" : "s", n, n == 1 ? "" : "s");
	tell_reason(out, text.data, text.len);
	buf_release(&text);
}

static size_t
put_gaps(struct buf *out, const struct view *v,
         const struct missing_data *worst, size_t count)
{
	struct buf text = { 0 };
	size_t lines;

	if (!v->not_assessed && !v->in_part)
		return 0;
	buf_addf(&text, "Not looked at: %zu of %zu rules, and in part %zu",
	         v->not_assessed, v->findings->rule_count, v->in_part);
	if (worst)
		tell_missing(worst, count, &text);
	lines = wrap_put(out, 0, text.data, SENTENCE_LINES);
	buf_release(&text);
	return lines;
}

/* ---- what to type ---- */

/* A command is one line, so that it can be copied. */
static size_t
put_command(struct buf *out, size_t began)
{
	size_t columns = wrap_columns(out->data + began);

	buf_addc(out, '\n');
	return columns ? (columns - 1) / WRAP_WIDTH + 1 : 1;
}

/* A name that hides nothing; else what no one can choose. */
static const char *
to_show(const struct finding *f)
{
	const char *const names[] = { f->upn, f->object, f->guid };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && shell_is_sayable(names[i]))
			return names[i];
	return NULL;
}

static size_t
put_show(struct buf *out, const struct view *v, const struct screen_end *end)
{
	const char *name = v->worst_count ? to_show(&v->worst[0]) : NULL;
	size_t began = out->len;

	/* Without a forecast there is no story. */
	if (!name || !v->findings->forecast_count)
		return 0;
	buf_adds(out, "  syncscope show ");
	shell_put_path(out, end->findings, "FINDINGS");
	buf_addc(out, ' ');
	shell_put_name(out, name, "OBJECT");
	return put_command(out, began);
}

static size_t
put_repair(struct buf *out, const struct view *v, const struct screen_end *end)
{
	size_t began = out->len;

	if (!v->findings->causes.changes || end->repair->len)
		return 0;
	buf_adds(out, "  syncscope report ");
	shell_put_path(out, end->findings, "FINDINGS");
	buf_adds(out, " --format ldif,ps1 -o ");
	shell_put_path(out, end->output, "FOLDER");
	return put_command(out, began);
}

static size_t
put_collect(struct buf *out, const struct missing_data *worst)
{
	size_t began = out->len;

	if (!worst || !worst->command)
		return 0;
	buf_addf(out, "  %s", term_text(worst->command));
	return put_command(out, began);
}

static size_t
put_trial(struct buf *out, const struct screen_end *end)
{
	size_t began = out->len;

	if (!end->trial->len)
		return 0;
	buf_addf(out, "  %s", end->trial->data);
	return put_command(out, began);
}

static size_t
put_next(struct buf *out, const struct view *v, const struct screen_end *end,
         const struct missing_data *worst)
{
	struct buf next = { 0 };
	size_t lines = put_show(&next, v, end) + put_repair(&next, v, end) +
	               put_trial(&next, end) + put_collect(&next, worst);

	if (lines)
		buf_addf(out, "Next:\n%s", next.data);
	buf_release(&next);
	return lines ? lines + 1 : 0;
}

/* A sentence of each line. */
static size_t
put_lines(struct buf *out, const char *text)
{
	size_t lines = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");
		char *line = xstrndup(text, len);

		lines += wrap_put(out, 0, line, WRAP_ALL);
		free(line);
		text += len + (text[len] == '\n');
	}
	return lines;
}

static size_t
put_files(struct buf *out, const struct screen_end *end)
{
	struct buf text = { 0 };
	size_t lines;

	buf_addf(&text, "Reports in %s:%s", term_text(end->output),
	         buf_text(end->files));
	lines = wrap_put(out, 0, text.data, WRAP_ALL);
	buf_release(&text);
	return lines;
}

/* What was written, and what to type: nothing is left to be guessed. */
size_t
screen_foot_put(struct buf *out, const struct view *v,
                const struct screen_end *end)
{
	struct arena scratch = { 0 };
	const struct missing_data *all;
	size_t count = missing_told(v->findings, &scratch, &all);
	const struct missing_data *worst = worst_missing(all, count);
	size_t lines = put_gaps(out, v, worst, count);

	lines += put_lines(out, buf_text(end->notes));
	lines += put_lines(out, buf_text(end->repair));
	lines += put_files(out, end);
	lines += put_next(out, v, end, worst);
	arena_release(&scratch);
	return lines;
}
