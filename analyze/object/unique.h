/*
 * What must be unique in the tenant, as fingerprints: a sign-in name, an
 * address, and other values of proxyAddresses ("Identity synchronization and
 * duplicate attribute resiliency").
 */
#ifndef ANALYZE_OBJECT_CLAIM_H
#define ANALYZE_OBJECT_CLAIM_H

#include <stdint.h>

struct guid;

enum claim {
	CLAIM_UPN,
	CLAIM_ADDRESS,           /* an SMTP address, without its prefix */
	CLAIM_PROXY,             /* a whole value of proxyAddresses */
	CLAIM_MAIL,              /* AD's mail, by which sync joins objects */
	CLAIM_ANCHOR,            /* a source anchor, in base64 */
};

/* Equal, for equal values, whatever their case. */
uint64_t claim_hash(enum claim claim, const char *value);
/* Of CLAIM_ANCHOR, for a GUID. */
uint64_t claim_hash_anchor(const struct guid *anchor);

#endif
