/*
 * Characters that nobody sees in a value, and that make it another one: blanks
 * that are no U+0020, marks of direction, joiners, controls.
 */
#ifndef BASE_INVISIBLE_H
#define BASE_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>

struct buf;

/*
 * Whether the character shows nothing: controls, formats, separators, private
 * and unassigned ones (Unicode Standard, section 4.5), fillers and selectors
 * of variants. U+0020 is none.
 */
bool invisible_is(uint32_t character);

/*
 * Appends what is invisible in the UTF-8 of TEXT, each kind once: "U+00A0
 * no-break space, ends with a space". Nothing where all is seen; false then.
 */
bool invisible_describe(struct buf *out, const char *text);

/* Whether TEXT has such characters other than spaces. */
bool invisible_any(const char *text);
/* Whether TEXT, which is not empty, shows nothing at all. */
bool invisible_all(const char *text);

#endif
