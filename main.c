/* syncscope: the commands, and the only place that exits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/file.h"
#include "base/json.h"
#include "base/opt.h"
#include "collect/snapshot/snapshot.h"

enum { FORMAT_FILE_MAX = 64 << 20 };

/* A folder that can be verified: its format, and who checks it. */
static const struct {
	const char *format, *unit;
	int (*verify)(const char *path, uint64_t *count, struct err *err);
} formats[] = {
	{ SNAPSHOT_FORMAT, "objects", snapshot_verify },
	{ FINDINGS_FORMAT, "findings", findings_verify },
};

static int
verify(const char *path, struct err *err)
{
	char *manifest = path_join(path, SNAPSHOT_MANIFEST);
	struct buf text = { .max = FORMAT_FILE_MAX };
	struct json *tree = json_load(manifest, &text, err);
	const char *format = json_string(json_get(tree, "format"));
	uint64_t count = 0;
	size_t i = 0, n = sizeof(formats) / sizeof(formats[0]);
	int rc = -1;

	while (format && i < n && strcmp(formats[i].format, format) != 0)
		i++;
	if (tree && (!format || i == n))
		err_input(err, "%s: want \"format\": \"%s\" or \"%s\"",
		          manifest, formats[0].format, formats[1].format);
	else if (tree)
		rc = formats[i].verify(path, &count, err);
	if (rc == 0)
		printf("%s: %s, %llu %s, as the manifest says\n", path,
		       formats[i].format, (unsigned long long)count,
		       formats[i].unit);
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

static const struct command {
	const char *name;
	enum exit_code (*run)(int argc, const char **argv, struct err *err);
	const char *help;
} commands[] = {
	{ "collect", cmd_collect, "Make a snapshot of AD or tenant data" },
	{ "analyze", cmd_analyze, "Judge snapshots and write findings" },
	{ "report", cmd_report, "Write reports of findings" },
	{ "show", cmd_show, "Tell the story of one object" },
	{ "rules", cmd_rules, "List the rules, or explain one" },
	{ "verify", cmd_verify, "Check a snapshot or findings folder" },
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
