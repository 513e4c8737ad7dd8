/* Takes what findings propose: see changes.h. */
#include "report/repair/changes.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

/* ---- causes ---- */

static int
read_causes(struct repair_plan *p, const struct findings *f, struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct cause c;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = causes_next(r, &c, err)) > 0) {
		LIST_RESERVE(p->causes, p->cause_room, p->cause_count + 1);
		p->causes[p->cause_count++] = (struct repair_cause){
			.id = arena_strdup(&p->arena, c.id),
			.rule = arena_strdup(&p->arena, c.rule),
			.title = arena_strdup(&p->arena, c.title),
			.order = c.order ? c.order : UINT32_MAX,
		};
	}
	findings_reader_close(r);
	return rc;
}

/* Causes stand worst first; those that free most objects come before. */
static int
by_order(const void *a, const void *b)
{
	const struct repair_cause *x = a, *y = b;

	return x->order != y->order ? (x->order < y->order ? -1 : 1)
	                            : strcmp(x->id, y->id);
}

/* The number of the finding's cause; of one without that of its rule's. */
static size_t
cause_of(struct repair_plan *p, const struct finding *f)
{
	const char *id = f->cause ? f->cause : "";
	size_t i = 0;

	while (i < p->cause_count && (strcmp(p->causes[i].id, id) != 0 ||
	       (!f->cause && strcmp(p->causes[i].rule, f->rule) != 0)))
		i++;
	if (i < p->cause_count)
		return i;
	LIST_RESERVE(p->causes, p->cause_room, p->cause_count + 1);
	p->causes[p->cause_count++] = (struct repair_cause){
		.id = arena_strdup(&p->arena, id), .order = UINT32_MAX,
		.rule = arena_strdup(&p->arena, f->rule),
		.title = arena_strdup(&p->arena, f->rule),
	};
	return i;
}

/* ---- what is fit to be written ---- */

static bool
is_attribute(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz"
	                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

	return len && !name[len] && ((name[0] | 0x20) >= 'a');
}

static bool
is_name(const char *dn)
{
	struct buf normal = { 0 };
	bool is = dn && dn_normalise(&normal, dn) == 0;

	buf_release(&normal);
	return is;
}

/* Why no file can say it; NULL: it can. */
static const char *
unfit(const struct finding *f)
{
	if (!f->authority || strcmp(f->authority,
	                            authority_name(AUTHORITY_AD)) != 0)
		return "that AD is the source of authority is not known";
	if (!is_name(f->dn))
		return "its distinguished name was not collected";
	for (const struct proposed *p = &f->proposed; p; p = p->and) {
		if (!is_attribute(p->attribute))
			return "its attribute has a name that AD has not";
		if ((!p->old && !p->new) || (p->new && !*p->new))
			return "a value without any text is to be written";
		if (p->old && p->new && strcmp(p->old, p->new) == 0)
			return "the value to be written is the one it has";
	}
	return NULL;
}

/* ---- one object's changes ---- */

static const char *
kept(struct repair_plan *p, const char *text)
{
	return text ? arena_strdup(&p->arena, text) : NULL;
}

static void
add_part(struct repair_plan *p, struct repair_change *c,
         const struct repair_part *part)
{
	struct repair_part **at = &c->parts, *one;

	while (*at && !change_is_same(*at, part))
		at = &(*at)->next;
	if (*at)
		return;
	one = arena_alloc(&p->arena, sizeof(*one));
	*one = (struct repair_part){
		.attribute = kept(p, part->attribute),
		.old = kept(p, part->old), .new = kept(p, part->new),
	};
	*at = one;
}

static const char *
domain_of(struct repair_plan *p, const struct finding *f)
{
	struct buf out = { 0 };
	const char *text;

	if (!f->domain)
		dn_domain(&out, f->dn);
	text = f->domain ? kept(p, f->domain)
	                 : out.len ? kept(p, out.data) : NULL;
	buf_release(&out);
	return text;
}

static size_t
add_change(struct repair_plan *p, const struct finding *f, size_t cause)
{
	LIST_RESERVE(p->changes, p->room, p->count + 1);
	p->changes[p->count] = (struct repair_change){
		.dn = kept(p, f->dn), .guid = kept(p, f->guid),
		.name = kept(p, finding_label(f)), .domain = domain_of(p, f),
		.cause = cause, .into = p->count,
	};
	return p->count++;
}

/* Whether one of the parts of C is one that F proposes. */
static bool
shares(const struct repair_change *c, const struct finding *f)
{
	for (const struct proposed *p = &f->proposed; p; p = p->and) {
		const struct repair_part one = { p->attribute, p->old, p->new,
		                                 NULL };

		for (const struct repair_part *q = c->parts; q; q = q->next)
			if (change_is_same(&one, q))
				return true;
	}
	return false;
}

