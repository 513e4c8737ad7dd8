/*
 * Graph's provisioning errors: onPremisesProvisioningError has a category, a
 * property and its value; serviceProvisioningError a service, and as its XML
 * kind a text of the service's own.
 */
#include "analyze/object/provisioning.h"

#include <string.h>

#include "analyze/object/object.h"
#include "base/json.h"

static const char *
text(const struct json *error, const char *key, struct arena *a)
{
	const char *value = json_string(json_get(error, key));

	return value && *value ? arena_strdup(a, value) : NULL;
}

static when_t
when(const struct json *error, const char *key)
{
	const char *value = json_string(json_get(error, key));
	when_t out;

	return value && when_from_iso(&out, value) == 0 ? out : WHEN_NONE;
}

static bool
take_sync(const struct json *error, struct provisioning_error *out,
          struct arena *a)
{
	*out = (struct provisioning_error){
		.about = text(error, "propertyCausingError", a),
		.value = text(error, "value", a),
		.category = text(error, "category", a),
		.when = when(error, "occurredDateTime"),
	};
	return out->about || out->value || out->category;
}

/* "exchange/namprd04-002-01": the service and where it runs. */
static const char *
service_of(const struct json *error, struct arena *a)
{
	const char *name = json_string(json_get(error, "serviceInstance"));

	return name && *name ? arena_strndup(a, name, strcspn(name, "/"))
	                     : NULL;
}

/* What <ErrorDescription> holds; a detail without it is told as it is. */
static const char *
detail_of(const struct json *error, struct arena *a)
{
	static const char begin[] = "<ErrorDescription>";
	const char *all = json_string(json_get(error, "errorDetail"));
	const char *from = all ? strstr(all, begin) : NULL;
	const char *end = from ? strstr(from, "</ErrorDescription>") : NULL;

	if (!end)
		return all && *all ? arena_strdup(a, all) : NULL;
	from += sizeof(begin) - 1;
	return arena_strndup(a, from, (size_t)(end - from));
}

static bool
take_service(const struct json *error, struct provisioning_error *out,
             struct arena *a)
{
	if (json_is_true(json_get(error, "isResolved")))
		return false;
	*out = (struct provisioning_error){
		.about = service_of(error, a), .value = detail_of(error, a),
		.when = when(error, "createdDateTime"),
	};
	return out->about || out->value;
}

static const struct provisioning_error *
read_all(const char *json, struct arena *a,
         bool (*take)(const struct json *error, struct provisioning_error *out,
                      struct arena *a))
{
	struct json_error e;
	struct json *tree = json_parse(json, strlen(json), &e);
	const struct provisioning_error *first = NULL, **to = &first;

	for (const struct json *j = json_first(tree); j; j = json_next(j)) {
		struct provisioning_error one, *kept;

		if (json_kind(j) != JSON_OBJECT || !take(j, &one, a))
			continue;
		kept = arena_alloc(a, sizeof(*kept));
		*kept = one;
		*to = kept;
		to = &kept->next;
	}
	json_free(tree);
	return first;
}

const struct provisioning_error *
provisioning_sync_errors(const char *json, struct arena *a)
{
	return read_all(json, a, take_sync);
}

const struct provisioning_error *
provisioning_service_errors(const char *json, struct arena *a)
{
	return read_all(json, a, take_service);
}
