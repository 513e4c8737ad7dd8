/* What stands against Cloud Sync: written, read again, and printed. */
#include "analyze/findings/cloud_json.h"

#include <stdio.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/json.h"

static const char *const states[LIMIT_STATES] = {
	[LIMIT_MET] = "met", [LIMIT_NOT_MET] = "not-met",
	[LIMIT_UNKNOWN] = "unknown",
};

static const char *const owners[LIMIT_OF_COUNT] = {
	[LIMIT_OF_ENGINE] = "cloud-sync", [LIMIT_OF_MOVE] = "guided-move",
};

const char *
limit_state_text(enum limit_state s)
{
	static const char *const texts[LIMIT_STATES] = {
		[LIMIT_MET] = "met", [LIMIT_NOT_MET] = "not met",
		[LIMIT_UNKNOWN] = "not known",
	};

	return texts[s];
}

void
cloud_move(struct cloud_counts *to, struct cloud_counts *from)
{
	to->large_groups += from->large_groups;
	to->across += from->across;
	to->joined += from->joined;
	*from = (struct cloud_counts){ 0 };
}

void
findings_put_cloud(struct findings_batch *b, struct cloud_counts n)
{
	cloud_move(&b->cloud, &n);
}

void
cloud_to_json(struct json *o, const struct findings *f)
{
	struct json *list;

	if (!f->cloud.count)
		return;
	list = json_add_array(o, "cloudSync");
	for (size_t i = 0; i < f->cloud.count; i++) {
		const struct cloud_limit *l = &f->cloud.items[i];
		struct json *e = json_add_object(list, NULL);

		json_add_text(e, "limit", l->limit);
		json_add_text(e, "of", owners[l->of]);
		json_add_text(e, "text", l->text);
		json_add_text(e, "state", states[l->state]);
		json_add_count(e, "count", l->count);
		json_add_text(e, "evidence", l->evidence);
		json_add_text(e, "source", l->source);
	}
}

static const char *
text(struct arena *a, const struct json *j, const char *key)
{
	const char *found = json_string(json_get(j, key));

	return arena_strdup(a, found ? found : "");
}

/* A word that is none of the N is the last of them. */
static size_t
word(const struct json *j, const char *key, const char *const *words, size_t n)
{
	const char *found = json_string(json_get(j, key));
	size_t i = 0;

	while (i + 1 < n && (!found || strcmp(words[i], found) != 0))
		i++;
	return i;
}

struct cloud_limits
cloud_from_json(const struct json *list, struct arena *a)
{
	size_t n = json_count(list);
	struct cloud_limit *to = arena_alloc(a, n * sizeof(*to) + 1);
	struct cloud_limits out = { .items = to, .count = n };

	for (const struct json *j = json_first(list); j; j = json_next(j))
		*to++ = (struct cloud_limit){
			.limit = text(a, j, "limit"),
			.of = (enum limit_of)word(j, "of", owners,
			                          LIMIT_OF_COUNT),
			.text = text(a, j, "text"),
			.state = (enum limit_state)word(j, "state", states,
			                                LIMIT_STATES),
			.count = json_count_of(j, "count"),
			.evidence = text(a, j, "evidence"),
			.source = text(a, j, "source"),
		};
	return out;
}

static size_t
count(const struct cloud_limits *all, enum limit_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++)
		n += all->items[i].state == state;
	return n;
}

void
cloud_print(const struct findings *f)
{
	const struct cloud_limits *all = &f->cloud;
	size_t unmet = count(all, LIMIT_NOT_MET);
	size_t unknown = count(all, LIMIT_UNKNOWN);
	const char *joint = ": ";

	if (!all->is_asked || !all->count)
		return;
	printf("Cloud Sync in place of Connect: of %zu limits %zu %s not met",
	       all->count, unmet, unmet == 1 ? "is" : "are");
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].state != LIMIT_NOT_MET)
			continue;
		printf("%s%s", joint, all->items[i].limit);
		joint = ", ";
	}
	printf("; %zu %s not known\n", unknown, unknown == 1 ? "is" : "are");
}
