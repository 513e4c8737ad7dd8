/* Counts forests by objectCategory; each object of an import comes by. */
#include "collect/snapshot/forest_votes.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "collect/snapshot/partition.h"

/* More are not kept: there are not so many forests in one domain's objects. */
enum { VOTES_MAX = 16, TRIED_IN_VAIN = 100 };

/* The schema's DN follows the class, whose name has no odd characters. */
static bool
names_schema(const char *category, const struct forest_vote *v)
{
	size_t len = strlen(category);
	const char *schema;

	if (len <= v->schema_len)
		return false;
	schema = category + len - v->schema_len;
	return schema[-1] == ',' &&
	       memcmp(schema, v->schema, v->schema_len) == 0 &&
	       !memchr(category, '\\', (size_t)(schema - category)) &&
	       !memchr(category, '"', (size_t)(schema - category));
}

/* Nearly all objects say the same, and spell it in the same way. */
static struct forest_vote *
known(struct forest_votes *v, const char *category)
{
	if (v->count && names_schema(category, &v->items[v->last]))
		return &v->items[v->last];
	for (size_t i = 0; i < v->count; i++)
		if (names_schema(category, &v->items[i])) {
			v->last = i;
			return &v->items[i];
		}
	return NULL;
}

static struct forest_vote *
add(struct forest_votes *v, const char *forest, const char *schema)
{
	if (v->count == VOTES_MAX)
		return NULL;
	LIST_RESERVE(v->items, v->room, v->count + 1);
	v->items[v->count] = (struct forest_vote){
		.forest = xstrdup(forest), .schema = xstrdup(schema),
		.schema_len = strlen(schema),
	};
	return &v->items[v->count++];
}

static struct forest_vote *
look_at(struct forest_votes *v, const char *category)
{
	struct forest_vote *found = NULL;
	struct buf forest = { 0 };
	size_t tail;

	if (partition_of(category, &forest, &tail) == PARTITION_CONFIGURATION)
		found = add(v, buf_text(&forest), dn_parent(category));
	buf_release(&forest);
	return found;
}

void
forest_votes_take(struct forest_votes *v, const char *category,
                  enum forest_voter voter)
{
	struct forest_vote *vote = known(v, category);

	if (!vote && v->vain < TRIED_IN_VAIN) {
		vote = look_at(v, category);
		v->vain += !vote;
	}
	if (!vote)
		return;
	vote->objects++;
	vote->by_head = vote->by_head || voter == VOTER_HEAD;
}

/* One forest may be spelt in several ways. */
static struct forest_vote *
of_forest(struct forest_votes *v, const char *forest)
{
	for (size_t i = 0; i < v->count; i++)
		if (strcmp(v->items[i].forest, forest) == 0)
			return &v->items[i];
	return add(v, forest, "");
}

void
forest_votes_join(struct forest_votes *to, const struct forest_votes *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct forest_vote *f = &from->items[i];
		struct forest_vote *t = of_forest(to, f->forest);

		if (!t)
			return;
		t->objects += f->objects;
		t->by_head = t->by_head || f->by_head;
	}
}

const char *
forest_votes_winner(const struct forest_votes *v)
{
	const struct forest_vote *best = NULL;
	bool alone = false;

	for (size_t i = 0; i < v->count; i++) {
		const struct forest_vote *f = &v->items[i];

		if (best && f->objects < best->objects)
			continue;
		alone = !best || f->objects > best->objects;
		if (alone || f->by_head)
			best = f;
	}
	return best && (alone || best->by_head) ? best->forest : NULL;
}

void
forest_votes_release(struct forest_votes *v)
{
	for (size_t i = 0; i < v->count; i++) {
		free(v->items[i].forest);
		free(v->items[i].schema);
	}
	free(v->items);
	*v = (struct forest_votes){ 0 };
}
