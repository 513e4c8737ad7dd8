/* Edits of places: moves, the sync scope, and the domains. */
#include "analyze/whatif/whatif.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/hash.h"

/* Moves of moves of moves must not make names without end. */
enum { DN_MAX = 16 << 10 };

/* Two edits that cannot both be. */
static bool
clash(const struct edit *a, const struct edit *b)
{
	static const enum edit_kind against[EDIT_KINDS] = {
		[EDIT_MOVE] = EDIT_MOVE, [EDIT_INCLUDE] = EDIT_EXCLUDE,
		[EDIT_EXCLUDE] = EDIT_INCLUDE,
	};

	return against[a->kind] == b->kind && b->kind != EDIT_SET &&
	       strcmp(a->dn, b->dn) == 0;
}

static bool
is_of_place(const struct edit *e)
{
	return e->dn && !edit_is_of_object(e);
}

static int
check_clashes(const struct edits *e, struct err *err)
{
	struct hash_index seen = { 0 };
	int rc = 0;

	for (size_t i = 0; i < e->count && rc == 0; i++) {
		const struct edit *one = &e->items[i];
		size_t at = HASH_INDEX_FIRST;
		uint64_t hash;
		long k;

		if (!is_of_place(one))
			continue;
		hash = hash_text(one->dn);
		while ((k = hash_index_next(&seen, hash, &at)) >= 0 && rc == 0)
			if (clash(&e->items[k], one))
				rc = err_usage(err, EDIT_PLACE ": line %u says "
				               "otherwise of %s",
				               EDIT_AT(e, one),
				               e->items[k].line, one->target);
		hash_index_add(&seen, hash, i);
	}
	hash_index_release(&seen);
	return rc;
}

/* The nearest move at or above the normalised DN, and how far above. */
static struct edit *
move_of(const struct edits *e, const char *normal, size_t *above)
{
	*above = 0;
	for (; *normal; normal = dn_parent(normal), ++*above) {
		uint64_t hash = hash_text(normal);
		size_t at = HASH_INDEX_FIRST;
		long i;

		while ((i = hash_index_next(&e->places, hash, &at)) >= 0)
			if (e->items[i].kind == EDIT_MOVE &&
			    strcmp(e->items[i].dn, normal) == 0)
				return &e->items[i];
	}
	return NULL;
}

/* DN with PARENT in place of what stands behind the RDN number ABOVE. */
static const char *
under(const char *dn, size_t above, const char *parent, struct arena *a)
{
	const char *end = dn;
	size_t head, tail = strlen(parent);
	char *out;

	for (size_t i = 0; i < above; i++)
		end = dn_parent(end);
	head = (size_t)(end - dn) + dn_first_len(end);
	out = arena_alloc(a, head + tail + 2);
	memcpy(out, dn, head);
	out[head] = ',';
	memcpy(out + head + 1, parent, tail + 1);
	return out;
}

const char *
edit_moved(const struct edits *e, const char *dn, const char *normal,
           struct arena *a)
{
	size_t above;
	const struct edit *move = e->moves ? move_of(e, normal, &above) : NULL;

	return move ? under(dn, above, move->parent, a) : dn;
}

const char *
edits_dn(const struct edits *e, const char *dn, struct arena *a)
{
	struct buf normal = { 0 };
	const char *out = dn;

	if (e->moves && dn_normalise(&normal, dn) == 0)
		out = edit_moved(e, dn, normal.data, a);
	buf_release(&normal);
	return out;
}

/* Where the edit leads, once those that TO depends on are known. */
static int
find_way(struct edits *e, struct edit *move, struct err *err)
{
	struct edit *next;
	size_t above;

	if (move->way == WAY_KNOWN)
		return 0;
	if (move->way == WAY_BEING_FOUND)
		return err_usage(err, EDIT_PLACE ": %s would lie below itself",
		                 EDIT_AT(e, move), move->target);
	move->way = WAY_BEING_FOUND;
	next = move_of(e, move->to_dn, &above);
	if (next && find_way(e, next, err) < 0)
		return -1;
	move->parent = next ? under(move->to, above, next->parent, &e->arena)
	                    : move->to;
	if (strlen(move->parent) > DN_MAX)
		return err_usage(err, EDIT_PLACE ": the name would be longer "
		                 "than %d bytes", EDIT_AT(e, move), DN_MAX);
	move->way = WAY_KNOWN;
	return 0;
}

