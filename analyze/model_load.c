/* Reading sections into the model. */
#include "analyze/model_load.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/index.h"
#include "analyze/model_map.h"
#include "analyze/policy.h"
#include "analyze/scope.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/record.h"
#include "base/utf8.h"

/* A section that is being read. */
struct reading {
	const struct snapshot *snapshot;
	enum section section;
	struct section_reader *reader;
	struct record *record;
};

static int
reading_open(struct reading *r, const struct snapshot *s, enum section sec,
             struct err *err)
{
	*r = (struct reading){ .snapshot = s, .section = sec };
	r->reader = section_open(s, sec, err);
	if (!r->reader)
		return -1;
	r->record = record_new();
	return 0;
}

static int
reading_next(struct reading *r, struct err *err)
{
	return section_next(r->reader, r->record, err);
}

static void
reading_close(struct reading *r)
{
	section_close(r->reader);
	record_free(r->record);
}

static int
wrong(const struct reading *r, const char *name, const char *want,
      struct err *err)
{
	return err_input(err, "%s:%llu: %s: want %s", section_path(r->reader),
	                 (unsigned long long)section_line(r->reader), name,
	                 want);
}

/* The kinds of objects that sections hold. */
static const enum kind section_kinds[SECTION_COUNT] = {
	[AD_USERS] = KIND_USER, [AD_GROUPS] = KIND_GROUP,
	[AD_CONTACTS] = KIND_CONTACT, [AD_COMPUTERS] = KIND_COMPUTER,
	[TENANT_USERS] = KIND_USER, [TENANT_GROUPS] = KIND_GROUP,
	[TENANT_CONTACTS] = KIND_CONTACT, [TENANT_DELETED_USERS] = KIND_USER,
	[TENANT_MAILBOXES] = KIND_MAILBOX,
};

