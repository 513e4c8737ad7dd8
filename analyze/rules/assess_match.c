/* Whether it is known whose account is whose, as far as a rule asks. */
#include "analyze/rules/assess_match.h"

#include "analyze/model/model.h"
#include "base/buf.h"

static void
add(struct buf *reasons, const char *lack)
{
	buf_addf(reasons, "%smatching is not known: %s",
	         reasons->len ? "; " : "", lack);
}

/* Whether accounts can stand in for an older snapshot; else says why not. */
static bool
knows_elsewhere(struct model_part p, enum section tenant, const char *lack,
                struct buf *reasons)
{
	const struct model *m = p.m;
	bool all = model_complete(m, tenant);
	bool known = all && !lack &&
		(!snapshot_objects(m->tenant, tenant) ||
		 model_covers(m, tenant, ATTR_SYNCED));

	if (all && lack)
		add(reasons, lack);
	else if (!known && !part_has_history(p))
		buf_addf(reasons, "%s%s%s", reasons->len ? "; " : "",
		         section_title(tenant), all ? ": onPremisesSyncEnabled "
		         "not collected" : " not complete");
	return known || part_has_history(p) || baseline_has_events(m->baseline);
}

/*
 * Appends that nobody knows what users are called in the tenant, for a rule
 * that holds names or addresses against those.
 */
static void
add_unnamed(const struct model *m, const struct rule *rule,
            struct buf *reasons)
{
	bool compares = (rule->needs & NEED_HELD) ||
		((rule->needs & NEED_MATCH) &&
		 attr_set_has(&rule->attrs, ATTR_UPN));

	if (compares && rule->side == SIDE_AD && m->tenant &&
	    snapshot_objects(m->tenant, TENANT_USERS) &&
	    !model_covers(m, TENANT_USERS, ATTR_UPN))
		buf_addf(reasons, "%swhich sign-in names the tenant has is "
		         "not known: userPrincipalName was not collected of "
		         "all its users", reasons->len ? "; " : "");
}

/* Appends that who is one with whom is not known of all. */
static void
add_unjoined(struct model_part p, enum kind kind, const struct rule *rule,
             struct buf *reasons)
{
	if ((rule->needs & NEED_SHARERS) && rule->side == SIDE_AD &&
	    !attr_set_has(&rule->attrs, ATTR_MAIL) &&
	    joined_by_mail_is_open(p, kind))
		buf_addf(reasons, "%swhich objects are one to "
		         "synchronization is not known: %s: mail not "
		         "collected", reasons->len ? "; " : "",
		         section_title(section_of(SIDE_AD, kind)));
}

bool
assess_match(struct model_part p, enum kind kind, const struct rule *rule,
             struct buf *reasons)
{
	enum section tenant = section_of(SIDE_TENANT, kind);
	const char *lack = tenant != SECTION_COUNT ? joins_lack(p.m, tenant)
	                                           : NULL;

	/* Of what AD has none, nothing is asked. */
	if (rule->side == SIDE_AD && p.m->ad_count &&
	    !part_lines(p, section_of(SIDE_AD, kind)))
		return true;
	if (kind == KIND_USER)
		add_unnamed(p.m, rule, reasons);
	add_unjoined(p, kind, rule, reasons);
	if (rule->needs & NEED_ELSEWHERE)
		return knows_elsewhere(p, tenant, lack, reasons);
	if (lack && (rule->needs & (NEED_MATCH | NEED_MATCH_IN_PART)))
		add(reasons, lack);
	return !lack || !(rule->needs & NEED_MATCH);
}

void
assess_match_deleted(const struct model *m, const struct rule *rule,
                     struct buf *reasons)
{
	const char *lack = joins_lack(m, TENANT_DELETED_USERS);

	if (lack && section_set_has(&rule->wishes, TENANT_DELETED_USERS))
		add(reasons, lack);
}

/* Users that were not collected are another reason. */
bool
assess_match_anchors(struct model_part p)
{
	const struct model *m = p.m;

	return !model_complete(m, TENANT_USERS) ||
	       !snapshot_objects(m->tenant, TENANT_USERS) ||
	       model_covers(m, TENANT_USERS, ATTR_IMMUTABLE_ID);
}
