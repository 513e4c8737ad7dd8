/*
 * What must be unique in the tenant, as fingerprints: a sign-in name, an
 * address, and other values of proxyAddresses ("Identity synchronization and
 * duplicate attribute resiliency").
 */
#ifndef ANALYZE_OBJECT_UNIQUE_H
#define ANALYZE_OBJECT_UNIQUE_H

#include <stdbool.h>
#include <stdint.h>

struct guid;

enum unique {
	UNIQUE_UPN,
	UNIQUE_ADDRESS,          /* an SMTP address, without its prefix */
	UNIQUE_PROXY,            /* a whole value of proxyAddresses */
	UNIQUE_MAIL,             /* AD's mail, by which sync joins objects */
	UNIQUE_ANCHOR,           /* a source anchor, in base64 */
	UNIQUE_JOIN,             /* what else sync joins forests by */
	UNIQUE_SAM,              /* sAMAccountName: not unique in a forest */
	UNIQUE_ALIAS,            /* mailNickname */
};

/* Equal, for equal values, whatever their case and the blanks around them. */
uint64_t unique_hash(enum unique kind, const char *value);
/* Whether two values of proxyAddresses are one, likewise. */
bool unique_is_same(const char *a, const char *b);
/* Of UNIQUE_ANCHOR, for a GUID. */
uint64_t unique_hash_anchor(const struct guid *anchor);

#endif