static void
object_init(struct object *o, enum section s)
{
	*o = (struct object){
		.side = section_side(s), .kind = section_kinds[s],
		.deleted = s == TENANT_DELETED_USERS,
		.password_set = WHEN_NONE, .created = WHEN_NONE,
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

/* What tells objects of a section apart: GUID, else DN, else SID. */
static const char *
identity(struct model *m, const struct object *o)
{
	struct buf key = { 0 };
	char guid[GUID_TEXT];
	const char *out;

	if (o->has_guid) {
		guid_format(&o->guid, guid);
		return arena_strdup(&m->arena, guid);
	}
	if (!o->dn)
		return o->sid;
	utf8_fold(&key, o->dn, strlen(o->dn));
	out = arena_strndup(&m->arena, buf_text(&key), key.len);
	buf_release(&key);
	return out;
}

/* Reads the record at hand into O; 0 or -1. */
static int
fill(const struct reading *r, struct object *o, struct arena *a,
     struct err *err)
{
	const char *name = "", *dn;

	if (model_map(o, r->record, a, &name) < 0)
		return wrong(r, name, "a value of its syntax", err);
	if (o->side == SIDE_TENANT)
		return o->has_guid ? 0 : wrong(r, "id", "a GUID", err);
	dn = record_text(r->record, "dn");
	if (!dn || !*dn)
		return wrong(r, "dn", "a distinguished name", err);
	if (!o->dn)
		o->dn = arena_strdup(a, dn);
	return 0;
}

/* Puts O into its list, or completes the one that is there already. */
static int
take(struct model *m, const struct reading *r, struct index *seen,
     struct object *o, struct err *err)
{
	const char *key = identity(m, o);
	struct object *twice = index_get(seen, key);

	if (twice)
		return fill(r, twice, &m->arena, err);
	index_put(seen, key, o);
	list_add(&m->objects[r->section], o);
	return 0;
}

static uint64_t
covered(const struct snapshot *s, enum section sec)
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
	uint64_t attrs = covered(m->present[SIDE_AD], s);

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
	while ((rc = reading_next(&r, err)) > 0) {
		struct object *o = arena_alloc(&m->arena, sizeof(*o));

		object_init(o, s);
		if (fill(&r, o, &m->arena, err) < 0 ||
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

static void
index_by_guid(struct model *m, struct index *ix, enum side side)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		struct object_list *l = &m->objects[s];

		for (size_t i = 0; section_side((enum section)s) == side &&
		     i < l->count; i++)
			if (l->items[i]->has_guid)
				index_put(ix, identity(m, l->items[i]),
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
		o = index_get(ix, identity(m, &key));
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
	index_by_guid(m, &ix, section_side(s));
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

/* Who names a domain: the policy wins where it speaks. */
enum teller { TOLD_BY_POLICY, TOLD_BY_TENANT };

struct domain {
	const char *name;
	enum teller teller;
	bool initial, preferred;
};

static void
add_domain(struct model *m, struct domain d)
{
	bool wanted = d.teller == TOLD_BY_POLICY || d.initial ||
	              !m->policy->verified_count;
	struct buf folded = { 0 };
	const char *kept;

	utf8_fold(&folded, d.name, strlen(d.name));
	kept = arena_strndup(&m->arena, buf_text(&folded), folded.len);
	buf_release(&folded);
	if (!model_is_verified(m, kept) && wanted) {
		m->verified_domains = xreallocarray(m->verified_domains,
			m->verified_count + 1, sizeof(*m->verified_domains));
		m->verified_domains[m->verified_count++] = kept;
	}
	if (d.initial && !m->initial_domain)
		m->initial_domain = kept;
	if (d.preferred && wanted && !m->default_domain)
		m->default_domain = kept;
}

static bool
is_true(const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return false;
	v = record_value(r, (size_t)at, 0);
	return v.kind == VALUE_JSON && strcmp(v.data, "true") == 0;
}

static void
take_domain(struct model *m, const struct record *r)
{
	const char *id = record_text(r, "id");

	if (id && is_true(r, "isVerified"))
		add_domain(m, (struct domain){
			.name = id, .teller = TOLD_BY_TENANT,
			.initial = is_true(r, "isInitial"),
			.preferred = is_true(r, "isDefault"),
		});
}

static bool
is_set(const struct json *object, const char *key)
{
	return json_is_true(json_get(object, key));
}

/* organization.verifiedDomains says the same as /domains, for verified ones. */
static void
take_organization(struct model *m, const struct record *r)
{
	long at = record_find(r, "verifiedDomains");
	struct json_error e;
	struct json *tree;
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return;
	v = record_value(r, (size_t)at, 0);
	tree = json_parse(v.data, v.len, &e);
	for (const struct json *d = json_first(tree); d; d = json_next(d))
		if (json_string(json_get(d, "name")))
			add_domain(m, (struct domain){
				.name = json_string(json_get(d, "name")),
				.teller = TOLD_BY_TENANT,
				.initial = is_set(d, "isInitial"),
				.preferred = is_set(d, "isDefault"),
			});
	json_free(tree);
}

static int
each_record(struct model *m, enum section s,
            void (*taker)(struct model *, const struct record *),
            struct err *err)
{
	struct reading r;
	int rc;

	if (reading_open(&r, m->present[SIDE_TENANT], s, err) < 0)
		return -1;
	while ((rc = reading_next(&r, err)) > 0)
		taker(m, r.record);
	reading_close(&r);
	return rc;
}

int
model_load_domains(struct model *m, struct err *err)
{
	const struct policy *p = m->policy;

	if (p->initial_domain)
		add_domain(m, (struct domain){
			.name = p->initial_domain, .initial = true,
		});
	for (size_t i = 0; i < p->verified_count; i++)
		add_domain(m, (struct domain){
			.name = p->verified_domains[i], .preferred = i == 0,
		});
	m->domains_known = p->verified_count > 0 ||
		model_complete(m, TENANT_DOMAINS) ||
		model_complete(m, TENANT_ORGANIZATION);
	if (!m->present[SIDE_TENANT] ||
	    (p->verified_count && p->initial_domain))
		return 0;
	if (each_record(m, TENANT_DOMAINS, take_domain, err) < 0)
		return -1;
	return each_record(m, TENANT_ORGANIZATION, take_organization, err);
}

/* What finds an object of an older snapshot in the present. */
struct history {
	struct model *m;
	struct index by_guid, by_sid;
};

static void
history_index(struct history *h)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS
	};

	index_by_guid(h->m, &h->by_guid, SIDE_AD);
	for (size_t s = 0; s < 3; s++) {
		struct object_list *l = &h->m->objects[sections[s]];

		for (size_t i = 0; i < l->count; i++)
			index_put(&h->by_sid, l->items[i]->sid, l->items[i]);
	}
}

static struct object *
find_present(struct history *h, const struct object *then)
{
	struct object *o = NULL;
	char guid[GUID_TEXT];

	if (then->has_guid) {
		guid_format(&then->guid, guid);
		o = index_get(&h->by_guid, guid);
	}
	if (!o && (!then->has_guid || !h->by_guid.count))
		o = index_get(&h->by_sid, then->sid);
	return o;
}

static int
take_past(struct history *h, const struct reading *r, uint64_t attrs,
          struct arena *scratch, struct err *err)
{
	struct object then, *now;
	struct sighting *past;

	object_init(&then, r->section);
	if (fill(r, &then, scratch, err) < 0)
		return -1;
	now = find_present(h, &then);
	if (!now)
		return 0;
	scope_judge(h->m->scope, &then, attrs);
	past = arena_alloc(&h->m->arena, sizeof(*past));
	*past = (struct sighting){
		.older = now->past,
		.when = snapshot_collected(r->snapshot),
		.snapshot = snapshot_name(r->snapshot),
		.scope = then.scope.state, .enabled = then.enabled,
		.dn = arena_strdup(&h->m->arena, then.dn),
	};
	now->past = past;
	return 0;
}

static int
load_past(struct history *h, const struct snapshot *s, enum section sec,
          struct err *err)
{
	uint64_t attrs = covered(s, sec);
	struct arena scratch = { 0 };
	struct reading r;
	int rc;

	if (reading_open(&r, s, sec, err) < 0)
		return -1;
	while ((rc = reading_next(&r, err)) > 0) {
		rc = take_past(h, &r, attrs, &scratch, err);
		arena_clear(&scratch);
		if (rc < 0)
			break;
	}
	arena_release(&scratch);
	reading_close(&r);
	return rc;
}

int
model_load_history(struct model *m, const struct snapshot *s, struct err *err)
{
	struct history h = { .m = m };
	int rc;

	history_index(&h);
	rc = load_past(&h, s, AD_USERS, err);
	if (rc == 0)
		rc = load_past(&h, s, AD_GROUPS, err);
	if (rc == 0)
		rc = load_past(&h, s, AD_CONTACTS, err);
	index_release(&h.by_guid);
	index_release(&h.by_sid);
	return rc;
}
