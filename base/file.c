/* Files: lines in, whole files out. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/zst.h"

enum { BLOCK = 256 * 1024 };

struct outfile {
	char *path, *temporary;
	int fd;
	enum outfile_kind kind;
	int failure;             /* errno of the first failed write */
	struct digest *digest;
	struct buf pending, packed;
	struct zst_writer *zst;
	uint64_t *leaves;        /* checksums of the pieces */
	size_t count, room;
};

static void
outfile_free(struct outfile *f)
{
	digest_free(f->digest);
	zst_writer_free(f->zst);
	buf_release(&f->pending);
	buf_release(&f->packed);
	free(f->leaves);
	free(f->path);
	free(f->temporary);
	free(f);
}

struct outfile *
outfile_open(const char *path, enum outfile_kind kind, struct err *err)
{
	struct outfile *f = xcalloc(1, sizeof(*f));

	f->kind = kind;
	f->path = xstrdup(path);
	f->temporary = xasprintf("%s.tmp", path);
	f->fd = open(f->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
	             0666);
	if (f->fd < 0) {
		err_usage(err, "%s: cannot be written: %s", path,
		          strerror(errno));
		outfile_free(f);
		return NULL;
	}
	f->digest = digest_new();
	if (kind == OUTFILE_PACKED)
		f->zst = zst_writer_new();
	return f;
}

static void
write_all(struct outfile *f, const char *data, size_t len)
{
	digest_add(f->digest, data, len);
	while (len > 0 && !f->failure) {
		ssize_t n = write(f->fd, data, len);

		if (n < 0 && errno != EINTR)
			f->failure = errno;
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		}
	}
}

/* Writes a piece, as readers will read it. */
static void
put_piece(struct outfile *f, const char *data, size_t len)
{
	if (f->count == f->room) {
		f->room = f->room ? 2 * f->room : 64;
		f->leaves = xreallocarray(f->leaves, f->room,
		                          sizeof(*f->leaves));
	}
	f->leaves[f->count++] = blob_leaf(data, len);
	write_all(f, data, len);
}

static void
put_frame(struct outfile *f)
{
	buf_clear(&f->packed);
	zst_put_frame(f->zst, f->pending.data, f->pending.len, &f->packed);
	put_piece(f, f->packed.data, f->packed.len);
	buf_clear(&f->pending);
}

/* Writes all pieces of a plain file that are whole. */
static void
put_whole(struct outfile *f)
{
	size_t at = 0;

	for (; f->pending.len - at >= BLOB_PIECE; at += BLOB_PIECE)
		put_piece(f, f->pending.data + at, BLOB_PIECE);
	if (at)
		buf_drop(&f->pending, at);
}

static void
put_rest(struct outfile *f)
{
	if (f->zst) {
		if (f->pending.len)
			put_frame(f);
		buf_clear(&f->packed);
		zst_put_table(f->zst, &f->packed);
		write_all(f, f->packed.data, f->packed.len);
	} else if (f->pending.len) {
		put_piece(f, f->pending.data, f->pending.len);
	}
}

void
outfile_add(struct outfile *f, const char *data, size_t len)
{
	buf_add(&f->pending, data, len);
	if (f->pending.len < BLOB_PIECE)
		return;
	if (f->zst)
		put_frame(f);
	else
		put_whole(f);
}

void
outfile_adds(struct outfile *f, const char *text)
{
	outfile_add(f, text, strlen(text));
}

int
outfile_commit(struct outfile *f, struct file_sums *sums, struct err *err)
{
	int rc = 0;

	put_rest(f);
	if (f->kind != OUTFILE_LISTED && !f->failure && fsync(f->fd) < 0 &&
	    errno != EINVAL)
		f->failure = errno;
	if (close(f->fd) < 0 && !f->failure)
		f->failure = errno;
	if (!f->failure && rename(f->temporary, f->path) < 0)
		f->failure = errno;
	if (f->failure) {
		rc = err_usage(err, "%s: cannot be written: %s", f->path,
		               strerror(f->failure));
		unlink(f->temporary);
	} else if (sums) {
		digest_finish(f->digest, sums->digest);
		sums->checksum = blob_checksum(f->leaves, f->count);
		f->digest = NULL;
	}
	outfile_free(f);
	return rc;
}

void
outfile_abort(struct outfile *f)
{
	if (!f)
		return;
	close(f->fd);
	unlink(f->temporary);
	outfile_free(f);
}

