/* A check that could not be made has not passed, and nothing says so. */
#include "report/xlsx/sheets.h"

#include <inttypes.h>
#include <stdio.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "report/answer.h"
#include "report/view.h"

enum { NUMBER_TEXT = 24 };

/* ---- summary ---- */

enum summary_column {
	SUMMARY_WHAT, SUMMARY_COUNT, SUMMARY_TOLD, SUMMARY_COLUMNS
};

static const struct table_column summary_columns[SUMMARY_COLUMNS] = {
	[SUMMARY_WHAT] = { "what", CELL_SEVERITY, 34 },
	[SUMMARY_COUNT] = { "count", CELL_NUMBER, 12 },
	[SUMMARY_TOLD] = { "told", CELL_TEXT, 90 },
};

const struct row_table summary_table = {
	"summary", summary_columns, SUMMARY_COLUMNS
};

void
summary_note(struct table_sink *to, const char *what, const char *told)
{
	const char *cells[SUMMARY_COLUMNS] = {
		[SUMMARY_WHAT] = what, [SUMMARY_TOLD] = told,
	};

	to->row(to, &summary_table, cells);
}

static void
put_count(struct table_sink *to, const char *what, uint64_t n, const char *told)
{
	char number[NUMBER_TEXT];
	const char *cells[SUMMARY_COLUMNS] = {
		[SUMMARY_WHAT] = what, [SUMMARY_COUNT] = number,
		[SUMMARY_TOLD] = told,
	};

	snprintf(number, sizeof(number), "%" PRIu64, n);
	to->row(to, &summary_table, cells);
}

/* A class has numbers only where there is a forecast. */
static void
put_readiness(const struct findings *f, struct table_sink *to)
{
	static const enum readiness order[] = {
		READINESS_BLOCKED, READINESS_WARNING, READINESS_NOT_KNOWN,
		READINESS_READY, READINESS_OUT_OF_SCOPE
	};

	if (!f->forecast_count)
		return;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		put_count(to, readiness_name(order[i]),
		          f->by_readiness[order[i]], "objects");
}

static void
put_facts(const struct view *v, struct table_sink *to)
{
	const struct findings *f = v->findings;
	char when[WHEN_TEXT];
	struct buf answer = { 0 };

	answer_tell(v, &answer);
	summary_note(to, "answer", buf_text(&answer));
	buf_release(&answer);
	when_format(f->as_of, when);
	summary_note(to, "data of", f->as_of == WHEN_NONE ? "not known"
	                                                  : when);
	summary_note(to, "written by", f->tool_version);
	summary_note(to, "sync scope", f->scope_text);
	if (f->policy_name)
		summary_note(to, "policy", f->policy_name);
}

void
summary_put(const struct view *v, struct table_sink *to)
{
	const struct findings *f = v->findings;

	put_facts(v, to);
	put_readiness(f, to);
	for (int s = 0; s < SEVERITY_COUNT; s++)
		put_count(to, severity_name((enum severity)s),
		          f->by_severity[s], "open findings");
	put_count(to, "waived", v->waived_count, "findings that are not open");
	put_count(to, "causes", v->causes.all, "with open findings");
	if (f->causes.has_changes)
		put_count(to, "changes", f->causes.changes, "to be made");
	put_count(to, "rules not checked", v->not_assessed,
	          "for want of data: see the sheet coverage");
	put_count(to, "rules checked in part", v->in_part,
	          "see the sheet coverage");
	if (v->ad_alone)
		summary_note(to, "AD alone", VIEW_AD_ALONE);
}

/* ---- coverage ---- */

enum coverage_column {
	COVERAGE_KIND, COVERAGE_ID, COVERAGE_TITLE, COVERAGE_STATE,
	COVERAGE_REASON, COVERAGE_COUNT, COVERAGE_SNAPSHOT, COVERAGE_COLUMNS
};

static const struct table_column coverage_columns[COVERAGE_COLUMNS] = {
	[COVERAGE_KIND] = { "kind", CELL_TEXT, 8 },
	[COVERAGE_ID] = { "id", CELL_TEXT, 28 },
	[COVERAGE_TITLE] = { "title", CELL_TEXT, 50 },
	[COVERAGE_STATE] = { "state", CELL_TEXT, 16 },
	[COVERAGE_REASON] = { "reason", CELL_TEXT, 70 },
	[COVERAGE_COUNT] = { "count", CELL_NUMBER, 10 },
	[COVERAGE_SNAPSHOT] = { "snapshot", CELL_TEXT, 24 },
};

const struct row_table coverage_table = {
	"coverage", coverage_columns, COVERAGE_COLUMNS
};

static const char *
state_of(const struct rule_result *r)
{
	if (r->outcome == OUTCOME_FOUND && r->reason)
		return "found, in part";
	return outcome_name(r->outcome);
}

static void
put_rule(const struct rule_result *r, struct table_sink *to)
{
	char number[NUMBER_TEXT];
	const char *cells[COVERAGE_COLUMNS] = {
		[COVERAGE_KIND] = "rule", [COVERAGE_ID] = r->id,
		[COVERAGE_TITLE] = r->title, [COVERAGE_STATE] = state_of(r),
		[COVERAGE_REASON] = r->reason, [COVERAGE_COUNT] = number,
	};

	snprintf(number, sizeof(number), "%" PRIu64, r->findings);
	/* What was not looked at has no count. */
	if (r->outcome == OUTCOME_NOT_ASSESSED ||
	    r->outcome == OUTCOME_NOT_APPLICABLE)
		cells[COVERAGE_COUNT] = NULL;
	to->row(to, &coverage_table, cells);
}

static void
put_section(const struct judged_section *s, struct table_sink *to)
{
	bool asked = judged_section_is_asked(s);
	char number[NUMBER_TEXT];
	const char *cells[COVERAGE_COLUMNS] = {
		[COVERAGE_KIND] = "data", [COVERAGE_ID] = s->section,
		[COVERAGE_TITLE] = s->title,
		[COVERAGE_STATE] = asked ? s->state : "not collected",
		[COVERAGE_REASON] = s->reason,
		[COVERAGE_COUNT] = asked ? number : NULL,
		[COVERAGE_SNAPSHOT] = asked ? s->snapshot : NULL,
	};

	snprintf(number, sizeof(number), "%" PRIu64, (uint64_t)s->objects);
	to->row(to, &coverage_table, cells);
}

void
coverage_put(const struct view *v, struct table_sink *to)
{
	const struct findings *f = v->findings;

	for (size_t i = 0; i < f->section_count; i++)
		put_section(&f->sections[i], to);
	for (size_t i = 0; i < f->rule_count; i++)
		put_rule(&f->rules[i], to);
}
