/* The options of the command analyze. */
#include "analyze/settings.h"

/* Which rules run: see struct selection. */
#define SELECTION_OPTIONS(of) \
	{ .name = "rules", .arg = "LIST", \
	  .help = "Run only these rules, by id or pattern, with " \
	          "commas between; alone, it writes no forecast", \
	  .text = &(of).rules, .is_list = true }, \
	{ .name = "skip-rules", .arg = "LIST", \
	  .help = "Run all but these", .text = &(of).skip, .is_list = true }, \
	{ .name = "severity", .arg = "LIST", \
	  .help = "Run only rules of this severity or worse; of " \
	          "several with commas between, of these", \
	  .text = &(of).severity, .is_list = true }, \
	{ .name = "category", .arg = "LIST", \
	  .help = "Run only rules of these categories; \"syncscope " \
	          "rules\" lists them", \
	  .text = &(of).category, .is_list = true }, \
	{ .name = "profile", .arg = "PROFILE", \
	  .help = "Which rules there are to choose from: default, " \
	          "strict, idfix or ad-only", \
	  .text = &(of).profile }

enum opt_outcome
settings_parse(struct settings *s, int argc, const char **argv,
               struct opt_args *args, struct err *err)
{
	const struct opt opts[] = {
		{ .name = "output", .letter = 'o', .arg = "FINDINGS",
		  .help = "The folder to write", .text = &s->output },
		{ .name = "policy", .arg = "FILE",
		  .help = "What snapshots cannot know: scope, tenant, engine, "
		          "licenses", .text = &s->policy },
		{ .name = "scope", .arg = "PATH", .texts = &s->scopes,
		  .help = "What the sync server exports: the folder of "
		          "Get-ADSyncServerConfiguration, or its "
		          "SynchronizationPolicy JSON; may be repeated" },
		{ .name = "what-if", .arg = "PATH",
		  .help = "Judge as if these edits were made, and tell what "
		          "they change: what-if(5), or LDIF, a file or the "
		          "folder repair/; may be repeated",
		  .texts = &s->what_if },
		{ .name = "plan", .arg = "FILE",
		  .help = "The same of each row of IdFix's CSV, with ACTION "
		          "filled", .text = &s->plan },
		{ .name = "baseline", .arg = "FINDINGS",
		  .help = "Findings of an earlier run: what is open stays so "
		          "until it is repaired, and says since when",
		  .text = &s->baseline },
		{ .name = "waivers", .arg = "FILE", .texts = &s->waivers,
		  .help = "Findings that need no fix: waivers(5); may be "
		          "repeated" },
		{ .name = "data", .arg = "DIR", .text = &s->data.folder,
		  .help = "Data files in place of the program's: data(5)" },
		{ .name = "public-suffix-list", .arg = "FILE",
		  .help = "A list of public suffixes in place of the system's",
		  .text = &s->data.suffixes },
		{ .name = "as-of", .arg = "TIME",
		  .help = "Judge as of this time; default: the newest "
		          "snapshot's", .text = &s->as_of },
		{ .name = "fail-on", .arg = "SEVERITY",
		  .help = "Exit with 1 when there are findings at or above it",
		  .text = &s->fail_on },
		{ .name = "fail-on-new", .arg = "SEVERITY",
		  .help = "With --baseline: exit with 1 when there are new or "
		          "reopened findings at or above it",
		  .text = &s->fail_on_new },
		{ .name = "fail-on-incomplete",
		  .help = "Exit with 3 when some rules could not look at "
		          "everything, whatever was found",
		  .flag = &s->fail_on_incomplete },
		SELECTION_OPTIONS(s->selection),
		{ .name = "jobs", .letter = 'j', .arg = "N",
		  .help = "Threads to use; default: as many as the machine "
		          "has cores. Findings do not depend on it",
		  .text = &s->jobs },
		{ .name = "quiet", .letter = 'q',
		  .help = "Print no summary", .flag = &s->quiet },
		{ .name = "force", .help = "Replace FINDINGS if they exist",
		  .flag = &s->force, .typed_only = true },
		{ 0 }
	};

	return opt_parse(argc, argv, opts, "syncscope analyze|"
	                 "SNAPSHOT... -o FINDINGS", args, err);
}
