/*
 * Of each condition's rule the first findings are kept by their own order, not
 * by that of putting, so that threads may put them as they come.
 */
#include "analyze/findings/exchange_evidence.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/mem.h"

enum { EVIDENCE_TEXT_MAX = 4096 };

/* The bytes of TEXT that are kept: whole characters. */
static size_t
kept_length(const char *text)
{
	size_t len = strnlen(text, EVIDENCE_TEXT_MAX + 1);

	if (len <= EVIDENCE_TEXT_MAX)
		return len;
	len = EVIDENCE_TEXT_MAX;
	while (len > 0 && (text[len] & 0xc0) == 0x80)
		len--;
	return len;
}

/* As bytes, of what is kept of both; none comes first. */
static int
text_order(const char *a, const char *b)
{
	size_t m = a ? kept_length(a) : 0, n = b ? kept_length(b) : 0;
	int order = m && n ? memcmp(a, b, m < n ? m : n) : 0;

	return order ? order : (m > n) - (m < n);
}

static int
evidence_order(const struct exchange_evidence *a,
               const struct exchange_evidence *b)
{
	int order = text_order(a->dn, b->dn);

	if (!order)
		order = text_order(a->guid, b->guid);
	if (!order)
		order = text_order(a->attribute, b->attribute);
	return order ? order : text_order(a->value, b->value);
}

static const char *
kept(const char *text)
{
	return text ? xstrndup(text, kept_length(text)) : NULL;
}

static void
evidence_free(const struct exchange_evidence *e)
{
	free((char *)e->dn);
	free((char *)e->guid);
	free((char *)e->attribute);
	free((char *)e->value);
}

static struct evidence_rule *
find(const struct evidence_rules *r, const char *rule)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->items[i].rule, rule) == 0)
			return &r->items[i];
	return NULL;
}

static struct evidence_rule *
find_or_add(struct evidence_rules *r, const char *rule)
{
	struct evidence_rule *found = find(r, rule);

	if (found)
		return found;
	LIST_RESERVE(r->items, r->room, r->count + 1);
	found = &r->items[r->count++];
	*found = (struct evidence_rule){
		.rule = xstrdup(rule),
		.items = xcalloc(EXCHANGE_EVIDENCE, sizeof(*found->items)),
	};
	return found;
}

/* Where E belongs among those of R, behind its equals. */
static size_t
place(const struct evidence_rule *r, const struct exchange_evidence *e)
{
	size_t at = r->count;

	while (at > 0 && evidence_order(&r->items[at - 1], e) > 0)
		at--;
	return at;
}

/* Those behind make room for it; of too many the last one goes. */
static void
insert(struct evidence_rule *r, size_t at, const struct exchange_evidence *e)
{
	if (r->count == EXCHANGE_EVIDENCE)
		evidence_free(&r->items[--r->count]);
	memmove(&r->items[at + 1], &r->items[at],
	        (r->count - at) * sizeof(*r->items));
	r->items[at] = *e;
	r->count++;
}

void
evidence_take(struct evidence_rules *r, const struct finding *f)
{
	const struct exchange_evidence e = {
		.dn = f->dn, .guid = f->guid, .attribute = f->attribute,
		.value = f->observed,
	};
	struct evidence_rule *of;
	size_t at;

	/* Nearly all findings are others. */
	if (strncmp(f->rule, EXCHANGE_RULE, sizeof(EXCHANGE_RULE) - 1) != 0)
		return;
	of = find_or_add(r, f->rule);
	at = place(of, &e);
	if (at < EXCHANGE_EVIDENCE)
		insert(of, at, &(struct exchange_evidence){
			kept(e.dn), kept(e.guid), kept(e.attribute),
			kept(e.value),
		});
}

void
evidence_move(struct evidence_rules *to, struct evidence_rules *from)
{
	for (size_t i = 0; i < from->count; i++) {
		struct evidence_rule *of = &from->items[i];
		struct evidence_rule *in = find_or_add(to, of->rule);

		for (size_t k = 0; k < of->count; k++) {
			size_t at = place(in, &of->items[k]);

			if (at < EXCHANGE_EVIDENCE)
				insert(in, at, &of->items[k]);
			else
				evidence_free(&of->items[k]);
		}
		of->count = 0;
	}
}

void
evidence_release(struct evidence_rules *r)
{
	for (size_t i = 0; i < r->count; i++) {
		for (size_t k = 0; k < r->items[i].count; k++)
			evidence_free(&r->items[i].items[k]);
		free(r->items[i].items);
		free(r->items[i].rule);
	}
	free(r->items);
	*r = (struct evidence_rules){ 0 };
}

const struct exchange_evidence *
evidence_of(const struct evidence_rules *r, const char *rule, size_t *count)
{
	const struct evidence_rule *of = find(r, rule);

	*count = of ? of->count : 0;
	return of ? of->items : NULL;
}
