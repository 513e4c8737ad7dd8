/*
 * Finding what edits name: one way through the AD objects as they are. An
 * object is known by the edit's text, a place by what lies at or below it.
 */
#include <stdlib.h>
#include <string.h>

#include "analyze/load/edits_old.h"
#include "analyze/load/sections.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

/* What of a place was met. */
enum { MET_TARGET = 1, MET_TO = 2 };

/* An object that an edit names. */
struct hit {
	size_t edit;
	bool has_guid;
	struct guid guid;
	const char *dn, *label;      /* normalised; and for people */
	struct held_value old;       /* the value that the edit replaces */
};

/* Objects that Exchange's export calls so; two are too many already. */
struct alias {
	struct guid guids[2];
	size_t count;
	struct held_value old;
};

struct hit_lane {
	struct hit *items;
	size_t count, room;
	struct arena texts;
	unsigned char *met;          /* of each edit */
};

struct finder {
	struct scan scan;
	struct edits *e;
	struct hash_index names, places;
	bool wants_dns;              /* an edit names a place, or a DN */
	struct hit_lane *lanes;
	unsigned char *met;
	struct hit *first, *rival;   /* of each edit; label NULL: none */
	struct alias *aliases;       /* of each edit */
	struct arena arena;
};

/* An object, while its names are compared with those of edits. */
struct named_object {
	struct finder *f;
	struct hit_lane *lane;
	const struct object *o;
	const char *normal;          /* its DN, or NULL */
};

static bool
is_text_of(const struct object *o, const char *text)
{
	const char *names[] = { o->upn, o->sam, o->mail };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && utf8_same_folded(names[i], text))
			return true;
	for (size_t i = 0; i < o->proxy_count; i++)
		if (utf8_same_folded(address_body(o->proxies[i]), text))
			return true;
	return false;
}

static bool
is_alias(const struct alias *a, const struct object *o)
{
	for (size_t i = 0; i < a->count; i++)
		if (o->has_guid &&
		    memcmp(&a->guids[i], &o->guid, sizeof(o->guid)) == 0)
			return true;
	return false;
}

static bool
is_named(const struct named_object *n, size_t i)
{
	const struct edit *edit = &n->f->e->items[i];
	struct guid guid;

	if (is_alias(&n->f->aliases[i], n->o))
		return true;
	if (n->o->has_guid && guid_parse(&guid, edit->target) == 0 &&
	    memcmp(&guid, &n->o->guid, sizeof(guid)) == 0)
		return true;
	if (n->normal && edit->dn && strcmp(n->normal, edit->dn) == 0)
		return true;
	return is_text_of(n->o, edit->target);
}

static void
add_hit(const struct named_object *n, size_t edit)
{
	struct hit_lane *l = n->lane;
	const char *label = n->o->dn ? n->o->dn : object_label(n->o);

	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct hit){
		.edit = edit, .has_guid = n->o->has_guid, .guid = n->o->guid,
		.dn = n->o->dn ? edit_normal(n->o->dn, &l->texts) : NULL,
		.label = arena_strdup(&l->texts, label),
		.old = held_value(n->f->e, &n->f->e->items[edit], n->o,
		                  &l->texts),
	};
}

static void
try_name(const struct named_object *n, uint64_t hash)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&n->f->names, hash, &at)) >= 0)
		if (is_named(n, (size_t)i))
			add_hit(n, (size_t)i);
}

static void
try_names(const struct named_object *n)
{
	const struct object *o = n->o;
	const char *names[] = { o->upn, o->sam, o->mail };

	if (o->has_guid)
		try_name(n, hash_bytes(&o->guid, sizeof(o->guid)));
	if (n->normal)
		try_name(n, hash_text(n->normal));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i])
			try_name(n, hash_folded(names[i]));
	for (size_t i = 0; i < o->proxy_count; i++)
		try_name(n, hash_folded(address_body(o->proxies[i])));
}

/* Marks the places that DN, normalised, lies in, of edits of these KINDS. */
static void
meet(const struct finder *f, const char *dn, unsigned kinds,
     unsigned char *met)
{
	for (; *dn; dn = dn_parent(dn)) {
		uint64_t hash = hash_text(dn);
		size_t at = HASH_INDEX_FIRST;
		long i;

		while ((i = hash_index_next(&f->places, hash, &at)) >= 0) {
			const struct edit *edit = &f->e->items[i];

			if (!(kinds & 1u << edit->kind))
				continue;
			if (strcmp(edit->dn, dn) == 0)
				met[i] |= MET_TARGET;
			if (edit->to_dn && strcmp(edit->to_dn, dn) == 0)
				met[i] |= MET_TO;
		}
	}
}

