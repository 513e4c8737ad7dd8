/*
 * The servers of Exchange that AD's configuration names, each once, whichever
 * snapshots of its forest have it.
 */
#include "analyze/load/exchange_servers.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

static bool
is_server(const struct record *r)
{
	long at = record_find(r, "objectClass");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		if (ascii_casecmp(record_value(r, (size_t)at, i).data,
		                  "msExchExchangeServer") == 0)
			return true;
	return false;
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

static bool
is_known(const struct exchange_servers *all, const char *dn)
{
	for (size_t i = 0; i < all->count; i++)
		if (utf8_same_folded(all->items[i].dn, dn))
			return true;
	return false;
}

static void
take(struct model *m, const struct snapshot *from, const struct record *r)
{
	struct exchange_servers *to = &m->exchange;
	const char *dn = record_text(r, "dn");
	const char *guid = record_text(r, "objectGUID");
	struct exchange_server s = { .from = from };

	if (!dn || !is_server(r) || is_known(to, dn))
		return;
	s.dn = arena_strdup(&m->arena, dn);
	s.name = name_of(s.dn, &m->arena);
	s.has_guid = guid && guid_from_base64(&s.guid, guid,
	                                      strlen(guid)) == 0;
	s.serial = first_of(r, "serialNumber", &m->arena);
	s.has_build = s.serial &&
	              exchange_build_parse(&s.build, s.serial) == 0;
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