struct lines {
	char *path;
	int fd;
	size_t max;
	uint64_t number;
	bool at_end, ended;
	struct digest *digest;
	struct buf carry;        /* a line that began in an earlier block */
	char *block;
	size_t pos, len;
	char hidden;             /* the byte under the NUL of the last line */
	char *nul;
};

struct lines *
lines_open(const char *path, size_t max, struct err *err)
{
	struct lines *l;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		err_input(err, "%s: cannot be read: %s", path, strerror(errno));
		return NULL;
	}
	l = xcalloc(1, sizeof(*l));
	l->path = xstrdup(path);
	l->fd = fd;
	l->max = max;
	l->digest = digest_new();
	l->block = xmalloc(BLOCK + 1);
	buf_init(&l->carry, max);
	return l;
}

static int
fill(struct lines *l, struct err *err)
{
	ssize_t n;

	do
		n = read(l->fd, l->block, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_input(err, "%s: cannot be read: %s", l->path,
		                 strerror(errno));
	digest_add(l->digest, l->block, (size_t)n);
	l->pos = 0;
	l->len = (size_t)n;
	l->at_end = n == 0;
	return 0;
}

/* Ends the line with a NUL; the byte below it comes back at the next call. */
static void
hand_out(struct lines *l, char *line, size_t len, const char **out,
         size_t *out_len)
{
	if (l->ended && len && line[len - 1] == '\r')
		len--;
	l->nul = line + len;
	l->hidden = *l->nul;
	*l->nul = '\0';
	*out = line;
	*out_len = len;
	l->number++;
}

static int
too_long(struct lines *l, struct err *err)
{
	return err_input(err, "%s:%llu: line longer than %zu bytes", l->path,
	                 (unsigned long long)l->number + 1, l->max);
}

int
lines_next(struct lines *l, const char **line, size_t *len, struct err *err)
{
	if (l->nul)
		*l->nul = l->hidden;
	l->nul = NULL;
	buf_clear(&l->carry);
	for (;;) {
		char *start = l->block + l->pos;
		char *nl = memchr(start, '\n', l->len - l->pos);
		size_t take = nl ? (size_t)(nl - start) : l->len - l->pos;

		l->pos += take + (nl != NULL);
		l->ended = nl != NULL;
		if (nl && !l->carry.len && take <= l->max) {
			hand_out(l, start, take, line, len);
			return 1;
		}
		buf_add(&l->carry, start, take);
		if (l->carry.full)
			return too_long(l, err);
		if (!nl && !l->at_end) {
			if (fill(l, err) < 0)
				return -1;
			continue;
		}
		if (!nl && !l->carry.len)
			return 0;
		buf_add(&l->carry, "", 0);
		hand_out(l, l->carry.data, l->carry.len, line, len);
		return 1;
	}
}

uint64_t
lines_number(const struct lines *l)
{
	return l->number;
}

void
lines_digest(struct lines *l, char digest[DIGEST_TEXT])
{
	digest_finish(l->digest, digest);
	l->digest = NULL;
}

void
lines_close(struct lines *l)
{
	if (!l)
		return;
	close(l->fd);
	digest_free(l->digest);
	buf_release(&l->carry);
	free(l->block);
	free(l->path);
	free(l);
}

int
file_read(const char *path, struct buf *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char block[16 * 1024];
	ssize_t n = -1;

	if (fd >= 0) {
		while ((n = read(fd, block, sizeof(block))) > 0 && !out->full)
			buf_add(out, block, (size_t)n);
	}
	if (n < 0)
		err_input(err, "%s: cannot be read: %s", path, strerror(errno));
	else if (out->full)
		n = err_input(err, "%s: larger than %zu bytes", path,
		              out->max);
	if (fd >= 0)
		close(fd);
	return n < 0 ? -1 : 0;
}

char *
path_join(const char *folder, const char *name)
{
	size_t len = strlen(folder);
	const char *slash = len && folder[len - 1] == '/' ? "" : "/";

	return xasprintf("%s%s%s", folder, slash, name);
}

char *
path_base(const char *path)
{
	size_t len = strlen(path), start;

	while (len > 1 && path[len - 1] == '/')
		len--;
	start = len;
	while (start > 0 && path[start - 1] != '/')
		start--;
	return xstrndup(path + start, len - start);
}