/* What FROM does is done by TO; the earlier cause stays. */
static void
merge(struct repair_plan *p, size_t to, size_t from)
{
	struct repair_change *t = &p->changes[to], *s = &p->changes[from];

	for (const struct repair_part *q = s->parts; q; q = q->next)
		add_part(p, t, q);
	t->findings += s->findings;
	if (p->causes[s->cause].order < p->causes[t->cause].order)
		t->cause = s->cause;
	if (!t->refused)
		t->refused = s->refused;
	s->into = to;
	s->parts = NULL;
}

/*
 * The change that F belongs to: one with which it shares a value, be it of
 * another cause; else that of its own cause, or a new one.
 */
static size_t
change_for(struct repair_plan *p, const struct finding *f)
{
	size_t cause = cause_of(p, f), found = REPAIR_NONE;

	for (size_t i = p->first; i < p->count; i++) {
		const struct repair_change *c = &p->changes[i];

		if (c->into != i || (c->cause != cause && !shares(c, f)))
			continue;
		if (found == REPAIR_NONE)
			found = i;
		else
			merge(p, found, i);
	}
	if (found == REPAIR_NONE)
		return add_change(p, f, cause);
	if (p->causes[cause].order <
	    p->causes[p->changes[found].cause].order)
		p->changes[found].cause = cause;
	return found;
}

/* Both are refused: nobody but people can say which is right. */
static void
refuse_clashes(struct repair_plan *p, size_t of, const struct repair_part *part)
{
	for (size_t i = p->first; i < p->count; i++) {
		struct repair_change *c = &p->changes[i];

		for (const struct repair_part *q = c->parts; q; q = q->next)
			if (change_clashes(part, q))
				c->refused = p->changes[of].refused =
					"findings propose different values "
					"for it";
	}
}

static size_t
take_change(struct repair_plan *p, const struct finding *f)
{
	size_t at;

	if (p->first < p->count &&
	    strcmp(p->changes[p->first].dn, f->dn) != 0)
		p->first = p->count;
	at = change_for(p, f);
	for (const struct proposed *q = &f->proposed; q; q = q->and) {
		const struct repair_part part = { q->attribute, q->old, q->new,
		                                  NULL };

		refuse_clashes(p, at, &part);
		add_part(p, &p->changes[at], &part);
	}
	p->changes[at].findings++;
	return at;
}

/* ---- all findings ---- */

static bool
is_kept(struct repair_plan *p, const struct finding *f, const char *key)
{
	for (const struct proposed *q = &f->proposed; q; q = q->and) {
		const char *one = change_key(&p->arena, q->attribute, q->new);

		if (one && strcmp(one, key) == 0)
			return true;
	}
	return false;
}

/* What it would give up, and nobody does for it. */
static void
note_given_up(struct repair_plan *p, const struct finding *f)
{
	for (const struct proposed *q = &f->proposed; q; q = q->and) {
		const char *key = change_key(&p->arena, q->attribute, q->old);

		if (!key || is_kept(p, f, key))
			continue;
		hash_index_add(&p->given_up, hash_text(key), p->given_count);
		LIST_RESERVE(p->given_texts, p->given_room,
		             p->given_count + 1);
		p->given_texts[p->given_count++] = key;
	}
}

static void
add_fate(struct repair_plan *p, size_t change, const char *why)
{
	LIST_RESERVE(p->fates, p->fate_room, p->fate_count + 1);
	p->fates[p->fate_count++] = (struct repair_fate){ change, why };
}

static void
take(struct repair_plan *p, const struct finding *f,
     const struct finding_selector *chosen)
{
	bool is_chosen = f->status == STATUS_OPEN &&
	                 finding_selector_has(chosen, f);
	const char *why;

	p->chosen += is_chosen;
	p->unchosen += f->status == STATUS_OPEN && !is_chosen;
	if (!f->proposed.attribute)
		return;
	why = unfit(f);
	if (!is_chosen || why)
		note_given_up(p, f);
	if (is_chosen)
		add_fate(p, why ? REPAIR_NONE : take_change(p, f), why);
}

int
changes_read(struct repair_plan *p, const struct findings *f,
             const struct finding_selector *chosen, struct err *err)
{
	struct findings_reader *r;
	struct finding one;
	int rc = read_causes(p, f, err);

	if (rc == 0 && p->cause_count)
		qsort(p->causes, p->cause_count, sizeof(*p->causes), by_order);
	r = rc == 0 ? findings_read(f, err) : NULL;
	rc = r ? 1 : -1;
	while (rc > 0 && (rc = findings_next(r, &one, err)) > 0)
		take(p, &one, chosen);
	findings_reader_close(r);
	return rc;
}

void
changes_release(struct repair_plan *p)
{
	hash_index_release(&p->given_up);
	arena_release(&p->arena);
	free(p->causes);
	free(p->changes);
	free(p->fates);
	free(p->given_texts);
}
