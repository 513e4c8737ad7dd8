/* THE snapshot format: the writer; see snapshot.h. */
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
	if (w->line.full || record_count(r) > SNAPSHOT_ATTRIBUTES_MAX ||
	    !values_fit(r))
		return err_input(err, "%s: object %llu is larger than a "
		                 "snapshot's %d bytes and %d attributes, or "
		                 "has a value of more than 16 MiB",
		                 section_name(s),
		                 (unsigned long long)snapshot_count(w, s) + 1,
		                 SNAPSHOT_LINE_MAX, SNAPSHOT_ATTRIBUTES_MAX);
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