/* The scope may name what is there only after the moves. */
static void
meet_moved(const struct finder *f, const char *dn, unsigned char *met)
{
	struct arena scratch = { 0 };
	const char *to = edits_dn(f->e, dn, &scratch);
	struct buf normal = { 0 };

	if (to != dn && dn_normalise(&normal, to) == 0)
		meet(f, normal.data, 1u << EDIT_INCLUDE | 1u << EDIT_EXCLUDE,
		     met);
	buf_release(&normal);
	arena_release(&scratch);
}

static void
meet_all(const struct finder *f, const char *dn, const char *normal,
         unsigned char *met)
{
	if (!f->places.count)
		return;
	meet(f, normal, ~0u, met);
	meet_moved(f, dn, met);
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct finder *f = (struct finder *)s;
	struct named_object n = { .f = f, .lane = &f->lanes[lane], .o = o };
	struct buf normal = { 0 };

	(void)at;
	if (o->dn && f->wants_dns && dn_normalise(&normal, o->dn) == 0)
		n.normal = normal.data;
	if (f->names.count)
		try_names(&n);
	if (n.normal && s->section != AD_MAILBOXES)
		meet_all(f, o->dn, n.normal, n.lane->met);
	buf_release(&normal);
	return 0;
}

static bool
same_hit(const struct hit *a, const struct hit *b)
{
	if (a->has_guid && b->has_guid)
		return memcmp(&a->guid, &b->guid, sizeof(a->guid)) == 0;
	return a->dn && b->dn && strcmp(a->dn, b->dn) == 0;
}

static struct held_value
kept_value(struct finder *f, const struct held_value *v)
{
	struct held_value out = *v;

	if (out.text)
		out.text = arena_strdup(&f->arena, out.text);
	return out;
}

/* Lines of one object tell more of it together. */
static void
take_hit(struct finder *f, const struct hit *h)
{
	struct hit *first = &f->first[h->edit];
	struct hit *to = first->label ? &f->rival[h->edit] : first;

	if (first->label && same_hit(first, h)) {
		if (!first->old.is)
			first->old = kept_value(f, &h->old);
		if (!first->has_guid) {
			first->has_guid = h->has_guid;
			first->guid = h->guid;
		}
		return;
	}
	if (to->label)
		return;
	*to = *h;
	to->dn = h->dn ? arena_strdup(&f->arena, h->dn) : NULL;
	to->label = arena_strdup(&f->arena, h->label);
	to->old = kept_value(f, &h->old);
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct finder *f = (struct finder *)s;
	struct hit_lane *l = &f->lanes[lane];

	(void)piece;
	for (size_t i = 0; i < l->count; i++)
		take_hit(f, &l->items[i]);
	l->count = 0;
	arena_clear(&l->texts);
}

/* What is looked for, by all that it may be. */
static void
index_edits(struct finder *f)
{
	for (size_t i = 0; i < f->e->count; i++) {
		const struct edit *edit = &f->e->items[i];
		struct guid guid;

		f->wants_dns = f->wants_dns || edit->dn;
		if (!edit_is_of_object(edit)) {
			if (edit->dn)
				hash_index_add(&f->places, hash_text(edit->dn),
				               i);
			if (edit->to_dn)
				hash_index_add(&f->places,
				               hash_text(edit->to_dn), i);
			continue;
		}
		hash_index_add(&f->names, hash_folded(edit->target), i);
		if (edit->dn)
			hash_index_add(&f->names, hash_text(edit->dn), i);
		if (guid_parse(&guid, edit->target) == 0)
			hash_index_add(&f->names,
			               hash_bytes(&guid, sizeof(guid)), i);
	}
}

static int
go_through(struct finder *f, enum section s, struct err *err)
{
	const struct model *m = f->scan.m;

	f->scan = (struct scan){
		.m = m, .table = &m->tables[s], .section = s, .each = each,
		.take = take,
	};
	return scan_run(&f->scan, err);
}

/* Exchange only completes objects of AD: what it names is looked for there. */
static int
find_aliases(struct finder *f, struct err *err)
{
	if (go_through(f, AD_MAILBOXES, err) < 0)
		return -1;
	for (size_t i = 0; i < f->e->count; i++) {
		struct hit *both[] = { &f->first[i], &f->rival[i] };
		struct alias *a = &f->aliases[i];

		for (int k = 0; k < 2; k++) {
			if (both[k]->old.is)
				a->old = both[k]->old;
			if (both[k]->label && both[k]->has_guid) {
				a->guids[a->count++] = both[k]->guid;
				hash_index_add(&f->names,
				               hash_bytes(&both[k]->guid,
				                          sizeof(struct guid)),
				               i);
			}
			*both[k] = (struct hit){ 0 };
		}
	}
	return 0;
}

