/* Whether what is proposed may be written into AD; addresses and names. */
#include "analyze/rules/propose.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

struct remedy
remedy_none(const char *why)
{
	return (struct remedy){ .unproposed = why };
}

/* One value, unless something speaks against it. */
static struct remedy
change(struct check *c, const struct object *o, struct proposed p)
{
	const char *why = propose_guard(c, o, p.attribute);

	for (const struct proposed *one = &p; one && !why; one = one->and)
		why = propose_why_shared(c, o, one->attribute, one->old,
		                         one->new);
	return why ? remedy_none(why) : (struct remedy){ .proposed = p };
}

/* Why suggest.c found nothing, or why what it found is not safe; or NULL. */
static const char *
why_not(struct check *c, const struct proposal *to)
{
	if (!to->address && to->why)
		return to->why;
	if (!check_model(c)->domains_known)
		return "which domains are verified in the tenant is not known";
	if (!to->address)
		return "it has no address of its own that is valid, in a "
		       "verified domain that no one else uses, and its account "
		       "name gives none";
	return to->unread && check_unread_given(c)
		? check_textf(c, "someone may have %s: not all of %s was read",
		              to->address, check_unread_given(c)) : NULL;
}

static struct proposed *
keep(struct check *c, struct proposed p)
{
	struct proposed *kept = arena_alloc(check_arena(c), sizeof(*kept));

	*kept = p;
	return kept;
}

/* ---- the primary address ---- */

/* Whether VALUE has ADDRESS, with or without a prefix, when it is cleaned. */
static bool
cleans_to(struct check *c, const char *value, const char *address)
{
	const char *clean = address_cleaned(value, check_arena(c));

	return address_type(clean) != ADDRESS_OTHER &&
	       utf8_same_folded(address_body(clean), address);
}

/*
 * The value that is no primary one and has ADDRESS, with or without a prefix,
 * as it is or else when it is cleaned; or NULL.
 */
static const char *
listed(struct check *c, const struct object *o, const char *address)
{
	const char *unclean = NULL;

	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];

		if (address_type(value) == ADDRESS_PRIMARY ||
		    !cleans_to(c, value, address))
			continue;
		if (address_type(value) == ADDRESS_SECONDARY &&
		    utf8_same_folded(address_body(value), address))
			return value;
		unclean = unclean ? unclean : value;
	}
	return unclean;
}

static const char *
first_primary(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_PRIMARY)
			return o->proxies[i];
	return NULL;
}

static size_t
count_primaries(const struct object *o)
{
	size_t n = 0;

	for (size_t i = 0; i < o->proxy_count; i++)
		n += address_type(o->proxies[i]) == ADDRESS_PRIMARY;
	return n;
}

/*
 * The SMTP: value: the secondary one with that address becomes it, or the bad
 * one gives way to it, and then the secondary one goes.
 */
static struct proposed
change_proxies(struct check *c, const struct object *o, const char *to)
{
	const char *now = first_primary(o);
	const char *own = listed(c, o, to);
	struct proposed out = {
		.attribute = "proxyAddresses", .old = now ? now : own,
		.new = check_textf(c, "SMTP:%s", to),
	};

	if (now && own)
		out.and = keep(c, (struct proposed){
			.attribute = "proxyAddresses", .old = own,
		});
	return out;
}

struct remedy
remedy_primary(struct check *c, const struct object *o,
               const struct proposal *to)
{
	const char *why = object_holds_addresses(o)
		? propose_guard(c, o, "proxyAddresses") : why_not(c, to);
	struct proposed p;

	if (check_is_screening(c) || why)
		return remedy_none(why);
	if (!o->proxy_count && o->mail && strcmp(o->mail, to->address) == 0)
		return remedy_none("AD has the address already");
	if (count_primaries(o) > 1)
		return remedy_none("it has several primary addresses, of which "
		                   "one has to be chosen first");
	p = (struct proposed){
		.attribute = "mail", .old = o->mail, .new = to->address,
	};
	if (!o->proxy_count)
		return change(c, o, p);
	if (!suggest_mail_too(o, to->address))
		return change(c, o, change_proxies(c, o, to->address));
	/* mail alone has no effect beside them: it may come first. */
	p.and = keep(c, change_proxies(c, o, to->address));
	return change(c, o, p);
}

