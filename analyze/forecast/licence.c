/* Who has an Exchange Online licence. */
#include "analyze/forecast/licence.h"

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"

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
		return how == LICENSING_ALL;
	if (!o->links.account)
		return true;
	/* Plans that were not collected: whoever has an address has mail. */
	if (o->links.account->exchange_plan == UNKNOWN)
		return o->links.account->has_mail ||
		       o->links.account->has_proxies;
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
