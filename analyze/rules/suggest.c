/* The primary address that an administrator should write into AD. */
#include "analyze/rules/suggest.h"

#include <stdio.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/utf8.h"

/* Whether another object keeps this one from having the address. */
static bool
is_lost(const struct object *o, const char *address)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++)
		if (o->forecast.contested[i].end >= QUARANTINE_HELD &&
		    utf8_same_folded(o->forecast.contested[i].value, address))
			return true;
	return false;
}

/* Whether ADDRESS can be a primary: well formed, in a company's domain. */
static bool
is_good(const struct model *m, const struct object *o, const char *address)
{
	const char *domain = address ? address_domain(address) : NULL;

	return domain && !is_lost(o, address) && !address_fault(address) &&
	       !domain_is_initial(domain) && model_is_verified(m, domain);
}

/* The tenant's default domain, or the first that is no initial one. */
static const char *
company_domain(const struct model *m)
{
	if (m->default_domain && !domain_is_initial(m->default_domain))
		return m->default_domain;
	for (size_t i = 0; i < m->verified_count; i++)
		if (!domain_is_initial(m->verified_domains[i]))
			return m->verified_domains[i];
	return NULL;
}

const char *
suggest_address(const struct model *m, const struct object *o,
                struct arena *a)
{
	const char *domain = company_domain(m);
	char text[512];

	if (is_good(m, o, object_primary(o)))
		return object_primary(o);
	if (is_good(m, o, o->mail))
		return o->mail;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_SECONDARY &&
		    is_good(m, o, address_body(o->proxies[i])))
			return address_body(o->proxies[i]);
	if (is_good(m, o, o->upn))
		return o->upn;
	if (!domain || !o->sam)
		return NULL;
	snprintf(text, sizeof(text), "%.200s@%.255s", o->sam, domain);
	return address_fault(text) || is_lost(o, text)
		? NULL : arena_strdup(a, text);
}
