/* Each row is one piece of memory, so that what is not kept costs nothing. */
#include "report/page/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"

/* The mildest severity that has rows; SEVERITY_COUNT: there are none. */
static int
mildest(const struct row_pick *p)
{
	for (int s = SEVERITY_COUNT - 1; s >= 0; s--)
		if (p->of[s].count)
			return s;
	return SEVERITY_COUNT;
}

bool
row_pick_wants(const struct row_pick *p, enum severity s)
{
	int last = mildest(p);

	return p->count < p->most ||
	       (last < SEVERITY_COUNT && last > (int)s && p->most);
}

struct page_row *
row_pick_take(struct row_pick *p, struct page_row *row)
{
	struct page_row *out = NULL;
	struct row_list *to = &p->of[row->severity];

	if (!row_pick_wants(p, row->severity))
		return row;
	if (p->count == p->most) {
		struct row_list *from = &p->of[mildest(p)];

		out = from->items[--from->count];
		p->count--;
	}
	LIST_RESERVE(to->items, to->room, to->count + 1);
	to->items[to->count++] = row;
	p->count++;
	return out;
}

struct page_row *
row_pick_get(const struct row_pick *p, size_t at)
{
	int s = 0;

	while (at >= p->of[s].count)
		at -= p->of[s++].count;
	return p->of[s].items[at];
}

void
row_pick_release(struct row_pick *p)
{
	for (int s = 0; s < SEVERITY_COUNT; s++) {
		for (size_t i = 0; i < p->of[s].count; i++)
			row_free(p->of[s].items[i]);
		free(p->of[s].items);
	}
	*p = (struct row_pick){ .count = 0 };
}

/* ---- one row ---- */

/* A text that a row copies, and where it goes. */
struct row_text {
	const char **to;
	const char *from;
};

static size_t
size_of(const char *text)
{
	return text ? strlen(text) + 1 : 0;
}

struct page_row *
row_new(const struct finding *f, const struct row_extra *x)
{
	const struct told_waiver *w = f->waiver;
	const struct told_waiver none = { .reason = NULL };
	const struct told_waiver *q = w ? w : &none;
	struct page_row head = {
		.status = f->status, .severity = f->severity,
		.change = ROW_NO_CHANGE,
	};
	const struct row_text texts[] = {
		{ &head.dn, f->dn }, { &head.guid, f->guid },
		{ &head.label, finding_label(f) },
		{ &head.observed, f->observed },
		{ &head.proposed, x->proposed },
		{ &head.message, f->message },
		{ &head.fingerprint, f->fingerprint },
		{ &head.class, f->class }, { &head.reason, q->reason },
		{ &head.owner, q->owner }, { &head.ticket, q->ticket },
		{ &head.expires, q->expires }, { &head.others, x->others },
		{ &head.first_seen, f->first_seen },
		{ &head.attribute, f->attribute }, { &head.fix, f->fix },
		{ &head.expected, x->expected },
		{ &head.reopened, f->reopened },
	};
	size_t size = sizeof(head);
	struct page_row *row;
	char *at;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		size += size_of(texts[i].from);
	row = xmalloc(size);
	at = (char *)row + sizeof(head);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (!texts[i].from)
			continue;
		*texts[i].to = strcpy(at, texts[i].from);
		at += size_of(texts[i].from);
	}
	*row = head;
	return row;
}

void
row_free(struct page_row *row)
{
	free(row);
}
