/* Who owns the attributes of an object. */
#include "analyze/model/model.h"

#include <string.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"

static const struct authorities of_ad = {
	.identity = AUTHORITY_AD, .exchange = AUTHORITY_AD
};
static const struct authorities of_unread = {
	.identity = AUTHORITY_AD, .exchange = AUTHORITY_NOT_ASSESSED
};
static const struct authorities of_cloud = {
	.identity = AUTHORITY_ENTRA, .exchange = AUTHORITY_EXCHANGE_ONLINE
};

bool
authority_is_cloud(const struct model *m, const struct object *o,
                   const struct account *account)
{
	/* Of one that the tenant takes from AD, AD's mark is not the last. */
	return (account && guid_set_has(&m->cloud_managed, &account->id)) ||
	       (object_is_of_cloud(o) &&
	        (!account || account->synced != YES));
}

/* msExchRecipientTypeDetails of mailboxes in Exchange Online. */
static bool
is_remote_mailbox(int64_t type)
{
	return type == INT64_C(1) << 31 || type == INT64_C(1) << 33 ||
	       type == INT64_C(1) << 34 || type == INT64_C(1) << 35;
}

/* And of those in Exchange on-premises: a licence gives them none online. */
static bool
is_local_mailbox(int64_t type)
{
	return type > 0 && type <= 32;
}

/* Where the export has the column, who has no value has no mailbox. */
static bool
are_all_exported(const struct model *m)
{
	return mailbox_list_is(m) == MAILBOXES_LISTED &&
	       snapshot_covers(m->tenant, TENANT_MAILBOXES,
	                       "IsExchangeCloudManaged");
}

/* What tells of a mailbox in Exchange Online. */
struct mailbox_signs {
	enum kind kind;
	int64_t type;            /* msExchRecipientTypeDetails; 0: none */
	enum tristate managed, plan;
	bool has_mail;
};

static enum authority
of_mailbox(const struct model *m, struct mailbox_signs s)
{
	bool may_be = is_remote_mailbox(s.type) ||
		(!is_local_mailbox(s.type) &&
		 (s.plan == YES || (s.plan == UNKNOWN && s.has_mail)));

	if ((s.kind != KIND_USER && s.kind != KIND_MAILBOX) ||
	    s.managed == NO)
		return AUTHORITY_AD;
	if (s.managed == YES)
		return AUTHORITY_EXCHANGE_ONLINE;
	return may_be && !are_all_exported(m) ? AUTHORITY_NOT_ASSESSED
	                                      : AUTHORITY_AD;
}

/* Whether it is synchronized; where nobody asked, who has an anchor is. */
static bool
is_synced(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return h && (h->synced == YES ||
	             (h->synced == UNKNOWN && o->links.how == HOW_ANCHOR &&
	              !model_covers(m, section_twin(section_of(SIDE_AD,
	                            o->kind)), ATTR_SYNCED)));
}

/*
 * Whether the tenant has its account from a former synchronization, and may
 * have taken it over: that was not collected. A contact shows nothing of it.
 */
static bool
may_be_converted(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	if (model_complete(m, TENANT_SYNC_BEHAVIOR) || (h && h->synced == YES))
		return false;
	return o->links.has_parted || (h && o->kind == KIND_CONTACT &&
	       (fact_is(m, FACT_SYNCED) == YES ||
	        fact_is(m, FACT_SYNCED_CONTACTS) == YES));
}

static struct authorities
of_ad_object(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	/* Its AD refuses, even while the tenant still takes it from there. */
	if (object_is_of_cloud(o) || authority_is_cloud(m, o, h))
		return of_cloud;
	/* One that is yet to be taken over is AD's then. */
	if (!is_synced(m, o))
		return may_be_converted(m, o) ? of_unread : of_ad;
	return (struct authorities){
		.identity = AUTHORITY_AD,
		.exchange = of_mailbox(m, (struct mailbox_signs){
			o->kind, o->ad.recipient_type, h->exchange_managed,
			h->exchange_plan, h->has_mail || h->has_proxies
		})
	};
}

static struct authorities
of_tenant_object(const struct model *m, const struct object *o)
{
	enum section s = section_of(SIDE_TENANT, o->kind);

	if (o->tenant.synced == UNKNOWN && !model_covers(m, s, ATTR_SYNCED))
		return (struct authorities){
			.identity = AUTHORITY_NOT_ASSESSED,
			.exchange = AUTHORITY_NOT_ASSESSED
		};
	if (o->tenant.synced != YES || guid_set_has(&m->cloud_managed,
	                                            &o->guid))
		return of_cloud;
	return (struct authorities){
		.identity = AUTHORITY_AD,
		.exchange = of_mailbox(m, (struct mailbox_signs){
			o->kind, 0, o->tenant.exchange_managed,
			o->tenant.exchange_plan, o->mail || o->proxy_count
		})
	};
}

/* No snapshot has the jobs of Cloud Sync: the policy alone can tell. */
static enum writeback
writeback_of(const struct model *m, const struct object *o)
{
	static const enum writeback told[] = {
		[UNKNOWN] = WRITEBACK_UNKNOWN, [YES] = WRITEBACK_RUNS,
		[NO] = WRITEBACK_NONE,
	};

	return told[model_policy(m, o)->exchange_writeback];
}

struct authorities
authority_of(const struct model *m, const struct object *o)
{
	struct authorities are = o->side == SIDE_AD ? of_ad_object(m, o)
	                                            : of_tenant_object(m, o);

	are.writeback = writeback_of(m, o);
	return are;
}

/* Only the tenant has them. */
static bool
is_of_entra(const char *attribute)
{
	static const char *const names[] = {
		"onPremisesObjectIdentifier", "onPremisesImmutableId",
		"onPremisesSecurityIdentifier",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(attribute, names[i]) == 0)
			return true;
	return false;
}

enum authority
authority_of_attribute(const struct model *m, const struct object *o,
                       const char *attribute)
{
	struct authorities are = authority_of(m, o);

	if (attribute && is_of_entra(attribute))
		return AUTHORITY_ENTRA;
	return attribute && attr_is_of_exchange(attribute)
		? are.exchange : are.identity;
}

bool
authority_keeps_mail(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return h && o->kind == KIND_USER && h->synced == YES &&
	       h->exchange_managed == YES && !authority_is_cloud(m, o, h);
}
