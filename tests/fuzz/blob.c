/*
 * Fuzzes the reading of section files, plain and packed: whatever a file holds,
 * its pieces are lines that lie one behind the other, and each can be read
 * again by its place.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/blob.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LINE_MAX_BYTES = 1 << 16, PAD = 64 };

static void
must(int ok)
{
	if (!ok)
		abort();
}

/* The line at PLACE, read alone, begins as it did in its piece. */
static void
read_again(struct blob_reader *r, const struct blob_text *piece, size_t at)
{
	const char *nl = memchr(piece->data + at, '\n', piece->len - at);
	size_t len = nl ? (size_t)(nl - piece->data) - at : piece->len - at;
	struct blob_text line = { 0 };
	struct err err;

	must(blob_read_line(r, piece->from + at, len, PAD, &line, &err) == 0);
	must(line.len == len && !memcmp(line.data, piece->data + at, len));
	blob_text_release(&line);
}

static void
read_all(const struct blob *b)
{
	struct blob_reader *r = blob_reader_new(b), *other = blob_reader_new(b);
	struct blob_text t = { 0 };
	uint64_t end = 0, leaf;
	struct err err;

	for (size_t i = 0; i < blob_pieces(b); i++) {
		if (blob_read_piece(r, i, LINE_MAX_BYTES, PAD, &t, &leaf,
		                    &err) < 0)
			break;
		if (!t.len)
			continue;
		must(t.from == end);
		end = t.from + t.len;
		memset(t.data + t.len, '\n', PAD);
		read_again(other, &t, 0);
	}
	blob_text_release(&t);
	blob_reader_free(r);
	blob_reader_free(other);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);
	struct blob *b = NULL;
	char path[64];
	struct err err;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (write(fd, data, size) == (ssize_t)size)
		b = blob_open(path, &err);
	if (b)
		read_all(b);
	blob_close(b);
	close(fd);
	return 0;
}
