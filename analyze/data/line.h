/* Which line of a JSON text a value stands in, which the tree does not tell. */
#ifndef ANALYZE_DATA_LINE_H
#define ANALYZE_DATA_LINE_H

#include <stddef.h>

/* A step down the tree: a key of an object, or a place in an array. */
struct data_step {
	const char *key;             /* NULL: it is a place */
	size_t at;
};

/* The line, from 1, of what DEPTH steps lead to in TEXT, which is JSON. */
unsigned data_line(const char *text, const struct data_step *steps,
                   size_t depth);

#endif
