/* What is said of domains, as one text. */
#include "analyze/rules/rules.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"

struct part_text {
	const struct domain *d;
	const char *text;
};

struct part_texts {
	struct part_text *items;
	size_t count, room;
};

struct part_texts *
part_texts_new(void)
{
	return xcalloc(1, sizeof(struct part_texts));
}

void
part_texts_free(struct part_texts *t)
{
	if (t)
		free(t->items);
	free(t);
}

void
part_texts_add(struct part_texts *t, const struct domain *d, const char *text)
{
	LIST_RESERVE(t->items, t->room, t->count + 1);
	t->items[t->count++] = (struct part_text){ d, text };
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether an earlier one says the same. */
static bool
is_repeated(const struct part_texts *t, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_same(t->items[i].text, t->items[at].text))
			return true;
	return false;
}

static bool
says_one_thing(const struct part_texts *t)
{
	for (size_t i = 1; i < t->count; i++)
		if (!is_same(t->items[0].text, t->items[i].text))
			return false;
	return true;
}

/* "a.example, b.example: ", of all that say what the one at AT says. */
static void
add_names(const struct part_texts *t, size_t at, struct buf *out)
{
	size_t n = 0;

	for (size_t i = at; i < t->count; i++) {
		const struct domain *d = t->items[i].d;

		if (is_same(t->items[i].text, t->items[at].text))
			buf_addf(out, "%s%s", n++ ? ", " : "",
			         d && *d->name ? d->name
			         : "objects without a DN");
	}
	buf_adds(out, ": ");
}

const char *
part_texts_join(const struct part_texts *t, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	if (t->count && says_one_thing(t))
		return t->items[0].text;
	for (size_t i = 0; i < t->count; i++) {
		if (!t->items[i].text || is_repeated(t, i))
			continue;
		buf_adds(&out, out.len ? "; " : "");
		add_names(t, i, &out);
		buf_adds(&out, t->items[i].text);
	}
	text = out.len ? arena_strdup(a, out.data) : NULL;
	buf_release(&out);
	return text;
}
