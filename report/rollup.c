/* One way through the forecast: each object counts in one row of each table. */
#include "report/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

static bool
is_row(const struct rollup_row *row, const char *name, const char *forest)
{
	if (!utf8_same_folded(row->name, name))
		return false;
	return row->forest && forest
		? utf8_same_folded(row->forest, forest)
		: row->forest == forest;
}

/* Names that differ only in letter case are one row, as in the directory. */
static struct rollup_row *
row_of(struct rollup *r, struct rollup_table *t, const char *name,
       const char *forest)
{
	uint64_t hash = hash_folded(name);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&t->by_name, hash, &at)) >= 0)
		if (is_row(&t->rows[i], name, forest))
			return &t->rows[i];
	hash_index_add(&t->by_name, hash, t->count);
	LIST_RESERVE(t->rows, t->room, t->count + 1);
	t->rows[t->count] = (struct rollup_row){
		.name = arena_strdup(&r->arena, name),
		.forest = forest ? arena_strdup(&r->arena, forest) : NULL,
	};
	return &t->rows[t->count++];
}

static void
add(struct rollup *r, enum rollup_by by, const char *name,
    const struct forecast *o)
{
	row_of(r, &r->tables[by], name, o->forest)->by[o->readiness]++;
}

uint64_t
rollup_objects(const struct rollup_row *row)
{
	uint64_t n = 0;

	for (int i = 0; i < READINESS_COUNT; i++)
		n += row->by[i];
	return n;
}

static int
by_weight(const void *a, const void *b)
{
	const struct rollup_row *x = a, *y = b;
	static const enum readiness order[] = {
		READINESS_BLOCKED, READINESS_WARNING, READINESS_NOT_KNOWN,
		READINESS_READY,
	};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (x->by[order[i]] != y->by[order[i]])
			return x->by[order[i]] > y->by[order[i]] ? -1 : 1;
	if (strcmp(x->name, y->name) != 0)
		return strcmp(x->name, y->name);
	return strcmp(x->forest ? x->forest : "", y->forest ? y->forest : "");
}

static void
finish(struct rollup *r)
{
	for (int i = 0; i < ROLLUP_COUNT; i++) {
		struct rollup_table *t = &r->tables[i];

		if (t->count)
			qsort(t->rows, t->count, sizeof(*t->rows), by_weight);
		hash_index_release(&t->by_name);
	}
}

/* Of objects without a DN. */
static const char nowhere[] = "(not known)";

int
rollup_fill(struct rollup *r, const struct findings *f, struct err *err)
{
	struct findings_reader *reader = forecast_read(f, err);
	struct buf domain = { 0 };
	struct forecast o;
	int rc = reader ? 1 : -1;

	*r = (struct rollup){ 0 };
	while (rc > 0 && (rc = forecast_skim(reader, &o, err)) > 0) {
		buf_clear(&domain);
		if (o.domain)
			buf_adds(&domain, o.domain);
		else if (o.dn)
			dn_domain(&domain, o.dn);
		if (f->forest_count < 2)
			o.forest = NULL;
		add(r, ROLLUP_CLASS, o.class, &o);
		add(r, ROLLUP_DOMAIN, domain.len || o.dn ? buf_text(&domain)
		    : nowhere, &o);
		add(r, ROLLUP_CONTAINER, o.dn ? dn_parent(o.dn) : nowhere, &o);
	}
	findings_reader_close(reader);
	buf_release(&domain);
	finish(r);
	return rc;
}

void
rollup_release(struct rollup *r)
{
	for (int i = 0; i < ROLLUP_COUNT; i++) {
		free(r->tables[i].rows);
		hash_index_release(&r->tables[i].by_name);
	}
	arena_release(&r->arena);
}
