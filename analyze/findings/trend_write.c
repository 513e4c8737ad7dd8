/* history.ndjson, written; and what is told of changes on the terminal. */
#include "analyze/findings/trend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/closed_write.h"
#include "analyze/findings/compared_file.h"
#include "analyze/findings/findings.h"
#include "analyze/findings/history_lines.h"
#include "analyze/findings/manifest.h"
#include "base/buf.h"
#include "base/file.h"

/* The manifest is not written yet: counts are the writer's. */
static struct trend_run
run_of(struct findings_writer *w, const struct findings *f, struct arena *a)
{
	const struct findings_counts *c = findings_written(w);
	struct findings counted = *f;

	memcpy(counted.by_severity, c->by_severity, sizeof(c->by_severity));
	memcpy(counted.by_readiness, c->by_readiness, sizeof(c->by_readiness));
	counted.model = c->model;
	counted.causes = findings_causes(w);
	counted.finding_count = c->findings;
	return trend_of(&counted, a);
}

/* The lines of BASELINE but one of the same time, which is replaced. */
static int
put_earlier(struct outfile *out, const struct findings *baseline,
            const struct trend_run *run, uint64_t *n, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(baseline);
	struct compared_file s = { .path = NULL };
	struct trend_run one;
	struct arena scratch = { 0 };
	int rc;

	if (!*c->history_digest)
		return 0;
	rc = compared_open(&s, findings_path(baseline), HISTORY_FILE, err);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0) {
		arena_clear(&scratch);
		rc = history_take(&s, &scratch, &one, err);
		if (rc < 0 || one.as_of >= run->as_of)
			continue;
		outfile_add(out, s.line, s.len);
		outfile_adds(out, "\n");
		++*n;
	}
	if (rc == 0)
		rc = compared_check(&s, c->runs, c->history_digest, err);
	compared_close(&s);
	arena_release(&scratch);
	return rc;
}

static int
history_write(struct findings_writer *w, const struct trend_run *run,
              const struct findings *baseline, struct err *err)
{
	char *path = path_join(findings_work(w), HISTORY_FILE);
	struct outfile *out = outfile_open(path, OUTFILE_LISTED, err);
	struct findings_counts *c = findings_written(w);
	struct file_sums sums;
	struct buf line = { 0 };

	free(path);
	if (!out)
		return -1;
	c->runs = 1;
	if (baseline && put_earlier(out, baseline, run, &c->runs, err) < 0) {
		outfile_abort(out);
		return -1;
	}
	history_put(&line, run, findings_cause_table(w));
	outfile_add(out, line.data, line.len);
	buf_release(&line);
	if (outfile_commit(out, &sums, err) < 0)
		return -1;
	strcpy(c->history_digest, sums.digest);
	return 0;
}

/* What the manifest says of the baseline is what the comparison says. */
static void
count_ages(struct findings_writer *w, const struct change_counts *c)
{
	uint64_t *ages = findings_written(w)->ages;

	ages[AGE_NEW] = change_count(c, CHANGE_NEW);
	ages[AGE_REOPENED] = change_count(c, CHANGE_REOPENED);
	ages[AGE_BEFORE] = change_count(c, CHANGE_STILL_OPEN);
	ages[AGE_NOT_COMPARED] = c->not_known_before;
}

int
trend_write(struct findings_writer *w, const struct findings *f,
            const struct findings *baseline, struct change_counts *out,
            struct err *err)
{
	struct arena a = { 0 };
	struct trend_run run = run_of(w, f, &a);
	int rc = 0;

	*out = (struct change_counts){ .of = { { 0 } } };
	if (baseline)
		rc = closed_write(w, f, baseline, out, err);
	if (baseline && rc == 0)
		count_ages(w, out);
	run.compared = baseline != NULL;
	run.fresh = change_count(out, CHANGE_NEW) +
		change_count(out, CHANGE_REOPENED);
	run.fixed = change_count(out, CHANGE_FIXED);
	if (rc == 0)
		rc = history_write(w, &run, baseline, err);
	arena_release(&a);
	return rc;
}

void
changes_print(const struct change_counts *c, when_t since)
{
	char day[WHEN_TEXT];

	when_format_day(since, day);
	printf("%llu fixed since %s, %llu not found that may be open still\n",
	       (unsigned long long)change_count(c, CHANGE_FIXED), day,
	       (unsigned long long)(change_count(c, CHANGE_NOT_COMPARABLE) -
	                            c->not_known_before));
}
