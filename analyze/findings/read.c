/* Reading findings and forecasts, line by line. */
#include "analyze/findings/findings.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/beside_json.h"
#include "analyze/findings/closed_lines.h"
#include "analyze/findings/compared_file.h"
#include "analyze/findings/event_json.h"
#include "analyze/findings/exchange_json.h"
#include "analyze/findings/line.h"
#include "analyze/findings/line_words.h"
#include "analyze/findings/manifest.h"
#include "analyze/findings/timeline_lines.h"
#include "analyze/findings/waiver_json.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/json_pick.h"
#include "base/mem.h"
#include "base/record.h"

struct findings_reader {
	char *path;
	struct lines *lines;
	struct record *record;
	struct arena arena;      /* for lists, and what is proposed */
	uint64_t want;
	const char *digest;
	const char *line;        /* the one in RECORD, as it stands */
	size_t len;
	struct closed_finding closed;        /* the one at hand */
	/* The line once more, for the picker, which writes into it. */
	struct picker *picker;
	struct buf copy;
};

/* Opens one of the NDJSON files of F. */
static struct findings_reader *
reader_open(const struct findings *f, const char *name, uint64_t want,
            const char *digest, struct err *err)
{
	struct findings_reader *r = xcalloc(1, sizeof(*r));

	r->path = path_join(findings_path(f), name);
	r->record = record_new();
	r->want = want;
	r->digest = digest;
	r->lines = lines_open(r->path, FINDINGS_LINE_MAX, err);
	if (!r->lines) {
		findings_reader_close(r);
		return NULL;
	}
	return r;
}

struct findings_reader *
findings_read(const struct findings *f, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(f);

	return reader_open(f, FINDINGS_FILE, c->findings, c->findings_digest,
	                   err);
}

static int
reader_end(struct findings_reader *r, struct err *err)
{
	char digest[DIGEST_TEXT];

	lines_digest(r->lines, digest);
	if (lines_number(r->lines) != r->want)
		return err_input(err, "%s: has %llu lines; the manifest says "
		                 "%llu", r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 (unsigned long long)r->want);
	if (strcmp(digest, r->digest) != 0)
		return err_input(err, "%s: was changed: its SHA-256 is not the "
		                 "manifest's", r->path);
	return 0;
}

static int
wrong_json(const struct findings_reader *r, const struct json_error *e,
           struct err *err)
{
	return err_input(err, "%s:%llu:%zu: want %s", r->path,
	                 (unsigned long long)lines_number(r->lines),
	                 e->offset + 1, e->want);
}

static int
wrong_line(const struct findings_reader *r, const char *want,
               struct err *err)
{
	return err_input(err, "%s:%llu: want %s", r->path,
	                 (unsigned long long)lines_number(r->lines), want);
}

/* 1 with the next line, 0 at the end, -1. */
static int
line_next(struct findings_reader *r, struct err *err)
{
	int rc = lines_next(r->lines, &r->line, &r->len, err);

	return rc > 0 ? 1 : rc < 0 ? -1 : reader_end(r, err);
}

/* Makes the line a record. 0 or -1. */
static int
read_record(struct findings_reader *r, struct err *err)
{
	struct json_error e;

	if (json_read_record(r->line, r->len, r->record, &e) < 0)
		return wrong_json(r, &e, err);
	return 0;
}

/* 1 with the next line in r->record, 0 at the end, -1. */
static int
reader_next(struct findings_reader *r, struct err *err)
{
	int rc = line_next(r, err);

	return rc > 0 && read_record(r, err) < 0 ? -1 : rc;
}

/* Picks the words of the line. 0 or -1. */
static int
pick_words(struct findings_reader *r, const struct word_names *names,
           struct line_words *out, struct err *err)
{
	const struct picked *picked;
	struct json_error e;

	if (!r->picker)
		r->picker = picker_new(names->names, names->count,
		                       json_best_way());
	buf_clear(&r->copy);
	buf_add(&r->copy, r->line, r->len);
	buf_extend(&r->copy, PICK_PAD);
	picker_load(r->picker, r->copy.data, r->len);
	if (picker_line(r->picker, 0, &picked, &e) < 0)
		return wrong_json(r, &e, err);
	words_of_picked(names, picked, out);
	return 0;
}

