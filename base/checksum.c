/* XXH3, on any machine. */
#include "base/checksum.h"

#include "base/checksum_avx2.h"
#include "base/json_mask.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
checksum_short(const void *data, size_t len)
{
	return XXH3_64bits(data, len);
}

uint64_t
checksum_block(const void *data, size_t len)
{
	return json_way_works(JSON_AVX2) ? checksum_avx2(data, len)
	                                 : XXH3_64bits(data, len);
}
