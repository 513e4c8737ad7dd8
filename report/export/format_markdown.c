/* report.md: for a ticket. The answer, what to do, and what is not known. */
#include <inttypes.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/answer.h"
#include "report/export/cause_findings.h"
#include "report/export/md_text.h"
#include "report/format.h"
#include "report/view.h"

enum {
	MARKDOWN_FINDINGS = 5,     /* told of a cause */
	MARKDOWN_RULES = 10,       /* told of a reason */
};

static const char *
plural(uint64_t n)
{
	return n == 1 ? "" : "s";
}

/* ---- the answer ---- */

static void
put_severities(struct buf *out, const uint64_t by[SEVERITY_COUNT])
{
	const char *before = " (";

	for (int i = 0; i < SEVERITY_COUNT; i++) {
		if (!by[i])
			continue;
		buf_addf(out, "%s%" PRIu64 " %s", before, by[i],
		         severity_name((enum severity)i));
		before = ", ";
	}
	buf_adds(out, *before == ',' ? ")" : "");
}

static uint64_t
sum_of(const uint64_t by[SEVERITY_COUNT])
{
	uint64_t n = 0;

	for (int i = 0; i < SEVERITY_COUNT; i++)
		n += by[i];
	return n;
}

static void
put_readiness(struct buf *out, const struct findings *f)
{
	const uint64_t *by = f->by_readiness;

	if (!f->forecast_count)
		return;
	buf_addf(out, "- Objects: %" PRIu64 " ready, %" PRIu64 " with "
	         "warnings, %" PRIu64 " not known, %" PRIu64 " blocked, %"
	         PRIu64 " out of scope\n", by[READINESS_READY],
	         by[READINESS_WARNING], by[READINESS_NOT_KNOWN],
	         by[READINESS_BLOCKED], by[READINESS_OUT_OF_SCOPE]);
}

static void
put_what_if(struct buf *out, const struct view *v)
{
	struct buf name = { 0 };

	if (!v->what_if.is)
		return;
	md_put_value(&name, v->findings->edits_name, MD_LINE);
	buf_adds(out, "- What-if: ");
	what_if_tell(out, &v->what_if, name.data);
	buf_addc(out, '\n');
	buf_release(&name);
}

static void
put_answer(struct buf *out, const struct view *v)
{
	const struct findings *f = v->findings;
	char when[WHEN_TEXT];

	when_format(f->as_of, when);
	buf_adds(out, "# ");
	answer_tell(v, out);
	buf_addf(out, "\n\n- As of: %s\n", f->as_of == WHEN_NONE ? "not known"
	         : when);
	put_readiness(out, f);
	put_what_if(out, v);
	buf_addf(out, "- Open findings: %" PRIu64, sum_of(f->by_severity));
	put_severities(out, f->by_severity);
	buf_addf(out, ", of %" PRIu64 " cause%s\n", v->causes.all,
	         plural(v->causes.all));
	if (v->waived_count)
		buf_addf(out, "- Waived findings: %" PRIu64 "\n",
		         v->waived_count);
	if (v->not_assessed || v->in_part)
		buf_addf(out, "- Rules that could not be checked: %zu of %zu; "
		         "only in part: %zu\n", v->not_assessed, f->rule_count,
		         v->in_part);
	if (v->ad_alone)
		buf_adds(out, "- " VIEW_AD_ALONE "\n");
}

/* ---- causes ---- */

static void
put_table(struct buf *out, const struct first_causes *c)
{
	buf_adds(out, "\n## Causes, in this order\n\n");
	if (!c->all) {
		buf_adds(out, "There is none.\n");
		return;
	}
	if (c->count < c->all)
		buf_addf(out, "These are the first %zu of %" PRIu64 "; all "
		         "are in `causes.csv`.\n\n", c->count, c->all);
	buf_adds(out, "| No. | Severity | Objects | Findings | Cause |\n"
	         "| ---: | --- | ---: | ---: | --- |\n");
	for (size_t i = 0; i < c->count; i++) {
		const struct cause *one = &c->items[i];

		buf_addf(out, "| %zu | %s | %" PRIu64 " | %" PRIu64 " | ",
		         i + 1, severity_name(one->severity), one->objects,
		         one->findings + one->attached);
		md_put_text(out, one->title, MD_CELL);
		buf_adds(out, " |\n");
	}
}

