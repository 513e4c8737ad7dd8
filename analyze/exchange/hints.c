/* What may be sending through the server, where nobody was asked. */
#include "analyze/exchange/hints.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "base/mem.h"

static bool
is_hint(const struct exchange_setting *s)
{
	return (s->kind == SETTING_RECEIVE_CONNECTOR ||
	        s->kind == SETTING_SEND_CONNECTOR) && s->fits == NO;
}

static int
by_evidence_dn(const void *a, const void *b)
{
	const struct exchange_evidence *x = a, *y = b;

	return strcmp(x->dn, y->dn);
}

static const char *
copied(const char *text, struct arena *a)
{
	return text ? arena_strdup(a, text) : NULL;
}

static struct exchange_evidence
of_setting(const struct exchange_setting *s, struct arena *a)
{
	return (struct exchange_evidence){
		.dn = copied(s->dn, a), .guid = copied(s->guid, a),
		.attribute = s->attribute, .value = copied(s->value, a),
	};
}

static struct exchange_evidence
of_edge(const struct exchange_server *s, struct arena *a)
{
	return (struct exchange_evidence){
		.dn = copied(s->dn, a), .guid = exchange_server_guid(s, a),
		.attribute = "msExchCurrentServerRoles", .value = "edge",
	};
}

void
hints_find(const struct model *m, struct arena *a,
           struct exchange_condition *c)
{
	const struct exchange_organization *o = &m->organization;
	struct exchange_evidence *to = arena_alloc(
		a, (o->setting_count + m->exchange.count + 1) * sizeof(*to));
	size_t n = 0;

	for (size_t i = 0; i < o->setting_count; i++)
		if (is_hint(&o->settings[i]))
			to[n++] = of_setting(&o->settings[i], a);
	for (size_t i = 0; i < m->exchange.count; i++)
		if (m->exchange.items[i].dn &&
		    (m->exchange.items[i].roles & EXCHANGE_EDGE))
			to[n++] = of_edge(&m->exchange.items[i], a);
	if (n > 1)
		qsort(to, n, sizeof(*to), by_evidence_dn);
	c->evidence = to;
	c->evidence_count = n < EXCHANGE_EVIDENCE ? n : EXCHANGE_EVIDENCE;
}
