/* Which domains are the tenant's, and who stands for somebody outside of it. */
#ifndef ANALYZE_MODEL_VERIFIED_H
#define ANALYZE_MODEL_VERIFIED_H

#include <stdbool.h>
#include <stddef.h>

#include "analyze/object/object.h"

struct model;

/* Whether the domain is verified in the tenant, as far as is known. */
bool model_is_verified(const struct model *m, const char *domain);
/* Its number among those; or how many of them there are. */
size_t model_verified_number(const struct model *m, const char *domain);
/* Who says that the domain is verified, which no tenant can do. */
enum supposer model_supposes(const struct model *m, const char *domain);
/* Whether anybody does. */
bool model_is_unverifiable(const struct model *m, const char *domain);
/* In words: "the policy"; static. */
const char *supposer_called(enum supposer by);
/*
 * Whether DOMAIN, one below onmicrosoft.com, is of the tenant that is judged:
 * others have theirs. UNKNOWN: not all that the tenant has was read.
 */
enum tristate model_owns_initial(const struct model *m, const char *domain);
/*
 * The same of DOMAIN in an address of the tenant's object O: a guest, a contact
 * or a mail user of another organization may have it, a mailbox cannot.
 */
bool model_is_other_tenants(const struct model *m, const struct object *o,
                            const char *domain);
/*
 * Whether AD's object stands for a recipient of another organization: a contact
 * or a mail user whose targetAddress lies outside of the company.
 */
bool model_is_outside(const struct model *m, const struct object *o);
/* Whether the tenant says that it is federated: others check passwords. */
bool model_is_federated(const struct model *m, const char *domain);

#endif
