/*
 * The file ...SynchronizationPolicy....JSON of newer servers. No document lists
 * its keys: those that are met in the field are read, whatever their case, and
 * others are named.
 */
#include <string.h>
#include <strings.h>

#include "analyze/policy/sync_export.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { POLICY_FILE_MAX = 64 << 20 };

struct sync_config_reader {
	struct sync_export *x;
	const char *name, *text;
	struct err *err;
	/* Of the object at hand: */
	struct sync_connector *connector;    /* NULL: the tenant's */
	const char *friendly_name;
	struct sync_partition *partition;
	struct sync_rule rule;
	const char *direction, *class, *link;
	/* What the rule sets, by effect, and to what. */
	enum { SETS_NOT, SETS_FALSE, SETS_TRUE, SETS_UNCLEAR } sets[2];
	const char *strange;     /* why the rule is not understood, or NULL */
};

/* A key of an object; READ is NULL where nobody needs its value. */
struct policy_key {
	const char *name;
	int (*read)(struct sync_config_reader *r, const struct json *j);
};

/* The value of KEY in OBJECT, whatever the key's case. */
static const struct json *
get(const struct json *object, const char *key)
{
	const struct json *j = json_kind(object) == JSON_OBJECT
		? json_first(object) : NULL;

	while (j && strcasecmp(json_key(j), key) != 0)
		j = json_next(j);
	return j;
}

/* The first line with WORD, a key or a value, in quotes; else the first. */
static unsigned
line_of(const struct sync_config_reader *r, const char *word)
{
	struct buf quoted = { 0 };
	const char *at;
	unsigned line = 1;

	json_put_string(&quoted, word, strlen(word));
	at = strstr(r->text, quoted.data);
	for (const char *p = r->text; at && p < at; p++)
		line += *p == '\n';
	buf_release(&quoted);
	return line;
}

static int
wrong(struct sync_config_reader *r, const struct json *j, const char *want)
{
	const char *key = json_key(j);

	return err_input(r->err, "%s:%u: %s: want %s", r->name,
	                 key ? line_of(r, key) : 1, key ? key : "an element",
	                 want);
}

/* All keys of OBJECT by the table; WHAT it is called in the warning. */
static int
read_object(struct sync_config_reader *r, const struct policy_key *keys,
            const char *what, const struct json *object)
{
	if (json_kind(object) != JSON_OBJECT)
		return wrong(r, object, "an object");
	for (const struct json *j = json_first(object); j; j = json_next(j)) {
		const struct policy_key *k = keys;

		while (k->name && strcasecmp(k->name, json_key(j)) != 0)
			k++;
		if (!k->name)
			sync_export_strange(r->x, "%s%s", what, json_key(j));
		else if (k->read && k->read(r, j) < 0)
			return -1;
	}
	return 0;
}

/* An object, or an array of them, as PowerShell writes either. */
static int
read_objects(struct sync_config_reader *r, const struct json *j,
             int (*read)(struct sync_config_reader *r, const struct json *one))
{
	if (json_kind(j) == JSON_NULL)
		return 0;
	if (json_kind(j) != JSON_ARRAY)
		return read(r, j);
	for (j = json_first(j); j; j = json_next(j))
		if (read(r, j) < 0)
			return -1;
	return 0;
}

static int
read_version(struct sync_config_reader *r, const struct json *j)
{
	if (json_string(j) && *json_string(j))
		r->x->version = arena_strdup(r->x->arena, json_string(j));
	return 0;
}

static int
read_metadata(struct sync_config_reader *r, const struct json *j)
{
	static const struct policy_key keys[] = {
		{ "type", NULL }, { "author", NULL }, { "timeCreated", NULL },
		{ "azureADConnectVersion", read_version }, { 0 }
	};

	return read_object(r, keys, "policyMetadata.", j);
}

static int
read_dns(struct sync_config_reader *r, struct text_list *to,
         const struct json *j)
{
	const struct json *one = json_kind(j) == JSON_ARRAY ? json_first(j)
	                                                    : j;

	for (; one && json_kind(j) != JSON_NULL; one = json_next(one)) {
		const char *dn = json_string(one);

		if (!dn)
			return wrong(r, j, "an array of texts");
		if (sync_export_dn(to, r->x->arena, dn) < 0)
			return err_input(r->err, "%s:%u: %s: want "
			                 SYNC_DN_WANTED ", have \"%s\"",
			                 r->name, line_of(r, dn), json_key(j),
			                 dn);
		if (one == j)
			return 0;
	}
	return 0;
}

static int
read_inclusions(struct sync_config_reader *r, const struct json *j)
{
	return read_dns(r, &r->partition->include, j);
}

static int
read_exclusions(struct sync_config_reader *r, const struct json *j)
{
	return read_dns(r, &r->partition->exclude, j);
}

static int
read_partition(struct sync_config_reader *r, const struct json *j)
{
	static const struct policy_key keys[] = {
		{ "distinguishedName", NULL },
		{ "containerInclusions", read_inclusions },
		{ "containerExclusions", read_exclusions }, { 0 }
	};
	const struct json *dn = get(j, "distinguishedName");
	struct text_list one = { 0 };

	if (!json_string(dn))
		return wrong(r, j, "a partition with a distinguishedName");
	if (read_dns(r, &one, dn) < 0)
		return -1;
	r->partition = sync_export_partition(r->x, r->connector,
	                                     one.texts[0]);
	if (!r->partition)
		return wrong(r, j, "fewer partitions");
	r->partition->selected = true;
	return read_object(r, keys, "partitionFilters.", j);
}

static int
read_partitions(struct sync_config_reader *r, const struct json *j)
{
	return read_objects(r, j, read_partition);
}

