/*
 * Asks servers for changes: by DirSync first, by uSNChanged where the rights do
 * not allow it, and for all objects where deletions are not told.
 */
#include "collect/ad/ad_changes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/ad/ad_old.h"
#include "collect/live/live.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/snapshot.h"

void
ad_changes_release(struct ad_changes *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->list[i].dn);
	free(c->list);
	guid_set_release(&c->present);
	*c = (struct ad_changes){ 0 };
}

struct ad_change *
ad_changes_add(struct ad_changes *c, const struct guid *guid, const char *dn)
{
	struct ad_change *one;

	LIST_RESERVE(c->list, c->room, c->count + 1);
	one = &c->list[c->count++];
	*one = (struct ad_change){
		.guid = *guid, .dn = dn ? xstrdup(dn) : NULL,
	};
	return one;
}

/* ---- what a change is ---- */

/*
 * Of replPropertyMetaData (PROPERTY_META_DATA_VECTOR; little-endian): a head of
 * 16 bytes, then 48 for each attribute.
 */
enum {
	META_HEAD = 16, META_ROW = 48, META_LOCAL_USN = 40,
	META_NAME = 0x00090001,  /* the attribute "name" */
	META_DELETED = 0x00020030,       /* isDeleted */
};

static uint64_t
little(const unsigned char *at, size_t n)
{
	uint64_t value = 0;

	while (n-- > 0)
		value = value << 8 | at[n];
	return value;
}

/*
 * The server's number of the last change of an attribute; 0: it does not say,
 * or there was none.
 */
static uint64_t
usn_of_attribute(const struct record *r, uint64_t attribute)
{
	long attr = record_find(r, "replPropertyMetaData");
	struct value v;

	if (attr < 0 || !record_values(r, (size_t)attr))
		return 0;
	v = record_value(r, (size_t)attr, 0);
	for (size_t at = META_HEAD; at + META_ROW <= v.len; at += META_ROW) {
		const unsigned char *row = (const unsigned char *)v.data + at;

		if (little(row, 4) == attribute)
			return little(row + META_LOCAL_USN, 8);
	}
	return 0;
}

/* Number of changes in text. */
static uint64_t
usn_of(const char *text)
{
	return text ? strtoull(text, NULL, 10) : 0;
}

struct change_listing {
	struct ad_sink sink;     /* first */
	struct ad_changes *changes;
	uint64_t since;          /* 0: told by DirSync */
};

/*
 * Whether an object that was there before got another name. DirSync gives what
 * changed: the name, but not the creation.
 */
static bool
is_moved(const struct change_listing *l, const struct record *r)
{
	if (!l->since)
		return record_find(r, "name") >= 0 &&
		       record_find(r, "whenCreated") < 0;
	return usn_of(record_text(r, "uSNCreated")) <= l->since &&
	       usn_of_attribute(r, META_NAME) > l->since;
}

/* DirSync gives an attribute that was taken away without values. */
static bool
is_restored(const struct change_listing *l, const struct record *r)
{
	long attr = record_find(r, "isDeleted");

	if (attr >= 0 && record_values(r, (size_t)attr))
		return false;
	return l->since ? usn_of_attribute(r, META_DELETED) > l->since
	                : attr >= 0;
}

static int
on_change(struct ad_sink *sink, const struct record *r, struct err *err)
{
	struct change_listing *l = (struct change_listing *)sink;
	struct ad_changes *c = l->changes;
	const struct guid *guid = ad_guid(r);
	const char *deleted = record_text(r, "isDeleted");
	const char *dn = record_text(r, AD_DN);
	struct ad_change *one;
	bool gone = deleted && ascii_casecmp(deleted, "TRUE") == 0;

	(void)err;
	if (!guid)
		return 0;
	one = ad_changes_add(c, guid, gone ? NULL : dn);
	one->moved = gone || is_moved(l, r);
	one->restored = is_restored(l, r);
	return 0;
}

static int
on_present(struct ad_sink *sink, const struct record *r, struct err *err)
{
	struct change_listing *l = (struct change_listing *)sink;
	const struct guid *guid = ad_guid(r);

	(void)err;
	if (guid)
		guid_set_add(&l->changes->present, guid);
	return 0;
}

/* ---- asking for changes ---- */

/* Every attribute that the tables ask for. */
static void
all_attributes(const char *names[AD_ATTRIBUTES_MAX])
{
	static const char *const also[] = { "name", "isDeleted", "parentGUID" };
	static const struct ad_dialect plain = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < ad_query_count(); i++) {
		const char *more[AD_ATTRIBUTES_MAX];

		if (!ad_old_is_merged(ad_query_at(i)->section))
			continue;
		ad_query_attributes(ad_query_at(i), plain, more);
		for (size_t k = 0; more[k]; k++) {
			size_t at = 0;

			while (at < n && strcmp(names[at], more[k]) != 0)
				at++;
			if (at == n && n + 4 < AD_ATTRIBUTES_MAX)
				names[n++] = more[k];
		}
	}
	for (size_t i = 0; i < sizeof(also) / sizeof(also[0]); i++)
		names[n++] = also[i];
	names[n] = NULL;
}

