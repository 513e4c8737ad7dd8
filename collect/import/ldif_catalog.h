/*
 * Exports of a global catalog (port 3268): it has the objects of all domains of
 * the forest, but of each only the attributes of the partial attribute set
 * (MS-ADTS 3.1.1.1.9, MS-ADA1 to 3), and members of universal groups alone.
 */
#ifndef COLLECT_IMPORT_LDIF_CATALOG_H
#define COLLECT_IMPORT_LDIF_CATALOG_H

#include <stdbool.h>

struct record;
struct sink;

struct ldif_catalog {
	char *domain;            /* the first user's, as spelt; or NULL */
	bool several;            /* users of others came */
	bool is_whole;           /* one has what no catalog gives */
};

/* A user of the export. */
void ldif_catalog_take(struct ldif_catalog *c, const struct record *r);
bool ldif_catalog_is(const struct ldif_catalog *c);
/* Tells what it means that NAME is one; if it is. */
void ldif_catalog_tell(const struct ldif_catalog *c, const char *name,
                       struct sink *sink);
void ldif_catalog_release(struct ldif_catalog *c);

/*
 * Whether the object is of CLASS, which heads a partition, as "domainDNS" does:
 * what is below it is all of that.
 */
bool ldif_heads(const struct record *r, const char *class);

#endif
