/* Reading sections into the model. */
#include "analyze/model_load.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/index.h"
#include "analyze/model_map.h"
#include "analyze/policy.h"
#include "analyze/reading.h"
#include "analyze/scope.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/warn.h"

/* Nothing is reserved on the word of a manifest alone beyond this. */
enum { RESERVE_MAX = 1 << 20 };

/* The kinds of objects that sections hold. */
static const enum kind section_kinds[SECTION_COUNT] = {
	[AD_USERS] = KIND_USER, [AD_GROUPS] = KIND_GROUP,
	[AD_CONTACTS] = KIND_CONTACT, [AD_COMPUTERS] = KIND_COMPUTER,
	[TENANT_USERS] = KIND_USER, [TENANT_GROUPS] = KIND_GROUP,
	[TENANT_CONTACTS] = KIND_CONTACT, [TENANT_DELETED_USERS] = KIND_USER,
	[TENANT_MAILBOXES] = KIND_MAILBOX,
};

void
object_init(struct object *o, enum section s)
{
	*o = (struct object){
		.side = section_side(s), .kind = section_kinds[s],
		.deleted = s == TENANT_DELETED_USERS,
		.password_set = WHEN_NONE,
		.deleted_when = WHEN_NONE,
	};
}

static void
list_add(struct object_list *l, struct object *o)
{
	if (l->count == l->room) {
		l->room = l->room ? 2 * l->room : 256;
		l->items = xreallocarray(l->items, l->room, sizeof(*l->items));
	}
	l->items[l->count++] = o;
}

static const char *
guid_key(struct model *m, const struct object *o)
{
	char guid[GUID_TEXT];

	if (!o->has_guid)
		return NULL;
	guid_format(&o->guid, guid);
	return arena_strndup(&m->arena, guid, GUID_TEXT - 1);
}

int
object_fill(const struct reading *r, struct object *o, struct arena *a,
            struct err *err)
{
	const char *name = "", *dn;

	if (model_map(o, r->record, a, &name) < 0)
		return reading_wrong(r, name, "a value of its syntax", err);
	if (o->side == SIDE_TENANT)
		return o->has_guid ? 0 : reading_wrong(r, "id", "a GUID", err);
	dn = record_text(r->record, "dn");
	if (!dn || !*dn)
		return reading_wrong(r, "dn", "a distinguished name", err);
	if (!o->dn)
		o->dn = arena_strdup(a, dn);
	return 0;
}

int
model_check_scope(struct model *m, struct err *err)
{
	struct reading r;
	int rc;

	if (!m->policy->has_scope || !model_complete(m, AD_CONTAINERS) ||
	    !snapshot_objects(m->present[SIDE_AD], AD_CONTAINERS))
		return 0;
	if (reading_open(&r, m->present[SIDE_AD], AD_CONTAINERS, err) < 0)
		return -1;
	while ((rc = reading_next(&r, err)) > 0)
		if (record_text(r.record, "dn"))
			scope_meet(m->scope, record_text(r.record, "dn"));
	reading_close(&r);
	if (rc == 0 && scope_unmet(m->scope))
		warn("%s: scope: %s is no container of the AD snapshot; is it "
		     "misspelt or renamed?", m->policy->name,
		     scope_unmet(m->scope));
	return rc;
}

/*
 * Puts O into its list, or completes the one that is there already: the same
 * GUID, or the same DN where one of the two has no GUID.
 */
static int
take(struct model *m, const struct reading *r, struct index *seen,
     struct object *o, struct err *err)
{
	const char *guid = guid_key(m, o);
	const char *dn = o->side == SIDE_AD ? model_dn_key(m, o->dn) : NULL;
	struct object *twice = index_get(seen, guid);

	if (!twice)
		twice = index_get(seen, dn);
	if (twice && twice->has_guid && o->has_guid &&
	    memcmp(&twice->guid, &o->guid, sizeof(o->guid)) != 0)
		twice = NULL;
	index_put(seen, guid, twice ? twice : o);
	index_put(seen, dn, twice ? twice : o);
	if (twice)
		return object_fill(r, twice, &m->arena, err);
	list_add(&m->objects[r->section], o);
	return 0;
}

uint64_t
model_covered(const struct snapshot *s, enum section sec)
{
	uint64_t out = 0;

	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(sec), (enum attr)a);

		if (name && snapshot_covers(s, sec, name))
			out |= ATTR_BIT(a);
	}
	return out;
}

static void
judge_all(struct model *m, enum section s)
{
	uint64_t attrs = model_covered(m->present[SIDE_AD], s);

	for (size_t i = 0; i < m->objects[s].count; i++)
		scope_judge(m->scope, m->objects[s].items[i], attrs);
}

