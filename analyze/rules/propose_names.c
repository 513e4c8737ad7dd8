/* Remedies of names: to sign in with, to be shown, and of mail routing. */
#include "analyze/rules/propose.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/taken.h"
#include "analyze/rules/told.h"
#include "base/invisible_text.h"
#include "base/utf8.h"

static struct remedy
change(struct check *c, const struct object *o, struct proposed p)
{
	const char *why = propose_guard(c, o, p.attribute);

	return why ? remedy_none(why) : (struct remedy){ .proposed = p };
}

const char *
remedy_wanted(const struct remedy *r, const char *words)
{
	return r->proposed.new ? r->proposed.new : words;
}

const char *
remedy_wanted_mail(struct check *c, const struct object *o,
                   const struct remedy *r)
{
	const char *primary = object_primary(o);

	if (r->proposed.new)
		return address_body(r->proposed.new);
	return primary && !check_is_screening(c) && (address_fault(primary) ||
	       check_is_taken(c, o, primary))
		? "the primary address, once that is fixed" : primary;
}

const char *
remedy_fix(struct check *c, const struct remedy *r)
{
	const struct proposed *p = &r->proposed;

	if (!p->attribute)
		return NULL;
	if (strcmp(p->attribute, "proxyAddresses") != 0)
		return check_textf(c, "In AD, set %s to %s%s%s", p->attribute,
		                   p->new, p->and ? ", and write into "
		                   "proxyAddresses " : "",
		                   p->and ? p->and->new : "");
	return p->new ? check_textf(c, "In AD, write %s into proxyAddresses in "
	                            "the place of this value", p->new)
		: "In AD, remove the value from proxyAddresses: another one "
		  "has the address";
}

/* ---- to sign in with ---- */

/* Who signs in with it does so from programs, or by other rules. */
static const char *
not_a_persons(const struct object *o)
{
	if (o->ad.service_names == YES ||
	    account_kind_of(o) == ACCOUNT_KIND_SERVICE)
		return "it is the account of a service (servicePrincipalName): "
		       "what signs in with its name has to be found out first";
	if ((o->ad.admin_count && strcmp(o->ad.admin_count, "1") == 0) ||
	    account_kind_of(o) == ACCOUNT_KIND_ADMINISTRATOR)
		return "it is an administrator's account (adminCount): whether "
		       "it is to be synchronized at all has to be decided "
		       "first";
	return NULL;
}

/* Why nobody should get the name unasked; NULL: nothing speaks against it. */
static const char *
no_new_name(struct check *c, const struct object *o, const char *to)
{
	const char *now = o->links.account
		? account_text(o->links.account, ACCOUNT_UPN) : NULL;

	if (not_a_persons(o))
		return not_a_persons(o);
	if (now && !utf8_same_folded(now, to))
		return check_textf(c, "someone signs in as %s today: they have "
		                   "to be told first that it will be %s", now,
		                   to);
	if (o->links.is_open)
		return "which account it has, and so what it signs in with "
		       "today, is not known";
	return NULL;
}

struct remedy
remedy_name(struct check *c, const struct object *o, const struct proposal *to)
{
	const char *why;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (!check_model(c)->domains_known)
		return remedy_none("which domains are verified in the tenant "
		                   "is not known");
	if (!to->address && to->why)
		return remedy_none(to->why);
	if (!to->address)
		return remedy_none("it has no name or address of its own that "
		                   "is valid, in a verified domain that no one "
		                   "else uses, and its account name gives "
		                   "none");
	if (o->upn && strcmp(o->upn, to->address) == 0)
		return remedy_none("AD has the name already");
	why = propose_why_shared(c, o, "userPrincipalName", o->upn ? o->upn
		: sent_name(c, o), to->address);
	if (!why)
		why = no_new_name(c, o, to->address);
	if (!why && to->unread && check_unread_given(c))
		why = check_textf(c, "someone may have %s: not all of %s was "
		                  "read", to->address, check_unread_given(c));
	if (why)
		return remedy_none(why);
	return change(c, o, (struct proposed){
		.attribute = "userPrincipalName", .old = o->upn,
		.new = to->address,
	});
}

struct remedy
remedy_upn(struct check *c, const struct object *o)
{
	struct proposal to = suggest_name(c, o);

	return remedy_name(c, o, &to);
}

