/* THE snapshot format: the reader; snapshot_write.c is the writer. */
#include "collect/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/manifest.h"

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
	if (record_count(out) > SNAPSHOT_ATTRIBUTES_MAX)
		return err_input(err, "%s:%llu: more than %d attributes",
		                 r->path,
		                 (unsigned long long)lines_number(r->lines),
		                 SNAPSHOT_ATTRIBUTES_MAX);
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
