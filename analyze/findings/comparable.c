/* What was looked for, by the manifests of both. */
#include "analyze/findings/comparable.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

void
comparer_init(struct comparer *c, const struct findings *here,
              const struct findings *there)
{
	*c = (struct comparer){ .here = here, .there = there };
}

void
comparer_release(struct comparer *c)
{
	free(c->items);
	hash_index_release(&c->by_rule);
	arena_release(&c->arena);
	*c = (struct comparer){ .here = NULL };
}

/* ---- domains ---- */

static bool
snapshot_holds(const struct judged_snapshot *s, const char *domain)
{
	for (size_t i = 0; domain && i < s->domain_count; i++)
		if (utf8_same_domain(s->domains[i], domain))
			return true;
	return !domain || !s->domain_count;
}

/* ---- gaps ---- */

/*
 * Whether two sentences say one thing, and the one of THERE of no more than the
 * one of HERE: numbers may shrink.
 */
static bool
is_same_gap(const char *there, const char *here)
{
	while (*there && *here) {
		char *end_there, *end_here;

		if (!isdigit((unsigned char)*there) ||
		    !isdigit((unsigned char)*here)) {
			if (*there++ != *here++)
				return false;
			continue;
		}
		if (strtoull(there, &end_there, 10) >
		    strtoull(here, &end_here, 10))
			return false;
		there = end_there;
		here = end_here;
	}
	return *there == *here;
}

/* The sentences of REASON that are about DOMAIN, or about all, one by one. */
struct gap_sentences {
	const char *rest;          /* of the reason */
	const char *domain;
	struct buf part;           /* of it, that is at hand */
	size_t at;
};

/* NULL at the end; borrowed until the next call. */
static const char *
next_sentence(struct gap_sentences *s)
{
	struct reason_part p;
	char *text, *end;

	while (s->at >= s->part.len) {
		if (!reason_next(&s->rest, &p)) {
			buf_release(&s->part);
			return NULL;
		}
		buf_clear(&s->part);
		buf_add(&s->part, p.text, p.len);
		s->at = reason_is_about(buf_text(&s->part), s->domain)
			? (p.names ? p.names + 2 : 0) : s->part.len;
	}
	text = s->part.data + s->at;
	end = strstr(text, "; ");
	if (end)
		*end = '\0';
	s->at = end ? (size_t)(end - s->part.data) + 2 : s->part.len;
	return text;
}

static bool
has_gap(const char *reason, const char *domain, const char *sentence)
{
	struct gap_sentences all = { .rest = reason, .domain = domain };
	const char *one;
	bool has = false;

	while ((one = next_sentence(&all)))
		has = has || is_same_gap(sentence, one);
	return has;
}

/* The gaps of THERE that HERE had not, as a text; NULL: there are none. */
static const char *
more_gaps(const char *there, const char *here, const char *domain,
          struct arena *a)
{
	struct gap_sentences all = { .rest = there, .domain = domain };
	struct buf out = { 0 };
	const char *one, *text;

	while ((one = next_sentence(&all)))
		if (!has_gap(here, domain, one))
			buf_addf(&out, "%s%s", out.len ? "; " : "", one);
	text = out.len ? arena_strdup(a, out.data) : NULL;
	buf_release(&out);
	return text;
}

/* ---- rules ---- */

static const char *
join(struct arena *a, const char *head, const char *tail)
{
	return arena_join(a, head, strlen(head), tail);
}

static bool
is_same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Who has no such rule did not choose it, or does not know it. */
static const char *
why_absent(struct comparer *c)
{
	const struct selection *s = &c->there->selection;

	if (selection_is_any(s) ||
	    !is_same_text(c->here->selection.profile, s->profile))
		return "the rule did not run: it was not chosen";
	return join(&c->arena, "there is no such rule in the rule set of ",
	            c->there->tool_version);
}

/* What lacked there, as far as it is about the domain. */
static const char *
reason_there(struct comparer *c, const char *head,
             const struct rule_result *r, const char *domain)
{
	const char *gaps = r->reason ? more_gaps(r->reason, NULL, domain,
	                                         &c->arena) : NULL;

	return join(&c->arena, head, gaps ? gaps : "no reason was given");
}

