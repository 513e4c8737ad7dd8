/* What Exchange on-premises publishes, though nobody has a mailbox there. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"
#include "base/dn.h"

/* That of the domain at the top of the forest, which has the settings. */
static bool
is_of(const struct service_point *p, const struct domain *d)
{
	struct buf name = { 0 };
	bool is;

	dn_domain(&name, p->dn);
	is = d->name && strcmp(buf_text(&name), d->name) == 0;
	buf_release(&name);
	return is;
}

/* Whether it is known of all of AD that nobody has a mailbox there. */
static bool
are_all_gone(struct check *c)
{
	const struct model *m = check_model(c);

	return model_complete(m, AD_USERS) && !m->service_points.elsewhere &&
	       (model_covers(m, AD_USERS, ATTR_HOME_MDB) ||
	        model_covers(m, AD_USERS, ATTR_RECIPIENT_TYPE)) &&
	       !check_may_be(c, FACT_LOCAL_MAILBOX);
}

static void
check_left(struct check *c, const struct domain *d)
{
	const struct service_points *all = &check_model(c)->service_points;
	const struct service_point *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++)
		if (is_of(&all->items[i], d)) {
			first = first ? first : &all->items[i];
			n++;
		}
	if (!first || !are_all_gone(c))
		return;
	check_fail_domain(c, d, &(struct failure){
		.severity = check_severity(c),
		.attribute = "serviceBindingInformation",
		.observed = first->url,
		.expected = "no address of Autodiscover",
		.message = check_textf(c, "nobody has a mailbox on premises, "
		                       "but %zu service connection point%s "
		                       "still send%s Outlook to %s (%s)", n,
		                       n == 1 ? "" : "s", n == 1 ? "s" : "",
		                       first->url, first->dn),
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
