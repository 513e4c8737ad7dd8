/* Attribute coverage of a section. */
#include "collect/snapshot/cover.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

void
name_set_release(struct name_set *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->names[i]);
	free(s->names);
	*s = (struct name_set){ 0 };
}

/* The place of NAME, or where it would stand. */
static size_t
place(const struct name_set *s, const char *name, bool *found)
{
	size_t low = 0, high = s->count;

	*found = false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = ascii_casecmp(s->names[mid], name);

		if (cmp == 0) {
			*found = true;
			return mid;
		}
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

void
name_set_add(struct name_set *s, const char *name)
{
	bool found;
	size_t at = place(s, name, &found);

	if (found)
		return;
	s->names = xreallocarray(s->names, s->count + 1, sizeof(*s->names));
	memmove(s->names + at + 1, s->names + at,
	        (s->count - at) * sizeof(*s->names));
	s->names[at] = xstrdup(name);
	s->count++;
}

bool
name_set_has(const struct name_set *s, const char *name)
{
	bool found;

	place(s, name, &found);
	return found;
}

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
