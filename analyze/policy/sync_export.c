/* What the export of a sync server says. */
#include "analyze/policy/sync_export.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/dn.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { STRANGE_MAX = 500 };

void
text_list_add(struct text_list *l, struct arena *a, const char *text)
{
	if (l->count == l->room) {
		const char **more;

		l->room = l->room ? 2 * l->room : 8;
		more = arena_alloc(a, l->room * sizeof(*more));
		if (l->count)
			memcpy(more, l->texts, l->count * sizeof(*more));
		l->texts = more;
	}
	l->texts[l->count++] = arena_strdup(a, text);
}

struct sync_connector *
sync_export_connector(struct sync_export *x, const char *id,
                      const char *forest)
{
	struct sync_connector *c = arena_alloc(x->arena, sizeof(*c));
	struct sync_connector **to = &x->connectors;

	while (*to)
		to = &(*to)->next;
	*c = (struct sync_connector){
		.id = arena_strdup(x->arena, id),
		.forest = arena_strdup(x->arena, forest),
	};
	return *to = c;
}

const char *
sync_effect_attribute(enum filter_effect effect)
{
	static const char *const names[] = {
		[FILTER_OUT] = "cloudFiltered",
		[FILTER_NO_FLOW] = "cloudNoFlow",
	};

	return names[effect];
}

const char *
sync_export_no_flow(struct sync_export *x, const struct sync_rule *rule)
{
	const struct sync_clause *c = rule->clauses;
	const struct filter_condition *only = c && !c->next && c->count == 1
		? c->where : NULL;

	/* Even if it reads more than that, what is marked does not flow. */
	x->joins_no_flow = true;
	if (only && only->operator == FILTER_EQUAL && only->value &&
	    ascii_casecmp(only->attribute,
	                  sync_effect_attribute(FILTER_NO_FLOW)) == 0 &&
	    ascii_casecmp(only->value, "True") == 0)
		return NULL;
	return "its scope is not cloudNoFlow EQUAL True";
}

struct sync_partition *
sync_export_partition(struct sync_export *x, struct sync_connector *c,
                      const char *dn)
{
	struct sync_partition *p = arena_alloc(x->arena, sizeof(*p));
	struct sync_partition **to = &c->partitions;

	if (++x->partition_count > SYNC_PARTITIONS_MAX)
		return NULL;
	while (*to)
		to = &(*to)->next;
	*p = (struct sync_partition){ .dn = arena_strdup(x->arena, dn) };
	*to = p;
	return p;
}

/* By precedence: the lowest number decides. */
void
sync_export_rule(struct sync_export *x, const struct sync_rule *rule)
{
	struct sync_rule *r = arena_alloc(x->arena, sizeof(*r));
	struct sync_rule **to = &x->rules;

	if (++x->rule_count > SYNC_RULES_MAX) {
		sync_export_strange(x, "rules beyond %d", SYNC_RULES_MAX);
		return;
	}
	while (*to && (*to)->precedence <= rule->precedence)
		to = &(*to)->next;
	*r = *rule;
	r->next = *to;
	*to = r;
}

void
sync_export_strange(struct sync_export *x, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (x->strange.count == STRANGE_MAX)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < x->strange.count; i++)
		if (strcmp(x->strange.texts[i], text) == 0)
			return;
	text_list_add(&x->strange, x->arena, text);
}

int
sync_export_dn(struct text_list *l, struct arena *a, const char *text)
{
	struct buf out = { 0 };
	int rc = dn_normalise(&out, text);

	buf_release(&out);
	if (rc == 0)
		text_list_add(l, a, text);
	return rc;
}
