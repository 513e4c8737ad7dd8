/* The command analyze: snapshots in, findings out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyze/cloud/cloud.h"
#include "analyze/data/data.h"
#include "analyze/describe.h"
#include "analyze/describe_data.h"
#include "analyze/exchange/exchange.h"
#include "analyze/findings/findings.h"
#include "analyze/judge.h"
#include "analyze/load/load.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rules.h"
#include "analyze/scope/scope.h"
#include "analyze/settings.h"
#include "analyze/summary.h"
#include "analyze/waivers/waivers.h"
#include "analyze/waiving.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/command.h"
#include "base/crew.h"
#include "base/mem.h"
#include "base/number.h"

enum { JOBS_MAX = 256 };

/* One run, so that it can be released in one place. */
struct run {
	struct settings set;
	when_t as_of;
	/* SEVERITY_COUNT: no threshold */
	enum severity fail_on, fail_on_new;
	unsigned jobs;
	struct rule_choice rules;
	struct policy policy;
	struct data *data;
	struct waivers *waivers;
	struct edits *edits;         /* NULL: none */
	struct baseline *baseline;   /* likewise */
	struct policy edited;        /* by them; borrows from the policy */
	struct snapshot **snapshots;
	size_t count;
	struct model model;
	bool loaded;
	struct judged judged;
	struct arena arena;
};

static int
take_jobs(struct run *r, struct err *err)
{
	uint64_t n;

	r->jobs = crew_default_jobs();
	if (!r->set.jobs)
		return 0;
	if (number_parse(&n, r->set.jobs, JOBS_MAX) < 0 || n < 1)
		return err_usage(err, "--jobs: want a number from 1 to %d, "
		                 "have \"%s\"", JOBS_MAX, r->set.jobs);
	r->jobs = (unsigned)n;
	return 0;
}

static int
take_rules(struct run *r, struct err *err)
{
	r->rules = rules_all(&r->arena);
	r->waivers = waiving_load(&r->set.waivers, &r->rules, &r->arena, err);
	r->rules.waivers = r->waivers;
	if (!r->waivers)
		return -1;
	return rules_select(&r->rules, &r->set.selection, &r->arena, err);
}

static int
take_edits(struct run *r, struct err *err)
{
	if (r->set.what_if.count && r->set.plan)
		return err_usage(err, "--plan: want it without --what-if: a "
		                 "run has one file of edits");
	if (!r->set.what_if.count && !r->set.plan)
		return 0;
	r->edits = r->set.plan ? edits_load_plan(r->set.plan, err)
	                       : edits_load_all(r->set.what_if.texts,
	                                        r->set.what_if.count, err);
	if (!r->edits)
		return -1;
	edits_policy(r->edits, &r->policy, &r->edited);
	return 0;
}

static int
no_severity(const char *option, const char *have, struct err *err)
{
	struct buf want = { 0 };
	int rc;

	for (int s = 0; s < SEVERITY_COUNT; s++)
		buf_add_listed(&want, severity_name((enum severity)s),
		               (size_t)s, SEVERITY_COUNT);
	rc = err_usage(err, "%s: want %s, have \"%s\"", option,
	               buf_text(&want), have);
	buf_release(&want);
	return rc;
}

static int
take_thresholds(struct run *r, struct err *err)
{
	const struct settings *s = &r->set;

	r->fail_on = r->fail_on_new = SEVERITY_COUNT;
	if (s->fail_on && severity_parse(&r->fail_on, s->fail_on) < 0)
		return no_severity("--fail-on", s->fail_on, err);
	if (s->fail_on_new &&
	    severity_parse(&r->fail_on_new, s->fail_on_new) < 0)
		return no_severity("--fail-on-new", s->fail_on_new, err);
	if (s->fail_on_new && !s->baseline)
		return err_usage(err, "--fail-on-new: want --baseline, the "
		                 "findings of an earlier run");
	return 0;
}

/* The folder that is written would be gone for the next run. */
static int
take_baseline(struct run *r, struct err *err)
{
	struct stat then, now;

	if (!r->set.baseline)
		return 0;
	if (stat(r->set.baseline, &then) == 0 &&
	    stat(r->set.output, &now) == 0 &&
	    then.st_dev == now.st_dev && then.st_ino == now.st_ino)
		return err_usage(err, "--baseline: %s is the folder to write; "
		                 "want the findings of an earlier run",
		                 r->set.baseline);
	r->baseline = baseline_open(r->set.baseline, err);
	return r->baseline ? 0 : -1;
}

