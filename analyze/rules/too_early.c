/* Exchange Online takes no more recipients of AD, which still makes some. */
#include <stdlib.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/mem.h"

/* So recent an object says that they are still made. */
enum { RECENT_DAYS = 90 };

/* One that has its mailbox got it before. */
static bool
is_served(const struct object *o)
{
	return o->links.account && o->links.account->mailbox == YES;
}

static void
check_made(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);
	when_t read = model_collected(m, o->domain);
	char day[WHEN_TEXT];

	if (m->sync.blocks_premises != YES || !o->ad.recipient_type ||
	    o->ad.created == WHEN_NONE || read == WHEN_NONE ||
	    read - o->ad.created > RECENT_DAYS * WHEN_DAY || is_served(o))
		return;
	when_format(o->ad.created, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "msExchRecipientTypeDetails",
		.observed = check_textf(c, "%lld",
		                        (long long)o->ad.recipient_type),
		.message = check_textf(c, "%s, made at %s, is a recipient of "
		                       "Exchange on premises, of which "
		                       "Exchange Online makes none any more "
		                       "(BlockExchangeProvisioningFromOnPrem"
		                       "Enabled is True)", object_label(o),
		                       arena_strdup(check_arena(c), day)),
	});
}

static const struct rule rules[] = {
	{
		.id = "exo-default-too-early",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE, ATTR_CREATED),
		.sections = { SECTION_IN(TENANT_EXCHANGE) },
		.in_scope_only = true,
		/* Nobody is the less ready where it was not exported. */
		.bearing = BEARS_ELSEWHERE,
		.check = check_made,
		.title = "Recipient created on premises that Exchange Online "
		         "does not accept",
		.why = "The tenant's default is that Exchange Online manages "
		       "the attributes of mailboxes "
		       "(ExchangeAttributesCloudManagedByDefault). A recipient "
		       "that is created on premises then becomes a user that "
		       "Exchange Online does not know, without mail user or "
		       "mailbox, which only support can fix.",
		.fix = "Create recipients in Exchange Online from now on; "
		       "until that is so, switch the default off there "
		       "(Set-OrganizationConfig "
		       "-ExchangeAttributesCloudManagedByDefault $false). "
		       "Check whether this one has a recipient there "
		       "(Get-Recipient).",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
		.limit = "90 days before AD was read",
	},
};

const struct family too_early_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
