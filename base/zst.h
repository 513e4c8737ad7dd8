/*
 * Zstandard (RFC 8878) in frames that can be read each for itself: a file is a
 * row of frames and a seek table, a skippable frame that other readers pass
 * over ("Zstandard Seekable Format", zstd's contrib/seekable_format). This
 * module alone includes zstd.h.
 */
#ifndef BASE_ZST_H
#define BASE_ZST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;

/* ---- writing ---- */

struct zst_writer;

struct zst_writer *zst_writer_new(void);
void zst_writer_free(struct zst_writer *w);
/* Appends a frame that holds TEXT to OUT, with its checksum. */
void zst_put_frame(struct zst_writer *w, const char *text, size_t len,
                   struct buf *out);
/* Appends the seek table of the frames so far. */
void zst_put_table(struct zst_writer *w, struct buf *out);

/* ---- reading ---- */

/* Whether the file begins as Zstandard does. */
bool zst_is(int fd);

/* The frames of a file: where each begins, in the file and in its text. */
struct zst_table {
	size_t count;
	uint64_t *file, *text;   /* COUNT + 1 of them */
};

/*
 * 1 with TABLE filled, 0 when the file has no seek table, -1 with ERR filled.
 * Release it in any case.
 */
int zst_read_table(int fd, const char *path, struct zst_table *table,
                   struct err *err);
void zst_table_release(struct zst_table *t);

/* One frame's text into TO, which has room for exactly LEN; 0 or -1. */
int zst_unpack(const char *frame, size_t frame_len, char *to, size_t len);

/* The text of the whole file FD into the file TO; 0, or -1 with ERR filled. */
int zst_unpack_file(int fd, const char *path, int to, struct err *err);

#endif
