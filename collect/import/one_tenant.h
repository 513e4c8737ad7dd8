/*
 * Whether all inputs are of one tenant, as far as they say which: by the id of
 * the organization, and the initial domain.
 */
#ifndef COLLECT_IMPORT_ONE_TENANT_H
#define COLLECT_IMPORT_ONE_TENANT_H

#include <stdint.h>

#include "collect/schema/schema.h"

struct err;
struct record;

/* What said it first; zeroed, nothing did. */
struct one_tenant {
	struct tenant_name {
		char *text, *file;       /* NULL: nobody said it */
	} id, initial;
};

/*
 * Takes a record of FILE, a base name; PATH and LINE are for errors. 0, or -1
 * with ERR filled when it is of another tenant than an earlier one.
 */
int one_tenant_take(struct one_tenant *t, enum section s,
                    const struct record *r, const char *file,
                    const char *path, uint64_t line, struct err *err);
void one_tenant_release(struct one_tenant *t);

#endif
