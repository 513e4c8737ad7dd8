/*
 * Making a snapshot from files that a customer already has.
 */
#ifndef COLLECT_IMPORT_IMPORT_H
#define COLLECT_IMPORT_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/folder.h"
#include "base/when.h"
#include "collect/import/claim.h"
#include "collect/snapshot/snapshot.h"

struct import_settings {
	const char *const *files;
	size_t count;
	const char *kind;        /* --as, or NULL: recognised from content */
	const char *encoding;    /* or NULL */
	const char *output;
	enum folder_mode mode;
	when_t collected;        /* WHEN_NONE: the newest file's time */
	bool all_attributes;     /* the files hold every attribute set */
	enum empties empties;    /* what is empty throughout */
	enum snapshot_packing packing;
};

/* EXIT_DONE, EXIT_PARTIAL when a section is not whole, or as ERR says. */
enum exit_code import_run(const struct import_settings *set,
                          struct err *err);

/* "ldif, ad-csv, ...": the kinds; the caller frees it. */
char *import_kinds(void);

#endif
