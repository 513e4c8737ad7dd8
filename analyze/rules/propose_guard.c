/* Who would refuse a change in AD, or undo it. */
#include "analyze/rules/propose_guard.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/taken.h"
#include "analyze/rules/undone.h"
#include "base/invisible_text.h"
#include "base/utf8.h"

enum tristate
policy_applies(const struct model *m, const struct object *o)
{
	enum section s = section_of(SIDE_AD, o->kind);

	if (o->ad.policies_out == YES)
		return NO;
	if (o->ad.policies_in == YES)
		return YES;
	return recipient_is_marked(o) &&
	       (!model_covers(m, s, ATTR_POLICIES_IN) ||
	        !model_covers(m, s, ATTR_POLICIES_OUT)) ? UNKNOWN : NO;
}

static const char *
not_of_ad(const struct check *c, const struct object *o, const char *attribute)
{
	if (object_is_of_cloud(o))
		return "the cloud manages the object (msDS-ObjectSoa)";
	switch (authority_of_attribute(check_model(c), o, attribute)) {
	case AUTHORITY_AD:
		return NULL;
	case AUTHORITY_EXCHANGE_ONLINE:
		return "Exchange Online manages the attribute";
	case AUTHORITY_NOT_ASSESSED:
		return "whether Exchange Online manages the attribute "
		       "(IsExchangeCloudManaged) is not known";
	default:
		return "the cloud manages the object";
	}
}

/* Exchange writes mail and proxyAddresses together, by its policy. */
static const char *
not_to_stay(const struct check *c, const struct object *o,
            const char *attribute)
{
	if (strcmp(attribute, "mail") != 0 &&
	    strcmp(attribute, "proxyAddresses") != 0)
		return NULL;
	switch (policy_applies(check_model(c), o)) {
	case YES:
		return undone_surely;
	case UNKNOWN:
		return undone_maybe;
	default:
		return NULL;
	}
}

/* Whether sync joins forests by it: it decides whose account is whose. */
static bool
is_joined_by(const struct check *c, const struct object *o,
             const char *attribute)
{
	const struct policy *p = model_policy(check_model(c), o);

	switch (p->join) {
	case JOIN_MAIL:
		return strcmp(attribute, "mail") == 0;
	case JOIN_NAME:
		return strcmp(attribute, "mailNickname") == 0;
	case JOIN_ATTRIBUTE:
		return p->join_attribute &&
		       strcmp(attribute, p->join_attribute) == 0;
	default:
		return false;
	}
}

/* What it has decides what is proposed. */
static const char *
not_known(const struct check *c, const struct object *o)
{
	static const enum attr names[] = { ATTR_PROXIES, ATTR_MAIL, ATTR_UPN };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((names[i] != ATTR_UPN || o->kind == KIND_USER) &&
		    (attr_set_has(&o->unclear, names[i]) ||
		     !model_covers(check_model(c), section_of(SIDE_AD, o->kind),
		                   names[i])))
			return attr_name(SIDE_AD, names[i]);
	return NULL;
}

/* Whether mail can be sent on to it, and nobody else is found there. */
static bool
is_sound_target(struct check *c, const struct object *o)
{
	const char *domain = address_domain(o->target);

	return domain && address_type(o->target) <= ADDRESS_SECONDARY &&
	       !address_is_unclean(o->target) &&
	       !address_fault(address_body(o->target)) &&
	       suffix_is_possible(check_suffix(c, domain)) &&
	       !check_is_taken(c, o, address_body(o->target));
}

static bool
has_unsound(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_MALFORMED ||
		    address_is_unclean(o->proxies[i]))
			return true;
	return false;
}

