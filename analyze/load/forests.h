/* Which forest each domain is of, and what the policy says of forests. */
#ifndef ANALYZE_LOAD_FORESTS_H
#define ANALYZE_LOAD_FORESTS_H

#include "analyze/model/model.h"

/* The forest that a snapshot says a domain is of; NULL: none says. */
struct forest_claim {
	const char *name;
	const struct snapshot *from;
};

/*
 * Fills the forests of M, whose domains are there, and the rest; TOLD has one
 * for each domain. 0, or -1 with ERR filled: the policy says otherwise.
 */
int load_forests(struct model *m, const struct forest_claim *told,
                 const struct policy *past, struct err *err);

#endif