static int
take_settings(struct run *r, const struct opt_args *args, struct err *err)
{
	r->as_of = WHEN_NONE;
	if (!args->count)
		return err_usage(err, "analyze: want at least one snapshot "
		                 "folder");
	if (!r->set.output)
		return err_usage(err, "analyze: want -o FINDINGS, the folder "
		                 "to write");
	if (r->set.as_of && when_from_iso(&r->as_of, r->set.as_of) < 0)
		return err_usage(err, "--as-of: want a time such as "
		                 "2016-02-15T08:00:00Z, have \"%s\"",
		                 r->set.as_of);
	if (take_thresholds(r, err) < 0)
		return -1;
	if (take_jobs(r, err) < 0 || take_rules(r, err) < 0)
		return -1;
	if ((r->set.policy &&
	     policy_load(&r->policy, r->set.policy, err) < 0) ||
	    (r->set.scopes.count &&
	     sync_config_load(&r->policy, r->set.scopes.texts,
	                      r->set.scopes.count, err) < 0))
		return -1;
	r->data = data_open(&r->set.data, err);
	return r->data && take_edits(r, err) == 0 ? take_baseline(r, err) : -1;
}

static int
open_snapshots(struct run *r, const struct opt_args *args, struct err *err)
{
	r->snapshots = xcalloc(args->count, sizeof(*r->snapshots));
	return snapshots_open(args->args, args->count, r->snapshots, &r->count,
	                      err);
}

/* Accounts that are deleted as well, if their objects are gone from AD. */
static uint64_t
orphans(const struct run *r)
{
	uint64_t n = 0;

	for (size_t i = 0; i < r->judged.result_count; i++)
		n += r->judged.results[i].deletions;
	return n;
}

/* Whether a rule runs that finds accounts which are deleted. */
static bool
counts_orphans(const struct run *r)
{
	for (size_t i = 0; i < r->rules.count; i++)
		if (r->rules.rules[i]->deletes && r->rules.chosen[i])
			return true;
	return false;
}

/* The policy's notes get one on what the choice of rules leaves out. */
static void
describe_uncounted(struct run *r)
{
	struct policy *p = &r->policy;

	if (r->model.tenant && r->rules.forecast == FORECAST_WRITTEN &&
	    !counts_orphans(r) &&
	    p->note_count < sizeof(p->notes) / sizeof(p->notes[0]))
		p->notes[p->note_count++] = "accounts without an object in AD "
			"are not counted among the deletions, since no rule "
			"that finds them ran";
}

/* Of the default profile all ran, whether it was named or not. */
static struct selection
said(const struct run *r)
{
	struct selection s = r->set.selection;

	if (s.profile && strcmp(s.profile, profile_name(PROFILE_DEFAULT)) == 0)
		s.profile = NULL;
	return s;
}

static void
describe(struct run *r, const struct findings_writer *w, struct findings *f)
{
	describe_uncounted(r);
	*f = (struct findings){
		.as_of = r->model.as_of, .tool_version = "syncscope " VERSION,
		.policy_name = r->policy.name,
		.policy_digest = r->policy.name ? r->policy.digest : NULL,
		.edits_name = r->edits ? edits_name(r->edits) : NULL,
		.edits_digest = r->edits ? edits_digest(r->edits) : NULL,
		.selection = said(r),
		.rules = r->judged.results,
		.rule_count = r->judged.result_count,
		.not_known = r->judged.not_known,
		.not_known_count = r->judged.not_known_count,
		.deletion_threshold = (uint64_t)r->model.deletions.count,
		.orphans = orphans(r),
		.joined_by_name = joins_by_name(&r->model),
		.engine_end = rules_engine_end(&r->model),
		.notes = r->policy.notes, .note_count = r->policy.note_count,
	};
	if (r->baseline)
		f->baseline = (struct judged_baseline){
			.is = true,
			.as_of = baseline_findings(r->baseline)->as_of,
		};
	f->assumed_count = policy_assumed(&r->policy,
	                                  r->model.tenant ? YES : NO,
	                                  &r->arena, &f->assumed);
	describe_inputs(&r->model, r->snapshots, r->count, &r->arena, f);
	describe_data(&r->model, &r->arena, f);
	waiving_describe(r->waivers, &r->model, &r->arena, f);
	cloud_describe(&r->model, &(struct cloud_basis){
		.counts = findings_cloud(w),
		.judged = r->rules.forecast == FORECAST_WRITTEN,
	}, &r->arena, f);
	exchange_describe(&(struct exchange_basis){
		.model = &r->model, .rules = &r->rules,
		.results = r->judged.results,
		.result_count = r->judged.result_count, .writer = w,
	}, &r->arena, &f->exchange);
}

