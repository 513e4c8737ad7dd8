/* Values of all changes of an object are gathered first, each once. */
#include "report/change_rows.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "report/object_work.h"

enum value_column {
	VALUE_OBJECT, VALUE_DN, VALUE_GUID, VALUE_CLASS, VALUE_DOMAIN,
	VALUE_ATTRIBUTE, VALUE_OLD, VALUE_NEW, VALUE_OPERATION,
	VALUE_AUTHORITY, VALUE_TOOL, VALUE_SEVERITY, VALUE_CAUSE,
	VALUE_ID, VALUE_CURES, VALUE_FINDINGS, VALUE_FIX,
	VALUE_UNPROPOSED, VALUE_OTHERS, VALUE_COLUMNS
};

static const struct table_column columns[VALUE_COLUMNS] = {
	[VALUE_OBJECT] = { "object", CELL_TEXT, 32 },
	[VALUE_DN] = { "dn", CELL_TEXT, 40 },
	[VALUE_GUID] = { "guid", CELL_TEXT, 20 },
	[VALUE_CLASS] = { "class", CELL_TEXT, 10 },
	[VALUE_DOMAIN] = { "domain", CELL_TEXT, 18 },
	[VALUE_ATTRIBUTE] = { "attribute", CELL_TEXT, 20 },
	[VALUE_OLD] = { "old", CELL_TEXT, 36 },
	[VALUE_NEW] = { "new", CELL_TEXT, 36 },
	[VALUE_OPERATION] = { "operation", CELL_TEXT, 10 },
	[VALUE_AUTHORITY] = { "authority", CELL_TEXT, 14 },
	[VALUE_TOOL] = { "tool", CELL_TEXT, 20 },
	[VALUE_SEVERITY] = { "severity", CELL_SEVERITY, 10 },
	[VALUE_CAUSE] = { "cause", CELL_TEXT, 14 },
	[VALUE_ID] = { "change", CELL_TEXT, 14 },
	[VALUE_CURES] = { "cures", CELL_TEXT, 28 },
	[VALUE_FINDINGS] = { "findings", CELL_NUMBER, 9 },
	[VALUE_FIX] = { "fix", CELL_TEXT, 50 },
	[VALUE_UNPROPOSED] = { "unproposed", CELL_TEXT, 30 },
	[VALUE_OTHERS] = { "others", CELL_TEXT, 30 },
};

const struct row_table change_table = { "changes", columns, VALUE_COLUMNS };

enum { NUMBER_TEXT = 24 };

/* A value, and the work that it is part of. */
struct changed_value {
	const char *attribute, *old, *new;
	const char *operation;
	const struct work_item *of;          /* the worst one's */
	const char *changes, *cures;
	uint64_t findings;
};

struct changed_values {
	struct changed_value *items;
	size_t count, room;
};

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The list A with what B has more, in an arena; each is "x;y", or NULL. */
static const char *
both(const char *a, const char *b, struct arena *arena)
{
	struct buf out = { 0 };
	const char *text;

	if (!a || !b || strcmp(a, b) == 0)
		return a ? a : b;
	buf_addf(&out, ";%s;", a);
	for (const char *p = b; *p;) {
		size_t len = strcspn(p, ";");
		char *one = arena_strndup(arena, p, len);
		char *within = arena_join(arena, ";", 1,
		                          arena_join(arena, one, len, ";"));

		if (!strstr(out.data, within))
			buf_addf(&out, "%s;", one);
		p += len + (p[len] == ';');
	}
	text = arena_strndup(arena, out.data + 1, out.len - 2);
	buf_release(&out);
	return text;
}

static struct changed_value *
find_value(struct changed_values *all, const struct changed_value *v)
{
	for (size_t i = 0; i < all->count; i++)
		if (same_text(all->items[i].attribute, v->attribute) &&
		    same_text(all->items[i].old, v->old) &&
		    same_text(all->items[i].new, v->new))
			return &all->items[i];
	return NULL;
}

static void
add_value(struct changed_values *all, const struct changed_value *v,
          struct arena *a)
{
	struct changed_value *same = find_value(all, v);

	if (!same) {
		LIST_RESERVE(all->items, all->room, all->count + 1);
		all->items[all->count++] = *v;
		return;
	}
	same->changes = both(same->changes, v->changes, a);
	same->cures = both(same->cures, v->cures, a);
	same->findings += v->findings;
	if (v->of->severity < same->of->severity)
		same->of = v->of;
}

static const char *
operation_of(const struct proposed *p)
{
	return !p->new ? "remove" : !p->old ? "add" : "replace";
}

/* What there is of an item: its proposal, or the value that was found. */
static void
add_item(struct changed_values *all, const struct work_item *i,
         struct arena *a)
{
	const struct finding *f = &i->best;
	const struct proposed *p = f->proposed.attribute ? &f->proposed : NULL;
	struct changed_value v = {
		.attribute = f->attribute, .old = f->observed,
		.operation = "by hand", .of = i, .changes = i->change,
		.cures = work_rules(i, a), .findings = i->findings,
	};

	if (!p && i->change)
		add_value(all, &v, a);
	for (; p; p = p->and) {
		v.attribute = p->attribute;
		v.old = p->old;
		v.new = p->new;
		v.operation = operation_of(p);
		add_value(all, &v, a);
	}
}

static void
put_value(const struct changed_value *v, struct arena *a, struct table_sink *to)
{
	const struct finding *f = &v->of->best;
	char *number = arena_alloc(a, NUMBER_TEXT);
	const char *cells[VALUE_COLUMNS] = {
		[VALUE_OBJECT] = finding_label(f), [VALUE_DN] = f->dn,
		[VALUE_GUID] = f->guid, [VALUE_CLASS] = f->class,
		[VALUE_DOMAIN] = f->domain, [VALUE_ATTRIBUTE] = v->attribute,
		[VALUE_OLD] = v->old, [VALUE_NEW] = v->new,
		[VALUE_OPERATION] = v->operation,
		[VALUE_AUTHORITY] = f->authority, [VALUE_TOOL] = f->tool,
		[VALUE_SEVERITY] = severity_name(v->of->severity),
		[VALUE_CAUSE] = f->cause, [VALUE_ID] = v->changes,
		[VALUE_CURES] = v->cures, [VALUE_FINDINGS] = number,
		[VALUE_FIX] = f->fix, [VALUE_UNPROPOSED] = f->unproposed,
		[VALUE_OTHERS] = work_others(f, a),
	};

	snprintf(number, NUMBER_TEXT, "%" PRIu64, v->findings);
	to->row(to, &change_table, cells);
}

void
change_rows_put(struct object_work *w, struct table_sink *to)
{
	struct changed_values all = { .count = 0 };

	for (size_t i = 0; i < w->count; i++)
		add_item(&all, &w->items[i], &w->arena);
	for (size_t i = 0; i < all.count; i++)
		put_value(&all.items[i], &w->arena, to);
	free(all.items);
}
