/* Reads them through, so that a file that was changed is told. */
#include "report/first_causes.h"

#include "base/mem.h"

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

static const char *const *
copied_list(const char *const *list, size_t n, struct arena *a)
{
	const char **to = arena_alloc(a, n * sizeof(*to) + 1);

	for (size_t i = 0; i < n; i++)
		to[i] = arena_strdup(a, list[i]);
	return to;
}

static const struct told_conflict *
copied_conflicts(const struct cause *c, struct arena *a)
{
	struct told_conflict *to = arena_alloc(a, c->conflict_count *
	                                       sizeof(*to) + 1);

	for (size_t i = 0; i < c->conflict_count; i++) {
		to[i] = c->conflicts[i];
		to[i].value = arena_strdup(a, to[i].value);
		to[i].claimants = copied_list(to[i].claimants, to[i].count, a);
	}
	return to;
}

static struct cause
copy(const struct cause *c, struct arena *a)
{
	struct cause out = *c;

	out.id = arena_strdup(a, c->id);
	out.rule = arena_strdup(a, c->rule);
	out.title = arena_strdup(a, c->title);
	out.value = copied(c->value, a);
	out.action = copied(c->action, a);
	out.authority = copied(c->authority, a);
	out.tool = copied(c->tool, a);
	out.brief = copied(c->brief, a);
	out.owner = copied(c->owner, a);
	out.command = copied(c->command, a);
	out.steps = copied_list(c->steps, c->step_count, a);
	out.examples = copied_list(c->examples, c->example_count, a);
	out.conflicts = copied_conflicts(c, a);
	return out;
}

int
first_causes_fill(struct first_causes *c, const struct findings *f,
                  size_t most, struct arena *a, struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct cause *list = arena_alloc(a, most * sizeof(*list));
	struct cause one;
	int rc = r ? 1 : -1;

	*c = (struct first_causes){ .items = list };
	while (rc > 0 && (rc = causes_next(r, &one, err)) > 0) {
		/* These come last, and there is nothing to do. */
		if (one.is_waived)
			continue;
		c->all++;
		c->findings += one.findings;
		c->attached += one.attached;
		if (c->count < most)
			list[c->count++] = copy(&one, a);
	}
	findings_reader_close(r);
	return rc;
}
