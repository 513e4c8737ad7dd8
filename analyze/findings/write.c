/* THE findings format: the writer; see findings.h. */
#include "analyze/findings/findings.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/beside_json.h"
#include "analyze/findings/cause_count.h"
#include "analyze/findings/change_id.h"
#include "analyze/findings/cloud_json.h"
#include "analyze/findings/deadlines.h"
#include "analyze/findings/deletions_json.h"
#include "analyze/findings/event_json.h"
#include "analyze/findings/exchange_evidence.h"
#include "analyze/findings/exchange_json.h"
#include "analyze/findings/forest_tally.h"
#include "analyze/findings/line.h"
#include "analyze/findings/manifest.h"
#include "analyze/findings/members_json.h"
#include "analyze/findings/model_json.h"
#include "analyze/findings/waiver_json.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"

struct findings_writer {
	struct folder *folder;
	struct outfile *findings, *forecast;
	struct outfile *timeline;    /* NULL: nothing happened so far */
	struct cause_table causes;
	struct findings_counts counts;
	const struct baseline *baseline;
	struct err err;              /* of opening that */
};

static struct outfile *
open_in(const struct folder *folder, const char *name, enum outfile_kind kind,
        struct err *err)
{
	char *path = path_join(folder_work(folder), name);
	struct outfile *f = outfile_open(path, kind, err);

	free(path);
	return f;
}

struct findings_writer *
findings_create(const char *path, enum folder_mode mode, struct err *err)
{
	struct folder *folder = folder_open(path, mode, FINDINGS_MANIFEST,
	                                    err);
	struct findings_writer *w;

	if (!folder)
		return NULL;
	w = xcalloc(1, sizeof(*w));
	w->folder = folder;
	w->findings = open_in(folder, FINDINGS_FILE, OUTFILE_LISTED, err);
	w->forecast = open_in(folder, FORECAST_FILE, OUTFILE_LISTED, err);
	if (!w->findings || !w->forecast) {
		findings_abort(w);
		return NULL;
	}
	return w;
}

/*
 * The key that survives moves, renames and another order. Without a GUID a SID
 * does, as long as there is one.
 */
void
findings_print(struct findings_batch *b, const struct finding *f,
               char text[FINGERPRINT_TEXT])
{
	char whole[DIGEST_TEXT];
	const char *object = f->guid || !f->sid ? finding_object(f) : f->sid;
	const char *parts[] = { f->rule, object, f->attribute,
	                        finding_print_value(f) };

	buf_clear(&b->folded);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i])
			line_fold_of(&b->folded, f, parts[i]);
		buf_addc(&b->folded, '\n');
	}
	if (!b->digest)
		b->digest = digest_new();
	digest_again(b->digest, b->folded.data, b->folded.len, whole);
	memcpy(text, whole, FINGERPRINT_TEXT - 1);
	text[FINGERPRINT_TEXT - 1] = '\0';
}

/* One, and what belongs to it. */
static void
put_change(struct buf *out, const struct proposed *p)
{
	line_first(out, "attribute", p->attribute);
	line_text(out, "old", p->old);
	line_text(out, "new", p->new);
	if (p->and) {
		buf_adds(out, ",\"and\":");
		put_change(out, p->and);
	}
	buf_addc(out, '}');
}

/* Null where nothing is proposed, and why, where something could be. */
static void
put_proposed(struct buf *out, const struct finding *f)
{
	if (f->proposed.attribute) {
		buf_adds(out, ",\"proposed\":");
		put_change(out, &f->proposed);
	} else {
		line_text(out, "proposed", NULL);
	}
	if (f->unproposed)
		line_told(out, "unproposed", f->unproposed);
}

/* Only of IdFix's own rules. */
static void
put_idfix(struct buf *out, const struct idfix_row *r)
{
	if (!r->error)
		return;
	buf_adds(out, ",\"idfix\":");
	line_first(out, "error", r->error);
	line_text(out, "update", r->update);
	line_text(out, "action", r->action);
	line_text(out, "class", r->class);
	buf_addc(out, '}');
}

void
findings_put(struct findings_batch *b, const struct finding *f)
{
	struct finding full = *f;
	struct buf *out = &b->findings;
	char print[FINGERPRINT_TEXT], change[FINGERPRINT_TEXT];
	enum finding_age age;

	findings_print(b, f, print);
	full.fingerprint = print;
	full.change = change_id(b, f, change);
	full.cause = causes_take(b, &full);
	line_first(out, finding_key(0), finding_value(&full, 0));
	for (size_t i = 1; i < FINDING_COLUMNS; i++) {
		(finding_column_is_told(i) ? line_told : line_text)(
			out, finding_key(i), finding_value(&full, i));
		/* Before the quote that ends it. */
		if (i == finding_cause_column)
			causes_place(&b->causes, out->len - CAUSE_ID_TEXT);
	}
	line_text(out, "otherForest", f->other_forest);
	put_proposed(out, f);
	put_idfix(out, &f->idfix);
	if (f->follows_rule)
		line_text(out, "followsRule", f->follows_rule);
	if (f->object)
		line_text(out, "object", f->object);
	if (f->key)
		line_text(out, "key", f->key);
	event_json_put(out, &f->event);
	beside_put(out, f);
	age = baseline_put(b->baseline, out, f, print);
	waiver_line_put(out, f);
	buf_adds(out, "}\n");
	b->finding_count++;
	evidence_take(&b->evidence, f);
	deadlines_take(&b->deadlines, f);
	if (f->status != STATUS_OPEN) {
		b->waived[f->severity]++;
		return;
	}
	b->ages[age]++;
	b->by_severity[f->severity]++;
	forest_tally_of(&b->forests, f->forest)->by_severity[f->severity]++;
}

