/* A snapshot that is read; for its readers in this room alone. */
#ifndef COLLECT_SNAPSHOT_OPENED_H
#define COLLECT_SNAPSHOT_OPENED_H

#include "collect/snapshot/manifest.h"

struct snapshot {
	char *path, *name;
	char digest[DIGEST_TEXT];
	struct manifest manifest;
	bool domains_known;      /* they are in the manifest, or were found */
};

#endif
