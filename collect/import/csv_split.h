/*
 * Several values in one cell: taken apart as the program that joined them put
 * them together, or else at what repeats.
 */
#ifndef COLLECT_IMPORT_CSV_SPLIT_H
#define COLLECT_IMPORT_CSV_SPLIT_H

#include <stddef.h>

struct buf;

/* What the values of a list look like, so that the joint can be seen. */
enum split_by {
	SPLIT_CSVDE,             /* csvde's: ";", of which "\;" is none */
	SPLIT_CSVDE_ONE,         /* one value, with the same escapes */
	SPLIT_ADDRESSES,         /* PREFIX:text, or text@text */
	SPLIT_NAMES,             /* distinguished names */
	SPLIT_WORDS,             /* words without blanks: object classes */
	SPLIT_TEXTS,             /* anything else */
};

/* Whether all values are there. */
enum split_end {
	SPLIT_WHOLE,
	SPLIT_CUT,               /* the shell left some out: "{a, b...}" */
};

/* Takes one value. */
struct cell_sink {
	void (*value)(struct cell_sink *s, const char *text, size_t len);
};

enum split_end split_cell(struct cell_sink *s, enum split_by by,
                          const char *text);

#endif
