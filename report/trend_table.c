/* Trends as tables. */
#include "report/trend_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/wrap.h"
#include "report/diff.h"

static const struct {
	const char *key, *title, *head;      /* HEAD: on the terminal */
	int width;
} columns[TREND_COLUMNS] = {
	[TREND_AS_OF] = { "asOf", "As of", "as of", 10 },
	[TREND_CRITICAL] = { "critical", "Critical", "crit", 4 },
	[TREND_HIGH] = { "high", "High", "high", 5 },
	[TREND_MEDIUM] = { "medium", "Medium", "med", 5 },
	[TREND_LOW] = { "low", "Low", "low", 5 },
	[TREND_INFO] = { "info", "Info", "info", 5 },
	[TREND_CAUSES] = { "causes", "Causes", "cause", 5 },
	[TREND_BLOCKED] = { "blocked", "Blocked", "block", 5 },
	[TREND_READY] = { "ready", "Ready", "ready", 6 },
	[TREND_NOT_ASSESSED] = { "notAssessed", "Not assessed", "n/a", 3 },
	[TREND_EXPLAINED] = { "explained", "Explained", "expl", 4 },
	[TREND_NEW] = { "new", "New", "new", 4 },
	[TREND_FIXED] = { "fixed", "Fixed", "fixed", 5 },
};

const char *
trend_key(enum trend_column c)
{
	return columns[c].key;
}

const char *
trend_title(enum trend_column c)
{
	return columns[c].title;
}

static void
put_day(struct buf *out, when_t t)
{
	char text[WHEN_TEXT];

	when_format_day(t, text);
	buf_adds(out, text);
}

static void
put_known(struct buf *out, bool known, uint64_t n)
{
	if (known)
		buf_addf(out, "%" PRIu64, n);
}

static uint64_t
causes_of(const struct trend_run *run)
{
	uint64_t n = 0;

	for (int s = 0; s < SEVERITY_COUNT; s++)
		n += run->causes[s];
	return n;
}

/* Of a run without a forecast nothing is known of readiness. */
static bool
has_readiness(const struct trend_run *run)
{
	for (int i = 0; i < READINESS_COUNT; i++)
		if (run->by_readiness[i])
			return true;
	return false;
}

void
trend_cell(struct buf *out, const struct trend_run *run, enum trend_column c)
{
	switch (c) {
	case TREND_AS_OF:
		put_day(out, run->as_of);
		break;
	case TREND_CAUSES:
		put_known(out, true, causes_of(run));
		break;
	case TREND_BLOCKED:
		put_known(out, has_readiness(run),
		          run->by_readiness[READINESS_BLOCKED]);
		break;
	case TREND_READY:
		put_known(out, has_readiness(run),
		          run->by_readiness[READINESS_READY]);
		break;
	case TREND_NOT_ASSESSED:
		put_known(out, true, run->not_assessed);
		break;
	case TREND_EXPLAINED:
		if (run->explained >= 0)
			buf_addf(out, "%.0f%%", 100 * run->explained);
		break;
	case TREND_NEW:
		put_known(out, run->compared, run->fresh);
		break;
	case TREND_FIXED:
		put_known(out, run->compared, run->fixed);
		break;
	default:
		put_known(out, true, run->by_severity[c - TREND_CRITICAL]);
	}
}

/* ---- on the terminal ---- */

static void
print_row(const struct trend_run *run)
{
	struct buf text = { 0 };

	for (int c = 0; c < TREND_COLUMNS; c++) {
		buf_clear(&text);
		if (run)
			trend_cell(&text, run, (enum trend_column)c);
		else
			buf_adds(&text, columns[c].head);
		printf("%s%*s", c ? " " : "", c ? columns[c].width
		       : -columns[c].width, text.len ? text.data : "-");
	}
	printf("\n");
	buf_release(&text);
}

static void
print_text(const struct trend_run *runs, size_t n)
{
	print_row(NULL);
	for (size_t i = 0; i < n; i++) {
		const char *why = i ? trend_break(&runs[i - 1], &runs[i])
		                    : NULL;

		if (why)
			printf("---------- not comparable with the run before: "
			       "%s\n", why);
		print_row(&runs[i]);
	}
	wrap_print("", "n/a: rules that were not assessed; expl: accounts in "
	           "sync that the forecast explains; new and fixed: since the "
	           "run before.");
}

