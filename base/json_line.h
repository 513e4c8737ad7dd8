/* Which line of a JSON text a value stands in, which the tree does not tell. */
#ifndef BASE_JSON_LINE_H
#define BASE_JSON_LINE_H

#include <stddef.h>

/* A step down the tree: a key of an object, or a place in an array. */
struct json_step {
	const char *key;             /* NULL: it is a place */
	size_t at;
};

/* The line, from 1, of what DEPTH steps lead to in TEXT, which is JSON. */
unsigned json_line(const char *text, const struct json_step *steps,
                   size_t depth);

/* Behind the string that begins at P, with its quote, or at the text's end. */
const char *json_string_end(const char *p);

#endif
