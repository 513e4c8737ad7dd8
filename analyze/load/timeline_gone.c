/* Objects that older snapshots have and the present has not. */
#include "analyze/load/timeline_build.h"

#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/hash.h"
#include "base/list.h"

/* By GUID, else by SID; 0: it cannot be told from others. */
static uint64_t
id_of(const struct object *o)
{
	if (o->has_guid)
		return hash_bytes(&o->guid, sizeof(o->guid)) | 1;
	return o->side == SIDE_AD && o->ad.sid
		? hash_bytes(o->ad.sid, o->ad.sid_len) & ~UINT64_C(1) : 0;
}

long
timeline_find_gone(const struct timeline_builder *b, const struct object *o)
{
	uint64_t id = id_of(o);
	size_t at = HASH_INDEX_FIRST;

	return id ? hash_index_next(&b->ids, id, &at) : -1;
}

static struct look_texts
texts_of(const struct object *o, struct arena *a)
{
	struct look_texts out = { { NULL } };

	for (int i = 0; i <= LOOK_TARGET; i++) {
		const char *text = look_text(o, (enum look_fact)i, a);

		out.of[i] = text && i != LOOK_PROXIES ? arena_strdup(a, text)
		                                      : text;
	}
	return out;
}

void
timeline_note_gone(struct timeline_builder *b, struct timeline_lane *l,
                   const struct object *o, const struct last_look *look)
{
	struct newly_gone n = { .look = *look, .id = id_of(o) };
	const char *sid = o->side == SIDE_AD && !o->has_guid && !o->dn
		? object_key(o, &l->texts) : NULL;

	if (!n.id)
		return;
	n.object = (struct gone_object){
		.section = b->section, .has_guid = o->has_guid,
		.guid = o->guid, .snapshot = b->snapshot,
		.domain = o->domain ? (unsigned)o->domain->index + 1 : 0,
		.had = texts_of(o, &l->texts),
		.sam = o->sam ? arena_strdup(&l->texts, o->sam) : NULL,
		.sid = sid,
		.created = o->side == SIDE_AD ? o->ad.created
			: o->tenant.created_when,
		.deleted = o->side == SIDE_AD ? WHEN_NONE
			: o->tenant.deleted_when,
		.password = o->side == SIDE_AD ? o->ad.password_set : WHEN_NONE,
	};
	if (o->side == SIDE_TENANT)
		n.object.has_anchor = object_immutable_guid(o,
		                                            &n.object.anchor);
	for (int i = LOOK_PRINTS; i < LOOK_FACTS; i++)
		n.object.states[i] = look_knows(look, (enum look_fact)i)
			? look_state(look, (enum look_fact)i) : LOOK_UNSEEN;
	LIST_RESERVE(l->gone, l->gone_room, l->gone_count + 1);
	l->gone[l->gone_count++] = n;
}

/* Another line of it says what the first does not. */
static void
complete(struct gone_object *to, struct last_look *look,
         const struct newly_gone *n)
{
	for (int i = 0; i <= LOOK_TARGET; i++) {
		if (to->had.of[i] || !n->object.had.of[i])
			continue;
		to->had.of[i] = n->object.had.of[i];
		look->prints[i] = n->look.prints[i];
		look->known |= (uint16_t)(1u << i);
	}
	if (!to->sam)
		to->sam = n->object.sam;
}

static void
add(struct timeline_builder *b, const struct newly_gone *n)
{
	struct timelines *t = b->t;
	size_t i = t->gone_count;

	if (b->gone_room < i + 1) {
		b->gone_room = list_room(b->gone_room, i + 1);
		LIST_RESIZE(b->gone, b->gone_room);
		LIST_RESIZE(b->gone_met, b->gone_room);
	}
	LIST_RESERVE(t->gone, t->gone_room, i + 1);
	t->gone[t->gone_count++] = n->object;
	b->gone[i] = n->look;
	b->gone[i].last = b->gone[i].life_last = b->snapshot;
	b->gone_met[i] = (struct met_mark){ 0, MET_NOT };
	hash_index_add(&b->ids, n->id, i);
	timeline_keep(b, (struct met_object){ SECTION_COUNT, (uint32_t)i },
	              &(struct past_value){
		.snapshot = b->snapshot, .fact = LOOK_LIFE,
		.newer = timeline_first_without(b, &n->object,
		                                n->look.container),
		.state = n->object.states[LOOK_LIFE],
		.when = n->object.deleted,
	});
}

void
timeline_take_gone(struct timeline_builder *b)
{
	for (size_t i = 0; i < b->all.gone_count; i++) {
		const struct newly_gone *n = &b->all.gone[i];
		size_t at = HASH_INDEX_FIRST;
		long found = hash_index_next(&b->ids, n->id, &at);

		if (found >= 0)
			complete(&b->t->gone[found], &b->gone[found], n);
		else
			add(b, n);
	}
}

/* Whether an object of the present's AD has that anchor. */
static bool
is_owned(const struct timeline_builder *b, const struct gone_object *o)
{
	uint64_t hash = hash_bytes(&o->anchor, sizeof(o->anchor));
	const struct key *end, *k = NULL;

	if (!o->has_anchor)
		return false;
	for (size_t i = 0; i < timeline_section_count(SIDE_AD); i++) {
		k = keys_find(&b->g->ids[timeline_sections[SIDE_AD][i]], hash,
		              &end);
		for (; k < end; k++)
			if (k->hash == hash)
				return true;
	}
	if (!b->g->anchors.count)
		return false;
	for (k = keys_find(&b->g->anchors, hash, &end); k < end; k++)
		if (k->hash == hash)
			return true;
	return false;
}

void
timeline_name_gone(struct timeline_builder *b)
{
	struct timelines *t = b->t;

	for (size_t i = 0; i < t->gone_count; i++) {
		struct gone_object *o = &t->gone[i];
		uint64_t names[GONE_NAMES] = {
			[GONE_SAM] = gone_name_hash(GONE_SAM, o->sam,
			                            o->domain),
			[GONE_UPN] = gone_name_hash(GONE_UPN,
				o->had.of[LOOK_UPN], 0),
		};

		for (int k = 0; k < GONE_NAMES; k++)
			if (names[k])
				hash_index_add(&t->names, names[k], i);
		o->is_owned = is_owned(b, o);
		if (o->has_anchor)
			hash_index_add(&t->anchors, hash_bytes(&o->anchor,
				sizeof(o->anchor)), i);
	}
}
