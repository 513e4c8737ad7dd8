/* Imported files: byte-order marks, UTF-16 and code pages to UTF-8. */
#include "collect/input.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "collect/source.h"

enum {
	BLOCK = 256 * 1024,      /* bytes read at a time */
	LEFT_MAX = 64,           /* room for a character cut by a block's end */
};

#define NO_DECODER ((iconv_t)-1)

struct input {
	char *path;
	int fd;
	when_t modified;
	uint64_t size;
	const char *encoding;    /* NULL: bytes pass as they are */
	iconv_t decoder;
	char *raw;               /* what was read and is not decoded yet */
	size_t left;
	bool at_end, head_pending;
	struct digest *digest;
	struct buf text;         /* the block decoded last */
	unsigned long long line; /* that the block begins in */
};

/* Files that people hand over by mistake, by their first bytes. */
static const struct {
	const char *magic;
	size_t len;
	const char *what;
} foreign[] = {
	{ .magic = "PK\3\4", .len = 4,
	  .what = "an Excel workbook or a zip archive; save the sheet as CSV, "
	          "or unpack it" },
	{ .magic = "\xd0\xcf\x11\xe0", .len = 4,
	  .what = "an old Office document; save it as CSV" },
	{ .magic = "\x1f\x8b", .len = 2,
	  .what = "compressed with gzip; unpack it" },
	{ .magic = "\x28\xb5\x2f\xfd", .len = 4,
	  .what = "compressed with zstd; unpack it" },
	{ .magic = "%PDF-", .len = 5, .what = "a PDF; want the data" },
};

/* A mark says more of a file than --encoding, which is meant for many. */
static const struct {
	const char *mark;
	size_t len;
	const char *encoding;
} marks[] = {
	{ .mark = "\xef\xbb\xbf", .len = 3, .encoding = NULL },
	{ .mark = "\xff\xfe", .len = 2, .encoding = "UTF-16LE" },
	{ .mark = "\xfe\xff", .len = 2, .encoding = "UTF-16BE" },
};

static int
fill(struct input *in, struct err *err)
{
	ssize_t n;

	do
		n = read(in->fd, in->raw + in->left, BLOCK);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_input(err, "%s: cannot be read: %s", in->path,
		                 strerror(errno));
	digest_add(in->digest, in->raw + in->left, (size_t)n);
	in->left += (size_t)n;
	in->at_end = n == 0;
	return 0;
}

static int
refuse_foreign(const struct input *in, struct err *err)
{
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (in->left >= foreign[i].len &&
		    memcmp(in->raw, foreign[i].magic, foreign[i].len) == 0)
			return err_input(err, "%s: is %s", in->path,
			                 foreign[i].what);
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
		memmove(in->raw, in->raw + marks[i].len, in->left);
		break;
	}
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

/* The line that the end of the decoded text stands in. */
static unsigned long long
line_here(const struct input *in)
{
	unsigned long long line = in->line;

	for (size_t i = 0; i < in->text.len; i++)
		line += in->text.data[i] == '\n';
	return line;
}

/* Turns what was read into UTF-8, but for a character cut by the block. */
static int
decode(struct input *in, struct err *err)
{
	char *from = in->raw;
	char piece[16 * 1024];

	if (!in->encoding) {
		buf_add(&in->text, in->raw, in->left);
		in->left = 0;
		return 0;
	}
	while (in->left > 0) {
		char *to = piece;
		size_t room = sizeof(piece);
		size_t rc = iconv(in->decoder, &from, &in->left, &to, &room);
		int why = errno;

		buf_add(&in->text, piece, (size_t)(to - piece));
		if (rc == (size_t)-1 && why == EINVAL && !in->at_end)
			break;
		if (rc == (size_t)-1 && why != E2BIG)
			return err_input(err, "%s:%llu: is not valid %s; is "
			                 "the file cut?", in->path,
			                 line_here(in), in->encoding);
	}
	memmove(in->raw, from, in->left);
	return 0;
}

static int
refuse_nul(struct input *in, struct err *err)
{
	const char *nul = memchr(buf_text(&in->text), '\0', in->text.len);

	if (!nul)
		return 0;
	in->text.len = (size_t)(nul - in->text.data);
	return err_input(err, "%s:%llu: a NUL byte; want text%s", in->path,
	                 line_here(in), in->encoding ? "" : " in UTF-8, or "
	                 "UTF-16 with a byte-order mark");
}

static int
advance(struct input *in, struct err *err)
{
	in->line = line_here(in);
	buf_clear(&in->text);
	if (decode(in, err) < 0)
		return -1;
	return refuse_nul(in, err);
}

static int
begin(struct input *in, const char *encoding, struct err *err)
{
	struct stat st;

	if (fstat(in->fd, &st) < 0)
		return err_input(err, "%s: cannot be read: %s", in->path,
		                 strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_input(err, "%s: is no regular file", in->path);
	in->modified = st.st_mtim.tv_sec;
	in->size = (uint64_t)st.st_size;
	if (fill(in, err) < 0 || refuse_foreign(in, err) < 0 ||
	    set_encoding(in, encoding, err) < 0)
		return -1;
	if (!in->left)
		return err_input(err, "%s: is empty", in->path);
	in->head_pending = true;
	return advance(in, err);
}

struct input *
input_open(const char *path, const char *encoding, struct err *err)
{
	/* Opening a pipe that nobody writes to must not wait for ever. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct input *in;

	if (fd < 0) {
		err_input(err, "%s: cannot be read: %s", path,
		          strerror(errno));
		return NULL;
	}
	in = xcalloc(1, sizeof(*in));
	in->path = xstrdup(path);
	in->fd = fd;
	in->line = 1;
	in->decoder = NO_DECODER;
	in->raw = xmalloc(LEFT_MAX + BLOCK);
	in->digest = digest_new();
	if (begin(in, encoding, err) < 0) {
		input_close(in);
		return NULL;
	}
	return in;
}

void
input_close(struct input *in)
{
	if (!in)
		return;
	if (in->decoder != NO_DECODER)
		iconv_close(in->decoder);
	close(in->fd);
	digest_free(in->digest);
	buf_release(&in->text);
	free(in->raw);
	free(in->path);
	free(in);
}

const char *
input_head(const struct input *in, size_t *len)
{
	*len = in->text.len < SOURCE_HEAD ? in->text.len : SOURCE_HEAD;
	return buf_text(&in->text);
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
	*data = buf_text(&in->text);
	*len = in->text.len;
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
	return in->modified;
}

uint64_t
input_size(const struct input *in)
{
	return in->size;
}
