/* What the tenant says of itself: its settings, its administrators. */
#include <string.h>

#include "analyze/load/sections.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "base/json.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/when.h"

/* Microsoft's own ("Configure filtering", Prevent accidental deletes). */
enum { USUAL_THRESHOLD = 500 };

static enum tristate
feature(const struct json *features, const char *name)
{
	const struct json *j = json_get(features, name);

	if (json_kind(j) != JSON_BOOL)
		return UNKNOWN;
	return json_is_true(j) ? YES : NO;
}

/*
 * The server counts deletions, or their share of the objects, or does not care
 * (onPremisesAccidentalDeletionPrevention).
 */
static void
take_limit(struct model *m)
{
	const char *type = m->sync.prevention;
	struct deletion_limit *to = &m->deletions;

	if (to->from == LIMIT_POLICY || (!type && !m->sync.alert))
		return;
	to->from = LIMIT_TENANT;
	if (type && ascii_casecmp(type, "disabled") == 0)
		to->count = 0;
	else if (!m->sync.alert)
		to->from = LIMIT_ASSUMED;
	else if (type && ascii_casecmp(type, "enabledForPercentage") == 0)
		*to = (struct deletion_limit){
			.from = LIMIT_TENANT, .percent = m->sync.alert
		};
	else
		to->count = m->sync.alert;
}

static void
take_prevention(struct model *m, const struct json *prevention)
{
	double alert = json_number(json_get(prevention, "alertThreshold"));
	const char *type = json_string(json_get(
		prevention, "synchronizationPreventionType"));

	if (alert >= 1 && alert <= 1e9)
		m->sync.alert = (long)alert;
	if (type)
		m->sync.prevention = arena_strdup(&m->arena, type);
	take_limit(m);
}

/* The build of Connect, of which the documents of beta alone tell. */
static void
take_client(struct model *m, const struct json *version)
{
	const char *text = json_string(version);

	if (text && *text)
		m->sync.client = arena_strdup(&m->arena, text);
}

/* onPremisesDirectorySynchronization: configuration and features. */
static void
take_sync(struct model *m, const struct record *r)
{
	struct json *features = record_tree(r, "features");
	struct json *settings = record_tree(r, "configuration");

	m->features = (struct features){
#define FEATURE_TOLD(member, name) .member = feature(features, name),
		SYNC_FEATURES(FEATURE_TOLD)
#undef FEATURE_TOLD
	};
	take_prevention(m, json_get(settings, "accidentalDeletionPrevention"));
	take_client(m, json_get(settings, "synchronizationClientVersion"));
	json_free(features);
	json_free(settings);
}

static enum tristate
boolean(const struct record *r, const char *name)
{
	const char *text = record_json(r, name);

	return !text ? UNKNOWN : strcmp(text, "true") == 0 ? YES
		: strcmp(text, "false") == 0 ? NO : UNKNOWN;
}

static void
add_id(struct guid_set *to, const struct record *r)
{
	const char *id = record_text(r, "id");
	struct guid g;

	if (id && guid_parse(&g, id) == 0)
		guid_set_add(to, &g);
}

/* Its members are listed by its own id, or by its template's. */
static void
add_role_name(struct model *m, const char *id, const char *name)
{
	struct guid g;

	if (id && name && guid_parse(&g, id) == 0)
		roles_held_add(&m->role_names, &g)->role =
			arena_strdup(&m->arena, name);
}

static void
take_role(struct model *m, const struct record *r)
{
	add_role_name(m, record_text(r, "id"), record_text(r, "displayName"));
	add_id(&m->roles[role_rank(record_text(r, "roleTemplateId"),
	                           record_text(r, "displayName"))], r);
}

/* A role assignment names a built-in role by its template. */
static enum role_rank
rank_of(const struct model *m, const char *role)
{
	struct guid g;

	if (!role || guid_parse(&g, role) < 0)
		return ROLE_UNRANKED;
	for (int i = 0; i < ROLE_RANKS; i++)
		if (guid_set_has(&m->roles[i], &g))
			return (enum role_rank)i;
	return role_rank(role, NULL);
}

/* What a role is called in the tenant; else by Microsoft; else its id. */
static const char *
name_of_role(struct model *m, const char *id)
{
	const struct roles_held *known = &m->role_names;
	struct guid g;

	for (size_t i = 0; i < known->count; i++)
		if (guid_parse(&g, id) == 0 &&
		    memcmp(&g, &known->items[i].who, sizeof(g)) == 0)
			return known->items[i].role;
	return role_name(id) ? role_name(id) : arena_strdup(&m->arena, id);
}

static void
take_privileged(struct model *m, const struct record *r)
{
	const char *id = record_text(r, "id");
	struct role_held *held;
	struct guid g;

	if (!id || guid_parse(&g, id) < 0)
		return;
	held = roles_held_add(&m->privileged, &g);
	held->role = name_of_role(m, record_text(r, "roleId"));
	held->eligible = boolean(r, "eligible") == YES;
}

/* A member of GROUP has what it has. */
static void
take_by_group(struct model *m, const struct record *r,
              const struct guid *group)
{
	const char *id = record_text(r, "id");
	struct guid g;

	if (!id || guid_parse(&g, id) < 0)
		return;
	/* What groups give stands behind what they have. */
	for (size_t i = 0; i < m->privileged.count &&
	     !m->privileged.items[i].by_group; i++) {
		struct role_held held = m->privileged.items[i];

		if (memcmp(&held.who, group, sizeof(*group)) != 0)
			continue;
		held.who = g;
		held.by_group = true;
		*roles_held_add(&m->privileged, &g) = held;
	}
}

