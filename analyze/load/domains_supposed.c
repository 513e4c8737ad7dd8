/*
 * Domains that are said to be verified, by the policy or by edits, and that no
 * tenant can verify, since nobody can own them. A tenant that says itself that
 * it has is believed: then the list of public suffixes is too old.
 */
#include "analyze/load/sections.h"

#include "analyze/data/data.h"
#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "analyze/whatif/whatif.h"
#include "base/list.h"
#include "base/record.h"
#include "base/utf8.h"
#include "base/warn.h"

static void
suppose(struct model *m, const char *domain, enum supposer by)
{
	struct unverifiable *u = &m->unverifiable;

	if (suffix_is_possible(suffix_judge(m->data, domain)) ||
	    model_is_unverifiable(m, domain))
		return;
	if (u->count == u->room) {
		u->room = list_room(u->room, u->count + 1);
		LIST_RESIZE(u->domains, u->room);
		LIST_RESIZE(u->by, u->room);
	}
	u->domains[u->count] = utf8_domain(&m->arena, domain);
	u->by[u->count++] = by;
}

static void
forget(struct unverifiable *u, const char *domain)
{
	size_t n = 0;

	for (size_t i = 0; i < u->count; i++)
		if (!utf8_same_domain(u->domains[i], domain)) {
			u->domains[n] = u->domains[i];
			u->by[n++] = u->by[i];
		}
	u->count = n;
}

static bool
is_verified(const struct record *r)
{
	long at = record_find(r, "isVerified");
	struct value v;

	if (at < 0 || !record_values(r, (size_t)at))
		return false;
	v = record_value(r, (size_t)at, 0);
	return v.kind != VALUE_BYTES && ascii_casecmp(v.data, "true") == 0;
}

/* Those that the tenant says it has verified. */
static int
believe(struct model *m, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, m->tenant, TENANT_DOMAINS, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		if (record_text(r.record, "id") && is_verified(r.record))
			forget(&m->unverifiable, record_text(r.record, "id"));
	record_scan_close(&r);
	return rc;
}

int
load_supposed_domains(struct model *m, struct err *err)
{
	size_t n = 0;
	const char *const *edited = m->edits ? edits_domains(m->edits, &n)
	                                     : NULL;

	for (size_t i = 0; i < m->policy->verified_count; i++)
		suppose(m, m->policy->verified_domains[i],
		        SUPPOSED_BY_POLICY);
	for (size_t i = 0; i < n; i++)
		suppose(m, edited[i], SUPPOSED_BY_EDITS);
	return m->unverifiable.count && m->tenant ? believe(m, err) : 0;
}

void
load_tell_supposed(struct model *m)
{
	for (size_t i = 0; i < m->unverifiable.count; i++) {
		const char *domain = m->unverifiable.domains[i];

		warn("%s is taken for verified, but no tenant can verify it: "
		     "%s", domain, suffix_reason(suffix_judge(m->data, domain),
		                                 &m->arena));
	}
}