struct remedy
remedy_promoted(struct check *c, const struct object *o, const char *value)
{
	const char *now = first_primary(o), *body = address_body(value);
	struct proposed p = {
		.attribute = "proxyAddresses", .old = value,
		.new = check_textf(c, "SMTP:%s", body),
	};

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (count_primaries(o) != 1)
		return remedy_none("which of its addresses is the primary one "
		                   "has to be decided first");
	if (suggest_mail_too(o, body))
		p.and = keep(c, (struct proposed){
			.attribute = "mail", .old = o->mail, .new = body,
		});
	p = (struct proposed){
		.attribute = "proxyAddresses", .old = now,
		.new = check_textf(c, "smtp:%s", address_body(now)),
		.and = keep(c, p),
	};
	return change(c, o, p);
}

/* The primary address as it is, or as cleaning leaves it; NULL: none. */
static const char *
primary_of(struct check *c, const struct object *o)
{
	const char *primary = object_primary(o);

	return primary ? address_cleaned(primary, check_arena(c)) : NULL;
}

struct remedy
remedy_mail(struct check *c, const struct object *o)
{
	const char *primary = check_is_screening(c) ? NULL : primary_of(c, o);
	struct proposal to = { 0 };

	if (check_is_screening(c))
		return remedy_none(NULL);
	/* Together with the primary address, where that is not clean either. */
	if (primary && strcmp(primary, object_primary(o)) != 0) {
		to = suggest_address(c, o);
		return remedy_primary(c, o, &to);
	}
	if (primary && suggest_is_good(c, o, primary, AS_ADDRESS))
		to.address = primary;
	else if (!o->proxy_count)
		to = suggest_address(c, o);
	else
		return remedy_none(check_model(c)->domains_known
			? "the values of proxyAddresses mask it, and their "
			  "primary address is to be fixed first"
			: why_not(c, &to));
	if (why_not(c, &to))
		return remedy_none(why_not(c, &to));
	return change(c, o, (struct proposed){
		.attribute = "mail", .old = o->mail, .new = to.address,
	});
}

/* ---- other values of proxyAddresses ---- */

/* What cleaning leaves of VALUE, with a prefix; NULL: none can be seen. */
static const char *
with_prefix(struct check *c, const char *value)
{
	const char *clean = address_cleaned(value, check_arena(c));

	switch (address_type(clean)) {
	case ADDRESS_MALFORMED:
		return check_textf(c, "smtp:%s", clean);
	case ADDRESS_OTHER:
		return NULL;
	default:
		return clean;
	}
}

/* Whether another value than VALUE has its address. */
static bool
is_beside(const struct object *o, const char *value, const char *address)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (o->proxies[i] != value &&
		    address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    utf8_same_folded(address_body(o->proxies[i]), address))
			return true;
	return false;
}

/*
 * Whether another value becomes the one with ADDRESS: the primary one, or the
 * first of those that cleaning makes the same.
 */
static bool
is_copied(struct check *c, const struct object *o, const char *value,
          const char *address)
{
	bool before = true;

	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *one = o->proxies[i];

		if (strcmp(one, value) == 0)
			before = false;
		else if (cleans_to(c, one, address) && (before ||
		         address_type(one) == ADDRESS_PRIMARY))
			return true;
	}
	return is_beside(o, value, address);
}

/* Whether another value becomes the one with ADDRESS once it is cleaned. */
static bool
is_beside_unclean(struct check *c, const struct object *o, const char *value,
                  const char *address)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (strcmp(o->proxies[i], value) != 0 &&
		    cleans_to(c, o->proxies[i], address))
			return true;
	return false;
}

/* As suggest.c says, of an address that it has in another spelling. */
static const char *
why_unfit(struct check *c, const struct object *o, const char *address)
{
	struct proposal to = { .address = address };
	const char *bad = check_model(c)->domains_known
		? suggest_why_bad(c, o, address, AS_ADDRESS) : NULL;

	if (bad)
		return bad;
	if (!object_lists(o, address))
		to.unread = check_unread(c);
	return why_not(c, &to);
}

/* What is to be decided before the value is cleaned; NULL: nothing. */
static const char *
why_first(struct check *c, const struct object *o, const char *value,
          const char *new)
{
	const char *body = address_body(new);
	struct proposal to = suggest_address(c, o);

	if (address_type(new) == ADDRESS_PRIMARY && count_primaries(o) > 1)
		return "it has several primary addresses, of which one has to "
		       "be chosen first";
	if (address_type(new) == ADDRESS_PRIMARY &&
	    address_type(value) != ADDRESS_PRIMARY)
		return "it would become the primary address, which has to be "
		       "decided first";
	if (address_type(new) == ADDRESS_PRIMARY &&
	    is_beside_unclean(c, o, value, body))
		return "another value is the same address, which is to be "
		       "removed first";
	if (address_type(new) != ADDRESS_PRIMARY && (!first_primary(o) ||
	    (to.address && utf8_same_folded(to.address, body) &&
	     !is_beside(o, value, body))))
		return "the object has no good primary address, which has to "
		       "be chosen first";
	return NULL;
}

