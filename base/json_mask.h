/*
 * Which bytes of a JSON text a scanner must stop at, as bits: the one place
 * that knows vector instructions. All ways give the same bits.
 */
#ifndef BASE_JSON_MASK_H
#define BASE_JSON_MASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes are looked at in groups: a text needs so much room behind its end. */
enum { JSON_GROUP = 64 };

enum json_way {
	JSON_PLAIN,      /* C, eight bytes at a time; on every machine */
	JSON_SSE2,
	JSON_AVX2,
	JSON_WAYS
};

/* Whether this program, on this processor, has the way. */
bool json_way_works(enum json_way way);
enum json_way json_best_way(void);

/*
 * Fills one bit a byte for GROUPS groups of TEXT: STOP where a string can not
 * simply go on (quote, backslash, control character), HIGH where a byte is not
 * ASCII. Bit 0 of a word is the first byte of its group.
 */
void json_mask(enum json_way way, const char *text, size_t groups,
               uint64_t *stop, uint64_t *high);

#endif
