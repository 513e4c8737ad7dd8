/* The names of objects that a cause shows. */
#include "analyze/findings/cause_names.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"

/* Keeps the first names in the order of their bytes, each once. */
void
cause_add_example(struct cause_tally *c, const char *name)
{
	size_t at = c->example_count;

	while (at > 0 && strcmp(c->examples[at - 1], name) > 0)
		at--;
	if (at == CAUSE_EXAMPLES ||
	    (at > 0 && strcmp(c->examples[at - 1], name) == 0))
		return;
	if (c->example_count == CAUSE_EXAMPLES)
		free(c->examples[--c->example_count]);
	memmove(&c->examples[at + 1], &c->examples[at],
	        (c->example_count - at) * sizeof(c->examples[0]));
	c->examples[at] = xstrdup(name);
	c->example_count++;
}

void
cause_forget_examples(struct cause_tally *c)
{
	for (size_t i = 0; i < c->example_count; i++)
		free(c->examples[i]);
	c->example_count = 0;
}

void
cause_join_examples(struct cause_tally *to, const struct cause_tally *from)
{
	for (size_t i = 0; i < from->example_count; i++)
		cause_add_example(to, from->examples[i]);
}
