/* What synchronizes, by policy, the sync server's export and the tenant. */
#include "analyze/model/model.h"

#include "analyze/policy/policy.h"

static const char *const names[] = {
	[ENGINE_UNKNOWN] = "Connect", [ENGINE_CONNECT] = "Connect",
	[ENGINE_DIRSYNC] = "DirSync", [ENGINE_AADSYNC] = "Azure AD Sync",
	[ENGINE_CLOUD_SYNC] = "Cloud Sync",
};

/* Whether some forest has no entry in the policy, or nobody read any. */
static bool
top_counts(const struct model *m)
{
	const struct domains *ds = &m->domains;

	if (!m->policy->forest_count)
		return true;
	for (size_t i = 0; i < ds->count; i++)
		if (ds->items[i].objects && !ds->items[i].unconnected &&
		    ds->items[i].forest->policy == m->policy)
			return true;
	return false;
}

/* The whole policy at 0, if it counts, then its forests; NULL behind them. */
static const struct policy *
entry_at(const struct model *m, size_t at)
{
	return at == 0 ? m->policy : at <= m->policy->forest_count
		? &m->policy->forests[at - 1] : NULL;
}

/* Of one whose engine nobody says, 1.x may be that of an agent. */
static bool
tells_build(const struct policy *p)
{
	return p->has_version && (p->engine != ENGINE_UNKNOWN ||
	                          p->version.parts[0] > 1);
}

static void
take_policy(struct sync_engine *e, const struct policy *p)
{
	if (p->engine != ENGINE_UNKNOWN)
		e->name = names[p->engine];
	if (e->build_text || !tells_build(p))
		return;
	e->build_text = p->version_text;
	e->build = p->version;
	e->told_by = p->scope_name ? p->scope_name : p->name ? p->name
		: "the policy";
}

/* The policy is silent: a tenant that was read through beta says it. */
static void
take_tenant(struct sync_engine *e, const struct model *m)
{
	if (e->build_text || !m->sync.client ||
	    build_parse(&e->build, m->sync.client) < 0)
		return;
	e->build_text = m->sync.client;
	e->told_by = "the tenant";
}

/* DirSync and Azure AD Sync are older than all builds of Connect. */
static void
take_old(struct sync_engine *e)
{
	if (e->build_text || e->name == names[ENGINE_CONNECT])
		return;
	e->build = (struct build){ { 1, 0, 0, 0 } };
	e->build_text = e->name;
	e->told_by = "the policy";
}

size_t
sync_engines(const struct model *m, struct arena *a, struct sync_engine **out)
{
	struct sync_engine *all = arena_alloc(a, (m->policy->forest_count + 2) *
	                                      sizeof(*all));
	size_t i = top_counts(m) ? 0 : 1, n = 1;
	bool any = false;
	const struct policy *p;

	all[0] = (struct sync_engine){ .name = names[ENGINE_CONNECT] };
	for (; (p = entry_at(m, i)); i++) {
		if (p->engine != ENGINE_CLOUD_SYNC) {
			take_policy(&all[0], p);
			any = true;
			continue;
		}
		all[n] = (struct sync_engine){
			.is_cloud_sync = true, .forest = p->forest,
		};
		take_policy(&all[n++], p);
	}
	if (any) {
		take_tenant(&all[0], m);
		take_old(&all[0]);
	}
	*out = any ? all : all + 1;
	return any ? n : n - 1;
}

const struct sync_engine *
sync_engine_connect(const struct model *m, struct arena *a)
{
	struct sync_engine *all;
	size_t n = sync_engines(m, a, &all);

	return n && !all[0].is_cloud_sync ? &all[0] : NULL;
}

const char *
sync_server_moot(const struct model *m, struct arena *a)
{
	if (m->sync.on == NO)
		return "the tenant says that it is not synchronized";
	return sync_engine_connect(m, a) ? NULL
		: "all forests are under Cloud Sync";
}
