/*
 * Counting causes. A thread notes, beside its lines, the causes that it met and
 * which finding has which; the writer adds that up in the order of the lines,
 * so that neither counts nor ids hang on the number of threads. A cause is kept
 * once, with five names: memory grows with the causes, and those of a rule are
 * CAUSE_VALUES_MAX values and the rule itself.
 */
#include "analyze/findings/cause_count.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/blocked_sets.h"
#include "analyze/findings/cause_changes.h"
#include "analyze/findings/cause_example.h"
#include "analyze/findings/cause_names.h"
#include "analyze/findings/change_id.h"
#include "analyze/findings/conflicts.h"
#include "analyze/findings/line.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/utf8.h"

/* ---- names ---- */

/* Kinds and tools are few; of more than there is room for the last one is. */
static size_t
name_number(struct cause_table *t, struct cause_names *n, const char *name)
{
	size_t i = 0;

	while (i < n->count && strcmp(n->items[i], name) != 0)
		i++;
	if (i < n->count || i == CAUSE_NAMES)
		return i < n->count ? i : CAUSE_NAMES - 1;
	n->items[n->count++] = arena_strdup(&t->texts, name);
	return i;
}

/* ---- keys ---- */

static bool
is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
is_value(const char *a, const char *b)
{
	return a && b ? utf8_same_domain(a, b) : a == b;
}

static uint64_t
key_hash(const struct counted_cause *k)
{
	uint64_t h = hash_text(k->rule);

	if (k->value)
		h = h * 31 + hash_domain(k->value);
	return k->authority ? h * 31 + hash_text(k->authority) : h;
}

static const char *
copied(struct cause_table *t, const char *text)
{
	return text ? arena_strdup(&t->texts, text) : NULL;
}

/* Of a domain's two spellings people know the one with its own letters. */
static void
spell(struct cause_table *t, struct counted_cause *c, const char *value)
{
	if (value && utf8_is_ascii(c->value, strlen(c->value)) &&
	    !utf8_is_ascii(value, strlen(value)))
		c->value = copied(t, value);
}

/* The number of the one with the key of K; -1: there is none. */
static long
find(struct cause_table *t, const struct counted_cause *k)
{
	uint64_t hash = key_hash(k);
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&t->by_key, hash, &at)) >= 0) {
		struct counted_cause *c = &t->items[i];

		if (strcmp(c->rule, k->rule) == 0 &&
		    is_same(c->authority, k->authority) &&
		    is_value(c->value, k->value)) {
			spell(t, c, k->value);
			break;
		}
	}
	return i;
}

/* A new one with the key, id and texts of K, and nothing counted. */
static size_t
add(struct cause_table *t, const struct counted_cause *k)
{
	struct counted_cause *c;

	hash_index_add(&t->by_key, key_hash(k), t->count);
	LIST_RESERVE(t->items, t->room, t->count + 1);
	c = &t->items[t->count];
	*c = (struct counted_cause){
		.rule = copied(t, k->rule), .value = copied(t, k->value),
		.authority = copied(t, k->authority),
		.title = k->title, .action = k->action,
		.open.worst = SEVERITY_COUNT, .waived.worst = SEVERITY_COUNT,
	};
	memcpy(c->id, k->id, sizeof(c->id));
	return t->count++;
}

/* As a fingerprint, over what objects share: a domain has two spellings. */
static void
print_id(struct buf *folded, struct digest **digest, struct counted_cause *k)
{
	const char *parts[] = { "cause", k->rule, k->authority, k->value };
	char whole[DIGEST_TEXT];

	buf_clear(folded);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i])
			utf8_fold_domain(folded, parts[i]);
		buf_addc(folded, '\n');
	}
	if (!*digest)
		*digest = digest_new();
	digest_again(*digest, folded->data, folded->len, whole);
	memcpy(k->id, whole, sizeof(k->id) - 1);
	k->id[sizeof(k->id) - 1] = '\0';
}

/* ---- in a batch ---- */

/* The cause of the finding, in the batch's table. */
static size_t
cause_of(struct findings_batch *b, const struct finding *f)
{
	const struct finding *root = f->root ? f->root : f;
	struct cause_table *t = &b->causes.table;
	struct counted_cause key = {
		.rule = root->rule, .authority = root->authority,
		.value = root->shared.value, .title = root->shared.title,
		.action = root->shared.action,
	};
	long i = find(t, &key);

	if (i >= 0)
		return (size_t)i;
	print_id(&b->folded, &b->digest, &key);
	return add(t, &key);
}

