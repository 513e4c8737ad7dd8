/*
 * The one escape for text that goes to a terminal. Directory values are
 * written by many people: a name must not move the cursor or reorder a line.
 */
#ifndef BASE_TERM_H
#define BASE_TERM_H

#include <stddef.h>

/*
 * Copies TEXT into OUT (SIZE bytes with the NUL). Control characters (C0, DEL,
 * C1) and bytes that are not UTF-8 become \xHH, other characters that nobody
 * sees <U+HHHH>; text that does not fit ends in "...".
 */
void term_safe(char *out, size_t size, const char *text);

/* TEXT made safe, in storage reused after four further calls. */
const char *term_text(const char *text);

/* How a word looks where it may. */
enum term_style {
	TERM_BAD, TERM_WARN, TERM_GOOD, TERM_BOLD, TERM_END,
	TERM_STYLES
};

/*
 * What begins the style, and TERM_END what ends it. Empty where standard
 * output is no terminal or a dumb one, and where NO_COLOR is set and not
 * empty (no-color.org).
 */
const char *term_style(enum term_style s);

#endif
