/*
 * Service connection points of Autodiscover: one below each server of Exchange,
 * which Outlook in the domain asks first, whatever DNS says.
 */
#include "analyze/load/service_points.h"

#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/dn.h"
#include "base/record.h"

/* Which service it is, among those that publish themselves so. */
static const char autodiscover[] = "77378F46-2C66-4aa9-A6A6-3E7A48B19596";

static bool
has_keyword(const struct record *r)
{
	long at = record_find(r, "keywords");

	for (size_t i = 0; at >= 0 && i < record_values(r, (size_t)at); i++) {
		struct value v = record_value(r, (size_t)at, i);

		if (v.kind == VALUE_TEXT &&
		    strcasecmp(v.data, autodiscover) == 0)
			return true;
	}
	return false;
}

/* That of the domain at the top of the forest, which has the settings. */
static struct domain *
domain_of(struct model *m, const char *dn)
{
	struct buf name = { 0 };
	struct domain *d = NULL;

	dn_domain(&name, dn);
	for (size_t i = 0; i < m->domains.count && !d; i++)
		if (strcmp(m->domains.items[i].name, buf_text(&name)) == 0)
			d = &m->domains.items[i];
	buf_release(&name);
	return d;
}

static void
take(struct model *m, const struct record *r)
{
	const char *dn = record_text(r, "dn");
	const char *url = record_text(r, "serviceBindingInformation");
	/* One that was switched off stays, without an address. */
	struct domain *d = dn && url && has_keyword(r) ? domain_of(m, dn)
	                                               : NULL;

	if (!d || d->service_points++)
		return;
	d->service_point = arena_strdup(&m->arena, dn);
	d->service_url = arena_strdup(&m->arena, url);
}

/* A domain of which nothing was read may have mailboxes. */
static int
look_elsewhere(struct model *m, const struct snapshot *s, bool *elsewhere,
               struct err *err)
{
	struct buf domain = { 0 }, forest = { 0 };
	struct record_scan r;
	int rc;

	if (record_scan_settings(&r, s, AD_FOREST, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		if (snapshot_crossref(r.record, &domain, &forest) &&
		    !domains_find(&m->domains, buf_text(&domain)))
			*elsewhere = true;
	record_scan_close(&r);
	buf_release(&domain);
	buf_release(&forest);
	return rc;
}

static int
read_snapshot(struct model *m, const struct snapshot *s, struct err *err)
{
	struct record_scan r;
	int rc;

	if (record_scan_settings(&r, s, AD_EXCHANGE, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take(m, r.record);
	record_scan_close(&r);
	return rc;
}

int
service_points_load(struct model *m, struct err *err)
{
	bool elsewhere = false;

	if (fact_is(m, FACT_LOCAL_MAILBOX) == YES)
		return 0;
	for (size_t i = 0; i < m->ad_count; i++)
		if (look_elsewhere(m, m->ad[i], &elsewhere, err) < 0)
			return -1;
	for (size_t i = 0; i < m->ad_count && !elsewhere; i++)
		if (read_snapshot(m, m->ad[i], err) < 0)
			return -1;
	return 0;
}
