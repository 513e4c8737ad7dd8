/* Limits of what the sync server does, and of its scope. */
#include "analyze/cloud/server.h"

#include <string.h>

#include "base/dn.h"
#include "base/mem.h"
#include "base/utf8.h"

/* Of the guided move; the engine's own are in policy.h. */
enum { MOVE_PLACES = 30 };
static const struct build move_build = { { 2, 6, 91, 0 } };

/* ---- what the sync server does ---- */

void
judge_rules(struct cloud_judging *d, struct cloud_limit *l)
{
	const struct policy *p = d->m->policy;
	bool unread = !p->server_count;
	uint64_t n = 0;

	for (size_t i = 0; i < p->server_count; i++) {
		n += p->servers[i].custom_rules;
		unread = unread || p->servers[i].custom == UNKNOWN;
	}
	if (n)
		limit_exceeded(d, l, n, "custom rules run on the sync server");
	else if (unread)
		limit_unknown(l, LOOK_EXPORT);
	else
		limit_met(l, "the export has no custom rules");
}

/* Only those that have a certificate are synchronized. */
void
judge_devices(struct cloud_judging *d, struct cloud_limit *l)
{
	const struct table *t = &d->m->tables[AD_COMPUTERS];
	bool read = model_complete(d->m, AD_COMPUTERS) &&
	            model_covers(d->m, AD_COMPUTERS, ATTR_CERTIFICATE);
	uint64_t n = 0;

	for (size_t k = 0; k < t->count; k++)
		n += !t->rows[k].merged && t->rows[k].scope == SCOPE_IN;
	if (!read)
		limit_unknown(l, "computers, with userCertificate, were not "
		              "read");
	else if (n && !cloud_scope_is_known(d->m))
		limit_unknown(l, LOOK_SCOPE);
	else if (n)
		limit_exceeded(d, l, n,
		               "computers in scope with a userCertificate "
		               "become devices");
	else
		limit_met(l, "no computer in scope becomes a device");
}

void
judge_sign_in(struct cloud_judging *d, struct cloud_limit *l)
{
	const struct policy *p = d->m->policy;
	bool known = p->has_sign_in;
	uint64_t n = p->sign_in_is_mail;

	for (size_t i = 0; i < p->server_count; i++) {
		const char *by = p->servers[i].sign_in;

		known = known || by;
		n = n || (!p->has_sign_in && by &&
		          ascii_casecmp(by, "userPrincipalName") != 0);
	}
	if (n)
		limit_not_met(l, n, "sign-in names come from another attribute "
		            "than userPrincipalName");
	else if (known)
		limit_met(l, "sign-in names come from userPrincipalName");
	else
		limit_unknown(l, LOOK_EXPORT);
}

void
judge_build(struct cloud_judging *d, struct cloud_limit *l)
{
	const struct sync_engine *e = sync_engine_connect(d->m, d->arena);

	if (!e || !e->build_text)
		limit_unknown(l, "the build of Connect is not known: "
		            LOOK_EXPORT);
	else if (build_compare(&e->build, &move_build) < 0)
		limit_not_met(l, 1, arena_strdup(d->arena, e->build_text));
	else
		limit_met(l, arena_strdup(d->arena, e->build_text));
}

/* ---- the scope ---- */

/* The most containers that the scope names in one domain. */
static uint64_t
most_places(const struct model *m)
{
	uint64_t most = 0;

	for (size_t i = 0; i < m->domains.count; i++) {
		const struct domain *of = &m->domains.items[i];
		const struct policy *p = of->forest->policy;
		uint64_t n = 0;

		for (size_t k = 0; k < p->include_count; k++)
			n += !dn_first_is(p->include[k], "DC") &&
			     dn_is_in_domain(p->include[k], of->name);
		most = n > most ? n : most;
	}
	return most;
}

static void
judge_places(struct cloud_judging *d, struct cloud_limit *l, uint64_t most)
{
	uint64_t n = most_places(d->m);
	const char *text = cloud_tell(d, n, "containers of a domain are named");

	if (n > most)
		limit_not_met(l, n, text);
	else if (!cloud_scope_is_known(d->m))
		limit_unknown(l, LOOK_SCOPE);
	else
		limit_met(l, text);
}

void
judge_engine_places(struct cloud_judging *d, struct cloud_limit *l)
{
	judge_places(d, l, CLOUD_SYNC_PLACES);
}

void
judge_move_places(struct cloud_judging *d, struct cloud_limit *l)
{
	judge_places(d, l, MOVE_PLACES);
}

/* A domain that is left out as a whole is no container within one. */
void
judge_excluded(struct cloud_judging *d, struct cloud_limit *l)
{
	uint64_t n = 0;

	for (size_t i = 0; i < cloud_policies(d->m); i++) {
		const struct policy *p = cloud_policy(d->m, i);

		for (size_t k = 0; k < p->exclude_count; k++)
			n += !dn_first_is(p->exclude[k], "DC");
	}
	if (n)
		limit_exceeded(d, l, n, "containers are excluded");
	else if (!cloud_scope_is_known(d->m))
		limit_unknown(l, LOOK_SCOPE);
	else
		limit_met(l, "no container is excluded");
}

void
judge_group_filter(struct cloud_judging *d, struct cloud_limit *l)
{
	uint64_t n = 0;

	for (size_t i = 0; i < cloud_policies(d->m); i++)
		n += cloud_policy(d->m, i)->group_count;
	if (n)
		limit_exceeded(d, l, n, "filter groups");
	else if (!cloud_scope_is_known(d->m))
		limit_unknown(l, LOOK_SCOPE);
	else
		limit_met(l, "there is no filter group");
}

static uint64_t
count_connected(const struct policy *p)
{
	uint64_t n = 0;

	for (size_t i = 0; i < p->forest_count; i++)
		n += p->forests[i].by_connectors;
	return n;
}

/* Other forests may not have been read; the server's export names them all. */
void
judge_forests(struct cloud_judging *d, struct cloud_limit *l)
{
	const struct policy *p = d->m->policy;
	bool told = p->server_count > 0;
	uint64_t n = told ? count_connected(p) : d->m->domains.forest_count;

	if (n > 1)
		limit_exceeded(d, l, n, "forests");
	else if (told)
		limit_met(l, "the export has one forest");
	else
		limit_unknown(l, "whether Connect reads other forests, too, is "
		            "not known: " LOOK_EXPORT);
}

void
judge_public_cloud(struct cloud_judging *d, struct cloud_limit *l)
{
	static const char suffix[] = ".onmicrosoft.com";
	const char *domain = d->m->initial_domain;
	size_t len = domain ? strlen(domain) : 0, tail = sizeof(suffix) - 1;

	if (!domain)
		limit_unknown(l, "the tenant's initial domain is not known");
	else if (len > tail && ascii_casecmp(domain + len - tail, suffix) == 0)
		limit_met(l, arena_strdup(d->arena, domain));
	else
		limit_not_met(l, 1, arena_strdup(d->arena, domain));
}