/* What it shows of the cause: a command, and who claims what. */
static void
take_samples(struct counted_cause *c, const struct finding *f)
{
	struct buf command = { 0 };

	if (f->status != STATUS_OPEN)
		return;
	conflicts_take(&c->conflicts, f);
	if (c->command || f->root)
		return;
	example_put(&command, f);
	if (command.len)
		c->command = xstrdup(command.data);
	buf_release(&command);
}

static uint64_t
change_print(const struct finding *f)
{
	uint64_t print = f->change ? hash_text(f->change) : 0;

	return f->change && !print ? 1 : print;
}

const char *
causes_take(struct findings_batch *b, const struct finding *f)
{
	struct cause_batch *of = &b->causes;
	size_t number = cause_of(b, f);
	struct counted_cause *c = &of->table.items[number];
	const char *object = finding_object(f);

	LIST_RESERVE(of->refs, of->room, of->count + 1);
	of->refs[of->count++] = (struct cause_ref){
		.object = object ? hash_text(object) : 0,
		.cause = (uint32_t)number,
		.class = (unsigned char)name_number(
			&of->table, &of->table.classes,
			f->class ? f->class : "object"),
		.severity = (unsigned char)f->severity,
		.open = f->status == STATUS_OPEN, .attached = f->root != NULL,
		.blocks = f->bears && f->severity <= SEVERITY_HIGH,
		.is_shared = change_is_shared(f), .change = change_print(f),
	};
	take_samples(c, f);
	c->deletes = c->deletes || f->deletes;
	if (!f->root && f->tool)
		c->tools |= 1u << name_number(&of->table, &of->table.tools,
		                              f->tool);
	cause_add_example(f->status == STATUS_OPEN ? &c->open : &c->waived,
	            finding_label(f));
	return c->id;
}

/* They stand together, at the end. */
void
causes_block(struct cause_batch *b, const char *object)
{
	uint64_t print = object ? hash_text(object) : 0;
	size_t first = b->count;

	while (first && b->refs[first - 1].object == print)
		first--;
	if (first == b->count)
		return;
	LIST_RESERVE(b->blocked, b->blocked_room, b->blocked_count + 1);
	b->blocked[b->blocked_count++] = (struct blocked_run){
		first, b->count - first
	};
}

void
causes_place(struct cause_batch *b, size_t at)
{
	b->refs[b->count - 1].at = at;
}

static void
table_clear(struct cause_table *t)
{
	for (size_t i = 0; i < t->count; i++) {
		cause_forget_examples(&t->items[i].open);
		cause_forget_examples(&t->items[i].waived);
		conflicts_release(&t->items[i].conflicts);
		free(t->items[i].command);
	}
	t->count = t->classes.count = t->tools.count = 0;
	hash_index_release(&t->by_key);
	arena_clear(&t->texts);
}

/* ---- in the writer ---- */

/* How many values of the rule have causes of their own. */
static size_t *
values_of(struct cause_table *t, const char *rule)
{
	size_t i = 0;

	while (i < t->rule_count && strcmp(t->rules[i].rule, rule) != 0)
		i++;
	LIST_RESERVE(t->rules, t->rule_room, i + 1);
	if (i == t->rule_count)
		t->rules[t->rule_count++] = (struct cause_values){
			.rule = arena_strdup(&t->texts, rule),
		};
	return &t->rules[i].values;
}

/* That of the rule, without a value. */
static size_t
of_rule(struct cause_table *to, const struct counted_cause *c)
{
	struct counted_cause key = {
		.rule = c->rule, .authority = c->authority,
	};
	long i = find(to, &key);
	struct digest *digest = NULL;
	struct buf folded = { 0 };

	if (i >= 0)
		return (size_t)i;
	print_id(&folded, &digest, &key);
	digest_free(digest);
	buf_release(&folded);
	return add(to, &key);
}

/* The one of TO that a cause of a batch becomes. */
static size_t
target_of(struct cause_table *to, const struct counted_cause *c)
{
	long i = find(to, c);

	if (i >= 0)
		return (size_t)i;
	if (c->value && *values_of(to, c->rule) >= CAUSE_VALUES_MAX)
		return of_rule(to, c);
	if (c->value)
		++*values_of(to, c->rule);
	return add(to, c);
}

/* What is counted once for all findings of the batch. */
static void
join(struct cause_table *to, struct counted_cause *at,
     const struct cause_table *from, const struct counted_cause *c)
{
	if (!at->command && c->command)
		at->command = xstrdup(c->command);
	conflicts_join(&at->conflicts, &c->conflicts);
	for (size_t i = 0; i < from->tools.count; i++)
		if (c->tools >> i & 1)
			at->tools |= 1u << name_number(to, &to->tools,
			                               from->tools.items[i]);
	at->deletes = at->deletes || c->deletes;
	cause_join_examples(&at->open, &c->open);
	cause_join_examples(&at->waived, &c->waived);
}

