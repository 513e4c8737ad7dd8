/*
 * Mailboxes that Exchange on premises lists, and AD as it was read does not
 * have: each is on premises all the same, and stands against what it says.
 */
#include "analyze/load/listed.h"

#include <stdlib.h>
#include <string.h>

#include "base/guid.h"
#include "base/hash.h"
#include "base/hash_index.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

static const char *
copied(struct model *m, const struct record *r, const char *name)
{
	const char *text = record_text(r, name);

	return text && *text ? arena_strdup(&m->arena, text) : NULL;
}

/* Of a database, or of a type that says so. */
static bool
is_mailbox(const struct listed_mailbox *l, bool has_database)
{
	return l->type && (has_database ||
	       recipient_type_is_local(l->type));
}

static void
take(struct model *m, const struct snapshot *s, const struct record *r,
     const struct guid *guid)
{
	struct listed_mailboxes *all = &m->mailboxes;
	struct listed_mailbox one = {
		.dn = copied(m, r, "DistinguishedName"), .guid = *guid,
		.type_name = copied(m, r, "RecipientTypeDetails"), .from = s,
	};

	if (!one.dn || !one.type_name)
		return;
	one.type = recipient_type_named(one.type_name);
	if (!is_mailbox(&one, copied(m, r, "Database") != NULL))
		return;
	LIST_RESERVE(all->apart, all->apart_room, all->apart_count + 1);
	all->apart[all->apart_count++] = one;
}

static int
read_list(struct model *m, const struct snapshot *s,
          const struct guid_set *apart, struct err *err)
{
	struct record_scan r;
	struct guid guid;
	int rc;

	if (record_scan_open(&r, s, AD_MAILBOXES, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *id = record_text(r.record, "Guid");

		if (id && guid_parse(&guid, id) == 0 &&
		    guid_set_has(apart, &guid))
			take(m, s, r.record, &guid);
	}
	record_scan_close(&r);
	return rc;
}

static int
by_dn(const void *a, const void *b)
{
	const struct listed_mailbox *x = a, *y = b;
	int order = memcmp(&x->guid, &y->guid, sizeof(x->guid));

	return order ? order : strcmp(x->dn, y->dn);
}

/* The same mailbox may stand in several lists. */
static void
drop_repeats(struct listed_mailboxes *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->apart_count; i++)
		if (!n || memcmp(&all->apart[n - 1].guid, &all->apart[i].guid,
		                 sizeof(all->apart[i].guid)) != 0)
			all->apart[n++] = all->apart[i];
	all->apart_count = n;
}

/* ---- whose place is that of an object ---- */

static long
find_dn(const struct listed_mailboxes *all, const struct hash_index *by_dn,
        const char *dn)
{
	size_t at = HASH_INDEX_FIRST;
	long i;

	while ((i = hash_index_next(by_dn, hash_folded(dn), &at)) >= 0)
		if (utf8_same_folded(all->apart[i].dn, dn))
			return i;
	return -1;
}

/* An object that was made anew has its place, and another GUID. */
static int
mark_called(struct listed_mailboxes *all, const struct hash_index *by_dn,
            const struct snapshot *s, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, s, AD_USERS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");
		long i = dn ? find_dn(all, by_dn, dn) : -1;

		if (i >= 0)
			all->apart[i].type = 0;
	}
	record_scan_close(&r);
	return rc;
}

static void
drop_called(struct listed_mailboxes *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->apart_count; i++)
		if (all->apart[i].type)
			all->apart[n++] = all->apart[i];
	all->unplaced -= all->apart_count - n;
	all->apart_count = n;
}

static int
leave_objects(struct model *m, struct err *err)
{
	struct listed_mailboxes *all = &m->mailboxes;
	struct hash_index by_dn = { 0 };
	int rc = 0;

	for (size_t i = 0; i < all->apart_count; i++)
		hash_index_add(&by_dn, hash_folded(all->apart[i].dn), i);
	for (size_t i = 0; i < m->ad_count && rc == 0; i++)
		rc = mark_called(all, &by_dn, m->ad[i], err);
	hash_index_release(&by_dn);
	drop_called(all);
	return rc;
}

int
listed_load(struct model *m, const struct guid_set *apart, struct err *err)
{
	struct listed_mailboxes *all = &m->mailboxes;

	for (size_t i = 0; i < m->ad_count; i++)
		if (read_list(m, m->ad[i], apart, err) < 0)
			return -1;
	if (all->apart_count > 1)
		qsort(all->apart, all->apart_count, sizeof(*all->apart),
		      by_dn);
	drop_repeats(all);
	return all->apart_count ? leave_objects(m, err) : 0;
}
