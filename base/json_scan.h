/*
 * The strict check of JSON (RFC 8259), and the way from a line of NDJSON to a
 * record without a tree.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include <stddef.h>

struct record;

enum {
	JSON_DEPTH = 32,             /* nesting accepted */
	JSON_VALUE_MAX = 16 << 20,   /* longest value accepted, in bytes */
	JSON_NAMES_MAX = 20000,      /* members of an object read as record */
};

/* Where a text breaks the grammar, and what was wanted there. */
struct json_error {
	size_t offset;
	const char *want;
};

/* 0 when TEXT is exactly one valid value in UTF-8; else -1, *E filled. */
int json_check(const char *text, size_t len, struct json_error *e);

/*
 * Reads one object into R: strings as text, arrays of strings as lists, any
 * other value as VALUE_JSON without blanks (null: an attribute without value).
 * Of a name that comes twice the last value counts, as in cJSON. 0, or -1 with
 * *E filled.
 */
int json_read_record(const char *text, size_t len, struct record *r,
                     struct json_error *e);

#endif
