/* One search, read whole, with the patience that servers need. */
#ifndef COLLECT_AD_AD_READ_H
#define COLLECT_AD_AD_READ_H

#include "collect/ad/ad_domains.h"

struct err;
struct guid;
struct progress;
struct record;

struct ad_reader {
	const struct ad_settings *set;
	struct progress *progress;
	struct record *record;   /* scratch */
	long page;               /* of now: it shrinks at limits */
};

/* Where objects go. */
struct ad_sink {
	/* 0, or -1 with ERR filled, which ends the reading. */
	int (*put)(struct ad_sink *sink, const struct record *r,
	           struct err *err);
};

/*
 * Gives every object that Q finds in D to SINK. A server that is busy is asked
 * again. 0; -1 with WHY filled, or with ERR filled when the sink failed.
 */
int ad_read(struct ad_reader *rd, struct ad_domain *d,
            const struct ldap_query *q, struct ad_sink *sink,
            struct ldap_failure *why, struct err *err);

/*
 * What to do after WHY, the ATTEMPT-th failure (from 0) of what is read from D:
 * 1 to try anew, after a pause; 0 to give up. Connections that broke are
 * forgotten, and pages made smaller.
 */
int ad_retry(struct ad_reader *rd, struct ad_domain *d, long attempt,
             struct ldap_failure *why);

/* The octets of R's objectGUID, or NULL. */
const struct guid *ad_guid(const struct record *r);

#endif
