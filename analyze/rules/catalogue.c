/* The families of rules in their order, and rules by id or pattern. */
#include "analyze/rules/rules.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static const struct family *const families[] = {
	&primary_rules,
	&contact_rules,
	&address_rules,
	&alias_rules,
	&scope_rules,
	&member_rules,
	&domain_rules,
	&password_rules,
	&account_rules,
	&identity_rules,
	&sign_in_rules,
	&match_rules,
	&managed_rules,
	&blocked_rules,
	&same_rules,
	&linked_rules,
	&mailbox_rules,
	&left_mark_rules,
	&reported_rules,
	&unheld_rules,
	&flaw_rules,
	&amount_rules,
	&replaced_rules,
};

enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

struct rule_choice
rules_all(struct arena *a)
{
	const struct rule **all;
	size_t n = 0, at = 0;

	for (size_t f = 0; f < FAMILIES; f++)
		n += families[f]->count;
	all = arena_alloc(a, n * sizeof(*all));
	for (size_t f = 0; f < FAMILIES; f++)
		for (size_t i = 0; i < families[f]->count; i++)
			all[at++] = &families[f]->rules[i];
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

/* Whether PATTERN names a rule; those that it names are chosen. */
static bool
choose_one(const struct rule_choice *of, const char *pattern, bool *chosen)
{
	bool found = false;

	for (size_t i = 0; i < of->count; i++)
		if (fnmatch(pattern, of->rules[i]->id, 0) == 0)
			found = chosen[i] = true;
	return found;
}

bool
rules_choose(const struct rule_choice *of, const char *list, bool *chosen,
             char *wrong, size_t size)
{
	memset(chosen, 0, of->count * sizeof(*chosen));
	for (;;) {
		size_t len = strcspn(list, ",");

		snprintf(wrong, size, "%.*s", (int)len, list);
		if (!choose_one(of, wrong, chosen))
			return false;
		if (!list[len])
			return true;
		list += len + 1;
	}
}
