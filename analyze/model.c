/* The model: which snapshots count, and how the two sides are joined. */
#include "analyze/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/address.h"
#include "analyze/forecast.h"
#include "analyze/index.h"
#include "analyze/model_load.h"
#include "analyze/policy.h"
#include "analyze/scope.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/utf8.h"

const char *
kind_name(enum kind kind)
{
	static const char *const names[] = {
		[KIND_USER] = "user", [KIND_GROUP] = "group",
		[KIND_CONTACT] = "contact", [KIND_COMPUTER] = "computer",
		[KIND_MAILBOX] = "mailbox",
	};

	return names[kind];
}

const struct snapshot *
model_source(const struct model *m, enum section s)
{
	return m->present[section_side(s)];
}

bool
model_complete(const struct model *m, enum section s)
{
	const struct snapshot *from = model_source(m, s);

	return from && snapshot_state(from, s) == SECTION_COMPLETE;
}

bool
model_covers(const struct model *m, enum section s, uint64_t attrs)
{
	const struct snapshot *from = model_source(m, s);

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attrs & ATTR_BIT(a)
			? attr_name(section_side(s), (enum attr)a) : NULL;

		if (name && (!from || !snapshot_covers(from, s, name)))
			return false;
	}
	return true;
}

bool
model_is_verified(const struct model *m, const char *domain)
{
	for (size_t i = 0; i < m->verified_count; i++)
		if (ascii_casecmp(m->verified_domains[i], domain) == 0)
			return true;
	return false;
}

const char *
object_primary(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_PRIMARY)
			return address_body(o->proxies[i]);
	return NULL;
}

const char *
object_label(const struct object *o)
{
	const char *names[] = { o->sam, o->upn, o->display_name, o->mail,
	                        o->dn };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && *names[i])
			return names[i];
	return "(no name)";
}

/* The newest snapshot of each side speaks for the present. */
static int
choose_side(struct model *m, const struct snapshot **all, size_t n,
            enum side side, struct err *err)
{
	const struct snapshot *best = NULL, *rival = NULL;

	for (size_t i = 0; i < n; i++) {
		when_t t = snapshot_collected(all[i]);

		if (!snapshot_has_side(all[i], side))
			continue;
		if (!best || t > snapshot_collected(best)) {
			best = all[i];
			rival = NULL;
		} else if (t == snapshot_collected(best)) {
			rival = all[i];
		}
	}
	if (rival)
		return err_usage(err, "%s and %s were collected at the same "
		                 "time, so neither is the present; import one "
		                 "again with --collected", snapshot_name(best),
		                 snapshot_name(rival));
	m->present[side] = best;
	return 0;
}

static int
by_age(const void *a, const void *b)
{
	const struct snapshot *x = *(const struct snapshot *const *)a;
	const struct snapshot *y = *(const struct snapshot *const *)b;
	when_t tx = snapshot_collected(x), ty = snapshot_collected(y);

	return tx < ty ? -1 : tx > ty;
}

static int
choose(struct model *m, const struct snapshot **all, size_t n, when_t as_of,
       struct err *err)
{
	m->as_of = as_of;
	for (size_t i = 0; i < n && as_of == WHEN_NONE; i++)
		if (m->as_of == WHEN_NONE ||
		    snapshot_collected(all[i]) > m->as_of)
			m->as_of = snapshot_collected(all[i]);
	if (choose_side(m, all, n, SIDE_AD, err) < 0 ||
	    choose_side(m, all, n, SIDE_TENANT, err) < 0)
		return -1;
	m->history = xcalloc(n, sizeof(*m->history));
	for (size_t i = 0; i < n; i++)
		if (snapshot_has_side(all[i], SIDE_AD) &&
		    all[i] != m->present[SIDE_AD])
			m->history[m->history_count++] = all[i];
	if (m->history_count)
		qsort(m->history, m->history_count, sizeof(*m->history),
		      by_age);
	for (size_t i = 1; i < m->history_count; i++)
		if (by_age(&m->history[i - 1], &m->history[i]) == 0)
			return err_usage(err, "%s and %s were collected at the "
			                 "same time; import one again with "
			                 "--collected",
			                 snapshot_name(m->history[i - 1]),
			                 snapshot_name(m->history[i]));
	return 0;
}

/* The ways in which a tenant object names its AD object. */
struct join {
	struct model *m;
	struct index anchor, sid, dn, sam, mail;
};

