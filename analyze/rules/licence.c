/* Users of the tenant who lost their addresses with a licence. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"

/* The SMTP: value, else mail, if it is in the tenant's own domain; or NULL. */
static const char *
initial_primary(const struct object *o)
{
	const char *value = object_primary(o) ? object_primary(o) : o->mail;
	const char *domain = value ? address_domain(value) : NULL;

	return domain && domain_is_initial(domain) ? value : NULL;
}

const char *
tell_licence_lost(struct check *c, const struct object *o)
{
	const struct past_account *was = o->links.past;
	struct history_event e;

	if (!was || o->tenant.exchange_plan != NO)
		return NULL;
	e = (struct history_event){ .after = was->when, .by = was->newer };
	return check_textf(c, "it had %s as primary address, and lost it %s "
	                   "with its plan for Exchange Online", was->primary,
	                   history_text(&e, check_arena(c)));
}

static struct remedy
remedy_of(struct check *c, const struct object *o)
{
	const struct object *ad = o->links.twin;
	struct proposal to;

	if (check_is_screening(c) || !ad)
		return remedy_none(NULL);
	to = suggest_former(c, ad, o->links.past->primary);
	if (!to.address)
		return remedy_none("the address that it had is not valid, in "
		                   "no domain that is verified, or someone "
		                   "else's by now; or AD gives another one");
	return remedy_primary(c, ad, &to);
}

/* Whether it shall have a mailbox again is to be decided in the tenant. */
static void
check_licence(struct check *c, const struct object *o)
{
	const char *primary = initial_primary(o);
	const char *told = tell_licence_lost(c, o);
	struct remedy is;

	if (!primary || o->tenant.exchange_plan != NO ||
	    (!told && !check_is_screening(c)))
		return;
	is = remedy_of(c, o);
	check_fail(c, o, &(struct failure){
		.severity = o->enabled == NO ? SEVERITY_LOW
		                             : check_severity(c),
		.attribute = "assignedPlans", .observed = primary,
		.expected = told ? o->links.past->primary : NULL,
		.event = told ? (struct told_event){
			.what = EVENT_UNLICENSED, .sure = EVENT_SEEN,
			.after = o->links.past->when,
			.by = o->links.past->newer,
		} : (struct told_event){ .what = EVENT_NONE },
		.message = check_textf(c, "%s has no plan for Exchange Online "
		                       "any more, and %s as primary address: "
		                       "%s",
		                       object_label(o), primary,
		                       told ? told : ""),
		.mended = MENDED_IN_ENTRA, REMEDY(is),
	});
}

static const struct rule rules[] = {
	{
		.id = "licence-removed",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PLANS),
		.any_attr = ATTRS(ATTR_PROXIES, ATTR_MAIL),
		.needs = NEED_OTHERS,
		.past = PAST_TENANT,
		.check = check_licence,
		.title = "Lost its address with the license",
		.why = "A user whose object in AD has neither mail nor "
		       "proxyAddresses has its primary address by its license "
		       "for Exchange Online alone. When that is removed the "
		       "initial domain takes its place, and mail to the former "
		       "address is returned.",
		.fix = "If the user should have mail, assign the license "
		       "again, within 30 days, after which the mailbox is "
		       "gone. In AD, set mail, so that the address does not "
		       "depend on a license.",
		.source = DOC_POPULATE, .part = "scenario 4",
	},
};

const struct family licence_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
