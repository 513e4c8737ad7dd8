/*
 * XXH3 (64 bits, seed 0), for fingerprints and for checksums against accidents.
 * xxHash is compiled into this module alone, for AVX2 where there is that.
 */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Of a block; the quickest way for long ones. */
uint64_t checksum_block(const void *data, size_t len);
/* The same number, the quickest way for short texts. */
uint64_t checksum_short(const void *data, size_t len);

#endif
