/* Findings of an earlier run: read, and found by fingerprint. */
#include "analyze/findings/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/baseline_parts.h"
#include "analyze/findings/compared_file.h"
#include "analyze/findings/event_json.h"
#include "analyze/findings/line.h"
#include "analyze/findings/manifest.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/record.h"

/* A time that may lack. */
static int
take_time(const struct compared_file *s, const char *key, when_t *out,
          struct err *err)
{
	return line_time_of(record_text(s->record, key), out) == 0 ? 0
		: compared_wrong(s, "times such as 2016-02-15T08:00:00Z", err);
}

/* What an event is remembered by. */
static struct finding
object_of(const struct record *r)
{
	return (struct finding){
		.rule = record_text(r, "rule"), .guid = record_text(r, "guid"),
		.dn = record_text(r, "dn"), .object = record_text(r, "object"),
		.attribute = record_text(r, "attribute"),
		.domain = record_text(r, "domain"),
	};
}

/* The one at hand, whose STATE is known. */
static int
take_line(struct baseline *b, const struct compared_file *s,
          enum carried state, struct err *err)
{
	struct finding f = object_of(s->record);
	struct carried_times t;
	struct print p;

	if (print_take(s, &p, err) < 0 ||
	    take_time(s, "firstSeen", &t.first_seen, err) < 0 ||
	    take_time(s, "reopened", &t.reopened, err) < 0)
		return -1;
	if (!f.rule || event_json_take(s->record, &b->arena, &f.event) < 0)
		return compared_wrong(s, "a rule, and an event with what and "
		                      "sure, if any", err);
	if (t.first_seen == WHEN_NONE)
		t.first_seen = b->f->as_of;
	p.state = state;
	p.number = (uint32_t)b->count;
	prints_add(&b->prints, &p);
	LIST_RESERVE(b->times, b->room, b->count + 1);
	b->times[b->count++] = t;
	if (state != CARRIED_FIXED && f.event.what != EVENT_NONE)
		baseline_add_event(b, &f, t.first_seen, state != CARRIED_OPEN
			? WHEN_NONE : findings_domain_read(b->f, f.domain));
	return 0;
}

static int
read_findings(struct baseline *b, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(b->f);
	struct compared_file s = { .path = NULL };
	int rc = compared_open(&s, b->path, FINDINGS_FILE, err);

	prints_init(&b->prints, c->findings);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0)
		rc = take_line(b, &s, CARRIED_OPEN, err);
	if (rc == 0)
		rc = compared_check(&s, c->findings, c->findings_digest, err);
	compared_close(&s);
	return rc;
}

/* What that run found to be fixed, and what it could not compare. */
static int
take_closed(struct baseline *b, const struct compared_file *s, struct err *err)
{
	const char *state = record_text(s->record, "state");

	if (state && strcmp(state, "fixed") == 0)
		return take_line(b, s, CARRIED_FIXED, err);
	if (state && strcmp(state, "not-comparable") == 0)
		return take_line(b, s, CARRIED_UNSEEN, err);
	return compared_wrong(s, "a state, fixed or not-comparable", err);
}

/* A run without a baseline has no such file. */
static int
read_closed(struct baseline *b, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(b->f);
	struct compared_file s = { .path = NULL };
	int rc;

	if (!*c->closed_digest)
		return 0;
	rc = compared_open(&s, b->path, CLOSED_FILE, err);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0)
		rc = take_closed(b, &s, err);
	if (rc == 0)
		rc = compared_check(&s, c->closed, c->closed_digest, err);
	compared_close(&s);
	return rc;
}

/* What was judged there: rules, and domains if any are known. */
static void
note_judged(struct baseline *b)
{
	for (size_t i = 0; i < b->f->rule_count; i++)
		if (b->f->rules[i].outcome == OUTCOME_FOUND ||
		    b->f->rules[i].outcome == OUTCOME_CLEAN)
			hash_index_add(&b->judged,
			               hash_text(b->f->rules[i].id), 0);
	for (size_t i = 0; i < b->f->forest_count; i++)
		for (size_t k = 0; k < b->f->forests[i].domain_count; k++) {
			const char *name = b->f->forests[i].domains[k].name;

			if (name)
				hash_index_add(&b->judged, hash_folded(name),
				               1);
		}
}

static bool
is_judged(const struct baseline *b, uint64_t hash)
{
	size_t at = HASH_INDEX_FIRST;

	return hash_index_next(&b->judged, hash, &at) >= 0;
}

/* Findings of an edited AD are of none that there was. */
static int
check_plain(const struct baseline *b, struct err *err)
{
	if (!b->f->edits_name)
		return 0;
	return err_usage(err, "--baseline: %s tells what edits would make of "
	                 "the directory (%s); want findings of a run without "
	                 "--what-if and --plan", b->path, b->f->edits_name);
}

struct baseline *
baseline_open(const char *path, struct err *err)
{
	struct baseline *b = xcalloc(1, sizeof(*b));

	b->path = xstrdup(path);
	b->as_of = WHEN_NONE;
	b->f = findings_open(path, err);
	if (!b->f || check_plain(b, err) < 0 || read_findings(b, err) < 0 ||
	    read_closed(b, err) < 0) {
		if (err->code != EXIT_USAGE)
			err_prefix(err, "--baseline");
		baseline_close(b);
		return NULL;
	}
	prints_sort(&b->prints);
	note_judged(b);
	baseline_link_events(b);
	return b;
}

void
baseline_close(struct baseline *b)
{
	if (!b)
		return;
	findings_close(b->f);
	prints_release(&b->prints);
	hash_index_release(&b->judged);
	hash_index_release(&b->events.by_key);
	free(b->events.items);
	free(b->times);
	free(b->path);
	arena_release(&b->arena);
	free(b);
}

const struct findings *
baseline_findings(const struct baseline *b)
{
	return b->f;
}

int
baseline_begin(struct baseline *b, const struct findings *run,
               struct err *err)
{
	b->as_of = run->as_of;
	return baseline_match(b, run, err);
}

/* Why it was not there: it was not looked for, perhaps. */
static enum finding_age
age_of_new(const struct baseline *b, const struct finding *f)
{
	return is_judged(b, hash_text(f->rule)) &&
	       (!f->domain || is_judged(b, hash_folded(f->domain)))
		? AGE_NEW : AGE_NOT_COMPARED;
}

static void
put_time(struct buf *out, const char *key, when_t t)
{
	if (t != WHEN_NONE)
		line_time(out, key, t);
}

enum finding_age
baseline_put(const struct baseline *b, struct buf *out,
             const struct finding *f, const char *print)
{
	const struct print *known;
	struct carried_times t;
	struct print p;

	if (!b || print_parse(&p, print) < 0)
		return AGE_NEW;
	known = prints_find(&b->prints, &p);
	t = known ? b->times[known->number]
		: (struct carried_times){ b->as_of, WHEN_NONE };
	if (known && known->state == CARRIED_FIXED)
		t.reopened = b->as_of;
	put_time(out, "firstSeen", t.first_seen);
	put_time(out, "reopened", t.reopened);
	if (!known)
		return age_of_new(b, f);
	return known->state == CARRIED_FIXED ? AGE_REOPENED : AGE_BEFORE;
}
