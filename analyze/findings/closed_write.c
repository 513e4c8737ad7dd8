/* closed.ndjson: what a run no longer finds, and why that is so. */
#include "analyze/findings/closed_write.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/closed_lines.h"
#include "analyze/findings/compared_file.h"
#include "analyze/findings/diff.h"
#include "analyze/findings/manifest.h"
#include "analyze/findings/prints.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

enum { DAY = 24 * 60 * 60, KEPT_DAYS = 730 };

struct closing {
	const struct findings *f, *baseline;
	struct outfile *out;
	struct buf line;
	uint64_t count;
};

static void
put(struct closing *w, const struct closed_finding *c)
{
	buf_clear(&w->line);
	closed_put(&w->line, c);
	outfile_add(w->out, w->line.data, w->line.len);
	w->count++;
}

/*
 * Not enabled yet: an engine that lost its password when it was enabled before
 * may be another one when it is enabled next.
 */
static struct told_event
suspended_at(const struct findings *f, const char *domain)
{
	return (struct told_event){
		.what = EVENT_ENABLED, .sure = EVENT_SEEN,
		.after = findings_domain_read(f, domain), .by = WHEN_NONE,
	};
}

/* One that was there, and is not: since now, unless it was not for longer. */
static void
put_change(struct closing *w, const struct finding_change *c)
{
	struct closed_finding one = {
		.finding = *c->finding, .first_seen = c->first_seen,
		.last_seen = c->last_seen, .since = w->f->as_of,
		.state = c->kind == CHANGE_FIXED ? CLOSED_FIXED
		                                 : CLOSED_NOT_COMPARABLE,
		.reason = c->reason,
	};

	if (c->suspended)
		one.finding.event = suspended_at(w->f, c->finding->domain);
	if (one.state == CLOSED_NOT_COMPARABLE && c->since != WHEN_NONE)
		one.since = c->since;
	if (one.first_seen == WHEN_NONE)
		one.first_seen = w->baseline->as_of;
	if (one.last_seen == WHEN_NONE)
		one.last_seen = w->baseline->as_of;
	put(w, &one);
}

static int
put_changes(struct closing *w, struct findings_diff *d,
            struct change_counts *out, struct err *err)
{
	struct finding_change c;
	int rc;

	while ((rc = findings_diff_next(d, &c, err)) > 0) {
		change_counts_add(out, &c);
		if (c.side == BEFORE)
			put_change(w, &c);
	}
	return rc;
}

/* What was fixed in the baseline already, for as long as it is kept. */
static int
put_fixed(struct closing *w, const struct findings_diff *d, struct err *err)
{
	struct compared_file s = { .path = NULL };
	const struct findings_counts *c = findings_file_counts(w->baseline);
	struct closed_finding one;
	struct arena scratch = { 0 };
	struct print p;
	int rc;

	if (!*c->closed_digest)
		return 0;
	rc = compared_open(&s, findings_path(w->baseline), CLOSED_FILE, err);
	while (rc == 0 && (rc = compared_record(&s, err)) > 0) {
		arena_clear(&scratch);
		if (print_take(&s, &p, err) < 0 ||
		    closed_take(&s, &scratch, &one, err) < 0) {
			rc = -1;
			continue;
		}
		rc = 0;
		if (one.state == CLOSED_FIXED && !diff_has_new(d, &p) &&
		    one.since >= w->f->as_of - (when_t)KEPT_DAYS * DAY)
			put(w, &one);
	}
	compared_close(&s);
	arena_release(&scratch);
	return rc;
}

static int
write_lines(struct closing *w, struct findings_writer *to,
            struct change_counts *out, struct err *err)
{
	const struct diff_side sides[DIFFERENCE_SIDES] = {
		{ w->baseline, findings_path(w->baseline),
		  findings_file_counts(w->baseline) },
		{ w->f, findings_work(to), findings_written(to) },
	};
	struct findings_diff *d = diff_open(sides, DIFF_REMEMBERS, err);
	int rc = d ? put_fixed(w, d, err) : -1;

	if (rc == 0)
		rc = put_changes(w, d, out, err);
	findings_diff_close(d);
	return rc;
}

int
closed_write(struct findings_writer *w, const struct findings *f,
             const struct findings *baseline, struct change_counts *out,
             struct err *err)
{
	char *path = path_join(findings_work(w), CLOSED_FILE);
	struct closing work = {
		.f = f, .baseline = baseline,
		.out = outfile_open(path, OUTFILE_LISTED, err),
	};
	struct file_sums sums;
	int rc = -1;

	free(path);
	if (!work.out)
		return -1;
	if (write_lines(&work, w, out, err) == 0)
		rc = outfile_commit(work.out, &sums, err);
	else
		outfile_abort(work.out);
	buf_release(&work.line);
	if (rc < 0)
		return -1;
	findings_written(w)->closed = work.count;
	strcpy(findings_written(w)->closed_digest, sums.digest);
	return 0;
}
