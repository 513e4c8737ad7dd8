/* Whole numbers in text: digits and nothing else, unlike strtoul(). */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdint.h>

/*
 * Reads TEXT, decimal digits, as a number of at most MAX. 0, or -1 when there
 * is no digit, anything else (a sign, a blank), or too large a number; then OUT
 * stays as it is.
 */
int number_parse(uint64_t *out, const char *text, uint64_t max);

#endif