/* With an address a contact comes into scope: then all that it has counts. */
static const char *
not_to_sync(struct check *c, const struct object *o, const char *attribute)
{
	if (o->kind != KIND_CONTACT || o->scope.state != SCOPE_FILTERED ||
	    strcmp(attribute, "displayName") == 0 ||
	    strcmp(attribute, "targetAddress") == 0)
		return NULL;
	if (o->target && !is_sound_target(c, o))
		return "the address to which mail is sent on is not sound, and "
		       "has to be fixed first";
	if (has_unsound(o))
		return "what is written wrong in its addresses counts once it "
		       "is synchronized, and has to be fixed first";
	return !o->mail_nickname && recipient_is_marked(o)
		? "Exchange has marked it, and it has no alias: Exchange is to "
		  "make it a recipient again" : NULL;
}

/* groupType (MS-ADTS 2.2.12). */
enum { GROUP_UNIVERSAL = 8 };

const char *
propose_why_recipient(struct check *c, const struct object *o)
{
	if (o->kind != KIND_GROUP)
		return NULL;
	if (!(o->ad.group_type & GROUP_UNIVERSAL))
		return "Exchange takes universal groups alone: it has to be "
		       "made one first";
	if (!o->display_name || invisible_all(o->display_name))
		return "a group with mail is shown to people: it needs a "
		       "displayName first";
	return o->mail_nickname && taken_alias(c, o, o->mail_nickname)
		? "someone else has the alias of the group: whose it is has to "
		  "be decided first" : NULL;
}

/* The account of the same name that it does not get is to be settled first. */
static bool
has_former(const struct object *o, const char *attribute)
{
	return (o->links.has_former || o->forecast.former) &&
	       (strcmp(attribute, "userPrincipalName") == 0 ||
	        strcmp(attribute, "mail") == 0 ||
	        strcmp(attribute, "proxyAddresses") == 0);
}

/* Its first address makes a recipient of it. */
static const char *
not_yet_recipient(struct check *c, const struct object *o,
                  const char *attribute)
{
	return (strcmp(attribute, "mail") == 0 ||
	        strcmp(attribute, "proxyAddresses") == 0) &&
	       !object_is_mail_enabled(o) ? propose_why_recipient(c, o) : NULL;
}

const char *
propose_guard_beside(struct check *c, const struct object *o,
                     const char *attribute)
{
	const char *why = not_of_ad(c, o, attribute);
	const char *giver = object_giver_of(o, attribute);

	if (why)
		return why;
	if (object_holds_addresses(o))
		return "Exchange writes the attributes of public folders and "
		       "dynamic groups: it is to be changed there";
	if (strcmp(attribute, "displayName") != 0 && not_known(c, o))
		return check_textf(c, "what it has in %s is not known",
		                   not_known(c, o));
	if (giver)
		return check_textf(c, "sync takes the attribute from %s",
		                   giver);
	if (has_former(o, attribute))
		return "the account of the same name that it does not get is "
		       "to be settled first";
	if (not_yet_recipient(c, o, attribute))
		return not_yet_recipient(c, o, attribute);
	if (not_to_sync(c, o, attribute))
		return not_to_sync(c, o, attribute);
	if (check_model(c)->domains.forest_count > 1 &&
	    is_joined_by(c, o, attribute))
		return "sync joins the objects of forests by it";
	if (strcmp(attribute, "mail") == 0 && (o->links.account ||
	    (o->upn && !o->mail)) &&
	    model_policy(check_model(c), o)->sign_in_is_mail)
		return "people sign in with mail: they have to be told first";
	return NULL;
}

const char *
propose_guard(struct check *c, const struct object *o, const char *attribute)
{
	const char *why = propose_guard_beside(c, o, attribute);

	return why ? why : not_to_stay(c, o, attribute);
}

/* Another object of AD that wants what O will have, or wants; or NULL. */
static const struct contested *
rival_of(const struct object *o)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++) {
		const struct contested *one = &o->forecast.contested[i];

		if (one->other && one->other->side == SIDE_AD)
			return one;
	}
	return NULL;
}

/*
 * The cloud account that is to be taken over is found by the primary address,
 * or by the sign-in name: no proposal decides which, or that it is another.
 */
