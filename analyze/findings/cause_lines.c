/* causes.ndjson: its lines, and the sentences in them. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/findings/cause_count.h"
#include "analyze/findings/cause_order.h"
#include "analyze/findings/cause_words.h"
#include "analyze/findings/conflicts.h"
#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/number.h"
#include "base/record.h"

/* ---- sentences ---- */

/* "1 user", "2 mailboxes". */
static void
put_objects(struct buf *out, uint64_t n, const char *class)
{
	size_t len = strlen(class);

	buf_addf(out, "%" PRIu64 " %s%s", n, class, n == 1 ? ""
	         : len && class[len - 1] == 'x' ? "es" : "s");
}

/* The number of the class that has most objects and was not told; -1. */
static long
next_class(const struct cause_tally *c, const struct cause_names *n,
           uint32_t told)
{
	long best = -1;

	for (size_t i = 0; i < n->count; i++) {
		uint64_t most = best < 0 ? 0 : c->by_class[best];

		if (told >> i & 1 || !c->by_class[i])
			continue;
		if (c->by_class[i] > most || (c->by_class[i] == most &&
		    strcmp(n->items[i], n->items[best]) < 0))
			best = (long)i;
	}
	return best;
}

/* "38 users, 2 groups and 1 contact". */
static void
put_classes(struct buf *out, const struct cause_tally *c,
            const struct cause_names *names)
{
	uint32_t told = 0;
	long i = next_class(c, names, told);
	const char *before = "";

	while (i >= 0) {
		long next;

		told |= 1u << i;
		next = next_class(c, names, told);
		buf_adds(out, before);
		put_objects(out, c->by_class[i], names->items[i]);
		before = next >= 0 && next_class(c, names, told | 1u << next)
			< 0 ? " and " : ", ";
		i = next;
	}
}

static void
put_title(struct buf *out, const struct counted_cause *c,
          const struct cause_table *t, const struct rule_result *rule)
{
	put_classes(out, cause_told(c), &t->classes);
	buf_adds(out, ": ");
	if (c->title) {
		words_put_filled(out, c->title, c->value);
		return;
	}
	buf_adds(out, rule ? rule->title : c->rule);
	if (c->value)
		buf_addf(out, ": %s", c->value);
}

/* What AD is not asked for is done elsewhere (rules/placed.c). */
static const char *
place_of(const char *authority)
{
	switch (authority_parse(authority)) {
	case AUTHORITY_EXCHANGE_ONLINE:
		return "In Exchange Online, ";
	case AUTHORITY_ENTRA:
		return "In Entra, ";
	case AUTHORITY_NOT_ASSESSED:
		return "In AD, or, if IsExchangeCloudManaged is True, in "
		       "Exchange Online, ";
	default:
		return NULL;
	}
}

static bool
is_of_tenant(const char *authority)
{
	int who = authority_parse(authority);

	return who == AUTHORITY_EXCHANGE_ONLINE || who == AUTHORITY_ENTRA;
}

static void
put_action(struct buf *out, const struct counted_cause *c,
           const struct rule_result *rule)
{
	static const char in_ad[] = "In AD, ";
	const char *text = c->action ? c->action : rule ? rule->fix : NULL;
	const char *place = place_of(c->authority);
	struct buf bare = { 0 };

	if (!text)
		return;
	if (place && strncmp(text, in_ad, sizeof(in_ad) - 1) == 0) {
		buf_adds(out, place);
		text += sizeof(in_ad) - 1;
	}
	if (is_of_tenant(c->authority)) {
		fix_put_bare(&bare, text);
		text = buf_text(&bare);
	}
	words_put_filled(out, text, c->value);
	buf_release(&bare);
}

/* The deletions that those of the place VALUE, a DN or not, count among. */
static const struct deletion_run *
run_of(const struct findings *f, const char *value)
{
	struct buf domain = { 0 };
	const struct deletion_run *r;

	if (value)
		dn_domain(&domain, value);
	r = deletion_run_of(f, domain.len ? buf_text(&domain) : NULL);
	buf_release(&domain);
	return r;
}

/* What stops the export, where they alone are nearly as many, or more. */
static void
put_threshold(struct buf *out, const struct counted_cause *c,
              const struct findings *f)
{
	const struct deletion_run *r = c->deletes ? run_of(f, c->value) : NULL;
	uint64_t n = cause_told(c)->objects;

	if (!r || !r->threshold || r->percent ||
	    !deletions_are_near(n, r->threshold))
		return;
	buf_addf(out, " These are up to %" PRIu64 " deletions: more than %"
	         PRIu64 " in one run, %s, stop the export.", n, r->threshold,
	         threshold_from_text(r->from));
}

/* ---- writing ---- */

