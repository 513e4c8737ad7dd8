/*
 * What has become of each finding of two folders. First the fingerprints of
 * both are read, and what is no longer found is looked up; then the lines of
 * the newer one are told, and of the older one what the newer has not.
 */
#include "analyze/findings/diff.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/closed_lines.h"
#include "analyze/findings/comparable.h"
#include "analyze/findings/compared_file.h"
#include "analyze/findings/line.h"
#include "analyze/findings/line_words.h"
#include "analyze/findings/prints.h"
#include "analyze/findings/repair_settle.h"
#include "analyze/findings/repairs.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/record.h"

/* What is read now: its lines are told, or all of it was. */
enum diff_stage { STAGE_NEW, STAGE_OLD, STAGE_CLOSED, STAGE_END };

struct findings_diff {
	struct diff_side sides[DIFFERENCE_SIDES];
	enum diff_memory memory;
	struct prints prints[DIFFERENCE_SIDES];    /* state: its status */
	struct closed_prints closed[DIFFERENCE_SIDES];
	struct comparer comparers[DIFFERENCE_SIDES];   /* from that side */
	struct repairs repairs;
	enum diff_stage stage;
	struct compared_file file;
	struct finding finding;    /* at hand */
	struct arena arena;        /* its */
	struct buf reason;
};

const char *
change_name(enum change_kind k)
{
	static const char *const names[CHANGE_KINDS] = {
		[CHANGE_NEW] = "new", [CHANGE_REOPENED] = "reopened",
		[CHANGE_FIXED] = "fixed",
		[CHANGE_NOT_COMPARABLE] = "not-comparable",
		[CHANGE_WAIVED] = "waived",
		[CHANGE_STILL_OPEN] = "still-open",
	};

	return names[k];
}

uint64_t
change_count(const struct change_counts *c, enum change_kind k)
{
	uint64_t n = 0;

	for (int s = 0; s < SEVERITY_COUNT; s++)
		n += c->of[k][s];
	return n;
}

void
change_counts_add(struct change_counts *c, const struct finding_change *one)
{
	c->of[one->kind][one->finding->severity]++;
	c->not_known_before += one->kind == CHANGE_NOT_COMPARABLE &&
		one->side == AFTER;
}

bool
change_counts_fail(const struct change_counts *c, enum severity worst)
{
	for (int s = 0; s < SEVERITY_COUNT && s <= (int)worst; s++)
		if (c->of[CHANGE_NEW][s] || c->of[CHANGE_REOPENED][s])
			return true;
	return false;
}

/* ---- reading ---- */

/* The finding of the line at hand; 1 or -1. */
static int
take_finding(struct findings_diff *d, struct err *err)
{
	struct line_words words;

	arena_clear(&d->arena);
	words_of_record(&finding_names, d->file.record, &words);
	if (finding_take(&words, &d->arena, &d->finding) < 0)
		return compared_wrong(&d->file, "a rule, a severity, a status "
		                      "and a message", err);
	if (finding_take_event(&words, &d->arena, &d->finding) < 0)
		return compared_wrong(&d->file, "an event with what, by and "
		                      "sure", err);
	return 1;
}

static int
check_end(const struct findings_diff *d, enum difference_side side,
          struct err *err)
{
	const struct findings_counts *c = d->sides[side].counts;

	return compared_check(&d->file, c->findings, c->findings_digest, err);
}

/* Whether the newer run would see what happened, had it not been undone. */
static bool
sees_event(const struct findings_diff *d, const struct finding *f)
{
	return (d->memory == DIFF_REMEMBERS &&
	        f->event.what <= EVENT_REMEMBERED) ||
	       comparer_sees_event(&d->comparers[BEFORE], f);
}

/* The older finding at hand, unless the newer folder has it. */
static int
take_gone(struct findings_diff *d, struct print *p, struct err *err)
{
	struct comparer *c = &d->comparers[BEFORE];

	if (prints_find(&d->prints[AFTER], p))
		return 0;
	if (compared_parse(&d->file, err) < 0 || take_finding(d, err) < 0)
		return -1;
	p->number = (uint32_t)repairs_add(&d->repairs, &d->finding,
	                                  comparer_ask(c, &d->finding),
	                                  sees_event(d, &d->finding));
	return 0;
}

