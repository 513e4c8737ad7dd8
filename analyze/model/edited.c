/* What edits do to an object, itself or by what they do to the tenant. */
#include "analyze/model/model.h"

#include <string.h>

#include "analyze/object/object.h"
#include "analyze/whatif/whatif.h"
#include "base/utf8.h"

/* Whether edits verify the domain of the address, which may be NULL. */
static bool
is_in(const struct edits *e, const char *address)
{
	const char *domain = address ? address_domain(address) : NULL;
	const char *const *verified;
	size_t n;

	verified = edits_domains(e, &n);
	for (size_t i = 0; domain && i < n; i++)
		if (utf8_same_domain(verified[i], domain))
			return true;
	return false;
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether edits changed what addresses and the sign-in name are made of. */
static bool
is_renamed(const struct object *o)
{
	const struct ad_names *was = o->ad.before;

	if (!was)
		return false;
	if (!same(was->sam, o->sam) || !same(was->upn, o->upn) ||
	    !same(was->mail, o->mail) ||
	    !same(was->nickname, o->mail_nickname) ||
	    was->proxy_count != o->proxy_count)
		return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (!same(was->proxies[i], o->proxies[i]))
			return true;
	return false;
}

struct model
edited_not(const struct model *m)
{
	struct model out = *m;

	out.edits = NULL;
	out.verified_count = m->verified_unedited;
	return out;
}

bool
edited_is(const struct model *m, const struct object *o)
{
	if (!m->edits)
		return false;
	if (is_renamed(o) || o->ad.licence_edit != UNKNOWN ||
	    is_in(m->edits, o->upn) || is_in(m->edits, o->mail))
		return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (is_in(m->edits, o->proxies[i]))
			return true;
	return false;
}