/* ---- for programs ---- */

static void
print_csv(const struct trend_run *runs, size_t n)
{
	struct buf row = { 0 }, cell = { 0 };

	for (size_t i = 0; i <= n; i++) {
		const char *why = i > 1 ? trend_break(&runs[i - 2],
		                                      &runs[i - 1]) : "";

		for (int c = 0; c < TREND_COLUMNS; c++) {
			buf_clear(&cell);
			if (i)
				trend_cell(&cell, &runs[i - 1],
				           (enum trend_column)c);
			else
				buf_adds(&cell, columns[c].key);
			buf_adds(&row, c ? "," : "");
			csv_put_field(&row, buf_text(&cell), cell.len);
		}
		why = i ? why ? why : "" : "notComparable";
		buf_adds(&row, ",");
		csv_put_field(&row, why, strlen(why));
		buf_adds(&row, "\r\n");
	}
	fwrite(buf_text(&row), 1, row.len, stdout);
	buf_release(&row);
	buf_release(&cell);
}

static void
add_run(struct json *list, const struct trend_run *run, const char *why)
{
	struct json *o = json_add_object(list, NULL);
	struct buf cell = { 0 };
	char when[WHEN_TEXT];

	when_format(run->as_of, when);
	json_add_text(o, "asOf", when);
	for (int c = TREND_CRITICAL; c < TREND_COLUMNS; c++) {
		buf_clear(&cell);
		trend_cell(&cell, run, (enum trend_column)c);
		if (!cell.len)
			json_add_null(o, columns[c].key);
		else if (c == TREND_EXPLAINED)
			json_add_text(o, columns[c].key, cell.data);
		else
			json_add_count(o, columns[c].key,
			               strtoull(cell.data, NULL, 10));
	}
	json_add_text(o, "tool", run->tool);
	json_add_text(o, "ruleSet", run->rule_set);
	json_add_text(o, "notComparable", why);
	buf_release(&cell);
}

static void
print_json(const struct trend_run *runs, size_t n)
{
	struct json *o = json_new_object();
	struct json *list = json_add_array(o, "runs");
	struct buf text = { 0 };

	for (size_t i = 0; i < n; i++)
		add_run(list, &runs[i], i ? trend_break(&runs[i - 1], &runs[i])
		        : NULL);
	json_put_pretty(&text, o);
	fwrite(buf_text(&text), 1, text.len, stdout);
	buf_release(&text);
	json_free(o);
}

static void
print_runs(const struct trend_run *runs, size_t n, enum trend_output as)
{
	if (as == TREND_JSON)
		print_json(runs, n);
	else if (as == TREND_CSV)
		print_csv(runs, n);
	else
		print_text(runs, n);
}

int
trend_print_folder(const struct findings *f, enum trend_output as,
                   struct err *err)
{
	struct trend t;
	int rc = trend_read(&t, f, err);

	if (rc == 0)
		print_runs(t.runs, t.count, as);
	trend_release(&t);
	return rc;
}

/* What changed from one to the next. */
static int
count_changes(const struct findings *old, const struct findings *new,
              struct change_counts *out, struct err *err)
{
	struct findings_diff *d = findings_diff_open(old, new, err);
	struct finding_change c;
	int rc = d ? 1 : -1;

	*out = (struct change_counts){ .of = { { 0 } } };
	while (rc > 0 && (rc = findings_diff_next(d, &c, err)) > 0)
		change_counts_add(out, &c);
	findings_diff_close(d);
	return rc;
}

int
trend_print_folders(const struct findings *const *folders, size_t n,
                    enum trend_output as, struct change_counts *out,
                    struct err *err)
{
	struct trend_run *runs = xcalloc(n, sizeof(*runs));
	struct arena a = { 0 };
	int rc = 0;

	for (size_t i = 0; i < n && rc == 0; i++) {
		runs[i] = trend_of(folders[i], &a);
		if (i)
			rc = count_changes(folders[i - 1], folders[i], out,
			                   err);
		runs[i].compared = i > 0;
		runs[i].fresh = change_count(out, CHANGE_NEW) +
			change_count(out, CHANGE_REOPENED);
		runs[i].fixed = change_count(out, CHANGE_FIXED);
	}
	if (rc == 0)
		print_runs(runs, n, as);
	arena_release(&a);
	free(runs);
	return rc;
}