void
findings_batch_release(struct findings_batch *b)
{
	buf_release(&b->findings);
	buf_release(&b->forecast);
	buf_release(&b->timeline);
	buf_release(&b->folded);
	causes_batch_release(&b->causes);
	forest_tallies_release(&b->forests);
	forest_tallies_release(&b->deletions);
	evidence_release(&b->evidence);
	deadlines_release(&b->deadlines);
	digest_free(b->digest);
}

/* The file is there from the first line on; of an error commit tells. */
static void
add_timelines(struct findings_writer *w, struct findings_batch *b)
{
	if (!b->timeline_count)
		return;
	if (!w->timeline && !w->err.code)
		w->timeline = open_in(w->folder, TIMELINE_FILE,
		                      OUTFILE_LISTED, &w->err);
	if (w->timeline)
		outfile_add(w->timeline, b->timeline.data, b->timeline.len);
	w->counts.timelines += b->timeline_count;
	buf_clear(&b->timeline);
	b->timeline_count = 0;
}

void
findings_add(struct findings_writer *w, struct findings_batch *b)
{
	add_timelines(w, b);
	for (size_t i = 0; i < b->causes.count; i++)
		if (b->causes.refs[i].attached && b->causes.refs[i].open)
			w->counts.causes.attached[b->causes.refs[i].severity]++;
	causes_add(&w->causes, &b->causes, &b->findings);
	outfile_add(w->findings, buf_text(&b->findings), b->findings.len);
	outfile_add(w->forecast, buf_text(&b->forecast), b->forecast.len);
	w->counts.findings += b->finding_count;
	w->counts.forecasts += b->forecast_count;
	for (int i = 0; i < AGE_COUNT; i++)
		w->counts.ages[i] += b->ages[i];
	for (int i = 0; i < SEVERITY_COUNT; i++) {
		w->counts.by_severity[i] += b->by_severity[i];
		w->counts.waived[i] += b->waived[i];
	}
	for (int i = 0; i < READINESS_COUNT; i++)
		w->counts.by_readiness[i] += b->by_readiness[i];
	for (int i = 0; i < ACTION_COUNT; i++)
		w->counts.by_action[i] += b->by_action[i];
	forest_tallies_move(&w->counts.forests, &b->forests);
	forest_tallies_move(&w->counts.deletions, &b->deletions);
	members_move(&w->counts.members, &b->members);
	model_move(&w->counts.model, &b->model);
	cloud_move(&w->counts.cloud, &b->cloud);
	evidence_move(&w->counts.evidence, &b->evidence);
	deadlines_move(&w->counts.deadlines, &b->deadlines);
	buf_clear(&b->findings);
	buf_clear(&b->forecast);
	b->finding_count = b->forecast_count = 0;
	memset(b->ages, 0, sizeof(b->ages));
	memset(b->by_severity, 0, sizeof(b->by_severity));
	memset(b->waived, 0, sizeof(b->waived));
	memset(b->by_readiness, 0, sizeof(b->by_readiness));
	memset(b->by_action, 0, sizeof(b->by_action));
}

static void
writer_free(struct findings_writer *w)
{
	outfile_abort(w->findings);
	outfile_abort(w->forecast);
	outfile_abort(w->timeline);
	causes_table_release(&w->causes);
	forest_tallies_release(&w->counts.forests);
	forest_tallies_release(&w->counts.deletions);
	evidence_release(&w->counts.evidence);
	deadlines_release(&w->counts.deadlines);
	free(w);
}

static int
commit_file(struct outfile **file, char digest[DIGEST_TEXT], struct err *err)
{
	struct outfile *f = *file;
	struct file_sums sums = { .digest = "" };
	int rc;

	if (!f)
		return 0;
	*file = NULL;
	rc = outfile_commit(f, &sums, err);
	strcpy(digest, sums.digest);
	return rc;
}

static int
write_manifest(struct findings_writer *w, const struct findings *f,
               struct err *err)
{
	struct outfile *file = open_in(w->folder, FINDINGS_MANIFEST,
	                               OUTFILE_SAFE, err);
	struct json *tree = findings_manifest_to_json(f, &w->counts);
	struct buf text = { 0 };
	int rc = -1;

