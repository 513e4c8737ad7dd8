/* syncscope: the commands, and the only place that exits. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/file.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/opt.h"
#include "base/term.h"
#include "collect/snapshot/snapshot.h"
#include "report/repair/repair.h"

enum { FORMAT_FILE_MAX = 64 << 20 };

/* A folder that can be verified: its format, and who checks it. */
static const struct {
	const char *format, *unit;
	int (*verify)(const char *path, uint64_t *count, struct err *err);
} formats[] = {
	{ SNAPSHOT_FORMAT, "objects", snapshot_verify },
	{ FINDINGS_FORMAT, "findings", findings_verify },
	{ REPAIR_FORMAT, "files", repair_verify },
};

/* What says of the folder PATH what it is; the caller frees the path. */
static char *
manifest_of(const char *path)
{
	char *repair = path_join(path, REPAIR_MANIFEST);

	if (access(repair, F_OK) == 0)
		return repair;
	free(repair);
	return path_join(path, SNAPSHOT_MANIFEST);
}

static int
verify(const char *path, struct err *err)
{
	char *manifest = manifest_of(path);
	struct buf text = { .max = FORMAT_FILE_MAX };
	struct json *tree = json_load(manifest, &text, err);
	const char *format = json_string(json_get(tree, "format"));
	uint64_t count = 0;
	size_t i = 0, n = sizeof(formats) / sizeof(formats[0]);
	int rc = -1;

	while (format && i < n && strcmp(formats[i].format, format) != 0)
		i++;
	if (tree && (!format || i == n))
		err_input(err, "%s: want \"format\": \"%s\", \"%s\" or \"%s\"",
		          manifest, formats[0].format, formats[1].format,
		          formats[2].format);
	else if (tree)
		rc = formats[i].verify(path, &count, err);
	if (rc == 0)
		printf("%s: %s, %llu %s, as the manifest says\n",
		       term_text(path), formats[i].format,
		       (unsigned long long)count, formats[i].unit);
	json_free(tree);
	buf_release(&text);
	free(manifest);
	return rc;
}

static enum exit_code
cmd_verify(int argc, const char **argv, struct err *err)
{
	const struct opt opts[] = { { 0 } };
	struct opt_args args;
	enum opt_outcome got = opt_parse(argc, argv, opts,
	                                 "syncscope verify|FOLDER", &args,
	                                 err);
	int rc = got == OPT_WRONG ? -1 : 0;

	if (got == OPT_RUN && args.count != 1)
		rc = err_usage(err, "verify: want one folder");
	else if (got == OPT_RUN)
		rc = verify(args.args[0], err);
	opt_release(&args);
	return rc < 0 ? err->code : EXIT_DONE;
}

/* ---- assess: import, analyze and report in one go ---- */

/* The steps that an option is handed on to. */
enum step { STEP_IMPORT = 1, STEP_ANALYZE = 2, STEP_REPORT = 4 };

static const struct passed {
	const char *name, *arg, *help;   /* ARG NULL: it has no value */
	unsigned steps;
} passed[] = {
	{ "policy", "FILE", "What snapshots cannot know: scope, tenant, "
	  "engine, licenses", STEP_ANALYZE },
	{ "scope", "PATH", "What the sync server exports of its configuration; "
	  "may be repeated", STEP_ANALYZE },
	{ "waivers", "FILE", "Findings that need no fix; may be "
	  "repeated", STEP_ANALYZE },
	{ "as", "KIND", "Take the files for this kind", STEP_IMPORT },
	{ "collected", "TIME", "When the data were taken; default: the newest "
	  "file's time", STEP_IMPORT },
	{ "encoding", "NAME", "What files without byte-order mark are written "
	  "in, such as windows-1252", STEP_IMPORT },
	{ "all-attributes", NULL, "AD files hold every attribute that is set",
	  STEP_IMPORT },
	{ "empty-is-none", NULL, "What is empty for every object was asked "
	  "for, and there is none", STEP_IMPORT },
	{ "fail-on", "SEVERITY", "Exit with 1 when there are findings at or "
	  "above it", STEP_ANALYZE },
	{ "fail-on-incomplete", NULL, "Exit with 3 when data are incomplete, "
	  "whatever was found", STEP_ANALYZE },
	{ "profile", "PROFILE", "Which rules there are to choose from",
	  STEP_ANALYZE },
	{ "skip-rules", "LIST", "Run all rules but these", STEP_ANALYZE },
	{ "severity", "LIST", "Run only rules of this severity or worse",
	  STEP_ANALYZE },
	{ "category", "LIST", "Run only rules of these categories",
	  STEP_ANALYZE },
	{ "format", "LIST", "Which reports, as report has them", STEP_REPORT },
	{ "force", NULL, "Replace what is in FOLDER",
	  STEP_IMPORT | STEP_ANALYZE | STEP_REPORT },
};

