/* Keeps the worst findings of each rule, however many pass by. */
#include "report/view.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "report/kept.h"

/* What is counted of a rule's open findings. */
struct open_count {
	uint64_t findings, objects, waived;
	uint64_t last;           /* fingerprint of the object counted last */
	enum severity worst;
};

/*
 * The view with what only this file knows. Of a rule each forest has a place
 * of its own, where there are several, so that a large one leaves room for the
 * others; the first place is for what has none.
 */
struct view_building {
	struct view view;        /* first: what callers hold */
	struct arena arena;
	size_t places, room;     /* per rule; findings kept in each */
	struct kept *kept;       /* per rule of the catalogue and place */
	uint64_t *by_forest;     /* the same: all findings */
	struct kept *joined;     /* per rule */
	struct kept *crossing;   /* per place: about objects of two forests */
	struct kept waived;
	struct open_count *open;
};

const char *
view_rule_title(const struct view *v, const char *id)
{
	const struct rule_result *r = findings_rule(v->findings, id);

	return r ? r->title : id;
}

static void
take_crossing(struct view_building *b, const struct finding *f, size_t place)
{
	if (!f->other_forest)
		return;
	b->view.crossing_count++;
	kept_take(&b->crossing[place], b->room, f, &b->arena);
}

/* Objects stand one behind the other. */
static void
count_open(struct open_count *c, const struct finding *f)
{
	uint64_t object = hash_text(finding_label(f));

	if (!c->findings++ || object != c->last)
		c->objects++;
	c->last = object;
	if (f->severity < c->worst)
		c->worst = f->severity;
}

static void
take_waived(struct view_building *b, const struct finding *f, size_t rule)
{
	b->open[rule].waived++;
	b->view.waived_count++;
	kept_take(&b->waived, VIEW_SHOWN, f, &b->arena);
}

static int
take(struct view_building *b, const struct finding *f, struct err *err)
{
	size_t i = findings_rule_number(b->view.findings, f->rule);
	size_t forest = forests_several(&b->view.forests)
		? forests_number(&b->view.forests, f->forest) : 0;
	size_t place = i * b->places + forest;

	if (i == b->view.findings->rule_count)
		return err_input(err, "findings.ndjson: rule \"%s\" is not in "
		                 "the manifest", f->rule);
	if (!forest)
		b->view.has_forestless = true;
	take_crossing(b, f, forest);
	if (f->status != STATUS_OPEN) {
		take_waived(b, f, i);
		return 0;
	}
	count_open(&b->open[i], f);
	b->by_forest[place]++;
	kept_take(&b->kept[place], b->room, f, &b->arena);
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
		const struct finding *f = round < b->joined[i].count
			? &b->joined[i].items[round] : NULL;

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
		for (size_t round = 0; round < VIEW_SHOWN; round++)
			add_worst(b, (enum severity)s, round);
}

static int
by_weight(const void *a, const void *b)
{
	const struct view_rule *x = a, *y = b;

	if (x->worst != y->worst)
		return x->worst < y->worst ? -1 : 1;
	if (x->open != y->open)
		return x->open > y->open ? -1 : 1;
	return strcmp(x->rule->id, y->rule->id);
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
	struct kept crossing, waived;

	v->rules = arena_alloc(&b->arena, f->rule_count * sizeof(*v->rules));
	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule_result *r = &f->rules[i];
		const struct open_count *open = &b->open[i];

		b->joined[i] = kept_join(&b->kept[i * b->places], b->places,
		                         &b->arena);
		v->not_assessed += r->outcome == OUTCOME_NOT_ASSESSED;
		v->in_part += r->outcome == OUTCOME_FOUND && r->reason;
		if (r->outcome == OUTCOME_FOUND && open->findings)
			v->rules[v->rule_count++] = (struct view_rule){
				.rule = r, .shown = b->joined[i].items,
				.shown_count = b->joined[i].count,
				.open = open->findings, .worst = open->worst,
				.objects = open->waived ? open->objects
					: r->objects,
				.by_forest = &b->by_forest[i * b->places],
			};
	}
	if (v->rule_count)
		qsort(v->rules, v->rule_count, sizeof(*v->rules), by_weight);
	crossing = kept_join(b->crossing, b->places, &b->arena);
	v->crossing = crossing.items;
	v->crossing_shown = crossing.count;
	waived = kept_join(&b->waived, 1, &b->arena);
	v->waived = waived.items;
	v->waived_shown = waived.count;
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

/* All forests share what one would have. */
static void
make_places(struct view_building *b)
{
	size_t n = b->view.forests.count;

	b->places = forests_several(&b->view.forests) ? n + 1 : 1;
	b->room = VIEW_SHOWN / (n > 1 ? n : 1);
	if (b->room < VIEW_SHOWN_EACH)
		b->room = VIEW_SHOWN_EACH;
}

struct view *
view_new(const struct findings *f, struct view_taker *t, struct err *err)
{
	struct view_building *b = xcalloc(1, sizeof(*b));

	b->view.findings = f;
	forests_fill(&b->view.forests, f, &b->arena);
	make_places(b);
	b->kept = xcalloc(f->rule_count * b->places, sizeof(*b->kept));
	b->by_forest = xcalloc(f->rule_count * b->places,
	                       sizeof(*b->by_forest));
	b->crossing = xcalloc(b->places, sizeof(*b->crossing));
	b->joined = xcalloc(f->rule_count, sizeof(*b->joined));
	b->open = xcalloc(f->rule_count, sizeof(*b->open));
	for (size_t i = 0; i < f->rule_count; i++)
		b->open[i].worst = SEVERITY_COUNT;
	if (read_all(b, t, err) < 0 ||
	    what_if_count(&b->view.what_if, f, err) < 0 ||
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
	free(b->by_forest);
	free(b->joined);
	free(b->crossing);
	free(b->open);
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
