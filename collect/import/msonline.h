/* What MSOnline says in words of its own, said as Graph says it. */
#ifndef COLLECT_IMPORT_MSONLINE_H
#define COLLECT_IMPORT_MSONLINE_H

#include <stdbool.h>

struct record;

/*
 * By the GroupType of a group: mailEnabled and securityEnabled. Whether it has
 * one that is known, and they are not there yet.
 */
bool msonline_add_group(struct record *r);
/* By the Status of a domain: isVerified. */
void msonline_add_domain(struct record *r);

#endif
