/* Which domain a crossRef stands for; see snapshot.h. */
#include "collect/snapshot/snapshot.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/record.h"
#include "collect/snapshot/partition.h"

/* systemFlags of one that stands for a domain; they may be negative. */
enum { NTDS_DOMAIN = 2 };

bool
snapshot_crossref(const struct record *r, struct buf *domain,
                  struct buf *forest)
{
	const char *dn = record_text(r, AD_DN);
	const char *nc = record_text(r, "nCName");
	const char *flags = record_text(r, "systemFlags");
	size_t tail;

	if (!dn || !nc || !flags || !(strtoll(flags, NULL, 10) & NTDS_DOMAIN))
		return false;
	buf_clear(domain);
	buf_clear(forest);
	return partition_of(dn, forest, &tail) == PARTITION_CONFIGURATION &&
	       partition_of(nc, domain, &tail) == PARTITION_DOMAIN &&
	       tail == SIZE_MAX;
}
