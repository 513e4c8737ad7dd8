/* Counts of members: each has its key, in lines and in the manifest. */
#include "analyze/findings/members_json.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/json.h"

static const struct {
	const char *key;
	size_t offset;
} keys[] = {
	{ "inScope", offsetof(struct member_counts, in_scope) },
	{ "outOfScope", offsetof(struct member_counts, out_of_scope) },
	{ "foreign", offsetof(struct member_counts, foreign) },
	{ "notKnown", offsetof(struct member_counts, not_known) },
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

static uint64_t *
count_at(struct member_counts *of, size_t i)
{
	return (uint64_t *)((char *)of + keys[i].offset);
}

void
members_put(struct buf *out, const struct member_counts *of)
{
	struct member_counts counts;

	if (!of)
		return;
	counts = *of;
	buf_adds(out, ",\"members\":");
	for (size_t i = 0; i < KEYS; i++)
		buf_addf(out, "%c\"%s\":%" PRIu64, i ? ',' : '{', keys[i].key,
		         *count_at(&counts, i));
	buf_addc(out, '}');
}

struct member_counts
members_from_json(const struct json *tree)
{
	struct member_counts of = { 0 };

	for (size_t i = 0; i < KEYS; i++)
		*count_at(&of, i) = json_count_of(tree, keys[i].key);
	return of;
}

void
members_add(struct member_sums *to, const struct member_counts *of)
{
	struct member_counts counts;

	if (!of)
		return;
	counts = *of;
	for (size_t i = 0; i < KEYS; i++)
		*count_at(&to->members, i) += *count_at(&counts, i);
	to->groups++;
	to->losing += of->out_of_scope + of->foreign > 0;
}

void
members_move(struct member_sums *to, struct member_sums *from)
{
	for (size_t i = 0; i < KEYS; i++)
		*count_at(&to->members, i) += *count_at(&from->members, i);
	to->groups += from->groups;
	to->losing += from->losing;
	*from = (struct member_sums){ 0 };
}

void
members_sums_to_json(struct json *o, const struct member_sums *of)
{
	struct member_counts counts = of->members;
	struct json *e;

	if (!of->groups)
		return;
	e = json_add_object(o, "members");
	json_add_count(e, "groups", of->groups);
	json_add_count(e, "losing", of->losing);
	for (size_t i = 0; i < KEYS; i++)
		json_add_count(e, keys[i].key, *count_at(&counts, i));
}

struct member_sums
members_sums_from_json(const struct json *tree)
{
	return (struct member_sums){
		.members = members_from_json(tree),
		.groups = json_count_of(tree, "groups"),
		.losing = json_count_of(tree, "losing"),
	};
}
