/*
 * Whether what synchronizes is too old: it stops, gets no help, lets others in,
 * or does not know whose an attribute is. An old build is told once, by the
 * worst of the first three. All that changes every quarter is in
 * sync-engine.json (data(5)).
 */
#include <inttypes.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/rules/engine_aged.h"
#include "analyze/rules/rule.h"

static const char *
build_lacks(const struct model *m, struct arena *a)
{
	const struct sync_engine *e = sync_engine_connect(m, a);

	return e && e->build_text ? NULL
		: "the build of the sync server is not known; give its export "
		  "by --scope, or say it in --policy, \"sync\": \"engine\" and "
		  "\"version\"";
}

static const char *
support_lacks(const struct model *m, struct arena *a)
{
	const struct aged is = aged_server(m, a);

	if (build_lacks(m, a))
		return build_lacks(m, a);
	if (!m->data || m->as_of == WHEN_NONE || is.age == AGE_STOPPED ||
	    !is.is_unsaid)
		return NULL;
	return "sync-engine.json does not say whether the sync server's build "
	       "is supported then; give a newer one by --data";
}

/* "Connect 2.5.3.0 (policy.json)" */
static const char *
name_server(struct check *c, const struct sync_engine *e)
{
	return check_textf(c, "%s%s%s (as %s says)", e->name,
	                   e->build_text == e->name ? "" : " ",
	                   e->build_text == e->name ? "" : e->build_text,
	                   e->told_by);
}

/* The newest, which is supported longest. */
static const char *
wanted_build(struct check *c)
{
	const struct engine_ages *e = data_engine(check_model(c)->data);

	for (size_t i = e->build_count; i-- > 0; )
		if (!e->builds[i].is_withdrawn)
			return check_textf(c, "%s, the newest on %s, or newer",
			                   e->builds[i].build.text, e->day);
	return NULL;
}

static void
fail_server(struct check *c, const struct aged *is, const char *message)
{
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c), .attribute = "sync.version",
		.observed = is->engine->build_text, .key = "",
		.expected = wanted_build(c), .message = message,
		.deadline = is->age == AGE_STOPPED || is->age == AGE_ENDED
			? engine_end(is)
			: (struct told_deadline){ .kind = DEADLINE_NONE },
	});
}

static void
check_stopped(struct check *c)
{
	const struct aged is = aged_server(check_model(c), check_arena(c));

	if (is.age == AGE_STOPPED)
		fail_server(c, &is, check_textf(c, "%s synchronizes nothing "
		            "since %s: builds below %s are cut off (%s)",
		            name_server(c, is.engine), is.stop->day,
		            is.stop->below.text, is.stop->source));
}

static void
check_supported(struct check *c)
{
	const struct aged is = aged_server(check_model(c), check_arena(c));
	const char *flaw = "", *ran = "";

	if (is.age != AGE_ENDED)
		return;
	if (is.flaw)
		flaw = check_textf(c, "; it has %s", is.flaw->id);
	if (is.ran)
		ran = check_textf(c, "; builds below %s are cut off since %s, "
		                  "but the tenant was synchronized later: "
		                  "check whether it is the build of today",
		                  is.stop->below.text, is.stop->day);
	fail_server(c, &is, check_textf(c, "%s is not supported since %s%s%s",
	            name_server(c, is.engine), is.ends->ends_day, flaw, ran));
}

static void
check_flawed(struct check *c)
{
	const struct aged is = aged_server(check_model(c), check_arena(c));

	if (is.age == AGE_WITHDRAWN)
		fail_server(c, &is, check_textf(c, "%s is a build that "
		            "Microsoft has withdrawn",
		            name_server(c, is.engine)));
	else if (is.age == AGE_FLAWED)
		fail_server(c, &is, check_textf(c, "%s has %s, %s; it is gone "
		            "from %s on (%s)", name_server(c, is.engine),
		            is.flaw->id, is.flaw->what, is.flaw->below.text,
		            is.flaw->source));
}