enum { PASSED = sizeof(passed) / sizeof(passed[0]) };

struct assess {
	const char *output;
	struct opt_texts values[PASSED];
	bool flags[PASSED];
	char *snapshot, *findings;       /* folders in OUTPUT */
	const char **files, **snapshots; /* of the arguments */
	size_t file_count, snapshot_count;
};

/* A command line that is made up; every word is its own. */
struct words {
	char **list;
	size_t count, room;
};

static void
add_word(struct words *w, char *word)
{
	LIST_RESERVE(w->list, w->room, w->count + 1);
	w->list[w->count++] = word;
}

static void
add_options(const struct assess *a, struct words *w, enum step step)
{
	for (size_t i = 0; i < PASSED; i++) {
		if (!(passed[i].steps & step))
			continue;
		if (a->flags[i])
			add_word(w, xasprintf("--%s", passed[i].name));
		/* Of several the step takes what it takes. */
		for (size_t k = 0; k < a->values[i].count; k++)
			add_word(w, xasprintf("--%s=%s", passed[i].name,
			                      a->values[i].texts[k]));
	}
}

static enum exit_code
run_words(struct words *w,
          enum exit_code (*run)(int argc, const char **argv, struct err *err),
          struct err *err)
{
	enum exit_code code = run((int)w->count, (const char **)w->list, err);
	for (size_t i = 0; i < w->count; i++)
		free(w->list[i]);
	free(w->list);
	return code;
}

static void
add_output(struct words *w, const char *output)
{
	/* What follows are names, whatever they look like. */
	add_word(w, xstrdup("-o"));
	add_word(w, xstrdup(output));
	add_word(w, xstrdup("--"));
}

static enum exit_code
assess_import(const struct assess *a, struct err *err)
{
	struct words w = { 0 };

	if (!a->file_count)
		return EXIT_DONE;
	add_word(&w, xstrdup("collect"));
	add_word(&w, xstrdup("import"));
	add_options(a, &w, STEP_IMPORT);
	add_output(&w, a->snapshot);
	for (size_t i = 0; i < a->file_count; i++)
		add_word(&w, xstrdup(a->files[i]));
	return run_words(&w, cmd_collect, err);
}

static enum exit_code
assess_analyze(const struct assess *a, struct err *err)
{
	struct words w = { 0 };

	add_word(&w, xstrdup("analyze"));
	add_word(&w, xstrdup("--quiet"));
	add_options(a, &w, STEP_ANALYZE);
	add_output(&w, a->findings);
	for (size_t i = 0; i < a->snapshot_count; i++)
		add_word(&w, xstrdup(a->snapshots[i]));
	if (a->file_count)
		add_word(&w, xstrdup(a->snapshot));
	return run_words(&w, cmd_analyze, err);
}

static enum exit_code
assess_report(const struct assess *a, struct err *err)
{
	struct words w = { 0 };

	add_word(&w, xstrdup("report"));
	add_options(a, &w, STEP_REPORT);
	add_output(&w, a->output);
	add_word(&w, xstrdup(a->findings));
	return run_words(&w, cmd_report, err);
}

static bool
is_done(enum exit_code code)
{
	return code == EXIT_DONE || code == EXIT_FINDINGS ||
	       code == EXIT_PARTIAL;
}

/* Findings decide; else whether all was there, to be imported and judged. */
static enum exit_code
assess_run(const struct assess *a, struct err *err)
{
	enum exit_code imported = assess_import(a, err), judged, reported;

	if (!is_done(imported))
		return imported;
	if (a->file_count)
		printf("\n");
	judged = assess_analyze(a, err);
	if (!is_done(judged) && a->file_count)
		err_add(err, "; the import is done: give %s instead of the "
		        "files", a->snapshot);
	if (!is_done(judged))
		return judged;
	reported = assess_report(a, err);
	if (!is_done(reported))
		return reported;
	return judged == EXIT_DONE ? imported : judged;
}

static bool
is_snapshot(const char *path)
{
	char *manifest = path_join(path, SNAPSHOT_MANIFEST);
	bool is = access(manifest, F_OK) == 0;

	free(manifest);
	return is;
}

