/*
 * Words, tables of names, rows, and the true counts, which are folded until
 * they are few enough: a place stands for what lies below it.
 */
#include "report/page/block.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "report/page/block_rows.h"
#include "report/page/choose.h"
#include "report/page/words.h"

/* What the block is printed by. */
struct block_counts {
	uint32_t *numbers;       /* of places that are shown */
	size_t places;
};

/* Cells of FROM, with the place that stands for theirs; false: too many. */
static bool
fold_cube(struct cube *to, const struct cube *from,
          const struct report_page *p, int place, size_t most)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct cube_cell *c = &from->cells[i];
		uint32_t at[CUBE_SIDES];
		size_t cell;

		memcpy(at, c->at, sizeof(at));
		at[place] = p->places.items[at[place]].shown;
		cell = cube_at(to, at);
		to->cells[cell].count += c->count;
		to->cells[cell].more += c->more;
		if (to->count > PAGE_CELLS && most)
			return false;
	}
	return true;
}

enum { OBJECT_PLACE = 2 };   /* side of the cube of objects */

/* In the place of what was counted: nothing finer is asked for. */
static bool
fold_once(struct report_page *p, size_t most)
{
	struct cube findings = { .count = 0 }, objects = { .count = 0 };
	bool fits;

	tree_fold(&p->places, most);
	fits = fold_cube(&findings, &p->findings, p, SIDE_PLACE, most) &&
	       fold_cube(&objects, &p->objects, p, OBJECT_PLACE, most);
	if (!fits) {
		cube_release(&findings);
		cube_release(&objects);
		return false;
	}
	cube_release(&p->findings);
	cube_release(&p->objects);
	/* No cell is looked for any more. */
	slim_index_release(&findings.by_sides);
	slim_index_release(&objects.by_sides);
	p->findings = findings;
	p->objects = objects;
	return true;
}

static void
fold(struct block_counts *c, struct report_page *p)
{
	size_t most = PAGE_PLACES;

	while (!fold_once(p, most))
		most /= 2;
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

/*
 * Cells as one text, sorted by their sides as digits of one number: what each
 * is more than the one before, in base 36, then ".COUNT.MORE" unless these are
 * 1 and 0. A tenth of what an array of numbers would take.
 */
struct packed_cell {
	uint64_t key;
	uint32_t count, more;
};

static int
by_key(const void *a, const void *b)
{
	const struct packed_cell *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

static void
put_base36(struct buf *out, uint64_t n)
{
	char digits[16];
	size_t len = sizeof(digits);

	do {
		digits[--len] = "0123456789abcdefghijklmnopqrstuvwxyz"[n % 36];
		n /= 36;
	} while (n);
	buf_add(out, digits + len, sizeof(digits) - len);
}

static void
put_packed(struct buf *out, struct packed_cell *cells, size_t n)
{
	uint64_t before = 0;

	if (n)
		qsort(cells, n, sizeof(*cells), by_key);
	buf_addc(out, '"');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_addc(out, ' ');
		put_base36(out, cells[i].key - before);
		before = cells[i].key;
		if (cells[i].count == 1 && !cells[i].more)
			continue;
		buf_addc(out, '.');
		put_base36(out, cells[i].count);
		buf_addc(out, '.');
		put_base36(out, cells[i].more);
	}
	buf_addc(out, '"');
}

/* How many values each side has: the script reads the digits by them. */
static void
put_cube(struct buf *out, const struct report_page *p,
         const struct block_counts *c, const struct cube *cube, int place,
         const char *key, const size_t *bases, size_t sides)
{
	struct packed_cell *cells = xcalloc(cube->count + 1, sizeof(*cells));

	for (size_t i = 0; i < cube->count; i++) {
		const struct cube_cell *from = &cube->cells[i];

		cells[i] = (struct packed_cell){
			.count = from->count, .more = from->more
		};
		for (size_t s = 0; s < sides; s++)
			cells[i].key = cells[i].key * bases[s] +
				((int)s == place ? number_of(c, p, from->at[s])
				 : from->at[s]);
	}
	buf_addf(out, ",\"%sBases\":[", key);
	for (size_t s = 0; s < sides; s++)
		block_number(out, bases[s]);
	buf_addf(out, "],\"%s\":", key);
	put_packed(out, cells, cube->count);
	free(cells);
}

static void
put_cubes(struct buf *out, const struct report_page *p,
          const struct block_counts *c)
{
	const size_t findings[CUBE_SIDES] = {
		[SIDE_RULE] = p->f->rule_count,
		[SIDE_CAUSE] = p->causes.count + 1,
		[SIDE_SEVERITY] = SEVERITY_COUNT, [SIDE_STATUS] = STATUS_COUNT,
		[SIDE_AGE] = ROW_AGES, [SIDE_KIND] = p->kinds.count,
		[SIDE_PLACE] = c->places, [SIDE_WHERE] = AUTHORITY_COUNT + 1,
	};
	const size_t objects[] = { READY_STATES, p->kinds.count, c->places };

	put_cube(out, p, c, &p->findings, SIDE_PLACE, "cube", findings,
	         CUBE_SIDES);
	put_cube(out, p, c, &p->objects, OBJECT_PLACE, "ocube", objects, 3);
}

/* What is printed goes, so that little is held. */
static void
flush(struct outfile *out, struct buf *text, size_t *written)
{
	outfile_add(out, buf_text(text), text->len);
	*written += text->len;
	buf_clear(text);
}

void
block_put(struct outfile *out, struct report_page *p, size_t written)
{
	struct chosen_rows rows = { .count = 0 };
	struct block_counts counts = { .places = 0 };
	struct buf text = { 0 };

	fold(&counts, p);
	buf_adds(&text, "{\"v\":1");
	words_put(&text, p);
	buf_addf(&text, ",\"totals\":[%" PRIu64 ",%" PRIu64 ",%zu]", p->number,
	         p->object_total, p->change_count);
	put_places(&text, p, &counts);
	put_cubes(&text, p, &counts);
	flush(out, &text, &written);
	rows.most = written < PAGE_WHOLE ? PAGE_WHOLE - written : 0;
	rows.most = rows.most < PAGE_BYTES ? rows.most : PAGE_BYTES;
	choose_rows(&rows, p);
	put_tables(&text, p);
	flush(out, &text, &written);
	put_objects(&text, p, &counts);
	flush(out, &text, &written);
	put_rows(&text, p, &counts, &rows);
	buf_addc(&text, '}');
	flush(out, &text, &written);
	buf_release(&text);
	free(counts.numbers);
	chosen_release(&rows);
}
