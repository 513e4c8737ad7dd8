/* Whether the account could see the Exchange organization, if there is one. */
#include "collect/ad/ad_exchange.h"

#include <stdlib.h>

#include "base/mem.h"
#include "collect/ad/ad_run.h"
#include "collect/ldap/ldap.h"

enum sight { SEEN, UNSEEN, UNKNOWN };

/* Whether D shows an object below BASE that FILTER finds; BASE is freed. */
static enum sight
look(struct ad_run *run, struct ad_domain *d, char *base, const char *filter)
{
	static const char *const names[] = { "objectGUID", NULL };
	struct ldap_query q = {
		.base = base, .reach = REACH_SUBTREE, .filter = filter,
		.attributes = names,
	};
	struct ldap_failure why;
	struct ldap_link *link = ad_domain_link(d, run->reader.set, &why);
	struct ldap_search *s = link ? ldap_search_open(link, &q, 1) : NULL;
	int rc = s ? ldap_search_next(s, run->reader.record, &why) : -1;

	ldap_search_close(s);
	free(base);
	if (rc < 0 && why.fate == FATE_LOST)
		ad_domain_drop(d);
	return rc > 0 ? SEEN
		: rc == 0 || why.fate == FATE_ABSENT ? UNSEEN : UNKNOWN;
}

/*
 * homeMDB is a link: AD keeps it only as long as the database is there, below
 * the organization, and shows it to those who may not see that.
 */
static enum sight
look_for_mailboxes(struct ad_run *run)
{
	enum sight all = UNSEEN;

	for (size_t i = 0; i < run->forest.count && all != SEEN; i++) {
		struct ad_domain *d = &run->forest.domains[i];
		enum sight here;

		if (!d->wanted || d->reason)
			continue;
		here = look(run, d, xstrdup(d->dn),
		            "(&(msExchMailboxGuid=*)(homeMDB=*))");
		if (here != UNSEEN)
			all = here;
	}
	return all;
}

void
ad_exchange_check(struct ad_run *run)
{
	struct ad_domain *d = &run->forest.domains[0];
	enum sight sight;

	if (!d->server.config || !d->server.schema ||
	    look(run, d, xasprintf("CN=Microsoft Exchange,CN=Services,%s",
	                           d->server.config),
	         "(objectClass=msExchOrganizationContainer)") != UNSEEN ||
	    look(run, d, xstrdup(d->server.schema),
	         "(cn=ms-Exch-Schema-Version-Pt)") != SEEN)
		return;
	sight = look_for_mailboxes(run);
	if (sight == SEEN)
		snapshot_partial(run->writer, AD_EXCHANGE, "the account sees "
		                 "no Exchange organization, though there are "
		                 "mailboxes in databases of one");
	else
		snapshot_note(run->writer, "The schema has Exchange's "
		              "classes, but the account sees no Exchange "
		              "organization: there is none, or it may not be "
		              "read");
}
