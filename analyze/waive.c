/* The command waive: findings in, waivers out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "analyze/waivers/waivers.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/opt.h"

struct waiving {
	struct finding_selection of;
	struct told_waiver told;
	const char *result;
	bool pattern;
	/* What was written, each once. */
	struct hash_index index;
	char **lines;
	size_t count, room;
	uint64_t chosen, waived;   /* findings; of these waived already */
	struct buf out;
};

/* ---- settings ---- */

static int
take_expires(const char *text, when_t as_of, struct err *err)
{
	char day[WHEN_TEXT];
	when_t until;

	if (!text)
		return 0;
	if (waiver_end(&until, text) < 0)
		return err_usage(err, "--expires: want a date such as "
		                 "2027-03-31, have \"%s\"", text);
	when_format_day(as_of, day);
	return until > as_of ? 0 : err_usage(
		err, "--expires: %s is over: the findings are as of %s", text,
		day);
}

static int
take_settings(struct waiving *w, const struct opt_args *args,
              struct err *err)
{
	const char *reason = w->told.reason;

	if (args->count != 1)
		return err_usage(err, "waive: want one folder of findings");
	if (!reason || !reason[strspn(reason, " \t\r\n")])
		return err_usage(err, "waive: want --reason TEXT, why they "
		                 "need no fix");
	w->told.result = STATUS_WAIVED;
	if (w->result &&
	    waiver_result_parse(&w->told.result, w->result) < 0)
		return err_usage(err, "--result: want accepted, false-positive "
		                 "or planned, have \"%s\"", w->result);
	if (w->pattern && !w->of.ou)
		return err_usage(err, "--pattern: want it with --ou, all "
		                 "below which is to be waived");
	if (w->pattern && (w->of.object || w->of.class || w->of.severity))
		return err_usage(err, "--pattern: want it without --object, "
		                 "--class and --severity, which a waiver of "
		                 "an OU cannot say");
	return 0;
}

/* ---- writing ---- */

/* What of the finding its waiver says. */
static struct waiver_said
said(const struct waiving *w, const struct finding *f)
{
	struct waiver_said s = {
		.rule = f->rule, .told = w->told, .guid = f->guid,
		.dn = f->dn, .name = f->object ? f->object : f->upn,
		.has_attribute = true, .has_value = true,
		.attribute = f->attribute, .value = finding_print_value(f),
	};

	if (!w->pattern)
		return s;
	s.suffix = w->of.ou;
	s.has_attribute = w->of.attribute != NULL;
	s.has_value = w->of.value != NULL;
	return s;
}

static bool
is_written(const struct waiving *w, const char *line, uint64_t hash)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&w->index, hash, &at)) >= 0)
		if (strcmp(w->lines[i], line) == 0)
			return true;
	return false;
}

/* Findings that differ in other things have one waiver. */
static void
put_once(struct waiving *w, const struct finding *f)
{
	const struct waiver_said s = said(w, f);
	struct buf line = { 0 };
	uint64_t hash;

	waiver_put(&line, &s);
	hash = hash_text(line.data);
	if (is_written(w, line.data, hash)) {
		buf_release(&line);
		return;
	}
	buf_add(&w->out, line.data, line.len);
	hash_index_add(&w->index, hash, w->count);
	LIST_RESERVE(w->lines, w->room, w->count + 1);
	w->lines[w->count++] = buf_detach(&line);
}

/* Nothing was chosen: what there is. */
static int
nothing(const struct findings *f, struct err *err)
{
	struct buf have = { 0 };

	for (size_t i = 0; i < f->rule_count; i++)
		if (f->rules[i].findings)
			buf_addf(&have, "%s%s (%llu)", have.len ? ", " : "",
			         f->rules[i].id, (unsigned long long)
			         f->rules[i].findings);
	err_usage(err, "waive: no finding is chosen; %s%s", have.len
	          ? "there are " : "there is none", buf_text(&have));
	buf_release(&have);
	return -1;
}

static struct finding_selector *
take_selection(const struct waiving *w, const struct findings *f,
               struct err *err)
{
	if (finding_selection_is_any(&w->of))
		return finding_selector_new(&w->of, f, err);
	err_usage(err, "waive: want which findings, by --rule, --severity, "
	          "--ou, --class, --object, --attribute or --value; --rule "
	          "'*' is all");
	return NULL;
}

