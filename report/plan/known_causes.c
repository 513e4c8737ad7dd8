/* All of them: a plan has what the shorter lists of reports leave out. */
#include "report/plan/known_causes.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/hash.h"
#include "base/list.h"

static void
add(struct known_causes *c, const struct cause *of)
{
	hash_index_add(&c->by_id, hash_text(of->id), c->count);
	LIST_RESERVE(c->items, c->room, c->count + 1);
	c->items[c->count++] = (struct known_cause){
		.id = arena_strdup(&c->texts, of->id),
		.title = arena_strdup(&c->texts, of->title),
		.action = of->action ? arena_strdup(&c->texts, of->action)
		                     : NULL,
		.order = of->is_ranked ? of->order : 0,
	};
}

int
known_causes_fill(struct known_causes *c, const struct findings *f,
                  struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct cause of;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = causes_next(r, &of, err)) > 0)
		add(c, &of);
	findings_reader_close(r);
	return rc;
}

void
known_causes_release(struct known_causes *c)
{
	free(c->items);
	hash_index_release(&c->by_id);
	arena_release(&c->texts);
}

const struct known_cause *
known_cause(const struct known_causes *c, const char *id)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while (id && (i = hash_index_next(&c->by_id, hash_text(id), &at)) >= 0)
		if (strcmp(c->items[i].id, id) == 0)
			return &c->items[i];
	return NULL;
}
