/* The command exchange: whether the last Exchange server can go, and how. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/err.h"
#include "base/opt.h"
#include "base/term.h"
#include "base/wrap.h"

/* So many pieces of evidence are told of a condition. */
enum { SHOWN = 3 };

static void
print_head(const struct exchange_told *t, struct buf *text)
{
	char day[WHEN_TEXT];

	buf_clear(text);
	exchange_tell(t, text);
	buf_addc(text, '.');
	wrap_print("", text->data);
	for (size_t i = 0; i < t->server_count; i++) {
		const struct exchange_told_server *s = &t->servers[i];

		buf_clear(text);
		exchange_tell_name(t, s, text);
		buf_adds(text, ": ");
		exchange_tell_server(s, text);
		wrap_print("  ", text->data);
	}
	when_format_day(t->as_of, day);
	buf_clear(text);
	exchange_tell_organization(t, text);
	printf("\n");
	wrap_print("Organization: ", text->data);
	printf("As of %s\n", day);
}

/* ---- the order of work ---- */

static const char *const marks[CONDITION_RESULTS] = {
	[CONDITION_NOT_ASSESSED] = "[?]", [CONDITION_NOT_APPLICABLE] = "[-]",
	[CONDITION_MET] = "[x]", [CONDITION_NOT_MET] = "[ ]",
};

/* Who takes the step, and what waits for it. */
static void
print_step(const struct exchange_told *t, const struct exchange_condition *c,
           struct buf *text)
{
	buf_clear(text);
	buf_addf(text, "%s; ", step_owner_title(c->owner));
	exchange_tell_blocked(t, c, text);
	buf_addf(text, " (%s)", c->id);
	wrap_print("       who:    ", text->data);
}

static void
print_evidence(const struct exchange_condition *c, struct buf *text)
{
	uint64_t more = exchange_untold(c, SHOWN);
	const char *head = c->result == CONDITION_NOT_ASSESSED
		? "       hint:   " : "       have:   ";

	for (size_t i = 0; i < c->evidence_count && i < SHOWN; i++) {
		buf_clear(text);
		exchange_tell_evidence(&c->evidence[i], text);
		wrap_print(head, buf_text(text));
		head = "               ";
	}
	if (c->evidence_count && more)
		printf("               and %" PRIu64 " more\n", more);
}

/* Many lack the same export: it is told once. */
static void
print_reason(const struct exchange_told *t, size_t n, struct buf *text)
{
	const char *reason = t->conditions[n].reason;
	const char *head = t->conditions[n].result == CONDITION_MET
		? "       note:   " : "       reason: ";
	size_t i = 0;

	if (!reason)
		return;
	while (!t->conditions[i].reason ||
	       strcmp(t->conditions[i].reason, reason) != 0)
		i++;
	buf_clear(text);
	if (i < n)
		buf_addf(text, "that of %zu", i + 1);
	else
		buf_adds(text, reason);
	wrap_print(head, text->data);
}

/* Of what is done, or nobody's, the first line says all. */
static void
print_condition(const struct exchange_told *t, size_t n, struct buf *text)
{
	const struct exchange_condition *c = &t->conditions[n];
	char head[32];

	snprintf(head, sizeof(head), "%2zu %s ", n + 1, marks[c->result]);
	buf_clear(text);
	buf_addf(text, "%s (", c->title);
	exchange_tell_result(c, text);
	buf_addc(text, ')');
	wrap_print(head, text->data);
	print_reason(t, n, text);
	if (!exchange_is_work(t, c))
		return;
	print_step(t, c, text);
	wrap_print("       do:     ", c->fix);
	wrap_print("       undo:   ", c->undo ? c->undo
	           : "this cannot be undone");
	print_evidence(c, text);
}

static void
print_conditions(const struct exchange_told *t, struct buf *text)
{
	printf("\nThe order of work ([x] met, [ ] not met, [?] not assessed, "
	       "[-] not applicable):\n");
	for (size_t i = 0; i < t->condition_count; i++)
		print_condition(t, i, text);
}

/* ---- the ways out ---- */

static void
print_numbers(const char *head, const size_t *numbers, size_t n,
              const struct exchange_told *t, struct buf *text)
{
	if (!n)
		return;
	buf_clear(text);
	for (size_t i = 0; i < n; i++)
		buf_addf(text, "%s%zu %s", i ? ", " : "", numbers[i] + 1,
		         t->conditions[numbers[i]].id);
	wrap_print(head, text->data);
}

static void
print_ways(const struct exchange_told *t, struct buf *text)
{
	printf("\nThe ways out:\n");
	for (int p = 0; p < EXCHANGE_PATHS; p++) {
		const struct exchange_way *w = &t->ways[p];
		enum exchange_path path = (enum exchange_path)p;

		printf("  %s (%s): %s\n", exchange_path_title(path),
		       exchange_path_name(path), path_state_title(w->state));
		if (w->state == PATH_NOT_APPLICABLE)
			continue;
		print_numbers("    not met:      ", w->missing,
		              w->missing_count, t, text);
		print_numbers("    not assessed: ", w->open, w->open_count, t,
		              text);
		printf("    last step:    %s\n",
		       exchange_last_step_title(path));
	}
}

static void
print_told(const struct exchange_told *t)
{
	struct buf text = { 0 };

	print_head(t, &text);
	if (exchange_moot(t)) {
		buf_clear(&text);
		buf_addf(&text, "Nothing is to be done: %s.",
		         exchange_moot(t));
		wrap_print("", text.data);
	} else {
		print_conditions(t, &text);
		print_ways(t, &text);
	}
	buf_release(&text);
}

/* ---- the command ---- */

enum exchange_output { OUTPUT_TEXT, OUTPUT_JSON };

static enum exit_code
run(const char *path, enum exchange_output as, struct err *err)
{
	struct findings *f = findings_open(path, err);
	struct buf text = { 0 };
	int rc = f ? exchange_text(f, &text, err) : -1;
	enum exit_code code = EXIT_DONE;

	if (rc == 0 && as == OUTPUT_JSON)
		fwrite(text.data, 1, text.len, stdout);
	else if (rc == 0)
		print_told(&f->exchange);
	if (rc == 0 && f->exchange.verdict == VERDICT_NOT_ASSESSED)
		code = EXIT_PARTIAL;
	buf_release(&text);
	findings_close(f);
	return rc < 0 ? err->code : code;
}

enum exit_code
cmd_exchange(int argc, const char **argv, struct err *err)
{
	bool json = false;
	const struct opt opts[] = {
		{ .name = "json", .flag = &json,
		  .help = "Print exchange.json as it is, checked against the "
		          "manifest" },
		{ 0 }
	};
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope exchange|FINDINGS", &args,
	                                 err);
	enum exit_code code = EXIT_DONE;

	if (got == OPT_WRONG)
		code = err->code;
	else if (got == OPT_RUN && args.count != 1) {
		err_usage(err, "exchange: want one folder of findings");
		code = err->code;
	} else if (got == OPT_RUN) {
		code = run(args.args[0], json ? OUTPUT_JSON : OUTPUT_TEXT,
		           err);
	}
	opt_release(&args);
	return code;
}
