/*
 * The servers by their own builds ("Exchange Server build numbers and release
 * dates"): of a build that the data files do not have nothing is guessed.
 */
#include "analyze/exchange/servers.h"

#include <stdio.h>

#include "analyze/data/data.h"
#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/mem.h"

static const struct {
	enum exchange_role role;
	const char *name;
} role_names[] = {
	{ EXCHANGE_MAILBOX, "mailbox" },
	{ EXCHANGE_CLIENT_ACCESS, "client-access" },
	{ EXCHANGE_CLIENT_ACCESS_2013, "client-access" },
	{ EXCHANGE_UNIFIED_MESSAGING, "unified-messaging" },
	{ EXCHANGE_HUB_TRANSPORT, "hub-transport" },
	{ EXCHANGE_FRONTEND_TRANSPORT, "frontend-transport" },
	{ EXCHANGE_EDGE, "edge" },
};

enum { ROLES = sizeof(role_names) / sizeof(role_names[0]) };

static size_t
roles_of(const struct exchange_server *s, struct arena *a,
         const char *const **out)
{
	const char **to = arena_alloc(a, ROLES * sizeof(*to));
	size_t n = 0;

	for (size_t i = 0; i < ROLES; i++)
		if ((s->roles & role_names[i].role) &&
		    (!n || to[n - 1] != role_names[i].name))
			to[n++] = role_names[i].name;
	*out = to;
	return n;
}

static enum exchange_support
support_of(const struct exchange_product *p, when_t now)
{
	if (now == WHEN_NONE)
		return EXCHANGE_SUPPORT_UNKNOWN;
	if (!p->ends_day || now < p->ends + WHEN_DAY)
		return EXCHANGE_SUPPORT_FULL;
	return p->paid_day && now < p->paid_until + WHEN_DAY
		? EXCHANGE_SUPPORT_PAID : EXCHANGE_SUPPORT_ENDED;
}

static const char *
version_of(const struct build *b, struct arena *a)
{
	char text[64];

	snprintf(text, sizeof(text), "%u.%u.%u.%u", b->parts[0], b->parts[1],
	         b->parts[2], b->parts[3]);
	return arena_strdup(a, text);
}

static struct exchange_told_server
server(const struct model *m, const struct exchange_server *s, struct arena *a)
{
	const struct exchange_product *p = s->has_build
		? data_exchange(m->data, &s->build) : NULL;
	struct exchange_told_server out = {
		.name = arena_strdup(a, s->name),
		.dn = s->dn ? arena_strdup(a, s->dn) : NULL,
		.guid = exchange_server_guid(s, a),
		.version = s->has_build ? version_of(&s->build, a) : NULL,
	};

	out.role_count = roles_of(s, a, &out.roles);
	if (!p)
		return out;
	out.product = p->name;
	out.update = data_exchange_update(m->data, &s->build);
	out.support = support_of(p, m->as_of);
	out.support_ends = p->paid_day ? p->paid_day : p->ends_day;
	return out;
}

void
servers_describe(const struct model *m, struct arena *a,
                 struct exchange_told *out)
{
	struct exchange_told_server *to = arena_alloc(
		a, (m->exchange.count + 1) * sizeof(*to));

	for (size_t i = 0; i < m->exchange.count; i++)
		to[i] = server(m, &m->exchange.items[i], a);
	out->servers = to;
	out->server_count = m->exchange.count;
}
