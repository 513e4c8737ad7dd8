/* Which objects lists have, where they do not have all. */
#ifndef REPORT_OBJECT_TOLD_H
#define REPORT_OBJECT_TOLD_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct pass_object;

/*
 * Whether there is something to know about it: a finding, or that an account
 * which is there changes, is joined, comes back, goes, or is refused. What
 * stays as it is, or is created without a finding, is as everybody expects.
 */
bool object_is_told(const struct pass_object *o);

/* Appends a line on what FILES do not list, if anything; OUT may be NULL. */
void object_tell_left(struct buf *out, const char *files, uint64_t n);

#endif
