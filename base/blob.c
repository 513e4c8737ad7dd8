/* Pieces of lines: a piece has what begins in it, up to its last line's end. */
#include "base/blob.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/zst.h"

enum {
	MORE = 4 << 10,          /* read at a time behind a piece */
};

struct blob {
	char *path;
	int fd;
	uint64_t size;           /* of the text */
	bool packed;
	struct zst_table table;  /* when packed */
};

struct blob_reader {
	const struct blob *b;
	char *frame, *text;      /* the frame unpacked last */
	size_t frame_room, text_room;
	size_t held;             /* its number; SIZE_MAX: none */
};

static int
cannot(const struct blob *b, const char *why, struct err *err)
{
	return err_input(err, "%s: cannot be read: %s", b->path, why);
}

/* Unpacks the whole file into one without a name, and reads that. */
static int
spool(struct blob *b, struct err *err)
{
	int to = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	off_t size = -1;

	if (to < 0)
		return cannot(b, strerror(errno), err);
	if (zst_unpack_file(b->fd, b->path, to, err) < 0) {
		close(to);
		return -1;
	}
	close(b->fd);
	b->fd = to;
	size = lseek(to, 0, SEEK_END);
	b->size = size < 0 ? 0 : (uint64_t)size;
	return 0;
}

static int
learn(struct blob *b, struct err *err)
{
	struct stat st;
	int rc;

	if (fstat(b->fd, &st) < 0 || S_ISDIR(st.st_mode))
		return cannot(b, S_ISDIR(st.st_mode) ? "is a folder"
		                                     : strerror(errno), err);
	b->size = (uint64_t)st.st_size;
	if (!zst_is(b->fd))
		return 0;
	rc = zst_read_table(b->fd, b->path, &b->table, err);
	if (rc <= 0)
		return rc < 0 ? -1 : spool(b, err);
	b->packed = true;
	b->size = b->table.text[b->table.count];
	return 0;
}

struct blob *
blob_open(const char *path, struct err *err)
{
	struct blob *b = xcalloc(1, sizeof(*b));

	b->path = xstrdup(path);
	b->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (b->fd < 0)
		cannot(b, strerror(errno), err);
	if (b->fd < 0 || learn(b, err) < 0) {
		blob_close(b);
		return NULL;
	}
	return b;
}

void
blob_close(struct blob *b)
{
	if (!b)
		return;
	if (b->fd >= 0)
		close(b->fd);
	zst_table_release(&b->table);
	free(b->path);
	free(b);
}

size_t
blob_pieces(const struct blob *b)
{
	if (b->packed)
		return b->table.count;
	return (size_t)((b->size + BLOB_PIECE - 1) / BLOB_PIECE);
}

uint64_t
blob_size(const struct blob *b)
{
	return b->size;
}

/* Where the piece begins; of the one behind the last: the end. */
static uint64_t
piece_start(const struct blob *b, size_t piece)
{
	uint64_t start = (uint64_t)piece * BLOB_PIECE;

	if (b->packed)
		return b->table.text[piece];
	return start < b->size ? start : b->size;
}

struct blob_reader *
blob_reader_new(const struct blob *b)
{
	struct blob_reader *r = xcalloc(1, sizeof(*r));

	r->b = b;
	r->held = SIZE_MAX;
	return r;
}

void
blob_reader_free(struct blob_reader *r)
{
	if (!r)
		return;
	free(r->frame);
	free(r->text);
	free(r);
}

void
blob_text_release(struct blob_text *t)
{
	free(t->base);
	*t = (struct blob_text){ 0 };
}

static char *
grown(char *data, size_t *room, size_t want)
{
	if (want <= *room)
		return data;
	*room = want + want / 8;
	return xrealloc(data, *room);
}

/* Room for LEN bytes of text, which may not begin where the room does. */
static void
reserve(struct blob_text *t, size_t len)
{
	size_t skip = (size_t)(t->data - t->base);

	t->base = grown(t->base, &t->room, skip + len);
	t->data = t->base + skip;
}

static int
read_exactly(const struct blob *b, uint64_t from, char *to, size_t len,
             struct err *err)
{
	while (len > 0) {
		ssize_t n = pread(b->fd, to, len, (off_t)from);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return cannot(b, n ? strerror(errno)
			              : "it became shorter meanwhile", err);
		to += n;
		from += (uint64_t)n;
		len -= (size_t)n;
	}
	return 0;
}

/* Makes the frame the one that R holds. */
static int
hold(struct blob_reader *r, size_t frame, uint64_t *leaf, struct err *err)
{
	const struct zst_table *t = &r->b->table;
	size_t packed = (size_t)(t->file[frame + 1] - t->file[frame]);
	size_t len = (size_t)(t->text[frame + 1] - t->text[frame]);

	if (r->held == frame && !leaf)
		return 0;
	r->held = SIZE_MAX;
	r->frame = grown(r->frame, &r->frame_room, packed);
	r->text = grown(r->text, &r->text_room, len);
	if (read_exactly(r->b, t->file[frame], r->frame, packed, err) < 0)
		return -1;
	if (leaf)
		*leaf = blob_leaf(r->frame, packed);
	if (zst_unpack(r->frame, packed, r->text, len) < 0)
		return err_input(err, "%s: frame %zu is damaged; want "
		                 "Zstandard data of %zu bytes", r->b->path,
		                 frame + 1, len);
	if (len && r->text[len - 1] != '\n' && frame + 1 < t->count)
		return err_input(err, "%s: frame %zu ends in the middle of a "
		                 "line; want frames of whole lines, or no seek "
		                 "table", r->b->path, frame + 1);
	r->held = frame;
	return 0;
}