/* That of the line at hand, which is not parsed for it. */
static int
take_status(const struct findings_diff *d, enum status *out, struct err *err)
{
	enum { LONGEST = 32 };
	char word[LONGEST] = "";
	size_t len = 0;
	const char *text = compared_text(&d->file, "\"status\":\"", &len);

	if (text && len < LONGEST)
		memcpy(word, text, len);
	return status_parse(out, word) == 0 ? 0
		: compared_wrong(&d->file, "a status", err);
}

static int
take_print(struct findings_diff *d, enum difference_side side,
           struct err *err)
{
	enum status status = STATUS_OPEN;
	struct print p;

	if (print_take_raw(&d->file, &p, err) < 0 ||
	    take_status(d, &status, err) < 0)
		return -1;
	p.state = status;
	if (side == BEFORE && take_gone(d, &p, err) < 0)
		return -1;
	prints_add(&d->prints[side], &p);
	return 0;
}

static int
load_prints(struct findings_diff *d, enum difference_side side,
            struct err *err)
{
	const struct diff_side *of = &d->sides[side];
	int rc = compared_open(&d->file, of->folder, FINDINGS_FILE, err);

	prints_init(&d->prints[side], of->counts->findings);
	while (rc == 0 && (rc = compared_next(&d->file, err)) > 0)
		rc = take_print(d, side, err);
	if (rc == 0)
		rc = check_end(d, side, err);
	prints_sort(&d->prints[side]);
	compared_close(&d->file);
	return rc;
}

/* What OLD remembers as open, and the newer folder has not. */
static int
load_remembered(struct findings_diff *d, struct err *err)
{
	const struct diff_side *of = &d->sides[BEFORE];
	struct comparer *c = &d->comparers[BEFORE];
	struct closed_finding one;
	int rc = *of->counts->closed_digest
		? compared_open(&d->file, of->folder, CLOSED_FILE, err) : -2;

	while (rc == 0 && (rc = compared_record(&d->file, err)) > 0) {
		struct print p, *known;

		arena_clear(&d->arena);
		rc = closed_take(&d->file, &d->arena, &one, err);
		if (rc < 0 || print_take(&d->file, &p, err) < 0)
			rc = -1;
		known = rc < 0 ? NULL : prints_find(&d->closed[BEFORE].prints,
		                                    &p);
		if (known && one.state == CLOSED_NOT_COMPARABLE &&
		    !prints_find(&d->prints[AFTER], &p))
			known->number = (uint32_t)repairs_add(
				&d->repairs, &one.finding,
				comparer_ask(c, &one.finding),
				sees_event(d, &one.finding));
	}
	compared_close(&d->file);
	return rc == -2 ? 0 : rc;
}

static int
load(struct findings_diff *d, struct err *err)
{
	for (int i = 0; i < DIFFERENCE_SIDES; i++)
		if (closed_load(&d->closed[i], &d->sides[i], err) < 0)
			return -1;
	if (load_prints(d, AFTER, err) < 0 || load_prints(d, BEFORE, err) < 0 ||
	    load_remembered(d, err) < 0 ||
	    repairs_look(&d->repairs, d->sides, err) < 0)
		return -1;
	return compared_open(&d->file, d->sides[AFTER].folder, FINDINGS_FILE,
	                     err);
}

struct findings_diff *
diff_open(const struct diff_side sides[DIFFERENCE_SIDES],
          enum diff_memory memory, struct err *err)
{
	struct findings_diff *d = xcalloc(1, sizeof(*d));

	memcpy(d->sides, sides, sizeof(d->sides));
	d->memory = memory;
	for (int i = 0; i < DIFFERENCE_SIDES; i++)
		comparer_init(&d->comparers[i], sides[i].f,
		              sides[DIFFERENCE_SIDES - 1 - i].f);
	if (load(d, err) == 0)
		return d;
	findings_diff_close(d);
	return NULL;
}

