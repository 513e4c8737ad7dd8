/* What the values of CLIXML come down to. */
#ifndef COLLECT_IMPORT_CLIXML_VALUE_H
#define COLLECT_IMPORT_CLIXML_VALUE_H

#include <stdbool.h>

struct buf;
struct clixml_value;

/*
 * The plain value that V is or stands for: of an object the value that it
 * wraps, its SID, or what it prints; V itself otherwise. NULL when the value
 * was lost: a reference, or only the name of a type.
 */
const struct clixml_value *clixml_plain(const struct clixml_value *v);

/* Whether V is an object of which not every property is empty. */
bool clixml_has_parts(const struct clixml_value *v);

/* Appends V as JSON, with the names of Graph for properties. */
void clixml_put_json(struct buf *out, const struct clixml_value *v);

#endif
