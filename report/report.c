/* The command report: findings in, reports out. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/term.h"
#include "report/formats.h"
#include "report/idfix_names.h"
#include "report/known_objects.h"
#include "report/page/page.h"
#include "report/repair/repair.h"
#include "report/screen.h"
#include "report/screen_foot.h"
#include "report/select.h"
#include "report/plan/plan.h"
#include "report/summary.h"
#include "report/view.h"

enum { CHANGES_MAX = 1000000 };

#define DELIMITERS ", ; | : or tab"

struct report_settings {
	const char *findings, *output, *list, *delimiter, *plan;
	bool mark, force, all, verbose;
	struct formats_wanted wanted;
	struct format_options options;
	struct page_settings page;
	struct opt_texts select;
	long max_changes;
	struct repair_settings repair;
};

/*
 * Appends the words of the formats, once each: of those that are written at
 * WHEN or more readily. Before the last one stands LAST. How many they are.
 */
static size_t
put_words(struct buf *out, enum format_when when, const char *between,
          const char *last)
{
	const char *words[FORMATS];
	size_t n = 0;

	for (size_t i = 0; i < FORMATS; i++)
		if (formats[i].when <= when &&
		    (!n || strcmp(words[n - 1], formats[i].name) != 0))
			words[n++] = formats[i].name;
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, i == 0 ? "" : i == n - 1 ? last : between);
		buf_adds(out, words[i]);
	}
	return n;
}

/* "Of html and csv; default: both". */
static const char *
format_help(struct buf *out)
{
	struct buf usual = { 0 };
	size_t all;

	buf_adds(out, "Of ");
	all = put_words(out, FORMAT_ASKED, ", ", " and ");
	buf_adds(out, "; default: ");
	if (put_words(&usual, FORMAT_USUAL, ",", ",") < all)
		buf_adds(out, buf_text(&usual));
	else
		buf_adds(out, all == 2 ? "both" : "all");
	buf_release(&usual);
	return buf_text(out);
}

static int
refuse_format(const struct report_settings *set, struct err *err)
{
	struct buf words = { 0 };

	put_words(&words, FORMAT_ASKED, ", ", " and ");
	err_usage(err, "--format: want a list of %s, have \"%s\"",
	          buf_text(&words), set->list);
	buf_release(&words);
	return -1;
}

static int
want_format(struct report_settings *set, const char *name, size_t len,
            struct err *err)
{
	bool known = false;

	for (size_t i = 0; i < FORMATS; i++)
		if (strlen(formats[i].name) == len &&
		    strncmp(formats[i].name, name, len) == 0)
			set->wanted.which[i] = known = true;
	return known ? 0 : refuse_format(set, err);
}

static int
take_formats(struct report_settings *set, struct err *err)
{
	const char *p = set->list;

	for (size_t i = 0; i < FORMATS && !p; i++)
		set->wanted.which[i] = formats[i].when == FORMAT_USUAL;
	while (p) {
		size_t len = strcspn(p, ",");

		if (want_format(set, p, len, err) < 0)
			return -1;
		p = p[len] ? p + len + 1 : NULL;
	}
	return 0;
}

static int
take_delimiter(struct report_settings *set, struct err *err)
{
	const char *text = set->delimiter ? set->delimiter : ",";

	if (strcmp(text, "tab") == 0)
		text = "\t";
	if (strlen(text) != 1 || !strchr(",;|:\t", *text))
		return err_usage(err, "--csv-delimiter: want one of "
		                 DELIMITERS ", have \"%s\"", set->delimiter);
	set->options = (struct format_options){
		.csv_delimiter = *text, .csv_mark = set->mark,
		.rows = set->all ? ROWS_ALL : ROWS_TOLD,
	};
	return 0;
}

static int
take_repair(struct report_settings *set, struct err *err)
{
	const struct opt_bounds bounds = { "max-changes", set->max_changes, 1,
	                                   CHANGES_MAX };

	if (opt_check_numbers(&bounds, 1, err) < 0 ||
	    select_take(&set->repair.select, &set->select, err) < 0)
		return -1;
	set->repair.max = (uint64_t)set->max_changes;
	set->repair.mode = set->force ? FOLDER_REPLACE : FOLDER_NEW;
#define FOLDER_WANTED(word, folder, wants) \
	set->repair.wants = formats_want(&set->wanted, word);
	REPORT_FOLDERS(FOLDER_WANTED)
#undef FOLDER_WANTED
	if (set->select.count && !set->repair.ldif && !set->repair.script)
		return err_usage(err, "--select: want --format ldif or ps1 "
		                 "for it");
	return 0;
}

