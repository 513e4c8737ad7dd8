/* First some of every rule and what is waived, then the worst of the rest. */
#include "report/page/choose.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "report/page/block_rows.h"

static struct page_object *
object_of(struct report_page *p, const struct page_row *row)
{
	uint32_t at = p->found[row->object].row;

	return at ? &p->chosen.items[at - 1] : NULL;
}

/* False: the page is full. */
static bool
choose(struct chosen_rows *c, struct report_page *p, const struct page_row *row)
{
	struct page_object *o = object_of(p, row);
	struct buf json = { 0 };
	size_t bytes;

	if (!o)
		return true;
	block_put_row(&json, p, row);
	bytes = json.len + (o->used ? 0 : o->len);
	if (c->bytes + bytes > c->most || c->count == PAGE_ROWS) {
		buf_release(&json);
		return false;
	}
	c->bytes += bytes;
	o->used = true;
	LIST_RESERVE(c->items, c->room, c->count + 1);
	c->items[c->count++] = (struct chosen_row){
		row, xstrndup(json.data, json.len)
	};
	buf_release(&json);
	return true;
}

static int
by_severity(const void *a, const void *b)
{
	const struct page_row *x = ((const struct chosen_row *)a)->row;
	const struct page_row *y = ((const struct chosen_row *)b)->row;

	if (x->severity != y->severity)
		return x->severity < y->severity ? -1 : 1;
	return x->number < y->number ? -1 : 1;
}

/* What no finding is about has what room there is left, the worst first. */
static void
cut_objects(struct chosen_rows *c, struct report_page *p)
{
	struct object_list *l = &p->chosen;
	size_t n = 0, used = 0;

	for (size_t i = 0; i < l->count; i++)
		used += l->items[i].used;
	for (size_t i = 0; i < l->count; i++) {
		struct page_object *o = &l->items[i];
		bool fits = used < PAGE_ROWS &&
		            c->bytes + o->len <= c->most;

		if (o->found)
			p->found[o->found - 1].row = 0;
		if (!o->used && !fits) {
			free(o->name);
			free(o->sam);
			free(o->guid);
			free(o->json);
			continue;
		}
		if (!o->used) {
			c->bytes += o->len;
			used++;
		}
		l->items[n++] = *o;
		if (o->found)
			p->found[o->found - 1].row = (uint32_t)n;
	}
	l->count = n;
}

void
choose_rows(struct chosen_rows *c, struct report_page *p)
{
	const struct page_row *row;
	bool room = true;

	for (size_t list = 0; list < p->f->rule_count + 2; list++)
		for (size_t i = 0; room && (row = page_row_at(p, list, i)); i++)
			room = choose(c, p, row);
	if (c->count)
		qsort(c->items, c->count, sizeof(*c->items), by_severity);
	cut_objects(c, p);
}

void
chosen_release(struct chosen_rows *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->items[i].json);
	free(c->items);
	*c = (struct chosen_rows){ .count = 0 };
}
