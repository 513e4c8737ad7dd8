/* What the tenant says of its synchronization, in the manifest. */
#include "analyze/findings/sync_json.h"

#include <stdio.h>

#include "base/json.h"

const char *
enabled_text(enum enabled e)
{
	return e == ENABLED_YES ? "on" : e == ENABLED_NO ? "off"
		: "not collected";
}

const char *
sync_last_text(const struct judged_sync *s, char text[WHEN_TEXT])
{
	if (s->last == WHEN_NONE)
		return s->never ? "never" : "not collected";
	when_format(s->last, text);
	return text;
}

void
sync_print(const struct findings *f)
{
	char text[WHEN_TEXT];

	if (f->sync)
		printf("last synchronization: %s\n",
		       sync_last_text(f->sync, text));
}

static void
add_enabled(struct json *o, const char *key, enum enabled e)
{
	if (e == ENABLED_UNKNOWN)
		json_add_null(o, key);
	else
		json_add_bool(o, key, e == ENABLED_YES);
}

static void
add_last(struct json *o, when_t last)
{
	char text[WHEN_TEXT];

	when_format(last, text);
	json_add_text(o, "last", last == WHEN_NONE ? NULL : text);
}

static void
add_prevention(struct json *o, const struct judged_sync *s)
{
	struct json *e;

	if (!s->prevention && !s->alert) {
		json_add_null(o, "deletionPrevention");
		return;
	}
	e = json_add_object(o, "deletionPrevention");
	json_add_text(e, "type", s->prevention);
	json_add_count(e, "alertThreshold", s->alert);
}

void
sync_to_json(struct json *o, const struct judged_sync *s)
{
	struct json *e, *list;

	if (!s) {
		json_add_null(o, "sync");
		return;
	}
	e = json_add_object(o, "sync");
	add_enabled(e, "enabled", s->on);
	add_last(e, s->last);
	if (s->never)
		json_add_bool(e, "never", true);
	add_prevention(e, s);
	list = json_add_array(e, "features");
	for (size_t i = 0; i < s->feature_count; i++) {
		const struct sync_feature *f = &s->features[i];
		struct json *one = json_add_object(list, NULL);

		json_add_text(one, "name", f->name);
		add_enabled(one, "on", f->on);
		json_add_text(one, "means", f->means);
	}
}

static enum enabled
read_enabled(const struct json *j)
{
	if (json_kind(j) != JSON_BOOL)
		return ENABLED_UNKNOWN;
	return json_is_true(j) ? ENABLED_YES : ENABLED_NO;
}

static const char *
read_text(const struct json *j, struct arena *a)
{
	return json_string(j) ? arena_strdup(a, json_string(j)) : NULL;
}

static void
read_features(const struct json *list, struct arena *a, struct judged_sync *s)
{
	struct sync_feature *to = arena_alloc(a, json_count(list) *
	                                      sizeof(*to) + 1);

	s->features = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *name = read_text(json_get(j, "name"), a);

		to[s->feature_count++] = (struct sync_feature){
			.name = name ? name : "",
			.on = read_enabled(json_get(j, "on")),
			.means = read_text(json_get(j, "means"), a),
		};
	}
}

const struct judged_sync *
sync_from_json(const struct json *tree, struct arena *a)
{
	const struct json *prevention = json_get(tree, "deletionPrevention");
	const char *last = json_string(json_get(tree, "last"));
	struct judged_sync *s;

	if (json_kind(tree) != JSON_OBJECT)
		return NULL;
	s = arena_alloc(a, sizeof(*s));
	*s = (struct judged_sync){
		.on = read_enabled(json_get(tree, "enabled")),
		.last = WHEN_NONE,
		.never = json_is_true(json_get(tree, "never")),
		.prevention = read_text(json_get(prevention, "type"), a),
		.alert = json_count_of(prevention, "alertThreshold"),
	};
	if (last)
		when_from_iso(&s->last, last);
	read_features(json_get(tree, "features"), a, s);
	return s;
}
