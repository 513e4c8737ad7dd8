/*
 * Reads on where a server gives up: busy ones are asked again, pages shrink at
 * limits, and broken connections are made anew.
 */
#include "collect/ad/ad_read.h"

#include <string.h>

#include "base/err.h"
#include "base/guid.h"
#include "base/record.h"
#include "collect/ldap/ldap.h"
#include "collect/live/live.h"

enum { PAGE_LEAST = 50, DOUBLINGS = 6 };

static const double pause_seconds = 0.5;

const struct guid *
ad_guid(const struct record *r)
{
	long attr = record_find(r, "objectGUID");
	struct value v;

	if (attr < 0 || !record_values(r, (size_t)attr))
		return NULL;
	v = record_value(r, (size_t)attr, 0);
	return v.kind == VALUE_BYTES && v.len == GUID_BYTES
		? (const struct guid *)v.data : NULL;
}

/* Half a second, one, two, ... */
static void
pause_after(const struct ad_reader *rd, long attempt,
            const struct ldap_failure *why)
{
	double seconds = pause_seconds *
		(1 << (attempt < DOUBLINGS ? attempt : DOUBLINGS));

	progress_say(rd->progress, "%s; trying again in %.1f seconds",
	             why->text, seconds);
	progress_wait(seconds);
}

int
ad_retry(struct ad_reader *rd, struct ad_domain *d, long attempt,
         struct ldap_failure *why)
{
	if (interrupt_came())
		ldap_say(why, FATE_STOPPED, "interrupted");
	if (why->fate == FATE_LOST)
		ad_domain_drop(d);
	if (why->fate == FATE_SMALLER && rd->page > PAGE_LEAST) {
		rd->page /= 2;
		progress_say(rd->progress, "%s; trying again with pages of "
		             "%ld", why->text, rd->page);
		return 1;
	}
	if (attempt >= rd->set->retries ||
	    (why->fate != FATE_LOST && why->fate != FATE_RESTART &&
	     why->fate != FATE_AGAIN))
		return 0;
	pause_after(rd, attempt, why);
	if (!interrupt_came())
		return 1;
	ldap_say(why, FATE_STOPPED, "interrupted");
	return 0;
}

int
ad_read(struct ad_reader *rd, struct ad_domain *d, const struct ldap_query *q,
        struct ad_sink *sink, struct ldap_failure *why, struct err *err)
{
	struct ldap_link *link = ad_domain_link(d, rd->set, why);
	struct ldap_search *s;
	long attempt = 0;
	int rc;

	if (!link)
		return -1;
	s = ldap_search_open(link, q, rd->page);
	for (;;) {
		rc = ldap_search_next(s, rd->record, why);
		if (rc > 0) {
			progress_step(rd->progress);
			rc = sink->put(sink, rd->record, err);
		} else if (rc == 0) {
			break;
		} else if (why->fate == FATE_AGAIN &&
		           attempt < rd->set->retries &&
		           !interrupt_came()) {
			/* The server still knows the place. */
			pause_after(rd, attempt++, why);
			continue;
		}
		if (rc < 0)
			break;
	}
	ldap_search_close(s);
	return rc;
}
