/*
 * Graph's licenseAssignmentStates ("licenseAssignmentState resource type"). The
 * text is kept as it came, since hardly anybody asks for it.
 */
#include "analyze/object/licences.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

bool
licences_may_fail(const char *json)
{
	/* Both words of "state" that tell of an error end so. */
	return json && strstr(json, "Error\"");
}

static enum licence_is
state_of(const struct json *one)
{
	static const struct {
		const char *word;
		enum licence_is is;
	} words[] = {
		{ "Active", LICENCE_ACTIVE },
		{ "ActiveWithError", LICENCE_STUCK },
		{ "Error", LICENCE_FAILED },
	};
	const char *word = json_string(json_get(one, "state"));

	for (size_t i = 0; word && i < sizeof(words) / sizeof(words[0]); i++)
		if (ascii_casecmp(word, words[i].word) == 0)
			return words[i].is;
	return LICENCE_OFF;
}

static const char *
text(const struct json *one, const char *key, struct arena *a)
{
	const char *value = json_string(json_get(one, key));

	return value && *value ? arena_strdup(a, value) : NULL;
}

/* "None" and null say that nothing is wrong. */
static const char *
error_of(const struct json *one, struct arena *a)
{
	const char *error = text(one, "error", a);

	return error && ascii_casecmp(error, "None") != 0 ? error : NULL;
}

const struct licence_state *
licences_read(const char *json, struct arena *a)
{
	const char *from = json ? json : "[]";
	const struct licence_state *first = NULL, **to = &first;
	struct json_error e;
	struct json *tree = json_parse(from, strlen(from), &e);

	for (const struct json *j = json_first(tree); j; j = json_next(j)) {
		struct licence_state *one;

		if (json_kind(j) != JSON_OBJECT)
			continue;
		one = arena_alloc(a, sizeof(*one));
		*one = (struct licence_state){
			.is = state_of(j), .sku = text(j, "skuId", a),
			.group = text(j, "assignedByGroup", a),
			.error = error_of(j, a),
		};
		*to = one;
		to = &one->next;
	}
	json_free(tree);
	return first;
}
