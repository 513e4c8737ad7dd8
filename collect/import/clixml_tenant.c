/* Objects of the modules for a tenant, and of Exchange. */
#include "collect/import/clixml_object.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/record.h"
#include "base/when.h"
#include "collect/import/clixml_tree.h"
#include "collect/import/clixml_value.h"
#include "collect/import/graph_names.h"
#include "collect/import/import_map.h"

static void
add_flag(struct record *r, const char *name, const char *text,
         enum graph_sense sense)
{
	bool yes = (strcmp(text, "true") == 0) !=
	           (sense == SENSE_INVERTED);

	record_add(r, name, VALUE_JSON, yes ? "true" : "false", yes ? 4 : 5);
}

static void
add_time(struct record *r, const char *name, const char *text)
{
	char iso[WHEN_TEXT];
	when_t when;

	if (when_from_iso(&when, text) == 0) {
		when_format(when, iso);
		text = iso;
	}
	record_add_text(r, name, text);
}

static void
add_number(struct record *r, const char *name, const char *text)
{
	struct json_error e;
	size_t len = strlen(text);

	/* .NET's infinity is no number of JSON. */
	record_add(r, name, json_check(text, len, &e) == 0 ? VALUE_JSON
	           : VALUE_TEXT, text, len);
}

static void
add_plain(struct record *r, const char *name, const struct clixml_value *v,
          enum graph_sense sense)
{
	if (v->kind == CLIXML_FLAG)
		add_flag(r, name, v->text, sense);
	else if (v->kind == CLIXML_TIME)
		add_time(r, name, v->text);
	else if (v->kind == CLIXML_NUMBER)
		add_number(r, name, v->text);
	else if (v->kind != CLIXML_NIL && *v->text)
		record_add_text(r, name, v->text);
}

/* A list of plain values, or of nothing. */
static void
add_list(struct record *r, const char *name, const struct clixml_value *list,
         struct clixml_flaws *flaws)
{
	for (const struct clixml_value *v = list->first; v; v = v->next) {
		const struct clixml_value *plain = clixml_plain(v);

		if (!plain)
			name_set_add(&flaws->lost, name);
		else if (plain->kind != CLIXML_NIL && *plain->text)
			record_add_text(r, name, plain->text);
	}
	if (!name_set_has(&flaws->lost, name))
		record_declare(r, name, SHAPE_LIST);
}

/* Whether some value of the list is an object with properties. */
static bool
has_parts(const struct clixml_value *list)
{
	const struct clixml_value *v = list->first;

	while (v && (clixml_plain(v) || !clixml_has_parts(v)))
		v = v->next;
	return v != NULL;
}

static void
add_json(struct record *r, const char *name, const struct clixml_value *v)
{
	struct buf text = { 0 };

	clixml_put_json(&text, v);
	record_add(r, name, VALUE_JSON, text.data, text.len);
	buf_release(&text);
}

static void
take_prop(struct record *r, const char *name, const struct clixml_value *p,
          enum graph_sense sense, struct clixml_flaws *flaws)
{
	const struct clixml_value *plain = clixml_plain(p);

	if (plain)
		add_plain(r, name, plain, sense);
	else if (p->is_list ? has_parts(p) : clixml_has_parts(p))
		add_json(r, name, p);
	else if (p->is_list)
		add_list(r, name, p, flaws);
	else if (p->kind != CLIXML_OBJECT || !p->props)
		name_set_add(&flaws->lost, name);
	if (record_find(r, name) < 0 && !name_set_has(&flaws->lost, name))
		record_declare(r, name, SHAPE_SINGLE);
}

static void
take_named(struct record *r, enum section s, const char *word,
           const struct clixml_value *p, struct clixml_flaws *flaws)
{
	enum graph_sense sense;
	char *name = graph_name_of(s, word, &sense);

	if (name && *name && record_find(r, name) < 0)
		take_prop(r, name, p, sense, flaws);
	free(name);
}

/* What the module has no property for is in a dictionary. */
static void
take_entries(struct record *r, enum section s,
             const struct clixml_value *dictionary,
             struct clixml_flaws *flaws)
{
	for (const struct clixml_value *e = dictionary->first; e;
	     e = e->next) {
		const struct clixml_value *key = clixml_prop(e, "Key");
		const struct clixml_value *value = clixml_prop(e, "Value");

		if (key && value)
			take_named(r, s, key->text, value, flaws);
	}
}

void
clixml_take_tenant(struct record *r, enum section s,
                   const struct clixml_value *v, struct clixml_flaws *flaws)
{
	const struct clixml_value *more = clixml_prop(v,
	                                              "AdditionalProperties");

	for (const struct clixml_value *p = v->props; p; p = p->next)
		if (p->name && p != more)
			take_named(r, s, p->name, p, flaws);
	if (more)
		take_entries(r, s, more, flaws);
}

void
clixml_take_exchange(struct record *r, const struct clixml_value *v,
                     struct clixml_flaws *flaws)
{
	for (const struct clixml_value *p = v->props; p; p = p->next) {
		const struct column_map *map = p->name
			? column_find(&exchange_columns, p->name) : NULL;

		if (!p->name || !*p->name || record_find(r, p->name) >= 0 ||
		    (map && map->treat == COLUMN_JUNK))
			continue;
		take_prop(r, map ? map->attribute : p->name, p,
		          SENSE_PLAIN, flaws);
	}
}
