/* What stands against an object is noted before its wave is known. */
#include "report/page/waves.h"

#include <stdlib.h>
#include <string.h>

#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "report/told_key.h"

void
waves_free(struct wave_plan *w)
{
	if (!w)
		return;
	for (size_t i = 0; i < w->count; i++)
		free(w->waves[i].waits);
	free(w->waves);
	free(w->rows);
	free(w->blocks);
	free(w->claims);
	hash_index_release(&w->by_text);
	hash_index_release(&w->by_object);
	hash_index_release(&w->placed);
	arena_release(&w->texts);
	free(w);
}

void
waves_begin(struct wave_plan *w, size_t causes)
{
	w->causes = causes;
	for (size_t i = 0; i < w->count; i++)
		w->waves[i].waits = xcalloc(causes, sizeof(uint32_t));
}

static void
take_block(struct wave_plan *w, uint64_t object, uint32_t cause)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&w->by_object, object, &at)) >= 0)
		if (w->blocks[i].cause == cause)
			return;
	hash_index_add(&w->by_object, object, w->block_count);
	LIST_RESERVE_BY_HALF(w->blocks, w->block_room, w->block_count + 1);
	w->blocks[w->block_count++] = (struct wave_block){ object, cause };
}

static void
take_claims(struct wave_plan *w, const struct finding *f, uint32_t change)
{
	for (size_t i = 0; i < f->related_count; i++) {
		const struct related_object *r = &f->related[i];

		if (!r->guid || w->claim_count == WAVE_CLAIMS)
			continue;
		LIST_RESERVE(w->claims, w->claim_room, w->claim_count + 1);
		w->claims[w->claim_count++] = (struct wave_claim){
			.object = told_key(f->guid, f->dn, f->object),
			.other = told_key(r->guid, r->dn, NULL),
			.value = arena_strdup(&w->texts, f->observed),
			.attribute = f->attribute
				? arena_strdup(&w->texts, f->attribute) : NULL,
			.change = change,
		};
	}
}

void
waves_take(struct wave_plan *w, const struct finding *f, uint32_t cause,
           uint32_t change)
{
	/* What is waived blocks all the same. */
	if (f->severity <= SEVERITY_HIGH)
		take_block(w, told_key(f->guid, f->dn, f->object),
		           cause);
	if (f->change && f->observed && f->status == STATUS_OPEN)
		take_claims(w, f, change);
}

/* ---- objects ---- */

static void
put_into(struct wave_plan *w, uint32_t wave, const struct forecast *o,
         uint64_t key)
{
	struct wave *to = &w->waves[wave];
	size_t at = HASH_INDEX_FIRST;
	long i;

	to->objects++;
	to->by[o->readiness]++;
	if (o->readiness != READINESS_BLOCKED)
		return;
	while ((i = hash_index_next(&w->by_object, key, &at)) >= 0)
		to->waits[w->blocks[i].cause]++;
}

/* The rows that call it so; the first one decides. */
static uint32_t
match_rows(struct wave_plan *w, uint64_t hash, uint32_t wave)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&w->by_text, hash, &at)) >= 0) {
		w->rows[i].matches++;
		if (wave == WAVE_NONE)
			wave = w->rows[i].wave;
		else
			w->twice += wave != w->rows[i].wave;
	}
	return wave;
}

void
waves_place(struct wave_plan *w, const struct forecast *o)
{
	const char *const names[] = {
		o->guid, o->sam, o->ad_upn, o->upn, o->mail, o->primary_smtp,
		o->object,
	};
	uint64_t key = told_key(o->guid, o->dn, o->object);
	uint64_t seen[sizeof(names) / sizeof(names[0])];
	uint32_t wave = WAVE_NONE;
	size_t n = 0;

	if (o->dn)
		wave = match_rows(w, dn_hash(o->dn), wave);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint64_t hash = names[i] ? hash_folded(names[i]) : 0;
		size_t k = 0;

		while (k < n && seen[k] != hash)
			k++;
		if (!names[i] || k < n)
			continue;
		seen[n++] = hash;
		wave = match_rows(w, hash, wave);
	}
	if (wave == WAVE_NONE)
		return;
	hash_index_add(&w->placed, key, wave);
	put_into(w, wave, o, key);
}

uint32_t
waves_of(const struct wave_plan *w, uint64_t object)
{
	size_t at = HASH_INDEX_FIRST;
	long i = hash_index_next(&w->placed, object, &at);

	return i < 0 ? WAVE_NONE : (uint32_t)i;
}
