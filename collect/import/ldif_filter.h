/* The filters that ldapsearch says it searched with. */
#ifndef COLLECT_IMPORT_LDIF_FILTER_H
#define COLLECT_IMPORT_LDIF_FILTER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether it asks for classes of objects alone, so that every object of a class
 * came if any did; (mail=*) leaves out who has no mail.
 */
bool ldif_filter_is_by_class(const char *filter, size_t len);

/* Those of an export of several searches; a zeroed struct is ready. */
struct ldif_filters {
	bool some;               /* that of this search is for some objects, */
	bool narrow;             /* and not by their class */
	char *first_narrow;      /* the first such filter */
	char *first;             /* the first one for some objects only */
};

void ldif_filters_release(struct ldif_filters *f);
/* A search has the filter, which follows ldapsearch's "# filter: ". */
void ldif_filters_take(struct ldif_filters *f, const char *text, size_t len);

#endif
