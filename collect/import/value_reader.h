/* What the readers of values have in common, and what they say. */
#ifndef COLLECT_IMPORT_VALUE_READER_H
#define COLLECT_IMPORT_VALUE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/record.h"

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
	bool named;              /* VERDICT_CHANGED: a name gave the number */
	struct buf text;         /* scratch */
};

void value_reading_release(struct value_reading *r);

/* Verdicts, with what OUT needs for them. */
enum value_verdict reader_changed(struct value_reading *out,
                                  enum value_kind kind, const char *data,
                                  size_t len);
enum value_verdict reader_changed_text(struct value_reading *out,
                                       const char *text);
enum value_verdict reader_unclear(struct value_reading *out,
                                  const char *why);

/* Whether the value is UTF-8 with no control characters but blanks. */
bool reader_is_text(const struct value *v);
/*
 * The value as a text without blanks at its ends, in OUT; "" when it is empty.
 * NULL when it cannot be one.
 */
const char *reader_text(struct value_reading *out, const struct value *v);
/* Whether the value is no object and no array of JSON. */
bool reader_is_scalar(const struct value *v);
/* What is seen at a glance of a text that is no value; "": nothing. */
const char *reader_glance(const char *text);

#endif
