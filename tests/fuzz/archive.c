/*
 * Fuzzes archives: all members are listed, and read up to their end, in the
 * order in which they lie and then the first one again.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "collect/import/archive.h"
#include "collect/import/stream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(int ok, const struct err *err)
{
	if (!ok && (err->code != EXIT_INPUT || !*err->text))
		abort();
}

static void
read_member(struct bundle *b, size_t i)
{
	char piece[4096];
	struct err err = { 0 };
	struct stream *s = bundle_stream(b, i, &err);
	ssize_t n = s ? 1 : -1;

	while (n > 0)
		n = s->read(s, piece, sizeof(piece), &err);
	check(n == 0, &err);
	stream_free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	struct err err = { 0 };
	struct bundle *b;
	int fd = memfd_create("archive", MFD_CLOEXEC);

	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (!bundle_is((const char *)data, size < BUNDLE_HEAD ? size
	                                                      : BUNDLE_HEAD)) {
		close(fd);
		return 0;
	}
	b = bundle_open(path, &err);
	check(b != NULL, &err);
	for (size_t i = 0; b && i < bundle_count(b); i++)
		read_member(b, i);
	if (b && bundle_count(b))
		read_member(b, 0);
	bundle_free(b);
	close(fd);
	return 0;
}
