/* Members of archives as streams, in the order in which they are asked for. */
#include "collect/import/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "collect/import/stream.h"

enum {
	MEMBERS_MAX = 5000,      /* folders count, too */
	NAME_MAX_BYTES = 4096,
	BLOCK = 64 * 1024,       /* bytes that libarchive reads at a time */
	/*
	 * Exports shrink to a tenth or thirtieth. Deflate gives at most 1032
	 * times what it reads, but members can overlap: Fifield, "A better
	 * zip bomb" (WOOT 2019).
	 */
	RATIO_MAX = 200,
};

#define UNPACKED_FREE ((uint64_t)256 << 20)    /* whatever the ratio is */

enum { NO_MEMBER = -1 };

struct bundle {
	char *path;
	when_t modified;         /* the archive itself */
	uint64_t packed, unpacked;
	struct bundle_member *members;
	long *entries;           /* where each member stands */
	size_t count, room;
	struct archive *reader;  /* or NULL, at rest */
	long at;                 /* entry whose header was read last */
	struct archive_entry *entry;
	locale_t names;
};

struct member_stream {
	struct stream stream;    /* first: what the input holds */
	struct bundle *bundle;
	struct bundle_member *member;
	uint64_t given;
};

/* Formats by how they begin; what is packed may be a tar, or just a file. */
static const struct {
	const char *magic;
	size_t len, offset;
	enum { IS_ZIP, IS_TAR, IS_PACKED } family;
} formats[] = {
	{ .magic = "PK\3\4", .len = 4, .family = IS_ZIP },
	{ .magic = "ustar", .len = 5, .offset = 257, .family = IS_TAR },
	{ .magic = "\x1f\x8b", .len = 2, .family = IS_PACKED },
	{ .magic = "\x28\xb5\x2f\xfd", .len = 4, .family = IS_PACKED },
	{ .magic = "\xfd" "7zXZ", .len = 5, .family = IS_PACKED },
	{ .magic = "BZh", .len = 3, .family = IS_PACKED },
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static size_t
format_of(const char *head, size_t len)
{
	size_t i = 0;

	while (i < FORMATS && (len < formats[i].offset + formats[i].len ||
	       memcmp(head + formats[i].offset, formats[i].magic,
	              formats[i].len) != 0))
		i++;
	return i;
}

bool
bundle_is(const char *head, size_t len)
{
	return format_of(head, len) < FORMATS;
}

static int
damaged(const struct bundle *b, const char *path, struct err *err)
{
	const char *why = archive_error_string(b->reader);

	return err_input(err, "%s: cannot be unpacked: %s; is it damaged or "
	                 "cut? Get it again, or unpack it and import the "
	                 "folder", path, why ? why : "no archive");
}

/* Formats are named, so that a zip without its directory is no other thing. */
static void
allow(struct archive *a, size_t format)
{
	if (formats[format].family == IS_ZIP) {
		archive_read_support_format_zip_seekable(a);
		return;
	}
	archive_read_support_format_tar(a);
	if (formats[format].family == IS_TAR)
		return;
	archive_read_support_format_raw(a);
	archive_read_support_filter_gzip(a);
	archive_read_support_filter_zstd(a);
	archive_read_support_filter_xz(a);
	archive_read_support_filter_bzip2(a);
}

static int
wake(struct bundle *b, struct err *err)
{
	struct stream *s = stream_of_file(b->path, err);
	char head[BUNDLE_HEAD];
	ssize_t len = s ? s->read(s, head, sizeof(head), err) : -1;
	size_t format = len < 0 ? FORMATS : format_of(head, (size_t)len);

	if (s) {
		b->packed = s->size;
		b->modified = s->modified;
	}
	stream_free(s);
	if (len < 0)
		return -1;
	b->reader = archive_read_new();
	b->at = NO_MEMBER;
	if (!b->reader)
		xalloc_failed();
	if (format < FORMATS)
		allow(b->reader, format);
	if (archive_read_open_filename(b->reader, b->path, BLOCK) < ARCHIVE_OK)
		return damaged(b, b->path, err);
	return 0;
}

void
bundle_rest(struct bundle *b)
{
	if (!b || !b->reader)
		return;
	archive_read_free(b->reader);
	b->reader = NULL;
}

/* 1 with the next header read, 0 at the end, -1. */
static int
next_entry(struct bundle *b, struct err *err)
{
	/* Names in UTF-8 stay as they are; the program has no locale. */
	locale_t before = uselocale(b->names ? b->names : (locale_t)0);
	int rc;

	do
		rc = archive_read_next_header(b->reader, &b->entry);
	while (rc == ARCHIVE_RETRY);
	uselocale(before);
	if (rc == ARCHIVE_EOF)
		return 0;
	if (rc < ARCHIVE_WARN)
		return damaged(b, b->path, err);
	b->at++;
	return 1;
}

static int
too_much(const char *path, struct err *err)
{
	return err_input(err, "%s: unpacks to more than %d times its size, as "
	                 "no export does; if you trust it, unpack it and "
	                 "import the folder", path, RATIO_MAX);
}

static bool
is_too_much(const struct bundle *b, uint64_t bytes)
{
	return bytes > UNPACKED_FREE && bytes / RATIO_MAX > b->packed;
}

/* Bytes that are not UTF-8, as of old code pages, are shown by number. */
static char *
shown_name(const char *raw)
{
	struct buf out = { 0 };
	size_t len = strnlen(raw, NAME_MAX_BYTES);

	while (len > 0) {
		size_t good = utf8_bad(raw, len);

		buf_add(&out, raw, good);
		if (good < len) {
			buf_addf(&out, "\\x%02x", (unsigned char)raw[good]);
			good++;
		}
		raw += good;
		len -= good;
	}
	return buf_detach(&out);
}

static char *
member_path(const struct bundle *b)
{
	const char *raw = archive_entry_pathname(b->entry);
	char *name, *path;

	/* A compressed file has no name of its own. */
	if (archive_format(b->reader) == ARCHIVE_FORMAT_RAW)
		return xstrdup(b->path);
	name = shown_name(raw ? raw : "?");
	path = xasprintf("%s/%s", b->path, name);
	free(name);
	return path;
}

static void
add_member(struct bundle *b)
{
	size_t room = b->room;

	LIST_RESERVE(b->members, b->room, b->count + 1);
	if (room != b->room)
		LIST_RESIZE(b->entries, b->room);
	b->entries[b->count] = b->at;
	b->members[b->count++] = (struct bundle_member){
		.path = member_path(b),
		.modified = archive_entry_mtime_is_set(b->entry)
			? (when_t)archive_entry_mtime(b->entry)
			: b->modified,
		.size = archive_entry_size_is_set(b->entry)
			? (uint64_t)archive_entry_size(b->entry)
			: SIZE_UNKNOWN,
		.encrypted = archive_entry_is_encrypted(b->entry),
	};
}

/* What members say of their size; when they are read, it is seen. */
static int
list_members(struct bundle *b, struct err *err)
{
	uint64_t told = 0;
	int rc;

	while ((rc = next_entry(b, err)) > 0) {
		mode_t type = archive_entry_filetype(b->entry);

		if (b->at >= MEMBERS_MAX)
			return err_input(err, "%s: has more than %d files; "
			                 "unpack it and import the folder",
			                 b->path, MEMBERS_MAX);
		if (archive_entry_size_is_set(b->entry))
			told += (uint64_t)archive_entry_size(b->entry);
		if (is_too_much(b, told))
			return too_much(b->path, err);
		if (type == AE_IFREG && !archive_entry_hardlink(b->entry))
			add_member(b);
	}
	return rc;
}

struct bundle *
bundle_open(const char *path, struct err *err)
{
	struct bundle *b = xcalloc(1, sizeof(*b));

	b->path = xstrdup(path);
	b->names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (wake(b, err) < 0 || list_members(b, err) < 0) {
		bundle_free(b);
		return NULL;
	}
	return b;
}

const char *
bundle_path(const struct bundle *b)
{
	return b->path;
}

size_t
bundle_count(const struct bundle *b)
{
	return b->count;
}

const struct bundle_member *
bundle_member(const struct bundle *b, size_t i)
{
	return &b->members[i];
}

/* An export is read several times, but counts once. */
static int
count_bytes(struct member_stream *m, size_t n, struct err *err)
{
	struct bundle *b = m->bundle;

	m->given += n;
	if (m->given <= m->member->unpacked)
		return 0;
	b->unpacked += m->given - m->member->unpacked;
	m->member->unpacked = m->given;
	return is_too_much(b, b->unpacked)
		? too_much(m->member->path, err) : 0;
}

static ssize_t
read_member(struct stream *s, char *data, size_t len, struct err *err)
{
	struct member_stream *m = (struct member_stream *)s;
	ssize_t n;

	do
		n = archive_read_data(m->bundle->reader, data, len);
	while (n == ARCHIVE_RETRY);
	if (n < 0)
		return damaged(m->bundle, m->member->path, err);
	return count_bytes(m, (size_t)n, err) < 0 ? -1 : n;
}

static void
free_member(struct stream *s)
{
	free(s);
}

/* The header of member I is read last; those before it are passed over. */
static int
seek_member(struct bundle *b, size_t i, struct err *err)
{
	int rc = 1;

	if (b->reader && b->at >= b->entries[i])
		bundle_rest(b);
	if (!b->reader && wake(b, err) < 0)
		return -1;
	while (rc > 0 && b->at < b->entries[i])
		rc = next_entry(b, err);
	return rc == 0 ? err_input(err, "%s: changed while it was read",
	                           b->path) : rc;
}

struct stream *
bundle_stream(struct bundle *b, size_t i, struct err *err)
{
	struct bundle_member *member = &b->members[i];
	struct member_stream *m;

	if (member->encrypted) {
		err_input(err, "%s: is encrypted; unpack it with its password "
		          "and import the folder", member->path);
		return NULL;
	}
	if (seek_member(b, i, err) < 0)
		return NULL;
	m = xcalloc(1, sizeof(*m));
	m->stream = (struct stream){
		.read = read_member, .free = free_member, .fd = -1,
		.modified = member->modified, .size = member->size,
	};
	m->bundle = b;
	m->member = member;
	return &m->stream;
}

void
bundle_free(struct bundle *b)
{
	if (!b)
		return;
	bundle_rest(b);
	for (size_t i = 0; i < b->count; i++)
		free(b->members[i].path);
	free(b->members);
	free(b->entries);
	if (b->names)
		freelocale(b->names);
	free(b->path);
	free(b);
}