/* ---- what owns attributes ---- */

/* Accounts whose mailbox, or all of whom, the cloud owns. */
struct cloud_owned {
	uint64_t mailboxes, users;
};

static const struct policy *
policy_of_row(const struct model *m, const struct row *r)
{
	const struct row *ad = r->twin ? &m->tables[AD_USERS].rows[r->twin - 1]
	                               : NULL;
	const struct domain *d = ad ? model_domain(m, ad) : NULL;

	return d ? d->forest->policy : m->policy;
}

/* By the engine that their objects are under. */
static struct cloud_owned
count_owned(const struct model *m, bool by_cloud_sync)
{
	const struct table *t = &m->tables[TENANT_USERS];
	struct cloud_owned n = { 0, 0 };

	for (size_t i = 0; i < t->count; i++) {
		const struct row *r = &t->rows[i];
		const struct account *h = r->merged ? NULL : r->account;

		if (!h || by_cloud_sync != (policy_of_row(m, r)->engine ==
		                            ENGINE_CLOUD_SYNC))
			continue;
		n.mailboxes += h->exchange_managed == YES && h->synced == YES;
		n.users += guid_set_has(&m->cloud_managed, &h->id);
	}
	return n;
}

static const struct data_build *
minimum_of(const struct model *m, enum engine_feature f, bool of_cloud_sync)
{
	const struct engine_ages *e = data_engine(m->data);

	for (size_t i = 0; e && i < e->minimum_count; i++)
		if (e->minima[i].feature == f)
			return of_cloud_sync ? &e->minima[i].agent
			                     : &e->minima[i].connect;
	return NULL;
}

static bool
wants(const struct data_build *least, uint64_t objects)
{
	return objects && least && least->text;
}

/* The most that the objects want of the engine, or NULL. */
static const struct data_build *
wanted_of(const struct model *m, const struct sync_engine *e,
          const struct cloud_owned *n)
{
	const struct data_build *mailboxes = minimum_of(
		m, FEATURE_EXCHANGE_AUTHORITY, e->is_cloud_sync);
	const struct data_build *users = minimum_of(
		m, FEATURE_USER_AUTHORITY, e->is_cloud_sync);

	return wants(mailboxes, n->mailboxes) ? mailboxes
		: wants(users, n->users) ? users : NULL;
}

static const char *
owned_moot(const struct model *m, struct arena *a)
{
	(void)a;
	return !m->tenant ? "there is no tenant"
		: m->sync.on == NO
		? "the tenant says that it is not synchronized" : NULL;
}

static const char *
owned_lack(const struct model *m, struct arena *a)
{
	struct sync_engine *all;
	size_t n = sync_engines(m, a, &all);

	for (size_t i = 0; i < n; i++) {
		struct cloud_owned of = count_owned(m, all[i].is_cloud_sync);

		if (!all[i].build_text && wanted_of(m, &all[i], &of))
			return all[i].is_cloud_sync
				? "the build of Cloud Sync's agents is not "
				  "known; say it in --policy, \"sync\": "
				  "\"version\"" : build_lacks(m, a);
	}
	if (!model_complete(m, TENANT_SYNC_BEHAVIOR))
		return "which users were converted was not collected";
	return model_complete(m, TENANT_MAILBOXES) &&
	       snapshot_covers(m->tenant, TENANT_MAILBOXES,
	                       "IsExchangeCloudManaged") ? NULL
		: "tenant mailboxes: IsExchangeCloudManaged not collected";
}

/* Connect that synchronizes nothing does no harm, either. */
static bool
is_told_as_stopped(struct check *c, const struct sync_engine *e)
{
	return !e->is_cloud_sync &&
	       aged_server(check_model(c), check_arena(c)).age == AGE_STOPPED;
}

