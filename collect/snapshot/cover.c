/* Intersects what the inputs of a section asked for. */
#include "collect/snapshot/cover.h"

#include <stdlib.h>

void
coverage_release(struct coverage *c)
{
	name_set_release(&c->listed);
	name_set_release(&c->seen);
}

/* Keeps of S what OTHER has, too. */
static void
intersect(struct name_set *s, const struct name_set *other)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->count; i++) {
		if (name_set_has(other, s->names[i]))
			s->names[kept++] = s->names[i];
		else
			free(s->names[i]);
	}
	s->count = kept;
}

void
coverage_add(struct coverage *c, enum cover cover, const char *const *names,
             size_t n)
{
	struct name_set given = { 0 };
	struct name_set *to = &given;

	c->any = true;
	if (cover == COVER_ALL)
		return;
	if (cover == COVER_SEEN) {
		to = &c->seen;
		c->seen_any = true;
	}
	for (size_t i = 0; i < n; i++)
		name_set_add(to, names[i]);
	if (cover == COVER_LISTED && c->listed_any) {
		intersect(&c->listed, &given);
	} else if (cover == COVER_LISTED) {
		c->listed_any = true;
		c->listed = given;
		given = (struct name_set){ 0 };
	}
	name_set_release(&given);
}

bool
coverage_is_all(const struct coverage *c)
{
	return c->any && !c->listed_any && !c->seen_any;
}

void
coverage_names(const struct coverage *c, struct name_set *out)
{
	const struct name_set *from = c->listed_any ? &c->listed : &c->seen;

	for (size_t i = 0; i < from->count; i++)
		name_set_add(out, from->names[i]);
	if (c->listed_any && c->seen_any)
		intersect(out, &c->seen);
}