static int
assess_settings(struct assess *a, const struct opt_args *args,
                struct err *err)
{
	if (!args->count)
		return err_usage(err, "assess: want files to import, or "
		                 "snapshots");
	if (!a->output)
		return err_usage(err, "assess: want -o FOLDER, where to "
		                 "write");
	a->files = xcalloc(args->count, sizeof(*a->files));
	a->snapshots = xcalloc(args->count, sizeof(*a->snapshots));
	for (size_t i = 0; i < args->count; i++) {
		if (is_snapshot(args->args[i]))
			a->snapshots[a->snapshot_count++] = args->args[i];
		else
			a->files[a->file_count++] = args->args[i];
	}
	a->snapshot = path_join(a->output, "snapshot");
	a->findings = path_join(a->output, "findings");
	if (mkdir(a->output, 0777) < 0 && errno != EEXIST)
		return err_usage(err, "%s: folder cannot be made: %s",
		                 a->output, strerror(errno));
	return 0;
}

static enum exit_code
cmd_assess(int argc, const char **argv, struct err *err)
{
	struct assess a = { 0 };
	struct opt opts[PASSED + 2] = {
		{ .name = "output", .letter = 'o', .arg = "FOLDER",
		  .help = "Where the snapshot, the findings and the reports "
		          "go", .text = &a.output },
	};
	struct opt_args args;
	enum opt_outcome got;
	enum exit_code code = EXIT_DONE;

	for (size_t i = 0; i < PASSED; i++)
		opts[i + 1] = (struct opt){
			.name = passed[i].name, .arg = passed[i].arg,
			.help = passed[i].help,
			.texts = passed[i].arg ? &a.values[i] : NULL,
			.flag = passed[i].arg ? NULL : &a.flags[i],
			.typed_only = strcmp(passed[i].name, "force") == 0,
		};
	got = opt_parse(argc, argv, opts, "syncscope assess|"
	                "FILE|SNAPSHOT... -o FOLDER", &args, err);
	if (got == OPT_WRONG ||
	    (got == OPT_RUN && assess_settings(&a, &args, err) < 0))
		code = err->code;
	else if (got == OPT_RUN)
		code = assess_run(&a, err);
	opt_release(&args);
	free(a.files);
	free(a.snapshots);
	free(a.snapshot);
	free(a.findings);
	return code;
}

static const struct command {
	const char *name;
	enum exit_code (*run)(int argc, const char **argv, struct err *err);
	const char *help;
} commands[] = {
	{ "assess", cmd_assess, "Import, analyze and report in one go" },
	{ "collect", cmd_collect, "Make a snapshot of AD or tenant data" },
	{ "analyze", cmd_analyze, "Judge snapshots and write findings" },
	{ "report", cmd_report, "Write reports of findings" },
	{ "diff", cmd_diff, "Tell what became of findings between runs" },
	{ "show", cmd_show, "Tell the story of one object" },
	{ "waive", cmd_waive, "Write waivers of findings that need no fix" },
	{ "exchange", cmd_exchange, "Tell whether the last Exchange server can "
	  "go" },
	{ "policy", cmd_policy, "Draft a policy from what snapshots say" },
	{ "rules", cmd_rules, "List the rules, or explain one" },
	{ "verify", cmd_verify, "Check a snapshot, findings or repair folder" },
};

enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void
print_help(FILE *to)
{
	fprintf(to, "Usage: syncscope COMMAND [OPTION...]\n\n"
	        "Audits on-premises Active Directory before and during its "
	        "synchronization\nwith Microsoft 365, offline, on "
	        "snapshots.\n\nCommands:\n");
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-10s %s\n", commands[i].name,
		        commands[i].help);
	fprintf(to, "\n\"syncscope COMMAND --help\" shows a command's "
	        "options; see also syncscope(1).\n");
}

static enum exit_code
dispatch(int argc, const char **argv, struct err *err)
{
	const char *name = argc > 1 ? argv[1] : "--help";

	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
	    strcmp(name, "help") == 0) {
		print_help(argc > 1 ? stdout : stderr);
		return argc > 1 ? EXIT_DONE : EXIT_USAGE;
	}
	if (strcmp(name, "--version") == 0) {
		printf("syncscope " VERSION "\n");
		return EXIT_DONE;
	}
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(argc - 1, argv + 1, err);
	err_usage(err, "there is no command \"%s\"; \"syncscope --help\" lists "
	          "all", name);
	return err->code;
}

int
main(int argc, char **argv)
{
	struct err err = { 0 };
	enum exit_code code = dispatch(argc, (const char **)argv, &err);

	if (err.text[0])
		fprintf(stderr, "syncscope: %s\n", err.text);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "syncscope: standard output could not be "
		        "written\n");
		if (code == EXIT_DONE || code == EXIT_PARTIAL ||
		    code == EXIT_FINDINGS)
			code = EXIT_USAGE;
	}
	return code;
}
