/*
 * Files do not say of what they were made. Of the partition as a whole they
 * have its head, the container of services and the list of partitions, which
 * are of three classes, so that no filter for some class finds them all; of a
 * tree, each object's parent, up to the root.
 */
#include "collect/import/config_seen.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/snapshot/snapshot.h"

enum { SHOWN = 200 };            /* bytes of a name in a reason */

/* Names of objects, in the form of dn_normalise. */
struct config_names {
	char **items;
	size_t count, room;
	struct hash_index index;
};

struct config_input {
	const char *name;        /* borrowed */
	size_t number;
};

/* What was seen of the partition of one forest. */
struct config_forest {
	char *name;              /* the end of its DNs, normalised */
	/* The last inputs that had objects of it, and of these sections. */
	struct config_input input, forest_input, exchange_input;
	bool head, services, crossref;
	bool schema_head, schema_mail;
	bool forest;             /* objects of AD_FOREST */
	bool exchange_head;
	bool unnamed_class;      /* an object without objectClass */
	struct config_names exchange;
	struct config_names organizations;
	struct config_names listed;      /* by Get-ExchangeServer */
};

struct config_seen {
	struct config_forest *forests;
	size_t count, room;
	struct config_input input;
};

struct config_seen *
config_seen_new(void)
{
	return xcalloc(1, sizeof(struct config_seen));
}

static void
release_names(struct config_names *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->items[i]);
	free(n->items);
	hash_index_release(&n->index);
}

void
config_seen_free(struct config_seen *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->count; i++) {
		free(c->forests[i].name);
		release_names(&c->forests[i].exchange);
		release_names(&c->forests[i].organizations);
		release_names(&c->forests[i].listed);
	}
	free(c->forests);
	free(c);
}

static bool
has_name(const struct config_names *n, const char *name)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(&n->index, hash_text(name), &at)) >= 0)
		if (strcmp(n->items[i], name) == 0)
			return true;
	return false;
}

static void
add_name(struct config_names *n, const char *name)
{
	if (has_name(n, name))
		return;
	LIST_RESERVE(n->items, n->room, n->count + 1);
	hash_index_add(&n->index, hash_text(name), n->count);
	n->items[n->count++] = xstrdup(name);
}

static struct config_forest *
forest_of(struct config_seen *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->forests[i].name, name) == 0)
			return &c->forests[i];
	LIST_RESERVE(c->forests, c->room, c->count + 1);
	c->forests[c->count] = (struct config_forest){
		.name = xstrdup(name),
	};
	return &c->forests[c->count++];
}

static bool
has_value(const struct record *r, const char *name, const char *value)
{
	long at = record_find(r, name);

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		if (!value || ascii_casecmp(record_value(r, (size_t)at,
		                                         i).data, value) == 0)
			return true;
	return false;
}

static void
take_exchange(struct config_forest *f, const char *name,
              const struct record *r)
{
	/* A list of servers is no tree. */
	if (has_value(r, "AdminDisplayVersion", NULL)) {
		add_name(&f->listed, name);
		return;
	}
	f->unnamed_class = f->unnamed_class ||
	                   !has_value(r, "objectClass", NULL);
	add_name(&f->exchange, name);
	if (has_value(r, "objectClass", "msExchOrganizationContainer"))
		add_name(&f->organizations, name);
}

static void
take(struct config_forest *f, enum ad_config_place place, const char *name,
     const struct record *r)
{
	switch (place) {
	case CONFIG_HEAD:
		f->head = true;
		break;
	case CONFIG_SERVICES:
		f->services = true;
		break;
	case CONFIG_PARTITIONS:
		f->crossref = f->crossref ||
		              has_value(r, "objectClass", "crossRef");
		break;
	case CONFIG_SCHEMA:
		f->schema_head = f->schema_head ||
		                 has_value(r, "objectClass", "dMD");
		f->schema_mail = f->schema_mail ||
		                 has_value(r, "lDAPDisplayName", "mail");
		break;
	case CONFIG_EXCHANGE_HEAD:
		f->exchange_head = f->exchange_head ||
		                   !has_value(r, "AdminDisplayVersion", NULL);
		take_exchange(f, name, r);
		break;
	case CONFIG_EXCHANGE:
		take_exchange(f, name, r);
		break;
	default:
		break;
	}
}

/* The sections that objects of a configuration partition come to. */
static bool
may_be(enum section s)
{
	return s == AD_EXCHANGE || s == AD_FOREST || s == AD_OTHER ||
	       s == AD_CONTAINERS;
}

void
config_seen_from(struct config_seen *c, const char *name, size_t number)
{
	c->input = (struct config_input){ name, number };
}

void
config_seen_put(struct config_seen *c, enum section s, const struct record *r)
{
	const char *dn = may_be(s) ? record_text(r, AD_DN) : NULL;
	struct buf name = { 0 };
	const char *end = NULL;
	enum ad_config_place place;
	struct config_forest *f;

	/* Most objects lie elsewhere. */
	if (!dn || !strcasestr(dn, "configuration"))
		return;
	place = dn_normalise(&name, dn) < 0 ? CONFIG_OUTSIDE
		: ad_config_place(name.data, &end);
	if (place != CONFIG_OUTSIDE) {
		f = forest_of(c, end);
		f->input = c->input;
		f->forest = f->forest || s == AD_FOREST;
		if (s == AD_FOREST)
			f->forest_input = c->input;
		if (s == AD_EXCHANGE)
			f->exchange_input = c->input;
		take(f, place, name.data, r);
	}
	buf_release(&name);
}

