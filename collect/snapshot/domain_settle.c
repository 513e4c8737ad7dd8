/* Makes of what was counted what the manifest says of domains. */
#include "collect/snapshot/domain_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/sid.h"
#include "collect/snapshot/asking.h"
#include "collect/snapshot/domain_rows.h"
#include "collect/snapshot/manifest.h"

struct settling {
	const struct domain_count *c;
	const struct manifest *m;
	const struct coverage *coverage;
	struct domain_list *out;
	size_t inputs;           /* numbers of inputs are below */
	bool *placed;            /* whether it gave objects of some domain */
	bool *own;               /* whether of the domain at hand */
	size_t domains, named;   /* how many have objects, and a name */
	bool alone;              /* there is no other than that at hand */
};

static bool
is_domain(const struct domain_entry *e)
{
	return e->kind == PARTITION_NONE || e->kind == PARTITION_DOMAIN;
}

/* What the section says of it, where the section counts. */
static const struct domain_row *
row_at(const struct settling *t, const struct domain_entry *e, enum section s)
{
	return t->m->sections[s].state == SECTION_NOT_ASKED ? NULL
	                                                    : e->rows[s];
}

static bool
has_objects(const struct settling *t, const struct domain_entry *e)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		if (row_at(t, e, (enum section)s) && e->rows[s]->objects)
			return true;
	return false;
}

/* ---- SID and forest ---- */

static void
settle_sid(const struct settling *t, const struct domain_entry *e,
           struct manifest_domain *d)
{
	/* The domain object is the best to know. */
	static const enum section order[] = {
		AD_CONTAINERS, AD_USERS, AD_GROUPS, AD_COMPUTERS,
	};
	const struct domain_row *best = NULL;
	char text[SID_TEXT];

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		const struct domain_row *row = row_at(t, e, order[i]);
		int cmp;

		if (!row || !row->has_sid)
			continue;
		cmp = best ? memcmp(row->sid, best->sid, DOMAIN_SID) : -1;
		d->sid_doubtful = d->sid_doubtful || row->sid_doubtful ||
		                  (best && cmp != 0);
		if (cmp < 0 && !(best && best == e->rows[AD_CONTAINERS]))
			best = row;
	}
	if (best && sid_format(best->sid, DOMAIN_SID, text) == 0)
		d->is.sid = xstrdup(text);
}

/* What the crossRefs say; of several the first by name. */
static const char *
forest_said(const struct settling *t, const char *domain)
{
	const char *forest = NULL;

	for (size_t i = 0; i < t->c->crossref_count &&
	     t->m->sections[AD_FOREST].state != SECTION_NOT_ASKED; i++) {
		const struct domain_crossref *x = &t->c->crossrefs[i];

		if (strcmp(x->domain, domain) == 0 &&
		    (!forest || strcmp(x->forest, forest) < 0))
			forest = x->forest;
	}
	return forest;
}

/* The crossRefs' word is better than what objects say. */
static void
settle_forest(const struct settling *t, const struct domain_entry *e,
              struct manifest_domain *d)
{
	const char *said = forest_said(t, e->name);
	struct forest_votes all = { 0 };

	for (int s = 0; s < SECTION_COUNT; s++)
		if (row_at(t, e, (enum section)s))
			forest_votes_join(&all, &e->rows[s]->forests);
	d->forest_doubtful = !said && all.count > 1;
	said = said ? said : forest_votes_winner(&all);
	d->is.forest = said ? xstrdup(said) : NULL;
	forest_votes_release(&all);
}

/* ---- one section of one domain ---- */

static bool
is_own(const struct settling *t, uint32_t input)
{
	/* One that gave nothing by which it could be told is of all. */
	return input == NO_INPUT || t->own[input] ||
	       (t->alone && !t->placed[input]);
}

/* Those of a forest lie in its configuration partition, in no domain. */
static bool
is_setting(enum section s)
{
	return s == AD_FOREST || s == AD_EXCHANGE;
}