static int
choose(struct waiving *w, const struct findings *f, struct err *err)
{
	struct finding_selector *s = take_selection(w, f, err);
	struct findings_reader *r = s ? findings_read(f, err) : NULL;
	struct finding one;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = findings_next(r, &one, err)) > 0) {
		if (!finding_selector_has(s, &one))
			continue;
		w->chosen++;
		if (one.status == STATUS_OPEN)
			put_once(w, &one);
		else
			w->waived++;
	}
	findings_reader_close(r);
	finding_selector_free(s);
	return rc == 0 && !w->chosen ? nothing(f, err) : rc;
}

static void
warn_of_waived(const struct waiving *w)
{
	unsigned long long n = w->waived;

	if (n)
		fprintf(stderr, "syncscope: %llu finding%s that %s chosen %s "
		        "waived already and left out\n", n, n == 1 ? "" : "s",
		        n == 1 ? "was" : "were", n == 1 ? "is" : "are");
}

static int
run(struct waiving *w, const char *path, struct err *err)
{
	struct findings *f = findings_open(path, err);
	int rc = f ? take_expires(w->told.expires, f->as_of, err) : -1;

	if (rc == 0)
		rc = choose(w, f, err);
	if (rc == 0) {
		fwrite(buf_text(&w->out), 1, w->out.len, stdout);
		warn_of_waived(w);
	}
	findings_close(f);
	return rc;
}

static void
release(struct waiving *w)
{
	for (size_t i = 0; i < w->count; i++)
		free(w->lines[i]);
	free(w->lines);
	hash_index_release(&w->index);
	buf_release(&w->out);
}

static enum opt_outcome
parse(struct waiving *w, int argc, const char **argv, struct opt_args *args,
      struct err *err)
{
	const struct opt opts[] = {
		{ .name = "reason", .arg = "TEXT", .text = &w->told.reason,
		  .help = "Why the findings need no fix" },
		{ .name = "owner", .arg = "TEXT", .text = &w->told.owner,
		  .help = "Who answers for that" },
		{ .name = "ticket", .arg = "TEXT", .text = &w->told.ticket,
		  .help = "Where it is written down" },
		{ .name = "expires", .arg = "DATE", .text = &w->told.expires,
		  .help = "The last day on which it holds; default: it always "
		          "does" },
		{ .name = "result", .arg = "RESULT", .text = &w->result,
		  .help = "accepted, false-positive or planned; default: "
		          "accepted" },
		{ .name = "rule", .arg = "LIST", .text = &w->of.rule,
		  .help = "Findings of these rules, by id or pattern, with "
		          "commas between", .is_list = true,
		  .typed_only = true },
		{ .name = "severity", .arg = "LIST", .text = &w->of.severity,
		  .help = "Of this severity or worse; of several with commas "
		          "between, of these", .is_list = true,
		  .typed_only = true },
		{ .name = "ou", .arg = "DN", .text = &w->of.ou,
		  .help = "Of objects below this one",
		  .typed_only = true },
		{ .name = "dn-suffix", .arg = "DN", .text = &w->of.ou,
		  .help = "The same",
		  .typed_only = true },
		{ .name = "class", .arg = "CLASS", .text = &w->of.class,
		  .help = "Of objects of this class",
		  .typed_only = true },
		{ .name = "object", .arg = "OBJECT", .text = &w->of.object,
		  .help = "Of the object with this GUID, DN, UPN or name",
		  .typed_only = true },
		{ .name = "attribute", .arg = "NAME",
		  .text = &w->of.attribute, .help = "Of this attribute",
		  .typed_only = true },
		{ .name = "value", .arg = "VALUE", .text = &w->of.value,
		  .help = "Of this value",
		  .typed_only = true },
		{ .name = "pattern", .flag = &w->pattern, .typed_only = true,
		  .help = "One waiver of each rule for all below --ou, in "
		          "place of one for each object" },
		{ 0 }
	};

	return opt_parse(argc, argv, opts, "syncscope waive|FINDINGS "
	                 "SELECTION --reason TEXT", args, err);
}

enum exit_code
cmd_waive(int argc, const char **argv, struct err *err)
{
	struct waiving w = { .of.said = "--" };
	struct opt_args args;
	enum opt_outcome got = parse(&w, argc, argv, &args, err);
	int rc = got == OPT_WRONG ? -1 : 0;

	if (got == OPT_RUN && (rc = take_settings(&w, &args, err)) == 0)
		rc = run(&w, args.args[0], err);
	release(&w);
	opt_release(&args);
	return rc < 0 ? err->code : EXIT_DONE;
}
