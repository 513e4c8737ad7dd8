/* The primary address that an administrator should write into AD. */
#include "analyze/rules/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/remembered.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/taken.h"
#include "base/idn.h"
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

/* Whether addresses in DOMAIN can be a company's. */
static bool
is_company(const struct model *m, const char *domain)
{
	return domain && !domain_is_initial(domain) &&
	       model_is_verified(m, domain);
}

/* Characters that RFC 5322 gives to the part before the @, 3.2.3. */
static bool
is_of_atoms(const char *address)
{
	size_t n = strspn(address, "abcdefghijklmnopqrstuvwxyz"
	                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	                  ".!#$%&'*+-/=?^_`{|}~");

	return address[n] == '@';
}

/* Mail of a contact, or of a mail user, is sent on to anybody's domain. */
static bool
is_in_place(struct check *c, const char *address, enum proposed_as as)
{
	const char *domain = address_domain(address);

	return as == AS_TARGET
		? domain && suffix_is_possible(check_suffix(c, domain))
		: is_company(check_model(c), domain);
}

bool
suggest_is_good(struct check *c, const struct object *o, const char *address,
                enum proposed_as as)
{
	return address && is_in_place(c, address, as) &&
	       !is_lost(o, address) && !address_fault(address) &&
	       is_of_atoms(address) && !address_is_replaced(address) &&
	       (as != AS_NAME || !upn_fault(address)) &&
	       !check_is_taken(c, o, address) &&
	       !taken_for_calls(c, o, address);
}

const char *
suggest_why_bad(struct check *c, const struct object *o, const char *address,
                enum proposed_as as)
{
	if (suggest_is_good(c, o, address, as))
		return NULL;
	if (!address || address_fault(address) || !is_of_atoms(address))
		return "what cleaning leaves of it is no valid address: what "
		       "it is meant to be has to be decided first";
	if (!is_in_place(c, address, as))
		return as == AS_TARGET
			? check_textf(c, "what cleaning leaves of it, %s, is "
			              "in a domain that no mail can reach",
			              address)
			: check_textf(c, "what cleaning leaves of it, %s, is "
			              "in no domain of the company's that is "
			              "known to be verified", address);
	return address_is_replaced(address)
		? check_textf(c, "the tenant writes what cleaning leaves of "
		              "it, %s, otherwise", address)
		: check_textf(c, "someone else has, or may get, what cleaning "
		              "leaves of it, %s", address);
}

/* VALUE, of proxyAddresses or not, or what cleaning leaves of it; or NULL. */
static const char *
as_it_is(struct check *c, const struct object *o, const char *value,
         enum proposed_as as)
{
	const char *clean;

	if (!value)
		return NULL;
	if (suggest_is_good(c, o, value, as))
		return value;
	clean = address_cleaned(value, check_arena(c));
	return clean != value && suggest_is_good(c, o, clean, as)
		? clean : NULL;
}

/*
 * What it was in the newest look that had one, or in one of an earlier run, if
 * it has none now; or NULL.
 */
static const char *
former(const struct object *o)
{
	const struct history *s = o->links.history;

	if (o->mail || object_primary(o))
		return NULL;
	for (; s; s = s->older)
		if (object_primary(s->then) || s->then->mail)
			return object_primary(s->then) ? object_primary(s->then)
			                               : s->then->mail;
	return remembered_address(o);
}

