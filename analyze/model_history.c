/* What older snapshots say of the objects of the present. */
#include "analyze/index.h"
#include "analyze/model_load.h"
#include "analyze/reading.h"
#include "analyze/scope.h"

/* What finds an object of an older snapshot in the present. */
struct history {
	struct model *m;
	struct index by_guid, by_sid;
};

static void
history_index(struct history *h)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS
	};

	model_index_by_guid(h->m, &h->by_guid, SIDE_AD);
	for (size_t s = 0; s < 3; s++) {
		struct object_list *l = &h->m->objects[sections[s]];

		for (size_t i = 0; i < l->count; i++)
			index_put(&h->by_sid, l->items[i]->sid, l->items[i]);
	}
}

static struct object *
find_present(struct history *h, const struct object *then)
{
	struct object *o = NULL;
	char guid[GUID_TEXT];

	if (then->has_guid) {
		guid_format(&then->guid, guid);
		o = index_get(&h->by_guid, guid);
	}
	if (!o && (!then->has_guid || !h->by_guid.count))
		o = index_get(&h->by_sid, then->sid);
	return o;
}

static int
take_past(struct history *h, const struct reading *r, uint64_t attrs,
          struct arena *scratch, struct err *err)
{
	struct object then, *now;
	struct sighting *past;

	object_init(&then, r->section);
	if (object_fill(r, &then, scratch, err) < 0)
		return -1;
	now = find_present(h, &then);
	if (!now)
		return 0;
	scope_judge(h->m->scope, &then, attrs);
	past = arena_alloc(&h->m->arena, sizeof(*past));
	*past = (struct sighting){
		.older = now->past,
		.when = snapshot_collected(r->snapshot),
		.snapshot = snapshot_name(r->snapshot),
		.scope = then.scope.state, .enabled = then.enabled,
		.dn = arena_strdup(&h->m->arena, then.dn),
	};
	now->past = past;
	return 0;
}

static int
load_past(struct history *h, const struct snapshot *s, enum section sec,
          struct err *err)
{
	uint64_t attrs = model_covered(s, sec);
	struct arena scratch = { 0 };
	struct reading r;
	int rc;

	if (reading_open(&r, s, sec, err) < 0)
		return -1;
	while ((rc = reading_next(&r, err)) > 0) {
		rc = take_past(h, &r, attrs, &scratch, err);
		arena_clear(&scratch);
		if (rc < 0)
			break;
	}
	arena_release(&scratch);
	reading_close(&r);
	return rc;
}

int
model_load_history(struct model *m, const struct snapshot *s, struct err *err)
{
	struct history h = { .m = m };
	int rc;

	history_index(&h);
	rc = load_past(&h, s, AD_USERS, err);
	if (rc == 0)
		rc = load_past(&h, s, AD_GROUPS, err);
	if (rc == 0)
		rc = load_past(&h, s, AD_CONTACTS, err);
	index_release(&h.by_guid);
	index_release(&h.by_sid);
	return rc;
}