static void
fail_owned(struct check *c, const struct sync_engine *e,
           const struct cloud_owned *n, const struct data_build *least)
{
	check_fail_tenant(c, &(struct failure){
		.severity = check_severity(c), .attribute = "sync.version",
		.observed = e->build_text, .key = e->forest ? e->forest : "",
		.expected = check_textf(c, "%s or newer", least->text),
		.message = check_textf(c, "%s%s%s does not know that the cloud "
		                       "owns attributes of synchronized users "
		                       "(mailboxes: %" PRIu64 ", converted "
		                       "users: %" PRIu64 "): that takes %s",
		                       name_server(c, e),
		                       e->forest ? ", of " : "",
		                       e->forest ? e->forest : "",
		                       n->mailboxes, n->users, least->text),
	});
}

static void
check_owned(struct check *c)
{
	const struct model *m = check_model(c);
	struct sync_engine *all;
	size_t n = sync_engines(m, check_arena(c), &all);

	for (size_t i = 0; i < n; i++) {
		struct cloud_owned of = count_owned(m, all[i].is_cloud_sync);
		const struct data_build *least = wanted_of(m, &all[i], &of);

		if (least && all[i].build_text && build_compare(&all[i].build,
		    &least->is) < 0 && !is_told_as_stopped(c, &all[i]))
			fail_owned(c, &all[i], &of, least);
	}
}

static const struct rule rules[] = {
	{
		.id = "engine-stopped",
		.severity = SEVERITY_CRITICAL,
		.side = SIDE_TENANT,
		.check_tenant = check_stopped, .lacks = build_lacks,
		.moot = sync_server_moot,
		.title = "Sync server whose build the service has cut off",
		.why = "Since 2026-09-30 the service takes nothing from builds "
		       "of Connect below 2.5.79.0, as from those of version 1 "
		       "since 2023-10-01: joiners, leavers and passwords do "
		       "not reach the tenant, and what is forecast does not "
		       "happen.",
		.fix = "Upgrade the sync server, or install a second one in "
		       "staging mode and change over; then check what its "
		       "first export would change before it runs.",
		.source = DOC_HARDENING, .part = "Minimum versions",
	},
	{
		.id = "engine-unsupported",
		.severity = SEVERITY_HIGH,
		.side = SIDE_TENANT,
		.check_tenant = check_supported, .lacks = support_lacks,
		.moot = sync_server_moot,
		.title = "Sync server whose build is out of support",
		.why = "A build of Connect is supported for twelve months "
		       "after the next one has appeared. After that there is "
		       "no help, and it may stop without notice.",
		.fix = "Upgrade the sync server, or move to Cloud Sync; not "
		       "every build upgrades by itself.",
		.source = DOC_ENGINES,
	},
	{
		.id = "engine-vulnerable",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT,
		.check_tenant = check_flawed, .lacks = build_lacks,
		.moot = sync_server_moot,
		.title = "Sync server with a known flaw",
		.why = "Whoever controls the sync server controls AD and the "
		       "tenant: it reads hashes of all passwords.",
		.fix = "Upgrade the sync server. A withdrawn build is "
		       "uninstalled, and a supported one installed.",
		.source = DOC_ENGINE_FLAW,
	},
	{
		.id = "engine-too-old-soa",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_TENANT,
		.wishes = { SECTION_IN(TENANT_USERS) },
		.check_tenant = check_owned, .lacks = owned_lack,
		.moot = owned_moot,
		.title = "Engine too old for attributes that the cloud owns",
		.why = "An older engine does not know that the cloud is the "
		       "source of authority for a user, or Exchange Online "
		       "for the attributes of a mailbox: it goes on writing "
		       "AD's values over them.",
		.fix = "Upgrade the engine before anything is changed in the "
		       "cloud.",
		.source = DOC_EXCHANGE_ONLINE_OWNS,
		.limit = "Connect 2.5.76.0 for converted users, 2.5.190.0 for "
		         "Exchange's attributes; agent 1.1.1107.0",
	},
};

const struct family engine_age_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
