/* What the readers of values have in common. */
#include "analyze/object/syntax_read.h"

int
mapped_text(const struct mapped *m, const char **out)
{
	const char *text = m->pick->kind == PICK_JSON ? pick_json(m->pick)
	                                              : pick_text(m->pick);

	*out = NULL;
	if (!text)
		return 0;
	if (m->pick->kind == PICK_JSON && (*text == '{' || *text == '['))
		return -1;
	*out = m->keep ? arena_strdup(m->arena, text) : text;
	return 0;
}

int
mapped_word(const struct mapped *m, const char **out)
{
	if (mapped_text(m, out) < 0)
		return -1;
	if (*out && !**out)
		*out = NULL;
	return 0;
}