static bool
has_gaps(const struct run *r)
{
	for (size_t i = 0; i < r->judged.result_count; i++)
		if (rule_result_has_gap(&r->judged.results[i]))
			return true;
	return false;
}

/* Findings decide, then whether all was looked at. */
static enum exit_code
outcome(const struct run *r, const uint64_t counted[SEVERITY_COUNT],
        const struct change_counts *changes)
{
	bool gaps = has_gaps(r);

	if (gaps && r->set.fail_on_incomplete)
		return EXIT_PARTIAL;
	for (int s = 0; s < SEVERITY_COUNT && s <= (int)r->fail_on; s++)
		if (r->fail_on != SEVERITY_COUNT && counted[s])
			return EXIT_FINDINGS;
	if (r->fail_on_new != SEVERITY_COUNT &&
	    change_counts_fail(changes, r->fail_on_new))
		return EXIT_FINDINGS;
	return gaps ? EXIT_PARTIAL : EXIT_DONE;
}

/* Whether the baseline is one of what was loaded. */
static int
begin_baseline(struct run *r, struct err *err)
{
	struct findings f = { .as_of = r->model.as_of };

	if (!r->baseline)
		return 0;
	describe_inputs(&r->model, r->snapshots, r->count, &r->arena, &f);
	return baseline_begin(r->baseline, &f, err);
}

static int
load(struct run *r, struct err *err)
{
	const struct model_plan plan = {
		.policy = r->edits ? &r->edited : &r->policy,
		.past = r->edits ? &r->policy : NULL, .edits = r->edits,
		.data = r->data, .baseline = r->baseline,
		.as_of = r->as_of, .jobs = r->jobs,
		.timeline = r->rules.forecast == FORECAST_WRITTEN,
		.screen = screen_new(&r->rules, r->jobs),
	};
	int rc;

	r->loaded = true;
	rc = model_load(&r->model, r->snapshots, r->count, &plan, err);
	screen_free(plan.screen);
	return rc < 0 ? -1 : begin_baseline(r, err);
}

static void
release_model(struct run *r)
{
	if (r->loaded)
		model_release(&r->model);
	r->loaded = false;
}

/* Judges what was loaded; then F says all of it, and the model can go. */
static int
run_rules(struct run *r, struct findings_writer *w, struct findings *f,
          struct err *err)
{
	if (r->waivers)
		waivers_set_time(r->waivers, r->model.as_of);
	findings_set_baseline(w, r->baseline);
	if (judge_run(&r->model, &r->rules, w, &r->judged, &r->arena, err) < 0)
		return -1;
	describe(r, w, f);
	release_model(r);
	return findings_finish(w, f, err);
}

/* The same analysis without edits, into W. */
static int
run_plain(const struct run *r, struct findings_writer *w, struct err *err)
{
	struct run plain = {
		.as_of = r->as_of, .jobs = r->jobs, .rules = r->rules,
		.policy = r->policy, .data = r->data, .baseline = r->baseline,
		.snapshots = r->snapshots,
		.count = r->count,
	};
	struct findings f;
	int rc = load(&plain, err);

	if (rc == 0)
		rc = run_rules(&plain, w, &f, err);
	release_model(&plain);
	arena_release(&plain.arena);
	return rc;
}

/* How the comparison learns what objects are called after the moves. */
struct renamed_objects {
	struct comparison c;
	const struct edits *edits;
	struct arena scratch;
};