int
edits_check(struct edits *e, struct err *err)
{
	if (check_clashes(e, err) < 0)
		return -1;
	e->domains = arena_alloc(&e->arena, (e->count + 1) *
	                         sizeof(*e->domains));
	for (size_t i = 0; i < e->count; i++) {
		struct edit *one = &e->items[i];

		if (one->kind == EDIT_MOVE)
			e->moves++;
		if (one->kind == EDIT_LICENSE && one->everyone)
			e->everyone = one;
		if (one->kind == EDIT_VERIFY)
			e->domains[e->domain_count++] = one->target;
		if (is_of_place(one) && (one->kind == EDIT_MOVE ||
		                         one->kind == EDIT_LICENSE))
			hash_index_add(&e->places, hash_text(one->dn), i);
	}
	for (size_t i = 0; i < e->count; i++)
		if (e->items[i].kind == EDIT_MOVE &&
		    find_way(e, &e->items[i], err) < 0)
			return -1;
	return 0;
}

/* Whether an edit of KIND names the DN. */
static bool
names(const struct edits *e, enum edit_kind kind, const char *dn)
{
	struct buf normal = { 0 };
	bool found = false;

	dn_normalise(&normal, dn);
	for (size_t i = 0; i < e->count && !found; i++)
		found = e->items[i].kind == kind &&
		        strcmp(e->items[i].dn, buf_text(&normal)) == 0;
	buf_release(&normal);
	return found;
}

/* Whether PART, the whole policy P or a forest of it, decides of DN. */
static bool
decides(const struct policy *p, const struct policy *part, const char *dn)
{
	if (part != p)
		return policy_holds(part, dn);
	/* By connectors all of it stands at the top, too. */
	for (size_t i = 0; i < p->forest_count && !p->by_connectors; i++)
		if (policy_holds(&p->forests[i], dn))
			return false;
	return true;
}

/*
 * The list of PART with what the edits add, without what they say otherwise of.
 */
static const char **
changed_list(struct edits *e, const struct policy *p,
             const struct policy *part, const char *const *list,
             size_t *count, enum edit_kind adds, enum edit_kind removes)
{
	const char **out = arena_alloc(&e->arena, (*count + e->count + 1) *
	                               sizeof(*out));
	size_t n = 0;

	for (size_t i = 0; i < *count; i++)
		if (!names(e, removes, list[i]) && !names(e, adds, list[i]))
			out[n++] = list[i];
	for (size_t i = 0; i < e->count; i++)
		if (e->items[i].kind == adds &&
		    decides(p, part, e->items[i].target))
			out[n++] = e->items[i].target;
	*count = n;
	return out;
}

/* The lists of PART, the whole policy P or a forest of it. */
static void
change_scope(struct edits *e, const struct policy *p,
             const struct policy *part, struct policy *out)
{
	out->include = changed_list(e, p, part, part->include,
	                            &out->include_count, EDIT_INCLUDE,
	                            EDIT_EXCLUDE);
	out->exclude = changed_list(e, p, part, part->exclude,
	                            &out->exclude_count, EDIT_EXCLUDE,
	                            EDIT_INCLUDE);
	out->has_scope = part->has_scope || out->include_count ||
	                 out->exclude_count;
	/* Only where no scope was given does an edit begin one. */
	if (part->has_scope)
		out->rest = part->include_count ? REST_OUT : REST_IN;
}

void
edits_policy(struct edits *e, const struct policy *p, struct policy *out)
{
	*out = *p;
	change_scope(e, p, p, out);
	out->forests = arena_alloc(&e->arena, p->forest_count *
	                           sizeof(*out->forests));
	for (size_t i = 0; i < p->forest_count; i++) {
		out->forests[i] = p->forests[i];
		change_scope(e, p, &p->forests[i], &out->forests[i]);
	}
}

const char *const *
edits_domains(const struct edits *e, size_t *count)
{
	*count = e->domain_count;
	return e->domains;
}