static int
take_settings(struct report_settings *set, const struct opt_args *args,
              struct err *err)
{
	if (args->count != 1)
		return err_usage(err, "report: want one folder of findings");
	set->findings = args->args[0];
	if (!set->output)
		return err_usage(err, "report: want -o FOLDER, where to write");
	if (take_formats(set, err) < 0 || take_repair(set, err) < 0)
		return -1;
	if (set->plan && !formats_want(&set->wanted, "csv"))
		return err_usage(err, "--plan: want csv among --format, as it "
		                 "is kept in " FORMAT_PLAN);
	return take_delimiter(set, err);
}

/* What people wrote is replaced only by a plan that keeps a plan. */
static int
check_plan(const struct report_settings *set, const char *path,
           struct err *err)
{
	if (set->plan || plan_is_bare(path))
		return 0;
	return err_usage(err, "%s: someone wrote into it; --plan FILE keeps "
	                 "what a plan says, else move it away", path);
}

/* Nothing is written when one of the files is there already. */
static int
check_folder(const struct report_settings *set, struct err *err)
{
	if (mkdir(set->output, 0777) < 0 && errno != EEXIST)
		return err_usage(err, "%s: folder cannot be made: %s",
		                 set->output, strerror(errno));
	for (size_t i = 0; i < FORMATS; i++) {
		char *path = path_join(set->output, formats[i].file);
		/* A folder has its own check of what it may replace. */
		bool there = set->wanted.which[i] &&
		             !format_is_folder(&formats[i]) &&
		             access(path, F_OK) == 0;

		int rc = 0;

		if (there && !set->force)
			rc = err_usage(err, "%s: exists already; --force "
			               "replaces it", path);
		else if (there && strcmp(formats[i].file, FORMAT_PLAN) == 0)
			rc = check_plan(set, path, err);
		free(path);
		if (rc < 0)
			return -1;
	}
	return 0;
}

/* What a format that was asked for leaves out. */
static void
tell_left_out(const struct report_settings *set, const struct view *v,
              struct buf *out)
{
	uint64_t n = idfix_nameless(v->findings);

	for (size_t i = 0; i < FORMATS; i++)
		if (n && set->wanted.which[i] &&
		    strcmp(formats[i].name, "idfix") == 0)
			buf_addf(out, "%s: %" PRIu64 " finding%s left out, for "
			         "which IdFix has no name\n", formats[i].file,
			         n, n == 1 ? " is" : "s are");
}

/* Formats that share a folder name it once. */
static void
tell_files(const struct report_settings *set, struct buf *out)
{
	const char *last = "";

	for (size_t i = 0; i < FORMATS; i++) {
		if (!set->wanted.which[i] ||
		    strcmp(last, formats[i].file) == 0)
			continue;
		last = formats[i].file;
		buf_addf(out, " %s", last);
	}
}

/* The whole summary, or one screen of it. */
static void
print_all(const struct report_settings *set, const struct view *v,
          const struct screen_end *end)
{
	if (!set->verbose) {
		screen_print(v, end);
		return;
	}
	summary_print(v);
	if (end->notes->len)
		printf("\n%s", end->notes->data);
	if (end->repair->len)
		printf("\n%s", end->repair->data);
	if (end->trial->len)
		printf("try them first: %s\n", end->trial->data);
	printf("\nReports in %s:%s\n", term_text(set->output),
	       buf_text(end->files));
}

/* What was written, and what is next. */
static void
tell_end(const struct report_settings *set, const struct view *v,
         const struct repair_run *run, struct buf *notes)
{
	struct buf files = { 0 }, repair = { 0 }, trial = { 0 };

	tell_left_out(set, v, notes);
	tell_files(set, &files);
	if (run) {
		repair_tell(run, &repair);
		repair_tell_trial(run, &trial);
	}
	print_all(set, v, &(struct screen_end){
		.findings = set->findings, .output = set->output,
		.files = &files, .notes = notes, .repair = &repair,
		.trial = &trial,
	});
	buf_release(&files);
	buf_release(&repair);
	buf_release(&trial);
}

/* The folder of changes, if it is wanted. 0 or -1. */
static int
write_repair(const struct report_settings *set, const struct view *v,
             struct repair_run **out, struct err *err)
{
	char *path;

	if (!set->repair.ldif && !set->repair.script)
		return 0;
	path = path_join(set->output, "repair");
	*out = repair_write(v, path, &set->repair, &set->options, err);
	free(path);
	return *out ? 0 : -1;
}

static int
write_all(struct report_settings *set, const struct view *v, struct err *err)
{
	struct repair_run *repair = NULL;
	struct buf notes = { 0 };
	int rc;

	set->options.notes = &notes;
	set->wanted.folder = set->options.folder = set->output;
	rc = write_repair(set, v, &repair, err);
	if (rc == 0)
		rc = formats_write(&set->wanted, v, &set->options, err);
	if (rc == 0 && repair)
		rc = repair_commit(repair, err);
	if (rc == 0)
		tell_end(set, v, repair, &notes);
	buf_release(&notes);
	repair_free(repair);
	return rc;
}

