/* Whom else a finding is about. */
#include "analyze/rules/running.h"

#include <string.h>

#include "base/buf.h"
#include "base/dn.h"

/* So many of those who share a value are told. */
enum { RELATED_MAX = 25 };

struct related_list {
	struct related_object items[RELATED_MAX];
	size_t count;
};

/* Each once, and not the one that is told of. */
static void
add_related(struct check *c, struct related_list *l, const struct object *key,
            const struct object *o)
{
	struct arena *a = &c->scratch;
	struct related_object r = { .dn = o ? o->dn : NULL };
	char guid[GUID_TEXT];

	if (!o || o == key || l->count == RELATED_MAX)
		return;
	if (o->has_guid) {
		guid_format(&o->guid, guid);
		r.guid = arena_strdup(a, guid);
	}
	for (size_t i = 0; i < l->count; i++)
		if (r.guid && l->items[i].guid
		    ? strcmp(r.guid, l->items[i].guid) == 0
		    : r.dn && l->items[i].dn && dn_same(r.dn, l->items[i].dn))
			return;
	/* Where the tenant's account lay is not a place of the account. */
	if (o->side == SIDE_TENANT)
		r.dn = NULL;
	r.name = object_described(o, a);
	l->items[l->count++] = r;
}

void
check_relate(struct check *c, const struct object *key,
             const struct failure *f, struct finding *out)
{
	struct related_list *l;

	if (f->claimed.value)
		out->called = object_described(key, &c->scratch);
	out->related = f->related;
	out->related_count = f->related_count;
	if (!f->other && !f->account)
		return;
	l = arena_alloc(&c->scratch, sizeof(*l));
	l->count = 0;
	add_related(c, l, key, f->other);
	add_related(c, l, key, f->account);
	for (size_t i = 0; f->others && i < f->others->count; i++)
		add_related(c, l, key, f->others->items[i].o);
	out->related = l->items;
	out->related_count = l->count;
}

struct related_object
check_named(struct check *c, const char *dn)
{
	struct buf name = { 0 };
	struct related_object out = { .dn = dn };

	dn_first_value(&name, dn);
	out.name = name.len ? check_textf(c, "%s", name.data) : dn;
	buf_release(&name);
	return out;
}
