/*
 * plan.ndjson: what each row of a plan cures and breaks. All rows are judged
 * together; a finding that is gone, or new, belongs to the rows that are on its
 * value, else to those that give or take its value at another object, else to
 * those on its attribute, or else on its object.
 */
#include "analyze/findings/findings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/findings/line.h"
#include "analyze/findings/manifest.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/json.h"
#include "base/record.h"
#include "base/term.h"
#include "base/utf8.h"

enum { ROWS_TOLD = 20 };

/* What has become of a finding. */
enum effect { EFFECT_CURES, EFFECT_BREAKS, EFFECTS };

static const char *const effect_keys[EFFECTS] = { "cures", "breaks" };

/* The findings of each row, as the members of a JSON list. */
struct row_lists {
	struct buf of[EFFECTS];
};

struct planning {
	struct edit_plan *p;
	struct hash_index objects;   /* rows by GUID or DN */
	struct hash_index values;    /* rows by VALUE and UPDATE, folded */
	struct row_lists *lists;     /* of each row */
};

/* How near a row is to a finding; the nearest ones have it. */
enum nearness {
	FAR, NEAR_BY_OBJECT, NEAR_BY_ATTRIBUTE, NEAR_BY_VALUE, NEAREST
};

/* A finding that is gone or new. */
struct changed {
	enum effect effect;
	const char *rule, *guid, *dn, *attribute, *observed;
	const char *normal;          /* DN; or NULL */
};

static bool
same_text(const char *a, const char *b)
{
	return a && b && utf8_same_folded(a, b);
}

/* An address without its prefix, so that mail and proxyAddresses meet. */
static const char *
body_of(const char *value)
{
	return value && strncasecmp(value, "smtp:", 5) == 0 ? value + 5 : value;
}

static bool
is_on_object(const struct plan_row *r, const struct changed *f)
{
	if (r->guid && f->guid)
		return strcmp(r->guid, f->guid) == 0;
	return r->dn && f->normal && strcmp(r->dn, f->normal) == 0;
}

/* The value of the row that the finding may be about. */
static const char *
row_value(const struct plan_row *r, enum effect e)
{
	return e == EFFECT_CURES ? r->value : r->update;
}

static enum nearness
nearness(const struct plan_row *r, const struct changed *f)
{
	const char *value = row_value(r, f->effect);
	bool same = same_text(body_of(value), body_of(f->observed));

	if (r->stale)
		return FAR;
	if (!is_on_object(r, f))
		return same ? NEAR_BY_VALUE : FAR;
	if (!same_text(r->attribute, f->attribute))
		return NEAR_BY_OBJECT;
	return same || (!value && !f->observed) ? NEAREST : NEAR_BY_ATTRIBUTE;
}

static void
put_effect(struct buf *out, const struct changed *f)
{
	buf_adds(out, out->len ? "," : "");
	line_first(out, "rule", f->rule);
	line_text(out, "dn", f->dn);
	line_text(out, "guid", f->guid);
	line_text(out, "attribute", f->attribute);
	line_text(out, "observed", f->observed);
	buf_addc(out, '}');
}

static void
give(struct planning *w, size_t i, const struct changed *f)
{
	struct plan_row *r = &w->p->rows[i];

	put_effect(&w->lists[i].of[f->effect], f);
	if (f->effect == EFFECT_CURES)
		r->cures++;
	else
		r->breaks++;
}

/* The hashes under which rows that have to do with it are kept. */
static size_t
hashes_of(const struct changed *f, uint64_t out[2])
{
	size_t n = 0;

	if (f->guid)
		out[n++] = hash_text(f->guid);
	if (f->normal)
		out[n++] = hash_text(f->normal);
	return n;
}

/* Goes through the rows of HASH: gives F to those that are so near. */
static enum nearness
visit(struct planning *w, const struct hash_index *in, uint64_t hash,
      const struct changed *f, enum nearness wanted)
{
	enum nearness best = FAR;
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(in, hash, &at)) >= 0) {
		enum nearness is = nearness(&w->p->rows[i], f);

		best = is > best ? is : best;
		if (wanted != FAR && is == wanted)
			give(w, (size_t)i, f);
	}
	return best;
}

/* To rows on its object, the nearest ones if they are as near as LEAST. */
static bool
give_to_object(struct planning *w, const struct changed *f,
               enum nearness least)
{
	uint64_t hashes[2];
	size_t n = hashes_of(f, hashes);

	for (size_t i = 0; i < n; i++) {
		enum nearness best = visit(w, &w->objects, hashes[i], f, FAR);

		if (best == FAR || best < least)
			continue;
		visit(w, &w->objects, hashes[i], f, best);
		return true;
	}
	return false;
}

static bool
give_to_value(struct planning *w, const struct changed *f)
{
	uint64_t hash;

	if (!f->observed)
		return false;
	hash = hash_folded(body_of(f->observed));
	return visit(w, &w->values, hash, f, NEAR_BY_VALUE) == NEAR_BY_VALUE;
}

static void
take(struct planning *w, const struct record *r)
{
	const char *change = record_text(r, "change");
	struct buf normal = { 0 };
	struct changed f = {
		.rule = record_text(r, "rule"), .guid = record_text(r, "guid"),
		.dn = record_text(r, "dn"),
		.attribute = record_text(r, "attribute"),
		.observed = record_text(r, "observed"),
	};

	if (!change || (strcmp(change, "cured") != 0 &&
	                strcmp(change, "new") != 0))
		return;
	f.effect = *change == 'c' ? EFFECT_CURES : EFFECT_BREAKS;
	if (f.dn && dn_normalise(&normal, f.dn) == 0)
		f.normal = normal.data;
	if (!give_to_object(w, &f, NEAREST) && !give_to_value(w, &f) &&
	    !give_to_object(w, &f, NEAR_BY_OBJECT))
		w->p->others++;
	buf_release(&normal);
}

