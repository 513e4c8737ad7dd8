/* THE snapshot format: writer and reader. */
#include "collect/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/ad_attr.h"
#include "collect/manifest.h"
#include "collect/tenant_attr.h"

enum { ATTRIBUTES_MAX = 20000 };    /* in one object */

struct snapshot_writer {
	struct folder *folder;
	struct manifest manifest;
	struct coverage coverage[SECTION_COUNT];
	struct outfile *files[SECTION_COUNT];
	struct buf line;
	struct ranked *order;            /* scratch of snapshot_put */
	size_t order_room;
	struct record *sorted;
};

/* An attribute's place in the canonical order. */
struct ranked {
	size_t rank, attr;
	const char *name;
};

struct snapshot_writer *
snapshot_create(const char *path, enum folder_mode mode, struct err *err)
{
	struct folder *folder = folder_open(path, mode, SNAPSHOT_MANIFEST,
	                                    err);
	struct snapshot_writer *w;

	if (!folder)
		return NULL;
	w = xcalloc(1, sizeof(*w));
	w->folder = folder;
	w->sorted = record_new();
	manifest_init(&w->manifest);
	buf_init(&w->line, SNAPSHOT_LINE_MAX);
	return w;
}

static void
writer_free(struct snapshot_writer *w)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		outfile_abort(w->files[i]);
		coverage_release(&w->coverage[i]);
	}
	manifest_release(&w->manifest);
	buf_release(&w->line);
	record_free(w->sorted);
	free(w->order);
	free(w);
}

static size_t
rank(enum side side, const char *name)
{
	if (side == SIDE_AD)
		return ad_attr_order(ad_attr_find(name));
	return tenant_attr_order(name);
}

static int
by_rank(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return strcmp(x->name, y->name);
}

/* The attributes of R in the canonical order, in w->order. */
static void
sort_attributes(struct snapshot_writer *w, enum side side,
                const struct record *r)
{
	size_t n = record_count(r);

	if (n > w->order_room) {
		w->order_room = 2 * n;
		w->order = xreallocarray(w->order, w->order_room,
		                         sizeof(*w->order));
	}
	for (size_t i = 0; i < n; i++)
		w->order[i] = (struct ranked){
			.rank = rank(side, record_name(r, i)), .attr = i,
			.name = record_name(r, i),
		};
	qsort(w->order, n, sizeof(*w->order), by_rank);
}

/* Makes w->sorted hold the attributes of R in the canonical order. */
static void
canonical(struct snapshot_writer *w, enum side side, const struct record *r)
{
	sort_attributes(w, side, r);
	record_clear(w->sorted);
	for (size_t i = 0; i < record_count(r); i++) {
		size_t attr = w->order[i].attr;
		const char *name = w->order[i].name;

		record_declare(w->sorted, name, record_shape(r, attr));
		for (size_t k = 0; k < record_values(r, attr); k++) {
			struct value v = record_value(r, attr, k);

			record_add(w->sorted, name, v.kind, v.data, v.len);
		}
	}
}

static struct outfile *
section_file(struct snapshot_writer *w, enum section s, struct err *err)
{
	struct manifest_section *m = &w->manifest.sections[s];
	char *path;

	if (w->files[s])
		return w->files[s];
	m->file = xasprintf("%s.ndjson", section_name(s));
	*strchr(m->file, '.') = '-';
	path = path_join(folder_work(w->folder), m->file);
	w->files[s] = outfile_open(path, err);
	free(path);
	return w->files[s];
}

/* Whether the reader will take every value: base64 grows by a third. */
static bool
values_fit(const struct record *r)
{
	for (size_t i = 0; i < record_count(r); i++)
		for (size_t k = 0; k < record_values(r, i); k++) {
			struct value v = record_value(r, i, k);
			size_t len = v.kind == VALUE_BYTES ? v.len / 3 * 4 + 4
			                                   : v.len;

			if (len > JSON_VALUE_MAX)
				return false;
		}
	return true;
}

