/* A few are kept; what passed gives way to what can be done in time. */
#include "report/page/deadlines.h"

#include <stdbool.h>
#include <string.h>

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

/* One end of support, told of many objects, is one date. */
static bool
is_told(const struct deadline_list *l, const struct finding *f, when_t day)
{
	for (size_t i = 0; i < l->count; i++) {
		const struct page_deadline *d = &l->items[i];

		if (d->date / WHEN_DAY == day && d->kind == f->deadline.kind &&
		    strcmp(d->rule, f->rule) == 0 &&
		    (d->kind != DEADLINE_RESTORE ||
		     strcmp(d->label, finding_label(f)) == 0))
			return true;
	}
	return false;
}

/* Those to come are sorted by what is soonest, those that passed by last. */
static bool
is_before(const struct deadline_list *l, size_t i, when_t date, bool past)
{
	return past ? l->items[i].date < date : l->items[i].date > date;
}

static void
insert(struct deadline_list *l, const struct finding *f, bool past,
       struct arena *a)
{
	when_t date = f->deadline.date;
	size_t at = 0;

	while (at < l->count && !is_before(l, at, date, past))
		at++;
	if (at == DEADLINES_SHOWN)
		return;
	if (l->count < DEADLINES_SHOWN)
		l->count++;
	memmove(&l->items[at + 1], &l->items[at],
	        (l->count - at - 1) * sizeof(l->items[0]));
	l->items[at] = (struct page_deadline){
		.date = date, .kind = f->deadline.kind,
		.guid = copied(f->guid, a), .dn = copied(f->dn, a),
		.label = arena_strdup(a, finding_label(f)),
		.rule = arena_strdup(a, f->rule),
	};
}

void
deadlines_add(struct deadlines *d, const struct finding *f, when_t now,
              struct arena *a)
{
	when_t day = f->deadline.date / WHEN_DAY;
	bool past = day < now / WHEN_DAY;
	struct deadline_list *l = past ? &d->past : &d->coming;

	if (f->deadline.kind == DEADLINE_NONE || is_told(l, f, day))
		return;
	d->all++;
	insert(l, f, past, a);
}

size_t
deadlines_sorted(const struct deadlines *d,
                 struct page_deadline out[DEADLINES_SHOWN])
{
	size_t room = DEADLINES_SHOWN - d->coming.count;
	size_t past = d->past.count < room ? d->past.count : room, n = 0;

	while (past-- > 0)
		out[n++] = d->past.items[past];
	for (size_t i = 0; i < d->coming.count; i++)
		out[n++] = d->coming.items[i];
	return n;
}