/* What is asked for is read before findings are. */
static int
read_asked(struct report_settings *set, const struct findings *f,
           struct err *err)
{
	struct format_options *o = &set->options;

	if (formats_want(&set->wanted, "html"))
		o->page = page_new(f, &set->page, err);
	if (formats_want(&set->wanted, "html") && !o->page)
		return -1;
	if (set->plan)
		o->plan = plan_read(set->plan, err);
	return set->plan && !o->plan ? -1 : 0;
}

/* The page takes findings while the view reads them; lists know of them. */
static struct view *
read_view(struct report_settings *set, const struct findings *f,
          struct known_objects *known, struct err *err)
{
	struct view_taker *page = page_taker(set->options.page);
	struct view *v;

	if (!formats_want(&set->wanted, "csv") &&
	    !formats_want(&set->wanted, "xlsx"))
		return view_new(f, page, err);
	known_objects_begin(known, page);
	v = view_new(f, &known->taker, err);
	known_objects_end(known);
	set->options.known = known;
	return v;
}

static int
run(struct report_settings *set, const char *path, struct err *err)
{
	struct findings *f = findings_open(path, err);
	struct known_objects known = { .count = 0 };
	struct view *v = NULL;
	int rc = f ? read_asked(set, f, err) : -1;

	if (rc == 0) {
		v = read_view(set, f, &known, err);
		rc = v ? check_folder(set, err) : -1;
	}
	if (rc == 0)
		rc = write_all(set, v, err);
	view_free(v);
	page_free(set->options.page);
	plan_free(set->options.plan);
	known_objects_release(&known);
	findings_close(f);
	return rc;
}

enum exit_code
cmd_report(int argc, const char **argv, struct err *err)
{
	struct report_settings set = { .max_changes = REPAIR_CHANGES_MAX };
	struct buf help = { 0 };
	const struct opt opts[] = {
		{ .name = "output", .letter = 'o', .arg = "FOLDER",
		  .help = "Where to write", .text = &set.output },
		{ .name = "format", .arg = "LIST",
		  .help = format_help(&help), .text = &set.list,
		  .is_list = true },
		{ .name = "csv-delimiter", .arg = "C",
		  .help = "Between fields: " DELIMITERS,
		  .text = &set.delimiter },
		{ .name = "all", .help = "List objects about which there is "
		  "nothing to know, too", .flag = &set.all },
		{ .name = "csv-bom", .help = "Begin CSV with a byte-order "
		  "mark, for Excel", .flag = &set.mark },
		{ .name = "title", .arg = "TEXT", .help = "HTML: what stands "
		  "at its top", .text = &set.page.title },
		{ .name = "customer", .arg = "TEXT", .help = "HTML: whom it is "
		  "about", .text = &set.page.customer },
		{ .name = "logo", .arg = "FILE",
		  .help = "HTML: PNG, JPEG or SVG, at most 200 KB",
		  .text = &set.page.logo },
		{ .name = "notes", .arg = "TEXT|FILE",
		  .help = "HTML: a note, or a file of them; may be repeated",
		  .texts = &set.page.notes },
		{ .name = "audience", .arg = "WHO",
		  .help = "HTML: for engineer (default), management or "
		          "customer", .text = &set.page.audience },
		{ .name = "waves", .arg = "FILE",
		  .help = "HTML: migration waves, a CSV of object and wave",
		  .text = &set.page.waves },
		{ .name = "plan", .arg = "FILE",
		  .help = "CSV: a former action-plan.csv, whose owners, dates "
		          "and comments are kept", .text = &set.plan },
		{ .name = "select", .arg = "KEY=WORDS",
		  .help = "ldif, ps1: of findings with this " SELECT_KEYS
		          "; may be repeated", .texts = &set.select,
		  .typed_only = true },
		{ .name = "max-changes", .arg = "N",
		  .help = "ldif, ps1: change at most N objects (500)",
		  .number = &set.max_changes },
		{ .name = "verbose", .letter = 'v', .help = "Say all, not what "
		  "fits on one screen", .flag = &set.verbose },
		{ .name = "force", .help = "Replace reports that exist",
		  .flag = &set.force, .typed_only = true },
		{ 0 }
	};
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope report|"
	                                 "FINDINGS -o FOLDER", &args, err);
	int rc = got == OPT_WRONG ? -1 : 0;

	if (got == OPT_RUN)
		rc = take_settings(&set, &args, err);
	if (got == OPT_RUN && rc == 0)
		rc = run(&set, args.args[0], err);
	opt_release(&args);
	buf_release(&help);
	return rc < 0 ? err->code : EXIT_DONE;
}
