/* The families of rules in their order, and what each is on. */
#include "analyze/rules/rules.h"

#include <string.h>

static const struct {
	const struct family *of;
	enum category category;
} families[] = {
	{ &primary_rules, CATEGORY_RECIPIENTS },
	{ &contact_rules, CATEGORY_ATTRIBUTES },
	{ &mail_use_rules, CATEGORY_ATTRIBUTES },
	{ &address_rules, CATEGORY_ATTRIBUTES },
	{ &alias_rules, CATEGORY_ATTRIBUTES },
	{ &scope_rules, CATEGORY_SCOPE },
	{ &member_rules, CATEGORY_OBJECTS },
	{ &domain_rules, CATEGORY_ENGINE },
	{ &password_event_rules, CATEGORY_HISTORY },
	{ &password_rules, CATEGORY_SIGN_IN },
	{ &password_time_rules, CATEGORY_SIGN_IN },
	{ &account_rules, CATEGORY_TENANT },
	{ &identity_rules, CATEGORY_ATTRIBUTES },
	{ &sign_in_rules, CATEGORY_SIGN_IN },
	{ &suffix_rules, CATEGORY_DOMAINS },
	{ &domain_use_rules, CATEGORY_DOMAINS },
	{ &match_rules, CATEGORY_MATCHING },
	{ &managed_rules, CATEGORY_RECIPIENTS },
	{ &blocked_rules, CATEGORY_MATCHING },
	{ &same_rules, CATEGORY_MATCHING },
	{ &linked_rules, CATEGORY_RECIPIENTS },
	{ &mailbox_rules, CATEGORY_RECIPIENTS },
	{ &left_mark_rules, CATEGORY_RECIPIENTS },
	{ &reported_rules, CATEGORY_TENANT },
	{ &unheld_rules, CATEGORY_TENANT },
	{ &idfix_rules, CATEGORY_IDFIX },
	{ &sync_state_rules, CATEGORY_TENANT },
	{ &tenant_rules, CATEGORY_TENANT },
	{ &engine_age_rules, CATEGORY_ENGINE },
	{ &engine_rules, CATEGORY_ENGINE },
	{ &exchange_rules, CATEGORY_RECIPIENTS },
	{ &admin_rules, CATEGORY_TENANT },
	{ &address_policy_rules, CATEGORY_RECIPIENTS },
	{ &shared_rules, CATEGORY_UNIQUENESS },
	{ &shared_id_rules, CATEGORY_UNIQUENESS },
	{ &standing_rules, CATEGORY_OBJECTS },
	{ &held_rules, CATEGORY_UNIQUENESS },
	{ &flaw_rules, CATEGORY_ATTRIBUTES },
	{ &amount_rules, CATEGORY_ATTRIBUTES },
	{ &replaced_rules, CATEGORY_ATTRIBUTES },
	{ &recipient_rules, CATEGORY_RECIPIENTS },
	{ &delegate_rules, CATEGORY_RECIPIENTS },
	{ &routing_rules, CATEGORY_RECIPIENTS },
	{ &online_rules, CATEGORY_RECIPIENTS },
	{ &service_point_rules, CATEGORY_RECIPIENTS },
	{ &usable_rules, CATEGORY_SIGN_IN },
	{ &mailbox_use_rules, CATEGORY_RECIPIENTS },
	{ &group_rules, CATEGORY_OBJECTS },
	{ &unsynced_rules, CATEGORY_OBJECTS },
	{ &cleared_rules, CATEGORY_HISTORY },
	{ &broken_again_rules, CATEGORY_HISTORY },
	{ &past_rules, CATEGORY_HISTORY },
	{ &licence_rules, CATEGORY_HISTORY },
	{ &assigned_rules, CATEGORY_TENANT },
	{ &call_rules, CATEGORY_ATTRIBUTES },
	{ &aligned_rules, CATEGORY_RECIPIENTS },
	{ &target_rules, CATEGORY_RECIPIENTS },
	{ &too_early_rules, CATEGORY_RECIPIENTS },
	{ &former_name_rules, CATEGORY_RECIPIENTS },
	{ &engine_place_rules, CATEGORY_ENGINE },
	{ &made_anew_rules, CATEGORY_HISTORY },
	{ &last_setting_rules, CATEGORY_LAST_SERVER },
	{ &last_tool_rules, CATEGORY_LAST_SERVER },
	{ &last_object_rules, CATEGORY_LAST_SERVER },
	{ &last_online_rules, CATEGORY_LAST_SERVER },
	{ &last_tenant_rules, CATEGORY_LAST_SERVER },
	{ &last_asked_rules, CATEGORY_LAST_SERVER },
};

enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

struct rule_choice
rules_all(struct arena *a)
{
	const struct rule **all;
	size_t n = 0, at = 0;

	for (size_t f = 0; f < FAMILIES; f++)
		n += families[f].of->count;
	all = arena_alloc(a, n * sizeof(*all));
	for (size_t f = 0; f < FAMILIES; f++)
		for (size_t i = 0; i < families[f].of->count; i++)
			all[at++] = &families[f].of->rules[i];
	return (struct rule_choice){ .rules = all, .count = n };
}

const struct rule *
rules_find(const struct rule_choice *of, const char *id)
{
	for (size_t i = 0; i < of->count; i++)
		if (strcmp(of->rules[i]->id, id) == 0)
			return of->rules[i];
	return NULL;
}

/* Whether it is one of the family's. */
static bool
is_of(const struct family *f, const struct rule *r)
{
	for (size_t i = 0; i < f->count; i++)
		if (&f->rules[i] == r)
			return true;
	return false;
}

enum category
rule_category(const struct rule *r)
{
	for (size_t f = 0; f < FAMILIES && !r->category; f++)
		if (is_of(families[f].of, r))
			return families[f].category;
	return r->category;
}
