/* The families of rules in their order, and rules by id or pattern. */
#include "analyze/rules/rules.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static const struct family *const families[] = {
	&primary_rules,
	&address_rules,
	&scope_rules,
	&password_rules,
	&account_rules,
	&identity_rules,
	&sign_in_rules,
	&match_rules, &same_rules,
};

enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

size_t
rules_count(void)
{
	size_t n = 0;

	for (size_t i = 0; i < FAMILIES; i++)
		n += families[i]->count;
	return n;
}

const struct rule *
rules_get(size_t i)
{
	for (size_t f = 0; f < FAMILIES; f++) {
		if (i < families[f]->count)
			return &families[f]->rules[i];
		i -= families[f]->count;
	}
	return NULL;
}

struct rule_choice
rules_all(struct arena *a)
{
	size_t n = rules_count();
	const struct rule **all = arena_alloc(a, n * sizeof(*all));

	for (size_t i = 0; i < n; i++)
		all[i] = rules_get(i);
	return (struct rule_choice){ .rules = all, .count = n };
}

const struct rule *
rules_find(const char *id)
{
	for (size_t i = 0; i < rules_count(); i++)
		if (strcmp(rules_get(i)->id, id) == 0)
			return rules_get(i);
	return NULL;
}

/* Whether PATTERN names a rule; those that it names are chosen. */
static bool
choose_one(const char *pattern, bool *chosen)
{
	bool found = false;

	for (size_t i = 0; i < rules_count(); i++)
		if (fnmatch(pattern, rules_get(i)->id, 0) == 0)
			found = chosen[i] = true;
	return found;
}

bool
rules_choose(const char *list, bool *chosen, char *wrong, size_t size)
{
	memset(chosen, 0, rules_count() * sizeof(*chosen));
	for (;;) {
		size_t len = strcspn(list, ",");

		snprintf(wrong, size, "%.*s", (int)len, list);
		if (!choose_one(wrong, chosen))
			return false;
		if (!list[len])
			return true;
		list += len + 1;
	}
}
