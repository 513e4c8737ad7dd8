/* Reads them through, so that a file that was changed is told. */
#include "report/first_causes.h"

#include "base/mem.h"

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

static struct cause
copy(const struct cause *c, struct arena *a)
{
	const char **examples = arena_alloc(a, c->example_count *
	                                    sizeof(*examples) + 1);
	struct cause out = *c;

	out.id = arena_strdup(a, c->id);
	out.rule = arena_strdup(a, c->rule);
	out.title = arena_strdup(a, c->title);
	out.value = copied(c->value, a);
	out.action = copied(c->action, a);
	out.authority = copied(c->authority, a);
	out.tool = copied(c->tool, a);
	for (size_t i = 0; i < c->example_count; i++)
		examples[i] = arena_strdup(a, c->examples[i]);
	out.examples = examples;
	return out;
}

int
first_causes_fill(struct first_causes *c, const struct findings *f,
                  struct arena *a, struct err *err)
{
	struct findings_reader *r = causes_read(f, err);
	struct cause *list = arena_alloc(a, FIRST_CAUSES * sizeof(*list));
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
		if (c->count < FIRST_CAUSES)
			list[c->count++] = copy(&one, a);
	}
	findings_reader_close(r);
	return rc;
}