int
model_load_objects(struct model *m, enum section s, struct err *err)
{
	const struct snapshot *from = m->present[section_side(s)];
	struct index seen = { 0 };
	struct reading r;
	int rc;

	if (!from)
		return 0;
	if (reading_open(&r, from, s, err) < 0)
		return -1;
	index_reserve(&seen, snapshot_objects(from, s) < RESERVE_MAX
	              ? snapshot_objects(from, s) : RESERVE_MAX);
	while ((rc = reading_next(&r, err)) > 0) {
		struct object *o = arena_alloc(&m->arena, sizeof(*o));

		object_init(o, s);
		if (object_fill(&r, o, &m->arena, err) < 0 ||
		    take(m, &r, &seen, o, err) < 0) {
			rc = -1;
			break;
		}
	}
	reading_close(&r);
	index_release(&seen);
	if (rc == 0 && section_side(s) == SIDE_AD)
		judge_all(m, s);
	return rc;
}

static void
copy_text(struct arena *a, const char **to, const struct record *r,
          const char *name)
{
	const char *text = record_text(r, name);

	if (!*to && text && *text)
		*to = arena_strdup(a, text);
}

/* Fills what an Exchange recipient tells better than the directory does. */
static void
fill_recipient(struct object *o, const struct record *r, struct arena *a)
{
	long at = record_find(r, "EmailAddresses");
	size_t n = at < 0 ? 0 : record_values(r, (size_t)at);
	const char **list;

	copy_text(a, &o->mail, r, "PrimarySmtpAddress");
	copy_text(a, &o->mail_nickname, r, "Alias");
	copy_text(a, &o->display_name, r, "DisplayName");
	copy_text(a, &o->upn, r, "UserPrincipalName");
	copy_text(a, &o->dn, r, "DistinguishedName");
	if (o->proxy_count || !n)
		return;
	list = arena_alloc(a, n * sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = arena_strdup(a, record_value(r, (size_t)at, i).data);
	o->proxies = list;
	o->proxy_count = n;
	o->have |= ATTR_BIT(ATTR_PROXIES) | ATTR_BIT(ATTR_MAIL);
}

void
model_index_by_guid(struct model *m, struct index *ix,
                    enum side side)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		struct object_list *l = &m->objects[s];

		for (size_t i = 0; section_side((enum section)s) == side &&
		     i < l->count; i++)
			if (l->items[i]->has_guid)
				index_put(ix, guid_key(m, l->items[i]),
				          l->items[i]);
	}
}

static void
take_recipient(struct model *m, const struct reading *r, struct index *ix)
{
	const char *name = section_side(r->section) == SIDE_TENANT
		? "ExternalDirectoryObjectId" : "Guid";
	const char *text = record_text(r->record, name);
	struct object *o = NULL, key = { 0 };

	key.has_guid = text && guid_parse(&key.guid, text) == 0;
	if (key.has_guid)
		o = index_get(ix, guid_key(m, &key));
	if (!o && section_side(r->section) == SIDE_TENANT) {
		o = arena_alloc(&m->arena, sizeof(*o));
		object_init(o, r->section);
		o->has_guid = key.has_guid;
		o->guid = key.guid;
		list_add(&m->objects[r->section], o);
	}
	if (o)
		fill_recipient(o, r->record, &m->arena);
}

int
model_load_mailboxes(struct model *m, enum section s, struct err *err)
{
	const struct snapshot *from = m->present[section_side(s)];
	struct index ix = { 0 };
	struct reading r;
	int rc;

	if (!from)
		return 0;
	if (reading_open(&r, from, s, err) < 0)
		return -1;
	model_index_by_guid(m, &ix, section_side(s));
	while ((rc = reading_next(&r, err)) > 0)
		take_recipient(m, &r, &ix);
	reading_close(&r);
	index_release(&ix);
	return rc;
}

/* The direct members of the filter group. */
static void
take_members(struct model *m, const struct record *r)
{
	long at = record_find(r, "member");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++)
		scope_add_member(m->scope,
		                 record_value(r, (size_t)at, i).data);
}

int
model_load_members(struct model *m, struct err *err)
{
	bool found = false;
	struct reading r;
	int rc;

	if (!m->policy->group || !m->present[SIDE_AD])
		return 0;
	if (reading_open(&r, m->present[SIDE_AD], AD_GROUPS, err) < 0)
		return -1;
	while ((rc = reading_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");

		if (dn && scope_is_group(m->scope, dn)) {
			take_members(m, r.record);
			found = true;
		}
	}
	reading_close(&r);
	scope_members_done(m->scope);
	if (rc == 0 && !found)
		return err_usage(err, "%s: scope.group: %s is not in the AD "
		                 "snapshot", m->policy->name,
		                 m->policy->group);
	return rc;
}