int
findings_next(struct findings_reader *r, struct finding *out,
              struct err *err)
{
	struct line_words words;
	int rc = line_next(r, err);

	if (rc <= 0)
		return rc;
	arena_clear(&r->arena);
	if (pick_words(r, &finding_names, &words, err) < 0)
		return -1;
	if (finding_take(&words, &r->arena, out) < 0)
		return wrong_line(r, "a rule, a severity, a status and a "
		                  "message", err);
	finding_take_beside(&words, &r->arena, out);
	if (finding_take_event(&words, &r->arena, out) < 0)
		return wrong_line(r, "an event with what, by and sure", err);
	return 1;
}

void
findings_reader_close(struct findings_reader *r)
{
	if (!r)
		return;
	lines_close(r->lines);
	record_free(r->record);
	arena_release(&r->arena);
	picker_free(r->picker);
	buf_release(&r->copy);
	free(r->path);
	free(r);
}

struct findings_reader *
forecast_read(const struct findings *f, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(f);

	return reader_open(f, FORECAST_FILE, c->forecasts, c->forecast_digest,
	                   err);
}

int
forecast_skim(struct findings_reader *r, struct forecast *out,
              struct err *err)
{
	struct line_words words;
	const char *want;
	int rc = line_next(r, err);

	if (rc <= 0)
		return rc;
	if (pick_words(r, &forecast_names, &words, err) < 0)
		return -1;
	if (forecast_take_words(&words, out, &want) < 0)
		return wrong_line(r, want, err);
	return 1;
}

int
forecast_fill(struct findings_reader *r, struct forecast *out,
              struct err *err)
{
	arena_clear(&r->arena);
	if (read_record(r, err) < 0)
		return -1;
	forecast_take_lists(r->record, &r->arena, out);
	return 0;
}

int
forecast_next(struct findings_reader *r, struct forecast *out,
              struct err *err)
{
	int rc = forecast_skim(r, out, err);

	return rc > 0 && forecast_fill(r, out, err) < 0 ? -1 : rc;
}

struct findings_reader *
causes_read(const struct findings *f, struct err *err)
{
	return reader_open(f, CAUSES_FILE, f->causes.count,
	                   findings_file_counts(f)->causes_digest, err);
}

int
causes_next(struct findings_reader *r, struct cause *out, struct err *err)
{
	int rc = reader_next(r, err);

	if (rc <= 0)
		return rc;
	arena_clear(&r->arena);
	if (cause_take(r->record, &r->arena, out) < 0)
		return err_input(err, "%s:%llu: want an id, a rule, a "
		                 "severity, a title and numbers", r->path,
		                 (unsigned long long)lines_number(r->lines));
	return 1;
}

bool
timeline_is_there(const struct findings *f)
{
	return *findings_file_counts(f)->timeline_digest;
}

struct findings_reader *
timeline_read(const struct findings *f, struct err *err)
{
	const struct findings_counts *c = findings_file_counts(f);

	return reader_open(f, TIMELINE_FILE, c->timelines, c->timeline_digest,
	                   err);
}

int
timeline_next(struct findings_reader *r, struct timeline *out,
              struct err *err)
{
	int rc = reader_next(r, err);

	if (rc <= 0)
		return rc;
	arena_clear(&r->arena);
	if (timeline_take(r->record, &r->arena, out) < 0)
		return err_input(err, "%s:%llu: want a side, a guid, dn or "
		                 "object, a class and events, each with what, "
		                 "side, sure and times", r->path,
		                 (unsigned long long)lines_number(r->lines));
	return 1;
}

/* What the manifest says of a file; a digest of "" says it is not there. */
struct part_facts {
	const char *file;
	uint64_t lines;
	const char *digest;
};

