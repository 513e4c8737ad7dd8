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
	CARRY = 64,              /* room for a character cut by a block's end */
};

enum form { FORM_BYTES, FORM_UTF16LE, FORM_UTF16BE, FORM_NAMED };

struct input {
	char *path;
	int fd;
	when_t modified;
	uint64_t size;
	enum form form;
	char *encoding;          /* as named, or NULL */
	iconv_t cd;              /* valid when encoding is set */
	char *raw;               /* what was read and is not decoded yet */
	size_t raw_len;
	bool begun, at_end;
	struct digest *digest;
	struct buf text;         /* decoded */
	bool handed_out;         /* all of text was given to the caller */
	uint64_t lines;          /* ended before text */
};

/* Binary formats that people hand over by mistake. */
static const struct {
	const char *magic;
	size_t len;
	const char *what;
} binaries[] = {
	{ .magic = "\x1f\x8b", .len = 2,
	  .what = "is compressed with gzip; unpack it first" },
	{ .magic = "BZh", .len = 3,
	  .what = "is compressed with bzip2; unpack it first" },
	{ .magic = "\xfd" "7zXZ", .len = 5,
	  .what = "is compressed with xz; unpack it first" },
	{ .magic = "\x28\xb5\x2f\xfd", .len = 4,
	  .what = "is compressed with zstd; unpack it first" },
	{ .magic = "7z\xbc\xaf", .len = 4,
	  .what = "is a 7z archive; unpack it first" },
	{ .magic = "\xd0\xcf\x11\xe0", .len = 4,
	  .what = "is an old Office document; save it as CSV" },
	{ .magic = "%PDF-", .len = 5,
	  .what = "is a PDF; want the data themselves" },
};

static struct input *
open_failed(struct input *in, struct err *err, const char *what)
{
	err_input(err, "%s: %s", in->path, what);
	input_close(in);
	return NULL;
}

static int
open_encoding(struct input *in, const char *encoding, struct err *err)
{
	/* A slash would carry glibc's options, such as //IGNORE. */
	if (!strchr(encoding, '/'))
		in->cd = iconv_open("UTF-8", encoding);
	else
		in->cd = (iconv_t)-1;
	if (in->cd == (iconv_t)-1)
		return err_usage(err, "--encoding: \"%s\" is not known; want a "
		                 "name that iconv -l prints, such as "
		                 "WINDOWS-1252", encoding);
	in->encoding = xstrdup(encoding);
	in->form = FORM_NAMED;
	return 0;
}

