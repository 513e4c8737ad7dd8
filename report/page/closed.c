/* closed.ndjson has what earlier runs closed, too: these are left out. */
#include "report/page/closed.h"

#include <string.h>

#include "analyze/findings/findings.h"

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

static void
take(struct closed_told *c, const struct findings *f,
     const struct finding_change *one, struct arena *a)
{
	const struct finding *g = one->finding;
	size_t rule = 0;

	if (one->since != f->as_of)
		return;
	if (one->kind != CHANGE_FIXED) {
		c->lost++;
		return;
	}
	c->fixed++;
	while (rule < f->rule_count && strcmp(f->rules[rule].id, g->rule) != 0)
		rule++;
	if (rule == f->rule_count)
		return;
	c->by_rule[rule]++;
	if (c->shown == CLOSED_SHOWN)
		return;
	c->items[c->shown++] = (struct closed_one){
		.rule = rule, .dn = copied(g->dn, a),
		.label = copied(finding_label(g), a),
		.attribute = copied(g->attribute, a),
		.observed = copied(g->observed, a),
	};
}

int
closed_fill(struct closed_told *c, const struct findings *f, struct arena *a,
            struct err *err)
{
	struct findings_reader *r;
	struct finding_change one;
	int rc;

	*c = (struct closed_told){
		.by_rule = xcalloc(f->rule_count + 1, sizeof(uint64_t)),
	};
	if (!findings_part_is_there(f, PART_CLOSED))
		return 0;
	r = findings_part_read(f, PART_CLOSED, err);
	rc = r ? 1 : -1;
	while (rc > 0 && (rc = closed_next(r, &one, err)) > 0)
		take(c, f, &one, a);
	findings_reader_close(r);
	return rc;
}