/* Rounds until the server has no more; the cookie is S's afterwards. */
static int
run_dirsync(struct ad_reader *rd, struct ldap_search *s, struct ad_sink *sink,
            struct ldap_failure *why, struct err *err)
{
	int rc;

	while ((rc = ldap_search_next(s, rd->record, why)) > 0) {
		progress_step(rd->progress);
		if (sink && sink->put(sink, rd->record, err) < 0)
			return -1;
	}
	return rc;
}

/* 1 when DirSync told it, 0 when it may not, -1 with WHY or ERR filled. */
static int
list_by_dirsync(struct ad_reader *rd, struct ad_domain *d,
                const struct snapshot_server *was, struct ad_sink *sink,
                struct ldap_failure *why, struct err *err)
{
	const char *names[AD_ATTRIBUTES_MAX];
	struct ldap_query q = {
		.base = d->dn, .reach = REACH_SUBTREE,
		.filter = "(objectClass=*)", .attributes = names,
	};
	struct ldap_link *link = ad_domain_link(d, rd->set, why);
	struct buf cookie = { 0 };
	struct ldap_search *s;
	int rc;

	if (!link)
		return -1;
	if (!was->cookie || !d->server.has_dirsync ||
	    base64_decode(&cookie, was->cookie, strlen(was->cookie)) < 0)
		return 0;
	all_attributes(names);
	s = ldap_dirsync_open(link, &q, buf_text(&cookie), cookie.len);
	rc = run_dirsync(rd, s, sink, why, err);
	ldap_search_close(s);
	buf_release(&cookie);
	if (rc == 0)
		return 1;
	return err->text[0] || why->fate == FATE_LOST ||
	       why->fate == FATE_STOPPED ? -1 : 0;
}

char *
ad_changes_filter(const struct snapshot_server *was, const char *filter)
{
	return xasprintf("(&%s(uSNChanged>=%llu))", filter,
	                 strtoull(was->usn, NULL, 10) + 1);
}

/* Whether the account is told of deletions. */
static int
sees_deleted(struct ad_reader *rd, struct ad_domain *d,
             struct ldap_failure *why)
{
	static const char *const names[] = { "objectGUID", NULL };
	char *base = xasprintf("CN=Deleted Objects,%s", d->dn);
	struct ldap_query q = {
		.base = base, .reach = REACH_BASE, .filter = "(objectClass=*)",
		.attributes = names, .deleted = DELETED_SHOWN,
	};
	struct ldap_link *link = ad_domain_link(d, rd->set, why);
	int rc = link ? ldap_read(link, &q, rd->record, why) : -1;

	free(base);
	if (!link || (rc < 0 && why->fate == FATE_LOST))
		return -1;
	return rc > 0 && ad_guid(rd->record);
}

static int
list_by_usn(struct ad_reader *rd, struct ad_domain *d,
            const struct snapshot_server *was, struct ad_sink *sink,
            struct ldap_failure *why, struct err *err)
{
	static const char *const names[] = {
		"objectGUID", "isDeleted", "uSNCreated",
		"replPropertyMetaData", NULL
	};
	int seen = sees_deleted(rd, d, why);
	char *filter = ad_changes_filter(was, "(objectClass=*)");
	struct ldap_query q = {
		.base = d->dn, .reach = REACH_SUBTREE, .filter = filter,
		.attributes = names,
		.deleted = seen > 0 ? DELETED_SHOWN : DELETED_HIDDEN,
	};
	int rc = seen < 0 ? -1 : ad_read(rd, d, &q, sink, why, err);

	free(filter);
	return rc < 0 ? -1 : seen;
}

long
ad_changes_moved(struct ad_reader *rd, struct ad_domain *d,
                 const struct snapshot_server *was, struct ldap_failure *why)
{
	struct ad_changes c = { 0 };
	struct change_listing l = {
		.sink = { .put = on_change }, .changes = &c,
		.since = usn_of(was->usn),
	};
	struct err err = { 0 };
	long moved = 0;

	if (list_by_usn(rd, d, was, &l.sink, why, &err) < 0)
		moved = -1;
	for (size_t i = 0; moved >= 0 && i < c.count; i++)
		moved += c.list[i].moved;
	ad_changes_release(&c);
	return moved;
}