static int
by_text(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

/* Where classes are changed with several, each once. */
static void
put_tools(struct buf *out, const struct counted_cause *c,
          const struct cause_names *names)
{
	const char *tools[CAUSE_NAMES];
	size_t n = 0;

	for (size_t i = 0; i < names->count; i++)
		if (c->tools >> i & 1)
			tools[n++] = names->items[i];
	qsort(tools, n, sizeof(tools[0]), by_text);
	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s%s", i ? " / " : "", tools[i]);
}

static void
put_text(struct buf *out, const char *key, struct buf *text)
{
	line_text(out, key, text->len ? buf_text(text) : NULL);
	buf_clear(text);
}

/* How many of them nobody has to mend; nothing where all are open. */
static void
put_waived(struct buf *out, const struct counted_cause *c)
{
	uint64_t n = c->waived.findings + c->waived.attached;

	if (!n)
		return;
	line_text(out, "status", c->open.worst < SEVERITY_COUNT ? "open"
	          : "waived");
	line_number(out, "waived", n);
}

static void
put_steps(struct buf *out, const struct buf *action)
{
	buf_adds(out, ",\"steps\":");
	cause_put_steps(out, buf_text(action));
}

/* In which order, and what for; who is blocked the forecast alone tells. */
static void
put_rank(struct buf *out, const struct counted_cause *c,
         const struct findings *f)
{
	line_text(out, "owner", cause_owner(c->authority));
	line_text(out, "command", c->command);
	line_number(out, "changes", c->changes);
	if (c->order)
		line_number(out, "order", c->order);
	else
		line_word(out, "order", "null");
	conflicts_put(out, &c->conflicts);
	if (!f->forecast_count)
		return;
	line_number(out, "blocked", c->blocked);
	if (c->order)
		line_number(out, "blockedAfter", c->blocked_after);
	else
		line_word(out, "blockedAfter", "null");
}

static void
put_cause(struct buf *out, const struct counted_cause *c,
          const struct cause_table *t, const struct findings *f,
          struct buf *text)
{
	const struct rule_result *rule = findings_rule(f, c->rule);
	const struct cause_tally *told = cause_told(c);

	line_first(out, "id", c->id);
	line_text(out, "rule", c->rule);
	put_title(text, c, t, rule);
	put_text(out, "title", text);
	line_text(out, "severity", severity_name(told->worst));
	line_number(out, "objects", told->objects);
	line_number(out, "findings", told->findings);
	line_number(out, "attached", told->attached);
	put_action(text, c, rule);
	put_threshold(text, c, f);
	put_steps(out, text);
	put_text(out, "action", text);
	line_text(out, "authority", c->authority);
	put_tools(text, c, &t->tools);
	put_text(out, "tool", text);
	line_text(out, "shared", c->value);
	line_list(out, "examples", (const char *const *)told->examples,
	          told->example_count);
	put_waived(out, c);
	cause_put_brief(text, c, rule);
	put_text(out, "brief", text);
	put_rank(out, c, f);
	buf_adds(out, "}\n");
}

void
causes_put(struct buf *out, struct cause_table *t, const struct findings *f)
{
	struct buf text = { 0 };

	causes_order(t);
	causes_sort(t);
	for (size_t i = 0; i < t->count; i++)
		put_cause(out, &t->items[i], t, f, &text);
	buf_release(&text);
}

/* ---- reading ---- */

static int
take_number(const struct record *r, const char *key, uint64_t *out)
{
	long at = record_find(r, key);

	if (at < 0 || !record_values(r, (size_t)at))
		return -1;
	return number_parse(out, record_value(r, (size_t)at, 0).data,
	                    UINT64_MAX);
}

static const char *const *
take_list(const struct record *r, const char *key, struct arena *a,
          size_t *count)
{
	long at = record_find(r, key);
	size_t n = at < 0 ? 0 : record_values(r, (size_t)at);
	const char **list = arena_alloc(a, n * sizeof(*list) + 1);

	for (size_t i = 0; i < n; i++) {
		struct value v = record_value(r, (size_t)at, i);

		list[i] = arena_strndup(a, v.data, v.len);
	}
	*count = n;
	return list;
}

static void
take_waived(const struct record *r, struct cause *out)
{
	const char *status = record_text(r, "status");

	take_number(r, "waived", &out->waived);
	out->is_waived = status && strcmp(status, "waived") == 0;
}

/* Folders of older programs do not have these; of what is waived some lack. */
static void
take_rank(const struct record *r, struct cause *out)
{
	uint64_t order = 0;

	out->is_ranked = take_number(r, "changes", &out->changes) == 0;
	if (take_number(r, "order", &order) == 0 && order <= UINT32_MAX)
		out->order = (uint32_t)order;
	out->is_forecast = take_number(r, "blocked", &out->blocked) == 0;
	take_number(r, "blockedAfter", &out->blocked_after);
}

int
cause_take(const struct record *r, struct arena *a, struct cause *out)
{
	*out = (struct cause){
		.id = record_text(r, "id"), .rule = record_text(r, "rule"),
		.value = record_text(r, "shared"),
		.title = record_text(r, "title"),
		.action = record_text(r, "action"),
		.authority = record_text(r, "authority"),
		.tool = record_text(r, "tool"),
		.brief = record_text(r, "brief"),
		.owner = record_text(r, "owner"),
		.command = record_text(r, "command"),
	};
	out->examples = take_list(r, "examples", a, &out->example_count);
	out->steps = take_list(r, "steps", a, &out->step_count);
	take_waived(r, out);
	take_rank(r, out);
	conflicts_of_line(r, a, out);
	if (!out->id || !out->rule || !out->title ||
	    take_number(r, "objects", &out->objects) < 0 ||
	    take_number(r, "findings", &out->findings) < 0 ||
	    take_number(r, "attached", &out->attached) < 0)
		return -1;
	return severity_parse(&out->severity, record_text(r, "severity"));
}
