/* Tells referrals to other domains from those that each domain has. */
#include "collect/import/ldif_referral.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "collect/import/source.h"

void
ldif_referrals_release(struct ldif_referrals *r)
{
	free(r->elsewhere);
}

/* Partitions to which every domain refers, and that hold no accounts. */
static bool
is_without_accounts(const char *dn)
{
	static const char *const partitions[] = {
		"DC=ForestDnsZones,", "DC=DomainDnsZones,",
		"CN=Configuration,", "CN=Schema,CN=Configuration,",
	};

	for (size_t i = 0; i < sizeof(partitions) / sizeof(partitions[0]); i++)
		if (strncasecmp(dn, partitions[i], strlen(partitions[i])) == 0)
			return true;
	return false;
}

/* "ldap://HOST/DN??sub" (RFC 4516). */
void
ldif_referral(struct ldif_referrals *r, const char *url, size_t len)
{
	char *copy = xstrndup(url, len), *at = strstr(copy, "://");
	char *dn = at ? strchr(at + 3, '/') : NULL;

	r->told = true;
	if (dn && dn[1]) {
		dn[1 + strcspn(dn + 1, "?")] = '\0';
		r->named = true;
		if (!r->elsewhere && !is_without_accounts(dn + 1))
			r->elsewhere = xstrdup(dn + 1);
	}
	free(copy);
}

void
ldif_referrals_tell(const struct ldif_referrals *r, const char *name,
                    struct sink *sink)
{
	char *text;

	if (r->told && r->named && !r->elsewhere) {
		text = xasprintf("%s: its referrals lead to partitions that "
		                 "hold no accounts: nothing lacks", name);
		sink->remark(sink, text);
		free(text);
	} else if (r->told) {
		text = xasprintf("%s: the server named other servers "
		                 "(referrals), which the export does not "
		                 "follow; export %s as well", name,
		                 r->elsewhere ? r->elsewhere
		                              : "the other domains");
		sink->note(sink, text);
		free(text);
	}
}
