/* Keeps the worst findings of each rule, however many pass by. */
#include "report/view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "report/kept.h"

/* Of each rule so many are kept, so that the worst are of different ones. */
enum { KEPT_OF_RULE = 10 };

/* The view with what only this file knows. */
struct view_building {
	struct view view;        /* first: what callers hold */
	struct arena arena;
	struct kept *kept;       /* per rule of the catalogue */
};

/* The number of a rule in the catalogue; their count when it is unknown. */
static size_t
rule_number(const struct findings *f, const char *id)
{
	size_t i = 0;

	while (i < f->rule_count && strcmp(f->rules[i].id, id) != 0)
		i++;
	return i;
}

const char *
view_rule_title(const struct view *v, const char *id)
{
	const struct rule_result *r = findings_rule(v->findings, id);

	return r ? r->title : id;
}

static int
take(struct view_building *b, const struct finding *f, struct err *err)
{
	size_t i = rule_number(b->view.findings, f->rule);

	if (i == b->view.findings->rule_count)
		return err_input(err, "findings.ndjson: rule \"%s\" is not in "
		                 "the manifest", f->rule);
	if (f->status == STATUS_OPEN)
		kept_take(&b->kept[i], KEPT_OF_RULE, f, &b->arena);
	return 0;
}

/* Whether the list names the object already. */
static bool
has_object(const struct view *v, const struct finding *f)
{
	for (size_t i = 0; i < v->worst_count; i++)
		if (!strcmp(finding_label(&v->worst[i]), finding_label(f)))
			return true;
	return false;
}

/* The finding number ROUND of each rule, when it is as bad as SEVERITY. */
static void
add_worst(struct view_building *b, enum severity severity, size_t round)
{
	struct view *v = &b->view;

	for (size_t i = 0; i < v->findings->rule_count; i++) {
		const struct finding *f = round < b->kept[i].count
			? &b->kept[i].items[round] : NULL;

		/* What follows from another finding is mended with that. */
		if (f && f->severity == severity && !has_object(v, f) &&
		    !f->follows && v->worst_count < VIEW_WORST)
			v->worst[v->worst_count++] = *f;
	}
}

/* Different rules and objects say more than one rule's five. */
static void
choose_worst(struct view_building *b)
{
	for (int s = 0; s < SEVERITY_COUNT; s++)
		for (size_t round = 0; round < KEPT_OF_RULE; round++)
			add_worst(b, (enum severity)s, round);
}

bool
view_is_ad_alone(const struct findings *f)
{
	for (size_t i = 0; i < f->section_count; i++)
		if (strncmp(f->sections[i].section, "tenant.", 7) == 0 &&
		    judged_section_is_asked(&f->sections[i]))
			return false;
	return f->section_count > 0;
}

static void
arrange(struct view_building *b)
{
	const struct findings *f = b->view.findings;
	struct view *v = &b->view;

	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule_result *r = &f->rules[i];

		kept_sort(&b->kept[i]);
		v->not_assessed += r->outcome == OUTCOME_NOT_ASSESSED;
		v->in_part += r->outcome == OUTCOME_FOUND && r->reason;
	}
	v->ad_alone = view_is_ad_alone(f);
	v->objects = f->by_readiness[READINESS_READY] +
	             f->by_readiness[READINESS_WARNING] +
	             f->by_readiness[READINESS_NOT_KNOWN] +
	             f->by_readiness[READINESS_BLOCKED];
}

static int
read_all(struct view_building *b, struct view_taker *t, struct err *err)
{
	struct findings_reader *r = findings_read(b->view.findings, err);
	struct finding f;
	int rc = r ? 1 : -1;

	while (rc > 0) {
		rc = findings_next(r, &f, err);
		if (rc > 0 && take(b, &f, err) < 0)
			rc = -1;
		if (rc > 0 && t)
			t->finding(t, &f);
	}
	findings_reader_close(r);
	return rc;
}

struct view *
view_new(const struct findings *f, struct view_taker *t, struct err *err)
{
	struct view_building *b = xcalloc(1, sizeof(*b));

	b->view.findings = f;
	forests_fill(&b->view.forests, f, &b->arena);
	b->kept = xcalloc(f->rule_count, sizeof(*b->kept));
	if (read_all(b, t, err) < 0 ||
	    first_causes_fill(&b->view.causes, f, FIRST_CAUSES, &b->arena,
	                      err) < 0) {
		view_free(&b->view);
		return NULL;
	}
	arrange(b);
	choose_worst(b);
	return &b->view;
}

void
view_free(struct view *v)
{
	struct view_building *b = (struct view_building *)v;

	if (!v)
		return;
	free(b->kept);
	arena_release(&b->arena);
	free(b);
}

/* So many deletions are taken for an accident. */
struct deletions
view_deletions(const struct deletion_run *r)
{
	struct deletions d = {
		.count = r->leaving + r->orphans,
		.threshold = r->threshold,
	};

	d.stop = d.threshold && d.count > d.threshold;
	return d;
}

bool
view_members(const struct findings *f, struct buf *out)
{
	const struct member_sums *s = &f->members;
	const struct member_counts *n = &s->members;
	uint64_t lost = n->out_of_scope + n->foreign;

	if (!lost && !n->not_known)
		return false;
	buf_addf(out, "%" PRIu64 " of %" PRIu64 " groups lose %" PRIu64
	         " of %" PRIu64 " members: %" PRIu64 " out of scope, %" PRIu64
	         " of another forest", s->losing, s->groups, lost,
	         lost + n->in_scope + n->not_known, n->out_of_scope,
	         n->foreign);
	if (n->not_known)
		buf_addf(out, "; of %" PRIu64 " more it is not known",
		         n->not_known);
	return true;
}

const char *
view_of_domains(const struct not_known *k)
{
	return reason_parts(k->reason) && !reason_is_about(k->reason, NULL)
		? " of these domains" : "";
}

const char *
view_name(const struct forecast *f)
{
	return f->dn ? f->dn : f->sam ? f->sam : f->ad_upn ? f->ad_upn
		: f->guid ? f->guid : f->object ? f->object : "(no name)";
}