struct findings_diff *
findings_diff_open(const struct findings *old, const struct findings *new,
                   struct err *err)
{
	const struct diff_side sides[DIFFERENCE_SIDES] = {
		{ old, findings_path(old), findings_file_counts(old) },
		{ new, findings_path(new), findings_file_counts(new) },
	};

	/* A newer run by a baseline as new as the older one remembers. */
	return diff_open(sides, new->baseline.is &&
	                 new->baseline.as_of >= old->as_of ? DIFF_REMEMBERS
	                 : DIFF_FORGETS, err);
}

bool
diff_has_new(const struct findings_diff *d, const struct print *p)
{
	return prints_find(&d->prints[AFTER], p) != NULL;
}

void
findings_diff_close(struct findings_diff *d)
{
	if (!d)
		return;
	for (int i = 0; i < DIFFERENCE_SIDES; i++) {
		prints_release(&d->prints[i]);
		closed_prints_release(&d->closed[i]);
		comparer_release(&d->comparers[i]);
	}
	repairs_release(&d->repairs);
	compared_close(&d->file);
	arena_release(&d->arena);
	buf_release(&d->reason);
	free(d);
}

/* ---- of the newer folder ---- */

/* Why the older one could not have had the finding; NULL: it could. */
static const char *
why_not_before(struct findings_diff *d)
{
	const struct findings *old = d->sides[BEFORE].f;
	const struct told_event *e = &d->finding.event;
	const struct compared_rule *c = comparer_ask(&d->comparers[AFTER],
	                                             &d->finding);

	/* What had not happened yet nobody could find. */
	if (c->is != COMPARABLE_NOT && e->what != EVENT_NONE &&
	    e->after != WHEN_NONE && (e->after >= old->as_of ||
	                              (e->after == e->by &&
	                               e->by > old->as_of)))
		return NULL;
	if (c->is != COMPARABLE)
		return c->why;
	if (e->what != EVENT_NONE && e->by != WHEN_NONE &&
	    e->by <= old->as_of &&
	    !comparer_sees_event(&d->comparers[AFTER], &d->finding))
		return "it happened before, where the older snapshots do not "
		       "reach";
	return NULL;
}

static void
judge_unknown(struct findings_diff *d, const struct print *p,
              struct finding_change *out)
{
	const struct print *closed = prints_find(&d->closed[BEFORE].prints, p);
	const char *reopened = record_text(d->file.record, "reopened");
	when_t again = WHEN_NONE;

	if (reopened)
		when_from_iso(&again, reopened);
	if (closed && closed->state == CLOSED_NOT_COMPARABLE) {
		out->kind = CHANGE_STILL_OPEN;
	} else if (closed || (again != WHEN_NONE &&
	                      again > d->sides[BEFORE].f->as_of)) {
		out->kind = CHANGE_REOPENED;
		out->reason = "it was fixed before";
	} else {
		out->reason = why_not_before(d);
		out->kind = out->reason ? CHANGE_NOT_COMPARABLE : CHANGE_NEW;
	}
}

static void
judge_new(struct findings_diff *d, const struct print *p,
          struct finding_change *out)
{
	const struct print *old = prints_find(&d->prints[BEFORE], p);

	if (d->finding.status != STATUS_OPEN) {
		out->kind = CHANGE_WAIVED;
		out->reason = old && old->state == STATUS_OPEN
			? "it was open before" : old ? NULL : "it was not "
			  "found before";
	} else if (!old) {
		judge_unknown(d, p, out);
	} else if (old->state != STATUS_OPEN) {
		out->kind = CHANGE_REOPENED;
		out->reason = "no waiver holds for it any more";
	} else {
		out->kind = CHANGE_STILL_OPEN;
	}
	if (!old)
		repairs_note_again(&d->repairs, &d->finding);
}

/* ---- of the older folder ---- */

/* That run knew its baseline, and what it remembered of it. */
static void
take_closed(const struct findings_diff *d, const struct print *p,
            struct finding_change *out)
{
	const struct print *closed = prints_find(&d->closed[AFTER].prints, p);

