/* Keeps the worst findings of each rule, however many pass by. */
#include "report/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

/* The view with what only this file knows. */
struct view_building {
	struct view view;        /* first: what callers hold */
	struct arena arena;
	struct finding **kept;   /* per rule of the catalogue */
	size_t *kept_count;
	uint64_t *open;
	enum severity *worst;
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

/* Drops the last of the mildest findings kept for one that is worse. */
static bool
make_room(struct view_building *b, size_t rule, enum severity severity)
{
	struct finding *kept = b->kept[rule];
	size_t at = 0;

	for (size_t i = 1; i < VIEW_SHOWN; i++)
		if (kept[i].severity >= kept[at].severity)
			at = i;
	if (kept[at].severity <= severity)
		return false;
	memmove(&kept[at], &kept[at + 1],
	        (VIEW_SHOWN - at - 1) * sizeof(*kept));
	b->kept_count[rule]--;
	return true;
}

/* Worst first, and otherwise in the order of the file. */
static void
sort_kept(struct finding *kept, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0 && kept[k].severity <
		     kept[k - 1].severity; k--) {
			struct finding other = kept[k];

			kept[k] = kept[k - 1];
			kept[k - 1] = other;
		}
}

static int
take(struct view_building *b, const struct finding *f, struct err *err)
{
	size_t i = rule_number(b->view.findings, f->rule);

	if (i == b->view.findings->rule_count)
		return err_input(err, "findings.ndjson: rule \"%s\" is not in "
		                 "the manifest", f->rule);
	if (f->status == STATUS_OPEN) {
		b->open[i]++;
		if (f->severity < b->worst[i])
			b->worst[i] = f->severity;
	}
	if (b->kept_count[i] == VIEW_SHOWN && !make_room(b, i, f->severity))
		return 0;
	if (!b->kept[i])
		b->kept[i] = arena_alloc(&b->arena, VIEW_SHOWN *
		                         sizeof(**b->kept));
	b->kept[i][b->kept_count[i]++] = finding_copy(f, &b->arena);
	return 0;
}

/* Whether the list names the object already. */
static bool
has_object(const struct view *v, const struct finding *f)
{
	for (size_t i = 0; i < v->worst_count; i++)
		if (!strcmp(view_label(&v->worst[i]), view_label(f)))
			return true;
	return false;
}

/* The finding number ROUND of each rule, when it is as bad as SEVERITY. */
static void
add_worst(struct view_building *b, enum severity severity, size_t round)
{
	struct view *v = &b->view;

	for (size_t i = 0; i < v->findings->rule_count; i++) {
		const struct finding *f = round < b->kept_count[i]
			? &b->kept[i][round] : NULL;

		if (f && f->severity == severity && !has_object(v, f) &&
		    f->status == STATUS_OPEN && v->worst_count < VIEW_WORST)
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

	v->rules = arena_alloc(&b->arena, f->rule_count * sizeof(*v->rules));
	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule_result *r = &f->rules[i];

		sort_kept(b->kept[i], b->kept_count[i]);
		v->not_assessed += r->outcome == OUTCOME_NOT_ASSESSED;
		v->in_part += r->outcome == OUTCOME_FOUND && r->reason;
		if (r->outcome == OUTCOME_FOUND)
			v->rules[v->rule_count++] = (struct view_rule){
				.rule = r, .shown = b->kept[i],
				.shown_count = b->kept_count[i],
				.open = b->open[i], .worst = b->worst[i],
			};
	}
	if (v->rule_count)
		qsort(v->rules, v->rule_count, sizeof(*v->rules), by_weight);
	v->ad_alone = view_is_ad_alone(f);
	v->objects = f->by_readiness[READINESS_READY] +
	             f->by_readiness[READINESS_WARNING] +
	             f->by_readiness[READINESS_NOT_KNOWN] +
	             f->by_readiness[READINESS_BLOCKED];
}

static int
read_all(struct view_building *b, struct err *err)
{
	struct findings_reader *r = findings_read(b->view.findings, err);
	struct finding f;
	int rc = r ? 1 : -1;

	while (rc > 0) {
		rc = findings_next(r, &f, err);
		if (rc > 0 && take(b, &f, err) < 0)
			rc = -1;
	}
	findings_reader_close(r);
	return rc;
}

struct view *
view_new(const struct findings *f, struct err *err)
{
	struct view_building *b = xcalloc(1, sizeof(*b));

	b->view.findings = f;
	b->kept = xcalloc(f->rule_count, sizeof(struct finding *));
	b->kept_count = xcalloc(f->rule_count, sizeof(*b->kept_count));
	b->open = xcalloc(f->rule_count, sizeof(*b->open));
	b->worst = xcalloc(f->rule_count, sizeof(*b->worst));
	for (size_t i = 0; i < f->rule_count; i++)
		b->worst[i] = SEVERITY_COUNT;
	if (read_all(b, err) < 0 ||
	    rollup_fill(&b->view.rollup, f, err) < 0) {
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
	free(b->kept_count);
	free(b->open);
	free(b->worst);
	rollup_release(&b->view.rollup);
	arena_release(&b->arena);
	free(b);
}

/* So many deletions are taken for an accident. */
struct deletions
view_deletions(const struct findings *f)
{
	struct deletions d = {
		.count = f->by_action[ACTION_DELETE] + f->orphans,
		.threshold = f->deletion_threshold,
	};

	d.stop = d.threshold && d.count > d.threshold;
	return d;
}

const char *
view_label(const struct finding *f)
{
	const char *names[] = { f->upn, f->dn, f->guid, f->object };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && *names[i])
			return names[i];
	return "(no name)";
}

const char *
view_name(const struct forecast *f)
{
	return f->dn ? f->dn : f->sam ? f->sam : f->ad_upn ? f->ad_upn
		: f->guid ? f->guid : f->object ? f->object : "(no name)";
}
