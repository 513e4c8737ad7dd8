/* How many members the lines of a group name, each of them once. */
#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the form that compares; what is no DN stays as it is. */
static void
normalise(const char **dns, size_t n, struct arena *a)
{
	struct buf norm = { 0 };

	for (size_t i = 0; i < n; i++) {
		buf_clear(&norm);
		if (dn_normalise(&norm, dns[i]) == 0)
			dns[i] = arena_strdup(a, buf_text(&norm));
	}
	buf_release(&norm);
}

size_t
member_list_read(const struct object *o, const char **dns)
{
	const struct member_list *l = o->ad.members;
	size_t n = 0;

	for (; l; l = l->next)
		n += pick_texts(&l->values, dns + n);
	return n;
}

size_t
member_list_distinct(const struct object *o)
{
	const char **dns = xcalloc(o->ad.member_count + 1, sizeof(*dns));
	struct arena scratch = { 0 };
	size_t n = member_list_read(o, dns), repeats = 0;

	normalise(dns, n, &scratch);
	if (n)
		qsort(dns, n, sizeof(*dns), by_text);
	for (size_t i = 1; i < n; i++)
		repeats += strcmp(dns[i - 1], dns[i]) == 0;
	arena_release(&scratch);
	free(dns);
	return o->ad.member_count - repeats;
}
