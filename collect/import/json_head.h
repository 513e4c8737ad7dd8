/* How a JSON file begins, which may be cut anywhere. */
#ifndef COLLECT_IMPORT_JSON_HEAD_H
#define COLLECT_IMPORT_JSON_HEAD_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a head is JSON; whether it has a key, at most two objects deep. */
bool json_head_is(const char *head, size_t len);
bool json_head_has(const char *head, size_t len, const char *key);

#endif
