/*
 * Service connection points of Autodiscover: one below each server of Exchange,
 * which Outlook in the domain asks first, whatever DNS says.
 */
#include "analyze/load/service_points.h"

#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "base/buf.h"
#include "base/list.h"
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

static void
take(struct model *m, const struct record *r)
{
	struct service_points *to = &m->service_points;
	const char *dn = record_text(r, "dn");
	const char *url = record_text(r, "serviceBindingInformation");

	/* One that was switched off stays, without an address. */
	if (!dn || !url || !has_keyword(r))
		return;
	LIST_RESERVE(to->items, to->room, to->count + 1);
	to->items[to->count++] = (struct service_point){
		.dn = arena_strdup(&m->arena, dn),
		.url = arena_strdup(&m->arena, url),
	};
}

/* A domain of which nothing was read may have mailboxes. */
static int
look_at_partitions(struct model *m, const struct snapshot *s, struct err *err)
{
	struct buf domain = { 0 }, forest = { 0 };
	struct record_scan r;
	int rc;

	if (record_scan_open(&r, s, AD_FOREST, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		if (snapshot_crossref(r.record, &domain, &forest) &&
		    !domains_find(&m->domains, buf_text(&domain)))
			m->service_points.elsewhere = true;
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

	if (record_scan_open(&r, s, AD_EXCHANGE, err) < 0)
		return -1;
	while ((rc = record_scan_next(&r, err)) > 0)
		take(m, r.record);
	record_scan_close(&r);
	return rc < 0 ? rc : look_at_partitions(m, s, err);
}

int
service_points_load(struct model *m, struct err *err)
{
	if (fact_is(m, FACT_LOCAL_MAILBOX) == YES)
		return 0;
	for (size_t i = 0; i < m->ad_count; i++)
		if (read_snapshot(m, m->ad[i], err) < 0)
			return -1;
	return 0;
}
