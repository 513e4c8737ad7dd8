/* A fingerprint of the best name that it has. */
#include "report/told_key.h"

#include <stddef.h>

#include "base/hash.h"

uint64_t
told_key(const char *guid, const char *dn, const char *object)
{
	return hash_text(guid ? guid : dn ? dn : object ? object : "");
}
