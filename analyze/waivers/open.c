/* Where waivers come from, and where they end. */
#include "analyze/waivers/waiver.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

enum { WAIVERS_MAX = 256 << 20 };

int
waivers_load(struct waivers *w, const char *path, struct err *err)
{
	struct buf text = { .max = WAIVERS_MAX };
	int rc = file_read(path, &text, err);

	if (rc < 0)
		err->code = EXIT_USAGE;
	else
		rc = waivers_parse(w, path, buf_text(&text), text.len, err);
	buf_release(&text);
	return rc;
}

struct waivers *
waivers_new(const struct waivable_rules *rules)
{
	struct waivers *w = xcalloc(1, sizeof(*w));

	w->rules = rules;
	w->as_of = WHEN_NONE;
	w->uses = xcalloc(1, sizeof(*w->uses));
	return w;
}

void
waivers_free(struct waivers *w)
{
	if (!w)
		return;
	for (int by = 0; by < WAIVED_BY_COUNT; by++)
		hash_index_release(&w->index[by]);
	hash_index_release(&w->values);
	free(w->files);
	free(w->items);
	free(w->uses);
	free(w->groups);
	arena_release(&w->arena);
	free(w);
}