/* Each change of those that belong together; nothing where none is safe. */
static void
put_proposed(struct buf *out, const struct proposed *p)
{
	const char *before = "; set ";

	for (; p && p->attribute; p = p->and) {
		buf_adds(out, before);
		md_put_value(out, p->attribute, MD_LINE);
		buf_adds(out, p->new ? " to " : ": remove ");
		md_put_value(out, p->new ? p->new : p->old, MD_LINE);
		before = ", and ";
	}
}

static void
put_finding(struct buf *out, const struct finding *f)
{
	buf_addf(out, "- %s: ", severity_name(f->severity));
	md_put_value(out, finding_label(f), MD_LINE);
	buf_adds(out, ": ");
	md_put_text(out, f->message, MD_LINE);
	put_proposed(out, &f->proposed);
	buf_addc(out, '\n');
}

static void
put_findings(struct buf *out, const struct cause *c, const struct kept *of)
{
	uint64_t all = c->findings + c->attached;

	buf_addc(out, '\n');
	for (size_t i = 0; i < of->count; i++)
		put_finding(out, &of->items[i]);
	if (all > of->count)
		buf_addf(out, "\nThese are %zu of %" PRIu64 " findings; all "
		         "are in `findings.csv`.\n", of->count, all);
}

static void
put_cause(struct buf *out, const struct cause *c, size_t number,
          const struct kept *of)
{
	buf_addf(out, "\n### %zu: ", number);
	md_put_text(out, c->title, MD_LINE);
	buf_addf(out, "\n\n- Severity: %s; %" PRIu64 " object%s, %" PRIu64
	         " finding%s", severity_name(c->severity), c->objects,
	         plural(c->objects), c->findings, plural(c->findings));
	if (c->attached)
		buf_addf(out, ", and %" PRIu64 " that follow%s", c->attached,
		         c->attached == 1 ? "s" : "");
	buf_adds(out, "\n- Rule: ");
	md_put_value(out, c->rule, MD_LINE);
	if (c->action) {
		buf_adds(out, "\n- Do this: ");
		md_put_text(out, c->action, MD_LINE);
	}
	if (c->tool) {
		buf_adds(out, "\n- With: ");
		md_put_text(out, c->tool, MD_LINE);
	}
	buf_addc(out, '\n');
	put_findings(out, c, of);
}

/* ---- what is not known ---- */

static void
put_gap(struct buf *out, const struct gap *g)
{
	buf_adds(out, "- ");
	md_put_text(out, g->reason, MD_LINE);
	buf_addf(out, " (%zu rule%s: ", g->count, plural(g->count));
	for (size_t i = 0; i < g->count && i < MARKDOWN_RULES; i++) {
		buf_adds(out, i ? ", " : "");
		md_put_value(out, g->rules[i]->id, MD_LINE);
	}
	if (g->count > MARKDOWN_RULES)
		buf_addf(out, " and %zu more", g->count - MARKDOWN_RULES);
	buf_adds(out, ")\n");
}

static void
put_gaps(struct buf *out, const struct findings *f)
{
	struct arena a = { 0 };
	struct gap *gaps;
	size_t n = gaps_of(f->rules, f->rule_count, GAP_DATA, &a, &gaps);

	buf_adds(out, "\n## What was not looked at\n\n");
	if (!n && !f->not_known_count)
		buf_adds(out, "All rules could look at all that they read.\n");
	for (size_t i = 0; i < f->not_known_count; i++) {
		buf_adds(out, "- No ");
		md_put_text(out, f->not_known[i].class, MD_LINE);
		buf_adds(out, " can be called ready: ");
		md_put_text(out, f->not_known[i].reason, MD_LINE);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < n; i++)
		put_gap(out, &gaps[i]);
	arena_release(&a);
}

int
format_markdown(const struct view *v, const struct format_options *o,
                struct outfile *out, struct err *err)
{
	const struct first_causes *c = &v->causes;
	struct cause_findings of;
	struct buf text = { 0 };
	int rc = cause_findings_fill(&of, c, MARKDOWN_FINDINGS, v->findings,
	                             err);

	(void)o;
	put_answer(&text, v);
	put_table(&text, c);
	for (size_t i = 0; i < c->count && rc == 0; i++)
		put_cause(&text, &c->items[i], i + 1, &of.of[i]);
	put_gaps(&text, v->findings);
	outfile_add(out, text.data, text.len);
	buf_release(&text);
	cause_findings_release(&of);
	return rc;
}