static void
count(struct cause_tally *c, const struct cause_ref *r, size_t class)
{
	if (r->severity < c->worst)
		c->worst = r->severity;
	if (r->attached)
		c->attached++;
	else
		c->findings++;
	if (c->objects && c->last == r->object)
		return;
	c->last = r->object;
	c->objects++;
	c->by_class[class]++;
}

static void
add_refs(struct cause_table *to, const struct cause_batch *b,
         const size_t *targets, struct buf *lines)
{
	size_t classes[CAUSE_NAMES];

	for (size_t i = 0; i < b->table.classes.count; i++)
		classes[i] = name_number(to, &to->classes,
		                         b->table.classes.items[i]);
	for (size_t i = 0; i < b->count; i++) {
		const struct cause_ref *r = &b->refs[i];
		struct counted_cause *c = &to->items[targets[r->cause]];

		count(r->open ? &c->open : &c->waived, r, classes[r->class]);
		to->open[classes[r->class]] += r->open;
		if (!c->value && b->table.items[r->cause].value)
			memcpy(lines->data + r->at, c->id, sizeof(c->id) - 1);
		if (r->open && r->change)
			c->changes += change_count_once(
				&to->changes, &(struct counted_change){
					.change = r->change,
					.object = r->object,
					.cause = targets[r->cause],
					.is_shared = r->is_shared,
				});
	}
}

/* Of the objects that are blocked, what blocks them together. */
static void
add_blocked(struct cause_table *to, const struct cause_batch *b,
            const size_t *targets)
{
	uint32_t *causes = xcalloc(b->count, sizeof(*causes));

	for (size_t i = 0; i < b->blocked_count; i++) {
		const struct blocked_run *run = &b->blocked[i];
		bool stays = false;
		size_t n = 0;

		for (size_t k = run->first; k < run->first + run->count; k++) {
			if (!b->refs[k].blocks)
				continue;
			causes[n++] = (uint32_t)targets[b->refs[k].cause];
			stays = stays || !b->refs[k].open;
		}
		blocked_sets_add(&to->blocked, causes, n, stays);
	}
	free(causes);
}

void
causes_add(struct cause_table *to, struct cause_batch *b, struct buf *lines)
{
	size_t *targets;

	if (!b->count)
		return;
	targets = xcalloc(b->table.count, sizeof(*targets));
	for (size_t i = 0; i < b->table.count; i++) {
		targets[i] = target_of(to, &b->table.items[i]);
		join(to, &to->items[targets[i]], &b->table,
		     &b->table.items[i]);
	}
	add_refs(to, b, targets, lines);
	add_blocked(to, b, targets);
	free(targets);
	table_clear(&b->table);
	b->count = b->blocked_count = 0;
}

void
causes_table_release(struct cause_table *t)
{
	table_clear(t);
	arena_release(&t->texts);
	blocked_sets_release(&t->blocked);
	change_tally_release(&t->changes);
	free(t->items);
	free(t->rules);
	*t = (struct cause_table){ .count = 0 };
}

void
causes_batch_release(struct cause_batch *b)
{
	causes_table_release(&b->table);
	free(b->refs);
	free(b->blocked);
	*b = (struct cause_batch){ .count = 0 };
}

static bool
is_open(const struct counted_cause *c)
{
	return c->open.worst < SEVERITY_COUNT;
}

const struct cause_tally *
cause_told(const struct counted_cause *c)
{
	return is_open(c) ? &c->open : &c->waived;
}

/* What nobody has to do comes last. */
int
cause_compare(const struct counted_cause *a, const struct counted_cause *b)
{
	const struct cause_tally *x = cause_told(a), *y = cause_told(b);

	if (is_open(a) != is_open(b))
		return is_open(a) ? -1 : 1;
	if (x->worst != y->worst)
		return x->worst < y->worst ? -1 : 1;
	if (x->objects != y->objects)
		return x->objects > y->objects ? -1 : 1;
	return strcmp(a->id, b->id);
}

static int
by_order(const void *a, const void *b)
{
	const struct counted_cause *x = a, *y = b;

	if (x->order && y->order)
		return x->order < y->order ? -1 : x->order > y->order;
	return cause_compare(x, y);
}

void
causes_sort(struct cause_table *t)
{
	if (t->count)
		qsort(t->items, t->count, sizeof(*t->items), by_order);
	hash_index_release(&t->by_key);
}