int
snapshot_put(struct snapshot_writer *w, enum section s,
             const struct record *r, struct err *err)
{
	struct outfile *file = section_file(w, s, err);

	if (!file)
		return -1;
	canonical(w, section_side(s), r);
	buf_clear(&w->line);
	json_put_record(&w->line, w->sorted);
	if (w->line.full || record_count(r) > ATTRIBUTES_MAX ||
	    !values_fit(r))
		return err_input(err, "%s: object %llu is larger than a "
		                 "snapshot's %d bytes and %d attributes, or "
		                 "has a value of more than 16 MiB",
		                 section_name(s),
		                 (unsigned long long)snapshot_count(w, s) + 1,
		                 SNAPSHOT_LINE_MAX, ATTRIBUTES_MAX);
	outfile_add(file, w->line.data, w->line.len);
	w->manifest.sections[s].count++;
	snapshot_asked(w, s);
	return 0;
}

void
snapshot_asked(struct snapshot_writer *w, enum section s)
{
	if (w->manifest.sections[s].state == SECTION_NOT_ASKED)
		w->manifest.sections[s].state = SECTION_COMPLETE;
}

void
snapshot_partial(struct snapshot_writer *w, enum section s, const char *reason)
{
	struct manifest_section *m = &w->manifest.sections[s];

	m->state = SECTION_PARTIAL;
	if (!m->reason)
		m->reason = xstrdup(reason);
}

uint64_t
snapshot_count(const struct snapshot_writer *w, enum section s)
{
	return w->manifest.sections[s].count;
}

enum section_state
snapshot_written_state(const struct snapshot_writer *w, enum section s)
{
	return w->manifest.sections[s].state;
}

const char *
snapshot_written_reason(const struct snapshot_writer *w, enum section s)
{
	return w->manifest.sections[s].reason;
}

void
snapshot_cover(struct snapshot_writer *w, enum section s, enum cover cover,
               const char *const *names, size_t n)
{
	coverage_add(&w->coverage[s], cover, names, n);
}

void
snapshot_input(struct snapshot_writer *w, const char *name, const char *kind,
               const char digest[DIGEST_TEXT])
{
	struct json *list = (struct json *)json_get(w->manifest.inputs,
	                                            "inputs");
	struct json *o = json_add_object(list, NULL);

	json_add_text(o, "name", name);
	json_add_text(o, "kind", kind);
	json_add_text(o, "sha256", digest);
}

void
snapshot_note(struct snapshot_writer *w, const char *text)
{
	json_add_text((struct json *)json_get(w->manifest.notes, "notes"),
	              NULL, text);
}

static int
finish_sections(struct snapshot_writer *w, struct err *err)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		struct manifest_section *m = &w->manifest.sections[i];
		struct outfile *file = w->files[i];

		m->all_attributes = coverage_is_all(&w->coverage[i]);
		if (!m->all_attributes)
			coverage_names(&w->coverage[i], &m->attributes);
		w->files[i] = NULL;
		if (file && outfile_commit(file, m->digest, err) < 0)
			return -1;
	}
	return 0;
}

static int
write_manifest(struct snapshot_writer *w, struct err *err)
{
	char *path = path_join(folder_work(w->folder), SNAPSHOT_MANIFEST);
	struct outfile *file = outfile_open(path, err);
	struct json *tree = manifest_to_json(&w->manifest);
	struct buf text = { 0 };
	int rc = -1;

	json_put_pretty(&text, tree);
	if (file) {
		outfile_add(file, text.data, text.len);
		rc = outfile_commit(file, NULL, err);
	}
	buf_release(&text);
	json_free(tree);
	free(path);
	return rc;
}

int
snapshot_commit(struct snapshot_writer *w, when_t collected, struct err *err)
{
	struct folder *folder = w->folder;
	int rc;

	w->manifest.collected = collected;
	rc = finish_sections(w, err);
	if (rc == 0)
		rc = write_manifest(w, err);
	if (rc == 0)
		rc = folder_commit(folder, err);
	else
		folder_abort(folder);
	writer_free(w);
	return rc;
}

void
snapshot_abort(struct snapshot_writer *w)
{
	struct folder *folder;

	if (!w)
		return;
	folder = w->folder;
	writer_free(w);
	folder_abort(folder);
}

struct snapshot {
	char *path, *name;
	char digest[DIGEST_TEXT];
	struct manifest manifest;
};

