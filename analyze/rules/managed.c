/* What AD has otherwise than the tenant, where AD is not asked. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

#define TENANT { SECTION_IN(TENANT_USERS), SECTION_IN(TENANT_GROUPS), \
	SECTION_IN(TENANT_CONTACTS) }

static bool
differ(const char *ad, const char *tenant)
{
	return ad && tenant && !utf8_same_folded(ad, tenant);
}

static void
report_difference(struct check *c, const struct object *o,
                  const char *attribute, const char *ad, const char *tenant)
{
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = attribute,
		.observed = ad, .expected = tenant,
		.unproposed = "the cloud manages the object",
		.shared = { attribute, "Managed in the tenant, with another {} "
		            "in AD", NULL },
		.message = check_textf(c, "%s is managed in the tenant and has "
		                       "%s %s there, but %s in AD",
		                       object_label(o), attribute, tenant, ad),
	});
}

/* What Exchange Online has otherwise than AD, told in DIFFERENCE. */
struct unasked {
	const char *attribute, *ad, *tenant, *difference;
};

static const char ask_online[] =
	"To change it, change it in Exchange Online; AD is not asked. With "
	"write-back AD's copy follows by itself.";

/* The same, where it is known whether a job writes back. */
static const char *const fixes[] = {
	[WRITEBACK_UNKNOWN] = ask_online,
	[WRITEBACK_RUNS] = "It is no error of AD, which has a replica: check "
		"that the write-back job runs and has the attribute. To change "
		"it, change it in Exchange Online.",
	[WRITEBACK_NONE] = "To change it, change it in Exchange Online; AD is "
		"not asked. No job writes back: AD's copy stays as it is.",
};

/* A job that runs leaves the alias alone. */
static const char not_written[] =
	"To change it, change it in Exchange Online; AD is not asked. The "
	"write-back job leaves the attribute alone: AD's copy stays as it is.";

static void
report_kept(struct check *c, const struct object *o, struct unasked k)
{
	enum writeback back = authority_of(check_model(c), o).writeback;
	bool is_replica = back == WRITEBACK_RUNS && writeback_has(k.attribute);
	const char *fix = back != WRITEBACK_RUNS || is_replica
		? fixes[back] : not_written;

	check_fail(c, o, &(struct failure){
		.severity = is_replica ? SEVERITY_INFO : SEVERITY_LOW,
		.attribute = k.attribute,
		.observed = k.ad, .expected = k.tenant,
		.unproposed = "Exchange Online manages the attribute",
		.message = check_textf(c, "the mail attributes of %s are "
		                       "managed in Exchange Online "
		                       "(IsExchangeCloudManaged), %s%s",
		                       object_label(o), k.difference,
		                       is_replica ? ", where write-back puts a "
		                       "replica" : ""),
		.shared = { k.attribute, "Mail attributes managed in Exchange "
		            "Online, with another {} in AD", fix },
		.fix = fix,
	});
}

/* An address that somebody gave it in AD, where nobody takes it from. */
static void
check_unasked(struct check *c, const struct object *o, const char *address)
{
	const char *domain = address_domain(address_body(address));

	if (address_type(address) != ADDRESS_SECONDARY || !domain ||
	    address_fault(address_body(address)) ||
	    !model_is_verified(check_model(c), domain) ||
	    account_has(o->links.account, unique_hash(UNIQUE_PROXY, address)))
		return;
	report_kept(c, o, (struct unasked){
		"proxyAddresses", address, NULL,
		check_textf(c, "which lacks %s, an address in AD",
		            address_body(address))
	});
}

static void
check_kept_value(struct check *c, const struct object *o,
                 const char *attribute, const char *ad, const char *tenant)
{
	if (differ(ad, tenant))
		report_kept(c, o, (struct unasked){
			attribute, ad, tenant,
			check_textf(c, "where %s is %s, but %s in AD",
			            strcmp(attribute, "mailNickname") == 0
			            ? "the alias" : "the primary address",
			            tenant, ad)
		});
}

/* Exchange Online alone owns the mail attributes. */
static void
check_kept(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	const char *primary = object_primary(o);

	check_kept_value(c, o, primary ? "proxyAddresses" : "mail",
	                 primary ? primary : o->mail,
	                 account_text(h, ACCOUNT_PRIMARY));
	check_kept_value(c, o, "mailNickname", o->mail_nickname,
	                 account_text(h, ACCOUNT_NICKNAME));
	for (size_t i = 0; i < o->proxy_count; i++)
		check_unasked(c, o, o->proxies[i]);
}

static void
check_managed(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;
	const char *address = object_primary(o) ? object_primary(o) : o->mail;

	if (o->scope.state == SCOPE_IN && authority_keeps_mail(check_model(c),
	                                                       o))
		check_kept(c, o);
	if (o->forecast.block != BLOCK_CLOUD_MANAGED || !h)
		return;
	if (o->kind == KIND_USER &&
	    differ(o->upn, account_text(h, ACCOUNT_UPN)))
		report_difference(c, o, "userPrincipalName", o->upn,
		                  account_text(h, ACCOUNT_UPN));
	if (differ(address, account_text(h, ACCOUNT_PRIMARY)))
		report_difference(c, o, "mail", address,
		                  account_text(h, ACCOUNT_PRIMARY));
	if (differ(o->mail_nickname, account_text(h, ACCOUNT_NICKNAME)))
		report_difference(c, o, "mailNickname", o->mail_nickname,
		                  account_text(h, ACCOUNT_NICKNAME));
}

static const struct rule rules[] = {
	{
		.id = "cloud-managed-differs",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_MATCH,
		.replica = REPLICA_TOLD,
		.check = check_managed,
		.title = "Managed in the cloud, different values in AD",
		.why = "The tenant is the source of authority for the object, "
		       "or Exchange Online for its mail attributes: what is "
		       "changed in AD does not reach it, and both drift "
		       "apart.",
		.fix = "Change the object in the tenant; move it to an OU of "
		       "its own in AD, so that no one changes it there.",
		.source = DOC_AUTHORITY,
	},
};

const struct family managed_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
