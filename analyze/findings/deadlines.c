/*
 * Deadlines: of a rule that gives thousands of objects one day, that is one.
 * The earlier ones stay, so that memory has a bound.
 */
#include "analyze/findings/deadlines.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/beside_json.h"
#include "analyze/findings/line.h"
#include "base/json.h"
#include "base/mem.h"

static when_t
day_of(when_t t)
{
	return t - t % WHEN_DAY;
}

static int
by_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int
compare(const struct dated *a, const struct dated *b)
{
	if (a->until.date != b->until.date)
		return a->until.date < b->until.date ? -1 : 1;
	if (a->until.kind != b->until.kind)
		return a->until.kind < b->until.kind ? -1 : 1;
	return by_text(a->rule, b->rule);
}

static void
dated_free(struct dated *d)
{
	free((char *)d->rule);
	free((char *)d->object);
	free((char *)d->guid);
}

static char *
copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void
name_first(struct dated *to, const struct dated *d)
{
	if (to->object && by_text(to->object, d->object) <= 0)
		return;
	free((char *)to->object);
	free((char *)to->guid);
	to->object = copied(d->object);
	to->guid = copied(d->guid);
}

static void
add(struct deadline_tally *t, const struct dated *d)
{
	size_t at = t->count;

	while (at && compare(&t->items[at - 1], d) > 0)
		at--;
	if (at && compare(&t->items[at - 1], d) == 0) {
		t->items[at - 1].findings += d->findings;
		name_first(&t->items[at - 1], d);
		return;
	}
	if (at == DEADLINES_KEPT)
		return;
	if (!t->items)
		t->items = xcalloc(DEADLINES_KEPT, sizeof(*t->items));
	if (t->count == DEADLINES_KEPT)
		dated_free(&t->items[--t->count]);
	memmove(&t->items[at + 1], &t->items[at],
	        (t->count - at) * sizeof(*t->items));
	t->count++;
	t->items[at] = (struct dated){
		.until = d->until, .rule = copied(d->rule),
		.findings = d->findings, .object = copied(d->object),
		.guid = copied(d->guid),
	};
}

void
deadlines_take(struct deadline_tally *t, const struct finding *f)
{
	struct dated d = {
		.until = deadline_of(f), .rule = f->rule, .findings = 1,
		.object = finding_label(f), .guid = f->guid,
	};

	/* Of what is waived the end of the waiver alone is to be heeded. */
	if (d.until.kind == DEADLINE_NONE ||
	    (f->status != STATUS_OPEN && d.until.kind != DEADLINE_WAIVER))
		return;
	d.until.date = day_of(d.until.date);
	add(t, &d);
}

void
deadlines_release(struct deadline_tally *t)
{
	for (size_t i = 0; i < t->count; i++)
		dated_free(&t->items[i]);
	free(t->items);
	*t = (struct deadline_tally){ .count = 0 };
}

void
deadlines_move(struct deadline_tally *to, struct deadline_tally *from)
{
	for (size_t i = 0; i < from->count; i++) {
		add(to, &from->items[i]);
		dated_free(&from->items[i]);
	}
	from->count = 0;
}

/* ---- in the manifest ---- */

/* Of servers that no rule tells, as they are supported still. */
static void
add_servers(struct deadline_tally *t, const struct findings *f)
{
	for (size_t i = 0; i < f->exchange.server_count; i++) {
		const struct exchange_told_server *s = &f->exchange.servers[i];
		struct dated d = {
			.until = { DEADLINE_EXCHANGE, WHEN_NONE },
			.object = s->name, .guid = s->guid,
		};

		if (s->support_ends &&
		    when_from_iso(&d.until.date, s->support_ends) == 0 &&
		    day_of(d.until.date) >= day_of(f->as_of))
			add(t, &d);
	}
}

static void
add_engine(struct deadline_tally *t, const struct findings *f)
{
	struct dated d = { .until = f->engine_end, .object = "sync engine" };

	if (d.until.kind == DEADLINE_NONE ||
	    day_of(d.until.date) < day_of(f->as_of))
		return;
	d.until.date = day_of(d.until.date);
	add(t, &d);
}

static bool
is_over(const struct dated *d, const struct findings *f)
{
	return d->until.kind == DEADLINE_RESTORE &&
	       d->until.date < day_of(f->as_of);
}

static void
put(struct json *list, const struct dated *d)
{
	struct json *e = json_add_object(list, NULL);
	char day[WHEN_TEXT];

	when_format_day(d->until.date, day);
	json_add_text(e, "date", day);
	json_add_text(e, "kind", deadline_name(d->until.kind));
	json_add_text(e, "rule", d->rule);
	json_add_count(e, "findings", d->findings);
	json_add_text(e, "object", d->object);
	json_add_text(e, "guid", d->guid);
}

void
deadlines_to_json(struct json *o, const struct findings *f,
                  const struct deadline_tally *tally)
{
	struct json *list = json_add_array(o, "deadlines");
	struct deadline_tally all = { .count = 0 };
	size_t told = 0;

	for (size_t i = 0; i < tally->count; i++)
		add(&all, &tally->items[i]);
	add_servers(&all, f);
	add_engine(&all, f);
	for (size_t i = 0; i < all.count && told < DEADLINES_TOLD; i++)
		if (!is_over(&all.items[i], f)) {
			put(list, &all.items[i]);
			told++;
		}
	deadlines_release(&all);
}

void
deadlines_from_json(const struct json *list, struct arena *a,
                    struct findings *f)
{
	struct dated *to = arena_alloc(a, json_count(list) * sizeof(*to) + 1);

	f->deadlines = to;
	for (const struct json *j = json_first(list); j; j = json_next(j)) {
		int kind = deadline_parse(json_string(json_get(j, "kind")));
		const char *date = json_string(json_get(j, "date"));
		when_t day;

		if (kind < 0 || !date || when_from_iso(&day, date) < 0)
			continue;
		to[f->deadline_count++] = (struct dated){
			.until = { (enum deadline_kind)kind, day },
			.rule = line_copy(j, "rule", a),
			.findings = json_count_of(j, "findings"),
			.object = line_copy(j, "object", a),
			.guid = line_copy(j, "guid", a),
		};
	}
}
