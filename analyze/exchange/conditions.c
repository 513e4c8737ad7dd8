/*
 * The conditions in the order of work ("How and when to decommission your
 * on-premises Exchange servers in a hybrid deployment"), each by the outcome of
 * its rule. Not to have judged is not to have met.
 */
#include "analyze/exchange/conditions.h"

#include <string.h>

#include "analyze/exchange/hints.h"
#include "analyze/exchange/remarks.h"
#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/mem.h"

#define ALL_PATHS \
	(PATH_BIT(PATH_NO_SYNC) | SYNCED_PATHS)
#define SYNCED_PATHS \
	(PATH_BIT(PATH_MANAGEMENT_TOOLS) | PATH_BIT(PATH_CLOUD_MANAGED))

/* ---- the conditions ---- */

/* What a condition is beside its rule. */
struct condition_row {
	const char *id, *title;
	enum condition_kind kind;
	unsigned paths;
	enum step_owner owner;
	const char *undo;          /* NULL: it cannot be undone */
	bool is_asked;             /* of people, by the policy */
	/* What may stand against it, where that is not known. */
	void (*hints)(const struct model *m, struct arena *a,
	              struct exchange_condition *c);
	/* What is to be known beside it, where it is met; or NULL. */
	const char *(*remark)(const struct model *m, struct arena *a);
	bool of_servers;           /* without one there is nothing to judge */
};

static const struct condition_row rows[] = {
	{
		.id = "organization-read",
		.title = "The configuration and the schema of AD are read",
		.paths = ALL_PATHS, .owner = STEP_OF_AD,
		.undo = "nothing is changed",
	},
	{
		.id = "mailboxes-moved",
		.title = "No mailbox is left on premises",
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "move the mailbox back, while a server is left",
	},
	{
		.id = "archives-moved",
		.title = "No archive is left on premises",
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "move the archive back, while a server is left",
	},
	{
		.id = "public-folders-moved",
		.title = "No public folders are left on premises",
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "not once the migration was completed",
	},
	{
		.id = "remote-mailbox-twins",
		.title = "Every remote mailbox is one in Exchange Online",
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "Enable-RemoteMailbox with the same ExchangeGuid",
	},
	{
		.id = "no-relay",
		.title = "Nothing sends mail through the server",
		.paths = ALL_PATHS, .owner = STEP_OF_PEOPLE,
		.undo = "let it send through the server again",
		.is_asked = true, .hints = hints_find,
		.remark = remark_relay,
	},
	{
		.id = "mail-routing-cloud",
		.title = "Mail and Autodiscover lead to the cloud",
		.paths = ALL_PATHS, .owner = STEP_OF_DNS,
		.undo = "set the old records again",
		.is_asked = true,
	},
	{
		.id = "sync-off",
		.title = "Directory synchronization is switched off",
		.paths = PATH_BIT(PATH_NO_SYNC), .owner = STEP_OF_TENANT,
		.undo = "switch it on again: it takes up to 72 hours, and "
		        "accounts are matched again",
		.remark = remark_sync_off,
	},
	{
		.id = "sync-on",
		.title = "Directory synchronization is on",
		.paths = SYNCED_PATHS, .owner = STEP_OF_TENANT,
		.undo = "switch it off",
		.remark = remark_sync_on,
	},
	{
		.id = "one-server",
		.title = "There is exactly one server",
		.paths = PATH_BIT(PATH_MANAGEMENT_TOOLS),
		.owner = STEP_OF_EXCHANGE, .of_servers = true,
	},
	{
		.id = "target-delivery-domain",
		.title = "A remote domain is the target delivery domain",
		.paths = PATH_BIT(PATH_MANAGEMENT_TOOLS),
		.owner = STEP_OF_EXCHANGE,
		.undo = "Set-RemoteDomain -TargetDeliveryDomain $false",
	},
	{
		.id = "no-recipient-auditing",
		.title = "PowerShell without a log of changes is enough",
		.paths = PATH_BIT(PATH_MANAGEMENT_TOOLS),
		.owner = STEP_OF_PEOPLE,
		.undo = "nothing is changed",
		.is_asked = true,
	},
	{
		.id = "engine-version",
		.title = "The sync engine leaves Exchange attributes to the "
		         "cloud",
		.paths = PATH_BIT(PATH_CLOUD_MANAGED), .owner = STEP_OF_AD,
		.undo = "install the older build again",
	},
	{
		.id = "mailboxes-cloud-managed",
		.title = "Every synchronized mailbox is managed in Exchange "
		         "Online",
		.paths = PATH_BIT(PATH_CLOUD_MANAGED), .owner = STEP_OF_TENANT,
		.undo = "Set-Mailbox -IsExchangeCloudManaged $false: the next "
		        "synchronization writes AD's values over those of the "
		        "cloud",
	},
	{
		.id = "groups-contacts-cloud-managed",
		.title = "No group or contact with mail is synchronized",
		.paths = PATH_BIT(PATH_CLOUD_MANAGED), .owner = STEP_OF_TENANT,
		.undo = "isCloudManaged false, while its object in AD is there",
	},
	{
		.id = "system-mailboxes",
		.title = "No mailbox of Exchange itself is left",
		.kind = CONDITION_TASK,
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "setup /PrepareAD makes arbitration mailboxes again",
	},
	{
		.id = "hybrid-leftovers",
		.title = "Nothing of hybrid is left",
		.kind = CONDITION_TASK,
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "run the hybrid wizard again, while a server is left",
	},
	{
		.id = "autodiscover-scp",
		.title = "Autodiscover is not published in AD",
		.kind = CONDITION_TASK,
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "set the address again, while a server is left",
	},
	{
		.id = "address-policies",
		.title = "No recipient gets its addresses of a policy",
		.kind = CONDITION_TASK,
		.paths = ALL_PATHS, .owner = STEP_OF_EXCHANGE,
		.undo = "-EmailAddressPolicyEnabled $true, while a server is "
		        "left",
	},
	{
		.id = "management-tools-prepared",
		.title = "The management tools are prepared",
		.kind = CONDITION_TASK,
		.paths = PATH_BIT(PATH_MANAGEMENT_TOOLS),
		.owner = STEP_OF_EXCHANGE,
	},
	{
		.id = "cloud-managed-default",
		.title = "New recipients are managed in Exchange Online",
		.kind = CONDITION_TASK,
		.paths = PATH_BIT(PATH_CLOUD_MANAGED), .owner = STEP_OF_TENANT,
		.undo = "Set-OrganizationConfig "
		        "-ExchangeAttributesServerManagedByDefault",
	},
};

