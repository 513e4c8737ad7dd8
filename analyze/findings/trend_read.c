/* Runs as a folder remembers them: history.ndjson, read. */
#include "analyze/findings/trend.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/compared_file.h"
#include "analyze/findings/findings.h"
#include "analyze/findings/history_lines.h"
#include "analyze/findings/manifest.h"
#include "base/list.h"
#include "base/record.h"

struct trend_run
trend_of(const struct findings *f, struct arena *a)
{
	struct trend_run run = {
		.as_of = f->as_of, .tool = f->tool_version,
		.rule_set = history_rule_set(f, a), .sides = history_sides(f),
		.findings = f->finding_count, .waived = f->finding_count,
		.explained = f->model.in_sync
			? (double)f->model.explained / (double)f->model.in_sync
			: -1,
	};

	memcpy(run.by_severity, f->by_severity, sizeof(run.by_severity));
	memcpy(run.causes, f->causes.by_severity, sizeof(run.causes));
	memcpy(run.by_readiness, f->by_readiness, sizeof(run.by_readiness));
	for (int s = 0; s < SEVERITY_COUNT; s++)
		run.waived -= f->by_severity[s] < run.waived
			? f->by_severity[s] : run.waived;
	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule_result *r = &f->rules[i];

		run.not_assessed += r->outcome == OUTCOME_NOT_ASSESSED;
		run.in_part += r->outcome == OUTCOME_FOUND && r->reason;
	}
	return run;
}

int
trend_read(struct trend *t, const struct findings *f, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(f);
	struct compared_file s = { .path = NULL };
	int rc;

	*t = (struct trend){ .count = 0 };
	if (!*c->history_digest) {
		LIST_RESERVE(t->runs, t->room, 1);
		t->runs[t->count++] = trend_of(f, &t->arena);
		return 0;
	}
	rc = compared_open(&s, findings_path(f), HISTORY_FILE, err);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0) {
		LIST_RESERVE(t->runs, t->room, t->count + 1);
		rc = history_take(&s, &t->arena, &t->runs[t->count], err);
		t->count += rc == 0;
	}
	if (rc == 0)
		rc = compared_check(&s, c->runs, c->history_digest, err);
	compared_close(&s);
	return rc;
}

void
trend_release(struct trend *t)
{
	free(t->runs);
	arena_release(&t->arena);
	*t = (struct trend){ .count = 0 };
}

const char *
trend_break(const struct trend_run *a, const struct trend_run *b)
{
	if (strcmp(a->sides, b->sides) != 0)
		return "other data were collected";
	if (b->not_assessed > a->not_assessed)
		return "more rules were not assessed";
	if (b->not_assessed < a->not_assessed)
		return "fewer rules were not assessed";
	if (b->in_part != a->in_part)
		return "other rules were assessed only in part";
	return strcmp(a->rule_set, b->rule_set) == 0
		? NULL : "other rules ran";
}
