/*
 * The order of changes. One that gives up a value comes before the one that
 * gives it to another object, in a file as among files; where that goes round
 * in a circle, or who has the value keeps it, the latter is refused.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "report/repair/changes.h"

/* A chain that is longer is taken for a circle. */
enum { CHAIN_MAX = 1000 };

#define WHY_KEPT "another object has to give up the value first, and that " \
	"change is not made here"
#define WHY_CIRCLE "objects wait for each other's values: no order of the " \
	"changes gives each up before it is given away"
#define WHY_MANY "left out: --max-changes allows no more in one run"

/* FROM gives up what TO gets. */
struct change_wait {
	size_t from, to;
};

/* What is put into an order: files, or the changes of one. */
enum visit { VISIT_NOT_YET, VISIT_NOW, VISIT_DONE };

struct change_ordering {
	struct repair_plan *p;
	struct change_wait *edges;
	size_t count, room;
	struct hash_index gives_up;      /* changes, by the value */
	struct hash_index by_change, by_file;    /* edges, by TO */
	size_t *order;           /* live changes, by file */
	size_t live;
	enum visit *changes, *files;
	size_t *sorted;          /* the changes as they come */
	size_t sorted_count;
	size_t *file_order, file_count;
};

static uint64_t
number_hash(size_t number)
{
	return hash_bytes(&number, sizeof(number));
}

static bool
is_live(const struct repair_plan *p, size_t i)
{
	return p->changes[i].into == i && !p->changes[i].refused;
}

/* ---- who waits for whom ---- */

/* The values that a change takes away, or those that it brings. */
enum part_side { OF_OLD, OF_NEW };

static bool
has_key(struct repair_plan *p, const struct repair_change *c, const char *key,
        enum part_side of)
{
	for (const struct repair_part *q = c->parts; q; q = q->next) {
		const char *one = change_key(&p->arena, q->attribute,
		                             of == OF_OLD ? q->old : q->new);

		if (one && strcmp(one, key) == 0)
			return true;
	}
	return false;
}

static void
note_values(struct change_ordering *o, size_t i)
{
	struct repair_plan *p = o->p;
	const struct repair_change *c = &p->changes[i];

	for (const struct repair_part *q = c->parts; q; q = q->next) {
		const char *key = change_key(&p->arena, q->attribute, q->old);

		if (key && !has_key(p, c, key, OF_NEW))
			hash_index_add(&o->gives_up, hash_text(key), i);
	}
}

static bool
is_kept_by_other(const struct repair_plan *p, const char *key)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&p->given_up, hash_text(key), &at)) >= 0)
		if (strcmp(p->given_texts[i], key) == 0)
			return true;
	return false;
}

static void
add_edge(struct change_ordering *o, size_t from, size_t to)
{
	LIST_RESERVE(o->edges, o->room, o->count + 1);
	o->edges[o->count++] = (struct change_wait){ from, to };
}

static void
wait_for(struct change_ordering *o, size_t to, const char *key)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	if (is_kept_by_other(o->p, key))
		o->p->changes[to].refused = WHY_KEPT;
	while ((i = hash_index_next(&o->gives_up, hash_text(key), &at)) >= 0)
		if ((size_t)i != to &&
		    has_key(o->p, &o->p->changes[i], key, OF_OLD))
			add_edge(o, (size_t)i, to);
}

/* All that are no part of another: a refused one keeps its values. */
static void
find_edges(struct change_ordering *o)
{
	struct repair_plan *p = o->p;

	for (size_t i = 0; i < p->count; i++)
		note_values(o, i);
	for (size_t i = 0; i < p->count; i++) {
		const struct repair_change *c = &p->changes[i];

		for (const struct repair_part *q = c->parts; q; q = q->next) {
			const char *key = change_key(&p->arena, q->attribute,
			                             q->new);

			if (key && !has_key(p, c, key, OF_OLD))
				wait_for(o, i, key);
		}
	}
	for (size_t i = 0; i < o->count; i++)
		hash_index_add(&o->by_change, number_hash(o->edges[i].to), i);
}