static const char *
copy(struct sync_config_reader *r, const struct json *j)
{
	return json_string(j) ? arena_strdup(r->x->arena, json_string(j))
	                      : NULL;
}

static int
read_rule_name(struct sync_config_reader *r, const struct json *j)
{
	r->rule.name = copy(r, j);
	return 0;
}

static int
read_direction(struct sync_config_reader *r, const struct json *j)
{
	r->direction = copy(r, j);
	return 0;
}

static int
read_class(struct sync_config_reader *r, const struct json *j)
{
	r->class = copy(r, j);
	return 0;
}

static int
read_link(struct sync_config_reader *r, const struct json *j)
{
	r->link = copy(r, j);
	return 0;
}

static int
read_precedence(struct sync_config_reader *r, const struct json *j)
{
	double n = json_number(j);

	r->rule.precedence = n > -1e6 && n < 1e6 ? (long)n : 0;
	return 0;
}

static void
take_condition(struct sync_config_reader *r, struct filter_condition *c,
               const struct json *j)
{
	const char *operator = json_string(get(j, "condition"));
	const char *attribute = json_string(get(j, "attribute"));
	const char *value = json_string(get(j, "value"));

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
take_clause(struct sync_config_reader *r, const struct json *first)
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
read_filters(struct sync_config_reader *r, const struct json *j)
{
	const struct json *first = json_first(j);

	if (json_kind(j) == JSON_NULL || !first)
		return 0;
	if (json_kind(j) != JSON_ARRAY)
		r->strange = "a scope of another form";
	else if (json_kind(first) == JSON_OBJECT && get(first, "attribute"))
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
read_mapping(struct sync_config_reader *r, const struct json *j)
{
	const char *to = json_string(get(j, "destination"));
	const struct json *from = get(j, "source");
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
read_mappings(struct sync_config_reader *r, const struct json *j)
{
	return read_objects(r, j, read_mapping);
}

/* The rule sets an attribute; NULL, or why it is not understood. */
static const char *
take_effect(struct sync_config_reader *r, size_t effect)
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
take_rule(struct sync_config_reader *r)
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

static int
read_rule(struct sync_config_reader *r, const struct json *j)
{
	static const struct policy_key keys[] = {
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
	if (read_object(r, keys, "customSynchronizationRules.", j) < 0)
		return -1;
	if (!r->rule.name)
		r->rule.name = "";
	strange = take_rule(r);
	if (strange)
		sync_export_strange(r->x, "custom rule \"%s\" (%s)",
		                    r->rule.name, strange);
	return 0;
}

static int
read_rules(struct sync_config_reader *r, const struct json *j)
{
	return read_objects(r, j, read_rule);
}

static int
read_friendly_name(struct sync_config_reader *r, const struct json *j)
{
	r->friendly_name = copy(r, j);
	return 0;
}

static int
read_domain_name(struct sync_config_reader *r, const struct json *j)
{
	if (json_string(j))
		r->connector->forest = copy(r, j);
	return 0;
}

static int
read_forest(struct sync_config_reader *r, const struct json *j)
{
	static const struct policy_key keys[] = {
		{ "friendlyName", read_friendly_name },
		{ "fullyQualifiedDomainName", read_domain_name },
		{ "uniqueIdentifier", NULL },
		{ "partitionFilters", read_partitions },
		{ "customSynchronizationRules", read_rules },
		{ "standardSynchronizationRules", NULL }, { 0 }
	};

	int rc;

	r->connector = sync_export_connector(r->x, "", "");
	r->friendly_name = NULL;
	rc = read_object(r, keys, "onpremisesDirectoryPolicy.", j);
	if (!*r->connector->forest && r->friendly_name)
		r->connector->forest = r->friendly_name;
	r->connector = NULL;
	return rc;
}

static int
read_forests(struct sync_config_reader *r, const struct json *j)
{
	return read_objects(r, j, read_forest);
}

static int
read_cloud(struct sync_config_reader *r, const struct json *j)
{
	static const struct policy_key keys[] = {
		{ "customSynchronizationRules", read_rules },
		{ "standardSynchronizationRules", NULL }, { 0 }
	};

	return json_kind(j) == JSON_NULL
		? 0 : read_object(r, keys, "azureDirectoryPolicy.", j);
}

static int
read_policy(struct sync_config_reader *r, const struct json *j)
{
	static const struct policy_key keys[] = {
		{ "policyMetadata", read_metadata },
		{ "deploymentMetadata", NULL },
		{ "onpremisesDirectoryPolicy", read_forests },
		{ "azureDirectoryPolicy", read_cloud }, { 0 }
	};

	return read_object(r, keys, "", j);
}

int
sync_policy_parse(struct sync_export *x, const char *name, const char *text,
                  size_t len, struct err *err)
{
	struct sync_config_reader r = { .x = x, .name = name, .err = err };
	struct buf utf8 = { 0 };
	struct json_error e;
	struct json *tree;
	size_t line = 1;
	int rc;

	if (utf8_from_utf16(&utf8, text, len) == 0) {
		text = buf_text(&utf8);
		len = utf8.len;
	} else if (len > 2 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	r.text = text;
	tree = json_parse(text, len, &e);
	for (size_t i = 0; !tree && i < e.offset && i < len; i++)
		line += text[i] == '\n';
	rc = tree ? read_objects(&r, tree, read_policy)
	          : err_input(err, "%s:%zu: want %s", name, line, e.want);
	json_free(tree);
	buf_release(&utf8);
	return rc;
}

int
sync_policy_read(struct sync_export *x, const char *path, struct err *err)
{
	struct buf text = { .max = POLICY_FILE_MAX };
	int rc = file_read(path, &text, err);

	if (rc == 0)
		rc = sync_policy_parse(x, path, buf_text(&text), text.len,
		                       err);
	buf_release(&text);
	return rc;
}
