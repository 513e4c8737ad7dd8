/*
 * Characters that nobody sees in a value, and that make it another one: blanks
 * that are no U+0020, marks of direction, joiners, controls.
 */
#ifndef BASE_INVISIBLE_H
#define BASE_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Whether the character shows nothing: controls, formats, separators, private
 * and unassigned ones (Unicode Standard, section 4.5), fillers and selectors
 * of variants. U+0020 is none.
 */
bool invisible_is(uint32_t character);

#endif
