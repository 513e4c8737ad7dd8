/* Zstandard in frames, over libzstd. */
#include "base/zst.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"

/* Seekable format, version 0.1.0: all numbers little-endian. */
enum {
	LEVEL = 1,               /* 3 is hardly smaller, and slower */
	TABLE_HEAD = 8, TABLE_FOOT = 9, TABLE_ROW = 8,
	HAS_CHECKSUMS = 0x80, RESERVED = 0x7c,
	FRAMES_MAX = 0x8000000,
	FRAME_TEXT_MAX = 64 << 20,
};

#define SKIPPABLE UINT32_C(0x184d2a5e)
#define SEEKABLE UINT32_C(0x8f92eab1)

struct frame {
	uint32_t packed, text;
};

struct zst_writer {
	ZSTD_CCtx *ctx;
	char *room;
	size_t room_len;
	struct frame *frames;
	size_t count, frame_room;
};

struct zst_writer *
zst_writer_new(void)
{
	struct zst_writer *w = xcalloc(1, sizeof(*w));

	w->ctx = ZSTD_createCCtx();
	if (!w->ctx)
		xalloc_failed();
	ZSTD_CCtx_setParameter(w->ctx, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(w->ctx, ZSTD_c_checksumFlag, 1);
	return w;
}

void
zst_writer_free(struct zst_writer *w)
{
	if (!w)
		return;
	ZSTD_freeCCtx(w->ctx);
	free(w->room);
	free(w->frames);
	free(w);
}

void
zst_put_frame(struct zst_writer *w, const char *text, size_t len,
              struct buf *out)
{
	size_t bound = ZSTD_compressBound(len), n;

	if (bound > w->room_len) {
		w->room = xrealloc(w->room, bound);
		w->room_len = bound;
	}
	n = ZSTD_compress2(w->ctx, w->room, bound, text, len);
	/* With room for the bound it fails for want of memory only. */
	if (ZSTD_isError(n))
		xalloc_failed();
	buf_add(out, w->room, n);
	LIST_RESERVE(w->frames, w->frame_room, w->count + 1);
	w->frames[w->count++] = (struct frame){ (uint32_t)n, (uint32_t)len };
}

static void
put32(struct buf *out, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		buf_addc(out, (char)(n >> 8 * i));
}

void
zst_put_table(struct zst_writer *w, struct buf *out)
{
	put32(out, SKIPPABLE);
	put32(out, (uint32_t)(w->count * TABLE_ROW + TABLE_FOOT));
	for (size_t i = 0; i < w->count; i++) {
		put32(out, w->frames[i].packed);
		put32(out, w->frames[i].text);
	}
	put32(out, (uint32_t)w->count);
	buf_addc(out, 0);
	put32(out, SEEKABLE);
}

static uint32_t
get32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

bool
zst_is(int fd)
{
	unsigned char head[4];

	return pread(fd, head, 4, 0) == 4 && get32(head) == ZSTD_MAGICNUMBER;
}

static int
damaged(const char *path, struct err *err)
{
	return err_input(err, "%s: its seek table is damaged; want the zstd "
	                 "seekable format", path);
}

/* Fills T from the rows of the table; they must add up to the file. */
static int
take_rows(struct zst_table *t, const unsigned char *rows, size_t row_len,
          uint64_t frames_end)
{
	t->file = xcalloc(t->count + 1, sizeof(*t->file));
	t->text = xcalloc(t->count + 1, sizeof(*t->text));
	for (size_t i = 0; i < t->count; i++) {
		uint32_t packed = get32(rows + i * row_len);
		uint32_t text = get32(rows + i * row_len + 4);

		if (text > FRAME_TEXT_MAX || packed > 2 * FRAME_TEXT_MAX)
			return -1;
		t->file[i + 1] = t->file[i] + packed;
		t->text[i + 1] = t->text[i] + text;
	}
	return t->file[t->count] == frames_end ? 0 : -1;
}

int
zst_read_table(int fd, const char *path, struct zst_table *table,
               struct err *err)
{
	off_t size = lseek(fd, 0, SEEK_END);
	unsigned char foot[TABLE_FOOT], *rows;
	size_t row_len, len;
	int rc = -1;

	*table = (struct zst_table){ 0 };
	if (size < TABLE_HEAD + TABLE_FOOT ||
	    pread(fd, foot, TABLE_FOOT, size - TABLE_FOOT) != TABLE_FOOT ||
	    get32(foot + 5) != SEEKABLE)
		return 0;
	table->count = get32(foot);
	row_len = foot[4] & HAS_CHECKSUMS ? TABLE_ROW + 4 : TABLE_ROW;
	len = table->count * row_len;
	if (foot[4] & RESERVED || table->count > FRAMES_MAX ||
	    (off_t)(TABLE_HEAD + len + TABLE_FOOT) > size)
		return damaged(path, err);
	rows = xmalloc(len);
	size -= (off_t)len + TABLE_FOOT;
	if (pread(fd, rows, len, size) == (ssize_t)len &&
	    take_rows(table, rows, row_len, (uint64_t)size - TABLE_HEAD) == 0)
		rc = 1;
	free(rows);
	return rc < 0 ? damaged(path, err) : rc;
}

void
zst_table_release(struct zst_table *t)
{
	free(t->file);
	free(t->text);
	*t = (struct zst_table){ 0 };
}

int
zst_unpack(const char *frame, size_t frame_len, char *to, size_t len)
{
	return ZSTD_decompress(to, len, frame, frame_len) == len ? 0 : -1;
}

static int
write_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno != EINTR)
			return -1;
		if (n > 0) {
			data += n;
			len -= (size_t)n;
		}
	}
	return 0;
}

/* Goes on with what is in IN; SIZE_MAX: not Zstandard, -1: cannot write. */
static size_t
unpack_some(ZSTD_DCtx *ctx, ZSTD_inBuffer *in, char *room, size_t len, int to)
{
	size_t left = 0;

	while (in->pos < in->size) {
		ZSTD_outBuffer out = { room, len, 0 };

		left = ZSTD_decompressStream(ctx, &out, in);
		if (ZSTD_isError(left))
			return SIZE_MAX;
		if (write_all(to, room, out.pos) < 0)
			return SIZE_MAX - 1;
	}
	return left;
}

int
zst_unpack_file(int fd, const char *path, int to, struct err *err)
{
	size_t in_len = ZSTD_DStreamInSize(), out_len = ZSTD_DStreamOutSize();
	char *in = xmalloc(in_len), *out = xmalloc(out_len);
	ZSTD_DCtx *ctx = ZSTD_createDCtx();
	size_t left = 0;
	off_t at = 0;
	ssize_t n = 0;

	if (!ctx)
		xalloc_failed();
	while (left < SIZE_MAX - 1 && (n = pread(fd, in, in_len, at)) > 0) {
		ZSTD_inBuffer some = { in, (size_t)n, 0 };

		left = unpack_some(ctx, &some, out, out_len, to);
		at += n;
	}
	ZSTD_freeDCtx(ctx);
	free(in);
	free(out);
	if (n < 0 || left == SIZE_MAX - 1)
		return err_input(err, "%s: cannot be unpacked: %s", path,
		                 strerror(errno));
	if (left)
		return err_input(err, "%s: its Zstandard data are damaged or "
		                 "cut", path);
	return 0;
}
