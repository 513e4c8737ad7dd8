/*
 * Reading values as programs write them, by what they are and without a
 * locale, into the form in which a snapshot holds them.
 */
#ifndef COLLECT_IMPORT_VALUE_READ_H
#define COLLECT_IMPORT_VALUE_READ_H

#include "base/buf.h"
#include "base/record.h"
#include "collect/import/value_syntax.h"

enum value_verdict {
	VERDICT_CANONICAL,       /* it is in the snapshot's form already */
	VERDICT_CHANGED,         /* it is what OUT has */
	VERDICT_NONE,            /* it stands for no value */
	VERDICT_UNCLEAR,         /* it cannot be read */
};

enum { VALUE_WHY = 80 };

/* A zeroed struct is empty. */
struct value_reading {
	enum value_kind kind;    /* VERDICT_CHANGED: of the value */
	struct buf value;
	const char *want;        /* VERDICT_UNCLEAR: what it ought to be */
	char why[VALUE_WHY];     /* and what is wrong: "has 10 octets", or "" */
	struct buf text;         /* scratch */
};

void value_reading_release(struct value_reading *r);
enum value_verdict value_read(enum value_syntax syntax, const struct value *v,
                              struct value_reading *out);

/* A flag in words, of any language that Windows and Excel have. */
enum value_flag { FLAG_NOT, FLAG_TRUE, FLAG_FALSE };
enum value_flag value_flag(const char *text);

#endif
