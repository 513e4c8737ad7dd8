/* The command diff: what became of findings between runs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/command.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/opt.h"
#include "report/diff.h"

struct diff_settings {
	const char *fail_on_new;
	enum severity worst;       /* SEVERITY_COUNT: no threshold */
	bool json, csv, all;
};

static int
take_settings(struct diff_settings *set, const struct opt_args *args,
              struct err *err)
{
	struct buf want = { 0 };
	int rc = 0;

	set->worst = SEVERITY_COUNT;
	if (!args->count)
		return err_usage(err, "diff: want two folders of findings, "
		                 "the older one first; or one, or more");
	if (set->fail_on_new && args->count == 1)
		return err_usage(err, "--fail-on-new: want two folders, or "
		                 "more");
	if (set->fail_on_new &&
	    severity_parse(&set->worst, set->fail_on_new) < 0) {
		for (int s = 0; s < SEVERITY_COUNT; s++)
			buf_add_listed(&want, severity_name((enum severity)s),
			               (size_t)s, SEVERITY_COUNT);
		rc = err_usage(err, "--fail-on-new: want %s, have \"%s\"",
		               buf_text(&want), set->fail_on_new);
		buf_release(&want);
	}
	return rc;
}

static int
print_two(const struct diff_settings *set, const struct compared_folders *of,
          struct change_counts *counts, struct err *err)
{
	struct findings_diff *d = findings_diff_open(of->findings[BEFORE],
	                                             of->findings[AFTER], err);
	int rc;

	if (!d)
		return -1;
	if (set->json)
		rc = diff_print_json(of, d, counts, err);
	else if (set->csv)
		rc = diff_print_csv(d, counts, err);
	else
		rc = diff_print_text(of, d, set->all ? DIFF_ALL
		                     : DIFF_EXAMPLES, counts, err);
	findings_diff_close(d);
	return rc;
}

static enum trend_output
trend_output(const struct diff_settings *set)
{
	return set->json ? TREND_JSON : set->csv ? TREND_CSV : TREND_TEXT;
}

static int
print(const struct diff_settings *set, const char *const *names,
      struct findings *const *folders, size_t n, struct change_counts *counts,
      struct err *err)
{
	const struct findings *const *all =
		(const struct findings *const *)folders;
	const struct compared_folders two = {
		.names = { names[0], n > 1 ? names[1] : NULL },
		.findings = { folders[0], n > 1 ? folders[1] : NULL },
	};

	for (size_t i = 1; i < n; i++)
		if (findings_diff_check(folders[i - 1], folders[i], err) < 0)
			return -1;
	if (n == 1)
		return trend_print_folder(folders[0], trend_output(set), err);
	if (n == 2)
		return print_two(set, &two, counts, err);
	return trend_print_folders(all, n, trend_output(set), counts, err);
}

/* New ones decide, then whether all could be compared. */
static enum exit_code
outcome(const struct diff_settings *set, const struct change_counts *counts)
{
	if (set->worst == SEVERITY_COUNT)
		return EXIT_DONE;
	if (change_counts_fail(counts, set->worst))
		return EXIT_FINDINGS;
	return change_count(counts, CHANGE_NOT_COMPARABLE) ? EXIT_PARTIAL
	                                                   : EXIT_DONE;
}

static enum exit_code
run(const struct diff_settings *set, const struct opt_args *args,
    struct err *err)
{
	struct findings **folders = xcalloc(args->count, sizeof(*folders));
	struct change_counts counts = { .of = { { 0 } } };
	int rc = 0;

	for (size_t i = 0; i < args->count && rc == 0; i++) {
		folders[i] = findings_open(args->args[i], err);
		rc = folders[i] ? 0 : -1;
	}
	if (rc == 0)
		rc = print(set, args->args, folders, args->count, &counts,
		           err);
	for (size_t i = 0; i < args->count; i++)
		findings_close(folders[i]);
	free(folders);
	return rc < 0 ? err->code : outcome(set, &counts);
}

enum exit_code
cmd_diff(int argc, const char **argv, struct err *err)
{
	struct diff_settings set = { .json = false };
	const struct opt opts[] = {
		{ .name = "all", .help = "Tell every finding, not examples",
		  .flag = &set.all },
		{ .name = "json", .help = "Print JSON, with every finding",
		  .flag = &set.json },
		{ .name = "csv", .help = "Print CSV, with every finding",
		  .flag = &set.csv },
		{ .name = "fail-on-new", .arg = "SEVERITY",
		  .help = "Exit with 1 when there are new or reopened findings "
		          "at or above it, else with 3 when some cannot be "
		          "compared", .text = &set.fail_on_new },
		{ 0 }
	};
	static const struct opt_clash clashes[] = {
		{ "json", "csv", "they are two formats; want one" },
		{ 0 }
	};
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts, "syncscope diff|"
	                                 "OLD-FINDINGS NEW-FINDINGS", &args,
	                                 err);
	enum exit_code code = EXIT_DONE;

	if (got == OPT_WRONG ||
	    (got == OPT_RUN && (opt_exclude(opts, &args, clashes, err) < 0 ||
	                        take_settings(&set, &args, err) < 0)))
		code = err->code;
	else if (got == OPT_RUN)
		code = run(&set, &args, err);
	opt_release(&args);
	return code;
}
