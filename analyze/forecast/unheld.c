/* Which values of AD an account in sync does not hold. */
#include "analyze/forecast/unheld.h"

#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "analyze/forecast/parting.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/utf8.h"

static bool
is_held(const struct object *twin, const char *value)
{
	const char *body = address_body(value);

	return object_lists(twin, body) ||
	       (!twin->proxy_count && twin->mail &&
	        utf8_same_folded(twin->mail, body)) ||
	       (twin->upn && utf8_same_folded(twin->upn, body));
}

/* The service takes it by the documents, and it is nobody's own domain. */
static bool
is_taken_up(const struct model *m, const char *address)
{
	const char *domain = address_domain(address);

	return domain && !domain_is_initial(domain) &&
	       !domain_is_reserved(domain) && m->domains_known &&
	       model_is_verified(m, domain);
}

/* Whether AD has the only SMTP: value there. */
static bool
is_primary_in_ad(const struct object *o, const char *address)
{
	size_t n = 0;

	for (size_t i = 0; i < o->proxy_count; i++)
		n += address_type(o->proxies[i]) == ADDRESS_PRIMARY;
	return n == 1 && utf8_same_folded(object_primary(o), address);
}

static enum unheld_as
address_is_unheld(const struct model *m, const struct object *o,
                  const struct object *twin, const char *value)
{
	const char *body = address_body(value);
	bool of_mail = !o->proxy_count && o->mail &&
		utf8_same_folded(o->mail, body);

	if (address_type(value) > ADDRESS_SECONDARY || !is_taken_up(m, body) ||
	    (!of_mail && !object_lists(o, body)))
		return UNHELD_NOT;
	if (!object_lists(twin, body))
		return UNHELD_ADDRESS;
	return address_type(value) == ADDRESS_PRIMARY &&
	       is_primary_in_ad(o, body) ? UNHELD_AS_PRIMARY : UNHELD_NOT;
}

/*
 * A name that the tenant has seen and could take: where it does not say which
 * it has seen, or does not follow AD's, nobody knows. Names from one federated
 * domain to another are said not to follow.
 */
static bool
name_is_unheld(const struct model *m, const struct object *o,
               const struct object *twin, const char *name)
{
	const char *seen = twin->tenant.sync_upn;
	const char *now = twin->upn ? address_domain(twin->upn) : NULL;

	return now && o->upn && utf8_same_folded(name, o->upn) && seen &&
	       utf8_same_folded(seen, name) && m->features.upn_follows == YES &&
	       is_taken_up(m, name) &&
	       (!model_is_federated(m, address_domain(name)) ||
	        !model_is_federated(m, now));
}

/* Who is in the way, as far as the forecast has met him. */
static const char *
holder_of(const struct object *o, const char *value)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++) {
		const struct contested *one = &o->forecast.contested[i];

		if (one->who && utf8_same_folded(one->value,
		                                 address_body(value)))
			return one->who;
	}
	return NULL;
}

static const char *
reason_of(const struct object *o, const struct object *twin,
          const char *value, enum unheld_as as, struct arena *a)
{
	const char *who = holder_of(o, value);
	char last[WHEN_TEXT], changed[WHEN_TEXT];
	size_t room = 256 + (who ? strlen(who) : 0);
	char *text = arena_alloc(a, room);

	when_format(twin->tenant.last_sync, last);
	when_format(o->ad.changed, changed);
	snprintf(text, room, "the tenant %s, though the account was "
	         "synchronized after the object last changed: "
	         "%s after %s%s%s%s",
	         as == UNHELD_AS_PRIMARY
	         ? "holds it, but not as primary address"
	         : "does not hold it", last, changed, who ? "; " : "",
	         who ? who : "", who ? " has it, or asks for it" : "");
	return text;
}

static enum unheld_as
unheld_as(const struct model *m, const struct object *o,
          const struct object *twin, const struct change *c)
{
	if (!c->to)
		return UNHELD_NOT;
	if (strcmp(c->attribute, "proxyAddresses") == 0)
		return address_is_unheld(m, o, twin, c->to);
	return strcmp(c->attribute, "userPrincipalName") == 0 &&
	       name_is_unheld(m, o, twin, c->to) ? UNHELD_NAME : UNHELD_NOT;
}

/* Adds it to the list, which has room; and why it is dropped. */
static struct dropped
note(struct object *o, const struct object *twin, const char *value,
     enum unheld_as as, struct arena *a)
{
	struct forecast_state *s = &o->forecast;

	s->unheld[s->unheld_count++] = (struct unheld){
		as, value, twin->tenant.last_sync
	};
	return (struct dropped){ value, reason_of(o, twin, value, as, a) };
}

/* That it has another one is no change: the tenant computes none anew. */
static bool
lacks_name(const struct model *m, const struct object *o,
           const struct object *twin, const struct change_list *against)
{
	for (size_t i = 0; i < against->count; i++)
		if (strcmp(against->items[i].attribute,
		           "userPrincipalName") == 0)
			return false;
	return o->kind == KIND_USER && o->upn && twin->upn &&
	       !utf8_same_folded(o->upn, twin->upn) &&
	       !model_policy(m, o)->sign_in_is_mail &&
	       name_is_unheld(m, o, twin, o->upn);
}

void
unheld_fill(const struct model *m, struct object *o,
            const struct object *twin, const struct change_list *against,
            struct arena *a)
{
	struct forecast_state *s = &o->forecast;
	struct forecast *f = &s->line;
	struct dropped *to = arena_alloc(a, (f->dropped_count +
	                                 against->count + 1) * sizeof(*to));
	bool unnamed = lacks_name(m, o, twin, against);
	size_t n = 0;

	if (!against->count && !unnamed)
		return;
	s->unheld = arena_alloc(a, (against->count + 1) * sizeof(*s->unheld));
	s->unheld_count = 0;
	for (size_t i = 0; i < f->dropped_count; i++)
		if (!is_held(twin, f->dropped[i].value))
			to[n++] = f->dropped[i];
	for (size_t i = 0; i < against->count; i++) {
		const char *value = against->items[i].to;
		enum unheld_as as = unheld_as(m, o, twin, &against->items[i]);

		if (as == UNHELD_NOT)
			continue;
		to[n++] = note(o, twin, value, as, a);
	}
	if (unnamed)
		to[n++] = note(o, twin, o->upn, UNHELD_NAME, a);
	f->dropped = to;
	f->dropped_count = n;
}
