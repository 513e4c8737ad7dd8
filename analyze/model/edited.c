/* What edits do to an object, itself or by what they do to the tenant. */
#include "analyze/model/model.h"

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
		if (ascii_casecmp(verified[i], domain) == 0)
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
	if (o->ad.before || o->ad.licence_edit != UNKNOWN ||
	    is_in(m->edits, o->upn) || is_in(m->edits, o->mail))
		return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (is_in(m->edits, o->proxies[i]))
			return true;
	return false;
}
