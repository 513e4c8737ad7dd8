/* The domains of the tenant: by the policy, else by the tenant itself. */
#include <stdlib.h>
#include <string.h>

#include "analyze/load/sections.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"

/* Who names a domain: the policy wins where it speaks. */
enum teller { TOLD_BY_POLICY, TOLD_BY_TENANT };

struct tenant_domain {
	const char *name;
	enum teller teller;
	bool initial, preferred;
};

static void
add_domain(struct model *m, struct tenant_domain d)
{
	bool wanted = d.teller == TOLD_BY_POLICY || d.initial ||
	              !m->policy->verified_count;
	const char *kept = utf8_domain(&m->arena, d.name);

	if (!model_is_verified(m, kept) && wanted) {
		LIST_RESERVE(m->verified_domains, m->verified_room,
		             m->verified_count + 1);
		m->verified_domains[m->verified_count++] = kept;
	}
	/* It becomes part of addresses: as it is spelt. */
	if (d.initial && !m->initial_domain)
		m->initial_domain = arena_strdup(&m->arena, d.name);
	if (d.preferred && wanted && !m->default_domain)
		m->default_domain = kept;
}

/*
 * Whether the flag is set; one that cannot be read leaves it open which domains
 * the tenant has.
 */
static bool
is_true(struct model *m, const struct record *r, const char *name)
{
	long at = record_find(r, name);
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return false;
	v = record_value(r, (size_t)at, 0);
	if (v.kind != VALUE_BYTES && ascii_casecmp(v.data, "true") == 0)
		return true;
	if (v.kind == VALUE_BYTES || ascii_casecmp(v.data, "false") != 0)
		m->domains_known = m->policy->verified_count > 0;
	return false;
}

static void
take_domain(struct model *m, const struct record *r)
{
	const char *id = record_text(r, "id");

	if (!id)
		m->domains_known = m->policy->verified_count > 0;
	else if (is_true(m, r, "isVerified"))
		add_domain(m, (struct tenant_domain){
			.name = id, .teller = TOLD_BY_TENANT,
			.initial = is_true(m, r, "isInitial"),
			.preferred = is_true(m, r, "isDefault"),
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
	if (json_kind(tree) != JSON_ARRAY && !model_complete(m, TENANT_DOMAINS))
		m->domains_known = m->policy->verified_count > 0;
	for (const struct json *d = json_first(tree); d; d = json_next(d))
		if (json_string(json_get(d, "name")))
			add_domain(m, (struct tenant_domain){
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
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, m->tenant, s, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		taker(m, r.record);
	record_scan_close(&r);
	return rc;
}

/* Those of the policy's domains that the tenant has verified as well. */
static void
count_told(struct model *m, const struct record *r)
{
	const char *id = record_text(r, "id");

	if (!id || !is_true(m, r, "isVerified"))
		return;
	for (size_t i = 0; i < m->policy->verified_count; i++)
		m->verified_told += utf8_same_domain(
			m->policy->verified_domains[i], id);
}

/* Whether the policy supposes domains that the tenant has not verified. */
static int
compare_told(struct model *m, struct err *err)
{
	if (!m->tenant || !m->policy->verified_count ||
	    !model_complete(m, TENANT_DOMAINS))
		return 0;
	if (each_record(m, TENANT_DOMAINS, count_told, err) < 0)
		return -1;
	m->domains_supposed = m->verified_told < m->policy->verified_count;
	return 0;
}

/* Edits add to what the policy or the tenant says. */
static void
add_edited(struct model *m)
{
	size_t n = 0;
	const char *const *domains = m->edits ? edits_domains(m->edits, &n)
	                                      : NULL;

	for (size_t i = 0; i < n; i++)
		add_domain(m, (struct tenant_domain){ .name = domains[i] });
}

static int
load_told(struct model *m, struct err *err)
{
	const struct policy *p = m->policy;

	if (p->initial_domain)
		add_domain(m, (struct tenant_domain){
			.name = p->initial_domain, .initial = true,
		});
	for (size_t i = 0; i < p->verified_count; i++)
		add_domain(m, (struct tenant_domain){
			.name = p->verified_domains[i], .preferred = i == 0,
		});
	m->domains_known = p->verified_count > 0 ||
		model_complete(m, TENANT_DOMAINS) ||
		model_complete(m, TENANT_ORGANIZATION);
	if (!m->tenant ||
	    (p->verified_count && p->initial_domain))
		return 0;
	if (each_record(m, TENANT_DOMAINS, take_domain, err) < 0)
		return -1;
	return each_record(m, TENANT_ORGANIZATION, take_organization, err);
}

int
load_domains(struct model *m, struct err *err)
{
	if (load_told(m, err) < 0 || compare_told(m, err) < 0)
		return -1;
	m->verified_unedited = m->verified_count;
	add_edited(m);
	return load_supposed_domains(m, err);
}
