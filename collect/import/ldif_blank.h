/* Texts in LDIF that are there, but blank. */
#ifndef COLLECT_IMPORT_LDIF_BLANK_H
#define COLLECT_IMPORT_LDIF_BLANK_H

#include <stddef.h>

struct record;

/*
 * AD has no empty values, but other servers have: beside other values of its
 * own, an object without a text in its displayName has a blank one, which is a
 * fault that rules tell. NAMES, COUNT of them, had no value; of all others it
 * is as if they were not there.
 */
void ldif_add_blank(struct record *r, const char *const *names, size_t count);

#endif
