/* The snapshot's manifest, for its reader and writer alone. */
#ifndef COLLECT_SNAPSHOT_MANIFEST_H
#define COLLECT_SNAPSHOT_MANIFEST_H

#include "base/digest.h"
#include "base/when.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/domain_list.h"
#include "collect/snapshot/manifest_section.h"

struct err;
struct json;

struct manifest {
	when_t collected;
	struct manifest_section sections[SECTION_COUNT];
	struct domain_list domains;
	bool has_domains;        /* older writers gave none */
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
