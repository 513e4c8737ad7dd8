/* A section's members in the manifest; what is read is not trusted. */
#include "collect/snapshot/section_json.h"

#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "base/mem.h"
#include "collect/snapshot/asking.h"

int
section_find(const char *name)
{
	for (int i = 0; name && i < SECTION_COUNT; i++)
		if (strcmp(section_name((enum section)i), name) == 0)
			return i;
	return -1;
}

static void
lacks_to_json(struct json *section, const struct lack_list *l)
{
	struct json *list = l->count ? json_add_array(section, "lacks") : NULL;

	for (size_t i = 0; i < l->count; i++) {
		struct json *o = json_add_object(list, NULL);

		json_add_text(o, "attribute", l->items[i].attribute);
		json_add_count(o, "objects", l->items[i].objects);
		json_add_text(o, "reason", l->items[i].reason);
	}
}

void
collected_to_json(struct json *o, const struct manifest_section *s)
{
	if (s->all_objects)
		json_add_text(o, "objects", "all");
	lacks_to_json(o, &s->lacks);
	asking_to_json(o, s);
}

void
attributes_to_json(struct json *o, const struct manifest_section *s)
{
	struct json *names;

	if (s->all_attributes) {
		json_add_text(o, "attributes", "all");
		return;
	}
	names = json_add_array(o, "attributes");
	for (size_t i = 0; i < s->attributes.count; i++)
		json_add_text(names, NULL, s->attributes.names[i]);
}

static int
find_state(const char *name)
{
	for (int i = SECTION_NOT_ASKED; name && i <= SECTION_REFUSED; i++)
		if (strcmp(section_state_name((enum section_state)i),
		           name) == 0)
			return i;
	return -1;
}

int
state_from_json(struct manifest_section *s, const struct json *j,
                const char *where, struct err *err)
{
	int state = find_state(json_string(json_get(j, "state")));
	double count = json_number(json_get(j, "count"));

	if (state < 0)
		return err_input(err, "%s: want a state: complete, partial, "
		                 "refused or not-asked", where);
	s->state = (enum section_state)state;
	if (!(count >= 0 && count <= 1e12))
		return err_input(err, "%s: want a count", where);
	s->count = (uint64_t)count;
	if (json_string(json_get(j, "reason")))
		s->reason = xstrdup(json_string(json_get(j, "reason")));
	return 0;
}

static int
names_from_json(struct manifest_section *s, const struct json *j)
{
	const char *text = json_string(j);

	if (text && strcmp(text, "all") == 0) {
		s->all_attributes = true;
		return 0;
	}
	if (json_kind(j) != JSON_ARRAY)
		return -1;
	for (j = json_first(j); j; j = json_next(j)) {
		if (!json_string(j))
			return -1;
		name_set_add(&s->attributes, json_string(j));
	}
	return 0;
}

int
attributes_from_json(struct manifest_section *s, const struct json *j,
                     const char *where, struct err *err)
{
	return names_from_json(s, json_get(j, "attributes")) == 0 ? 0
		: err_input(err, "%s: want attributes: \"all\" or a list of "
		            "names", where);
}

static int
lacks_from_json(struct manifest_section *s, const struct json *j)
{
	for (j = json_first(j); j; j = json_next(j)) {
		const char *attribute = json_string(json_get(j, "attribute"));
		const char *reason = json_string(json_get(j, "reason"));
		double objects = json_number(json_get(j, "objects"));

		if (!attribute || !reason || objects < 1 || objects > 1e12)
			return -1;
		lack_add(&s->lacks, attribute, reason, (uint64_t)objects);
	}
	return 0;
}

int
collected_from_json(struct manifest_section *s, const struct json *j,
                    const char *where, struct err *err)
{
	const char *all = json_string(json_get(j, "objects"));

	s->all_objects = all && strcmp(all, "all") == 0;
	if (lacks_from_json(s, json_get(j, "lacks")) < 0)
		return err_input(err, "%s: want lacks: objects with "
		                 "attribute, objects and reason", where);
	if (asking_from_json(s, json_get(j, "partly")) < 0)
		return err_input(err, "%s: want partly: objects with "
		                 "attribute, inputs and without", where);
	return 0;
}
