/* Custom filters of the policy file. */
#include "analyze/policy/filter_json.h"

#include <string.h>

#include "analyze/policy/filter_rule.h"
#include "base/json.h"
#include "base/mem.h"

/* Whether OBJECT has no key but these, the last of them NULL. */
static bool
has_only(const struct json *object, const char *const *keys)
{
	for (const struct json *j = json_first(object); j; j = json_next(j)) {
		size_t i = 0;

		while (keys[i] && strcmp(keys[i], json_key(j)) != 0)
			i++;
		if (!keys[i])
			return false;
	}
	return json_kind(object) == JSON_OBJECT;
}

static const char *
read_condition(struct filter_condition *c, struct arena *a,
               const struct json *j)
{
	static const char *const keys[] = {
		"attribute", "operator", "value", NULL
	};
	const char *attribute = json_string(json_get(j, "attribute"));
	const char *operator = json_string(json_get(j, "operator"));
	const char *value = json_string(json_get(j, "value"));

	if (!has_only(j, keys))
		return "conditions of attribute, operator and value";
	if (!attribute || !*attribute)
		return "an attribute in every condition";
	if (!operator || filter_operator_parse(&c->operator, operator) < 0)
		return "an operator such as EQUAL or STARTSWITH";
	if (filter_operator_wants_value(c->operator) != (value != NULL))
		return "a text as value, and null for ISNULL and ISNOTNULL";
	c->attribute = arena_strdup(a, attribute);
	c->value = value ? arena_strdup(a, value) : NULL;
	return NULL;
}

static const char *
read_rule(struct filter_set *set, struct arena *a, const struct json *rule)
{
	static const char *const keys[] = { "class", "where", NULL };
	const char *class = json_string(json_get(rule, "class"));
	const struct json *where = json_get(rule, "where");
	size_t count = json_count(where), n = 0;
	struct filter_condition *all;
	const char *want = NULL;
	enum kind kind;

	if (!has_only(rule, keys) || !class ||
	    filter_class_parse(&kind, class) < 0)
		return "objects with a class (user, group, contact or "
		       "computer) and where";
	if (json_kind(where) != JSON_ARRAY || !count)
		return "at least one condition in where";
	all = arena_alloc(a, count * sizeof(*all));
	memset(all, 0, count * sizeof(*all));
	for (const struct json *j = json_first(where); j && !want;
	     j = json_next(j))
		want = read_condition(&all[n++], a, j);
	if (!want && filter_set_add(set, a, kind, all, count) < 0)
		return "at most 16 attributes in all filters";
	return want;
}

const char *
filter_json_read(struct filter_set *set, struct arena *a,
                 const struct json *list)
{
	const char *want = NULL;

	if (json_kind(list) != JSON_ARRAY)
		return "an array of objects";
	for (const struct json *j = json_first(list); j && !want;
	     j = json_next(j))
		want = read_rule(set, a, j);
	return want;
}