/* The configuration partition of the forest, or NULL. */
static const struct domain_entry *
settings_of(const struct settling *t, const char *forest)
{
	for (size_t i = 0; forest && i < t->c->entry_count; i++) {
		const struct domain_entry *e = &t->c->entries[i];

		if (e->kind == PARTITION_CONFIGURATION &&
		    strcmp(e->name, forest) == 0)
			return e;
	}
	return NULL;
}

/* Whether what the input said of the section is said of the forest. */
static bool
is_forests(const struct settling *t, const char *forest, enum section s,
           uint32_t input)
{
	const struct domain_entry *e = is_setting(s) && input != NO_INPUT
		? settings_of(t, forest) : NULL;

	for (int k = 0; e && k < SECTION_COUNT; k++) {
		const struct domain_row *row = e->rows[k];

		for (size_t i = 0; row && i < row->inputs.count; i++)
			if (row->inputs.items[i] == input)
				return true;
	}
	return false;
}

static bool
was_asked(const struct settling *t, const struct domain_row *row,
          const char *forest, enum section s)
{
	const struct input_list *asked = &t->c->said[s].asked;

	if (!t->c->by_input || row)
		return true;
	for (size_t i = 0; i < asked->count; i++)
		if (is_own(t, asked->items[i]) ||
		    is_forests(t, forest, s, asked->items[i]))
			return true;
	return false;
}

static void
copy_state(struct manifest_section *to, const struct manifest_section *from)
{
	to->state = from->state;
	to->all_objects = from->all_objects;
	to->reason = from->reason ? xstrdup(from->reason) : NULL;
}

/* A section is partial only for those domains whose inputs made it so. */
static void
settle_state(const struct settling *t, const char *forest, enum section s,
             struct manifest_section *of)
{
	const struct section_said *said = &t->c->said[s];

	if (!t->c->by_input ||
	    t->m->sections[s].state != SECTION_PARTIAL) {
		copy_state(of, &t->m->sections[s]);
		return;
	}
	for (size_t i = 0; i < said->partial_count; i++)
		if (is_own(t, said->partials[i].input) ||
		    is_forests(t, forest, s, said->partials[i].input)) {
			of->state = SECTION_PARTIAL;
			of->reason = xstrdup(said->partials[i].reason);
			return;
		}
	of->state = SECTION_COMPLETE;
	asking_settle_lacks(of, s);
}

static void
settle_lacks(const struct settling *t, const struct domain_row *row,
             enum section s, struct manifest_section *of)
{
	/* Of what was read back only the section says how many lack it. */
	const struct lack_list *l = !t->coverage ? &t->m->sections[s].lacks
		: row ? &row->lacks : NULL;

	for (size_t i = 0; l && i < l->count && of->count; i++) {
		uint64_t n = l->items[i].objects;

		lack_add(&of->lacks, l->items[i].attribute,
		         l->items[i].reason, n < of->count ? n : of->count);
	}
}

static bool
same_cover(const struct manifest_section *a, const struct manifest_section *b)
{
	if (a->all_attributes != b->all_attributes ||
	    a->attributes.count != b->attributes.count ||
	    a->partly.count != b->partly.count)
		return false;
	for (size_t i = 0; i < a->attributes.count; i++)
		if (!name_set_has(&b->attributes, a->attributes.names[i]))
			return false;
	for (size_t i = 0; i < a->partly.count; i++) {
		const struct partly *p = &a->partly.items[i];
		const struct partly *q = partly_find(&b->partly,
		                                     p->attribute);

		if (!q || q->inputs != p->inputs ||
		    strcmp(q->without, p->without) != 0)
			return false;
	}
	return true;
}

/* Whether the inputs that count for it are others than the section's. */
static bool
settle_cover(const struct settling *t, const struct domain_row *row,
             enum section s, struct manifest_section *of)
{
	bool *of_row = xcalloc(t->inputs + 1, sizeof(*of_row));
	struct coverage some = { 0 };