static const char *
not_to_match(struct check *c, const struct object *o, const char *attribute,
             const char *new)
{
	const struct account *account = o->links.account;
	const char *theirs = account ? account_text(account, ACCOUNT_PRIMARY)
	                             : NULL;

	if (!theirs || strcmp(attribute, "userPrincipalName") == 0 ||
	    (o->links.how != HOW_SMTP && o->links.how != HOW_UPN) ||
	    utf8_same_folded(theirs, address_body(new)) ==
	    (o->links.how == HOW_SMTP))
		return NULL;
	return check_textf(c, "a cloud account is joined by the %s: that it is "
	                   "the right one has to be seen first",
	                   o->links.how == HOW_SMTP ? "primary address"
	                                            : "sign-in name");
}

/* Whether what the alias is made of, or the alias itself, becomes NEW. */
static bool
is_given_up(struct check *c, const struct object *o, const char *attribute,
            const char *new)
{
	if (strcmp(attribute, "userPrincipalName") == 0 &&
	    taken_name_given_up(c, o))
		return true;
	return (!o->mail_nickname || strcmp(attribute, "mailNickname") == 0) &&
	       taken_once_given_up(c, o, new);
}

/* The domain of VALUE as cleaning leaves it, without a final dot; or NULL. */
static const char *
domain_of(struct check *c, const char *value)
{
	const char *domain = value ? address_domain(address_body(
		address_cleaned(value, check_arena(c)))) : NULL;
	size_t len = domain ? strlen(domain) : 0;

	return len && domain[len - 1] == '.'
		? check_textf(c, "%.*s", (int)len - 1, domain) : domain;
}

/*
 * The tenant can verify the domain instead, and then the value is right as it
 * is: only those whose domain it may be can say so. A name that is merely sent
 * in the place of none is nobody's.
 */
static const char *
not_to_give_up(struct check *c, const struct object *o, const char *attribute,
               const char *old, const char *new)
{
	const struct model *m = check_model(c);
	const char *domain = domain_of(c, old), *to = domain_of(c, new);

	if (!domain || !m->domains_known || domain_is_initial(domain) ||
	    model_is_verified(m, domain) ||
	    (to && utf8_same_domain(to, domain)) ||
	    (strcmp(attribute, "userPrincipalName") == 0 && !o->upn) ||
	    !suffix_is_possible(check_suffix(c, domain)))
		return NULL;
	return check_textf(c, "%s may be verified in the tenant instead: "
	                   "whether it is the company's has to be decided "
	                   "first", domain);
}

const char *
propose_why_shared(struct check *c, const struct object *o,
                   const char *attribute, const char *old, const char *new)
{
	const char *was = old ? address_body(old) : NULL;
	bool is_first = strcmp(attribute, "proxyAddresses") != 0 ||
	                (new && address_type(new) == ADDRESS_PRIMARY);

	if (was && taken_in_ad(c, o, was))
		return check_textf(c, "another object has %s, too: whose it "
		                   "is has to be decided first", was);
	if (not_to_give_up(c, o, attribute, old, new))
		return not_to_give_up(c, o, attribute, old, new);
	if (is_first && rival_of(o))
		return check_textf(c, "%s wants %s, too: whose it is has to be "
		                   "decided first", rival_of(o)->who,
		                   address_body(rival_of(o)->value));
	if (new && taken_in_ad(c, o, address_body(new)))
		return check_textf(c, "an object that sync joins with it has "
		                   "%s", address_body(new));
	if (new && is_first && strchr(new, '@') &&
	    not_to_match(c, o, attribute, new))
		return not_to_match(c, o, attribute, new);
	if (new && is_first && is_given_up(c, o, attribute, address_body(new)))
		return "it would give up an address in the initial domain that "
		       "someone else may get then";
	if (new && is_first && taken_local_part(c, o, address_body(new)))
		return check_textf(c, "in the initial domain someone else may "
		                   "get the address that would come from "
		                   "%s", address_body(new));
	return NULL;
}
