/* Findings stream past; those of told causes are kept, a few of each. */
#include "report/export/cause_findings.h"

#include <string.h>

/* The number of the cause; their count when it is not told. */
static size_t
cause_number(const struct first_causes *causes, const char *id)
{
	size_t i = 0;

	while (i < causes->count && strcmp(causes->items[i].id, id) != 0)
		i++;
	return i;
}

static void
take(struct cause_findings *c, const struct first_causes *causes, size_t room,
     const struct finding *f)
{
	size_t i = f->cause ? cause_number(causes, f->cause) : causes->count;

	if (f->status == STATUS_OPEN && i < causes->count)
		kept_take(&c->of[i], room, f, &c->arena);
}

int
cause_findings_fill(struct cause_findings *c,
                    const struct first_causes *causes, size_t room,
                    const struct findings *f, struct err *err)
{
	struct findings_reader *r = findings_read(f, err);
	struct finding one;
	int rc = r ? 1 : -1;

	*c = (struct cause_findings){ .arena = { 0 } };
	while (rc > 0 && (rc = findings_next(r, &one, err)) > 0)
		take(c, causes, room, &one);
	findings_reader_close(r);
	for (size_t i = 0; i < causes->count; i++)
		c->of[i] = kept_join(&c->of[i], 1, &c->arena);
	return rc;
}

void
cause_findings_release(struct cause_findings *c)
{
	arena_release(&c->arena);
}
