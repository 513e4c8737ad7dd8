/*
 * Looking into a JSON text that is known to be valid, without a tree: numbers
 * stay as they are written, and places in the text can be told.
 */
#ifndef COLLECT_IMPORT_JSON_SPAN_H
#define COLLECT_IMPORT_JSON_SPAN_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* A value within a text, without blanks around it; len 0: there is none. */
struct json_span {
	const char *text;
	size_t len;
};

/* The first value of the text. */
struct json_span json_span_of(const char *text, size_t len);

/*
 * The next child of an array or object: true with its name (of an object: a
 * string as it is written, in quotes) and value. *AT begins as 0.
 */
bool json_span_next(struct json_span parent, size_t *at,
                    struct json_span *name, struct json_span *value);
/* The member of that name, whatever its case. */
struct json_span json_span_member(struct json_span object, const char *name);

bool json_span_is_null(struct json_span s);
/* Appends what a string says, without quotes and escapes. */
void json_span_string(struct buf *out, struct json_span string);

#endif
