/* Attributes of which some objects of a section lack values. */
#include "collect/snapshot/lack.h"

#include <stdlib.h>

#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "collect/snapshot/snapshot.h"

struct lack *
lack_find(const struct lack_list *l, const char *attribute)
{
	for (size_t i = 0; i < l->count; i++)
		if (ascii_casecmp(l->items[i].attribute, attribute) == 0)
			return &l->items[i];
	return NULL;
}

struct snapshot_lack
lack_told(const struct lack_list *l, const char *attribute)
{
	const struct lack *one = lack_find(l, attribute);

	return one ? (struct snapshot_lack){ one->attribute, one->reason,
	                                     one->objects }
	           : (struct snapshot_lack){ 0 };
}

void
lack_add(struct lack_list *l, const char *attribute, const char *reason,
         uint64_t objects)
{
	struct lack *known = lack_find(l, attribute);

	if (known) {
		known->objects += objects;
		return;
	}
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct lack){
		.attribute = xstrdup(attribute), .reason = xstrdup(reason),
		.objects = objects,
	};
}

void
lack_release(struct lack_list *l)
{
	for (size_t i = 0; i < l->count; i++) {
		free(l->items[i].attribute);
		free(l->items[i].reason);
	}
	free(l->items);
}
