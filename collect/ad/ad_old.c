/* An older snapshot: whether a collection can rest on it. */
#include "collect/ad/ad_old.h"

#include <string.h>

#include "base/dn.h"
#include "base/err.h"
#include "base/utf8.h"
#include "collect/ad/ad_domains.h"
#include "collect/ad/ad_order.h"
#include "collect/snapshot/snapshot.h"

struct snapshot *
ad_old_open(const struct ad_order *order, struct err *err)
{
	const struct earlier_word words[] = {
		{ .key = "base", .option = "--base", .value = order->ad.base,
		  .same = dn_same },
		{ .key = "filter", .option = "--filter",
		  .value = order->ad.filter },
		{ .key = "domains", .option = "--domain",
		  .value = order->ad.domains, .same = utf8_same_folded },
	};

	return earlier_open(order->resume ? order->output : order->since,
	                    SIDE_AD, order->resume ? EARLIER_RESUME
	                    : EARLIER_SINCE, words,
	                    sizeof(words) / sizeof(words[0]), err);
}

int
ad_old_check(const struct snapshot *old, const struct ad_forest *f,
             struct err *err)
{
	struct snapshot_server was;

	for (size_t i = 0; snapshot_server_at(old, i, &was) == 0; i++) {
		size_t k = 0;

		while (k < f->count && was.domain &&
		       !dn_same(f->domains[k].dn, was.domain))
			k++;
		if (k == f->count)
			return err_usage(err, "%s: is of the domain %s, which "
			                 "is not in the forest of %s",
			                 snapshot_name(old), was.domain,
			                 f->domains[0].dn);
	}
	return 0;
}

bool
ad_old_is_same(const struct snapshot_server *facts,
               const struct ad_server *server)
{
	const char *host = server->host ? server->host : server->url;

	return facts->host && ascii_casecmp(facts->host, host) == 0 &&
	       facts->invocation && server->invocation &&
	       strcmp(facts->invocation, server->invocation) == 0;
}

bool
ad_old_is_merged(enum section s)
{
	return s == AD_USERS || s == AD_GROUPS || s == AD_CONTACTS ||
	       s == AD_COMPUTERS || s == AD_CONTAINERS || s == AD_OTHER;
}