	json_put_pretty(&text, tree);
	if (file) {
		outfile_add(file, text.data, text.len);
		rc = outfile_commit(file, NULL, err);
	}
	json_free(tree);
	buf_release(&text);
	return rc;
}

struct cause_sums
findings_causes(const struct findings_writer *w)
{
	struct cause_sums sums = {
		.count = w->causes.count,
		.has_changes = true, .changes = w->causes.changes.total,
		.has_left = w->counts.forecasts, .blocked_left = w->causes.left,
	};

	memcpy(sums.attached, w->counts.causes.attached, sizeof(sums.attached));
	for (size_t i = 0; i < w->causes.count; i++)
		if (w->causes.items[i].open.worst < SEVERITY_COUNT)
			sums.by_severity[w->causes.items[i].open.worst]++;
	return sums;
}

static int
write_causes(struct findings_writer *w, const struct findings *f,
             struct err *err)
{
	struct outfile *out = open_in(w->folder, CAUSES_FILE, OUTFILE_LISTED,
	                              err);
	struct findings told = *f;
	struct buf lines = { 0 };

	if (!out)
		return -1;
	told.forecast_count = w->counts.forecasts;
	causes_put(&lines, &w->causes, &told);
	w->counts.causes = findings_causes(w);
	outfile_add(out, buf_text(&lines), lines.len);
	buf_release(&lines);
	return commit_file(&out, w->counts.causes_digest, err);
}

static int
write_exchange(struct findings_writer *w, const struct findings *f,
               struct err *err)
{
	struct outfile *out;
	struct buf text = { 0 };

	if (!f->exchange.condition_count || *w->counts.exchange_digest)
		return 0;
	out = open_in(w->folder, EXCHANGE_FILE, OUTFILE_LISTED, err);
	if (!out)
		return -1;
	exchange_put(&text, &f->exchange);
	outfile_add(out, text.data, text.len);
	buf_release(&text);
	return commit_file(&out, w->counts.exchange_digest, err);
}

int
findings_finish(struct findings_writer *w, const struct findings *f,
                struct err *err)
{
	if (w->err.code) {
		*err = w->err;
		return -1;
	}
	if (commit_file(&w->findings, w->counts.findings_digest, err) < 0 ||
	    commit_file(&w->timeline, w->counts.timeline_digest, err) < 0 ||
	    commit_file(&w->forecast, w->counts.forecast_digest, err) < 0 ||
	    write_exchange(w, f, err) < 0)
		return -1;
	return *w->counts.causes_digest ? 0 : write_causes(w, f, err);
}

const struct cause_table *
findings_cause_table(const struct findings_writer *w)
{
	return &w->causes;
}

const char *
findings_work(const struct findings_writer *w)
{
	return folder_work(w->folder);
}

struct findings_counts *
findings_written(struct findings_writer *w)
{
	return &w->counts;
}

int
findings_commit(struct findings_writer *w, const struct findings *f,
                struct err *err)
{
	struct folder *folder = w->folder;
	int rc = findings_finish(w, f, err);

	if (rc == 0)
		rc = write_manifest(w, f, err);
	writer_free(w);
	if (rc == 0)
		return folder_commit(folder, err);
	folder_abort(folder);
	return -1;
}

void
findings_abort(struct findings_writer *w)
{
	struct folder *folder;

	if (!w)
		return;
	folder = w->folder;
	writer_free(w);
	folder_abort(folder);
}

struct model_sums
findings_explained(const struct findings_writer *w)
{
	return w->counts.model;
}

struct cloud_counts
findings_cloud(const struct findings_writer *w)
{
	return w->counts.cloud;
}

const struct exchange_evidence *
findings_evidence(const struct findings_writer *w, const char *rule,
                  size_t *count)
{
	return evidence_of(&w->counts.evidence, rule, count);
}

uint64_t
findings_acted(const struct findings_writer *w, enum action a)
{
	return w->counts.by_action[a];
}

void
findings_count_deletions(const struct findings_writer *w,
                         struct deletion_run *runs, size_t n)
{
	const struct findings f = {
		.deletion_runs = runs, .deletion_run_count = n
	};

	for (size_t i = 0; i < n; i++)
		deletions_count(&f, &runs[i], &w->counts.deletions, &runs[i]);
}

uint64_t
findings_counted(const struct findings_writer *w, enum severity s)
{
	return w->counts.by_severity[s];
}

uint64_t
findings_waived(const struct findings_writer *w, enum severity s)
{
	return w->counts.waived[s];
}

void
findings_set_baseline(struct findings_writer *w, const struct baseline *b)
{
	w->baseline = b;
}

const struct baseline *
findings_baseline(const struct findings_writer *w)
{
	return w->baseline;
}

void
findings_ages(const struct findings_writer *w, uint64_t out[AGE_COUNT])
{
	memcpy(out, w->counts.ages, sizeof(w->counts.ages));
}
