/*
 * The conditions in the order of work ("How and when to decommission your
 * on-premises Exchange servers in a hybrid deployment"), each by the outcome of
 * its rule. Not to have judged is not to have met.
 */
#include "analyze/exchange/conditions.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "base/mem.h"

#define ALL_PATHS \
	(PATH_BIT(PATH_NO_SYNC) | PATH_BIT(PATH_MANAGEMENT_TOOLS) | \
	 PATH_BIT(PATH_CLOUD_MANAGED))

/* What a condition is beside its rule. */
struct condition_row {
	const char *id, *title;
	enum condition_kind kind;
	unsigned paths;
	enum step_owner owner;
	const char *undo;          /* NULL: it cannot be undone */
	bool asked;                /* of people, by the policy */
};

static const struct condition_row rows[] = {
	{ "organization-read",
	  "The configuration and the schema of AD are read",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_AD, "nothing is changed",
	  false },
	{ "mailboxes-moved", "No mailbox is left on premises",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_EXCHANGE,
	  "move the mailbox back, while a server is left", false },
	{ "archives-moved", "No archive is left on premises",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_EXCHANGE,
	  "move the archive back, while a server is left", false },
	{ "public-folders-moved", "No public folders are left on premises",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_EXCHANGE,
	  "not once the migration was completed", false },
	{ "remote-mailbox-twins",
	  "Every remote mailbox is one in Exchange Online",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_EXCHANGE,
	  "Enable-RemoteMailbox with the same ExchangeGuid", false },
	{ "no-relay", "Nothing sends mail through the server",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_PEOPLE,
	  "let it send through the server again", true },
	{ "mail-routing-cloud", "Mail and Autodiscover lead to the cloud",
	  CONDITION_BLOCKS, ALL_PATHS, STEP_OF_DNS,
	  "set the old records again", true },
	{ "sync-off", "Directory synchronization is switched off",
	  CONDITION_BLOCKS, PATH_BIT(PATH_NO_SYNC), STEP_OF_TENANT,
	  "switch it on again: it takes up to 72 hours, and accounts are "
	  "matched anew", false },
	{ "sync-on", "Directory synchronization is on",
	  CONDITION_BLOCKS, PATH_BIT(PATH_MANAGEMENT_TOOLS) |
	  PATH_BIT(PATH_CLOUD_MANAGED), STEP_OF_TENANT,
	  "switch it off", false },
	{ "one-server", "There is exactly one server",
	  CONDITION_BLOCKS, PATH_BIT(PATH_MANAGEMENT_TOOLS),
	  STEP_OF_EXCHANGE, NULL, false },
	{ "target-delivery-domain",
	  "A remote domain is the target delivery domain",
	  CONDITION_BLOCKS, PATH_BIT(PATH_MANAGEMENT_TOOLS),
	  STEP_OF_EXCHANGE, "Set-RemoteDomain -TargetDeliveryDomain $false",
	  false },
	{ "no-recipient-auditing",
	  "PowerShell without a log of changes is enough",
	  CONDITION_BLOCKS, PATH_BIT(PATH_MANAGEMENT_TOOLS), STEP_OF_PEOPLE,
	  "nothing is changed", true },
	{ "engine-version",
	  "The sync engine leaves Exchange attributes to the cloud",
	  CONDITION_BLOCKS, PATH_BIT(PATH_CLOUD_MANAGED), STEP_OF_AD,
	  "install the older build again", false },
	{ "mailboxes-cloud-managed",
	  "Every synchronized mailbox is managed in Exchange Online",
	  CONDITION_BLOCKS, PATH_BIT(PATH_CLOUD_MANAGED), STEP_OF_TENANT,
	  "Set-Mailbox -IsExchangeCloudManaged $false: the next "
	  "synchronization writes AD's values over those of the cloud",
	  false },
	{ "groups-contacts-cloud-managed",
	  "No group or contact with mail is synchronized",
	  CONDITION_BLOCKS, PATH_BIT(PATH_CLOUD_MANAGED), STEP_OF_TENANT,
	  "isCloudManaged false, while its object in AD is there", false },
	{ "system-mailboxes", "No mailbox of Exchange itself is left",
	  CONDITION_TASK, ALL_PATHS, STEP_OF_EXCHANGE,
	  "setup /PrepareAD makes arbitration mailboxes again", false },
	{ "hybrid-leftovers", "Nothing of hybrid is left",
	  CONDITION_TASK, ALL_PATHS, STEP_OF_EXCHANGE,
	  "run the hybrid wizard again, while a server is left", false },
	{ "autodiscover-scp", "Autodiscover is not published in AD",
	  CONDITION_TASK, ALL_PATHS, STEP_OF_EXCHANGE,
	  "set the address again, while a server is left", false },
	{ "address-policies", "No recipient gets its addresses of a policy",
	  CONDITION_TASK, ALL_PATHS, STEP_OF_EXCHANGE,
	  "-EmailAddressPolicyEnabled $true, while a server is left",
	  false },
	{ "management-tools-prepared", "The management tools are prepared",
	  CONDITION_TASK, PATH_BIT(PATH_MANAGEMENT_TOOLS), STEP_OF_EXCHANGE,
	  NULL, false },
	{ "cloud-managed-default",
	  "New recipients are managed in Exchange Online",
	  CONDITION_TASK, PATH_BIT(PATH_CLOUD_MANAGED), STEP_OF_TENANT,
	  "Set-OrganizationConfig -ExchangeAttributesServerManagedByDefault",
	  false },
};