/* What speaks against ADDRESS, which is to be one of its addresses; NULL. */
static const char *
no_routing(struct check *c, const struct object *o, const char *address,
           const char *alias)
{
	if (!object_primary(o))
		return "the object has no primary address, which has to be "
		       "chosen first";
	if (address_fault(address) || address_is_replaced(address))
		return "its alias gives no address";
	if (taken_alias(c, o, alias) || taken_in_ad(c, o, address)
	    || check_is_taken(c, o, address))
		return check_textf(c, "someone else has, or may get, %s",
		                   address);
	return check_unread_given(c)
		? check_textf(c, "someone may have %s: not all of %s was read",
		              address, check_unread_given(c)) : NULL;
}

struct remedy
remedy_routing(struct check *c, const struct object *o, const char *domain,
               const char *target)
{
	const char *alias = target ? NULL : o->mail_nickname;
	const char *address = alias
		? check_textf(c, "%s@%s", alias, domain) : target;
	const char *why;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (!address)
		return remedy_none("it has no alias that is known");
	why = no_routing(c, o, address, alias ? alias
		: arena_strndup(check_arena(c), target, strcspn(target, "@")));
	if (why)
		return remedy_none(why);
	return change(c, o, (struct proposed){
		.attribute = "proxyAddresses",
		.new = check_textf(c, "smtp:%s", address),
	});
}

struct remedy
remedy_routed_target(struct check *c, const struct object *o)
{
	const char *own = object_routing_address(o);

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (!own)
		return remedy_none("which address it has in the tenant's "
		                   "routing domain has to be seen first");
	if (address_fault(own) || taken_in_ad(c, o, own) ||
	    check_is_taken(c, o, own))
		return remedy_none(check_textf(c, "someone else has, or may "
		                               "get, %s", own));
	if (o->target && utf8_same_folded(address_body(o->target), own))
		return remedy_none("it has that address, of which it is not "
		                   "known that it leads to the tenant");
	return change(c, o, (struct proposed){
		.attribute = "targetAddress", .old = o->target,
		.new = check_textf(c, "SMTP:%s", own),
	});
}

/* ---- the alias ---- */

/* Whether all sections that have aliases were read, and these of them. */
static bool
are_aliases_read(const struct model *m)
{
	static const enum section holders[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS, TENANT_USERS, TENANT_GROUPS
	};

	for (size_t i = 0; i < sizeof(holders) / sizeof(holders[0]); i++) {
		if (!m->tenant && section_side(holders[i]) == SIDE_TENANT)
			continue;
		if (!model_complete(m, holders[i]) ||
		    (model_lines(m, holders[i]) &&
		     !model_covers(m, holders[i], ATTR_MAIL_NICKNAME)))
			return false;
	}
	return true;
}

/* Beside an alias, the service drops what is in no verified domain. */
static bool
has_unverified(const struct model *m, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *domain = address_domain(o->proxies[i]);

		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    (!domain || !model_is_verified(m, domain)))
			return true;
	}
	return !o->proxy_count && o->mail && (!address_domain(o->mail) ||
	       !model_is_verified(m, address_domain(o->mail)));
}

/* The address that will be its primary one, once it has an alias; or NULL. */
static const char *
counted_address(const struct object *o)
{
	if (o->proxy_count)
		return object_primary(o);
	return o->mail ? o->mail : o->upn;
}

/* Without the tenant's domains nobody knows more than that it is sound. */
static bool
is_counted_good(struct check *c, const struct object *o)
{
	const char *address = counted_address(o);

	return address && (check_model(c)->domains_known
		? suggest_is_good(c, o, address, AS_ADDRESS)
		: !address_fault(address));
}

/* With an alias it is a recipient, and what it has of addresses counts. */
static const char *
no_recipient(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);

	if (o->mail_nickname)
		return NULL;
	if (m->domains_known && has_unverified(m, o))
		return "beside an alias, addresses in domains that are not "
		       "verified are dropped: they have to be fixed first";
	if (o->proxy_count && !object_primary(o))
		return "beside an alias its values of proxyAddresses count, "
		       "which have no primary one: that is to be chosen first";
	if (!is_counted_good(c, o))
		return "beside an alias its primary address counts, which is "
		       "to be fixed first";
	return propose_why_recipient(c, o);
}

static bool
is_free_alias(struct check *c, const struct object *o, const char *alias)
{
	return !alias_fault(alias) && utf8_is_ascii(alias, strlen(alias)) &&
	       !taken_alias(c, o, alias) &&
	       !taken_local_part(c, o, alias);
}

/* What it was in the newest look that had one, if it has none now; or NULL. */
static const char *
former_alias(const struct object *o)
{
	const struct history *s = o->mail_nickname ? NULL : o->links.history;

	for (; s; s = s->older)
		if (s->then->mail_nickname)
			return s->then->mail_nickname;
	return NULL;
}