	if (!closed)
		return;
	out->kind = closed->state == CLOSED_FIXED ? CHANGE_FIXED
	                                          : CHANGE_NOT_COMPARABLE;
	out->reason = closed_reason(&d->closed[AFTER], closed);
}

static int
settled(struct findings_diff *d, const struct print *p,
        struct finding_change *out, struct err *err)
{
	struct repair *r = &d->repairs.items[p->number];

	if (take_finding(d, err) < 0)
		return -1;
	repair_settle(r, d->sides, &d->reason);
	out->kind = r->kind;
	out->reason = r->reason;
	out->suspended = r->suspended;
	take_closed(d, p, out);
	return 1;
}

/* ---- all of it ---- */

static when_t
first_seen(const struct record *r)
{
	const char *text = record_text(r, "firstSeen");
	when_t t = WHEN_NONE;

	if (text)
		when_from_iso(&t, text);
	return t;
}

/* 1 when the line at hand is told, 0 when it is not, -1. */
static int
judge_line(struct findings_diff *d, struct finding_change *out,
           struct err *err)
{
	struct print p;
	const struct print *old;

	if (print_take_raw(&d->file, &p, err) < 0)
		return -1;
	/* Most are in both folders, and need not be looked at again. */
	if (d->stage == STAGE_OLD && prints_find(&d->prints[AFTER], &p))
		return 0;
	if (compared_parse(&d->file, err) < 0)
		return -1;
	*out = (struct finding_change){
		.side = d->stage == STAGE_NEW ? AFTER : BEFORE,
		.finding = &d->finding,
		.first_seen = first_seen(d->file.record),
		.last_seen = WHEN_NONE, .since = WHEN_NONE,
	};
	if (d->stage == STAGE_NEW) {
		if (take_finding(d, err) < 0)
			return -1;
		judge_new(d, &p, out);
		return 1;
	}
	old = prints_find(&d->prints[BEFORE], &p);
	return old ? settled(d, old, out, err) : 0;
}

/* A line of closed.ndjson: it tells what OLD still took for open. */
static int
judge_closed(struct findings_diff *d, struct finding_change *out,
             struct err *err)
{
	struct closed_finding one;
	const struct print *known;
	struct repair *r;
	struct print p;

	arena_clear(&d->arena);
	if (compared_parse(&d->file, err) < 0 ||
	    closed_take(&d->file, &d->arena, &one, err) < 0 ||
	    print_take(&d->file, &p, err) < 0)
		return -1;
	known = prints_find(&d->closed[BEFORE].prints, &p);
	if (!known || one.state != CLOSED_NOT_COMPARABLE ||
	    prints_find(&d->prints[AFTER], &p))
		return 0;
	d->finding = one.finding;
	r = &d->repairs.items[known->number];
	repair_settle(r, d->sides, &d->reason);
	*out = (struct finding_change){
		.kind = r->kind, .side = BEFORE, .finding = &d->finding,
		.reason = r->reason, .suspended = r->suspended,
		.first_seen = one.first_seen,
		.last_seen = one.last_seen, .since = one.since,
	};
	take_closed(d, &p, out);
	return 1;
}

/* Opens what comes behind what was read; 0 or -1. */
static int
next_stage(struct findings_diff *d, struct err *err)
{
	const struct diff_side *old = &d->sides[BEFORE];

	compared_close(&d->file);
	d->stage = d->stage + 1;
	if (d->stage == STAGE_OLD)
		return compared_open(&d->file, old->folder, FINDINGS_FILE,
		                     err);
	if (d->stage == STAGE_CLOSED && *old->counts->closed_digest)
		return compared_open(&d->file, old->folder, CLOSED_FILE, err);
	d->stage = STAGE_END;
	return 0;
}

int
findings_diff_next(struct findings_diff *d, struct finding_change *out,
                   struct err *err)
{
	int rc = 0;

	while (rc == 0 && d->stage != STAGE_END) {
		rc = compared_next(&d->file, err);
		if (rc == 0)
			rc = next_stage(d, err);
		else if (rc > 0)
			rc = d->stage == STAGE_CLOSED
				? judge_closed(d, out, err)
				: judge_line(d, out, err);
	}
	return rc;
}
