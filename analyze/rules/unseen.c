/* Accounts of which it is not known whether AD has their object. */
#include "analyze/rules/rules.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/when.h"

/* What is said behind "contoso.com: 2 accounts were not judged, since". */
static const char *const since[] = {
	[UNSEEN_NAMELESS] = "neither onPremisesDomainName nor "
		"onPremisesDistinguishedName is known",
	[UNSEEN_DOMAIN] = "this domain was not read",
	[UNSEEN_PLACE] = "nothing shows that the container of the object was "
		"read",
	[UNSEEN_STALE] = "the object may have moved to",
	[UNSEEN_ELSEWHERE] = "the object may have moved to",
	[UNSEEN_LATER] = "the object was synchronized after AD was read",
};

/* Of the others it is told otherwise, or AD could not have it. */
static bool
is_told(const struct unseen_object *u)
{
	return u->why < sizeof(since) / sizeof(since[0]) && since[u->why];
}

static bool
is_same(const struct unseen_object *a, const struct unseen_object *b)
{
	return a->why == b->why && a->other == b->other &&
	       (a->domain && b->domain
	        ? utf8_same_folded(a->domain, b->domain)
	        : a->domain == b->domain);
}

/* One domain is spelt in several ways; known ones are in lower case. */
static char *
keep_folded(const char *domain)
{
	struct arena scratch = { 0 };
	char *kept = domain && *domain
		? xstrdup(utf8_folded(&scratch, domain)) : NULL;

	arena_release(&scratch);
	return kept;
}

void
unseen_add(struct unseen_tally *t, const struct unseen_object *what,
           uint64_t accounts)
{
	size_t i = 0;

	if (!is_told(what))
		return;
	while (i < t->count && !is_same(&t->items[i].what, what))
		i++;
	if (i == t->count) {
		LIST_RESERVE(t->items, t->room, t->count + 1);
		t->items[t->count++] = (struct unseen_count){ .what = *what };
		t->items[i].domain = keep_folded(what->domain);
		t->items[i].what.domain = t->items[i].domain;
	}
	t->items[i].accounts += accounts;
}

void
unseen_release(struct unseen_tally *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->items[i].domain);
	free(t->items);
	*t = (struct unseen_tally){ 0 };
}

static void
add_stale(const struct domain *stale, const char *domain, struct buf *out)
{
	char day[WHEN_TEXT];

	when_format_day(snapshot_collected(stale->present), day);
	if (domain && utf8_same_folded(domain, stale->name))
		buf_addf(out, " it after it was read (%s), from a domain that "
		         "was read later", day);
	else
		buf_addf(out, " %s, which was read before (%s)", stale->name,
		         day);
}

static void
add_day(const struct domain *of, struct buf *out)
{
	char day[WHEN_TEXT];

	when_format_day(snapshot_collected(of->present), day);
	buf_addf(out, " (%s)", day);
}

/* Whether the name can stand at the front, as the reader of reasons asks. */
static bool
is_named(const struct unseen_count *c)
{
	return c->domain && strchr(c->domain, '.') &&
	       !strpbrk(c->domain, " ,:;");
}

static void
add_one(const struct unseen_count *c, struct buf *out)
{
	const struct unseen_object *u = &c->what;
	bool of = !is_named(c) && u->why != UNSEEN_NAMELESS && c->domain;

	buf_adds(out, out->len ? "; " : "");
	if (is_named(c))
		buf_addf(out, "%s: ", c->domain);
	buf_addf(out, "%llu account%s%s%s %s not judged, since %s",
	         (unsigned long long)c->accounts, c->accounts == 1 ? "" : "s",
	         of ? " of " : "", of ? c->domain : "",
	         c->accounts == 1 ? "was" : "were", since[u->why]);
	if (u->why == UNSEEN_STALE)
		add_stale(u->other, u->domain, out);
	else if (u->why == UNSEEN_ELSEWHERE)
		buf_addf(out, " %s, which was not read", u->unread);
	else if (u->why == UNSEEN_LATER)
		add_day(u->of, out);
}

/* Those without a name come first: what follows a name is said of it. */
static int
by_domain(const void *a, const void *b)
{
	const struct unseen_count *x = a, *y = b;
	int order = is_named(x) - is_named(y);

	if (!order && x->domain && y->domain)
		order = ascii_casecmp(x->domain, y->domain);
	return order ? order : (int)x->what.why - (int)y->what.why;
}

const char *
unseen_text(const struct unseen_tally *t, const char *before, struct arena *a)
{
	struct unseen_count *sorted = arena_alloc(a, t->count *
	                                          sizeof(*sorted));
	struct buf out = { 0 };
	const char *text;

	memcpy(sorted, t->items, t->count * sizeof(*sorted));
	qsort(sorted, t->count, sizeof(*sorted), by_domain);
	for (size_t i = 0; i < t->count; i++) {
		if (before && is_named(&sorted[i])) {
			buf_addf(&out, "%s%s", out.len ? "; " : "", before);
			before = NULL;
		}
		add_one(&sorted[i], &out);
	}
	if (before)
		buf_addf(&out, "%s%s", out.len ? "; " : "", before);
	text = arena_strdup(a, out.data);
	buf_release(&out);
	return text;
}
