/*
 * Fingerprints of 64 bits: equal things have equal ones, and most others
 * another. Who finds one must compare what stands behind it.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *data, size_t len);
uint64_t hash_text(const char *text);
/* The same for values that are one: that of utf8_fold_value. */
uint64_t hash_folded(const char *text);
/* That of HEAD, ASCII in lower case, and TEXT behind it. */
uint64_t hash_folded_behind(const char *head, const char *text);
/* For domains that are one: that of utf8_fold_domain. */
uint64_t hash_domain(const char *domain);

#endif
