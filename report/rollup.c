/* Adding up readiness. */
#include "report/rollup.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/checksum.h"
#include "base/dn.h"
#include "base/list.h"
#include "base/utf8.h"

enum { FIRST_SLOTS = 64 };

/* Names that differ only in letter case are one row, as in the directory. */
static uint32_t *
slot_of(const struct rollup_table *t, const char *name)
{
	struct buf folded = { 0 };
	size_t at;

	utf8_fold(&folded, name, strlen(name));
	at = checksum_short(buf_text(&folded), folded.len) &
	     (t->slot_count - 1);
	buf_release(&folded);
	while (t->slots[at] &&
	       !utf8_same_folded(t->rows[t->slots[at] - 1].name, name))
		at = (at + 1) & (t->slot_count - 1);
	return &t->slots[at];
}

static void
grow_slots(struct rollup_table *t)
{
	t->slot_count = t->slot_count ? 2 * t->slot_count : FIRST_SLOTS;
	free(t->slots);
	t->slots = xcalloc(t->slot_count, sizeof(*t->slots));
	for (size_t i = 0; i < t->count; i++)
		*slot_of(t, t->rows[i].name) = (uint32_t)i + 1;
}

static void
add(struct rollup *r, enum rollup_by by, const char *name,
    enum readiness readiness)
{
	struct rollup_table *t = &r->tables[by];
	uint32_t *slot;

	if (2 * t->count >= t->slot_count)
		grow_slots(t);
	slot = slot_of(t, name);
	if (!*slot) {
		LIST_RESERVE(t->rows, t->room, t->count + 1);
		t->rows[t->count++] = (struct rollup_row){
			.name = arena_strdup(&r->arena, name),
		};
		*slot = (uint32_t)t->count;
	}
	t->rows[*slot - 1].by[readiness]++;
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
		READINESS_BLOCKED, READINESS_WARNING, READINESS_READY,
	};

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (x->by[order[i]] != y->by[order[i]])
			return x->by[order[i]] > y->by[order[i]] ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void
finish(struct rollup *r)
{
	for (int i = 0; i < ROLLUP_COUNT; i++) {
		struct rollup_table *t = &r->tables[i];

		if (t->count)
			qsort(t->rows, t->count, sizeof(*t->rows), by_weight);
		free(t->slots);
		t->slots = NULL;
	}
}

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
		dn_domain(&domain, o.dn);
		add(r, ROLLUP_CLASS, o.class, o.readiness);
		add(r, ROLLUP_DOMAIN, buf_text(&domain), o.readiness);
		add(r, ROLLUP_CONTAINER, dn_parent(o.dn), o.readiness);
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
		free(r->tables[i].slots);
	}
	arena_release(&r->arena);
}
