/*
 * junit.xml: a suite for each category of rules, a case for each rule. It fails
 * by open findings, is skipped where the rule could not look, or had nothing to
 * look at, and passes only where all was looked at. Waived findings fail
 * nothing.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/export/xml_text.h"
#include "report/format.h"
#include "report/view.h"

enum { JUNIT_SHOWN = 20 };       /* findings told of a rule */

/* Of an older program's folder, which does not say. */
#define NO_CATEGORY "rules"

struct suite {
	const char *category;
	uint64_t tests, failures, skipped;
};

static const char *
category_of(const struct rule_result *r)
{
	return r->category ? r->category : NO_CATEGORY;
}

/* The rule's open findings; NULL: it has none. */
static const struct view_rule *
failing(const struct view *v, const struct rule_result *r)
{
	for (size_t i = 0; i < v->rule_count; i++)
		if (v->rules[i].rule == r)
			return &v->rules[i];
	return NULL;
}

/* A rule all of whose findings are waived has looked, but for what lacked. */
static bool
is_skipped(const struct view *v, const struct rule_result *r)
{
	return !failing(v, r) && (rule_result_has_gap(r) ||
	                          r->outcome == OUTCOME_NOT_APPLICABLE);
}

static uint64_t
waived_of(const struct rule_result *r, const struct view_rule *open)
{
	uint64_t n = open ? open->open : 0;

	return r->findings > n ? r->findings - n : 0;
}

/* A line break is only ours: one in a value is named. */
static void
put_finding(struct buf *out, const struct finding *f)
{
	buf_addf(out, "%s: ", severity_name(f->severity));
	xml_put_text(out, finding_label(f));
	buf_adds(out, ": ");
	xml_put_text(out, f->message);
	if (f->fix) {
		buf_adds(out, "\n  ");
		xml_put_text(out, f->fix);
	}
	buf_addc(out, '\n');
}

static void
put_failure(struct buf *out, const struct view_rule *of)
{
	size_t n = of->shown_count < JUNIT_SHOWN ? of->shown_count
		: JUNIT_SHOWN;
	struct buf told = { 0 };

	buf_addf(&told, "%" PRIu64 " open finding%s on %" PRIu64 " object%s, "
	         "the worst %s: %s", of->open, of->open == 1 ? "" : "s",
	         of->objects, of->objects == 1 ? "" : "s",
	         severity_name(of->worst), of->rule->title);
	buf_adds(out, "<failure");
	xml_put_attribute(out, "message", buf_text(&told));
	xml_put_attribute(out, "type", severity_name(of->worst));
	buf_adds(out, ">");
	for (size_t i = 0; i < n; i++)
		put_finding(out, &of->shown[i]);
	if (of->open > n)
		buf_addf(out, "These are %zu of %" PRIu64 "; all are in "
		         "findings.csv and report.json.\n", n, of->open);
	buf_adds(out, "</failure>\n");
	buf_release(&told);
}

static void
put_skipped(struct buf *out, const struct rule_result *r)
{
	struct buf told = { 0 };
	bool part = r->outcome == OUTCOME_FOUND;

	buf_addf(&told, "%s: %s", part ? "only in part"
	         : r->outcome == OUTCOME_NOT_ASSESSED ? "not assessed"
	         : "not applicable", r->reason ? r->reason : "");
	buf_adds(out, "<skipped");
	xml_put_attribute(out, "message", buf_text(&told));
	buf_adds(out, "/>\n");
	buf_release(&told);
}

/* What neither fails nor skips it, and is to be known all the same. */
static void
put_beside(struct buf *out, const struct rule_result *r,
           const struct view_rule *open)
{
	uint64_t waived = waived_of(r, open);
	bool part = open && rule_result_has_gap(r);

	if (!waived && !part)
		return;
	buf_adds(out, "<system-out>");
	if (waived)
		buf_addf(out, "%" PRIu64 " finding%s waived.\n", waived,
		         waived == 1 ? " is" : "s are");
	if (part) {
		buf_adds(out, "Not everything was looked at: ");
		xml_put_text(out, r->reason);
		buf_addc(out, '\n');
	}
	buf_adds(out, "</system-out>\n");
}

static void
put_case(struct buf *out, const struct view *v, const struct rule_result *r)
{
	const struct view_rule *open = failing(v, r);

	buf_adds(out, "<testcase");
	xml_put_attribute(out, "classname", category_of(r));
	xml_put_attribute(out, "name", r->id);
	buf_adds(out, ">\n");
	if (open)
		put_failure(out, open);
	else if (is_skipped(v, r))
		put_skipped(out, r);
	put_beside(out, r, open);
	buf_adds(out, "</testcase>\n");
}

/* That of the category of rule I, if no rule before it has the same. */
static bool
suite_at(const struct view *v, size_t i, struct suite *out)
{
	const struct findings *f = v->findings;

	*out = (struct suite){ .category = category_of(&f->rules[i]) };
	for (size_t k = 0; k < f->rule_count; k++) {
		const struct rule_result *r = &f->rules[k];

		if (strcmp(category_of(r), out->category) != 0)
			continue;
		if (k < i)
			return false;
		out->tests++;
		out->failures += failing(v, r) != NULL;
		out->skipped += is_skipped(v, r);
	}
	return true;
}

static void
put_numbers(struct buf *out, const struct suite *s)
{
	buf_addf(out, " tests=\"%" PRIu64 "\" failures=\"%" PRIu64
	         "\" errors=\"0\" skipped=\"%" PRIu64 "\"", s->tests,
	         s->failures, s->skipped);
}

static void
put_suite(struct outfile *to, const struct view *v, const struct suite *s)
{
	const struct findings *f = v->findings;
	char when[WHEN_TEXT];
	struct buf out = { 0 };

	when_format(f->as_of, when);
	buf_adds(&out, "<testsuite");
	xml_put_attribute(&out, "name", s->category);
	put_numbers(&out, s);
	if (f->as_of != WHEN_NONE)
		xml_put_attribute(&out, "timestamp", when);
	buf_adds(&out, ">\n");
	for (size_t i = 0; i < f->rule_count; i++)
		if (strcmp(category_of(&f->rules[i]), s->category) == 0)
			put_case(&out, v, &f->rules[i]);
	buf_adds(&out, "</testsuite>\n");
	outfile_add(to, out.data, out.len);
	buf_release(&out);
}

static void
put_head(struct outfile *to, const struct view *v)
{
	struct suite all = { .category = NULL }, one;
	struct buf out = { 0 };

	for (size_t i = 0; i < v->findings->rule_count; i++)
		if (suite_at(v, i, &one)) {
			all.tests += one.tests;
			all.failures += one.failures;
			all.skipped += one.skipped;
		}
	buf_adds(&out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	         "<testsuites name=\"syncscope\"");
	put_numbers(&out, &all);
	buf_adds(&out, ">\n");
	outfile_add(to, out.data, out.len);
	buf_release(&out);
}

int
format_junit(const struct view *v, const struct format_options *o,
             struct outfile *out, struct err *err)
{
	struct suite s;

	(void)o;
	(void)err;
	put_head(out, v);
	for (size_t i = 0; i < v->findings->rule_count; i++)
		if (suite_at(v, i, &s))
			put_suite(out, v, &s);
	outfile_adds(out, "</testsuites>\n");
	return 0;
}