static struct part_facts
part_facts(const struct findings *f, enum findings_part p)
{
	const struct findings_counts *c = findings_file_counts(f);
	const struct part_facts all[FINDINGS_PARTS] = {
		[PART_CAUSES] = { CAUSES_FILE, f->causes.count,
		                  c->causes_digest },
		[PART_FINDINGS] = { FINDINGS_FILE, c->findings,
		                    c->findings_digest },
		[PART_FORECAST] = { FORECAST_FILE, c->forecasts,
		                    c->forecast_digest },
		[PART_TIMELINES] = { TIMELINE_FILE, c->timelines,
		                     c->timeline_digest },
		[PART_CLOSED] = { CLOSED_FILE, c->closed,
		                  c->closed_digest },
		[PART_HISTORY] = { HISTORY_FILE, c->runs,
		                   c->history_digest },
		[PART_DIFFERENCE] = { DIFFERENCE_FILE,
		                      c->differences, c->difference_digest },
		[PART_PLAN] = { PLAN_FILE, c->plan_rows,
		                c->plan_digest },
	};

	return all[p];
}

const char *
findings_part_name(enum findings_part p)
{
	static const char *const names[FINDINGS_PARTS] = {
		[PART_CAUSES] = "causes", [PART_FINDINGS] = "findings",
		[PART_FORECAST] = "forecast", [PART_TIMELINES] = "timelines",
		[PART_CLOSED] = "closed", [PART_HISTORY] = "history",
		[PART_DIFFERENCE] = "difference", [PART_PLAN] = "plan",
	};

	return names[p];
}

bool
findings_part_is_there(const struct findings *f, enum findings_part p)
{
	return *part_facts(f, p).digest;
}

struct findings_reader *
findings_part_read(const struct findings *f, enum findings_part p,
                   struct err *err)
{
	const struct part_facts of = part_facts(f, p);

	return reader_open(f, of.file, of.lines, of.digest, err);
}

int
findings_part_next(struct findings_reader *r, const char **line, size_t *len,
                   struct err *err)
{
	int rc = reader_next(r, err);

	*line = r->line;
	*len = r->len;
	return rc;
}

int
closed_next(struct findings_reader *r, struct finding_change *out,
            struct err *err)
{
	struct compared_file at = { .path = r->path, .record = r->record,
	                            .lines = r->lines };
	int rc = reader_next(r, err);

	if (rc <= 0)
		return rc;
	arena_clear(&r->arena);
	if (closed_take(&at, &r->arena, &r->closed, err) < 0)
		return -1;
	*out = (struct finding_change){
		.kind = r->closed.state == CLOSED_FIXED ? CHANGE_FIXED
			: CHANGE_NOT_COMPARABLE,
		.side = BEFORE, .finding = &r->closed.finding,
		.reason = r->closed.reason,
		.first_seen = r->closed.first_seen,
		.last_seen = r->closed.last_seen, .since = r->closed.since,
	};
	return 1;
}

const char *
findings_digest(const struct findings *f)
{
	return findings_file_counts(f)->findings_digest;
}

const char *
forecast_digest(const struct findings *f)
{
	return findings_file_counts(f)->forecast_digest;
}

int
findings_manifest_text(const struct findings *f, struct buf *out,
                       struct err *err)
{
	char *path = path_join(findings_path(f), FINDINGS_MANIFEST);
	size_t before = out->len;
	struct json_error e;
	int rc = file_read(path, out, err);

	if (rc == 0 && json_check(out->data + before, out->len - before,
	                          &e) < 0)
		rc = err_input(err, "%s: byte %zu: want %s", path,
		               e.offset + 1, e.want);
	free(path);
	return rc;
}

bool
exchange_is_there(const struct findings *f)
{
	return *findings_file_counts(f)->exchange_digest;
}

int
exchange_text(const struct findings *f, struct buf *out, struct err *err)
{
	const char *digest = findings_file_counts(f)->exchange_digest;
	char *path = path_join(findings_path(f), EXCHANGE_FILE);
	int rc = *digest ? exchange_bytes(path, digest, out, err)
		: err_input(err, "%s: is not there: an older program wrote "
		            "these findings; analyze the snapshots again",
		            path);

	free(path);
	return rc;
}
