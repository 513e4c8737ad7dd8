/* What is another organization's: domains of its tenant, and recipients. */
#include "analyze/model/model.h"

#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/utf8.h"

/* contoso.onmicrosoft.com, and what lies between: contoso.mail.... */
static bool
is_of_initial(const char *initial, const char *domain)
{
	size_t label = strcspn(initial, "."), rest = strlen(initial) - label;
	size_t len = strlen(domain);

	return len >= label + rest &&
	       strncasecmp(domain, initial, label) == 0 &&
	       domain[label] == '.' &&
	       ascii_casecmp(domain + len - rest, initial + label) == 0;
}

/* A tenant may have several; a policy that says enough is asked instead. */
enum tristate
model_owns_initial(const struct model *m, const char *domain)
{
	if (model_is_verified(m, domain) || (m->initial_domain &&
	    is_of_initial(m->initial_domain, domain)))
		return YES;
	return m->initial_domain && m->domains_known &&
	       !m->policy->verified_count ? NO : UNKNOWN;
}

bool
model_is_other_tenants(const struct model *m, const struct object *o,
                       const char *domain)
{
	const struct object *ad = o->links.twin;
	enum tristate own = model_owns_initial(m, domain);

	return own == NO || (own == UNKNOWN && (o->kind == KIND_CONTACT ||
	       (ad && ad->ad.is_outside) || (!ad && object_is_guest(o))));
}

static bool
is_address_of(const struct object *o, const char *address)
{
	const char *primary = object_primary(o) ? object_primary(o) : o->mail;

	return primary && utf8_same_folded(primary, address);
}

/* Where it is not known which domains the company has: the object tells. */
static bool
is_domain_outside(const struct model *m, const struct object *o,
                  const char *address)
{
	const char *domain = address_domain(address);
	const char *suffix = o->upn ? address_domain(o->upn) : NULL;
	enum tristate is;

	if (domain_is_initial(domain)) {
		is = model_owns_initial(m, domain);
		return is == NO || (is == UNKNOWN && is_address_of(o, address));
	}
	if (model_is_verified(m, domain))
		return false;
	return m->domains_known ||
	       !(suffix && utf8_same_folded(suffix, domain));
}

/* One that is no recipient by its type was made so by hand. */
static bool
may_be_outside(const struct object *o, const char *address)
{
	return o->kind == KIND_CONTACT || (o->kind == KIND_USER &&
	       (o->ad.recipient_type == RECIPIENT_MAIL_USER ||
	        (!o->ad.recipient_type && o->ad.home_mdb != YES &&
	         is_address_of(o, address))));
}

bool
model_is_outside(const struct model *m, const struct object *o)
{
	const char *address = o->target ? address_body(o->target) : NULL;

	return address && may_be_outside(o, address) &&
	       address_domain(address) && !address_fault(address) &&
	       is_domain_outside(m, o, address);
}
