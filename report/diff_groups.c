/* Changes by rule and cause. */
#include "report/diff_groups.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"

static int
load_titles(struct diff_groups *g, const struct findings *f, struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct cause c;
	int rc = r ? 1 : -1;

	while (rc > 0 && (rc = causes_next(r, &c, err)) > 0) {
		/* How many objects share it is not said of the changes. */
		const char *colon = strstr(c.title, ": ");

		LIST_RESERVE(g->titles, g->title_room, g->title_count + 1);
		hash_index_add(&g->by_id, hash_text(c.id), g->title_count);
		g->titles[g->title_count++] = (struct cause_title){
			arena_strdup(&g->arena, c.id),
			arena_strdup(&g->arena, colon ? colon + 2 : c.title),
		};
	}
	findings_reader_close(r);
	return rc;
}

int
diff_groups_init(struct diff_groups *g, const struct compared_folders *of,
                 size_t keep, struct err *err)
{
	*g = (struct diff_groups){ .of = of, .keep = keep };
	for (int i = 0; i < DIFFERENCE_SIDES; i++)
		if (load_titles(g, of->findings[i], err) < 0)
			return -1;
	return 0;
}

static const char *
rule_title(const struct findings *f, const char *id)
{
	const struct rule_result *r = findings_rule(f, id);

	return r ? r->title : "";
}

/* What follows from another rule's finding has that one's cause. */
static const char *
title_of(const struct diff_groups *g, const struct finding_change *c)
{
	const struct finding *f = c->finding;
	size_t at = HASH_INDEX_FIRST;
	long i;

	while (f->cause && !f->follows_rule &&
	       (i = hash_index_next(&g->by_id, hash_text(f->cause), &at)) >= 0)
		if (strcmp(g->titles[i].id, f->cause) == 0)
			return g->titles[i].title;
	return rule_title(g->of->findings[c->side], f->rule);
}

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct diff_group *
group_of(struct diff_groups *g, const struct finding_change *c)
{
	const char *title = title_of(g, c);
	const char *why = c->kind == CHANGE_NOT_COMPARABLE ? c->reason : NULL;
	uint64_t hash = (hash_text(c->finding->rule) * 31 + hash_text(title)) *
		31 + (why ? hash_text(why) : 0) + (uint64_t)c->kind;
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&g->by_key, hash, &at)) >= 0) {
		struct diff_group *one = &g->items[i];

		if (one->kind == c->kind && one->side == c->side &&
		    strcmp(one->rule, c->finding->rule) == 0 &&
		    strcmp(one->title, title) == 0 && is_same(one->why, why))
			return one;
	}
	hash_index_add(&g->by_key, hash, g->count);
	LIST_RESERVE(g->items, g->room, g->count + 1);
	g->items[g->count] = (struct diff_group){
		.kind = c->kind, .side = c->side, .severity = SEVERITY_COUNT,
		.rule = arena_strdup(&g->arena, c->finding->rule),
		.title = arena_strdup(&g->arena, title),
		.why = why ? arena_strdup(&g->arena, why) : NULL,
	};
	return &g->items[g->count++];
}

/* What was found says whose it is; what is gone says what mended it. */
static void
put_line(struct buf *out, const struct finding_change *c)
{
	const struct finding *f = c->finding;
	bool told = c->side == AFTER && f->message;

	buf_adds(out, told ? f->message : finding_label(f));
	if (!told && f->attribute && f->observed)
		buf_addf(out, " (%s: %s)", f->attribute, f->observed);
	if (c->reason && c->kind != CHANGE_NOT_COMPARABLE)
		buf_addf(out, "%s %s", told ? ";" : ":", c->reason);
}

void
diff_groups_add(struct diff_groups *g, const struct finding_change *c)
{
	struct diff_group *one = group_of(g, c);
	struct buf line = { 0 };

	one->count++;
	if (c->finding->severity < one->severity)
		one->severity = c->finding->severity;
	if (one->line_count >= g->keep)
		return;
	put_line(&line, c);
	LIST_RESERVE(one->lines, one->line_room, one->line_count + 1);
	one->lines[one->line_count++] = arena_strdup(&g->arena,
	                                             buf_text(&line));
	buf_release(&line);
}

static int
by_weight(const void *a, const void *b)
{
	const struct diff_group *x = a, *y = b;
	int c;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	if (x->side != y->side)
		return x->side < y->side ? -1 : 1;
	if (x->severity != y->severity)
		return x->severity < y->severity ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	c = strcmp(x->rule, y->rule);
	return c ? c : strcmp(x->title, y->title);
}

void
diff_groups_sort(struct diff_groups *g)
{
	if (g->count)
		qsort(g->items, g->count, sizeof(*g->items), by_weight);
}

void
diff_groups_release(struct diff_groups *g)
{
	for (size_t i = 0; i < g->count; i++)
		free(g->items[i].lines);
	free(g->items);
	free(g->titles);
	hash_index_release(&g->by_key);
	hash_index_release(&g->by_id);
	arena_release(&g->arena);
}