const char *
model_folded(struct model *m, const char *text)
{
	struct buf out = { 0 };
	const char *kept;

	utf8_fold(&out, text, strlen(text));
	kept = arena_strndup(&m->arena, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

const char *
model_dn_key(struct model *m, const char *dn)
{
	struct buf out = { 0 };
	const char *kept = NULL;

	if (dn && dn_normalise(&out, dn) == 0)
		kept = arena_strndup(&m->arena, buf_text(&out), out.len);
	buf_release(&out);
	return kept;
}

/* "corp.example\name": an account name is unique in its domain. */
static const char *
sam_key(struct model *m, const char *domain, const char *sam)
{
	struct buf out = { 0 };
	const char *kept;

	if (!domain || !*domain || !sam)
		return NULL;
	buf_addf(&out, "%s\\%s", domain, sam);
	kept = model_folded(m, out.data);
	buf_release(&out);
	return kept;
}

/*
 * An object that names its anchor is found by it or by its SID; only one that
 * does not may be taken for an object of the same name.
 */
static void
join_index(struct join *j, const struct object_list *l)
{
	index_reserve(&j->anchor, l->count);
	index_reserve(&j->sid, l->count);
	for (size_t i = 0; i < l->count; i++) {
		struct object *o = l->items[i];

		index_put(&j->anchor, o->immutable_id, o);
		index_put(&j->sid, o->sid, o);
		/* Graph gives contacts neither: they are joined on mail. */
		if (o->kind == KIND_CONTACT && o->mail)
			index_put(&j->mail, model_folded(j->m, o->mail), o);
		if (o->immutable_id || o->sid)
			continue;
		index_put(&j->dn, model_dn_key(j->m, o->dn), o);
		index_put(&j->sam, sam_key(j->m, o->sync_domain, o->sam), o);
	}
}

static void
join_release(struct join *j)
{
	index_release(&j->anchor);
	index_release(&j->sid);
	index_release(&j->dn);
	index_release(&j->sam);
	index_release(&j->mail);
}

static struct object *
by_anchor(const struct join *j, const struct guid *g)
{
	struct buf text = { 0 };
	struct object *o;

	base64_encode(&text, g->bytes, GUID_BYTES);
	o = index_get(&j->anchor, text.data);
	buf_release(&text);
	return o;
}

static struct object *
join_find(const struct join *j, const struct object *o)
{
	struct buf domain = { 0 };
	struct object *twin = NULL;

	if (o->has_consistency_guid)
		twin = by_anchor(j, &o->consistency_guid);
	if (!twin && o->has_guid)
		twin = by_anchor(j, &o->guid);
	if (!twin)
		twin = index_get(&j->sid, o->sid);
	if (!twin && j->mail.count && o->mail)
		twin = index_get(&j->mail, model_folded(j->m, o->mail));
	if (!twin && j->dn.count)
		twin = index_get(&j->dn, model_dn_key(j->m, o->dn));
	if (!twin && j->sam.count) {
		dn_domain(&domain, o->dn);
		twin = index_get(&j->sam, sam_key(j->m, domain.data, o->sam));
		buf_release(&domain);
	}
	return twin;
}

static void
join_section(struct model *m, enum section ad, enum section tenant)
{
	struct join j = { .m = m };

	join_index(&j, &m->objects[tenant]);
	for (size_t i = 0; i < m->objects[ad].count; i++) {
		struct object *o = m->objects[ad].items[i];
		struct object *twin = join_find(&j, o);

		if (!twin || twin->twin)
			continue;
		twin->twin = o;
		if (tenant == TENANT_DELETED_USERS)
			o->deleted_twin = twin;
		else
			o->twin = twin;
	}
	join_release(&j);
}

static int
load_present(struct model *m, struct err *err)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS, AD_COMPUTERS, TENANT_USERS,
		TENANT_GROUPS, TENANT_CONTACTS, TENANT_DELETED_USERS
	};
	size_t n = sizeof(sections) / sizeof(sections[0]);

	if (model_load_members(m, err) < 0 || model_check_scope(m, err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (model_load_objects(m, sections[i], err) < 0)
			return -1;
	if (model_load_mailboxes(m, AD_MAILBOXES, err) < 0 ||
	    model_load_mailboxes(m, TENANT_MAILBOXES, err) < 0 ||
	    model_load_domains(m, err) < 0)
		return -1;
	join_section(m, AD_USERS, TENANT_USERS);
	join_section(m, AD_USERS, TENANT_DELETED_USERS);
	join_section(m, AD_GROUPS, TENANT_GROUPS);
	join_section(m, AD_CONTACTS, TENANT_CONTACTS);
	return 0;
}

int
model_load(struct model *m, const struct snapshot **snapshots, size_t count,
           const struct policy *policy, when_t as_of, struct err *err)
{
	*m = (struct model){ .policy = policy };
	m->scope = scope_new(policy);
	if (choose(m, snapshots, count, as_of, err) < 0 ||
	    load_present(m, err) < 0)
		return -1;
	for (size_t i = 0; i < m->history_count; i++)
		if (model_load_history(m, m->history[i], err) < 0)
			return -1;
	forecast_all(m);
	return 0;
}

void
model_release(struct model *m)
{
	for (size_t i = 0; i < SECTION_COUNT; i++)
		free(m->objects[i].items);
	free(m->history);
	free(m->verified_domains);
	scope_free(m->scope);
	arena_release(&m->arena);
}