/* Who is there at all: the others are gone, and nobody said so. */
static int
list_present(struct ad_changes *c, struct ad_reader *rd, struct ad_domain *d,
             struct ldap_failure *why, struct err *err)
{
	static const char *const names[] = { "objectGUID", NULL };
	struct change_listing l = {
		.sink = { .put = on_present }, .changes = c,
	};
	int rc = 0;

	for (size_t i = 0; i < ad_query_count() && rc == 0; i++) {
		const struct ad_query *q = ad_query_at(i);
		struct ldap_query query = {
			.base = d->dn, .reach = REACH_SUBTREE,
			.filter = q->filter, .attributes = names,
		};

		if (ad_old_is_merged(q->section))
			rc = ad_read(rd, d, &query, &l.sink, why, err);
	}
	return rc;
}

static int
by_guid(const void *a, const void *b)
{
	const struct ad_change *x = a, *y = b;

	return memcmp(&x->guid, &y->guid, sizeof(x->guid));
}

struct ad_change *
ad_changes_find(const struct ad_changes *c, const struct guid *guid)
{
	struct ad_change key = { .guid = *guid };

	return c->count ? bsearch(&key, c->list, c->count, sizeof(*c->list),
	                          by_guid) : NULL;
}

bool
ad_changes_lack(const struct ad_changes *c, const struct guid *guid)
{
	return c->has_present && !guid_set_has(&c->present, guid);
}

/* 1 when deletions were told, 0 when not, -1 with WHY or ERR filled. */
static int
list_domain(struct change_listing *l, struct ad_reader *rd, struct ad_domain *d,
            const struct snapshot_server *was, struct ldap_failure *why,
            struct err *err)
{
	int rc;

	l->since = 0;
	rc = list_by_dirsync(rd, d, was, &l->sink, why, err);
	if (rc < 0)
		return -1;
	/* Deletions are told only to who may see deleted objects. */
	if (rc > 0)
		return sees_deleted(rd, d, why);
	l->changes->by_dirsync = false;
	l->since = usn_of(was->usn);
	return list_by_usn(rd, d, was, &l->sink, why, err);
}

int
ad_changes_learn(struct ad_changes *c, struct ad_reader *rd,
                 struct ad_forest *f, const struct snapshot *old,
                 struct ldap_failure *why, struct err *err)
{
	struct change_listing l = {
		.sink = { .put = on_change }, .changes = c,
	};
	int rc = 0;

	c->by_dirsync = true;
	for (size_t i = 0; i < f->count && rc >= 0; i++) {
		struct ad_domain *d = &f->domains[i];
		struct snapshot_server was;

		if (!d->wanted || snapshot_server_of(old, d->dn, &was) < 0)
			continue;
		rc = list_domain(&l, rd, d, &was, why, err);
		c->has_present = c->has_present || rc == 0;
	}
	/* One set for all domains: it must have all of them. */
	for (size_t i = 0; i < f->count && rc >= 0 && c->has_present; i++)
		if (f->domains[i].wanted)
			rc = list_present(c, rd, &f->domains[i], why, err);
	if (c->count)
		qsort(c->list, c->count, sizeof(*c->list), by_guid);
	return rc < 0 ? -1 : 0;
}

char *
ad_changes_cookie(struct ad_reader *rd, struct ad_domain *d,
                  const struct snapshot *old)
{
	static const char *const names[] = { "objectGUID", NULL };
	/* Finds nothing: it is the place that is wanted. */
	struct ldap_query q = {
		.base = d->dn, .reach = REACH_SUBTREE,
		.filter = "(objectGUID=\\00\\00\\00\\00\\00\\00\\00\\00\\00\\00"
		          "\\00\\00\\00\\00\\00\\00)",
		.attributes = names,
	};
	struct snapshot_server was = { 0 };
	struct ldap_failure why;
	struct ldap_link *link = ad_domain_link(d, rd->set, &why);
	struct buf from = { 0 }, text = { 0 };
	struct ldap_search *s;
	struct err err = { 0 };

	if (!link || !d->server.has_dirsync)
		return NULL;
	if (old && snapshot_server_of(old, d->dn, &was) == 0 && was.cookie &&
	    ad_old_is_same(&was, &d->server))
		base64_decode(&from, was.cookie, strlen(was.cookie));
	s = ldap_dirsync_open(link, &q, buf_text(&from), from.len);
	if (run_dirsync(rd, s, NULL, &why, &err) == 0) {
		size_t len;
		const char *cookie = ldap_search_cookie(s, &len);

		base64_encode(&text, (const unsigned char *)cookie, len);
	} else if (why.fate == FATE_LOST) {
		ad_domain_drop(d);
	}
	ldap_search_close(s);
	buf_release(&from);
	return text.len ? buf_detach(&text) : NULL;
}
