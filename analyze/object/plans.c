/* What assignedPlans give; without a tree, where that will do. */
#include "analyze/object/plans.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/json.h"

/* What is asked of a plan: texts that are borrowed, each with its length. */
struct text {
	const char *data;
	size_t len;
};

struct plan {
	struct text service, state, id;
};

/*
 * Plans of the service "exchange", and what they give ("Product names and
 * service plan identifiers for licensing"). Those beside mailboxes come with
 * many a licence, and stay where the mailbox's own plan is taken out of it.
 */
enum gift { GIFT_MAILBOX, GIFT_SERVICE, GIFT_ANALYTICS };
static const struct {
	const char *id;
	enum gift gift;
} known_plans[] = {
	/* EXCHANGE_S_STANDARD, _ENTERPRISE, _DESKLESS, _ESSENTIALS */
	{ "9aaf7827-d63c-4b61-89c3-182f06f82e5c", GIFT_MAILBOX },
	{ "efb87545-963c-4e0d-99df-69c6916d9eb0", GIFT_MAILBOX },
	{ "4a82b400-a79f-41a4-b4e2-e94f5787b113", GIFT_MAILBOX },
	{ "1126bef5-da20-4f07-b45e-ad25d2581aa8", GIFT_MAILBOX },
	/* EXCHANGE_S_STANDARD_MIDMARKET, _B_STANDARD, _L_STANDARD */
	{ "fc52cc4b-ed7d-472d-bbe7-b081c23ecc56", GIFT_MAILBOX },
	{ "90927877-dcff-4af6-b346-2332c0b15bb7", GIFT_MAILBOX },
	{ "d42bdbd6-c335-4231-ab3d-c8f348d5aff5", GIFT_MAILBOX },
	/* EXCHANGE_S_STANDARD_GOV, EXCHANGE_S_ENTERPRISE_GOV */
	{ "e9b4930a-925f-45e2-ac2a-3f7788ca6fdd", GIFT_MAILBOX },
	{ "8c3069c0-ccdb-44be-ab77-986203a67df2", GIFT_MAILBOX },
	/* EXCHANGE_ANALYTICS and MYANALYTICS_P2 */
	{ "34c0d7a0-a70f-4668-9238-47f9fc208882", GIFT_ANALYTICS },
	{ "33c4f319-9bdd-48d6-9c4d-410b750a4a5a", GIFT_ANALYTICS },
	/* EXCHANGE_S_FOUNDATION and _GOV */
	{ "113feb6c-3fe4-4440-bddc-54d774bf0318", GIFT_SERVICE },
	{ "922ba911-5694-4e99-a794-73aed9bfeec8", GIFT_SERVICE },
	/* EXCHANGE_S_ARCHIVE_ADDON, EXCHANGE_S_ARCHIVE: archives alone */
	{ "176a09a6-7ec5-4039-ac02-b2791c6ba793", GIFT_SERVICE },
	{ "da040e0a-b393-4bea-bb76-928b3fa1cf5a", GIFT_SERVICE },
	/* EXCHANGE_ANALYTICS_GOV */
	{ "208120d1-9adb-4daf-8c22-816bd5d237e7", GIFT_SERVICE },
	/* MICROSOFTBOOKINGS */
	{ "199a5c09-e0ca-4e37-8f7c-b05d533e1ea2", GIFT_SERVICE },
	/* MIP_S_CLP1, MIP_S_CLP2, INFORMATION_BARRIERS */
	{ "5136a095-5cf0-4aff-bec3-e84448b38ea5", GIFT_SERVICE },
	{ "efb0351d-3b08-4503-993d-383af8de41e3", GIFT_SERVICE },
	{ "c4801e8a-cb58-4c35-aca6-f2dcc106f287", GIFT_SERVICE },
	/* LOCKBOX_ENTERPRISE and _GOV, PREMIUM_ENCRYPTION, CUSTOMER_KEY */
	{ "9f431833-0334-42de-a7dc-70aa40db46db", GIFT_SERVICE },
	{ "89b5d3b1-3855-49fe-b46c-87c66dbc1526", GIFT_SERVICE },
	{ "617b097b-4b93-4ede-83de-5f075bb5fb2f", GIFT_SERVICE },
	{ "6db1f1db-2b46-403f-be40-e39395f08dbb", GIFT_SERVICE },
	/* M365_ADVANCED_AUDITING, M365_AUDIT_PLATFORM */
	{ "2f442157-a11c-46b9-ae5b-6e39ff4e5849", GIFT_SERVICE },
	{ "f6de4823-28fa-440b-b886-4783fa86ddba", GIFT_SERVICE },
	/* COMMUNICATIONS_DLP, MICROSOFT_COMMUNICATION_COMPLIANCE */
	{ "6dc145d6-95dd-4191-b9c3-185575ee6f6b", GIFT_SERVICE },
	{ "41fcdd7d-4733-4863-9cf4-c65b83ce2df4", GIFT_SERVICE },
	/* INFO_GOVERNANCE, RECORDS_MANAGEMENT, ML_CLASSIFICATION */
	{ "e26c2fcc-ab91-4a61-b35c-03cdc8dddf66", GIFT_SERVICE },
	{ "65cc641f-cccd-4643-97e0-a17e3045e541", GIFT_SERVICE },
	{ "d2d51368-76c9-4317-ada2-a12c004c432f", GIFT_SERVICE },
	/* EQUIVIO_ANALYTICS and _GOV, DATA_INVESTIGATIONS, PAM_ENTERPRISE */
	{ "4de31727-a228-4ec3-a5bf-8e45b5ca48cc", GIFT_SERVICE },
	{ "d1cbfb67-18a8-4792-b643-630b7f19aad1", GIFT_SERVICE },
	{ "46129a58-a698-46f0-aa5b-17f6586297d9", GIFT_SERVICE },
	{ "b1188c4c-1b36-4018-b48b-ee07604f6feb", GIFT_SERVICE },
	/* INSIDER_RISK_MANAGEMENT, SAFEDOCS */
	{ "9d0c4ee5-e4a1-4625-ab39-d82b619b1a34", GIFT_SERVICE },
	{ "bf6f5520-59e3-4f82-974b-7dbbc4fd27c7", GIFT_SERVICE },
	/* THREAT_INTELLIGENCE and _GOV, ATP_ENTERPRISE and _GOV */
	{ "8e0c0a52-6a6c-4d40-8370-dd62790dcd70", GIFT_SERVICE },
	{ "900018f1-0cdb-4ecb-94d4-90281760fdc6", GIFT_SERVICE },
	{ "f20fedf3-f3c3-43c3-8267-2bfdd51c0939", GIFT_SERVICE },
	{ "493ff600-6a2b-4db6-ad37-a7d4eb214516", GIFT_SERVICE },
	/* GRAPH_CONNECTORS_SEARCH_INDEX, and _TOPICEXP */
	{ "a6520331-d7d4-4276-95f5-15c0933bc757", GIFT_SERVICE },
	{ "b74d57b2-58e9-484a-9731-aeccbba954f0", GIFT_SERVICE },
};

