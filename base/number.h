/* Whole numbers in text, read strictly and written for people. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdint.h>

/*
 * Reads TEXT, decimal digits, as a number of at most MAX. 0, or -1 when there
 * is no digit, anything else (a sign, a blank), or too large a number; then OUT
 * stays as it is.
 */
int number_parse(uint64_t *out, const char *text, uint64_t max);

enum { NUMBER_TEXT = 28 };

/* N as people read it, "1,234,567", in TEXT, which it returns. */
const char *number_grouped(uint64_t n, char text[NUMBER_TEXT]);

#endif
