/* What AD has of an attribute that the tenant owns: nobody takes it. */
#include "analyze/rules/replica.h"

#include <string.h>

#include "analyze/object/object.h"
#include "base/utf8.h"

/*
 * Whether its account has values of its own: one that AD's mark alone tells of,
 * while sync still writes to it, gets AD's.
 */
static bool
is_of_tenant(const struct model *m, const struct object *o,
             const char *attribute)
{
	const struct account *h = o->links.account;

	return h && (authority_is_cloud(m, o, h) ||
	             (authority_keeps_mail(m, o) &&
	              attr_is_of_exchange(attribute)));
}

static bool
is_text(const struct account *h, enum account_name which, const char *observed)
{
	const char *text = account_text(h, which);

	return observed ? text && utf8_same_folded(text, observed) : !text;
}

static bool
has_upn(const struct account *h, const char *observed)
{
	return is_text(h, ACCOUNT_UPN, observed);
}

static bool
has_nickname(const struct account *h, const char *observed)
{
	return is_text(h, ACCOUNT_NICKNAME, observed);
}

static bool
has_mail(const struct account *h, const char *observed)
{
	return is_text(h, ACCOUNT_PRIMARY, observed);
}

static bool
has_display_name(const struct account *h, const char *observed)
{
	return h->printed[ACCOUNT_PRINT_DISPLAY_NAME] ==
	       account_print(observed);
}

/* A value that was read of it, with its prefix or without; or no value. */
static bool
has_proxy(const struct account *h, const char *observed)
{
	if (!observed)
		return !h->has_proxies;
	return account_has(h, unique_hash(
		address_type(observed) == ADDRESS_MALFORMED
		? UNIQUE_ADDRESS : UNIQUE_PROXY, observed));
}

static const struct replicated {
	const char *attribute;
	enum attr attr;
	/* Whether the account has it, too; where it is NULL: none either. */
	bool (*has)(const struct account *h, const char *observed);
} replicated[] = {
	{ "userPrincipalName", ATTR_UPN, has_upn },
	{ "mail", ATTR_MAIL, has_mail },
	{ "mailNickname", ATTR_MAIL_NICKNAME, has_nickname },
	{ "proxyAddresses", ATTR_PROXIES, has_proxy },
	{ "displayName", ATTR_DISPLAY_NAME, has_display_name },
};

static const struct replicated *
find(const char *attribute)
{
	for (size_t i = 0; i < sizeof(replicated) / sizeof(replicated[0]); i++)
		if (strcmp(replicated[i].attribute, attribute) == 0)
			return &replicated[i];
	return NULL;
}

static bool
is_held(const struct model *m, const struct object *o, const struct failure *f)
{
	const struct replicated *r = find(f->attribute);
	enum section s = section_twin(section_of(SIDE_AD, o->kind));

	/* Of others only AD's is known. */
	return !r || ((f->observed || model_covers(m, s, r->attr)) &&
	              r->has(o->links.account, f->observed));
}

bool
replica_has_own(const struct model *m, const struct object *o,
                const char *attribute, const char *value)
{
	const struct replicated *r = find(attribute);

	return r && is_of_tenant(m, o, attribute) &&
	       r->has(o->links.account, value);
}

bool
replica_is_all(const struct model *m, const struct rule *rule,
               const struct object *o, const struct failure *f)
{
	if (rule->replica == REPLICA_TOLD || rule->side != SIDE_AD ||
	    !f->attribute || !is_of_tenant(m, o, f->attribute))
		return false;
	return rule->replica == REPLICA_NOT_JUDGED || !is_held(m, o, f);
}
