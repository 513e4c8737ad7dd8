/* What an export shows of its own limits. */
#include "collect/import/ldif_whole.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/dn.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "collect/import/source.h"

/*
 * Attributes that come with an export of everything and that nobody puts on a
 * list of wanted ones.
 */
static const char *const telltales[] = {
	"instanceType", "objectCategory", "uSNCreated", "codePage",
	"countryCode", "dSCorePropagationData", "sAMAccountType",
	"primaryGroupID", "badPwdCount", "uSNChanged",
};

static bool
has_seen(const bool *known, const char *name)
{
	return known[ad_attr_index(ad_attr_find(name))];
}

/*
 * Every AD object has an objectGUID: an export without it left something out,
 * as ldifde does with -m (attributes that AD sets) and -n (octets).
 */
bool
ldif_shows_all(const bool *known)
{
	bool telling = false;

	for (size_t i = 0; i < sizeof(telltales) / sizeof(telltales[0]); i++)
		telling = telling || has_seen(known, telltales[i]);
	return telling && has_seen(known, "objectGUID");
}

/* ---- where it searched ---- */

void
ldif_bases_release(struct ldif_bases *b)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		free(b->of[s]);
	free(b->now);
}

void
ldif_bases_begin(struct ldif_bases *b)
{
	free(b->now);
	b->now = NULL;
}

static bool
begins(const char *dn, const char *with)
{
	return strncasecmp(dn, with, strlen(with)) == 0;
}

/* Whether it lies in a domain; of settings something else tells. */
static bool
is_of_domain(const char *base)
{
	for (const char *dn = base; dn && *dn; dn = dn_parent(dn))
		if (begins(dn, "CN=Configuration,"))
			return false;
	return *base;
}

/* Whether all below it was asked for: what it says behind the base. */
static bool
is_deep(const char *said, size_t len)
{
	return memmem(said, len, "scope subtree", 13) ||
	       memmem(said, len, "scope children", 14);
}

/* "<DC=contoso,DC=com> (default) with scope subtree". */
void
ldif_bases_take(struct ldif_bases *b, const char *text, size_t len)
{
	enum { SHOWN = 400 };    /* bytes of it in a reason */
	const char *end = memrchr(text, '>', len);
	char *base;

	ldif_bases_begin(b);
	if (!len || *text != '<' || !end)
		return;
	base = xstrndup(text + 1, (size_t)(end - text) - 1);
	if (is_of_domain(base) && (!begins(base, "DC=") ||
	    !is_deep(end, (size_t)(text + len - end))))
		b->now = xstrndup(text, len < SHOWN ? len
			: utf8_bad(text, SHOWN));
	free(base);
}

void
ldif_bases_meet(struct ldif_bases *b, enum section s)
{
	if (b->now && !b->of[s])
		b->of[s] = xstrdup(b->now);
}

void
ldif_bases_tell(const struct ldif_bases *b, enum section s, struct sink *sink)
{
	char *reason;

	if (!b->of[s] || s == AD_DELETED)
		return;
	reason = xasprintf("ldapsearch was asked for a part of the domain "
	                   "only, base %s", b->of[s]);
	sink->partial(sink, s, reason);
	free(reason);
}