static struct remedy
replace_proxy(struct check *c, const struct object *o, const char *value,
              const char *new)
{
	struct proposed p = {
		.attribute = "proxyAddresses", .old = value, .new = new,
	};

	if (address_type(new) == ADDRESS_PRIMARY && o->mail &&
	    ascii_casecmp(o->mail, address_body(new)) != 0) {
		if (address_type(value) == ADDRESS_PRIMARY &&
		    suggest_is_good(c, o, o->mail, AS_ADDRESS))
			return remedy_none("mail has another address: one of "
			                   "the two has to be chosen first");
		p = (struct proposed){
			.attribute = "mail", .old = o->mail,
			.new = address_body(new), .and = keep(c, p),
		};
	}
	return change(c, o, p);
}

struct remedy
remedy_proxy(struct check *c, const struct object *o, const char *value)
{
	const char *new, *why;

	if (check_is_screening(c))
		return remedy_none(NULL);
	new = with_prefix(c, value);
	if (!new || address_type(new) > ADDRESS_SECONDARY)
		return remedy_none("only SMTP addresses are cleaned: what "
		                   "other values mean depends on every "
		                   "character");
	why = why_unfit(c, o, address_body(new));
	if (why)
		return remedy_none(why);
	why = why_first(c, o, value, new);
	if (why)
		return remedy_none(why);
	if (address_type(new) == ADDRESS_PRIMARY
	    ? !is_beside(o, value, address_body(new))
	    : !is_copied(c, o, value, address_body(new)))
		return replace_proxy(c, o, value, new);
	if (address_type(new) == ADDRESS_PRIMARY)
		return remedy_none("another value has the address, which is "
		                   "not the primary one");
	return change(c, o, (struct proposed){
		.attribute = "proxyAddresses", .old = value,
	});
}

struct remedy
remedy_rewritten(struct check *c, const struct object *o,
                 const char *attribute, const char *value, const char *to)
{
	const char *why = check_is_screening(c) ? NULL : why_unfit(c, o, to);
	const char *new;

	if (check_is_screening(c) || why)
		return remedy_none(why);
	if (strcmp(attribute, "mail") == 0)
		return change(c, o, (struct proposed){
			.attribute = attribute, .old = value, .new = to,
		});
	if (object_lists(o, to))
		return remedy_none("it has the address beside this one");
	if (is_beside(o, value, address_body(value)))
		return remedy_none("it has the address twice, of which one is "
		                   "to be removed first");
	new = check_textf(c, "%.5s%s", value, to);
	why = why_first(c, o, value, new);
	return why ? remedy_none(why) : replace_proxy(c, o, value, new);
}

/* The one of two primary addresses that is not mail; NULL: none is. */
static const char *
other_primary(const struct object *o)
{
	const char *other = NULL;
	size_t meant = 0;

	for (size_t i = 0; i < o->proxy_count; i++) {
		if (address_type(o->proxies[i]) != ADDRESS_PRIMARY)
			continue;
		if (ascii_casecmp(address_body(o->proxies[i]), o->mail) == 0)
			meant++;
		else
			other = o->proxies[i];
	}
	return meant == 1 && count_primaries(o) == 2 ? other : NULL;
}

struct remedy
remedy_several(struct check *c, const struct object *o)
{
	const char *other = o->mail ? other_primary(o) : NULL;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (!check_model(c)->domains_known)
		return remedy_none(why_not(c, &(struct proposal){
			.address = NULL,
		}));
	if (o->links.how == HOW_SMTP || o->links.how == HOW_UPN)
		return remedy_none("a cloud account is joined by the primary "
		                   "address, whichever that is");
	if (!other)
		return remedy_none("mail does not say which of them is meant");
	if (!suggest_is_good(c, o, o->mail, AS_ADDRESS) ||
	    !suggest_is_good(c, o, address_body(other), AS_ADDRESS))
		return remedy_none("not both are valid, in a verified domain "
		                   "that no one else uses");
	return change(c, o, (struct proposed){
		.attribute = "proxyAddresses", .old = other,
		.new = check_textf(c, "smtp:%s", address_body(other)),
	});
}