enum { CONDITIONS = sizeof(rows) / sizeof(rows[0]) };

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
		return row->is_asked ? CONDITION_NOT_ASSESSED : CONDITION_MET;
	default:
		return CONDITION_NOT_ASSESSED;
	}
}

/* All was read, and there is no server. */
static bool
has_no_server(const struct model *m)
{
	return !m->exchange.count && m->organization.state != EXCHANGE_UNKNOWN;
}

static void
judge(const struct exchange_basis *b, const struct condition_row *row,
      const char *rule, struct exchange_condition *c, struct arena *a)
{
	const struct rule_result *r = result_of(b, rule);

	if (organization_is_absent(b->model)) {
		c->result = CONDITION_NOT_APPLICABLE;
		c->reason = "there is no organization of Exchange";
	} else if (row->of_servers && has_no_server(b->model)) {
		c->result = CONDITION_NOT_APPLICABLE;
		c->reason = "there is no server";
	} else if (!r) {
		c->reason = "its rule did not run (--rules, --profile ...)";
	} else if (!b->model->ad_count) {
		c->reason = "AD was not read";
	} else if (organization_is_unseen(b->model)) {
		c->reason = organization_lack(b->model, a);
	} else {
		c->result = result_from(r, row);
		c->reason = c->result == CONDITION_MET ? NULL : r->reason;
		c->count = r->objects;
	}
	if (c->result == CONDITION_NOT_ASSESSED && !c->reason)
		c->reason = "not all of it was read";
	if (c->result == CONDITION_MET && row->remark)
		c->reason = row->remark(b->model, a);
}

/* "exchange-mailboxes-moved", in A. */
static const char *
rule_of(const char *condition, struct arena *a)
{
	struct buf id = { 0 };
	const char *out;

	buf_addf(&id, EXCHANGE_RULE "%s", condition);
	out = arena_strdup(a, buf_text(&id));
	buf_release(&id);
	return out;
}

static struct exchange_condition
condition(const struct exchange_basis *b, const struct condition_row *row,
          struct arena *a)
{
	const char *id = rule_of(row->id, a);
	const struct rule *rule = rules_find(b->rules, id);
	struct exchange_condition c = {
		.id = row->id, .title = row->title, .kind = row->kind,
		.paths = row->paths, .owner = row->owner, .undo = row->undo,
		.fix = rule ? rule->fix : NULL,
		.source = rule ? rule_source(rule, a) : NULL,
	};

	judge(b, row, id, &c, a);
	if (c.result == CONDITION_NOT_MET)
		c.evidence = findings_evidence(b->writer, id,
		                               &c.evidence_count);
	else if (c.result == CONDITION_NOT_ASSESSED && row->hints)
		row->hints(b->model, a, &c);
	return c;
}

void
conditions_judge(const struct exchange_basis *b, struct arena *a,
                 struct exchange_told *out)
{
	struct exchange_condition *all = arena_alloc(
		a, CONDITIONS * sizeof(*all));

	for (size_t i = 0; i < CONDITIONS; i++)
		all[i] = condition(b, &rows[i], a);
	out->conditions = all;
	out->condition_count = CONDITIONS;
}