static const char *
free_alias(struct check *c, const struct object *o)
{
	const char *candidates[ALIAS_CANDIDATES], *former = former_alias(o);
	size_t n = recipient_aliases(o, candidates, check_arena(c));

	if (former && is_free_alias(c, o, former))
		return former;
	for (size_t i = 0; i < n; i++)
		if (is_free_alias(c, o, candidates[i]))
			return candidates[i];
	return NULL;
}

/* Why there is none. */
static const char *
no_alias(struct check *c, const struct object *o)
{
	const char *candidates[ALIAS_CANDIDATES];

	if (!o->mail_nickname)
		return "neither an address nor the account name gives an alias "
		       "that no one else has";
	if (!recipient_aliases(o, candidates, check_arena(c)) ||
	    alias_fault(candidates[0]))
		return "what cleaning leaves of it is no alias: what it is "
		       "meant to be has to be decided first";
	return check_textf(c, "someone else has, or may get, what cleaning "
	                   "leaves of it, %s", candidates[0]);
}

/* ALIAS, which nobody has of those that were read. */
static struct remedy
set_alias(struct check *c, const struct object *o, const char *alias)
{
	const char *why = propose_why_shared(c, o, "mailNickname",
	                                     o->mail_nickname, alias);

	if (why)
		return remedy_none(why);
	if (!are_aliases_read(check_model(c)))
		return remedy_none(check_textf(c, "someone may have %s: not "
		                               "all aliases of AD and of the "
		                               "tenant were read", alias));
	return change(c, o, (struct proposed){
		.attribute = "mailNickname", .old = o->mail_nickname,
		.new = alias,
	});
}

struct remedy
remedy_alias(struct check *c, const struct object *o)
{
	const char *alias;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (object_holds_addresses(o))
		return remedy_none(propose_guard(c, o, "mailNickname"));
	if (no_recipient(c, o))
		return remedy_none(no_recipient(c, o));
	alias = free_alias(c, o);
	if (!alias)
		return remedy_none(no_alias(c, o));
	return set_alias(c, o, alias);
}

/* ---- where mail is sent on to ---- */

static bool
has_unclean(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    address_is_unclean(o->proxies[i]))
			return true;
	return false;
}

/* A contact's target is all that it is; others get mail themselves till now. */
static const char *
no_forwarding(struct check *c, const struct object *o)
{
	if (o->kind == KIND_CONTACT)
		return NULL;
	if (has_unverified(check_model(c), o))
		return "mail would begin to be sent on, and addresses in "
		       "domains that are not verified to be dropped: they have "
		       "to be fixed first";
	if (!is_counted_good(c, o))
		return "mail would begin to be sent on, and its primary "
		       "address to count: that has to be fixed first";
	return has_unclean(o)
		? "mail would begin to be sent on: what is written wrong in "
		  "its addresses has to be fixed first" : NULL;
}

struct remedy
remedy_target(struct check *c, const struct object *o)
{
	const char *clean = address_cleaned(o->target, check_arena(c));
	const char *body = address_body(clean);
	enum proposed_as as = o->kind == KIND_CONTACT || o->ad.is_outside
		? AS_TARGET : AS_ADDRESS;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (no_forwarding(c, o))
		return remedy_none(no_forwarding(c, o));
	if (address_type(clean) == ADDRESS_OTHER)
		return remedy_none("only SMTP addresses are cleaned");
	if (!suggest_is_good(c, o, body, as))
		return remedy_none(suggest_why_bad(c, o, body, as));
	if (check_unread_given(c))
		return remedy_none(check_textf(c, "someone may have %s: not "
		                               "all of %s was read", body,
		                               check_unread_given(c)));
	return change(c, o, (struct proposed){
		.attribute = "targetAddress", .old = o->target,
		.new = check_textf(c, "SMTP:%s", body),
	});
}

/* ---- what people see ---- */

enum { DISPLAY_NAME_MAX = 256 };

struct remedy
remedy_display_name(struct check *c, const struct object *o)
{
	if (check_is_screening(c))
		return remedy_none(NULL);
	if (!o->cn)
		return remedy_none("cn, by which the tenant calls it, was not "
		                   "collected");
	if (object_mark(o) != DN_PLAIN || invisible_any(o->cn) ||
	    invisible_all(o->cn) || strlen(o->cn) > DISPLAY_NAME_MAX ||
	    o->cn[0] == ' ' || o->cn[strlen(o->cn) - 1] == ' ')
		return remedy_none("its cn is no name that people should see");
	return change(c, o, (struct proposed){
		.attribute = "displayName", .old = o->display_name,
		.new = o->cn,
	});
}
