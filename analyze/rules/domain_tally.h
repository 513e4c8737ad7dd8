/* How often domains of mail were met, and by whom, when objects are judged. */
#ifndef ANALYZE_RULES_DOMAIN_TALLY_H
#define ANALYZE_RULES_DOMAIN_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"

/* What a domain is used for. */
enum domain_use {
	USED_BY_PERSON,            /* a sign-in name of somebody */
	USED_BY_NOBODY,            /* one that nobody signs in with */
	USED_AS_PRIMARY,           /* a primary address */
	DOMAIN_USES
};

struct used_domain {
	char *name;                /* utf8_domain; the tally's */
	char *spelt;               /* as AD has it, folded; likewise */
	uint64_t uses[DOMAIN_USES];
};

/* A zeroed one is empty. */
struct domain_tally {
	struct used_domain *items;
	size_t count, room;
	struct hash_index by_name;
	size_t last;               /* neighbours have the same */
};

/* DOMAIN in any case and form. */
void domain_tally_add(struct domain_tally *t, const char *domain,
                      enum domain_use use);
void domain_tally_join(struct domain_tally *to,
                       const struct domain_tally *from);
/* By name; nothing may be added after that. */
void domain_tally_sort(struct domain_tally *t);
void domain_tally_release(struct domain_tally *t);

#endif
