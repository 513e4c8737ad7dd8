/* Lines with a ceiling; files that get their name when they are whole. */
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
#include "base/list.h"
#include "base/mem.h"
#include "base/relay.h"
#include "base/zst.h"

enum {
	BLOCK = 256 * 1024,
	/* Many such are written side by side, each by whoever fills it. */
	BLOCK_ALONE = 32 * 1024,
};

struct outfile {
	struct relay_task task;  /* first: what the thread knows */
	char *path, *temporary;
	int fd;
	int failure;             /* errno of the first failed write */
	enum outfile_kind kind;
	struct digest *digest;
	uint64_t *leaves;        /* checksums of the pieces */
	size_t count, room;
	/* A packed file: what the next frame will hold, and the frame. */
	struct zst_writer *zst;
	struct buf pending, packed;
	struct relay *relay;
	struct relay_block *block;       /* being filled */
	size_t block_size;
	bool running;            /* a thread writes the full ones */
};

static void write_blocks(struct relay_task *t);

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
		free(f->path);
		free(f->temporary);
		free(f);
		return NULL;
	}
	f->task.run = write_blocks;
	f->digest = kind == OUTFILE_ALONE ? NULL : digest_new();
	f->block_size = kind == OUTFILE_ALONE ? BLOCK_ALONE : BLOB_PIECE;
	f->relay = relay_new(f->block_size);
	if (kind == OUTFILE_PACKED)
		f->zst = zst_writer_new();
	return f;
}

static void
write_all(struct outfile *f, const char *data, size_t len)
{
	if (f->digest)
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
	if (f->digest) {
		LIST_RESERVE(f->leaves, f->room, f->count + 1);
		f->leaves[f->count++] = blob_leaf(data, len);
	}
	write_all(f, data, len);
}

static void
write_block(struct outfile *f, const struct relay_block *b)
{
	put_piece(f, b->data, b->len);
	relay_return(f->relay);
}

static void
put_frame(struct outfile *f)
{
	if (!f->pending.len)
		return;
	buf_clear(&f->packed);
	zst_put_frame(f->zst, f->pending.data, f->pending.len, &f->packed);
	put_piece(f, f->packed.data, f->packed.len);
	buf_clear(&f->pending);
}

/* Frames hold what was added at once undivided. */
static void
add_packed(struct outfile *f, const char *data, size_t len)
{
	buf_add(&f->pending, data, len);
	if (f->pending.len >= BLOB_PIECE)
		put_frame(f);
}

/* The thread's work. */
static void
write_blocks(struct relay_task *t)
{
	struct outfile *f = (struct outfile *)t;
	const struct relay_block *b;

	while ((b = relay_next(f->relay)))
		write_block(f, b);
}

/* The thread comes with the first full block: small files need none. */
static void
pass_block(struct outfile *f)
{
	relay_pass(f->relay);
	f->block = NULL;
	if (!f->running && f->kind != OUTFILE_ALONE)
		f->running = relay_start(f->relay, &f->task) == 0;
	if (!f->running)
		write_block(f, relay_next(f->relay));
}

void
outfile_add(struct outfile *f, const char *data, size_t len)
{
	if (f->zst) {
		add_packed(f, data, len);
		return;
	}
	while (len > 0) {
		struct relay_block *b = f->block;
		size_t take;

		if (!b)
			b = f->block = relay_empty(f->relay);
		take = f->block_size - b->len < len ? f->block_size - b->len
		                                    : len;
		memcpy(b->data + b->len, data, take);
		b->len += take;
		data += take;
		len -= take;
		if (b->len == f->block_size)
			pass_block(f);
	}
}

void
outfile_adds(struct outfile *f, const char *text)
{
	outfile_add(f, text, strlen(text));
}

static void
outfile_free(struct outfile *f)
{
	relay_free(f->relay);
	digest_free(f->digest);
	zst_writer_free(f->zst);
	buf_release(&f->pending);
	buf_release(&f->packed);
	free(f->leaves);
	free(f->path);
	free(f->temporary);
	free(f);
}

/* What is left, by the thread if there is one. */
static void
finish_blocks(struct outfile *f)
{
	if (f->block)
		relay_pass(f->relay);
	f->block = NULL;
	relay_end(f->relay);
	if (f->running)
		relay_join(f->relay);
	else
		write_blocks(&f->task);
	if (!f->zst)
		return;
	put_frame(f);
	buf_clear(&f->packed);
	zst_put_table(f->zst, &f->packed);
	write_all(f, f->packed.data, f->packed.len);
}

int
outfile_commit(struct outfile *f, struct file_sums *sums, struct err *err)
{
	int rc = 0;

	finish_blocks(f);
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
	relay_free(f->relay);
	f->relay = NULL;
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
