/* The data that rules went by, in the manifest: written, and read again. */
#include "analyze/findings/data_json.h"

#include "analyze/findings/findings.h"
#include "base/json.h"
#include "base/mem.h"

void
data_to_json(struct json *o, const struct findings *f)
{
	struct json *list = json_add_array(o, "data");

	for (size_t i = 0; i < f->data.count; i++) {
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "name", f->data.items[i].name);
		json_add_text(e, "source", f->data.items[i].source);
		json_add_text(e, "asOf", f->data.items[i].as_of);
		json_add_text(e, "sha256", f->data.items[i].digest);
	}
}

static const char *
text(struct arena *a, const struct json *j, const char *key)
{
	const char *found = json_string(json_get(j, key));

	return found ? arena_strdup(a, found) : NULL;
}

void
data_from_json(const struct json *list, struct arena *a, struct findings *f)
{
	size_t n = json_count(list);
	struct judged_data *d = arena_alloc(a, n * sizeof(*d) + 1);

	f->data.items = d;
	f->data.count = n;
	for (const struct json *j = json_first(list); j; j = json_next(j))
		*d++ = (struct judged_data){
			.name = text(a, j, "name"),
			.source = text(a, j, "source"),
			.as_of = text(a, j, "asOf"),
			.digest = text(a, j, "sha256"),
		};
}
