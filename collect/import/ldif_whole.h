/*
 * Whether an LDIF export is of all attributes, and of all objects: ldapsearch
 * says where it searched, and what comes of one unit is not all of a domain.
 */
#ifndef COLLECT_IMPORT_LDIF_WHOLE_H
#define COLLECT_IMPORT_LDIF_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/schema/schema.h"

struct sink;

/* KNOWN: by place in the table of ad_attr.h, whether objects have values. */
bool ldif_shows_all(const bool *known);

/* Where the searches of an export began; a zeroed struct is ready. */
struct ldif_bases {
	char *now;               /* this search was of a part; or NULL */
	char *of[SECTION_COUNT]; /* the first such one with objects of it */
};

void ldif_bases_release(struct ldif_bases *b);
/* Another search begins. */
void ldif_bases_begin(struct ldif_bases *b);
/* It began at what follows ldapsearch's "# base ". */
void ldif_bases_take(struct ldif_bases *b, const char *text, size_t len);
/* It found an object of the section. */
void ldif_bases_meet(struct ldif_bases *b, enum section s);
/* At the end: the section is partial, if it came of a part of a domain. */
void ldif_bases_tell(const struct ldif_bases *b, enum section s,
                     struct sink *sink);

#endif