/* Who waits for what is not made is not made either. */
static void
spread(struct change_ordering *o)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < o->count; i++) {
			const struct change_wait *e = &o->edges[i];

			if (!o->p->changes[e->from].refused ||
			    o->p->changes[e->to].refused)
				continue;
			o->p->changes[e->to].refused = WHY_KEPT;
			more = true;
		}
	}
}

/* ---- files ---- */

/* A change by the file that it belongs in. */
struct filed {
	size_t cause, number;
	const char *domain;
};

static bool
shares_file(const struct filed *a, const struct filed *b)
{
	return a->cause == b->cause && strcmp(a->domain, b->domain) == 0;
}

static int
by_file(const void *a, const void *b)
{
	const struct filed *x = a, *y = b;
	int by;

	if (x->cause != y->cause)
		return x->cause < y->cause ? -1 : 1;
	by = strcmp(x->domain, y->domain);
	return by ? by : x->number < y->number ? -1 : 1;
}

static void
sort_by_file(struct change_ordering *o, struct filed *all)
{
	struct repair_plan *p = o->p;

	for (size_t i = 0; i < p->count; i++) {
		const struct repair_change *c = &p->changes[i];

		if (is_live(p, i))
			all[o->live++] = (struct filed){
				c->cause, i, c->domain ? c->domain : "",
			};
	}
	if (o->live)
		qsort(all, o->live, sizeof(*all), by_file);
}

/* Every live change gets its file. */
static void
make_files(struct change_ordering *o)
{
	struct repair_plan *p = o->p;
	struct filed *all = arena_alloc(&p->arena,
	                                (p->count + 1) * sizeof(*all));
	size_t n = 0;

	sort_by_file(o, all);
	o->order = arena_alloc(&p->arena, (o->live + 1) * sizeof(*o->order));
	p->files = arena_alloc(&p->arena, (o->live + 1) * sizeof(*p->files));
	for (size_t i = 0; i < o->live; i++) {
		struct repair_change *c = &p->changes[all[i].number];

		o->order[i] = all[i].number;
		if (!i || !shares_file(&all[i], &all[i - 1]))
			p->files[n++] = (struct repair_file){
				.cause = c->cause, .domain = c->domain,
				.changes = &o->order[i],
			};
		c->file = n - 1;
		p->files[n - 1].count++;
	}
	p->file_count = n;
	for (size_t i = 0; i < o->count; i++)
		if (is_live(p, o->edges[i].from) && is_live(p, o->edges[i].to))
			hash_index_add(&o->by_file, number_hash(
				p->changes[o->edges[i].to].file), i);
}

static void
visit_file(struct change_ordering *o, size_t file, unsigned depth)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	o->files[file] = VISIT_NOW;
	while ((i = hash_index_next(&o->by_file, number_hash(file),
	                            &at)) >= 0) {
		const struct change_wait *e = &o->edges[i];
		size_t other = o->p->changes[e->from].file;

		if (o->p->changes[e->to].file != file || other == file ||
		    o->files[other] == VISIT_DONE)
			continue;
		if (o->files[other] == VISIT_NOW || depth > CHAIN_MAX)
			o->p->changes[e->to].refused = WHY_CIRCLE;
		else
			visit_file(o, other, depth + 1);
	}
	o->files[file] = VISIT_DONE;
	o->file_order[o->file_count++] = file;
}

/* ---- the changes of a file ---- */

static void
visit_change(struct change_ordering *o, size_t change, unsigned depth)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	o->changes[change] = VISIT_NOW;
	while ((i = hash_index_next(&o->by_change, number_hash(change),
	                            &at)) >= 0) {
		const struct change_wait *e = &o->edges[i];

		if (e->to != change || !is_live(o->p, e->from) ||
		    o->p->changes[e->from].file != o->p->changes[change].file ||
		    o->changes[e->from] == VISIT_DONE)
			continue;
		if (o->changes[e->from] == VISIT_NOW || depth > CHAIN_MAX)
			o->p->changes[change].refused = WHY_CIRCLE;
		else
			visit_change(o, e->from, depth + 1);
	}
	o->changes[change] = VISIT_DONE;
	o->sorted[o->sorted_count++] = change;
}

