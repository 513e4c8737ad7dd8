/* The snapshot's manifest, for its reader and writer alone. */
#ifndef COLLECT_SNAPSHOT_MANIFEST_H
#define COLLECT_SNAPSHOT_MANIFEST_H

#include <stdint.h>

#include "base/digest.h"
#include "base/when.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/cover.h"
#include "collect/snapshot/lack.h"

struct err;
struct json;

struct manifest_section {
	enum section_state state;
	char *reason;                /* or NULL */
	char *file;                  /* plain name; NULL: no objects stored */
	uint64_t count;
	char digest[DIGEST_TEXT];
	bool has_checksum;           /* older writers gave none */
	uint64_t checksum;           /* that of blob.h */
	bool all_attributes;
	struct name_set attributes;
	struct lack_list lacks;      /* in the order in which they were met */
	bool all_objects;            /* partial, but only values lack */
	char *delta;                 /* Graph's link to changes, or NULL */
};

/* A complete section with lacks becomes partial, with all its objects. */
void manifest_settle(struct manifest_section *s);

struct manifest {
	when_t collected;
	struct manifest_section sections[SECTION_COUNT];
	/* Arrays, and one object, each in a tree of its own. */
	struct json *inputs, *notes, *servers, *request;
};

void manifest_init(struct manifest *m);
void manifest_release(struct manifest *m);

/* The tree of M; the caller frees it. */
struct json *manifest_to_json(const struct manifest *m);

/* Fills M from the file PATH; 0, or -1 with ERR filled. */
int manifest_load(struct manifest *m, const char *path,
                  char digest[DIGEST_TEXT], struct err *err);

#endif
