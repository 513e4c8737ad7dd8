/*
 * Rules in the JSON of a sync server: only a company's own are written in full.
 * Of those are understood that say by a constant whether objects are
 * cloudFiltered, or cloudNoFlow.
 */
#include <string.h>
#include <strings.h>

#include "analyze/policy/sync_json.h"
#include "base/json.h"
#include "base/mem.h"

static int
read_rule_name(struct sync_json_reader *r, const struct json *j)
{
	r->rule.name = sync_json_copy(r, j);
	return 0;
}

static int
read_direction(struct sync_json_reader *r, const struct json *j)
{
	r->direction = sync_json_copy(r, j);
	return 0;
}

static int
read_class(struct sync_json_reader *r, const struct json *j)
{
	r->class = sync_json_copy(r, j);
	return 0;
}

static int
read_link(struct sync_json_reader *r, const struct json *j)
{
	r->link = sync_json_copy(r, j);
	return 0;
}

static int
read_precedence(struct sync_json_reader *r, const struct json *j)
{
	double n = json_number(j);

	r->rule.precedence = n > -1e6 && n < 1e6 ? (long)n : 0;
	return 0;
}

static void
take_condition(struct sync_json_reader *r, struct filter_condition *c,
               const struct json *j)
{
	const char *operator = json_string(sync_json_get(j, "condition"));
	const char *attribute = json_string(sync_json_get(j, "attribute"));
	const char *value = json_string(sync_json_get(j, "value"));

	if (!attribute || !operator ||
	    filter_operator_parse(&c->operator, operator) < 0)
		r->strange = operator ? arena_strdup(r->x->arena, operator)
		                      : "a condition of another form";
	else if (filter_operator_wants_value(c->operator) && !value)
		r->strange = "a condition without value";
	else if (filter_operator_wants_value(c->operator))
		c->value = arena_strdup(r->x->arena, value);
	c->attribute = arena_strdup(r->x->arena, attribute ? attribute : "");
}

/* Conditions that must all hold: GROUP, if it is no array, and what follows. */
static void
take_clause(struct sync_json_reader *r, const struct json *first)
{
	struct sync_clause *c = arena_alloc(r->x->arena, sizeof(*c));
	struct sync_clause **to = &r->rule.clauses;
	size_t i = 0;

	*c = (struct sync_clause){ 0 };
	for (const struct json *j = first; j; j = json_next(j))
		c->count++;
	c->where = arena_alloc(r->x->arena, c->count * sizeof(*c->where));
	if (c->count)
		memset(c->where, 0, c->count * sizeof(*c->where));
	for (const struct json *j = first; j; j = json_next(j))
		take_condition(r, &c->where[i++], j);
	while (*to)
		to = &(*to)->next;
	*to = c;
}

/* Groups of conditions; a single group may come without its brackets. */
static int
read_filters(struct sync_json_reader *r, const struct json *j)
{
	const struct json *first = json_first(j);

	if (json_kind(j) == JSON_NULL || !first)
		return 0;
	if (json_kind(j) != JSON_ARRAY)
		r->strange = "a scope of another form";
	else if (json_kind(first) == JSON_OBJECT &&
	         sync_json_get(first, "attribute"))
		take_clause(r, first);
	else
		for (; first; first = json_next(first))
			if (json_kind(first) == JSON_ARRAY)
				take_clause(r, json_first(first));
			else
				r->strange = "a scope of another form";
	return 0;
}

static const enum filter_effect effects[] = { FILTER_OUT, FILTER_NO_FLOW };

enum { EFFECTS = sizeof(effects) / sizeof(effects[0]) };

static int
read_mapping(struct sync_json_reader *r, const struct json *j)
{
	const char *to = json_string(sync_json_get(j, "destination"));
	const struct json *from = sync_json_get(j, "source");
	const char *source;

	if (json_kind(from) == JSON_ARRAY)
		from = json_first(from);
	source = json_kind(from) == JSON_BOOL
		? json_is_true(from) ? "True" : "False" : json_string(from);
	for (size_t i = 0; to && i < EFFECTS; i++)
		if (strcasecmp(to, sync_effect_attribute(effects[i])) == 0)
			r->sets[i] = source && strcasecmp(source, "True") == 0
				? SETS_TRUE
				: source && strcasecmp(source, "False") == 0
				? SETS_FALSE : SETS_UNCLEAR;
	return 0;
}

static int
read_mappings(struct sync_json_reader *r, const struct json *j)
{
	return sync_json_objects(r, j, read_mapping);
}

/* The rule sets an attribute; NULL, or why it is not understood. */
static const char *
take_effect(struct sync_json_reader *r, size_t effect)
{
	struct sync_rule rule = r->rule;
	const char *strange = r->strange;

	if (!r->class || filter_class_parse(&rule.kind, r->class) < 0)
		return r->class ? r->class : "it has no source";
	if (!strange && r->sets[effect] == SETS_UNCLEAR)
		strange = effects[effect] == FILTER_OUT
			? "cloudFiltered is an expression"
			: "cloudNoFlow is an expression";
	rule.of = r->connector;
	rule.effect = effects[effect];
	rule.filtered = r->sets[effect] == SETS_TRUE;
	rule.unclear = strange && !rule.filtered;
	if (!strange || rule.unclear)
		sync_export_rule(r->x, &rule);
	return strange;
}

/* Takes the rule that was read; NULL, or why it is not understood. */
static const char *
take_rule(struct sync_json_reader *r)
{
	bool inbound = r->direction &&
	               strcasecmp(r->direction, "Inbound") == 0;
	const char *strange = "it does not set cloudFiltered", *first = NULL;

	if (!inbound && r->link && strcasecmp(r->link, "JoinNoFlow") == 0) {
		strange = sync_export_no_flow(r->x, &r->rule);
		return r->strange ? r->strange : strange;
	}
	for (size_t i = 0; inbound && i < EFFECTS; i++) {
		if (r->sets[i] == SETS_NOT)
			continue;
		strange = take_effect(r, i);
		first = first ? first : strange;
	}
	return first ? first : strange;
}

int
sync_json_rule(struct sync_json_reader *r, const struct json *j)
{
	static const struct sync_json_key keys[] = {
		{ "name", read_rule_name }, { "description", NULL },
		{ "source", read_class }, { "target", NULL },
		{ "linkType", read_link }, { "scopeFilters", read_filters },
		{ "precedence", read_precedence },
		{ "direction", read_direction },
		{ "attributeMappings", read_mappings },
		{ "uniqueIdentifier", NULL }, { "internalIdentifier", NULL },
		{ 0 }
	};
	const char *strange;

	r->rule = (struct sync_rule){ 0 };
	r->direction = r->class = r->link = r->strange = NULL;
	memset(r->sets, 0, sizeof(r->sets));
	if (sync_json_object(r, keys, "customSynchronizationRules.", j) < 0)
		return -1;
	if (!r->rule.name)
		r->rule.name = "";
	r->x->custom_rules++;
	strange = take_rule(r);
	if (strange)
		sync_export_strange(r->x, "custom rule \"%s\" (%s)",
		                    r->rule.name, strange);
	return 0;
}
