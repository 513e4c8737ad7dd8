/* What two findings have to do with each other; a part of cause.c. */
#ifndef ANALYZE_RULES_RELATION_H
#define ANALYZE_RULES_RELATION_H

#include <stdbool.h>

#include "analyze/findings/findings.h"
#include "analyze/object/object.h"

/* Whom a finding is about, beside its own object, as far as is known. */
struct party {
	bool has_ad, has_account;
	struct guid ad, account;
};

/* A finding that is still to be put; its texts live in the list. */
struct pending {
	struct finding finding;
	struct party other;        /* it is in conflict with */
	struct party account;      /* of the tenant, that it names */
};

/* What has to be so of two findings of one object and its account. */
enum relation {
	BY_OBJECT,                 /* nothing else */
	BY_ATTRIBUTE,              /* both are about the same one */
	BY_ONE_VALUE,              /* and about the same value of it */
	BY_VALUE,                  /* both observe the same value */
	BY_SEEN_PRIMARY,           /* that as it is seen; SMTP: of the root */
	BY_MAIN_VALUE,             /* that, which is no secondary address */
	BY_CONFLICT,               /* BY_VALUE, about the same other object */
	BY_WANTED,                 /* what follows expects what the other has */
	BY_INITIAL,                /* what follows is in an initial domain */
	BY_PRIMARY,                /* what it follows from observes SMTP: */
	BY_DOMAIN,                 /* what follows is in the root's domain */
	/*
	 * Both are of one first part, the root in the primary address, or in
	 * mail, and what follows in a place that counts less.
	 */
	BY_COPY,
	/* What follows is about an account, which the root's object names. */
	BY_ACCOUNT,
};

/* Whether that is so of F, which would follow from ROOT. */
bool relation_holds(enum relation by, const struct pending *root,
                    const struct pending *f);

#endif