struct input *
input_open(const char *path, const char *encoding, struct err *err)
{
	struct input *in = xcalloc(1, sizeof(*in));
	struct stat st;

	in->path = xstrdup(path);
	in->raw = xmalloc(BLOCK + CARRY);
	in->digest = digest_new();
	in->handed_out = true;
	/* Opening a pipe that nobody writes to must not wait for ever. */
	in->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (in->fd < 0 || fstat(in->fd, &st) < 0) {
		err_input(err, "%s: cannot be read: %s", path, strerror(errno));
		input_close(in);
		return NULL;
	}
	if (S_ISDIR(st.st_mode))
		return open_failed(in, err, "is a folder; want a file");
	if (!S_ISREG(st.st_mode))
		return open_failed(in, err, "is not a regular file; save the "
		                   "data to one");
	in->modified = st.st_mtim.tv_sec;
	in->size = (uint64_t)st.st_size;
	if (encoding && open_encoding(in, encoding, err) < 0) {
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
	if (in->fd >= 0)
		close(in->fd);
	if (in->encoding)
		iconv_close(in->cd);
	digest_free(in->digest);
	buf_release(&in->text);
	free(in->encoding);
	free(in->raw);
	free(in->path);
	free(in);
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

void
input_digest(struct input *in, char digest[DIGEST_TEXT])
{
	digest_finish(in->digest, digest);
	in->digest = NULL;
}

static uint64_t
count_lines(const char *text, size_t len)
{
	const char *end = text + len;
	uint64_t n = 0;

	while (len && (text = memchr(text, '\n', (size_t)(end - text)))) {
		text++;
		n++;
	}
	return n;
}

/* The line that the byte AT of the decoded text stands in. */
static unsigned long long
line_at(const struct input *in, size_t at)
{
	return in->lines + count_lines(buf_text(&in->text), at) + 1;
}

/* Reads until the block is full or the file ends. */
static int
fill(struct input *in, struct err *err)
{
	size_t want = BLOCK + CARRY - in->raw_len;

	while (want > 0 && !in->at_end) {
		ssize_t n = read(in->fd, in->raw + in->raw_len, want);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_input(err, "%s: cannot be read: %s",
			                 in->path, strerror(errno));
		digest_add(in->digest, in->raw + in->raw_len, (size_t)n);
		in->raw_len += (size_t)n;
		want -= (size_t)n;
		in->at_end = n == 0;
	}
	return 0;
}

/* Forgets the first N raw bytes: they are decoded. */
static void
consume(struct input *in, size_t n)
{
	in->raw_len -= n;
	memmove(in->raw, in->raw + n, in->raw_len);
}

static int
refuse_zip(struct input *in, struct err *err)
{
	if (memmem(in->raw, in->raw_len, "xl/", 3) ||
	    memmem(in->raw, in->raw_len, "[Content_Types].xml", 19))
		return err_input(err, "%s: is an Excel workbook; save it as "
		                 "CSV", in->path);
	return err_input(err, "%s: is a zip archive; unpack it first",
	                 in->path);
}

static int
refuse_binary(struct input *in, struct err *err)
{
	if (in->raw_len >= 4 && memcmp(in->raw, "PK\3\4", 4) == 0)
		return refuse_zip(in, err);
	for (size_t i = 0; i < sizeof(binaries) / sizeof(binaries[0]); i++)
		if (in->raw_len >= binaries[i].len &&
		    memcmp(in->raw, binaries[i].magic, binaries[i].len) == 0)
			return err_input(err, "%s: %s", in->path,
			                 binaries[i].what);
	return 0;
}

/* A mark says more of a file than --encoding, which is meant for many. */
static void
take_mark(struct input *in)
{
	static const struct {
		const char *mark;
		size_t len;
		enum form form;
	} marks[] = {
		{ .mark = "\xef\xbb\xbf", .len = 3, .form = FORM_BYTES },
		{ .mark = "\xff\xfe", .len = 2, .form = FORM_UTF16LE },
		{ .mark = "\xfe\xff", .len = 2, .form = FORM_UTF16BE },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (in->raw_len < marks[i].len ||
		    memcmp(in->raw, marks[i].mark, marks[i].len) != 0)
			continue;
		in->form = marks[i].form;
		consume(in, marks[i].len);
		return;
	}
}

static void
put_utf8(struct buf *out, uint32_t c)
{
	if (c < 0x80) {
		buf_addc(out, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_addc(out, (char)(0xc0 | c >> 6));
	} else if (c < 0x10000) {
		buf_addc(out, (char)(0xe0 | c >> 12));
		buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
	} else {
		buf_addc(out, (char)(0xf0 | c >> 18));
		buf_addc(out, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_addc(out, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_addc(out, (char)(0x80 | (c & 0x3f)));
}

static uint32_t
unit_at(const struct input *in, size_t at)
{
	unsigned char a = (unsigned char)in->raw[at];
	unsigned char b = (unsigned char)in->raw[at + 1];

	if (in->form == FORM_UTF16LE)
		return (uint32_t)b << 8 | a;
	return (uint32_t)a << 8 | b;
}

/*
 * Decodes the character at AT: the bytes that it has, 0 when it is not all
 * there, -1 when it is none.
 */
static int
utf16_character(struct input *in, size_t at)
{
	uint32_t high, low;

	if (in->raw_len - at < 2)
		return 0;
	high = unit_at(in, at);
	if (high < 0xd800 || high > 0xdfff) {
		put_utf8(&in->text, high);
		return 2;
	}
	if (high > 0xdbff)
		return -1;
	if (in->raw_len - at < 4)
		return 0;
	low = unit_at(in, at + 2);
	if (low < 0xdc00 || low > 0xdfff)
		return -1;
	put_utf8(&in->text, 0x10000 + ((high - 0xd800) << 10 | (low - 0xdc00)));
	return 4;
}

static int
decode_utf16(struct input *in, struct err *err)
{
	size_t at = 0;
	int n;

	while ((n = utf16_character(in, at)) > 0)
		at += (size_t)n;
	if (n < 0)
		return err_input(err, "%s:%llu: surrogate %04X stands alone; "
		                 "want UTF-16, as the byte-order mark says",
		                 in->path, line_at(in, in->text.len),
		                 unit_at(in, at));
	consume(in, at);
	if (in->at_end && in->raw_len)
		return err_input(err, "%s:%llu: ends in the middle of a UTF-16 "
		                 "character; the file was cut", in->path,
		                 line_at(in, in->text.len));
	return 0;
}

static int
decode_named(struct input *in, struct err *err)
{
	char out[16 * 1024];
	char *from = in->raw;
	size_t left = in->raw_len, rc;
	int why;

	do {
		char *to = out;
		size_t room = sizeof(out);

		rc = iconv(in->cd, &from, &left, &to, &room);
		why = errno;
		buf_add(&in->text, out, (size_t)(to - out));
	} while (rc == (size_t)-1 && why == E2BIG);
	if (rc == (size_t)-1 && (why != EINVAL || in->at_end))
		return err_input(err, "%s:%llu: byte 0x%02X is not %s",
		                 in->path, line_at(in, in->text.len),
		                 (unsigned char)*from, in->encoding);
	consume(in, in->raw_len - left);
	return 0;
}

static int
decode(struct input *in, struct err *err)
{
	switch (in->form) {
	case FORM_UTF16LE:
	case FORM_UTF16BE:
		return decode_utf16(in, err);
	case FORM_NAMED:
		return decode_named(in, err);
	case FORM_BYTES:
		break;
	}
	buf_add(&in->text, in->raw, in->raw_len);
	in->raw_len = 0;
	return 0;
}

static int
refuse_nul(struct input *in, size_t from, struct err *err)
{
	const char *text = buf_text(&in->text);
	const char *nul = memchr(text + from, '\0', in->text.len - from);

	if (!nul)
		return 0;
	return err_input(err, "%s:%llu: a NUL byte; want text%s", in->path,
	                 line_at(in, (size_t)(nul - text)),
	                 in->form != FORM_BYTES ? "" :
	                 " (if it is UTF-16 without a byte-order mark, say "
	                 "--encoding UTF-16LE)");
}

/* Reads and decodes one block more, behind what is there. */
static int
advance(struct input *in, struct err *err)
{
	size_t from = in->text.len;

	if (fill(in, err) < 0)
		return -1;
	if (!in->begun) {
		if (refuse_binary(in, err) < 0)
			return -1;
		take_mark(in);
	}
	in->begun = true;
	if (decode(in, err) < 0)
		return -1;
	return refuse_nul(in, from, err);
}

int
input_head(struct input *in, const char **head, size_t *len, struct err *err)
{
	in->handed_out = false;
	while (in->text.len < SOURCE_HEAD && !in->at_end)
		if (advance(in, err) < 0)
			return -1;
	if (!in->text.len)
		return err_input(err, "%s: is empty", in->path);
	*head = buf_text(&in->text);
	*len = in->text.len < SOURCE_HEAD ? in->text.len : SOURCE_HEAD;
	return 0;
}

int
input_next(struct input *in, const char **data, size_t *len, struct err *err)
{
	if (in->handed_out) {
		in->lines += count_lines(buf_text(&in->text), in->text.len);
		buf_clear(&in->text);
	}
	while (!in->text.len && !in->at_end)
		if (advance(in, err) < 0)
			return -1;
	in->handed_out = true;
	*data = buf_text(&in->text);
	*len = in->text.len;
	return in->text.len > 0;
}