static void
compare_rule(struct comparer *c, struct compared_rule *out)
{
	const struct rule_result *r = findings_rule(c->there, out->rule);
	const struct rule_result *own = findings_rule(c->here, out->rule);
	const char *domain = out->domain;
	bool about = r && (!r->reason || reason_is_about(r->reason, domain));

	out->is = COMPARABLE_NOT;
	if (domain && !findings_has_domain(c->there, domain)) {
		out->why = join(&c->arena, domain, " was not read");
		return;
	}
	out->is = COMPARABLE_IF_GONE;
	if (!r) {
		out->why = why_absent(c);
		return;
	}
	if (r->outcome == OUTCOME_NOT_APPLICABLE && about) {
		out->why = reason_there(c, "not applicable: ", r, domain);
		return;
	}
	/*
	 * A rule that found nothing is not assessed whatever lacks. Where the
	 * same lacked when it found something, it looked just as far.
	 */
	out->why = more_gaps(r->reason, own ? own->reason : NULL, domain,
	                     &c->arena);
	if (!out->why)
		out->is = COMPARABLE;
	else if (r->outcome != OUTCOME_NOT_ASSESSED)
		out->is = COMPARABLE_IN_PART;
	if (out->why)
		out->why = join(&c->arena, out->is == COMPARABLE_IN_PART
		                ? "assessed only in part: " : "not assessed: ",
		                out->why);
}

const struct compared_rule *
comparer_ask(struct comparer *c, const struct finding *f)
{
	uint64_t hash = hash_text(f->rule) * 31 +
		(f->domain ? hash_text(f->domain) : 0);
	size_t at = HASH_INDEX_FIRST;
	struct compared_rule *r;
	long i;

	while ((i = hash_index_next(&c->by_rule, hash, &at)) >= 0)
		if (strcmp(c->items[i]->rule, f->rule) == 0 &&
		    is_same_text(c->items[i]->domain, f->domain))
			return c->items[i];
	hash_index_add(&c->by_rule, hash, c->count);
	LIST_RESERVE(c->items, c->room, c->count + 1);
	r = c->items[c->count++] = arena_alloc(&c->arena, sizeof(*r));
	*r = (struct compared_rule){
		.rule = arena_strdup(&c->arena, f->rule),
		.domain = f->domain ? arena_strdup(&c->arena, f->domain)
		                    : NULL,
	};
	compare_rule(c, r);
	return r;
}

/* ---- events ---- */

/* Whether the snapshot is of the side that shows such events. */
static bool
may_show(const struct judged_snapshot *s, enum event_what what)
{
	return strstr(s->sides, what == EVENT_UNLICENSED ? "tenant" : "ad");
}

static bool
has_snapshot(const struct findings *f, const struct judged_snapshot *s)
{
	for (size_t i = 0; i < f->snapshot_count; i++)
		if (strcmp(f->snapshots[i].digest, s->digest) == 0)
			return true;
	return false;
}

/* Whether THERE has all such snapshots that HERE has of the domain. */
static bool
has_all(const struct comparer *c, const struct finding *f)
{
	for (size_t i = 0; i < c->here->snapshot_count; i++) {
		const struct judged_snapshot *s = &c->here->snapshots[i];

		if (may_show(s, f->event.what) &&
		    snapshot_holds(s, f->domain) &&
		    !has_snapshot(c->there, s))
			return false;
	}
	return true;
}

/* Whether one was taken before it happened. */
static bool
reaches_back(const struct findings *in, const struct finding *f)
{
	when_t t = f->event.after;

	for (size_t i = 0; i < in->snapshot_count; i++) {
		const struct judged_snapshot *s = &in->snapshots[i];

		if (may_show(s, f->event.what) &&
		    snapshot_holds(s, f->domain) &&
		    s->collected != WHEN_NONE && s->collected <= t)
			return true;
	}
	return false;
}

static size_t
history_of(const struct findings *in, const struct finding *f)
{
	size_t n = 0;

	for (size_t i = 0; i < in->snapshot_count; i++)
		n += strcmp(in->snapshots[i].role, "history") == 0 &&
			may_show(&in->snapshots[i], f->event.what) &&
			snapshot_holds(&in->snapshots[i], f->domain);
	return n;
}

bool
comparer_sees_event(const struct comparer *c, const struct finding *f)
{
	const struct told_event *e = &f->event;

	if (e->what == EVENT_NONE || has_all(c, f))
		return true;
	/* Metadata are with the present; older ones may have had none. */
	if (e->sure == EVENT_STAMPED && !history_of(c->there, f))
		return true;
	return e->after != WHEN_NONE && reaches_back(c->there, f);
}
