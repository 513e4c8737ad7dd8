/*
 * The servers of Exchange that AD's configuration names, or
 * Get-ExchangeServer, each once, whichever snapshots of its forest have it.
 */
#include "analyze/load/exchange_servers.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

static bool
is_object(const struct record *r)
{
	long at = record_find(r, "objectClass");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		if (ascii_casecmp(record_value(r, (size_t)at, i).data,
		                  "msExchExchangeServer") == 0)
			return true;
	return false;
}

/* Whether it is of a list of servers. */
static bool
is_listed(const struct record *r)
{
	return record_find(r, "AdminDisplayVersion") >= 0 &&
	       record_find(r, "ServerRole") >= 0;
}

/* The first value of what may be a list. */
static const char *
first_of(const struct record *r, const char *name, struct arena *a)
{
	long at = record_find(r, name);

	if (at < 0 || !record_values(r, (size_t)at))
		return NULL;
	return arena_strdup(a, record_value(r, (size_t)at, 0).data);
}

/* "EX01" of "CN=EX01,CN=Servers,...", whose name AD has no comma in. */
static const char *
name_of(const char *dn, struct arena *a)
{
	const char *from = strchr(dn, '=');

	from = from ? from + 1 : dn;
	return arena_strndup(a, from, strcspn(from, ","));
}

/* A server has one GUID, whatever it is called since; else its DN counts. */
static bool
is_same(const struct exchange_server *a, const struct exchange_server *b)
{
	return a->has_guid && b->has_guid
		? memcmp(&a->guid, &b->guid, sizeof(a->guid)) == 0
		: utf8_same_folded(a->dn, b->dn);
}

static void
take_build(struct exchange_server *s, const char *attribute, const char *text)
{
	if (s->has_build || !text || exchange_build_parse(&s->build, text) < 0)
		return;
	s->has_build = true;
	s->told_by = attribute;
	s->told = text;
}

static void
take_roles(struct exchange_server *s, const char *text)
{
	s->has_roles = s->has_roles ||
	               (text && exchange_roles_parse(&s->roles, text) == 0);
}

static struct exchange_server
server_of(const struct record *r, const char *dn, struct arena *a)
{
	const char *guid = record_text(r, "objectGUID");
	struct exchange_server s = {
		.dn = arena_strdup(a, dn), .name = name_of(dn, a),
		.in_ad = is_object(r),
		.serial = first_of(r, "serialNumber", a),
		.displayed = first_of(r, "AdminDisplayVersion", a),
	};

	s.has_guid = guid && guid_from_base64(&s.guid, guid,
	                                      strlen(guid)) == 0;
	take_build(&s, "serialNumber", s.serial);
	take_build(&s, "AdminDisplayVersion", s.displayed);
	take_roles(&s, first_of(r, "msExchCurrentServerRoles", a));
	take_roles(&s, first_of(r, "ServerRole", a));
	return s;
}

/* What one record says and another does not. The object's own word counts. */
static void
join(struct exchange_server *to, const struct exchange_server *by)
{
	struct exchange_server first = by->in_ad && !to->in_ad ? *by : *to;
	const struct exchange_server *then = first.dn == by->dn ? to : by;

	first.from = to->from;
	if (!first.has_guid && then->has_guid) {
		first.guid = then->guid;
		first.has_guid = true;
	}
	first.serial = first.serial ? first.serial : then->serial;
	first.displayed = first.displayed ? first.displayed : then->displayed;
	take_build(&first, then->told_by, then->told);
	if (!first.has_roles) {
		first.roles = then->roles;
		first.has_roles = then->has_roles;
	}
	*to = first;
}

static void
take(struct model *m, const struct snapshot *from, const struct record *r)
{
	struct exchange_servers *to = &m->exchange;
	const char *dn = record_text(r, "dn");
	struct exchange_server s;

	if (!dn || (!is_object(r) && !is_listed(r)))
		return;
	s = server_of(r, dn, &m->arena);
	s.from = from;
	for (size_t i = 0; i < to->count; i++)
		if (is_same(&to->items[i], &s)) {
			join(&to->items[i], &s);
			return;
		}
	LIST_RESERVE(to->items, to->room, to->count + 1);
	to->items[to->count++] = s;
}

static int
by_dn(const void *a, const void *b)
{
	const struct exchange_server *x = a, *y = b;

	return strcmp(x->dn, y->dn);
}

static int
read_servers(struct model *m, const struct snapshot *from, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_settings(&r, from, AD_EXCHANGE, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take(m, from, r.record);
	record_scan_close(&r);
	return rc;
}

int
exchange_servers_load(struct model *m, struct err *err)
{
	for (size_t i = 0; i < m->ad_count; i++)
		if (read_servers(m, m->ad[i], err) < 0)
			return -1;
	if (m->exchange.count)
		qsort(m->exchange.items, m->exchange.count,
		      sizeof(m->exchange.items[0]), by_dn);
	return 0;
}
