/*
 * The policy object of AD object enforcement: msDS-Settings names the SIDs that
 * may write, and says Enforced or Audit ("AD object enforcement").
 */
#include "analyze/load/soa_policies.h"

#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/record.h"

static const char place[] = "CN=Cloud,CN=SOA-Policies,CN=System,";

static bool
says(const struct record *r, const char *word)
{
	long at = record_find(r, "msDS-Settings");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++) {
		struct value v = record_value(r, (size_t)at, i);

		if (v.kind == VALUE_TEXT && strcasestr(v.data, word))
			return true;
	}
	return false;
}

static enum soa_policy
policy_of(const struct record *r)
{
	bool enforced = says(r, "Enforced"), audit = says(r, "Audit");

	return enforced == audit ? SOA_POLICY_UNREAD
		: enforced ? SOA_POLICY_ENFORCED : SOA_POLICY_AUDIT;
}

/* The domain whose policy it is, if the snapshot is its present; or NULL. */
static struct domain *
domain_of(struct model *m, const struct snapshot *s, const char *dn)
{
	struct buf name = { 0 };
	struct domain *out = NULL;

	if (!dn || strncasecmp(dn, place, sizeof(place) - 1) != 0)
		return NULL;
	dn_domain(&name, dn);
	for (size_t i = 0; i < m->domains.count && !out; i++) {
		struct domain *d = &m->domains.items[i];

		if (d->present == s && strcmp(d->name, buf_text(&name)) == 0)
			out = d;
	}
	buf_release(&name);
	return out;
}

static int
read_section(struct model *m, const struct snapshot *s, enum section sec,
             struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, s, sec, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0) {
		const char *dn = record_text(r.record, "dn");
		struct domain *d = domain_of(m, s, dn);

		if (d && policy_of(r.record))
			d->soa = policy_of(r.record);
	}
	record_scan_close(&r);
	return rc;
}

/* In files it lies with containers, if that is its class. */
int
soa_policies_load(struct model *m, struct err *err)
{
	if (fact_is(m, FACT_OF_CLOUD) != YES)
		return 0;
	for (size_t i = 0; i < m->ad_count; i++)
		if (read_section(m, m->ad[i], AD_OTHER, err) < 0 ||
		    read_section(m, m->ad[i], AD_CONTAINERS, err) < 0)
			return -1;
	return 0;
}