/* The frame that has the byte at PLACE. */
static size_t
frame_at(const struct zst_table *t, uint64_t place)
{
	size_t low = 0, high = t->count;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (t->text[mid] <= place)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static int
packed_piece(struct blob_reader *r, size_t piece, size_t pad,
             struct blob_text *t, uint64_t *leaf, struct err *err)
{
	const struct zst_table *table = &r->b->table;

	t->from = table->text[piece];
	t->len = (size_t)(table->text[piece + 1] - t->from);
	t->data = t->base;
	reserve(t, t->len + pad);
	if (hold(r, piece, leaf, err) < 0)
		return -1;
	memcpy(t->data, r->text, t->len);
	return 0;
}

/* Reads on until T ends with a line or the file does. */
static int
finish_line(struct blob_reader *r, size_t max, size_t pad,
            struct blob_text *t, struct err *err)
{
	const struct blob *b = r->b;
	size_t begun = t->len;

	for (;;) {
		uint64_t at = t->from + t->len;
		uint64_t left = b->size - at;
		size_t take = left < MORE ? (size_t)left : MORE;
		char *nl;

		if (!take)
			return 0;
		if (t->len - begun > max)
			return err_input(err, "%s:%llu: line longer than %zu "
			                 "bytes", b->path, (unsigned long long)
			                 blob_line_number(r, at), max);
		reserve(t, t->len + take + pad);
		if (read_exactly(b, at, t->data + t->len, take, err) < 0)
			return -1;
		nl = memchr(t->data + t->len, '\n', take);
		if (nl) {
			t->len = (size_t)(nl + 1 - t->data);
			return 0;
		}
		t->len += take;
	}
}

/*
 * Takes the piece that was read, with the byte before it if there is one: that
 * byte tells whether a line begins with the piece. False: none begins in it.
 */
static bool
begin_with_line(struct blob_text *t, uint64_t start, size_t len)
{
	size_t before = start > 0;
	char *nl = before ? memchr(t->data, '\n', len + before) : NULL;
	size_t skip = nl ? (size_t)(nl + 1 - t->data) : 0;

	t->from = start - before + skip;
	t->data += skip;
	t->len = len + before - skip;
	if (t->len && (nl || !before))
		return true;
	t->len = 0;
	return false;
}

int
blob_read_piece(struct blob_reader *r, size_t piece, size_t max, size_t pad,
                struct blob_text *t, uint64_t *leaf, struct err *err)
{
	uint64_t start = piece_start(r->b, piece);
	size_t len = (size_t)(piece_start(r->b, piece + 1) - start);
	size_t before = start > 0;

	if (r->b->packed)
		return packed_piece(r, piece, pad, t, leaf, err);
	t->data = t->base;
	reserve(t, len + before + MORE + pad);
	if (read_exactly(r->b, start - before, t->data, len + before,
	                 err) < 0)
		return -1;
	if (leaf)
		*leaf = blob_leaf(t->data + before, len);
	if (!begin_with_line(t, start, len) || t->data[t->len - 1] == '\n')
		return 0;
	return finish_line(r, max, pad, t, err);
}

int
blob_read_line(struct blob_reader *r, uint64_t place, size_t wanted,
               size_t pad, struct blob_text *t, struct err *err)
{
	const struct blob *b = r->b;
	uint64_t left = b->size - place;
	size_t len = left < wanted ? (size_t)left : wanted;

	t->from = place;
	t->len = len;
	t->data = t->base;
	reserve(t, len + pad);
	if (b->packed) {
		size_t frame = frame_at(&b->table, place);
		size_t at = (size_t)(place - b->table.text[frame]);

		if (hold(r, frame, NULL, err) < 0)
			return -1;
		left = b->table.text[frame + 1] - place;
		t->len = left < len ? (size_t)left : len;
		memcpy(t->data, r->text + at, t->len);
		return 0;
	}
	return read_exactly(b, place, t->data, len, err);
}

uint64_t
blob_line_number(struct blob_reader *r, uint64_t place)
{
	struct blob_text t = { 0 };
	struct err ignored = { 0 };
	uint64_t number = 1;

	for (uint64_t at = 0; at < place; at += t.len) {
		const char *p;
		uint64_t left = place - at;

		if (blob_read_line(r, at, left < BLOB_PIECE ? (size_t)left
		                   : BLOB_PIECE, 0, &t, &ignored) < 0 ||
		    !t.len)
			break;
		p = t.data;
		while ((p = memchr(p, '\n', (size_t)(t.data + t.len - p)))) {
			number++;
			p++;
		}
	}
	blob_text_release(&t);
	return number;
}

uint64_t
blob_leaf(const char *data, size_t len)
{
	return checksum_block(data, len);
}

uint64_t
blob_checksum(const uint64_t *leaves, size_t n)
{
	unsigned char *bytes = xmalloc(n * sizeof(*leaves));
	uint64_t out;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof(*leaves); k++)
			bytes[i * sizeof(*leaves) + k] =
				(unsigned char)(leaves[i] >> (56 - 8 * k));
	out = checksum_block(bytes, n * sizeof(*leaves));
	free(bytes);
	return out;
}
