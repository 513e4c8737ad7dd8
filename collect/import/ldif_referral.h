/*
 * Where a search says that other servers have more. ldapsearch -LLL writes it
 * as comments ("# refldap://HOST/DN"), at the end their number; ldbsearch has a
 * heading, and the number, too.
 */
#ifndef COLLECT_IMPORT_LDIF_REFERRAL_H
#define COLLECT_IMPORT_LDIF_REFERRAL_H

#include <stdbool.h>
#include <stddef.h>

struct sink;

/* A zeroed struct is ready. */
struct ldif_referrals {
	bool told;               /* there are some */
	bool named;              /* and where they lead */
	char *elsewhere;         /* a DN that may hold accounts, or NULL */
};

void ldif_referrals_release(struct ldif_referrals *r);
/* A referral, from its "ldap:" on or from behind that. */
void ldif_referral(struct ldif_referrals *r, const char *url, size_t len);
/* At the end. NAME is the file's. */
void ldif_referrals_tell(const struct ldif_referrals *r, const char *name,
                         struct sink *sink);

#endif
