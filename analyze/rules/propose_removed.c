/* Remedies of values that can go, and the choice of one by the attribute. */
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* ---- by the attribute ---- */

struct remedy
remedy_unclean(struct check *c, const struct object *o, const char *attribute,
               const char *value)
{
	static const struct {
		const char *attribute;
		struct remedy (*remedy)(struct check *c,
		                        const struct object *o);
	} known[] = {
		{ "mail", remedy_mail },
		{ "userPrincipalName", remedy_upn },
		{ "mailNickname", remedy_alias },
		{ "targetAddress", remedy_target },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].attribute, attribute) == 0)
			return known[i].remedy(c, o);
	return remedy_proxy(c, o, value);
}

/* ---- values that go ---- */

static bool
is_same(const char *address, const char *value)
{
	return address && utf8_same_folded(address_body(address),
	                                   address_body(value));
}

static bool
has_primary(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_PRIMARY)
			return true;
	return false;
}

/* What has to be decided before the value goes; NULL: nothing. */
static const char *
why_stay(struct check *c, const struct object *o, const char *value)
{
	const char *why = propose_guard(c, o, "proxyAddresses");

	if (why)
		return why;
	if (!has_primary(o))
		return "the object has no primary address, which has to be "
		       "chosen first";
	if (is_same(o->target, value))
		return "mail is sent on to the address, which has to be "
		       "changed first";
	return propose_why_shared(c, o, "proxyAddresses", value, NULL);
}

struct remedy
remedy_removed(struct check *c, const struct object *o, const char *value)
{
	const char *why = check_is_screening(c) ? NULL : why_stay(c, o, value);
	struct proposed p = { .attribute = "proxyAddresses", .old = value };
	struct remedy mail = { .unproposed = NULL };
	struct proposed *too;

	if (check_is_screening(c) || why)
		return remedy_none(why);
	if (is_same(o->mail, value)) {
		mail = remedy_mail(c, o);
		if (!mail.proposed.attribute)
			return remedy_none("mail has the address, too, and "
			                   "has to be changed first");
		too = arena_alloc(check_arena(c), sizeof(*too));
		*too = mail.proposed;
		p.and = too;
	}
	return (struct remedy){ .proposed = p };
}

static bool
is_primary(const char *value)
{
	return address_type(value) == ADDRESS_PRIMARY;
}

static bool
is_unclean(struct check *c, const char *value)
{
	return strcmp(address_cleaned(value, check_arena(c)), value) != 0;
}

/* The object keeps the address: nobody else is touched. */
struct remedy
remedy_repeated(struct check *c, const struct object *o, const char *first,
                const char *second)
{
	static const char mend_first[] =
		"what is written wrong in one of the two has to be fixed first";
	const char *gone = is_primary(second) && !is_primary(first)
		? first : second;
	const char *why = check_is_screening(c) ? NULL
		: propose_guard(c, o, "proxyAddresses");
	struct remedy is = { .unproposed = NULL };

	if (check_is_screening(c) || why)
		return remedy_none(why);
	if (strcmp(first, second) == 0)
		return remedy_none("the two are one text, and AD itself cannot "
		                   "have that twice: see how it was exported");
	if (is_unclean(c, gone == first ? second : first))
		return remedy_none(mend_first);
	if (is_unclean(c, gone)) {
		is = remedy_proxy(c, o, gone);
		return is.proposed.new ? remedy_none(mend_first) : is;
	}
	if (!has_primary(o))
		return remedy_none("the object has no primary address, which "
		                   "has to be chosen first");
	return (struct remedy){ .proposed = {
		.attribute = "proxyAddresses", .old = gone,
	} };
}
