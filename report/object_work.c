/* Few findings share an object, so that lists are searched from their start. */
#include "report/object_work.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"

bool
work_counts(enum status s)
{
	return s == STATUS_OPEN || s == STATUS_PLANNED;
}

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* What has no change goes with what is alike. */
static bool
belongs(const struct work_item *i, const struct finding *f)
{
	if (f->change || i->change)
		return same_text(f->change, i->change);
	return same_text(f->cause, i->best.cause) &&
	       same_text(f->attribute, i->best.attribute) &&
	       same_text(f->observed, i->best.observed);
}

static struct work_item *
item_of(struct object_work *w, const struct finding *f)
{
	struct work_item *i;

	for (size_t n = 0; n < w->count; n++)
		if (belongs(&w->items[n], f))
			return &w->items[n];
	if (w->count == w->room) {
		size_t room = w->room;

		LIST_RESERVE(w->items, w->room, w->count + 1);
		memset(w->items + room, 0,
		       (w->room - room) * sizeof(*w->items));
	}
	i = &w->items[w->count++];
	i->best = w->findings == 1 ? w->first : finding_copy(f, &w->arena);
	i->change = i->best.change;
	i->findings = 0;
	i->severity = f->severity;
	i->rule_count = 0;
	return i;
}

static void
add_rule(struct work_item *i, const char *rule, struct arena *a)
{
	for (size_t n = 0; n < i->rule_count; n++)
		if (strcmp(i->rules[n], rule) == 0)
			return;
	LIST_RESERVE(i->rules, i->rule_room, i->rule_count + 1);
	i->rules[i->rule_count++] = arena_strdup(a, rule);
}

/*
 * What follows from another finding speaks of what that does, not of what is
 * to be changed.
 */
static bool
tells_better(const struct finding *f, const struct finding *than)
{
	if (!f->follows != !than->follows)
		return !f->follows;
	if (f->severity != than->severity)
		return f->severity < than->severity;
	return f->proposed.attribute && !than->proposed.attribute;
}

void
object_work_take(struct object_work *w, const struct finding *f)
{
	struct work_item *i;

	if (!w->findings++) {
		w->first = finding_copy(f, &w->arena);
		w->worst = SEVERITY_COUNT;
	}
	if (!work_counts(f->status))
		return;
	w->open++;
	if (f->severity < w->worst)
		w->worst = f->severity;
	i = item_of(w, f);
	i->findings++;
	if (f->severity < i->severity)
		i->severity = f->severity;
	add_rule(i, f->rule, &w->arena);
	if (tells_better(f, &i->best)) {
		i->best = finding_copy(f, &w->arena);
		i->change = i->best.change;
	}
}

void
object_work_clear(struct object_work *w)
{
	w->findings = w->open = 0;
	w->count = 0;
	arena_clear(&w->arena);
}

void
object_work_release(struct object_work *w)
{
	for (size_t i = 0; i < w->room; i++)
		free(w->items[i].rules);
	free(w->items);
	arena_release(&w->arena);
}

const char *
work_rules(const struct work_item *i, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t n = 0; n < i->rule_count; n++)
		buf_addf(&out, "%s%s", n ? ";" : "", i->rules[n]);
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}

const char *
work_others(const struct finding *f, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	for (size_t i = 0; i < f->related_count; i++)
		if (f->related[i].name)
			buf_addf(&out, "%s%s", out.len ? "; " : "",
			         f->related[i].name);
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}
