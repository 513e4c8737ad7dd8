/* Counts what inputs have, and tells the snapshot of it. */
#include "collect/import/claim.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/dn.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/snapshot/snapshot.h"

enum { NAMES_MAX = 2000 };       /* of properties in contexts */

struct claims {
	enum empties empties;
	char **files;            /* the names of all inputs */
	size_t file_count, file_room;
	enum tool tool;          /* of the file at hand */
	struct claim **items;
	size_t count, room;
	struct claim *now[SECTION_COUNT];    /* of the file at hand */
	enum synchronizes tenant;
	char *domain;            /* "DC=contoso,DC=com", or NULL */
};

struct claims *
claims_new(enum empties empties)
{
	struct claims *c = xcalloc(1, sizeof(*c));

	c->empties = empties;
	return c;
}

void
claims_free(struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		name_set_release(&c->items[i]->names);
		name_set_release(&c->items[i]->context);
		free(c->items[i]->valued);
		free(c->items[i]->listed);
		free(c->items[i]->pending);
		free(c->items[i]);
	}
	for (size_t i = 0; i < c->file_count; i++)
		free(c->files[i]);
	free(c->items);
	free(c->files);
	free(c->domain);
	free(c);
}

size_t
claims_file(struct claims *c, const char *name, const char *kind,
            const char *head, size_t len)
{
	LIST_RESERVE(c->files, c->file_room, c->file_count + 1);
	c->files[c->file_count++] = xstrdup(name);
	c->tool = tool_of_file(kind, head, len);
	memset(c->now, 0, sizeof(c->now));
	return c->file_count - 1;
}

/* What the file at hand has of the section. */
static struct claim *
claim_of(struct claims *c, enum section s)
{
	struct claim *one;

	if (c->now[s])
		return c->now[s];
	one = xcalloc(1, sizeof(*one));
	*one = (struct claim){
		.input = c->files[c->file_count - 1],
		.number = c->file_count - 1, .section = s,
		.tool = tool_of_section(c->tool, s),
		.valued = xcalloc(reads_count(), sizeof(*one->valued)),
		.listed = xcalloc(reads_count(), sizeof(*one->listed)),
	};
	one->pending = xcalloc(reads_count(), sizeof(*one->pending));
	for (size_t i = 0; i < reads_count(); i++)
		if (section_set_has(&reads_at(i)->sections, s))
			one->pending[one->pending_count++] = i;
	LIST_RESERVE(c->items, c->room, c->count + 1);
	c->items[c->count++] = one;
	c->now[s] = one;
	return one;
}

/* The large exports of AD need no count: an empty field is none. */
static bool
is_counted(const struct claim *one)
{
	return tool_shows_unasked(one->tool) ||
	       section_side(one->section) == SIDE_TENANT;
}

static bool
is_true(const struct record *r, const char *name)
{
	long at = record_find(r, name);

	return at >= 0 && record_values(r, (size_t)at) &&
	       strcasecmp(record_value(r, (size_t)at, 0).data, "true") == 0;
}

/* "Get organization": null where it never was synchronized. */
static void
ask_organization(struct claims *c, const struct record *r)
{
	static const char name[] = "onPremisesSyncEnabled";

	if (is_true(r, name))
		c->tenant = SYNCHRONIZES;
	else if (record_find(r, name) >= 0 && c->tenant != SYNCHRONIZES)
		c->tenant = SYNCHRONIZES_NOT;
}

/* It becomes part of a command: of nothing that a shell could read. */
static void
note_domain(struct claims *c, const char *dn)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=,.-";
	const char *at = dn ? strcasestr(dn, ",DC=") : NULL;

	/* The first object is often the domain itself. */
	at = dn && dn_first_is(dn, "DC") ? dn : at ? at + 1 : NULL;
	if (at && strspn(at, plain) == strlen(at))
		c->domain = xstrdup(at);
}

/* What no object had so far; soon that is little. */
static void
look_for(struct claim *one, const struct record *r)
{
	size_t left = 0;

	for (size_t i = 0; i < one->pending_count; i++) {
		size_t row = one->pending[i];
		long at = record_find(r, reads_at(row)->name);

		if (at >= 0 && record_values(r, (size_t)at)) {
			one->valued[row] = true;
			continue;
		}
		one->listed[row] = one->listed[row] ||
			(at >= 0 && record_shape(r, (size_t)at) == SHAPE_LIST);
		one->pending[left++] = row;
	}
	one->pending_count = left;
}

void
claims_put(struct claims *c, enum section s, const struct record *r)
{
	struct claim *one = claim_of(c, s);

	one->objects++;
	if (!c->domain && section_side(s) == SIDE_AD)
		note_domain(c, record_text(r, AD_DN));
	if (s == TENANT_ORGANIZATION)
		ask_organization(c, r);
	if (!is_counted(one))
		return;
	look_for(one, r);
	one->synced = one->synced || (section_side(s) == SIDE_TENANT &&
	                              is_true(r, "onPremisesSyncEnabled"));
}

/* "...#users(id,mail,manager())": what is between the parentheses. */
static void
take_context(struct claim *one, const char *context)
{
	const char *at = strchr(context, '#'), *end;

	at = at ? strchr(at, '(') : NULL;
	for (; at && *at && *at != ')' && one->context.count < NAMES_MAX;
	     at = end) {
		char *name;

		at++;
		end = at + strcspn(at, ",()");
		name = xstrndup(at, (size_t)(end - at));
		name_set_add(&one->context, name);
		free(name);
	}
}