static bool
is_text(struct text t, const char *word)
{
	return t.data && t.len == strlen(word) &&
	       strncasecmp(t.data, word, t.len) == 0;
}

static bool
is_live(const struct plan *p)
{
	static const char *const live[] = { "Enabled", "Warning", "Suspended" };

	for (size_t i = 0; i < sizeof(live) / sizeof(live[0]); i++)
		if (is_text(p->state, live[i]))
			return true;
	return false;
}

/* Of a plan that is not in the list it is not known what it gives. */
static void
add_plan(struct plans *to, const struct plan *p)
{
	size_t n = sizeof(known_plans) / sizeof(known_plans[0]), i = 0;

	if (!is_live(p))
		return;
	to->any = YES;
	if (!is_text(p->service, "exchange"))
		return;
	while (i < n && !is_text(p->id, known_plans[i].id))
		i++;
	if (i < n && known_plans[i].gift == GIFT_ANALYTICS)
		return;
	to->exchange = YES;
	if (i < n && known_plans[i].gift == GIFT_MAILBOX)
		to->mailbox = YES;
	else if (i == n && to->mailbox == NO)
		to->mailbox = UNKNOWN;
}

static struct text
tree_text(const struct json *plan, const char *key)
{
	const char *text = json_string(json_get(plan, key));

	return (struct text){ text, text ? strlen(text) : 0 };
}

/* By the tree: for texts with escapes, and plans that are nested. */
static struct plans
by_tree(const char *json)
{
	struct json_error e;
	struct json *tree = json_parse(json, strlen(json), &e);
	struct plans found = { NO, NO, NO };

	for (const struct json *p = json_first(tree); p; p = json_next(p)) {
		const struct plan plan = {
			.service = tree_text(p, "service"),
			.state = tree_text(p, "capabilityStatus"),
			.id = tree_text(p, "servicePlanId"),
		};

		add_plan(&found, &plan);
	}
	json_free(tree);
	return found;
}

/* The string whose quote is at *P, which moves behind it. */
static struct text
take_string(const char **p)
{
	struct text t = { .data = *p + 1 };

	t.len = (size_t)(strchr(t.data, '"') - t.data);
	*p = t.data + t.len + 1;
	return t;
}

static const char *
skip_blanks(const char *p)
{
	while (*p == ' ' || *p == '\t' || *p == '\r' || *p == '\n')
		p++;
	return p;
}

/* Keys are compared as they are: by their length first. */
static bool
is_key(struct text t, const char *word, size_t len)
{
	return t.len == len && memcmp(t.data, word, len) == 0;
}

/* Where the value of a key goes; NULL: it is not asked for. */
static struct text *
wanted(struct plan *p, struct text key)
{
	if (is_key(key, "service", 7))
		return &p->service;
	if (is_key(key, "capabilityStatus", 16))
		return &p->state;
	return is_key(key, "servicePlanId", 13) ? &p->id : NULL;
}

/*
 * A plan, from behind its brace, in a text that is known to be JSON without
 * backslashes; what follows its end, or NULL when something is nested in it.
 */
static const char *
take_plan(const char *p, struct plan *out)
{
	*out = (struct plan){ 0 };
	for (;;) {
		struct text ignored, *to;

		p = skip_blanks(p);
		if (*p == '}')
			return p + 1;
		to = wanted(out, take_string(&p));
		p = skip_blanks(skip_blanks(p) + 1);
		if (*p == '{' || *p == '[')
			return NULL;
		if (*p == '"')
			*(to ? to : &ignored) = take_string(&p);
		else
			p += strcspn(p, ",}");
		p = skip_blanks(p);
		if (*p == ',')
			p++;
	}
}

struct plans
plans_read(const char *json)
{
	struct plans found = { NO, NO, NO };
	const char *p = json;
	struct plan plan;

	if (*json != '[' || strchr(json, '\\'))
		return by_tree(json);
	while (found.mailbox != YES && (p = strchr(p, '{'))) {
		p = take_plan(p + 1, &plan);
		if (!p)
			return by_tree(json);
		add_plan(&found, &plan);
	}
	return found;
}
