/* Edits that replace one value of an attribute by another. */
#include "analyze/whatif/whatif.h"

#include <string.h>

#include "analyze/object/object.h"
#include "base/mem.h"

/*
 * Programs that carry plans cut blanks off both ends of a value: what is the
 * same but for these is the same.
 */
static bool
is_same(const char *value, const char *old)
{
	size_t len;

	if (strcmp(value, old) == 0)
		return true;
	value += strspn(value, " \t\r\n");
	len = strlen(value);
	while (len && strchr(" \t\r\n", value[len - 1]))
		len--;
	return strlen(old) == len && strncmp(value, old, len) == 0;
}

/* The place of the value in the list; all that is exactly so comes first. */
static size_t
find(const struct object *o, const char *old)
{
	size_t i = 0;

	while (i < o->proxy_count && strcmp(o->proxies[i], old) != 0)
		i++;
	if (i < o->proxy_count)
		return i;
	for (i = 0; i < o->proxy_count; i++)
		if (is_same(o->proxies[i], old))
			break;
	return i;
}

bool
edit_has_old(const struct edit *e, const struct object *o)
{
	if (e->kind != EDIT_REPLACE)
		return false;
	if (!setting_is_list(e->setting))
		return is_same(setting_text(e->setting, o),
		               e->old ? e->old : "");
	return !e->old || find(o, e->old) < o->proxy_count;
}

bool
edit_is_against(const struct edit *a, const struct edit *b)
{
	if (a->setting != b->setting)
		return false;
	return !setting_is_list(a->setting) ||
	       (a->old && b->old && strcmp(a->old, b->old) == 0);
}

/* The list with the new value in the place of the old one, or behind all. */
static void
replace_in_list(const struct edit *e, struct object *o, struct arena *a)
{
	size_t at = e->old ? find(o, e->old) : o->proxy_count;
	const char **list = arena_alloc(a, (o->proxy_count + 1) *
	                                sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < o->proxy_count; i++) {
		if (i != at)
			list[n++] = o->proxies[i];
		else if (e->count)
			list[n++] = e->values[0];
	}
	if (at == o->proxy_count && e->count && find(o, e->values[0]) == at)
		list[n++] = e->values[0];
	setting_set(e->setting, o, list, n, a);
}

void
edit_replace(const struct edit *e, struct object *o, struct arena *a)
{
	if (!edit_has_old(e, o))
		return;
	if (setting_is_list(e->setting))
		replace_in_list(e, o, a);
	else
		setting_set(e->setting, o, e->values, e->count, a);
}
