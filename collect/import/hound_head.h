/* How the files of BloodHound's collectors begin. */
#ifndef COLLECT_IMPORT_HOUND_HEAD_H
#define COLLECT_IMPORT_HOUND_HEAD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether HEAD is of an object whose first name is "data" or "meta", and what
 * follows has NAME as a name, with VALUE as the begin of a string under it;
 * VALUE may be NULL: then anything is.
 */
bool hound_begins_with(const char *head, size_t len, const char *name,
                       const char *value);
/* Whether a name of HEAD is NAME, as above, wherever it begins. */
bool hound_head_has(const char *head, size_t len, const char *name,
                    const char *value);

#endif
