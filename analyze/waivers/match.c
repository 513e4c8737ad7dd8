/* Which waiver is for a finding. */
#include "analyze/waivers/waiver.h"

#include <fnmatch.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/mem.h"
#include "base/utf8.h"

/* The finding, and the best so far. */
struct waiver_match {
	const struct waivers *w;
	const struct finding *f;
	const char *value;         /* folded, or NULL */
	const struct waiver *best;
	struct arena arena;
};

void
waivers_set_time(struct waivers *w, when_t as_of)
{
	w->as_of = as_of;
}

bool
waiver_has_expired(const struct waivers *w, const struct waiver *one)
{
	return one->expires != WHEN_NONE && w->as_of != WHEN_NONE &&
	       w->as_of >= one->expires;
}

bool
waiver_has_rule(const struct waiver *one, const char *id)
{
	return one->is_pattern ? fnmatch(one->rule, id, 0) == 0
	                       : strcmp(one->rule, id) == 0;
}

/*
 * What makes one more exact than another, the weightiest first: it holds, it
 * names the object rather than a place, the nearest one, a rule rather than a
 * pattern, a value, an attribute.
 */
enum { WEIGHTS = 6 };

static void
weigh(const struct waivers *w, const struct waiver *one,
      size_t weights[WEIGHTS])
{
	weights[0] = !waiver_has_expired(w, one);
	weights[1] = one->by != WAIVED_BY_SUFFIX;
	weights[2] = one->by == WAIVED_BY_SUFFIX ? strlen(one->object) : 0;
	weights[3] = !one->is_pattern;
	weights[4] = one->has_value;
	weights[5] = one->has_attribute;
}

/* Of two that are alike the one that was read first holds. */
static bool
is_better(const struct waivers *w, const struct waiver *one,
          const struct waiver *than)
{
	size_t mine[WEIGHTS], theirs[WEIGHTS];

	if (!than)
		return true;
	weigh(w, one, mine);
	weigh(w, than, theirs);
	for (size_t i = 0; i < WEIGHTS; i++)
		if (mine[i] != theirs[i])
			return mine[i] > theirs[i];
	return one < than;
}

static bool
has_attribute(const struct waiver *one, const struct finding *f)
{
	if (!one->has_attribute)
		return true;
	return one->attribute && f->attribute
		? ascii_casecmp(one->attribute, f->attribute) == 0
		: one->attribute == f->attribute;
}

/* Those of the value, or without one. */
static void
look_in(struct waiver_match *m, const struct waiver_value *v)
{
	size_t at = HASH_INDEX_FIRST;
	const struct waiver *one;

	while ((one = waiver_next(m->w, v, &at))) {
		m->w->uses[one - m->w->items].matched++;
		if (is_better(m->w, one, m->best))
			m->best = one;
	}
}

/* Those whose object is called so. */
static void
look(struct waiver_match *m, enum waived_by by, const char *object)
{
	const struct waivers *w = m->w;
	size_t at = HASH_INDEX_FIRST;
	struct waiver_group *g;

	while ((g = waiver_group_next(w, by, object, &at))) {
		const struct waiver *like = &w->items[g->like];
		const size_t group = (size_t)(g - w->groups);

		if (!waiver_has_rule(like, m->f->rule) ||
		    !has_attribute(like, m->f))
			continue;
		g->is_met = true;
		look_in(m, &(struct waiver_value){ group, false, NULL });
		look_in(m, &(struct waiver_value){ group, true, m->value });
	}
}

static void
look_for_guid(struct waiver_match *m)
{
	char text[GUID_TEXT];
	struct guid guid;

	if (!m->f->guid || guid_parse(&guid, m->f->guid) < 0)
		return;
	guid_format(&guid, text);
	look(m, WAIVED_BY_GUID, text);
}

/* Itself, and all that it lies below. */
static void
look_for_dn(struct waiver_match *m)
{
	struct buf norm = { 0 };

	if (m->f->dn && dn_normalise(&norm, m->f->dn) == 0) {
		look(m, WAIVED_BY_DN, norm.data);
		for (const char *at = norm.data; *at; at = dn_parent(at))
			look(m, WAIVED_BY_SUFFIX, at);
	}
	buf_release(&norm);
}

static void
look_for_name(struct waiver_match *m, const char *name)
{
	if (name)
		look(m, WAIVED_BY_NAME, utf8_domain(&m->arena, name));
}

/* What has a DN is called by its first part, or a domain as in DNS. */
static void
look_for_whole(struct waiver_match *m)
{
	const struct finding *f = m->f;
	struct buf name = { 0 };

	if (strcmp(f->class, "domain") == 0 && f->domain != f->object)
		look_for_name(m, f->domain);
	if ((strcmp(f->class, "server") == 0 ||
	     strcmp(f->class, "setting") == 0) && f->dn) {
		dn_first_value(&name, f->dn);
		look_for_name(m, buf_text(&name));
	}
	buf_release(&name);
}

static void
look_for_names(struct waiver_match *m)
{
	const struct finding *f = m->f;

	look_for_name(m, f->object);
	if (!f->guid && !f->dn && !f->object)
		look_for_name(m, f->upn);
	if (f->class)
		look_for_whole(m);
}

static void
look_everywhere(struct waiver_match *m)
{
	const struct waivers *w = m->w;

	if (w->index[WAIVED_BY_GUID].count)
		look_for_guid(m);
	if (w->index[WAIVED_BY_DN].count || w->index[WAIVED_BY_SUFFIX].count)
		look_for_dn(m);
	if (w->index[WAIVED_BY_NAME].count)
		look_for_names(m);
}

void
waivers_apply(const struct waivers *w, struct finding *f)
{
	struct waiver_match m = { .w = w, .f = f };
	const char *value;

	if (!w || !w->count)
		return;
	value = finding_print_value(f);
	m.value = value ? utf8_folded(&m.arena, value) : NULL;
	look_everywhere(&m);
	if (m.best) {
		w->uses[m.best - w->items].applied++;
		f->waiver = &m.best->told;
		if (!waiver_has_expired(w, m.best))
			f->status = m.best->told.result;
	}
	arena_release(&m.arena);
}
