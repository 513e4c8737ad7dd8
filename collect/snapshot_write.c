/* THE snapshot format: the writer. */
#include "collect/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "collect/line_write.h"
#include "collect/manifest.h"

struct snapshot_writer {
	struct folder *folder;
	enum snapshot_packing packing;
	struct manifest manifest;
	struct coverage coverage[SECTION_COUNT];
	struct outfile *files[SECTION_COUNT];
	struct line_writer *lines;
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
	manifest_init(&w->manifest);
	w->lines = line_writer_new();
	return w;
}

static void
writer_free(struct snapshot_writer *w)
{
	line_writer_free(w->lines);
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		outfile_abort(w->files[i]);
		coverage_release(&w->coverage[i]);
	}
	manifest_release(&w->manifest);
	free(w);
}

static struct outfile *
section_file(struct snapshot_writer *w, enum section s, struct err *err)
{
	struct manifest_section *m = &w->manifest.sections[s];
	char *path;

	if (w->files[s])
		return w->files[s];
	m->file = xasprintf("%s.ndjson%s", section_name(s),
	                    w->packing == SNAPSHOT_PACKED ? ".zst" : "");
	*strchr(m->file, '.') = '-';
	path = path_join(folder_work(w->folder), m->file);
	w->files[s] = outfile_open(path, w->packing == SNAPSHOT_PACKED
	                           ? OUTFILE_PACKED : OUTFILE_SAFE, err);
	free(path);
	return w->files[s];
}

int
snapshot_put(struct snapshot_writer *w, enum section s,
             const struct record *r, struct err *err)
{
	struct outfile *file = section_file(w, s, err);

	if (!file)
		return -1;
	if (line_write(w->lines, file, section_side(s), r) < 0)
		return err_input(err, "%s: object %llu is larger than a "
		                 "snapshot's %d bytes and %d attributes, or "
		                 "has a value of more than 16 MiB",
		                 section_name(s),
		                 (unsigned long long)snapshot_count(w, s) + 1,
		                 SNAPSHOT_LINE_MAX, SNAPSHOT_ATTRIBUTES_MAX);
	w->manifest.sections[s].count++;
	snapshot_asked(w, s);
	return 0;
}

void
snapshot_pack(struct snapshot_writer *w, enum snapshot_packing packing)
{
	w->packing = packing;
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
		struct file_sums sums;

		m->all_attributes = coverage_is_all(&w->coverage[i]);
		if (!m->all_attributes)
			coverage_names(&w->coverage[i], &m->attributes);
		w->files[i] = NULL;
		if (!file)
			continue;
		if (outfile_commit(file, &sums, err) < 0)
			return -1;
		strcpy(m->digest, sums.digest);
		m->has_checksum = true;
		m->checksum = sums.checksum;
	}
	return 0;
}

static int
write_manifest(struct snapshot_writer *w, struct err *err)
{
	char *path = path_join(folder_work(w->folder), SNAPSHOT_MANIFEST);
	struct outfile *file = outfile_open(path, OUTFILE_SAFE, err);
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

	line_writer_finish(w->lines);
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
