/* Applying edits to an object that was read. */
#include "analyze/whatif/whatif.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"

/* An object while edits are applied to it. */
struct edited {
	const struct edits *e;
	struct object *o;
	struct arena *arena;
	const char *normal;      /* its DN before the edits; NULL: none */
	const struct edit *licence;      /* the last one that is for it */
	/* Changes of values that are still to be made, all at once. */
	const struct edit **changes;
	size_t count, room;
};

/* What joins it to its account must be found as before the edits. */
static void
keep_names(struct edited *x)
{
	struct object *o = x->o;
	struct ad_names *names;

	if (o->ad.before)
		return;
	names = arena_alloc(x->arena, sizeof(*names));
	*names = object_names(o);
	o->ad.before = names;
}

static void
license(struct edited *x, const struct edit *edit)
{
	if (!x->licence || x->licence < edit)
		x->licence = edit;
}

/* What edits of an object are kept by. */
enum kept_by { BY_GUID, BY_DN };

static bool
is_target(const struct edited *x, const struct edit *edit, enum kept_by by)
{
	const struct object *o = x->o;

	if (edit->has_guid && o->has_guid)
		return by == BY_GUID &&
		       memcmp(&edit->guid, &o->guid, sizeof(o->guid)) == 0;
	return by == BY_DN && x->normal && edit->object_dn &&
	       strcmp(x->normal, edit->object_dn) == 0;
}

/* Those of the attribute that the change number FIRST is on. */
static void
make_changes(struct edited *x, size_t first)
{
	const struct attr_row *s = x->changes[first]->setting;
	struct value_change *list = xcalloc(x->count, sizeof(*list));
	size_t n = 0;

	for (size_t i = first; i < x->count; i++) {
		const struct edit *edit = x->changes[i];

		if (!edit || edit->setting != s)
			continue;
		list[n++] = (struct value_change){
			edit->old, edit->count ? edit->values[0] : NULL,
		};
		x->changes[i] = NULL;
	}
	setting_change(s, x->o, list, n, x->arena);
	free(list);
}

static void
make_all_changes(struct edited *x)
{
	for (size_t i = 0; i < x->count; i++)
		if (x->changes[i])
			make_changes(x, i);
	x->count = 0;
}

static void
set(struct edited *x, const struct edit *edit)
{
	keep_names(x);
	if (edit->by_value) {
		LIST_RESERVE(x->changes, x->room, x->count + 1);
		x->changes[x->count++] = edit;
		return;
	}
	make_all_changes(x);
	/* The value was tried when it was read. */
	setting_set(edit->setting, x->o, edit->values, edit->count, x->arena);
}

/* The edits of this object that are kept under HASH, which is of BY. */
static void
edit_object(struct edited *x, uint64_t hash, enum kept_by by)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&x->e->objects, hash, &at)) >= 0) {
		const struct edit *edit = &x->e->items[i];

		if (edit->stale || !is_target(x, edit, by))
			continue;
		if (edit->kind == EDIT_LICENSE)
			license(x, edit);
		else
			set(x, edit);
	}
}

/* The licences of the places that it lies in. */
static void
find_licences(struct edited *x)
{
	for (const char *p = x->normal; *p; p = dn_parent(p)) {
		uint64_t hash = hash_text(p);
		size_t at = HASH_INDEX_FIRST;
		long i;

		while ((i = hash_index_next(&x->e->places, hash, &at)) >= 0)
			if (x->e->items[i].kind == EDIT_LICENSE &&
			    strcmp(x->e->items[i].dn, p) == 0)
				license(x, &x->e->items[i]);
	}
}

static void
move(struct edited *x)
{
	const char *to = edit_moved(x->e, x->o->dn, x->normal, x->arena);

	if (to == x->o->dn)
		return;
	keep_names(x);
	x->o->dn = to;
}

/* Normalising a DN takes longer than all else here. */
static bool
needs_name(const struct edits *e, const struct object *o)
{
	return e->places.count || e->nameless || !o->has_guid;
}

/* A line that completes the object may be the first to tell its DN. */
static void
add_name(struct object *o, struct arena *a)
{
	struct ad_names *names;

	if (!o->ad.before || o->ad.before->dn || !o->dn)
		return;
	names = arena_alloc(a, sizeof(*names));
	*names = *o->ad.before;
	names->dn = o->dn;
	o->ad.before = names;
}

void
edits_apply(const struct edits *e, struct object *o, struct arena *a)
{
	struct edited x = { .e = e, .o = o, .arena = a,
	                    .licence = e->everyone };
	struct buf normal = { 0 };
	const char *dn;

	add_name(o, a);
	dn = o->ad.before ? o->ad.before->dn : o->dn;
	if (dn && needs_name(e, o) && dn_normalise(&normal, dn) == 0)
		x.normal = normal.data;
	if (o->has_guid)
		edit_object(&x, hash_bytes(&o->guid, sizeof(o->guid)),
		            BY_GUID);
	if (x.normal && e->objects.count)
		edit_object(&x, hash_text(x.normal), BY_DN);
	make_all_changes(&x);
	free(x.changes);
	if (x.normal && e->places.count)
		find_licences(&x);
	/* Of a line that completes it, the DN was moved before. */
	if (x.normal && o->dn == dn)
		move(&x);
	if (x.licence && o->kind == KIND_USER)
		o->ad.licence_edit = x.licence->licence;
	buf_release(&normal);
}
