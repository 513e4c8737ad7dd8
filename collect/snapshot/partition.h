/* In which partition of a forest an object lies, by its DN. */
#ifndef COLLECT_SNAPSHOT_PARTITION_H
#define COLLECT_SNAPSHOT_PARTITION_H

#include <stddef.h>

struct buf;

enum partition {
	PARTITION_NONE,          /* no DN, or one that ends in no DC */
	PARTITION_DOMAIN,
	PARTITION_CONFIGURATION, /* the schema's as well */
	PARTITION_APPLICATION,   /* of DNS: its zones are no domains */
};

/*
 * Appends to NAME, in lower case, the DNS name that the last DCs of DN give.
 * *TAIL: where in DN the RDN before them begins, or (size_t)-1 without one;
 * whatever ends in ",TAIL" lies in the same partition.
 */
enum partition partition_of(const char *dn, struct buf *name, size_t *tail);

/* The same of a canonical name: "contoso.com/Staff/A". */
enum partition partition_of_canonical(const char *canonical,
                                      struct buf *name);

#endif
