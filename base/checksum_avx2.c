/* XXH3 for AVX2: the pragma must stand before xxHash chooses its way. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#pragma GCC target("avx2")
#endif

#include "base/checksum_avx2.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
checksum_avx2(const void *data, size_t len)
{
	return XXH3_64bits(data, len);
}
