/*
 * Rules of the sync engine. Those that come with it are known (analyze/scope.c)
 * as long as they are switched on; of a company's own those are understood that
 * say by a constant whether objects are cloudFiltered, or cloudNoFlow.
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

/* The mapping that sets the attribute DEST, or NULL. */
static const struct xml_node *
find_mapping(const struct xml_node *rule, const char *dest)
{
	const struct xml_node *m = xml_at(rule, "attribute-mappings/mapping");

	while (m && strcasecmp(text_at(m, "dest"), dest) != 0)
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

/* The connector that the rule is of; NULL: it is none of AD. */
static const struct sync_connector *
connector_of(const struct sync_export *x, const char *id)
{
	const struct sync_connector *c = x->connectors;

	while (c && strcasecmp(c->id, id) != 0)
		c = c->next;
	return c;
}

/* The rule sets EFFECT's attribute; NULL, or why it is not understood. */
static const char *
take_effect(struct sync_export *x, const struct xml_node *rule,
            const struct xml_node *mapping, enum filter_effect effect)
{
	struct sync_rule r = { .effect = effect };
	const char *precedence = text_at(rule, "precedence");
	const char *connector = text_at(rule, "connector");
	const char *strange;
	uint64_t n = 0;

	r.of = *connector ? connector_of(x, connector) : NULL;
	if (*connector && !r.of)
		return "its connector is none of AD";
	if (filter_class_parse(&r.kind, text_at(rule, "sourceObjectType")) < 0)
		return text_at(rule, "sourceObjectType");
	strange = take_constant(mapping, &r.filtered)
		? take_scope(&r, rule, x->arena)
		: effect == FILTER_OUT ? "cloudFiltered is an expression"
		                       : "cloudNoFlow is an expression";
	r.unclear = strange && !r.filtered;
	r.name = arena_strdup(x->arena, text_at(rule, "name"));
	if (*precedence && number_parse(&n, precedence, INT32_MAX) < 0)
		return "its precedence is no number";
	r.precedence = (long)n;
	if (!strange || r.unclear)
		sync_export_rule(x, &r);
	return strange;
}

/* A rule that lets join what another one marks. */
static const char *
take_no_flow(struct sync_export *x, const struct xml_node *rule)
{
	struct sync_rule r = { 0 };
	const char *strange = take_scope(&r, rule, x->arena);
	const char *other = sync_export_no_flow(x, &r);

	return strange ? strange : other;
}

/* Takes a custom rule; NULL, or why it is not understood. */
static const char *
take_custom(struct sync_export *x, const struct xml_node *rule)
{
	static const enum filter_effect effects[] = {
		FILTER_OUT, FILTER_NO_FLOW
	};
	bool inbound = strcasecmp(text_at(rule, "direction"), "Inbound") == 0;
	const char *strange = "it does not set cloudFiltered", *first = NULL;

	if (!inbound &&
	    strcasecmp(text_at(rule, "linkType"), "JoinNoFlow") == 0)
		return take_no_flow(x, rule);
	for (size_t i = 0; inbound && i < 2; i++) {
		const struct xml_node *mapping =
			find_mapping(rule, sync_effect_attribute(effects[i]));

		if (!mapping)
			continue;
		strange = take_effect(x, rule, mapping, effects[i]);
		first = first ? first : strange;
	}
	return first ? first : strange;
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
	x->custom_rules += !disabled;
	strange = disabled ? NULL : take_custom(x, root);
	if (strange)
		sync_export_strange(x, "custom rule \"%s\" (%s)", called,
		                    strange);
	return 0;
}
