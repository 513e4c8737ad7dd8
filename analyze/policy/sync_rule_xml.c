/*
 * Rules of the sync engine. Those that come with it are known (analyze/scope.c)
 * as long as they are switched on; of a company's own those are understood that
 * say by a constant whether objects are cloudFiltered.
 */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "analyze/policy/sync_export.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/number.h"
#include "base/xml.h"

static const char *
text_at(const struct xml_node *rule, const char *path)
{
	return xml_text(xml_at(rule, path));
}

/* The mapping that sets cloudFiltered, or NULL. */
static const struct xml_node *
find_mapping(const struct xml_node *rule)
{
	const struct xml_node *m = xml_at(rule, "attribute-mappings/mapping");

	while (m && strcasecmp(text_at(m, "dest"), "cloudFiltered") != 0)
		m = xml_again(m);
	return m;
}

/* Whether the mapping is a constant, True or False. */
static bool
take_constant(const struct xml_node *mapping, bool *filtered)
{
	const char *constant = text_at(mapping, "src");

	bool is_constant = !xml_at(mapping, "src/attr") &&
	                   !*text_at(mapping, "expression");

	*filtered = is_constant && strcasecmp(constant, "True") == 0;
	return *filtered || (is_constant &&
	                     strcasecmp(constant, "False") == 0);
}

static size_t
count_scopes(const struct xml_node *conditions)
{
	const struct xml_node *n = xml_child(conditions, "scope");
	size_t count = 0;

	for (; n; n = xml_again(n))
		count++;
	return count;
}

/* NULL, or what is not understood. */
static const char *
take_condition(struct filter_condition *c, const struct xml_node *n,
               struct arena *a)
{
	const char *operator = text_at(n, "csOperator");
	const char *value = text_at(n, "csValue");

	if (filter_operator_parse(&c->operator, operator) < 0)
		return *operator ? operator : "a condition without operator";
	if (!*text_at(n, "csAttribute"))
		return "a condition without attribute";
	if (filter_operator_wants_value(c->operator)) {
		if (!*value)
			return "a condition without value";
		c->value = arena_strdup(a, value);
	}
	c->attribute = arena_strdup(a, text_at(n, "csAttribute"));
	return NULL;
}

/* The clauses of the rule's scope; NULL, or what is not understood. */
static const char *
take_scope(struct sync_rule *r, const struct xml_node *rule, struct arena *a)
{
	const struct xml_node *n =
		xml_at(rule, "synchronizationCriteria/conditions");
	struct sync_clause **to = &r->clauses;

	for (; n; n = xml_again(n)) {
		struct sync_clause *c = arena_alloc(a, sizeof(*c));
		size_t count = count_scopes(n);
		const struct xml_node *s = xml_child(n, "scope");

		*c = (struct sync_clause){ .count = count };
		c->where = arena_alloc(a, count * sizeof(*c->where));
		if (count)
			memset(c->where, 0, count * sizeof(*c->where));
		for (size_t i = 0; s; s = xml_again(s), i++) {
			const char *strange = take_condition(&c->where[i], s,
			                                     a);

			if (strange)
				return strange;
		}
		*to = c;
		to = &c->next;
	}
	return NULL;
}

static bool
is_of_ad(const struct sync_export *x, const struct xml_node *rule)
{
	const char *id = text_at(rule, "connector");

	for (size_t i = 0; i < x->connectors.count; i++)
		if (strcasecmp(x->connectors.texts[i], id) == 0)
			return true;
	return false;
}

/* Takes a custom rule; NULL, or why it is not understood. */
static const char *
take_custom(struct sync_export *x, const struct xml_node *rule)
{
	const struct xml_node *mapping = find_mapping(rule);
	struct sync_rule r = { 0 };
	const char *precedence = text_at(rule, "precedence");
	const char *strange;
	uint64_t n = 0;

	if (strcasecmp(text_at(rule, "direction"), "Inbound") != 0 || !mapping)
		return "it does not set cloudFiltered";
	if (!is_of_ad(x, rule))
		return "its connector is none of AD";
	if (filter_class_parse(&r.kind, text_at(rule, "sourceObjectType")) < 0)
		return text_at(rule, "sourceObjectType");
	strange = take_constant(mapping, &r.filtered)
		? take_scope(&r, rule, x->arena)
		: "cloudFiltered is an expression";
	r.unclear = strange && !r.filtered;
	r.name = arena_strdup(x->arena, text_at(rule, "name"));
	if (*precedence && number_parse(&n, precedence, INT32_MAX) < 0)
		return "its precedence is no number";
	r.precedence = (long)n;
	if (!strange || r.unclear)
		sync_export_rule(x, &r);
	return strange;
}

int
sync_rule_take(struct sync_export *x, const char *name,
               const struct xml_node *root, struct err *err)
{
	bool disabled = strcasecmp(text_at(root, "disabled"), "True") == 0;
	const char *called = text_at(root, "name");
	const char *strange;

	if (!*called)
		return err_input(err, "%s:%u: want the name of the rule", name,
		                 xml_line(root));
	if (*text_at(root, "immutable-tag")) {
		if (disabled)
			sync_export_strange(x, "rule \"%s\" of the engine is "
			                    "disabled", called);
		return 0;
	}
	strange = disabled ? NULL : take_custom(x, root);
	if (strange)
		sync_export_strange(x, "custom rule \"%s\" (%s)", called,
		                    strange);
	return 0;
}