/* A row whose VALUE and UPDATE have one body is met under it only once. */
static void
index_values(struct planning *w, size_t i)
{
	const struct plan_row *r = &w->p->rows[i];
	uint64_t hashes[EFFECTS];
	size_t n = 0;

	for (int e = 0; e < EFFECTS; e++) {
		const char *value = row_value(r, (enum effect)e);

		if (value)
			hashes[n++] = hash_folded(body_of(value));
	}
	for (size_t k = 0; k < n; k++)
		if (!k || hashes[k] != hashes[0])
			hash_index_add(&w->values, hashes[k], i);
}

static void
index_rows(struct planning *w)
{
	for (size_t i = 0; i < w->p->count; i++) {
		const struct plan_row *r = &w->p->rows[i];

		if (r->guid)
			hash_index_add(&w->objects, hash_text(r->guid), i);
		if (r->dn)
			hash_index_add(&w->objects, hash_text(r->dn), i);
		index_values(w, i);
	}
}

static int
read_difference(struct planning *w, const char *folder, struct err *err)
{
	char *path = path_join(folder, DIFFERENCE_FILE);
	struct lines *lines = lines_open(path, FINDINGS_LINE_MAX, err);
	struct record *record = record_new();
	struct json_error e;
	const char *line;
	size_t len;
	int rc = lines ? 1 : -1;

	while (rc > 0 && (rc = lines_next(lines, &line, &len, err)) > 0) {
		if (json_read_record(line, len, record, &e) == 0)
			take(w, record);
		else
			rc = err_input(err, "%s:%llu: want %s", path,
			               (unsigned long long)lines_number(lines),
			               e.want);
	}
	record_free(record);
	lines_close(lines);
	free(path);
	return rc;
}

static void
put_row(struct buf *out, const struct planning *w, size_t i)
{
	const struct plan_row *r = &w->p->rows[i];

	buf_addf(out, "{\"line\":%u", r->line);
	line_text(out, "object", r->object);
	line_text(out, "guid", r->guid);
	line_text(out, "attribute", r->attribute);
	line_text(out, "value", r->value);
	line_text(out, "update", r->update);
	line_text(out, "outcome", r->stale ? "stale" : "taken");
	for (int e = 0; e < EFFECTS; e++)
		buf_addf(out, ",\"%s\":[%s]", effect_keys[e],
		         buf_text(&w->lists[i].of[e]));
	buf_adds(out, "}\n");
}

static int
put_rows(const struct planning *w, struct findings_writer *to,
         struct err *err)
{
	char *path = path_join(findings_work(to), PLAN_FILE);
	struct outfile *out = outfile_open(path, OUTFILE_LISTED, err);
	struct file_sums sums;
	struct buf line = { 0 };

	free(path);
	for (size_t i = 0; out && i < w->p->count; i++) {
		buf_clear(&line);
		put_row(&line, w, i);
		outfile_add(out, line.data, line.len);
	}
	buf_release(&line);
	if (!out || outfile_commit(out, &sums, err) < 0)
		return -1;
	findings_written(to)->plan_rows = w->p->count;
	strcpy(findings_written(to)->plan_digest, sums.digest);
	return 0;
}

int
plan_write(struct findings_writer *to, struct edit_plan *p, struct err *err)
{
	struct planning w = {
		.p = p, .lists = xcalloc(p->count, sizeof(*w.lists)),
	};
	int rc;

	index_rows(&w);
	rc = read_difference(&w, findings_work(to), err);
	if (rc == 0)
		rc = put_rows(&w, to, err);
	for (size_t i = 0; i < p->count; i++)
		for (int e = 0; e < EFFECTS; e++)
			buf_release(&w.lists[i].of[e]);
	free(w.lists);
	hash_index_release(&w.objects);
	hash_index_release(&w.values);
	return rc;
}

/* ---- on the terminal ---- */

static void
print_row(const struct edit_plan *p, const struct plan_row *r)
{
	printf("  %s:%u: ", term_text(p->name), r->line);
	printf("%s of ", term_text(r->attribute));
	printf("%s: ", term_text(r->object));
	if (r->stale)
		printf("not there any more, nothing is done\n");
	else
		printf("%llu fixed, %llu new\n", (unsigned long long)r->cures,
		       (unsigned long long)r->breaks);
}

void
plan_print(const struct edit_plan *p)
{
	printf("what the plan does, by its rows:\n");
	for (size_t i = 0; i < p->count && i < ROWS_TOLD; i++)
		print_row(p, &p->rows[i]);
	if (p->count > ROWS_TOLD)
		printf("  and %zu more, in plan.ndjson\n",
		       p->count - ROWS_TOLD);
	if (p->others)
		printf("  %llu finding%s besides %s fixed or new, of objects "
		       "that no row names\n", (unsigned long long)p->others,
		       p->others == 1 ? "" : "s",
		       p->others == 1 ? "is" : "are");
	if (p->idle)
		printf("  %llu row%s COMPLETE or no ACTION: nothing is "
		       "done\n", (unsigned long long)p->idle,
		       p->idle == 1 ? " has" : "s have");
	if (p->refused)
		printf("  %llu row%s UNDO or FAIL, which %s not taken\n",
		       (unsigned long long)p->refused,
		       p->refused == 1 ? " has" : "s have",
		       p->refused == 1 ? "is" : "are");
}
