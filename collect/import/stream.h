/*
 * The bytes of an input, wherever they are: in a file, on standard input, or
 * packed in an archive (archive.h). They are read once, from the start.
 */
#ifndef COLLECT_IMPORT_STREAM_H
#define COLLECT_IMPORT_STREAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/when.h"

struct err;

#define SIZE_UNKNOWN UINT64_MAX

/* Each place of bytes has its own, which begins with this struct. */
struct stream {
	/*
	 * Up to LEN bytes into DATA, 0 at the end, -1 with ERR filled. May be
	 * called by another thread than the one that opened the stream.
	 */
	ssize_t (*read)(struct stream *s, char *data, size_t len,
	                struct err *err);
	void (*free)(struct stream *s);
	when_t modified;
	uint64_t size;           /* or SIZE_UNKNOWN, before it is read */
	int fd;                  /* that can be read again, or -1 */
};

/* The regular file PATH; NULL with ERR filled. */
struct stream *stream_of_file(const char *path, struct err *err);
/*
 * Standard input. If that is no file, its bytes are as old as now; PATH stands
 * for it in errors.
 */
struct stream *stream_of_stdin(const char *path, struct err *err);
/* Takes NULL. */
void stream_free(struct stream *s);

#endif
