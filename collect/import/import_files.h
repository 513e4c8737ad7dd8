/*
 * The files that an import is given: those named, those in folders and their
 * sub-folders, those in archives, and standard input. What is no input is kept
 * with the reason until it is told.
 */
#ifndef COLLECT_IMPORT_IMPORT_FILES_H
#define COLLECT_IMPORT_IMPORT_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/when.h"
#include "collect/schema/schema.h"

struct bundle;
struct err;
struct input;
struct source;

/* How the user came to give a file. */
enum import_given {
	GIVEN_BY_NAME,
	GIVEN_WITHIN,            /* a folder or an archive */
};

struct import_file {
	char *path;              /* as messages show it */
	const char *name;        /* its end, which the snapshot records */
	enum import_given given;
	bool is_stdin;
	struct bundle *bundle;   /* the archive that it is in, or NULL */
	size_t member;
	char *refusal;           /* why it is no input, a sentence, or NULL */
	bool near;               /* it is data that lacks something */
	bool unlike;             /* it looks like nothing at all */
	const struct source *source;
	struct input *held;      /* standard input, which opens but once */
	char digest[DIGEST_TEXT];
	when_t modified;
	uint64_t size;
	uint64_t objects[SECTION_COUNT];
	bool names_deleted;      /* it says that it lists deleted users */
};

/* Zeroed, it is empty. */
struct import_files {
	struct import_file *items;
	size_t count, room;
	struct bundle **bundles, *awake;
	size_t bundle_count, bundle_room;
	char **missed;           /* sentences on files that will be missed */
	size_t missed_count, missed_room;
};

/*
 * Adds what the user named PATH; 0, or -1 with ERR filled when a folder or an
 * archive cannot be read or passes a ceiling.
 */
int import_files_add(struct import_files *f, const char *path,
                     struct err *err);
void import_files_drop(struct import_files *f, size_t i);
void import_files_release(struct import_files *f);

/*
 * By name, whatever order they were given in; standard input first, and what is
 * in an archive as it stands there, or it would have to be unpacked many times.
 */
void import_files_sort(struct import_files *f);

/* The caller closes it, one before the next; NULL with ERR filled. */
struct input *import_file_open(struct import_files *f, struct import_file *file,
                               struct err *err);
/* Says that the file is no input: "PATH: WHAT". */
void import_file_refuse(struct import_file *file, const char *what);

/*
 * Tells and drops those that are no input; what the user named, and what is
 * nearly an input, will be missed. -1 with ERR filled when none is left.
 */
int import_files_skip(struct import_files *f, const char *want,
                      struct err *err);
/* Prints which file gave what, if there are several. */
void import_files_list(const struct import_files *f);

#endif