static int
meet_containers(struct finder *f, const struct snapshot *ad, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, ad, AD_CONTAINERS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");
		struct buf normal = { 0 };

		if (dn && dn_normalise(&normal, dn) == 0)
			meet_all(f, dn, normal.data, f->met);
		buf_release(&normal);
	}
	record_scan_close(&r);
	return rc;
}

/* OUs may be empty: they are places, too. */
static int
go_through_containers(struct finder *f, const struct model *m,
                      struct err *err)
{
	for (size_t i = 0; f->places.count && i < m->ad_count; i++)
		if (meet_containers(f, m->ad[i], err) < 0)
			return -1;
	return 0;
}

static int
check_place(const struct finder *f, size_t i, struct err *err)
{
	const struct edit *edit = &f->e->items[i];

	if (!(f->met[i] & MET_TARGET))
		return err_usage(err, EDIT_PLACE ": the AD snapshot has "
		                 "nothing at or below %s", EDIT_AT(f->e, edit),
		                 edit->target);
	if (edit->to && !(f->met[i] & MET_TO))
		return err_usage(err, "%s:%u: to: the AD snapshot has nothing "
		                 "at or below %s", f->e->path, edit->line,
		                 edit->to);
	return 0;
}

static int
settle_object(struct finder *f, size_t i, struct err *err)
{
	struct edit *edit = &f->e->items[i];
	const struct hit *h = &f->first[i];

	if (!h->label)
		return err_usage(err, EDIT_PLACE ": the AD snapshot has no "
		                 "object \"%s\"", EDIT_AT(f->e, edit),
		                 edit->target);
	if (f->rival[i].label)
		return err_usage(err, EDIT_PLACE ": \"%s\" fits several "
		                 "objects, such as %s and %s",
		                 EDIT_AT(f->e, edit), edit->target, h->label,
		                 f->rival[i].label);
	if (!h->has_guid && !h->dn)
		return err_usage(err, EDIT_PLACE ": of \"%s\" the AD snapshot "
		                 "has neither objectGUID nor "
		                 "distinguishedName, and edits go by one of "
		                 "them", EDIT_AT(f->e, edit), edit->target);
	if (held_value_settle(f->e, edit, &h->old, &f->aliases[i].old,
	                      h->label, err) < 0)
		return -1;
	edit->has_guid = h->has_guid;
	edit->guid = h->guid;
	edit->object_dn = h->dn ? arena_strdup(&f->e->arena, h->dn) : NULL;
	return 0;
}

static int
settle(struct finder *f, const struct model *m, struct err *err)
{
	for (size_t i = 0; i < f->e->count; i++) {
		const struct edit *edit = &f->e->items[i];
		int rc = 0;

		if (edit_is_of_object(edit))
			rc = settle_object(f, i, err);
		else if (edit->dn)
			rc = check_place(f, i, err);
		if (rc == 0)
			rc = load_check_edit(f->e, edit, m, err);
		if (rc < 0)
			return -1;
	}
	return edits_found(f->e, err);
}

static void
close_finder(struct finder *f, unsigned lanes)
{
	for (unsigned i = 0; i < lanes; i++) {
		arena_release(&f->lanes[i].texts);
		free(f->lanes[i].items);
		free(f->lanes[i].met);
	}
	hash_index_release(&f->names);
	hash_index_release(&f->places);
	arena_release(&f->arena);
	free(f->lanes);
	free(f->first);
	free(f->rival);
	free(f->aliases);
	free(f->met);
}

int
load_edits(struct edits *e, const struct model *m, struct err *err)
{
	unsigned lanes = crew_lanes(m->jobs);
	struct finder f = {
		.scan = { .m = m }, .e = e,
		.lanes = xcalloc(lanes, sizeof(*f.lanes)),
		.met = xcalloc(e->count, 1),
		.first = xcalloc(e->count, sizeof(*f.first)),
		.rival = xcalloc(e->count, sizeof(*f.rival)),
		.aliases = xcalloc(e->count, sizeof(*f.aliases)),
	};
	int rc;

	index_edits(&f);
	for (unsigned i = 0; i < lanes; i++)
		f.lanes[i].met = xcalloc(e->count, 1);
	rc = find_aliases(&f, err);
	for (size_t i = 0; i < SYNCED_SECTIONS && rc == 0; i++)
		rc = go_through(&f, synced_sections[i], err);
	if (rc == 0)
		rc = go_through_containers(&f, m, err);
	for (unsigned l = 0; l < lanes; l++)
		for (size_t i = 0; i < e->count; i++)
			f.met[i] |= f.lanes[l].met[i];
	if (rc == 0)
		rc = settle(&f, m, err);
	close_finder(&f, lanes);
	return rc;
}
