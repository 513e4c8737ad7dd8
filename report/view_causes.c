/* The causes of a view: the first of the file, which is worst first. */
#include "report/view.h"

#include "base/mem.h"

struct cause_counts
view_causes(const struct findings *f)
{
	struct cause_counts c = { .findings = f->finding_count };

	for (int i = 0; i < SEVERITY_COUNT; i++)
		c.attached += f->causes.attached[i];
	c.findings -= c.attached;
	return c;
}

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
view_take_causes(struct view *v, struct arena *a, struct err *err)
{
	struct findings_reader *r = causes_read(v->findings, err);
	struct cause *list = arena_alloc(a, VIEW_CAUSES * sizeof(*list));
	struct cause c;
	int rc = r ? 1 : -1;

	v->causes = list;
	while (rc > 0 && (rc = causes_next(r, &c, err)) > 0)
		if (v->cause_count < VIEW_CAUSES)
			list[v->cause_count++] = copy(&c, a);
	findings_reader_close(r);
	return rc;
}
