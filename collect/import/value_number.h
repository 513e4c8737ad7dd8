/* Whole numbers as programs write them. */
#ifndef COLLECT_IMPORT_VALUE_NUMBER_H
#define COLLECT_IMPORT_VALUE_NUMBER_H

#include <stdint.h>

/*
 * Decimal, 0x hexadecimal, with ".0" behind it, or before its names as ldp
 * shows it, "0x200 = ( NORMAL_ACCOUNT )". NULL when it was read, else what is
 * wrong with it: the end of a sentence, or "" when it is no number at all.
 */
const char *number_read(int64_t *out, const char *text);

#endif
