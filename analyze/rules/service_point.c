/* What Exchange on-premises publishes, though nobody has a mailbox there. */
#include "analyze/model/model.h"
#include "analyze/rules/rule.h"

/* Whether it is known of all of AD that nobody has a mailbox there. */
static bool
are_all_read(const struct model *m)
{
	return model_complete(m, AD_USERS) &&
	       (model_covers(m, AD_USERS, ATTR_HOME_MDB) ||
	        model_covers(m, AD_USERS, ATTR_RECIPIENT_TYPE));
}

static void
check_left(struct check *c, const struct domain *d)
{
	size_t n = d->service_points;
	struct related_object point;

	if (!n || !are_all_read(check_model(c)))
		return;
	point = check_named(c, d->service_point);
	check_fail_domain(c, d, &(struct failure){
		.severity = check_severity(c),
		.attribute = "serviceBindingInformation",
		.observed = d->service_url,
		.expected = "no address of Autodiscover",
		.message = check_textf(c, "no one has a mailbox on premises, "
		                       "but %zu service connection point%s of "
		                       "Autodiscover still send%s Outlook "
		                       "there: %s (%s)", n, n == 1 ? "" : "s",
		                       n == 1 ? "s" : "", d->service_url,
		                       point.name),
		.related = &point, .related_count = 1,
	});
}

static const struct rule rules[] = {
	{
		.id = "scp-left",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD,
		.wishes = { SECTION_IN(AD_USERS), SECTION_IN(AD_EXCHANGE) },
		.check_domain = check_left,
		.title = "Autodiscover still leads to Exchange on-premises",
		.why = "Outlook in the domain asks the service connection "
		       "points in AD before DNS. When all mailboxes are in "
		       "Exchange Online they send it to a server that has "
		       "none, and to nothing at all once that is switched "
		       "off.",
		.fix = "Where no client asks Exchange on-premises any more, "
		       "clear them: Get-ClientAccessService | "
		       "Set-ClientAccessService "
		       "-AutoDiscoverServiceInternalUri $null.",
		.source = DOC_DECOMMISSION,
	},
};

const struct family service_point_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
