/* Items that findings have come first; what a former plan had more, behind. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "report/csv_table.h"
#include "report/format.h"
#include "report/id_set.h"
#include "report/known_objects.h"
#include "report/pass.h"
#include "report/plan/former.h"
#include "report/plan/known_causes.h"
#include "report/view.h"

enum { ITEM_TEXT = 48, NUMBER_TEXT = 16, SEEN_TEXT = WHEN_TEXT + 8 };

struct plan_csv {
	struct pass_taker taker;     /* first */
	struct csv_report table;
	struct row_table columns;        /* those of the plan, and added ones */
	struct table_column *titles;
	const struct findings *f;
	struct known_causes causes;
	const struct known_objects *known;
	struct id_set told;          /* items that have their row, if several
	                              * objects may have them */
	uint64_t open;
	/* Its rows are marked as they are met; or NULL. */
	const struct former_plan *former;
	const char **cells;
	uint64_t gone;               /* of its items, for the first time */
	struct buf *notes;
};

/* ---- items ---- */

/* Where nothing is to be changed, all that shares the cause is one. */
static void
item_name(char item[ITEM_TEXT], const char *change, const struct finding *f)
{
	if (change)
		snprintf(item, ITEM_TEXT, "change-%.32s", change);
	else if (f->cause)
		snprintf(item, ITEM_TEXT, "cause-%.32s", f->cause);
	else
		snprintf(item, ITEM_TEXT, "cause-%032" PRIx64,
		         hash_text(f->rule));
}

static struct former_row *
former_of(const struct plan_csv *p, const char *item)
{
	return p->former ? former_find(p->former, item) : NULL;
}

static bool
is_one_of(const char *word, const char *const *words)
{
	while (*words && ascii_casecmp(word, *words) != 0)
		words++;
	return *words != NULL;
}

/* ---- when it was seen ---- */

/* No spreadsheet takes it for a date, and writes that in another way. */
static const char as_of[] = "as of ";

/* When the snapshot was collected that shows the finding. */
static when_t
seen_at(const struct findings *f, const struct finding *one)
{
	for (size_t i = 0; one->snapshot && i < f->snapshot_count; i++)
		if (f->snapshots[i].name &&
		    strcmp(f->snapshots[i].name, one->snapshot) == 0)
			return f->snapshots[i].collected;
	return f->as_of;
}

static void
tell_seen(char text[SEEN_TEXT], when_t when)
{
	char time[WHEN_TEXT];

	when_format(when, time);
	snprintf(text, SEEN_TEXT, "%s%s", as_of, time);
}

/* Whether the row was written from what shows the item still: or later. */
static bool
was_seen(const struct former_row *r, when_t when)
{
	const char *text = r->cells[PLAN_SEEN];
	when_t then;

	return strncmp(text, as_of, sizeof(as_of) - 1) == 0 &&
	       when_from_iso(&then, text + sizeof(as_of) - 1) == 0 &&
	       then >= when;
}

static const char *const ended[] = { "done", "closed", "fixed", NULL };

/*
 * What people say of it holds, but that it has ended: if it was looked at again
 * since.
 */
static const char *
open_status(const struct former_row *r, const struct finding *f, when_t seen)
{
	static const char *const ours[] = {
		"", "open", "planned", "waived", "not checked", NULL
	};
	const char *now = f->status == STATUS_PLANNED ? "planned" : "open";

	if (!r || is_one_of(r->cells[PLAN_STATUS], ours))
		return now;
	return is_one_of(r->cells[PLAN_STATUS], ended) && !was_seen(r, seen)
		? "reopened" : r->cells[PLAN_STATUS];
}

static void
put_cells(struct plan_csv *p)
{
	p->table.sink.row(&p->table.sink, &p->columns, p->cells);
}

/* What somebody wrote beside it. */
static void
keep_notes(struct plan_csv *p, const struct former_row *r)
{
	static const enum former_column notes[] = {
		PLAN_OWNER, PLAN_DATE, PLAN_COMMENT
	};

	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++)
		p->cells[notes[i]] = r->cells[notes[i]];
	for (size_t i = 0; i < p->former->title_count; i++)
		p->cells[PLAN_COLUMNS + i] = r->cells[PLAN_COLUMNS + i];
}

