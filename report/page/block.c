/*
 * Words, tables of names, rows, and the true counts, which are folded until
 * they are few enough: a place stands for what lies below it.
 */
#include "report/page/block.h"

#include <inttypes.h>
#include <stdlib.h>

#include "report/page/block_rows.h"
#include "report/page/choose.h"
#include "report/page/words.h"

/* The counts as the page has them. */
struct block_counts {
	struct cube findings, objects;
	uint32_t *numbers;       /* of places that are shown */
	size_t places;
};

static void
fold_cube(struct cube *to, const struct cube *from, const struct report_page *p,
          int place)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct cube_cell *c = &from->cells[i];
		uint32_t at[CUBE_SIDES];
		size_t cell;

		for (int s = 0; s < CUBE_SIDES; s++)
			at[s] = c->at[s];
		at[place] = p->places.items[at[place]].shown;
		cell = cube_at(to, at);
		to->cells[cell].count += c->count;
		to->cells[cell].more += c->more;
	}
}

static void
counts_release(struct block_counts *c)
{
	cube_release(&c->findings);
	cube_release(&c->objects);
	free(c->numbers);
	*c = (struct block_counts){ .places = 0 };
}

enum { OBJECT_PLACE = 2 };   /* side of the cube of objects */

static void
fold(struct block_counts *c, struct report_page *p)
{
	size_t most = PAGE_PLACES;

	for (;; most /= 2) {
		tree_fold(&p->places, most);
		fold_cube(&c->findings, &p->findings, p, SIDE_PLACE);
		fold_cube(&c->objects, &p->objects, p, OBJECT_PLACE);
		if (c->findings.count + c->objects.count <= PAGE_CELLS || !most)
			break;
		counts_release(c);
	}
	c->numbers = xcalloc(p->places.count + 1, sizeof(*c->numbers));
	for (size_t i = 0; i < p->places.count; i++)
		if (p->places.items[i].shown == i)
			c->numbers[i] = (uint32_t)c->places++;
}

static uint32_t
number_of(const struct block_counts *c, const struct report_page *p,
          uint32_t place)
{
	return c->numbers[p->places.items[place].shown];
}

/* ---- tables ---- */

static void
put_places(struct buf *out, const struct report_page *p,
           const struct block_counts *c)
{
	const struct place_tree *t = &p->places;

	buf_adds(out, ",\"places\":[");
	for (size_t i = 0; i < t->count; i++) {
		struct buf path = { 0 };

		if (t->items[i].shown != i)
			continue;
		tree_path(t, (uint32_t)i, &path);
		if (out->data[out->len - 1] != '[')
			buf_addc(out, ',');
		buf_addc(out, '[');
		block_text(out, buf_text(&path));
		if (t->items[i].parent == PLACE_NONE)
			buf_adds(out, ",-1]");
		else
			buf_addf(out, ",%" PRIu32 "]",
			         number_of(c, p, t->items[i].parent));
		buf_release(&path);
	}
	buf_addc(out, ']');
}

static void
put_rules(struct buf *out, const struct report_page *p)
{
	buf_adds(out, ",\"rules\":[");
	for (size_t i = 0; i < p->f->rule_count; i++) {
		buf_adds(out, i ? ",[" : "[");
		block_text(out, p->f->rules[i].id);
		block_text(out, p->f->rules[i].title);
		buf_addc(out, ']');
	}
	buf_addc(out, ']');
}

static void
put_causes(struct buf *out, const struct report_page *p)
{
	buf_adds(out, ",\"causes\":[");
	for (size_t i = 0; i < p->causes.count; i++) {
		buf_adds(out, i ? ",[" : "[");
		block_text(out, p->causes.items[i].id);
		block_text(out, p->causes.items[i].title);
		buf_addc(out, ']');
	}
	buf_adds(out, p->causes.count ? ",[" : "[");
	block_text(out, "");
	block_text(out, page_word("otherCauses"));
	buf_adds(out, "]]");
}

static void
put_tables(struct buf *out, const struct report_page *p)
{
	block_list(out, "kinds", p->kinds.items, p->kinds.count);
	block_list(out, "attrs", p->attributes.items, p->attributes.count);
	block_list(out, "exps", p->wanted.items, p->wanted.count);
	block_list(out, "fixes", p->fixes.items, p->fixes.count);
	put_rules(out, p);
	put_causes(out, p);
}

/* ---- rows and counts ---- */

static void
put_objects(struct buf *out, const struct report_page *p,
            const struct block_counts *c)
{
	buf_adds(out, ",\"o\":[");
	for (size_t i = 0; i < p->chosen.count; i++) {
		const struct page_object *o = &p->chosen.items[i];

		buf_addf(out, "%s[%" PRIu32, i ? ",\n" : "",
		         number_of(c, p, o->place));
		buf_add(out, o->json, o->len);
	}
	buf_addc(out, ']');
}

static void
put_rows(struct buf *out, const struct report_page *p,
         const struct block_counts *c,
         const struct chosen_rows *rows)
{
	buf_adds(out, ",\"f\":[");
	for (size_t i = 0; i < rows->count; i++) {
		const struct page_row *row = rows->items[i].row;

		buf_addf(out, "%s[%" PRIu32 ",%" PRIu32 "%s", i ? ",\n" : "",
		         p->found[row->object].row - 1,
		         number_of(c, p, row->sides[SIDE_PLACE]),
		         rows->items[i].json);
	}
	buf_addc(out, ']');
}

static void
put_cube(struct buf *out, const struct report_page *p,
         const struct block_counts *c)
{
	buf_adds(out, ",\"cube\":[");
	for (size_t i = 0; i < c->findings.count; i++) {
		const struct cube_cell *cell = &c->findings.cells[i];

		for (int s = 0; s < CUBE_SIDES; s++)
			block_number(out, s == SIDE_PLACE
			            ? number_of(c, p, cell->at[s])
			            : cell->at[s]);
		block_number(out, cell->count);
		block_number(out, cell->more);
	}
	buf_adds(out, "],\"ocube\":[");
	for (size_t i = 0; i < c->objects.count; i++) {
		const struct cube_cell *cell = &c->objects.cells[i];

		block_number(out, cell->at[0]);
		block_number(out, cell->at[1]);
		block_number(out, number_of(c, p, cell->at[OBJECT_PLACE]));
		block_number(out, cell->count);
	}
	buf_addc(out, ']');
}

void
block_put(struct buf *out, struct report_page *p)
{
	struct chosen_rows rows = { .count = 0 };
	struct block_counts counts = { .places = 0 };

	choose_rows(&rows, p);
	fold(&counts, p);
	buf_adds(out, "{\"v\":1");
	words_put(out, p);
	buf_addf(out, ",\"totals\":[%" PRIu64 ",%" PRIu64 ",%zu],\"cap\":%d",
	         p->number, p->object_total, p->change_count, PAGE_ROWS);
	put_tables(out, p);
	put_places(out, p, &counts);
	put_objects(out, p, &counts);
	put_rows(out, p, &counts, &rows);
	put_cube(out, p, &counts);
	buf_addc(out, '}');
	counts_release(&counts);
	chosen_release(&rows);
}
