/* How wide the terminal is. */
#ifndef BASE_TERM_WIDTH_H
#define BASE_TERM_WIDTH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The columns of the terminal that is standard output; of none COLUMNS, if
 * that is a number; else 80.
 */
size_t term_width(void);
/* Whether either says it: no program may be reading. */
bool term_width_is_told(void);

#endif