struct snapshot *
snapshot_open(const char *path, struct err *err)
{
	struct snapshot *s = xcalloc(1, sizeof(*s));
	char *manifest = path_join(path, SNAPSHOT_MANIFEST);
	int rc;

	s->path = xstrdup(path);
	s->name = path_base(path);
	manifest_init(&s->manifest);
	rc = manifest_load(&s->manifest, manifest, s->digest, err);
	free(manifest);
	if (rc < 0) {
		snapshot_close(s);
		return NULL;
	}
	return s;
}

void
snapshot_close(struct snapshot *s)
{
	if (!s)
		return;
	manifest_release(&s->manifest);
	free(s->path);
	free(s->name);
	free(s);
}

const char *
snapshot_name(const struct snapshot *s)
{
	return s->name;
}

const char *
snapshot_digest(const struct snapshot *s)
{
	return s->digest;
}

when_t
snapshot_collected(const struct snapshot *s)
{
	return s->manifest.collected;
}

bool
snapshot_has_side(const struct snapshot *s, enum side side)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		if (section_side((enum section)i) == side &&
		    s->manifest.sections[i].state != SECTION_NOT_ASKED)
			return true;
	return false;
}

enum section_state
snapshot_state(const struct snapshot *s, enum section sec)
{
	return s->manifest.sections[sec].state;
}

const char *
snapshot_reason(const struct snapshot *s, enum section sec)
{
	return s->manifest.sections[sec].reason;
}

uint64_t
snapshot_objects(const struct snapshot *s, enum section sec)
{
	return s->manifest.sections[sec].count;
}

bool
snapshot_covers(const struct snapshot *s, enum section sec,
                const char *attribute)
{
	const struct manifest_section *m = &s->manifest.sections[sec];

	return m->all_attributes || name_set_has(&m->attributes, attribute);
}

struct section_reader {
	const struct manifest_section *section;
	const char *name;
	char *path;
	struct lines *lines;         /* NULL: there is no file */
};

struct section_reader *
section_open(const struct snapshot *s, enum section sec, struct err *err)
{
	struct section_reader *r = xcalloc(1, sizeof(*r));

	r->section = &s->manifest.sections[sec];
	r->name = section_name(sec);
	if (!r->section->file)
		return r;
	r->path = path_join(s->path, r->section->file);
	r->lines = lines_open(r->path, SNAPSHOT_LINE_MAX, err);
	if (!r->lines) {
		section_close(r);
		return NULL;
	}
	return r;
}

/* At the end of the file: is it the one that the manifest means? */
static int
check_end(struct section_reader *r, struct err *err)
{
	char digest[DIGEST_TEXT];
	uint64_t have = lines_number(r->lines);

	lines_digest(r->lines, digest);
	if (have != r->section->count)
		return err_input(err, "%s: has %llu objects; the manifest says "
		                 "%llu", r->path, (unsigned long long)have,
		                 (unsigned long long)r->section->count);
	if (strcmp(digest, r->section->digest) != 0)
		return err_input(err, "%s: was changed: its SHA-256 is not "
		                 "the manifest's", r->path);
	return 0;
}

int
section_next(struct section_reader *r, struct record *out, struct err *err)
{
	struct json_error e;
	const char *line;
	size_t len;
	int rc = r->lines ? lines_next(r->lines, &line, &len, err) : 0;

	if (rc < 0)
		return -1;
	if (rc == 0)
		return r->lines ? check_end(r, err) : 0;
	if (lines_number(r->lines) > r->section->count)
		return err_input(err, "%s:%llu: more objects than the "
		                 "manifest's %llu", r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 (unsigned long long)r->section->count);
	if (json_read_record(line, len, out, &e) < 0)
		return err_input(err, "%s:%llu:%zu: want %s", r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 e.offset + 1, e.want);
	if (record_count(out) > ATTRIBUTES_MAX)
		return err_input(err, "%s:%llu: more than %d attributes",
		                 r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 ATTRIBUTES_MAX);
	return 1;
}

uint64_t
section_line(const struct section_reader *r)
{
	return r->lines ? lines_number(r->lines) : 0;
}

const char *
section_path(const struct section_reader *r)
{
	return r->path ? r->path : r->name;
}

void
section_close(struct section_reader *r)
{
	if (!r)
		return;
	lines_close(r->lines);
	free(r->path);
	free(r);
}