static void
sort_file(struct change_ordering *o, struct repair_file *f)
{
	const size_t *first = o->sorted + o->sorted_count;

	for (size_t i = 0; i < f->count; i++)
		if (o->changes[f->changes[i]] == VISIT_NOT_YET)
			visit_change(o, f->changes[i], 0);
	f->changes = first;
}

static void
sort_all(struct change_ordering *o)
{
	struct repair_plan *p = o->p;

	o->changes = xcalloc(p->count + 1, sizeof(*o->changes));
	o->files = xcalloc(p->file_count + 1, sizeof(*o->files));
	o->file_order = xcalloc(p->file_count + 1, sizeof(*o->file_order));
	o->sorted = arena_alloc(&p->arena, (o->live + 1) * sizeof(*o->sorted));
	for (size_t i = 0; i < p->file_count; i++)
		if (o->files[i] == VISIT_NOT_YET)
			visit_file(o, i, 0);
	spread(o);
	for (size_t i = 0; i < p->file_count; i++)
		sort_file(o, &p->files[i]);
	spread(o);
}

/* ---- what is written ---- */

/* The file's changes that are; no more than are left of MAX. */
static void
count_written(struct repair_plan *p, struct repair_file *f, uint64_t max)
{
	size_t *kept = arena_alloc(&p->arena, (f->count + 1) * sizeof(*kept));
	size_t n = 0;

	for (size_t i = 0; i < f->count; i++) {
		struct repair_change *c = &p->changes[f->changes[i]];

		if (c->refused)
			continue;
		if (p->written == max) {
			c->refused = WHY_MANY;
			p->left++;
			continue;
		}
		p->written++;
		kept[n++] = f->changes[i];
	}
	f->changes = kept;
	f->count = n;
}

/* A part of a file's name: what every system allows in one. */
static void
put_part(struct buf *out, const char *text)
{
	enum { PART_MAX = 80 };

	for (size_t i = 0; text[i] && i < PART_MAX; i++) {
		char c = text[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		             (c >= 'A' && c <= 'Z') || c == '-' ||
		             (c == '.' && i && text[i + 1]);

		buf_addc(out, plain ? c : '_');
	}
}

static void
name_files(struct repair_plan *p)
{
	int width = 2;

	for (size_t n = p->file_count; n >= 100; n /= 10)
		width++;
	for (size_t i = 0; i < p->file_count; i++) {
		struct repair_file *f = &p->files[i];
		struct buf out = { 0 };

		buf_addf(&out, "%0*zu-", width, i + 1);
		put_part(&out, p->causes[f->cause].rule);
		buf_addc(&out, '-');
		put_part(&out, f->domain ? f->domain : "no-domain");
		f->name = arena_strdup(&p->arena, out.data);
		buf_release(&out);
	}
}

static void
take_written(struct change_ordering *o, uint64_t max)
{
	struct repair_plan *p = o->p;
	struct repair_file *files = arena_alloc(
		&p->arena, (p->file_count + 1) * sizeof(*files));
	size_t n = 0;

	for (size_t i = 0; i < o->file_count; i++) {
		files[n] = p->files[o->file_order[i]];
		count_written(p, &files[n], max);
		n += files[n].count > 0;
	}
	p->files = files;
	p->file_count = n;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i].count; k++)
			p->changes[files[i].changes[k]].file = i;
	name_files(p);
}

void
changes_order(struct repair_plan *p, uint64_t max)
{
	struct change_ordering o = { .p = p };

	find_edges(&o);
	spread(&o);
	make_files(&o);
	sort_all(&o);
	take_written(&o, max);
	hash_index_release(&o.gives_up);
	hash_index_release(&o.by_change);
	hash_index_release(&o.by_file);
	free(o.edges);
	free(o.changes);
	free(o.files);
	free(o.file_order);
}