void
claims_page(struct claims *c, enum section s, const struct page *p)
{
	struct claim *one = claim_of(c, s);

	if (!p->context)
		return;
	one->is_answer = true;
	take_context(one, p->context);
}

void
claims_cover(struct claims *c, enum section s, enum cover cover,
             const char *const *names, size_t n, enum claim_by by)
{
	struct claim *one = claim_of(c, s);

	one->covered = true;
	one->cover = by == CLAIM_BY_WORD ? COVER_ALL : cover;
	one->by_word = by == CLAIM_BY_WORD;
	for (size_t i = 0; i < n; i++)
		name_set_add(&one->names, names[i]);
}

static bool
same_names(const struct name_set *a, const struct name_set *b)
{
	for (size_t i = 0; i < a->count && a->count == b->count; i++)
		if (strcasecmp(a->names[i], b->names[i]) != 0)
			return false;
	return a->count == b->count;
}

/* Whether they come of one question, as the pages of an answer do. */
static bool
is_alike(const struct claim *a, const struct claim *b)
{
	return a->section == b->section && a->tool == b->tool &&
	       a->is_answer == b->is_answer &&
	       same_names(&a->names, &b->names) &&
	       same_names(&a->context, &b->context);
}

static void
join(bool *to, const bool *from)
{
	for (size_t i = 0; i < reads_count(); i++)
		to[i] = to[i] || from[i];
}

/* What one page shows holds for all: into the first, and from there. */
static void
share(struct claims *c)
{
	for (size_t i = 0; i < c->count; i++) {
		struct claim *one = c->items[i], *first = NULL;

		for (size_t k = 0; k < i && !first; k++)
			if (is_alike(c->items[k], one))
				first = c->items[k];
		one->first = first ? first : one;
		if (!first)
			continue;
		join(first->valued, one->valued);
		join(first->listed, one->listed);
		first->synced = first->synced || one->synced;
		first->objects += one->objects;
	}
}

/* What it says by itself; empty fields may say less. */
static enum asked_by
usual_evidence(const struct claim *one)
{
	if (one->by_word)
		return ASKED_BY_WORD;
	if (one->cover == COVER_ALL)
		return ASKED_BY_EVERYTHING;
	if (one->tool == TOOL_LDAPSEARCH && one->cover == COVER_LISTED)
		return ASKED_BY_REQUEST;
	return one->cover == COVER_SEEN || one->tool == TOOL_GRAPH
		? ASKED_BY_VALUES : ASKED_BY_COLUMNS;
}

static bool
was_asked(const struct claims *c, const struct claim *one, const char *name,
          enum asked_by *by)
{
	const struct claim *first = one->first;
	const struct reads *r = reads_find(one->section, name);

	if (!r || !first->objects || !is_counted(one) ||
	    one->cover != COVER_LISTED || first->valued[reads_number(r)])
		return true;
	if (c->empties == EMPTIES_ARE_NONE) {
		*by = ASKED_BY_WORD;
		return true;
	}
	return empty_is_none(first, r, c->tenant, by);
}

static void
tell(const struct claims *c, struct claim *one,
     struct snapshot_writer *w)
{
	size_t n = one->names.count, kept = 0;
	const char **names = xcalloc(n + 1, sizeof(*names));
	enum asked_by *each = xcalloc(n + 1, sizeof(*each));
	enum asked_by usual = usual_evidence(one);

	for (size_t i = 0; i < n; i++) {
		each[kept] = usual;
		names[kept] = one->names.names[i];
		/* Values that were lost were asked for. */
		kept += snapshot_written_lack(w, one->section, names[kept]) ||
		        was_asked(c, one, names[kept], &each[kept]);
	}
	one->doubted = kept < n;
	snapshot_cover_told(w, &(struct snapshot_told){
		.section = one->section, .input = one->input,
		.number = one->number,
		.cover = one->cover, .names = names, .count = kept,
		.evidence = usual, .each = each,
	});
	free(names);
	free(each);
}

/* Servers as Exchange's cmdlet tells them, not as AD has them. */
static bool
is_server_list(const struct claim *one)
{
	return one->section == AD_EXCHANGE &&
	       name_set_has(&one->names, "AdminDisplayVersion");
}

/*
 * Whether it lists what another input has, too: what that was asked for is not
 * less for the list beside it, which has other words.
 */
static bool
is_beside(const struct claims *c, const struct claim *one)
{
	for (size_t i = 0; is_server_list(one) && i < c->count; i++)
		if (c->items[i]->section == AD_EXCHANGE &&
		    c->items[i]->covered && !is_server_list(c->items[i]))
			return true;
	return false;
}

void
claims_settle(struct claims *c, struct snapshot_writer *w)
{
	share(c);
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i]->covered && !is_beside(c, c->items[i]))
			tell(c, c->items[i], w);
}

const struct claim *
claims_of(const struct claims *c, enum section s)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i]->section == s && c->items[i]->covered)
			return c->items[i];
	return NULL;
}

size_t
claims_count(const struct claims *c, enum section s)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += c->items[i]->section == s && c->items[i]->covered;
	return n;
}

bool
claims_doubt(const struct claims *c, enum section s)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->items[i]->section == s && c->items[i]->doubted)
			return true;
	return false;
}

const char *
claims_domain(const struct claims *c)
{
	return c->domain;
}
