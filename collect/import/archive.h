/*
 * Archives that customers pack their exports into: zip and tar, and single
 * files compressed by gzip, zstd, xz or bzip2. Members are read as they lie
 * there, one at a time; nothing is ever extracted, so that their names are only
 * names. Ceilings hold against archives that unpack to more than anybody sends.
 * What a bundle hands out belongs to it. This module alone knows libarchive.
 */
#ifndef COLLECT_IMPORT_ARCHIVE_H
#define COLLECT_IMPORT_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/when.h"

struct bundle;
struct err;
struct stream;

/* What is looked at to tell what a file is. */
enum { BUNDLE_HEAD = 512 };

struct bundle_member {
	char *path;              /* "FOLDER/a.zip/b.json" */
	when_t modified;
	uint64_t size;           /* or SIZE_UNKNOWN */
	bool encrypted;
	uint64_t unpacked;       /* bytes of it that were seen */
};

/* Whether a file that begins with HEAD is an archive. */
bool bundle_is(const char *head, size_t len);
/*
 * Lists the regular files in the archive PATH; NULL with ERR filled when it is
 * damaged or passes a ceiling.
 */
struct bundle *bundle_open(const char *path, struct err *err);
const char *bundle_path(const struct bundle *b);
size_t bundle_count(const struct bundle *b);
const struct bundle_member *bundle_member(const struct bundle *b, size_t i);
/*
 * The bytes of member I; NULL with ERR filled. Only one stream of an archive is
 * open at a time.
 */
struct stream *bundle_stream(struct bundle *b, size_t i, struct err *err);
/* Closes the file until the next stream is asked for; takes NULL. */
void bundle_rest(struct bundle *b);
void bundle_free(struct bundle *b);

#endif