enum { CONDITIONS = sizeof(rows) / sizeof(rows[0]) };

/* ---- hints ---- */

/* What may be sending through the server, where nobody was asked. */
static bool
is_hint(const struct exchange_setting *s)
{
	return (s->kind == SETTING_RECEIVE_CONNECTOR ||
	        s->kind == SETTING_SEND_CONNECTOR) && s->fits == NO;
}

static int
by_evidence_dn(const void *a, const void *b)
{
	const struct exchange_evidence *x = a, *y = b;

	return strcmp(x->dn, y->dn);
}

static const char *
guid_of(const struct exchange_server *s, struct arena *a)
{
	char text[GUID_TEXT];

	if (!s->has_guid)
		return NULL;
	guid_format(&s->guid, text);
	return arena_strdup(a, text);
}

static void
add_hints(const struct model *m, struct arena *a, struct exchange_condition *c)
{
	const struct exchange_organization *o = &m->organization;
	struct exchange_evidence *to = arena_alloc(
		a, (o->setting_count + m->exchange.count + 1) * sizeof(*to));
	size_t n = 0;

	for (size_t i = 0; i < o->setting_count; i++)
		if (is_hint(&o->settings[i]))
			to[n++] = (struct exchange_evidence){
				o->settings[i].dn, o->settings[i].guid,
				o->settings[i].attribute, o->settings[i].value
			};
	for (size_t i = 0; i < m->exchange.count; i++)
		if (m->exchange.items[i].roles & EXCHANGE_ROLE_EDGE)
			to[n++] = (struct exchange_evidence){
				m->exchange.items[i].dn,
				guid_of(&m->exchange.items[i], a),
				"msExchCurrentServerRoles", "edge"
			};
	if (n > 1)
		qsort(to, n, sizeof(*to), by_evidence_dn);
	c->evidence = to;
	c->evidence_count = n < EXCHANGE_EVIDENCE ? n : EXCHANGE_EVIDENCE;
}

/* ---- results ---- */

static const struct rule_result *
result_of(const struct exchange_basis *b, const char *rule)
{
	for (size_t i = 0; i < b->result_count; i++)
		if (strcmp(b->results[i].id, rule) == 0)
			return &b->results[i];
	return NULL;
}

/* Where nobody was asked there is nothing to judge, and nothing met. */
static enum condition_result
result_from(const struct rule_result *r, const struct condition_row *row)
{
	switch (r->outcome) {
	case OUTCOME_FOUND:
		return CONDITION_NOT_MET;
	case OUTCOME_CLEAN:
		return CONDITION_MET;
	case OUTCOME_NOT_APPLICABLE:
		return row->asked ? CONDITION_NOT_ASSESSED : CONDITION_MET;
	default:
		return CONDITION_NOT_ASSESSED;
	}
}

static void
judge(const struct exchange_basis *b, const struct condition_row *row,
      const char *rule, struct exchange_condition *c)
{
	const struct rule_result *r = result_of(b, rule);

	if (organization_is_absent(b->model)) {
		c->result = CONDITION_NOT_APPLICABLE;
		c->reason = "there is no organization of Exchange";
	} else if (!r) {
		c->reason = "its rule did not run (--rules, --profile ...)";
	} else if (!b->model->ad_count) {
		c->reason = "AD was not read";
	} else {
		c->result = result_from(r, row);
		c->reason = c->result == CONDITION_MET ? NULL : r->reason;
		c->count = r->objects;
	}
	if (c->result == CONDITION_NOT_ASSESSED && !c->reason)
		c->reason = "not all of it was read";
}

static struct exchange_condition
condition(const struct exchange_basis *b, const struct condition_row *row,
          struct arena *a)
{
	char *rule = arena_strdup(a, EXCHANGE_RULES "................................");
	const struct rule *of;
	struct exchange_condition c = {
		.id = row->id, .title = row->title, .kind = row->kind,
		.paths = row->paths, .owner = row->owner, .undo = row->undo,
	};

	strcpy(rule + sizeof(EXCHANGE_RULES) - 1, row->id);
	of = rules_find(b->rules, rule);
	if (of) {
		c.fix = of->fix;
		c.source = rule_source(of, a);
	}
	judge(b, row, rule, &c);
	if (c.result == CONDITION_NOT_MET)
		c.evidence = findings_evidence(b->writer, rule,
		                               &c.evidence_count);
	return c;
}

void
conditions_judge(const struct exchange_basis *b, struct arena *a,
                 struct exchange_told *out)
{
	struct exchange_condition *all = arena_alloc(
		a, CONDITIONS * sizeof(*all));

	for (size_t i = 0; i < CONDITIONS; i++) {
		all[i] = condition(b, &rows[i], a);
		if (rows[i].asked && rows[i].owner == STEP_OF_PEOPLE &&
		    strcmp(rows[i].id, "no-relay") == 0 &&
		    all[i].result == CONDITION_NOT_ASSESSED)
			add_hints(b->model, a, &all[i]);
	}
	out->conditions = all;
	out->condition_count = CONDITIONS;
}
