/* Who has an Exchange Online licence. */
#include "analyze/forecast/licence.h"

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"

/*
 * Whether it stands for a recipient of another organization: its mail goes
 * there, and nobody gives it a mailbox here ("Microsoft Entra Connect Sync
 * service shadow attributes", proxyAddresses).
 */
static bool
is_of_others(const struct model *m, const struct object *o)
{
	const char *domain = o->target ? address_domain(o->target) : NULL;

	if (recipient_has_mailbox(o))
		return false;
	if (o->ad.recipient_type == RECIPIENT_MAIL_USER)
		return true;
	return domain && m->domains_known && !domain_is_reserved(domain) &&
	       !model_is_verified(m, domain);
}

/* Whether the account has, or will have, an Exchange Online licence. */
static bool
is_licensed(const struct model *m, const struct object *o)
{
	enum licensing how = m->policy->licensing;

	if (o->kind != KIND_USER)
		return false;
	if (o->ad.licence_edit != UNKNOWN)
		return o->ad.licence_edit == YES;
	if (how == LICENSING_UNSAID)
		how = m->tenant ? LICENSING_TENANT
		                              : LICENSING_ALL;
	if (how != LICENSING_TENANT)
		return how == LICENSING_ALL && !is_of_others(m, o);
	if (!o->links.account)
		return !is_of_others(m, o);
	/* Plans that were not collected: whoever has an address has mail. */
	if (o->links.account->exchange_plan == UNKNOWN)
		return !is_of_others(m, o) &&
		       (o->links.account->has_mail ||
		        o->links.account->has_proxies);
	return o->links.account->exchange_plan == YES;
}

void
licence_fill(const struct model *m, struct object *o)
{
	o->forecast.will_have_mailbox = is_licensed(m, o);
}

bool
licence_is_guessed(const struct model *m, const struct object *o)
{
	enum licensing how = m->policy->licensing;

	return o->kind == KIND_USER && o->links.account &&
	       o->ad.licence_edit == UNKNOWN &&
	       o->links.account->exchange_plan == UNKNOWN &&
	       (how == LICENSING_UNSAID || how == LICENSING_TENANT);
}

enum tristate
licence_is_any(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	if (o->ad.licence_edit == YES)
		return YES;
	/* It may have others, which are not known one by one. */
	if (o->ad.licence_edit == NO && h->exchange_plan != NO)
		return UNKNOWN;
	if (h->licensed == UNKNOWN && m->policy->licensing == LICENSING_ALL)
		return YES;
	return h->licensed;
}
