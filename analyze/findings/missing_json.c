/* What was not collected, in the manifest: written and read. */
#include "analyze/findings/missing.h"

#include "base/json.h"
#include "base/mem.h"

static void
add_names(struct json *o, const char *key, const struct told_names *names)
{
	struct json *list = json_add_array(o, key);

	for (size_t i = 0; i < names->count; i++)
		json_add_text(list, NULL, names->items[i]);
}

void
missing_to_json(struct json *o, const struct findings *f)
{
	struct json *list = json_add_array(o, "missing");
	struct arena scratch = { 0 };
	struct missing_data *all;
	size_t n = missing_of(f, &scratch, &all);

	for (size_t i = 0; i < n; i++) {
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "reason", all[i].reason);
		add_names(e, "sections", &all[i].sections);
		add_names(e, "attributes", &all[i].attributes);
		add_names(e, "domains", &all[i].domains);
		add_names(e, "rules", &all[i].rules);
		add_names(e, "partly", &all[i].partly);
		json_add_text(e, "command", all[i].command);
	}
	arena_release(&scratch);
}

static const char *
copied(const struct json *j, struct arena *a)
{
	const char *text = json_string(j);

	return text ? arena_strdup(a, text) : NULL;
}

static struct told_names
names_in(const struct json *tree, const char *key, struct arena *a)
{
	const struct json *list = json_get(tree, key);
	const char **to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);
	struct told_names out = { to, 0 };

	for (const struct json *j = json_first(list); j; j = json_next(j))
		if (json_string(j))
			to[out.count++] = copied(j, a);
	return out;
}

void
missing_from_json(const struct json *list, struct arena *a,
                  struct findings *f)
{
	struct missing_data *to = arena_alloc(a, json_count(list) *
	                                      sizeof(*to) + 1);

	f->missing = to;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		to[f->missing_count++] = (struct missing_data){
			.reason = copied(json_get(j, "reason"), a),
			.sections = names_in(j, "sections", a),
			.attributes = names_in(j, "attributes", a),
			.domains = names_in(j, "domains", a),
			.rules = names_in(j, "rules", a),
			.partly = names_in(j, "partly", a),
			.command = copied(json_get(j, "command"), a),
		};
}
