/*
 * What is known of attributes from the objects before: nearly all objects of an
 * input have the same names, and often the same values.
 */
#ifndef COLLECT_IMPORT_VALUE_KNOWN_H
#define COLLECT_IMPORT_VALUE_KNOWN_H

#include <stddef.h>

#include "base/record.h"
#include "collect/import/value_read.h"
#include "collect/import/value_syntax.h"

struct value_known;

enum { KNOWN_VALUE = 32 };       /* bytes */

/* How an attribute's values are read. */
struct known_row {
	const struct value_row *row;     /* NULL: nobody reads them */
	char canonical[KNOWN_VALUE];     /* a value that needs no change */
	size_t len;                      /* 0: none */
	enum value_kind kind;
};

struct value_known *value_known_new(void);
void value_known_free(struct value_known *k);

/*
 * How to read an attribute of the record, or NULL when there is nothing to do,
 * whatever its values are. Borrowed until the next call.
 */
struct known_row *value_known_find(struct value_known *k, enum value_form form,
                                   const struct record *r, size_t attr);
/* As value_read(). */
enum value_verdict value_known_read(struct known_row *d, const struct value *v,
                                    struct value_reading *out);

#endif
