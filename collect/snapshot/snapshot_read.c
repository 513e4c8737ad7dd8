/* THE snapshot format: the reader. */
#include "collect/snapshot/snapshot.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/snapshot/asking.h"
#include "collect/snapshot/opened.h"

/* Exports that were not imported yet are what users give first. */
static int
check_folder(const char *path, const char *manifest, struct err *err)
{
	if (access(manifest, F_OK) == 0 || (errno != ENOENT &&
	                                    errno != ENOTDIR))
		return 0;
	if (access(path, F_OK) < 0)
		return err_input(err, "%s: cannot be read: %s", path,
		                 strerror(errno));
	return err_input(err, "%s: is no snapshot: it has no %s; make one of "
	                 "exports with collect import", path,
	                 SNAPSHOT_MANIFEST);
}

struct snapshot *
snapshot_open(const char *path, struct err *err)
{
	struct snapshot *s = xcalloc(1, sizeof(*s));
	char *manifest = path_join(path, SNAPSHOT_MANIFEST);
	int rc;

	s->path = xstrdup(path);
	s->name = path_base(path);
	manifest_init(&s->manifest);
	rc = check_folder(path, manifest, err);
	if (rc == 0)
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
snapshot_path(const struct snapshot *s)
{
	return s->path;
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
	return snapshot_asking(s, sec, attribute).asked == ASKING_ALL;
}

struct snapshot_asking
snapshot_asking(const struct snapshot *s, enum section sec,
                const char *attribute)
{
	return asking_of(&s->manifest.sections[sec], attribute);
}

enum cover
snapshot_coverage(const struct snapshot *s, enum section sec,
                  const char *const **names, size_t *n)
{
	const struct manifest_section *m = &s->manifest.sections[sec];

	*names = (const char *const *)m->attributes.names;
	*n = m->attributes.count;
	return m->all_attributes ? COVER_ALL : COVER_LISTED;
}

bool
snapshot_is_live(const struct snapshot *s)
{
	return json_first(json_get(s->manifest.servers, "servers")) != NULL;
}

int
snapshot_server_at(const struct snapshot *s, size_t i,
                   struct snapshot_server *out)
{
	const struct json *j = json_first(json_get(s->manifest.servers,
	                                           "servers"));

	while (j && i-- > 0)
		j = json_next(j);
	if (!j)
		return -1;
	*out = (struct snapshot_server){
		.domain = json_string(json_get(j, "domain")),
		.host = json_string(json_get(j, "host")),
		.invocation = json_string(json_get(j, "invocationId")),
		.usn = json_string(json_get(j, "highestCommittedUSN")),
		.cookie = json_string(json_get(j, "dirSyncCookie")),
	};
	return 0;
}

int
snapshot_server_of(const struct snapshot *s, const char *domain,
                   struct snapshot_server *out)
{
	for (size_t i = 0; snapshot_server_at(s, i, out) == 0; i++)
		if (out->domain && ascii_casecmp(out->domain, domain) == 0)
			return 0;
	return -1;
}

const char *
snapshot_requested(const struct snapshot *s, const char *key)
{
	return json_string(json_get(s->manifest.request, key));
}

const char *
snapshot_delta_link(const struct snapshot *s, enum section sec)
{
	return s->manifest.sections[sec].delta;
}

struct section_file
snapshot_file(const struct snapshot *s, enum section sec)
{
	const struct manifest_section *m = &s->manifest.sections[sec];

	return (struct section_file){
		.path = m->file ? path_join(s->path, m->file) : NULL,
		.count = m->count, .digest = m->digest,
		.has_checksum = m->has_checksum, .checksum = m->checksum,
	};
}

struct section_reader {
	struct section_file file;
	struct blob *blob;           /* NULL: there is no file */
	struct blob_reader *reader;
	struct blob_text text;       /* of the piece at hand */
	size_t piece, at;            /* the next one; the next line in TEXT */
	uint64_t *leaves, line;
};

struct section_reader *
section_open(const struct snapshot *s, enum section sec, struct err *err)
{
	struct section_reader *r = xcalloc(1, sizeof(*r));

	r->file = snapshot_file(s, sec);
	if (!r->file.path)
		return r;
	r->blob = blob_open(r->file.path, err);
	if (!r->blob) {
		section_close(r);
		return NULL;
	}
	r->reader = blob_reader_new(r->blob);
	r->leaves = xcalloc(blob_pieces(r->blob), sizeof(*r->leaves));
	return r;
}

int
section_file_check(const struct section_file *f, uint64_t lines,
                   const uint64_t *leaves, size_t n, struct err *err)
{
	char digest[DIGEST_TEXT];

	if (lines != f->count)
		return err_input(err, "%s: has %llu objects; the manifest says "
		                 "%llu", f->path, (unsigned long long)lines,
		                 (unsigned long long)f->count);
	if (f->has_checksum && blob_checksum(leaves, n) != f->checksum)
		return err_input(err, "%s: was changed: its checksum is not "
		                 "the manifest's", f->path);
	if (f->has_checksum)
		return 0;
	if (digest_file(f->path, digest, err) < 0)
		return -1;
	if (strcmp(digest, f->digest) != 0)
		return err_input(err, "%s: was changed: its SHA-256 is not "
		                 "the manifest's", f->path);
	return 0;
}

/* Goes to the next piece that has lines; 1, 0 at the end, or -1. */
static int
next_piece(struct section_reader *r, struct err *err)
{
	size_t n = blob_pieces(r->blob);

	for (; r->at >= r->text.len; r->piece++) {
		if (r->piece == n)
			return section_file_check(&r->file, r->line,
			                          r->leaves, n, err);
		if (blob_read_piece(r->reader, r->piece, SNAPSHOT_LINE_MAX, 0,
		                    &r->text, &r->leaves[r->piece], err) < 0)
			return -1;
		r->at = 0;
	}
	return 1;
}

int
section_next(struct section_reader *r, struct record *out, struct err *err)
{
	struct json_error e;
	const char *line, *nl;
	size_t left, len;
	int rc = r->blob ? next_piece(r, err) : 0;

	if (rc <= 0)
		return rc;
	line = r->text.data + r->at;
	left = r->text.len - r->at;
	nl = memchr(line, '\n', left);
	len = nl ? (size_t)(nl - line) : left;
	r->at += len + 1;
	if (++r->line > r->file.count)
		return err_input(err, "%s:%llu: more objects than the "
		                 "manifest's %llu", r->file.path,
		                 (unsigned long long)r->line,
		                 (unsigned long long)r->file.count);
	if (json_read_record(line, len, out, &e) < 0)
		return err_input(err, "%s:%llu:%zu: want %s", r->file.path,
		                 (unsigned long long)r->line, e.offset + 1,
		                 e.want);
	if (record_count(out) > SNAPSHOT_ATTRIBUTES_MAX)
		return err_input(err, "%s:%llu: more than %d attributes",
		                 r->file.path, (unsigned long long)r->line,
		                 SNAPSHOT_ATTRIBUTES_MAX);
	return 1;
}

void
section_close(struct section_reader *r)
{
	if (!r)
		return;
	blob_reader_free(r->reader);
	blob_close(r->blob);
	blob_text_release(&r->text);
	free(r->leaves);
	free(r->file.path);
	free(r);
}
