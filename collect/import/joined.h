/*
 * Texts that a program made of several values: PowerShell joins the elements of
 * a list by blanks where it wants one text, others take other marks. A text is
 * taken apart only where each part shows by itself that it is one.
 */
#ifndef COLLECT_IMPORT_JOINED_H
#define COLLECT_IMPORT_JOINED_H

#include <stdbool.h>

struct record;

/*
 * Each adds the values in TEXT to the attribute NAME, which becomes a list. 0,
 * or -1 when the text can be read in several ways; then nothing is added.
 */
int joined_addresses(struct record *to, const char *name, const char *text);
int joined_words(struct record *to, const char *name, const char *text);
/* Whether the text holds more than one address, and each is clear. */
bool joined_has_several(const char *text);
/* Distinguished names: a new one begins behind a "DC=..." and a blank. */
int joined_names(struct record *to, const char *name, const char *text);

#endif
