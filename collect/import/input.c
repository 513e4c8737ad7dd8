/* Imported files: byte-order marks, UTF-16 and code pages to UTF-8. */
#include "collect/import/input.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/relay.h"
#include "base/utf8.h"
#include "collect/import/source.h"
#include "collect/import/stream.h"

enum {
	BLOCK = 256 * 1024,      /* bytes read at a time */
	LEFT_MAX = 64,           /* room for a character cut by a block's end */
};

#define NO_DECODER ((iconv_t)-1)

struct input {
	struct relay_task task;  /* first: what the reading thread knows */
	char *path;
	struct stream *stream;
	uint64_t size;           /* bytes read */
	const char *encoding;    /* NULL: bytes pass as they are */
	bool hearsay;            /* --encoding, which no letter bore out yet */
	iconv_t decoder;
	struct relay *relay;     /* blocks read, each behind LEFT_MAX bytes */
	bool holding, running;   /* one of its blocks; its thread */
	bool failed;             /* a read did, and says why */
	struct err failure;
	char last[LEFT_MAX];     /* what no block follows */
	struct digest *digest;
	char *raw;               /* what was read and is not decoded yet */
	size_t left;
	bool at_end, head_pending;
	const char *text;        /* the block decoded last */
	size_t text_len;
	struct buf decoded;
	/* That the text begins in, and what follows it; if counted. */
	unsigned long long line, next_line;
	uint64_t offset;         /* that it begins at, if not */
};

/*
 * A mark says more of a file than --encoding, which is meant for many; so do
 * letters that are UTF-8, which JSON always is (RFC 8259 8.1).
 */
static const struct {
	const char *mark;
	size_t len;
	const char *encoding;
} marks[] = {
	{ .mark = "\xef\xbb\xbf", .len = 3, .encoding = NULL },
	{ .mark = "\xff\xfe", .len = 2, .encoding = "UTF-16LE" },
	{ .mark = "\xfe\xff", .len = 2, .encoding = "UTF-16BE" },
};

/* Reads a block and passes it on; false when that was the last. */
static bool
read_block(struct input *in)
{
	struct relay_block *b = relay_empty(in->relay);
	ssize_t n;

	if (!b)
		return false;
	n = in->stream->read(in->stream, b->data + LEFT_MAX, BLOCK,
	                     &in->failure);
	if (n <= 0) {
		in->failed = n < 0;
		relay_end(in->relay);
		return false;
	}
	digest_add(in->digest, b->data + LEFT_MAX, (size_t)n);
	b->len = (size_t)n;
	relay_pass(in->relay);
	return true;
}

/* The thread's work. */
static void
read_blocks(struct relay_task *t)
{
	struct input *in = (struct input *)t;

	while (read_block(in))
		;
}

/* The first block is often all that is wanted: the thread comes with more. */
static const struct relay_block *
next_block(struct input *in)
{
	if (in->holding)
		relay_return(in->relay);
	if (in->holding && !in->running)
		in->running = relay_start(in->relay, &in->task) == 0;
	if (!in->running)
		read_block(in);
	return relay_next(in->relay);
}

static int
fill(struct input *in, struct err *err)
{
	char kept[LEFT_MAX];
	const struct relay_block *b;

	/* It stands in a block that is read into as soon as it is back. */
	assert(in->left <= LEFT_MAX);
	memcpy(kept, in->raw, in->left);
	b = next_block(in);
	in->holding = b != NULL;
	in->at_end = !b;
	if (!b && in->failed) {
		*err = in->failure;
		return -1;
	}
	in->raw = b ? b->data + LEFT_MAX - in->left : in->last;
	memcpy(in->raw, kept, in->left);
	in->left += b ? b->len : 0;
	in->size += b ? b->len : 0;
	return 0;
}

static int
set_encoding(struct input *in, const char *encoding, struct err *err)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (in->left < marks[i].len ||
		    memcmp(in->raw, marks[i].mark, marks[i].len) != 0)
			continue;
		encoding = marks[i].encoding;
		in->left -= marks[i].len;
		in->raw += marks[i].len;
		in->offset = marks[i].len;
		break;
	}
	in->hearsay = encoding && in->offset == 0;
	in->encoding = encoding;
	if (!encoding)
		return 0;
	/* A slash would carry iconv's options, such as //IGNORE. */
	if (!strchr(encoding, '/'))
		in->decoder = iconv_open("UTF-8", encoding);
	if (in->decoder == NO_DECODER)
		return err_usage(err, "--encoding: \"%s\" is not known; want a "
		                 "name that iconv -l prints, such as "
		                 "WINDOWS-1252", encoding);
	return 0;
}

static bool
is_counted(const struct input *in)
{
	return in->encoding || in->stream->fd < 0;
}

static unsigned long long
line_ends(const char *text, size_t len)
{
	unsigned long long n = 0;

	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

/*
 * The line that the end of the text stands in. Where text is what a file has,
 * nobody counts: those who ask have an error to tell, and read again.
 */
static unsigned long long
line_here(const struct input *in)
{
	unsigned long long line = in->line;
	char piece[16 * 1024];
	uint64_t at = 0;

	while (!is_counted(in) && at < in->offset) {
		size_t want = in->offset - at < sizeof(piece)
			? (size_t)(in->offset - at) : sizeof(piece);
		ssize_t n = pread(in->stream->fd, piece, want, (off_t)at);

		if (n <= 0)
			break;
		line += line_ends(piece, (size_t)n);
		at += (uint64_t)n;
	}
	return line + line_ends(in->text, in->text_len);
}

static size_t
ascii_length(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && (unsigned char)text[n] < 0x80)
		n++;
	return n;
}