	for (size_t i = 0; row && i < row->inputs.count; i++)
		if (row->inputs.items[i] != NO_INPUT)
			of_row[row->inputs.items[i]] = true;
	for (size_t i = 0; !row && i < t->inputs; i++)
		of_row[i] = is_own(t, (uint32_t)i);
	coverage_select(&t->coverage[s], of_row, t->inputs, &some);
	asking_settle(of, &some, s);
	coverage_release(&some);
	free(of_row);
	if (!same_cover(of, &t->m->sections[s]))
		return true;
	name_set_release(&of->attributes);
	of->attributes = (struct name_set){ 0 };
	asking_release(of);
	of->partly = (struct partly_list){ 0 };
	of->evidence = NULL;
	of->all_attributes = false;
	return false;
}

static void
settle_section(const struct settling *t, const struct domain_entry *e,
               enum section s, struct manifest_domain *d)
{
	const struct domain_row *row = e ? row_at(t, e, s) : NULL;
	struct manifest_section *of = &d->sections[s];

	if (t->m->sections[s].state == SECTION_NOT_ASKED ||
	    !was_asked(t, row, d->is.forest, s))
		return;
	of->count = row ? row->objects : 0;
	settle_lacks(t, row, s, of);
	settle_state(t, d->is.forest, s, of);
	if (t->coverage && t->c->by_input)
		d->own_attributes[s] = settle_cover(t, row, s, of);
}

/* ---- all domains ---- */

static void
mark_inputs(const struct settling *t, const struct domain_entry *e, bool *of)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		const struct domain_row *row = row_at(t, e, (enum section)s);

		for (size_t i = 0; row && i < row->inputs.count; i++)
			if (row->inputs.items[i] != NO_INPUT)
				of[row->inputs.items[i]] = true;
	}
}

/* E is NULL for a domain that has no objects. */
static void
settle_domain(struct settling *t, const struct domain_entry *e,
              const char *name)
{
	struct manifest_domain *d = domain_list_add(t->out,
		&(struct snapshot_domain){
			.name = name,
			.forest = e ? NULL : forest_said(t, name),
		});

	/* An object without a name for its place makes no second domain. */
	t->alone = t->domains == 1 || (*name && t->named == 1);
	memset(t->own, 0, t->inputs * sizeof(*t->own));
	if (e) {
		settle_sid(t, e, d);
		settle_forest(t, e, d);
		mark_inputs(t, e, t->own);
	}
	for (int s = 0; s < SECTION_COUNT; s++)
		if (section_side((enum section)s) == SIDE_AD)
			settle_section(t, e, (enum section)s, d);
}

/* Domains whose servers were read are there, even if nothing was found. */
static void
settle_servers(struct settling *t)
{
	const struct json *j = json_first(json_get(t->m->servers, "servers"));

	for (; j; j = json_next(j)) {
		const char *dn = json_string(json_get(j, "domain"));
		struct buf name = { 0 };
		bool known = false;
		size_t tail;

		if (!dn)
			continue;
		partition_of(dn, &name, &tail);
		for (size_t i = 0; i < t->out->count && !known; i++)
			known = strcmp(t->out->items[i]->is.name,
			               buf_text(&name)) == 0;
		if (!known)
			settle_domain(t, NULL, buf_text(&name));
		buf_release(&name);
	}
}

static void
count_domains(struct settling *t)
{
	for (size_t i = 0; i < t->c->entry_count; i++) {
		const struct domain_entry *e = &t->c->entries[i];

		if (!is_domain(e) || !has_objects(t, e))
			continue;
		t->domains++;
		t->named += *e->name != '\0';
		mark_inputs(t, e, t->placed);
	}
}

void
domain_count_settle(const struct domain_count *c, const struct manifest *m,
                    const struct coverage *coverage, struct domain_list *out)
{
	struct settling t = {
		.c = c, .m = m, .coverage = coverage, .out = out,
		.inputs = c->input_total,
	};

	t.placed = xcalloc(t.inputs + 1, sizeof(*t.placed));
	t.own = xcalloc(t.inputs + 1, sizeof(*t.own));
	count_domains(&t);
	for (size_t i = 0; i < c->entry_count; i++)
		if (is_domain(&c->entries[i]) &&
		    has_objects(&t, &c->entries[i]))
			settle_domain(&t, &c->entries[i], c->entries[i].name);
	settle_servers(&t);
	domain_list_sort(out);
	free(t.placed);
	free(t.own);
}