static const char *
renamed(struct comparison *c, const char *dn)
{
	struct renamed_objects *n = (struct renamed_objects *)c;

	arena_clear(&n->scratch);
	return edits_dn(n->edits, dn, &n->scratch);
}

/*
 * Writes the difference to W. What it is compared with never leaves its working
 * folder, so that nothing that is called so is replaced.
 */
static int
compare(const struct run *r, struct findings_writer *w, struct difference *d,
        struct err *err)
{
	size_t len = strlen(r->set.output);
	struct renamed_objects n = {
		.c = { .renamed = renamed }, .edits = r->edits,
	};
	char *before;
	int rc = -1;

	while (len > 1 && r->set.output[len - 1] == '/')
		len--;
	before = xasprintf("%.*s.before", (int)len, r->set.output);
	n.c.before = findings_create(before, FOLDER_REPLACE, err);
	if (n.c.before && run_plain(r, n.c.before, err) == 0)
		rc = difference_write(w, &n.c, d, err);
	findings_abort(n.c.before);
	arena_release(&n.scratch);
	free(before);
	return rc;
}

static enum exit_code
judge(struct run *r, struct err *err)
{
	enum folder_mode mode = r->set.force ? FOLDER_REPLACE : FOLDER_NEW;
	struct findings_writer *w = findings_create(r->set.output, mode, err);
	uint64_t counted[SEVERITY_COUNT];
	const struct findings *then = r->baseline
		? baseline_findings(r->baseline) : NULL;
	struct change_counts changes;
	struct difference d = { 0 };
	struct edit_plan *plan;
	struct findings f;
	int rc;

	if (!w)
		return err->code;
	plan = edits_plan(r->edits, &r->arena);
	if (run_rules(r, w, &f, err) < 0 ||
	    (r->edits && compare(r, w, &d, err) < 0) ||
	    (plan && plan_write(w, plan, err) < 0) ||
	    trend_write(w, &f, then, &changes, err) < 0) {
		findings_abort(w);
		difference_release(&d);
		return err->code;
	}
	for (int s = 0; s < SEVERITY_COUNT; s++)
		counted[s] = findings_counted(w, (enum severity)s);
	for (int s = 0; s < SEVERITY_COUNT; s++)
		f.waivers.waived[s] = findings_waived(w, (enum severity)s);
	f.model = findings_explained(w);
	f.causes = findings_causes(w);
	findings_ages(w, f.baseline.ages);
	rc = findings_commit(w, &f, err);
	if (rc == 0 && !r->set.quiet)
		analysis_print(&f, counted, r->rules.forecast ==
		               FORECAST_WRITTEN ? &f.selection : NULL);
	if (rc == 0 && then && !r->set.quiet)
		changes_print(&changes, then->as_of);
	if (rc == 0 && r->edits && !r->set.quiet)
		difference_print(&d);
	if (rc == 0 && plan && !r->set.quiet)
		plan_print(plan);
	if (rc == 0 && !r->set.quiet)
		analysis_print_next(r->set.output);
	difference_release(&d);
	return rc < 0 ? err->code : outcome(r, counted, &changes);
}

static void
release(struct run *r)
{
	release_model(r);
	for (size_t i = 0; i < r->count; i++)
		snapshot_close(r->snapshots[i]);
	free(r->snapshots);
	arena_release(&r->arena);
	edits_free(r->edits);
	waivers_free(r->waivers);
	baseline_close(r->baseline);
	data_free(r->data);
	policy_release(&r->policy);
}

enum exit_code
cmd_analyze(int argc, const char **argv, struct err *err)
{
	struct run r = { 0 };
	enum exit_code code = EXIT_DONE;
	struct opt_args args;
	enum opt_outcome got = settings_parse(&r.set, argc, argv, &args, err);

	policy_init(&r.policy);
	if (got == OPT_WRONG ||
	    (got == OPT_RUN && (take_settings(&r, &args, err) < 0 ||
	                        open_snapshots(&r, &args, err) < 0))) {
		code = err->code;
	} else if (got == OPT_RUN) {
		code = load(&r, err) < 0 ? err->code : judge(&r, err);
	}
	release(&r);
	opt_release(&args);
	return code;
}
