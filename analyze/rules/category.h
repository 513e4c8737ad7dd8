/* Which rules run by a profile, and what rules are on. */
#ifndef ANALYZE_RULES_CATEGORY_H
#define ANALYZE_RULES_CATEGORY_H

/*
 * Which rules run: those whose rows say nothing by default. What is told of
 * many a healthy directory is strict: it takes --profile strict, which runs the
 * default ones, too. Rules of IdFix's own run by its profile alone.
 */
enum profile {
	PROFILE_DEFAULT, PROFILE_STRICT, PROFILE_IDFIX,
	PROFILE_AD_ONLY,           /* of the default ones; no row has it */
	PROFILE_COUNT
};

/* What rules are on: a family's, in catalogue.c, or one of its rules' own. */
enum category {
	CATEGORY_OF_FAMILY,
	CATEGORY_ATTRIBUTES,       /* form and presence of values */
	CATEGORY_UNIQUENESS,       /* values that several have */
	CATEGORY_OBJECTS,          /* of AD: groups, kinds of accounts */
	CATEGORY_TENANT,           /* what the tenant has, says, or lacks */
	CATEGORY_DOMAINS,          /* of addresses and sign-in names */
	CATEGORY_RECIPIENTS,       /* mailboxes, and what Exchange reads */
	CATEGORY_ENGINE,           /* Connect and Cloud Sync themselves */
	CATEGORY_SCOPE,            /* what sync takes, and no longer takes */
	CATEGORY_SIGN_IN,          /* sign-in names and passwords */
	CATEGORY_MATCHING,         /* whose account is whose */
	CATEGORY_HISTORY,          /* what older snapshots show */
	CATEGORY_LAST_SERVER,      /* of Exchange: whether it can go */
	CATEGORY_IDFIX,
	CATEGORY_COUNT
};

const char *profile_name(enum profile p);
const char *category_name(enum category c);

#endif