/* ---- what lacks ---- */

/* Names are folded, and long: what it is called, and WHAT of it. */
static char *
about(const char *name, const char *what)
{
	struct buf first = { 0 };
	size_t len;
	char *out;

	dn_first_value(&first, name);
	len = first.len > SHOWN ? utf8_bad(first.data, SHOWN) : first.len;
	out = xasprintf("\"%.*s%s\" %s", (int)len, buf_text(&first),
	                first.len > SHOWN ? "..." : "", what);
	buf_release(&first);
	return out;
}

/* The first object whose parent lacks; each has one below the head. */
static char *
find_orphan(const struct config_forest *f)
{
	for (size_t i = 0; i < f->exchange.count; i++) {
		const char *parent = dn_parent(f->exchange.items[i]);
		const char *forest;

		if (ad_config_place(parent, &forest) != CONFIG_SERVICES &&
		    !has_name(&f->exchange, parent))
			return about(parent, "was not exported, but what lies "
			             "below it: export the whole "
			             "configuration partition");
	}
	return NULL;
}

/* Every organization has administrative groups and settings. */
static char *
find_bare(const struct config_forest *f)
{
	struct config_names parents = { 0 };
	char *reason = NULL;

	for (size_t i = 0; i < f->exchange.count; i++)
		add_name(&parents, dn_parent(f->exchange.items[i]));
	for (size_t i = 0; i < f->organizations.count && !reason; i++)
		if (!has_name(&parents, f->organizations.items[i]))
			reason = about(f->organizations.items[i],
			               "was exported without what lies below "
			               "it: export the whole configuration "
			               "partition");
	release_names(&parents);
	return reason;
}

static char *
find_unknown_server(const struct config_forest *f)
{
	for (size_t i = 0; i < f->listed.count; i++)
		if (!has_name(&f->exchange, f->listed.items[i]))
			return about(f->listed.items[i], "is a server by "
			             "Get-ExchangeServer and not in the "
			             "export of the configuration partition");
	return NULL;
}

static bool
has_partition(const struct config_forest *f)
{
	return f->head && f->services && f->crossref;
}

/* Why objects of Exchange may lack, or NULL; the caller frees it. */
static char *
exchange_lacks(const struct config_forest *f)
{
	char *reason = NULL;

	if (!f->exchange.count && !has_partition(f))
		return xstrdup("of the Exchange organization only servers are "
		               "known, by Get-ExchangeServer: the "
		               "configuration partition was not exported");
	if (f->unnamed_class)
		return xstrdup("objects of the Exchange organization were "
		               "exported without objectClass");
	if (f->exchange.count)
		reason = find_orphan(f);
	if (!reason)
		reason = find_bare(f);
	return reason ? reason : find_unknown_server(f);
}

/* Of nothing every attribute is known. */
static void
tell_none(const struct config_forest *f, struct snapshot_writer *w)
{
	snapshot_from(w, f->input.number);
	snapshot_asked(w, AD_EXCHANGE);
	snapshot_cover_told(w, &(struct snapshot_told){
		.section = AD_EXCHANGE, .input = f->input.name,
		.number = f->input.number, .cover = COVER_ALL,
		.evidence = ASKED_BY_EVERYTHING,
	});
}

static void
tell_exchange(const struct config_forest *f, struct snapshot_writer *w)
{
	char *reason;

	if (!f->exchange.count && !f->listed.count) {
		if (has_partition(f))
			tell_none(f, w);
		return;
	}
	reason = exchange_lacks(f);
	snapshot_from(w, f->exchange_input.number);
	if (reason)
		snapshot_partial(w, AD_EXCHANGE, reason);
	free(reason);
}

static const char *
forest_lacks(const struct config_forest *f)
{
	bool schema = f->schema_head && f->schema_mail;

	return !f->crossref && !schema ? "neither the list of partitions, of "
		"the configuration partition, nor the schema was exported"
		: !f->crossref ? "the list of partitions, of the "
		"configuration partition, was not exported"
		: !schema ? "the schema partition, or its attributes for "
		"mail, was not exported" : NULL;
}

static void
tell_forest(const struct config_forest *f, struct snapshot_writer *w)
{
	const char *reason = f->forest ? forest_lacks(f) : NULL;

	if (!reason)
		return;
	snapshot_from(w, f->forest_input.number);
	snapshot_partial(w, AD_FOREST, reason);
}

void
config_seen_tell(const struct config_seen *c, struct snapshot_writer *w)
{
	for (size_t i = 0; i < c->count; i++) {
		tell_exchange(&c->forests[i], w);
		tell_forest(&c->forests[i], w);
	}
	snapshot_from(w, SNAPSHOT_NO_INPUT);
}