/* A change is of an object; a cause is of all that share it. */
static void
fill_change(struct plan_csv *p, const struct work_item *i, struct arena *a)
{
	const struct finding *f = &i->best;
	const struct proposed *q = &f->proposed;

	p->cells[PLAN_OBJECT] = finding_label(f);
	p->cells[PLAN_DN] = f->dn;
	p->cells[PLAN_ATTRIBUTE] = q->attribute ? q->attribute : f->attribute;
	p->cells[PLAN_OLD] = q->attribute ? q->old : f->observed;
	p->cells[PLAN_NEW] = q->new;
	p->cells[PLAN_DO] = f->fix;
	p->cells[PLAN_OTHERS] = work_others(f, a);
	p->cells[PLAN_CHANGE] = i->change;
	p->cells[PLAN_DOMAIN] = f->domain;
}

static void
put_item(struct plan_csv *p, const struct work_item *i, const char *item,
         struct arena *a)
{
	const struct finding *f = &i->best;
	const struct known_cause *cause = known_cause(&p->causes, f->cause);
	const struct former_row *r = former_of(p, item);
	when_t when = seen_at(p->f, f);
	char order[NUMBER_TEXT] = "", seen[SEEN_TEXT];

	memset(p->cells, 0, p->columns.count * sizeof(*p->cells));
	if (cause && cause->order)
		snprintf(order, sizeof(order), "%" PRIu32, cause->order);
	p->cells[PLAN_ITEM] = item;
	tell_seen(seen, when);
	p->cells[PLAN_SEEN] = seen;
	p->cells[PLAN_STATUS] = open_status(r, f, when);
	p->cells[PLAN_SEVERITY] = severity_name(i->severity);
	p->cells[PLAN_ORDER] = order;
	p->cells[PLAN_CAUSE_TITLE] = cause ? cause->title : NULL;
	p->cells[PLAN_DO] = cause ? cause->action : f->fix;
	p->cells[PLAN_AUTHORITY] = f->authority;
	p->cells[PLAN_TOOL] = f->tool;
	p->cells[PLAN_RULE] = work_rules(i, a);
	p->cells[PLAN_CAUSE] = f->cause;
	if (i->change)
		fill_change(p, i, a);
	if (r)
		keep_notes(p, r);
	put_cells(p);
	if (!is_one_of(p->cells[PLAN_STATUS], ended))
		p->open++;
}

/* Of each item there is one row; most are of one object alone. */
static bool
is_first(struct plan_csv *p, const struct work_item *i, const char *item)
{
	if (i->change && !known_change_is_shared(p->known,
	                                         hash_text(i->change)))
		return true;
	return id_set_add(&p->told, hash_text(item));
}

static int
take_object(struct pass_taker *t, struct pass_object *o, struct err *err)
{
	struct plan_csv *p = (struct plan_csv *)t;

	(void)err;
	for (size_t i = 0; o->work && i < o->work->count; i++) {
		const struct work_item *one = &o->work->items[i];
		char item[ITEM_TEXT];
		struct former_row *r;

		item_name(item, one->change, &one->best);
		r = former_of(p, item);
		if (r)
			r->seen = FORMER_OPEN;
		if (is_first(p, one, item))
			put_item(p, one, item, &o->work->arena);
	}
	return 0;
}

static int
take_finding(struct pass_taker *t, const struct finding *f, struct err *err)
{
	struct plan_csv *p = (struct plan_csv *)t;
	char item[ITEM_TEXT];
	struct former_row *r;

	(void)err;
	if (work_counts(f->status) || !p->former)
		return 0;
	item_name(item, f->change, f);
	r = former_of(p, item);
	if (r && r->seen == FORMER_GONE)
		r->seen = FORMER_WAIVED;
	return 0;
}

