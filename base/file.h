/*
 * Files: reading by lines with a ceiling, and writing so that a name is seen
 * only when all its bytes are there.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"

struct buf;
struct err;

/*
 * A file being written: to NAME.tmp, renamed to NAME by outfile_commit. Writes
 * are buffered, and those of large files done by a thread; the first failure is
 * kept and told by the commit. The digest is computed on the way.
 */
struct outfile;

enum outfile_kind {
	OUTFILE_SAFE,     /* on the disk when it gets its name */
	OUTFILE_ALONE,    /* the same; nobody asks for its sums */
	OUTFILE_LISTED,   /* a manifest has its digest: a loss is noticed */
	OUTFILE_PACKED,   /* safe, and packed by Zstandard (base/zst.h) */
};

/* What a manifest says of a file. */
struct file_sums {
	char digest[DIGEST_TEXT];
	uint64_t checksum;       /* as blob_checksum */
};

/*
 * NULL with ERR filled when the file cannot be made. What one outfile_add gives
 * to a packed file stays in one frame.
 */
struct outfile *outfile_open(const char *path, enum outfile_kind kind,
                             struct err *err);
void outfile_add(struct outfile *f, const char *data, size_t len);
void outfile_adds(struct outfile *f, const char *text);
/*
 * Writes what is left, closes, renames, frees F; 0, or -1 with ERR filled and
 * no file left behind. SUMS may be NULL.
 */
int outfile_commit(struct outfile *f, struct file_sums *sums,
                   struct err *err);
/* Removes the unfinished file and frees F; takes NULL. */
void outfile_abort(struct outfile *f);

/*
 * A file read by lines. The line handed out lacks its end ("\n" or "\r\n"),
 * has a NUL behind it, and is borrowed until the next call.
 */
struct lines;

/* MAX is the longest line accepted, in bytes. NULL with ERR filled. */
struct lines *lines_open(const char *path, size_t max, struct err *err);
/* 1 with *LINE and *LEN set, 0 at the end, -1 with ERR filled. */
int lines_next(struct lines *l, const char **line, size_t *len,
               struct err *err);
/* The number of the line handed out last, from 1. */
uint64_t lines_number(const struct lines *l);
/* Adds up the bytes read so far: after the end, the digest of the file. */
void lines_digest(struct lines *l, char digest[DIGEST_TEXT]);
void lines_close(struct lines *l);

/* Appends a whole small file to OUT, whose ceiling is obeyed. */
int file_read(const char *path, struct buf *out, struct err *err);

/* "FOLDER/NAME"; the caller frees it. */
char *path_join(const char *folder, const char *name);
/* What follows the last slash of PATH, trailing slashes aside; owned. */
char *path_base(const char *path);

#endif
