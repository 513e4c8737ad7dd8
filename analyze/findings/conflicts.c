/* Values that several objects claim. */
#include "analyze/findings/conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

static void
name_free(struct conflict_name *c)
{
	free(c->name);
	free(c->key);
}

static void
conflict_free(struct conflict *c)
{
	for (size_t i = 0; i < c->count; i++)
		name_free(&c->claimants[i]);
	free(c->claimants);
	free(c->folded);
	free(c->value);
}

void
conflicts_release(struct conflicts *c)
{
	for (size_t i = 0; i < c->count; i++)
		conflict_free(&c->items[i]);
	free(c->items);
	*c = (struct conflicts){ .count = 0 };
}

/*
 * The place of that value, which is made if it is among the first; NULL: it is
 * not, and never will be.
 */
static struct conflict *
place_of(struct conflicts *c, const char *folded, const char *value)
{
	size_t at = c->count;

	while (at > 0 && strcmp(c->items[at - 1].folded, folded) > 0)
		at--;
	if (at > 0 && strcmp(c->items[at - 1].folded, folded) == 0)
		return &c->items[at - 1];
	if (at == CONFLICTS_MAX)
		return NULL;
	if (!c->items)
		c->items = xcalloc(CONFLICTS_MAX, sizeof(*c->items));
	if (c->count == CONFLICTS_MAX)
		conflict_free(&c->items[--c->count]);
	memmove(&c->items[at + 1], &c->items[at],
	        (c->count - at) * sizeof(*c->items));
	c->count++;
	c->items[at] = (struct conflict){
		.folded = xstrdup(folded), .value = xstrdup(value)
	};
	return &c->items[at];
}

static int
by_name(const struct conflict_name *a, const char *name, const char *key)
{
	int names = strcmp(a->name, name);

	return names ? names : strcmp(a->key, key);
}

static void
add_claimant(struct conflict *c, const char *name, const char *key)
{
	size_t at = c->count;

	while (at > 0 && by_name(&c->claimants[at - 1], name, key) > 0)
		at--;
	if (at > 0 && by_name(&c->claimants[at - 1], name, key) == 0)
		return;
	c->has_more = c->has_more || c->count == CLAIMANTS_MAX;
	if (at == CLAIMANTS_MAX)
		return;
	if (c->count == CLAIMANTS_MAX)
		name_free(&c->claimants[--c->count]);
	LIST_RESERVE(c->claimants, c->room, c->count + 1);
	memmove(&c->claimants[at + 1], &c->claimants[at],
	        (c->count - at) * sizeof(*c->claimants));
	c->count++;
	c->claimants[at].name = xstrdup(name);
	c->claimants[at].key = xstrdup(key);
}

void
conflicts_take(struct conflicts *c, const struct finding *f)
{
	struct conflict *at;
	struct buf folded = { 0 };
	const char *key = finding_object(f);

	if (!f->claimed.value)
		return;
	utf8_fold_value(&folded, f->claimed.value);
	at = place_of(c, buf_text(&folded), f->claimed.value);
	buf_release(&folded);
	if (!at)
		return;
	add_claimant(at, f->called ? f->called : finding_label(f),
	             key ? key : "");
	for (size_t i = 0; i < f->related_count; i++) {
		const struct related_object *r = &f->related[i];

		add_claimant(at, r->name ? r->name : "(no name)", r->guid
		             ? r->guid : r->dn ? r->dn : "");
	}
}

void
conflicts_join(struct conflicts *to, const struct conflicts *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct conflict *c = &from->items[i];
		struct conflict *at = place_of(to, c->folded, c->value);

		for (size_t k = 0; at && k < c->count; k++)
			add_claimant(at, c->claimants[k].name,
			             c->claimants[k].key);
		if (at)
			at->has_more = at->has_more || c->has_more;
	}
}

void
conflicts_put(struct buf *out, const struct conflicts *c)
{
	buf_adds(out, ",\"conflicts\":[");
	for (size_t i = 0; i < c->count; i++) {
		const struct conflict *one = &c->items[i];

		buf_adds(out, i ? "," : "");
		line_first(out, "value", one->value);
		buf_adds(out, ",\"claimants\":[");
		for (size_t k = 0; k < one->count; k++) {
			const char *name = one->claimants[k].name;

			buf_adds(out, k ? "," : "");
			json_put_string(out, name, strlen(name));
		}
		buf_adds(out, one->has_more ? "],\"more\":true}" : "]}");
	}
	buf_addc(out, ']');
}

/* ---- reading ---- */

static const char *const *
names_of(const struct json *list, struct arena *a, size_t *count)
{
	const char **to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);

	for (const struct json *j = json_first(list); j; j = json_next(j))
		if (json_string(j))
			to[(*count)++] = arena_strdup(a, json_string(j));
	return to;
}

void
conflicts_of_line(const struct record *r, struct arena *a, struct cause *out)
{
	struct json *list = record_tree(r, "conflicts");
	struct told_conflict *to = arena_alloc(a, json_count(list) *
	                                       sizeof(*to) + 1);

	out->conflicts = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		const char *value = json_string(json_get(j, "value"));
		struct told_conflict *c = &to[out->conflict_count];

		if (!value)
			continue;
		*c = (struct told_conflict){
			.value = arena_strdup(a, value),
			.has_more = json_is_true(json_get(j, "more")),
		};
		c->claimants = names_of(json_get(j, "claimants"), a,
		                        &c->count);
		out->conflict_count++;
	}
	json_free(list);
}