/* ---- what is gone ---- */

/* Whether the rule of that name looked at all of the domain. */
static bool
has_looked(const struct findings *f, const char *rule, const char *domain)
{
	const struct rule_result *r = findings_rule(f, rule);

	if (!r || r->outcome == OUTCOME_NOT_ASSESSED ||
	    r->outcome == OUTCOME_NOT_APPLICABLE)
		return false;
	return !r->reason || !reason_is_about(r->reason, *domain ? domain
	                                                         : NULL);
}

/* Whether all that found it, looked again. */
static bool
was_checked(const struct findings *f, const struct former_row *r)
{
	const char *domain = r->cells[PLAN_DOMAIN];
	const char *rules = r->cells[PLAN_RULE];
	bool all = *rules && (!*domain || findings_has_domain(f, domain));

	while (all && *rules) {
		size_t len = strcspn(rules, ";");
		char *rule = xstrndup(rules, len);

		all = has_looked(f, rule, domain);
		free(rule);
		rules += len + (rules[len] == ';');
	}
	return all;
}

static const char *
gone_status(const struct plan_csv *p, const struct former_row *r)
{
	const char *said = r->cells[PLAN_STATUS];

	if (is_one_of(said, ended) || !*r->cells[PLAN_ITEM])
		return said;
	if (r->seen == FORMER_WAIVED)
		return "waived";
	return was_checked(p->f, r) ? "done" : "not checked";
}

static void
put_gone(struct plan_csv *p)
{
	for (size_t i = 0; p->former && i < p->former->count; i++) {
		const struct former_row *r = &p->former->rows[i];
		const char *said = r->cells[PLAN_STATUS];

		if (r->seen == FORMER_OPEN)
			continue;
		memcpy(p->cells, r->cells,
		       p->columns.count * sizeof(*p->cells));
		p->cells[PLAN_STATUS] = gone_status(p, r);
		p->gone += strcmp(said, p->cells[PLAN_STATUS]) != 0;
		put_cells(p);
	}
}

static int
end(struct pass_taker *t, struct err *err)
{
	struct plan_csv *p = (struct plan_csv *)t;

	(void)err;
	put_gone(p);
	if (p->former && p->notes)
		buf_addf(p->notes, FORMAT_PLAN ": %" PRIu64 " open items; %"
		         PRIu64 " of the former plan are not found any more\n",
		         p->open, p->gone);
	return 0;
}

/* ---- begin ---- */

static void
make_columns(struct plan_csv *p)
{
	size_t more = p->former ? p->former->title_count : 0;

	p->columns = (struct row_table){ "plan", NULL, PLAN_COLUMNS + more };
	p->titles = xcalloc(p->columns.count, sizeof(*p->titles));
	p->cells = xcalloc(p->columns.count, sizeof(*p->cells));
	for (size_t i = 0; i < p->columns.count; i++)
		p->titles[i].title = i < PLAN_COLUMNS ? plan_titles[i]
			: p->former->titles[i - PLAN_COLUMNS];
	p->columns.columns = p->titles;
}

static void
release(struct pass_taker *t)
{
	struct plan_csv *p = (struct plan_csv *)t;

	csv_file_release(&p->table.csv);
	known_causes_release(&p->causes);
	id_set_release(&p->told);
	free(p->titles);
	free(p->cells);
	free(p);
}

struct pass_taker *
format_plan(const struct view *v, const struct format_options *o,
            struct outfile *out, struct err *err)
{
	struct plan_csv *p = xcalloc(1, sizeof(*p));

	p->taker = (struct pass_taker){
		.reads = PASS_FINDINGS, .finding = take_finding,
		.object = take_object, .end = end, .free = release,
	};
	p->f = v->findings;
	p->known = o->known;
	p->former = o->plan;
	p->notes = o->notes;
	if (known_causes_fill(&p->causes, p->f, err) < 0) {
		release(&p->taker);
		return NULL;
	}
	make_columns(p);
	csv_table_begin(&p->table, &p->columns, o, out);
	return &p->taker;
}
