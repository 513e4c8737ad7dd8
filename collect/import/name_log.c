/* Counts attributes by name, over all objects of an input. */
#include "collect/import/name_log.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"

void
name_log_release(struct name_log *l)
{
	for (size_t i = 0; i < l->count; i++)
		free(l->entries[i].name);
	free(l->entries);
	*l = (struct name_log){ 0 };
}

/* Where the name is, or belongs. */
static size_t
search(const struct name_log *l, const char *name, bool *found)
{
	size_t low = 0, high = l->count;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int cmp = ascii_casecmp(l->entries[middle].name, name);

		if (cmp == 0) {
			*found = true;
			return middle;
		}
		if (cmp < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* NULL when there are too many already. */
static struct name_entry *
entry_of(struct name_log *l, const char *name)
{
	bool found;
	size_t at = search(l, name, &found);

	if (found)
		return &l->entries[at];
	if (l->count == NAME_LOG_MAX)
		return NULL;
	LIST_RESERVE(l->entries, l->room, l->count + 1);
	memmove(l->entries + at + 1, l->entries + at,
	        (l->count - at) * sizeof(*l->entries));
	l->count++;
	l->entries[at] = (struct name_entry){ .name = xstrdup(name) };
	return &l->entries[at];
}

void
name_log_add(struct name_log *l, const struct record *r)
{
	l->objects++;
	for (size_t i = 0; i < record_count(r); i++) {
		struct name_entry *e = entry_of(l, record_name(r, i));

		if (!e)
			continue;
		e->objects++;
		e->valued += record_values(r, i) > 0;
	}
}

const struct name_entry *
name_log_find(const struct name_log *l, const char *name)
{
	bool found;
	size_t at = search(l, name, &found);

	return found ? &l->entries[at] : NULL;
}

bool
name_log_all(const struct name_log *l, const char *name)
{
	const struct name_entry *e = name_log_find(l, name);

	return e && e->objects == l->objects;
}

bool
name_log_whole(const struct name_log *l)
{
	return name_log_all(l, "instanceType") &&
	       name_log_all(l, "objectCategory");
}

void
name_log_names(const struct name_log *l, enum name_want want,
               struct name_set *out)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct name_entry *e = &l->entries[i];

		if ((want == NAME_OF_ALL && e->objects < l->objects) ||
		    (want == NAME_VALUED && !e->valued))
			continue;
		name_set_add(out, e->name);
	}
}
