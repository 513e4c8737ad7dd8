/* For checksum.c: XXH3 as compiled for AVX2, where the compiler can do that. */
#ifndef BASE_CHECKSUM_AVX2_H
#define BASE_CHECKSUM_AVX2_H

#include <stddef.h>
#include <stdint.h>

uint64_t checksum_avx2(const void *data, size_t len);

#endif
