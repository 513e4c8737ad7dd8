/*
 * A file of lines that several threads read at once, in pieces or by place:
 * plain, or packed by Zstandard. Places are bytes of the text.
 */
#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include <stddef.h>
#include <stdint.h>

struct blob;
struct blob_reader;
struct err;

/* A piece is about so long: half of a core's cache is left for the rest. */
enum { BLOB_PIECE = 256 << 10 };

/*
 * Opens the file. One packed without a seek table is first unpacked into a
 * nameless file; of one that has it each frame must hold whole lines.
 */
struct blob *blob_open(const char *path, struct err *err);
void blob_close(struct blob *b);

size_t blob_pieces(const struct blob *b);
/* Bytes of its text. */
uint64_t blob_size(const struct blob *b);

/* A thread's way of reading; it keeps the piece that it unpacked last. */
struct blob_reader *blob_reader_new(const struct blob *b);
void blob_reader_free(struct blob_reader *r);

/* Lines of text, with ROOM bytes of room behind them as asked for. */
struct blob_text {
	char *data;
	size_t len;
	uint64_t from;           /* the place of the first byte */
	char *base;              /* what is allocated */
	size_t room;
};
void blob_text_release(struct blob_text *t);

/*
 * Fills T with the lines that begin in the piece, each whole, and PAD bytes of
 * room. LEAF, if not NULL, is set to the checksum of the piece as stored. 0,
 * or -1 with ERR filled; a line longer than MAX is an error.
 */
int blob_read_piece(struct blob_reader *r, size_t piece, size_t max,
                    size_t pad, struct blob_text *t, uint64_t *leaf,
                    struct err *err);
/* Fills T with the line at PLACE: WANTED bytes at least, or to its end. */
int blob_read_line(struct blob_reader *r, uint64_t place, size_t wanted,
                   size_t pad, struct blob_text *t, struct err *err);

/* The number of the line at PLACE, from 1: for messages. */
uint64_t blob_line_number(struct blob_reader *r, uint64_t place);

/*
 * Checksums for what may happen to a file by accident: XXH3 of a piece as it is
 * stored, and of a file from those of its pieces, in order, each as eight bytes
 * with the highest first.
 */
uint64_t blob_leaf(const char *data, size_t len);
uint64_t blob_checksum(const uint64_t *leaves, size_t n);

#endif
