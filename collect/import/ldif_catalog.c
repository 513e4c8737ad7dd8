/* Tells what a global catalog gave from what domain controllers gave. */
#include "collect/import/ldif_catalog.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/dn.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/import/source.h"
#include "collect/schema/schema.h"

/* AD sets these of every user, and they are in no partial attribute set. */
static const char *const of_domains[] = {
	"pwdLastSet", "codePage", "countryCode", "badPwdCount",
};

static const char *
domain_part(const char *dn)
{
	while (*dn && !dn_first_is(dn, "DC"))
		dn = dn_parent(dn);
	return dn;
}

/* Whether the DN lies in that domain, and in none below it. */
static bool
lies_in(const char *dn, const char *domain)
{
	size_t len = strlen(dn), tail = strlen(domain), at;

	if (len <= tail || dn[len - tail - 1] != ',' ||
	    memcmp(dn + len - tail, domain, tail) != 0)
		return strcasecmp(domain_part(dn), domain) == 0;
	for (at = len - tail - 1; at && dn[at - 1] != ','; at--)
		;
	return !dn_first_is(dn + at, "DC");
}

void
ldif_catalog_take(struct ldif_catalog *c, const struct record *r)
{
	const char *dn;

	for (size_t i = 0; !c->is_whole && i < sizeof(of_domains) /
	     sizeof(of_domains[0]); i++)
		c->is_whole = record_find(r, of_domains[i]) >= 0;
	if (c->is_whole || c->several)
		return;
	dn = record_text(r, AD_DN);
	if (dn && !c->domain)
		c->domain = xstrdup(domain_part(dn));
	else if (dn)
		c->several = !lies_in(dn, c->domain);
}

bool
ldif_catalog_is(const struct ldif_catalog *c)
{
	return c->several && !c->is_whole;
}

void
ldif_catalog_tell(const struct ldif_catalog *c, const char *name,
                  struct sink *sink)
{
	char *note;

	if (!ldif_catalog_is(c))
		return;
	note = xasprintf("%s: users of several domains without pwdLastSet, "
	                 "codePage, countryCode and badPwdCount, as a global "
	                 "catalog gives them: attributes that no object shows "
	                 "count as not collected; export each domain from "
	                 "port 389", name);
	sink->note(sink, note);
	free(note);
}

bool
ldif_heads(const struct record *r, const char *class)
{
	long at = record_find(r, "objectClass");
	struct value v;

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++) {
		v = record_value(r, (size_t)at, i);
		if (v.kind == VALUE_TEXT &&
		    ascii_casecmp(v.data, class) == 0)
			return true;
	}
	return false;
}

void
ldif_catalog_release(struct ldif_catalog *c)
{
	free(c->domain);
	*c = (struct ldif_catalog){ 0 };
}
