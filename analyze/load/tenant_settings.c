/* What the tenant says of itself: its settings, its administrators. */
#include <string.h>

#include "analyze/load/sections.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "base/json.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/warn.h"

/* Microsoft's own ("Configure filtering", Prevent accidental deletes). */
enum { USUAL_THRESHOLD = 500 };

static struct json *
tree_of(const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct json_error e;
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return NULL;
	v = record_value(r, (size_t)at, 0);
	return v.kind == VALUE_JSON ? json_parse(v.data, v.len, &e) : NULL;
}

static enum tristate
feature(const struct json *features, const char *name)
{
	const struct json *j = json_get(features, name);

	if (json_kind(j) != JSON_BOOL)
		return UNKNOWN;
	return json_is_true(j) ? YES : NO;
}

/* onPremisesDirectorySynchronization: configuration and features. */
static void
take_sync(struct model *m, const struct record *r)
{
	struct json *features = tree_of(r, "features");
	struct json *settings = tree_of(r, "configuration");
	const struct json *prevention = json_get(settings,
		"accidentalDeletionPrevention");
	double threshold = json_number(json_get(prevention, "alertThreshold"));

	m->features = (struct features){
		.block_hard = feature(features,
			"blockCloudObjectTakeoverThroughHardMatchEnabled"),
		.block_soft = feature(features, "blockSoftMatchEnabled"),
		.soft_on_upn = feature(features, "softMatchOnUpnEnabled"),
		.password_sync = feature(features, "passwordSyncEnabled"),
		.upn_follows = feature(features,
			"synchronizeUpnForManagedUsersEnabled"),
		.remap = feature(features, "allowOnPremUpdateOf"
		                 "OnPremisesObjectIdentifierEnabled"),
	};
	if (!m->policy->deletion_threshold && threshold >= 1 &&
	    threshold <= 1e9)
		m->deletion_threshold = (long)threshold;
	json_free(features);
	json_free(settings);
}

static void
add_id(struct guid_set *to, const struct record *r)
{
	const char *id = record_text(r, "id");
	struct guid g;

	if (id && guid_parse(&g, id) == 0)
		guid_set_add(to, &g);
}

static void
take_role(struct model *m, const struct record *r)
{
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

static void
take_role_member(struct model *m, const struct record *r)
{
	const char *type = record_text(r, "type");

	if (type && ascii_casecmp(type, "group") == 0)
		m->admins_by_group = true;
	add_id(&m->admins, r);
	add_id(&m->holders[rank_of(m, record_text(r, "roleId"))], r);
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
	long at = record_find(r, "isCloudManaged");
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return;
	v = record_value(r, (size_t)at, 0);
	if (v.kind == VALUE_JSON && strcmp(v.data, "true") == 0)
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
		arena_strdup(&m->arena, id);
}

/*
 * Sync runs every 30 minutes; Microsoft writes to the administrators when there
 * was none for 24 hours ("Microsoft Entra Connect Health", alerts).
 */
enum { LATE_HOURS = 3, STOPPED_HOURS = 24 };

static void
take_organization(struct model *m, const struct record *r)
{
	const char *text = record_text(r, "onPremisesLastSyncDateTime");
	when_t last, hours;
	char day[WHEN_TEXT];

	if (!text || when_from_iso(&last, text) < 0)
		return;
	hours = (snapshot_collected(m->tenant) - last) / 3600;
	if (hours < LATE_HOURS || m->edits)
		return;
	when_format(last, day);
	warn("%s: the tenant was last synchronized at %s, %lld hours before "
	     "this snapshot: %s", snapshot_name(m->tenant), day,
	     (long long)hours, hours < STOPPED_HOURS
	     ? "its cycle is 30 minutes, so see whether the sync server runs"
	     : "synchronization does not run, and what is forecast waits for "
	     "it");
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
	{ TENANT_DOMAINS, take_federated, NULL },
	{ TENANT_ORGANIZATION, take_organization, NULL },
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

	m->deletion_threshold = said == DELETION_THRESHOLD_OFF ? 0
		: said ? said : USUAL_THRESHOLD;
	if (!m->tenant)
		return 0;
	for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++)
		if (take_section(m, &takers[i], err) < 0)
			return -1;
	return 0;
}
