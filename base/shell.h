/* The one escape for what people paste into a shell. */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include <stdbool.h>

struct buf;

/* Whether a shell takes WORD as it stands, and no option for it. */
bool shell_is_plain(const char *word);
/* Appends WORD as one word of a shell (POSIX, Shell Command Language 2.2.2). */
void shell_quote(struct buf *out, const char *word);

#endif
