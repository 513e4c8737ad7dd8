/*
 * Values of JSON that have another shape than the attribute: what
 * ConvertTo-Json makes of lists and of .NET's objects, at its default depth or
 * beyond it. They are brought into the attribute's shape, or are lost: never
 * are they none.
 */
#ifndef COLLECT_IMPORT_JSON_SHAPE_H
#define COLLECT_IMPORT_JSON_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/record.h"
#include "collect/import/json_span.h"

/* What an attribute holds. */
enum json_holds {
	HOLDS_ONE,               /* a text, number or flag */
	HOLDS_ADDRESSES,         /* a list of addresses */
	HOLDS_WORDS,             /* a list of words without blanks */
	HOLDS_OBJECTS,           /* a list of objects */
};

/* Why a value is none. */
enum json_loss { LOSS_NONE, LOSS_TYPE, LOSS_JOINED, LOSS_SHAPE };

/* The end of a sentence: "its values ...". */
const char *json_loss_text(enum json_loss loss);

/* Whether attribute ATTR of R has the shape already, as it mostly does. */
bool json_shape_fits(const struct record *r, size_t attr,
                     enum json_holds holds);
/*
 * Adds attribute ATTR of FROM, in its shape, to TO as NAME; not when it was
 * lost, which is told.
 */
enum json_loss json_shape_add(struct record *to, const char *name,
                              enum json_holds holds, const struct record *from,
                              size_t attr);

/* Takes the parts of a value, whatever they were wrapped in. */
struct json_parts {
	enum json_loss (*text)(struct json_parts *p, const char *text,
	                       size_t len);
	/* A number or flag, as it is written. */
	enum json_loss (*plain)(struct json_parts *p, struct json_span s);
	/* Numbers of an array, if all are octets; NULL: they come apart. */
	enum json_loss (*octets)(struct json_parts *p, const char *data,
	                         size_t len);
};

/* Hands the parts of VALUE out; what was lost first is told. */
enum json_loss json_parts_of(struct json_span value, struct json_parts *p);

#endif