static void
take_role_member(struct model *m, const struct record *r)
{
	const char *type = record_text(r, "type");
	enum role_rank rank = rank_of(m, record_text(r, "roleId"));

	if (type && ascii_casecmp(type, "group") == 0)
		m->admins_by_group = true;
	add_id(&m->admins, r);
	add_id(&m->holders[rank], r);
	if (rank == ROLE_PRIVILEGED)
		take_privileged(m, r);
}

/* A role is also held through a group. */
static void
take_group_member(struct model *m, const struct record *r)
{
	const char *id = record_text(r, "groupId");
	struct guid g;

	if (!id || guid_parse(&g, id) < 0)
		return;
	if (guid_set_has(&m->admins, &g))
		add_id(&m->admins, r);
	if (guid_set_has(&m->holders[ROLE_PRIVILEGED], &g))
		take_by_group(m, r, &g);
	for (int i = 0; i < ROLE_RANKS; i++)
		if (guid_set_has(&m->holders[i], &g))
			add_id(&m->holders[i], r);
}

static bool
wants_group_members(const struct model *m)
{
	return m->admins_by_group;
}

static void
take_behavior(struct model *m, const struct record *r)
{
	if (boolean(r, "isCloudManaged") == YES)
		add_id(&m->cloud_managed, r);
}

static void
take_federated(struct model *m, const struct record *r)
{
	const char *type = record_text(r, "authenticationType");
	const char *id = record_text(r, "id");

	if (!id || !type || ascii_casecmp(type, "Federated") != 0)
		return;
	LIST_RESERVE(m->federated_domains, m->federated_room,
	             m->federated_count + 1);
	m->federated_domains[m->federated_count++] =
		utf8_domain(&m->arena, id);
}

/* The first by name, of those that the company has brought. */
static void
take_own(struct model *m, const char *id)
{
	const char *own = m->tenant_domains.own;

	if (!domain_is_initial(id) && (!own || ascii_casecmp(id, own) < 0))
		m->tenant_domains.own = arena_strdup(&m->arena, id);
}

static void
take_domain(struct model *m, const struct record *r)
{
	const char *id = record_text(r, "id");

	take_federated(m, r);
	if (!id)
		return;
	if (boolean(r, "isDefault") == YES)
		m->tenant_domains.chosen = arena_strdup(&m->arena, id);
	if (boolean(r, "isVerified") != YES)
		return;
	take_own(m, id);
	m->tenant_domains.unsaid |= !record_text(r, "authenticationType");
}

/*
 * Null is never to have been synchronized, which a last synchronization belies:
 * it is switched off. What was not asked for is no null.
 */
static bool
has_ended(const struct model *m, const struct record *r)
{
	long at = record_find(r, "onPremisesSyncEnabled");

	return m->sync.last != WHEN_NONE &&
	       (at < 0 || !record_values(r, (size_t)at)) &&
	       snapshot_covers(m->tenant, TENANT_ORGANIZATION,
	                       "onPremisesSyncEnabled");
}

static void
take_organization(struct model *m, const struct record *r)
{
	const char *text = record_text(r, "onPremisesLastSyncDateTime");
	const char *made = record_text(r, "createdDateTime");

	if (made)
		when_from_iso(&m->sync.made, made);
	m->sync.on = boolean(r, "onPremisesSyncEnabled");
	if (text)
		when_from_iso(&m->sync.last, text);
	m->sync.ended = has_ended(m, r);
	if (m->sync.ended)
		m->sync.on = NO;
	else
		m->sync.never = m->sync.on != YES &&
			snapshot_covers(m->tenant, TENANT_ORGANIZATION,
			                "onPremisesLastSyncDateTime") &&
			snapshot_covers(m->tenant, TENANT_ORGANIZATION,
			                "onPremisesSyncEnabled");
}

static void
take_exchange(struct model *m, const struct record *r)
{
	m->sync.blocks_premises = boolean(
		r, "BlockExchangeProvisioningFromOnPremEnabled");
}

static const struct taker {
	enum section section;
	void (*take)(struct model *m, const struct record *r);
	bool (*wants)(const struct model *m);        /* NULL: always */
} takers[] = {
	{ TENANT_SYNC, take_sync, NULL },
	{ TENANT_ROLES, take_role, NULL },
	{ TENANT_ROLE_MEMBERS, take_role_member, NULL },
	{ TENANT_GROUP_MEMBERS, take_group_member, wants_group_members },
	{ TENANT_SYNC_BEHAVIOR, take_behavior, NULL },
	{ TENANT_DOMAINS, take_domain, NULL },
	{ TENANT_ORGANIZATION, take_organization, NULL },
	{ TENANT_EXCHANGE, take_exchange, NULL },
};

static int
take_section(struct model *m, const struct taker *t, struct err *err)
{
	struct record_scan r;
	int rc;

	if (t->wants && !t->wants(m))
		return 0;
	if (record_scan_open(&r, m->tenant, t->section, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		t->take(m, r.record);
	record_scan_close(&r);
	return rc;
}

int
load_tenant_settings(struct model *m, struct err *err)
{
	long said = m->policy->deletion_threshold;

	m->sync.last = m->sync.made = WHEN_NONE;
	m->deletions = (struct deletion_limit){
		.from = said ? LIMIT_POLICY : LIMIT_ASSUMED,
		.count = said == DELETION_THRESHOLD_OFF ? 0
			: said ? said : USUAL_THRESHOLD,
	};
	if (!m->tenant)
		return 0;
	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++)
		if (take_section(m, &takers[i], err) < 0)
			return -1;
	roles_held_sort(&m->privileged);
	return 0;
}
