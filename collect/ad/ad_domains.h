/*
 * The forest to read: its domains, and for each its own domain controller and a
 * connection to it, made anew when it breaks.
 */
#ifndef COLLECT_AD_AD_DOMAINS_H
#define COLLECT_AD_AD_DOMAINS_H

#include <stdbool.h>
#include <stddef.h>

#include "collect/ad/ad_query.h"
#include "collect/ad/ad_server.h"
#include "collect/ldap/ldap.h"

struct ad_settings {
	const char *servers;     /* "ldaps://a, b"; NULL: found by DNS */
	const char *domains;     /* DNS names, to narrow; NULL: all */
	const char *forest;      /* DNS name of the root, to find servers */
	const char *base, *filter;       /* to narrow, or NULL */
	struct ldap_login login;
	long page, retries, rate;
};

struct ad_domain {
	char *dn, *dns;
	bool listed;             /* by the forest, as one of its domains */
	bool wanted;
	char *reason;            /* why it cannot be read; NULL: it can */
	bool refused;            /* because the sign-in was refused */
	struct ad_server server;
	struct ldap_link *link;  /* NULL: not connected now */
};

struct ad_forest {
	struct ad_domain *domains;       /* the first one has the forest's */
	size_t count, room;              /* configuration, too */
};

void ad_forest_close(struct ad_forest *f);

/* The domain DN, entered if it is not there; it moves when others are. */
struct ad_domain *ad_forest_add(struct ad_forest *f, const char *dn,
                                const char *dns);

/* Whether DN, as a user wrote it, is the name of D. */
bool ad_domain_is(const struct ad_domain *d, const char *dn);
/* The innermost domain that holds DN, or NULL. */
struct ad_domain *ad_forest_domain_of(struct ad_forest *f, const char *dn);

/* The connection, made anew if need be; NULL with WHY filled. */
struct ldap_link *ad_domain_link(struct ad_domain *d,
                                 const struct ad_settings *set,
                                 struct ldap_failure *why);
/* Forgets a connection that broke. */
void ad_domain_drop(struct ad_domain *d);

/* Where the search Q begins in D; the caller frees it. */
char *ad_domain_base(const struct ad_domain *d, const struct ad_query *q,
                     const struct ad_settings *set);

/*
 * What Q looks for. The narrowing filter is for objects, not for what holds
 * them. The caller frees it.
 */
char *ad_domain_filter(const struct ad_query *q,
                       const struct ad_settings *set);

/*
 * Fills NAMES with the attributes that Q asks for in all domains that are read,
 * whatever their servers' dialects, and a NULL.
 */
void ad_forest_attributes(const struct ad_forest *f, const struct ad_query *q,
                          const char *names[AD_ATTRIBUTES_MAX]);

#endif
