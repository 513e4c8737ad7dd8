/*
 * Finds the kind of each file before anything is read. What is no input is told
 * and dropped; a file of a known kind that is damaged ends the import.
 */
#ifndef COLLECT_IMPORT_RECOGNISE_H
#define COLLECT_IMPORT_RECOGNISE_H

#include <stddef.h>

struct err;
struct import_files;
struct source;

/* The kinds there are, in the order in which they are asked. */
struct kinds {
	const struct source *const *sources;
	size_t count;
	const struct source *forced;     /* --as, or NULL */
	const char *encoding;            /* --encoding, or NULL */
};

/* 0, or -1 with ERR filled when a file cannot be read or none is an input. */
int recognise_all(const struct kinds *k, struct import_files *files,
                  struct err *err);

#endif