/*
 * Letters of a code page are hardly ever UTF-8 by chance; the last one may be
 * cut by the block's end. Text without letters says nothing, and what has NULs
 * is UTF-16.
 */
static void
hear_letters(struct input *in)
{
	size_t first = ascii_length(in->raw, in->left), good;

	if (!in->hearsay || first == in->left)
		return;
	in->hearsay = false;
	good = utf8_bad(in->raw, in->left);
	if (good == first || good + 3 < in->left ||
	    memchr(in->raw, '\0', in->left))
		return;
	iconv_close(in->decoder);
	in->encoding = "UTF-8";
	in->decoder = iconv_open("UTF-8", in->encoding);
}

/* Turns what was read into UTF-8, but for a character cut by the block. */
static int
decode(struct input *in, struct err *err)
{
	char piece[16 * 1024];

	buf_clear(&in->decoded);
	hear_letters(in);
	while (in->left > 0) {
		char *to = piece;
		size_t room = sizeof(piece);
		size_t rc = iconv(in->decoder, &in->raw, &in->left, &to,
		                  &room);
		int why = errno;

		buf_add(&in->decoded, piece, (size_t)(to - piece));
		in->text = buf_text(&in->decoded);
		in->text_len = in->decoded.len;
		if (rc == (size_t)-1 && why == EINVAL && !in->at_end)
			break;
		if (rc == (size_t)-1 && why != E2BIG)
			return err_input(err, "%s:%llu: is not valid %s; is "
			                 "the file cut?", in->path,
			                 line_here(in), in->encoding);
	}
	return 0;
}

static void
pass(struct input *in)
{
	in->offset += in->text_len;
	in->text = in->raw;
	in->text_len = in->left;
	in->left = 0;
}

static int
refuse_nul(struct input *in, struct err *err)
{
	const char *nul = memchr(in->text, '\0', in->text_len);

	if (!nul)
		return 0;
	in->text_len = (size_t)(nul - in->text);
	return err_input(err, "%s:%llu: a NUL byte; want text%s", in->path,
	                 line_here(in), in->encoding ? "" : " in UTF-8, or "
	                 "UTF-16 with a byte-order mark");
}

static int
advance(struct input *in, struct err *err)
{
	in->line = in->next_line;
	if (!in->encoding)
		pass(in);
	else if (decode(in, err) < 0)
		return -1;
	/* The block that it stands in is read into as soon as it is back. */
	if (is_counted(in))
		in->next_line = in->line + line_ends(in->text, in->text_len);
	return refuse_nul(in, err);
}

struct input *
input_open(struct stream *stream, const char *path, struct err *err)
{
	struct input *in = xcalloc(1, sizeof(*in));

	in->path = xstrdup(path);
	in->stream = stream;
	in->line = in->next_line = 1;
	in->decoder = NO_DECODER;
	in->text = "";
	in->raw = in->last;
	in->task.run = read_blocks;
	in->relay = relay_new(LEFT_MAX + BLOCK);
	in->digest = digest_new();
	if (fill(in, err) < 0) {
		input_close(in);
		return NULL;
	}
	return in;
}

const char *
input_bytes(const struct input *in, size_t *len)
{
	*len = in->left < SOURCE_HEAD ? in->left : SOURCE_HEAD;
	return in->raw;
}

int
input_begin(struct input *in, const char *encoding, struct err *err)
{
	if (set_encoding(in, encoding, err) < 0)
		return -1;
	if (!in->left)
		return err_input(err, "%s: is empty; export it again",
		                 in->path);
	in->head_pending = true;
	return advance(in, err);
}

void
input_close(struct input *in)
{
	if (!in)
		return;
	relay_free(in->relay);
	if (in->decoder != NO_DECODER)
		iconv_close(in->decoder);
	stream_free(in->stream);
	digest_free(in->digest);
	buf_release(&in->decoded);
	free(in->path);
	free(in);
}

const char *
input_head(const struct input *in, size_t *len)
{
	*len = in->text_len < SOURCE_HEAD ? in->text_len : SOURCE_HEAD;
	return in->text;
}

int
input_next(struct input *in, const char **data, size_t *len, struct err *err)
{
	if (!in->head_pending) {
		if (!in->at_end && fill(in, err) < 0)
			return -1;
		if (!in->at_end || in->left) {
			if (advance(in, err) < 0)
				return -1;
		} else {
			return 0;
		}
	}
	in->head_pending = false;
	*data = in->text;
	*len = in->text_len;
	return 1;
}

void
input_digest(struct input *in, char digest[DIGEST_TEXT])
{
	digest_finish(in->digest, digest);
	in->digest = NULL;
}

when_t
input_modified(const struct input *in)
{
	return in->stream->modified;
}

uint64_t
input_size(const struct input *in)
{
	return in->at_end ? in->size : in->stream->size;
}
