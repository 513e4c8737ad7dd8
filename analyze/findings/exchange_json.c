/* exchange.json: written, in the contract's order of keys. */
#include "analyze/findings/exchange_json.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/when.h"

/* A number that is not known is nought in the struct, and null in the file. */
static void
add_known(struct json *o, const char *key, uint64_t n)
{
	if (n)
		json_add_count(o, key, n);
	else
		json_add_null(o, key);
}

static void
add_has(struct json *o, const char *key, enum schema_has has)
{
	if (has == SCHEMA_UNKNOWN)
		json_add_null(o, key);
	else
		json_add_bool(o, key, has == SCHEMA_HAS);
}

static void
add_schema(struct json *o, const struct exchange_told *t)
{
	struct json *e = json_add_object(o, "schema"), *list;

	add_known(e, "rangeUpper", t->range_upper);
	json_add_text(e, "release", t->release);
	if (!t->attribute_count) {
		json_add_null(e, "attributes");
		return;
	}
	list = json_add_object(e, "attributes");
	for (size_t i = 0; i < t->attribute_count; i++)
		add_has(list, t->attributes[i].name, t->attributes[i].has);
}

static void
add_organization(struct json *o, const struct exchange_told *t)
{
	struct json *e = json_add_object(o, "organization");

	json_add_text(e, "state", exchange_state_name(t->state));
	json_add_text(e, "reason", t->reason);
	json_add_text(e, "name", t->name);
	json_add_text(e, "dn", t->dn);
	add_has(e, "hybrid", t->hybrid);
	add_known(e, "objectVersion", t->object_version);
	add_known(e, "domainVersion", t->domain_version);
	add_schema(e, t);
}

static void
add_servers(struct json *o, const struct exchange_told *t)
{
	struct json *list = json_add_array(o, "servers"), *e, *roles;

	for (size_t i = 0; i < t->server_count; i++) {
		const struct exchange_told_server *s = &t->servers[i];

		e = json_add_object(list, NULL);
		json_add_text(e, "name", s->name);
		json_add_text(e, "dn", s->dn);
		json_add_text(e, "guid", s->guid);
		json_add_text(e, "version", s->version);
		json_add_text(e, "product", s->product);
		json_add_text(e, "update", s->update);
		roles = json_add_array(e, "roles");
		for (size_t k = 0; k < s->role_count; k++)
			json_add_text(roles, NULL, s->roles[k]);
		json_add_text(e, "support", exchange_support_name(s->support));
		json_add_text(e, "supportEnds", s->support_ends);
	}
}

static void
add_evidence(struct json *o, const struct exchange_condition *c)
{
	struct json *list = json_add_array(o, "evidence");

	for (size_t i = 0; i < c->evidence_count; i++) {
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "dn", c->evidence[i].dn);
		json_add_text(e, "guid", c->evidence[i].guid);
		json_add_text(e, "attribute", c->evidence[i].attribute);
		json_add_text(e, "value", c->evidence[i].value);
	}
}

static void
add_path_names(struct json *o, unsigned paths)
{
	struct json *list = json_add_array(o, "paths");

	for (int p = 0; p < EXCHANGE_PATHS; p++)
		if (paths & PATH_BIT(p))
			json_add_text(list, NULL, exchange_path_name(
				(enum exchange_path)p));
}

static void
add_condition(struct json *list, const struct exchange_condition *c)
{
	struct json *e = json_add_object(list, NULL);

	json_add_text(e, "id", c->id);
	json_add_text(e, "result", condition_result_name(c->result));
	if (c->result == CONDITION_MET || c->result == CONDITION_NOT_MET)
		json_add_count(e, "count", c->count);
	else
		json_add_null(e, "count");
	json_add_text(e, "reason", c->reason);
	add_evidence(e, c);
	json_add_text(e, "kind", condition_kind_name(c->kind));
	add_path_names(e, c->paths);
	json_add_text(e, "fix", c->fix);
	json_add_text(e, "source", c->source);
	json_add_text(e, "title", c->title);
	json_add_text(e, "owner", step_owner_name(c->owner));
	json_add_text(e, "undo", c->undo);
}

static void
add_ids(struct json *o, const char *key, const struct exchange_told *t,
        const size_t *numbers, size_t n)
{
	struct json *list = json_add_array(o, key);

	for (size_t i = 0; i < n; i++)
		json_add_text(list, NULL, t->conditions[numbers[i]].id);
}

static void
add_ways(struct json *o, const struct exchange_told *t)
{
	struct json *list = json_add_array(o, "paths");

	for (int p = 0; p < EXCHANGE_PATHS; p++) {
		const struct exchange_way *w = &t->ways[p];
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "id",
		              exchange_path_name((enum exchange_path)p));
		json_add_text(e, "state", path_state_name(w->state));
		add_ids(e, "missing", t, w->missing, w->missing_count);
		add_ids(e, "open", t, w->open, w->open_count);
		json_add_text(e, "lastStep",
		              exchange_last_step((enum exchange_path)p));
	}
}

void
exchange_put(struct buf *out, const struct exchange_told *t)
{
	struct json *o = json_new_object(), *list;
	char when[WHEN_TEXT];

	when_format(t->as_of, when);
	json_add_text(o, "format", EXCHANGE_FORMAT);
	json_add_count(o, "version", EXCHANGE_VERSION);
	json_add_text(o, "asOf", when);
	json_add_text(o, "verdict", exchange_verdict_name(t->verdict));
	add_organization(o, t);
	add_servers(o, t);
	list = json_add_array(o, "conditions");
	for (size_t i = 0; i < t->condition_count; i++)
		add_condition(list, &t->conditions[i]);
	add_ways(o, t);
	json_put_pretty(out, o);
	json_free(o);
}
