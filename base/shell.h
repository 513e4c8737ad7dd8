/* The one escape for what people paste into a shell. */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include <stdbool.h>

struct buf;

/* Whether a shell takes WORD as it stands, and no option for it. */
bool shell_is_plain(const char *word);
/*
 * Appends WORD as one word of a shell (POSIX, Shell Command Language 2.2.2); a
 * hyphen that it begins with stays, and may be an option's.
 */
void shell_quote(struct buf *out, const char *word);

/*
 * Whether WORD, quoted, may stand in a command that is told on a terminal: all
 * of it is seen, and nothing acts. Of another one what a terminal may get is
 * another word.
 */
bool shell_is_sayable(const char *word);
/*
 * Appends a path to a command that is told; one that cannot be said as
 * PLACEHOLDER, for which people type theirs.
 */
void shell_put_path(struct buf *out, const char *path, const char *placeholder);
/*
 * Likewise a name as the last word of a command: behind "--" if it looks like
 * an option.
 */
void shell_put_name(struct buf *out, const char *name, const char *placeholder);

#endif
