/*
 * Ranges of values: a server hands out long attributes in pieces, as
 * "member;range=0-1499", and the last piece as "member;range=1500-*"
 * (MS-ADTS section 3.1.1.3.1.3.3). The set keeps track of one object's.
 */
#ifndef COLLECT_IMPORT_RANGE_H
#define COLLECT_IMPORT_RANGE_H

#include <stddef.h>

struct range;

/* A zeroed struct is empty. */
struct range_set {
	struct range *ranges;    /* owned; names, too */
	size_t count, room;
};

void range_set_release(struct range_set *s);
void range_set_clear(struct range_set *s);
/*
 * Notes a value of ATTRIBUTE that came in RANGE ("0-1499", "1500-*"), in the
 * order of the ranges. 0, or -1 when RANGE is none.
 */
int range_set_add(struct range_set *s, const char *attribute,
                  const char *range);
/*
 * What is missing of the next *ATTRIBUTE from number *I on (from 0), in words
 * ("only values 0-1499 of member were exported"); NULL when nothing is. The
 * caller frees it.
 */
char *range_set_lack(const struct range_set *s, size_t *i,
                     const char **attribute);

#endif