/* Among its addresses, the one it lost, and then its sign-in name. */
static const char *
own_address(struct check *c, const struct object *o, enum proposed_as as)
{
	const char *found = as_it_is(c, o, object_primary(o), as);

	if (!found)
		found = as_it_is(c, o, o->mail, as);
	for (size_t i = 0; i < o->proxy_count && !found; i++)
		if (address_type(o->proxies[i]) == ADDRESS_SECONDARY)
			found = as_it_is(c, o, address_body(o->proxies[i]),
			                 as);
	if (!found)
		found = as_it_is(c, o, former(o), as);
	return found ? found : as_it_is(c, o, o->upn, as);
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

/* The tenant's own choice is another forest's, where there are several. */
static const char *
domain_for(const struct model *m, const struct object *o)
{
	const char *suffix = o->upn ? address_domain(o->upn) : NULL;
	const char *found = mail_domains_most_used(m, o->domain
		? o->domain->index + 1 : 0);

	if (!found && is_company(m, suffix))
		found = suffix;
	return found || m->domains.forest_count > 1 ? found
	                                            : company_domain(m);
}

/* PREFIX in the domain that its neighbours have mail in. */
static const char *
moved(struct check *c, const struct object *o, const char *prefix)
{
	const char *domain = prefix ? domain_for(check_model(c), o) : NULL;
	const char *name = domain ? check_textf(c, "%s@%s", prefix, domain)
	                          : NULL;

	return suggest_is_good(c, o, name, AS_NAME) ? name : NULL;
}

/* Whether it is proposed to one of another domain, who comes first. */
static bool
is_promised(struct check *c, const struct object *o, const char *domain)
{
	const struct object *other;

	for (size_t at = 0; (other = check_namesake(c, o, domain, &at)); ) {
		const char *theirs = domain_for(check_model(c), other);

		if (theirs && utf8_same_domain(theirs, domain) &&
		    !own_address(c, other, AS_NAME))
			return true;
	}
	return false;
}

/* Whether NAME, an address or a sign-in name, has LOCAL before its @. */
static bool
begins_as(const char *name, const char *local)
{
	size_t n = strlen(local);

	return strncasecmp(name, local, n) == 0 && (!name[n] || name[n] == '@');
}

static bool
is_miswritten(const char *name, const char *fault, const char *local)
{
	return name && fault && !begins_as(name, local);
}

/*
 * O is called otherwise than its account, by a name that cannot be one: what it
 * is meant to be only people can say, and nobody knows it by the account's.
 */
static bool
has_miswritten(const struct object *o)
{
	const char *primary = object_primary(o);

	return is_miswritten(primary, primary ? address_fault(primary) : NULL,
	                     o->sam) ||
	       is_miswritten(o->mail, o->mail ? address_fault(o->mail) : NULL,
	                     o->sam) ||
	       is_miswritten(o->upn, o->upn ? upn_fault(o->upn) : NULL,
	                     o->sam);
}

/* What nobody has yet is such that it is taken anywhere. */
static const char *
built_address(struct check *c, const struct object *o)
{
	const char *domain = domain_for(check_model(c), o);
	const char *address;

	if (!domain || !o->sam || has_miswritten(o))
		return NULL;
	address = check_textf(c, "%s@%s", o->sam, domain);
	return suggest_is_good(c, o, address, AS_NAME) &&
	       !is_promised(c, o, domain) ? address : NULL;
}

/* Whether O has it already, among its addresses or as its only one. */
static bool
lists(const struct object *o, const char *address)
{
	return object_lists(o, address) || (!o->proxy_count && o->mail &&
	       utf8_same_folded(o->mail, address));
}

/*
 * What was not read, in which somebody may have ADDRESS. A sign-in name, or
 * mail beside proxyAddresses, is no address yet, and a group may have it as
 * one: only that no tenant was given is not held against what O is called by.
 */
static const char *
unread_for(const struct check *c, const struct object *o, const char *address)
{
	if (lists(o, address))
		return NULL;
	return object_is_called(o, address) ? check_unread_given(c)
	                                    : check_unread(c);
}

/* Why built_address gave none; NULL: the name is none, or is in no domain. */
static const char *
why_unbuilt(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);
	const char *domain = check_is_screening(c) || !m->domains_known
		? NULL : domain_for(m, o);
	const char *address;

	if (!domain || !o->sam)
		return NULL;
	if (has_miswritten(o))
		return check_textf(c, "what it is called by cannot be a name, "
		                   "and its account is called otherwise (%s): "
		                   "what it is meant to be has to be decided "
		                   "first", o->sam);
	address = check_textf(c, "%s@%s", o->sam, domain);
	return check_is_taken(c, o, address) || is_promised(c, o, domain)
		? check_textf(c, "it has no address of its own that is valid, "
		              "in a verified domain that no one else uses, and "
		              "someone else has, or may get, %s, which its "
		              "account name gives", address) : NULL;
}

/* With FOUND, or what can be built. */
static struct proposal
propose(struct check *c, const struct object *o, const char *found)
{
	struct proposal out = { .address = found };

	if (!found)
		out.address = built_address(c, o);
	if (out.address)
		out.unread = unread_for(c, o, out.address);
	else
		out.why = why_unbuilt(c, o);
	return out;
}

/* By which it is known to those who write to it, and then to itself. */
static const char *
moved_to(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);
	struct arena *a = check_arena(c);
	const char *found = moved(c, o, moved_address(m, o, a));

	return found ? found : moved(c, o, moved_name(m, o, a));
}

static const char *
address_for(struct check *c, const struct object *o)
{
	const char *own = own_address(c, o, AS_ADDRESS);

	return own ? own : moved_to(c, o);
}

/* Of another organization's recipient. */
static struct proposal
outside_address(struct check *c, const struct object *o)
{
	const char *target = address_body(o->target);

	if (lists(o, target) && !is_lost(o, target) &&
	    !check_is_taken(c, o, target))
		return (struct proposal){ .address = target };
	return (struct proposal){
		.why = "it is a recipient of another organization, and none of "
		       "its addresses is the one that its mail is sent to"
	};
}

struct proposal
suggest_address(struct check *c, const struct object *o)
{
	if (o->ad.is_outside)
		return outside_address(c, o);
	return propose(c, o, address_for(c, o));
}

struct proposal
suggest_former(struct check *c, const struct object *o, const char *address)
{
	struct proposal none = { .address = NULL };
	struct proposal to;

	if (o->ad.is_outside || !suggest_is_good(c, o, address, AS_ADDRESS))
		return none;
	to = propose(c, o, address_for(c, o));
	if (!to.address)
		return propose(c, o, address);
	return utf8_same_folded(to.address, address) ? to : none;
}

/* The sign-in name with its domain as the tenant has it (xn--); or NULL. */
static const char *
with_ascii_domain(struct check *c, const struct object *o)
{
	const char *domain = o->upn ? address_domain(o->upn) : NULL;
	char *ascii = domain ? idn_ascii(domain) : NULL;
	const char *name = ascii && strcmp(ascii, domain) != 0
		? check_textf(c, "%.*s@%s", (int)strcspn(o->upn, "@"), o->upn,
		              ascii) : NULL;

	free(ascii);
	return suggest_is_good(c, o, name, AS_NAME) ? name : NULL;
}

/* Its account has the present name: it is asked for nowhere else. */
struct proposal
suggest_name(struct check *c, const struct object *o)
{
	const char *now = o->links.account
		? account_text(o->links.account, ACCOUNT_UPN) : NULL;
	const char *clean = as_it_is(c, o, o->upn, AS_NAME);

	if (now && suggest_is_good(c, o, now, AS_NAME))
		return (struct proposal){ .address = now };
	if (!clean)
		clean = with_ascii_domain(c, o);
	if (!clean)
		clean = own_address(c, o, AS_NAME);
	return propose(c, o, clean ? clean : moved(c, o, moved_name(
		check_model(c), o, check_arena(c))));
}

bool
suggest_mail_too(const struct object *o, const char *address)
{
	return o->mail && !utf8_same_folded(o->mail, address);
}
