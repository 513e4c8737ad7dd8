/* Names and addresses that identify an object: their form, their owner. */
#include <ctype.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* Whether the tenant has taken it as it is. */
static bool
is_held(const struct object *o)
{
	const char *held = o->links.account
		? account_text(o->links.account, ACCOUNT_UPN) : NULL;

	return held && utf8_same_folded(held, o->upn);
}

static void
check_upn(struct check *c, const struct object *o)
{
	const char *fault = o->upn ? upn_fault(o->upn) : NULL;

	if (!fault || is_held(o) || check_is_behind(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_sign_in_severity(o, check_severity(c)),
		.attribute = "userPrincipalName", .observed = o->upn,
		.expected = "letters, digits and ' . - _ ! # ^ ~, an @, and a "
		            "domain of the tenant",
		.message = check_textf(c, "The userPrincipalName of %s %s",
		                       object_label(o), fault),
	});
}

/* Whether an earlier value of the object is the same address. */
static bool
is_repeated(const struct object *o, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (ascii_casecmp(o->proxies[k], o->proxies[i]) == 0)
			return true;
	return false;
}

/* A linked mailbox and its master account are one object to sync. */
static bool
is_one(const struct object *o, const struct object *other)
{
	return o->links.is_part ||
	       (o->ad.has_linked_mailbox && linked_mailbox_names_master(other));
}

/* Sync takes mail for an address of whoever has no other. */
static void
check_mail_held(struct check *c, const struct object *o)
{
	const struct object *other;

	if (o->proxy_count || !o->mail)
		return;
	other = check_holder(c, o, check_textf(c, "smtp:%s", o->mail));
	if (!other)
		return;
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_LOW, .attribute = "mail",
		.observed = o->mail,
		.expected = "an address that no other object has",
		.message = check_textf(c, "%s has mail %s, and so has the %s "
		                       "%s", object_label(o), o->mail,
		                       kind_name(other->kind),
		                       object_described(other,
		                                        check_arena(c))),
		.fix = "In AD, decide whose address it is, and give the other "
		       "object another one.",
		.other = other,
	});
}

static const char fix_several[] =
	"In AD, decide whose address it is, and remove it from the "
	"proxyAddresses of all others: it is not enough to do so at one.";

/* A conflict object has what the one has whose name it had: told of that. */
static void
check_duplicate(struct check *c, const struct object *o)
{
	if (object_mark(o) != DN_PLAIN)
		return;
	check_mail_held(c, o);
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];
		const struct object *other = is_repeated(o, i)
			? NULL : check_sharer(c, o, value);
		bool more = other && check_has_sharers(c, o, value);

		if (!other || is_one(o, other))
			continue;
		check_fail(c, o, &(struct failure){
			.severity = o->scope.state == SCOPE_IN &&
			            other->scope.state == SCOPE_IN
				? check_severity(c) : SEVERITY_LOW,
			.attribute = "proxyAddresses", .observed = value,
			.expected = "an address that no other object has",
			.message = check_textf(c, "%s has the address %s, and "
			                       "so has the %s %s%s",
			                       object_label(o),
			                       address_body(value),
			                       kind_name(other->kind),
			                       object_described(other,
			                       check_arena(c)), more
			                       ? ", and have others" : ""),
			.fix = more ? fix_several : NULL, .other = other,
		});
	}
}


static const struct rule rules[] = {
	{
		.id = "upn-malformed",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_UPN),
		.needs = NEED_JOINED,
		.in_scope_only = true,
		.check = check_upn,
		.title = "Malformed userPrincipalName",
		.why = "A name with such a character is treated as one in a "
		       "domain that is not verified: the user gets a sign-in "
		       "name in the onmicrosoft.com domain, or is refused.",
		.fix = "In AD, correct userPrincipalName, and tell the user "
		       "the new sign-in name.",
		.source = DOC_PREP, .part = "userPrincipalName",
		.limit = "113 characters, 64 of them before the @",
	},
	{
		.id = "proxy-duplicate",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_UNIQUENESS,
		.side = SIDE_AD,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP) |
		         KIND_BIT(KIND_CONTACT),
		.attrs = ATTRS(ATTR_PROXIES),
		.needs = NEED_SHARERS,
		.check = check_duplicate,
		.title = "Address that several objects have",
		.why = "An address belongs to one object in the tenant. Of "
		       "two that are synchronized the second is quarantined "
		       "without the address, or is not exported at all; mail "
		       "goes to the first.",
		.fix = "In AD, decide whose address it is, and remove it from "
		       "the other's proxyAddresses.",
		.source = DOC_RESILIENCY,
	},
};

const struct family identity_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
