/* What the manifest says of a section. */
#ifndef COLLECT_SNAPSHOT_MANIFEST_SECTION_H
#define COLLECT_SNAPSHOT_MANIFEST_SECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/cover.h"
#include "collect/snapshot/lack.h"

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
	struct partly_list partly;
	struct evidence_row *evidence;       /* not read back */
	size_t evidence_count, evidence_room;
	struct lack_list lacks;      /* in the order in which they were met */
	bool all_objects;            /* partial, but only values lack */
	char *delta;                 /* Graph's link to changes, or NULL */
};

#endif
