/*
 * Sends the searches of a section to the domains that they are for, and says
 * what the section lacks when some of them fail.
 */
#include "collect/ad/ad_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/record.h"
#include "collect/ad/ad_carry.h"
#include "collect/ad/ad_since.h"
#include "collect/schema/schema.h"

_Static_assert((int)LDAP_OBJECT_MAX >= (int)SNAPSHOT_LINE_MAX,
               "an object that was cut short must not be stored");

static int
on_put(struct ad_sink *sink, const struct record *r, struct err *err)
{
	struct ad_run *run = (struct ad_run *)sink;

	if (run->since)
		ad_since_fresh(run->since, run->section, run->domain, r);
	return snapshot_put_or_skip(run->writer, run->section, r, err);
}

/* ---- one search ---- */

/* Those who may not see deleted objects are shown an empty container. */
static int
check_deleted(struct ad_run *run, struct ad_domain *d,
              const struct ldap_query *of, struct ldap_failure *why)
{
	static const char *const names[] = { "objectGUID", NULL };
	struct ldap_query q = *of;
	struct ldap_link *link = ad_domain_link(d, run->reader.set, why);
	int rc;

	if (!link)
		return -1;
	q.reach = REACH_BASE;
	q.filter = "(objectClass=*)";
	q.attributes = names;
	rc = ldap_read(link, &q, run->reader.record, why);
	if (rc > 0 && ad_guid(run->reader.record))
		return 0;
	if (rc >= 0 || why->fate == FATE_REFUSED || why->fate == FATE_RESTART)
		ldap_say(why, FATE_REFUSED, "the account may not read "
		         "deleted objects");
	return -1;
}

static int
read_query(struct ad_run *run, struct ad_domain *d, const struct ad_query *q,
           struct ldap_failure *why, struct err *err)
{
	const char *names[AD_ATTRIBUTES_MAX];
	char *base = ad_domain_base(d, q, run->reader.set);
	char *filter = ad_domain_filter(q, run->reader.set);
	struct ldap_query query = {
		.base = base, .reach = q->reach, .attributes = names,
		.deleted = q->deleted,
	};
	uint64_t before = snapshot_count(run->writer, q->section);
	int rc = 0;

	run->domain = d;
	if (run->since && ad_since_is_merged(run->since, q->section)) {
		char *changed = ad_since_filter(run->since, d, filter);

		free(filter);
		filter = changed;
	}
	query.filter = filter;
	ad_query_attributes(q, d->server.dialect, names);
	if (q->deleted == DELETED_SHOWN)
		rc = check_deleted(run, d, &query, why);
	if (rc == 0)
		rc = ad_read(&run->reader, d, &query, &run->sink, why, err);
	/* Nothing stands there: no Exchange, no device registration. */
	if (rc < 0 && !err->text[0] && why->fate == FATE_ABSENT && *q->below) {
		/* Unless it went away while it was read. */
		if (snapshot_count(run->writer, q->section) == before)
			rc = 0;
		else
			why->fate = FATE_RESTART;
	}
	free(filter);
	free(base);
	return rc;
}

/* ---- one section ---- */

/* Tells the writer which attributes the section was asked for. */
static void
cover(struct ad_run *run, enum section s)
{
	const char *all[AD_ATTRIBUTES_MAX * 2];
	size_t n = 0;

	all[n++] = AD_DN;
	for (size_t i = 0; i < ad_query_count(); i++) {
		const char *names[AD_ATTRIBUTES_MAX];

		if (ad_query_at(i)->section != s)
			continue;
		ad_forest_attributes(&run->forest, ad_query_at(i), names);
		for (size_t k = 0; names[k] &&
		     n < sizeof(all) / sizeof(all[0]); k++)
			all[n++] = names[k];
	}
	snapshot_cover(run->writer, s, COVER_LISTED, all, n);
}

/* Reads one search in all domains that it is for; who failed is in *AT. */
static int
read_domains(struct ad_run *run, const struct ad_query *q,
             struct ad_domain **at, struct ldap_failure *why, struct err *err)
{
	size_t n = q->place == PLACE_DOMAIN ? run->forest.count : 1;

	for (size_t i = 0; i < n; i++) {
		struct ad_domain *d = &run->forest.domains[i];

		*at = d;
		if (q->place == PLACE_DOMAIN && (!d->wanted || d->reason))
			continue;
		if (q->place != PLACE_DOMAIN &&
		    (!d->server.config || !d->server.schema))
			continue;
		if (read_query(run, d, q, why, err) == 0)
			continue;
		/* What one domain refuses, another may give. */
		if (err->text[0] || (why->fate != FATE_REFUSED &&
		                     why->fate != FATE_ABSENT))
			return -1;
		snapshot_refused(run->writer, q->section, why->text);
	}
	return 0;
}

static int
read_once(struct ad_run *run, enum section s, struct ad_domain **at,
          struct ldap_failure *why, struct err *err)
{
	for (size_t i = 0; i < ad_query_count(); i++)
		if (ad_query_at(i)->section == s &&
		    read_domains(run, ad_query_at(i), at, why, err) < 0)
			return -1;
	return run->since && ad_since_is_merged(run->since, s)
		? ad_carry_unchanged(run->writer, run->old, s, run->since,
		                     err) : 0;
}

/* The section is not whole, and perhaps all ends here. */
static void
give_up(struct ad_run *run, enum section s, const struct ldap_failure *why)
{
	struct err end;

	if (why->fate == FATE_REFUSED)
		snapshot_refused(run->writer, s, why->text);
	else
		snapshot_partial(run->writer, s, why->text);
	if (why->fate != FATE_LOST && why->fate != FATE_STOPPED &&
	    why->fate != FATE_FINAL)
		return;
	ldap_err(&end, section_title(s), why);
	run->end = end;
}

static bool
is_domain(const struct ad_forest *f, const char *base)
{
	for (size_t i = 0; i < f->count; i++)
		if (ad_domain_is(&f->domains[i], base))
			return true;
	return false;
}

/* What was not even asked for makes a section partial. */
static void
tell_narrowing(struct ad_run *run, enum section s)
{
	const struct ad_settings *set = run->reader.set;
	bool whole = s == AD_FOREST || s == AD_EXCHANGE ||
		snapshot_written_state(run->writer, s) == SECTION_REFUSED;
	char *reason = NULL;

	for (size_t i = 0; i < run->forest.count && !whole && !reason; i++) {
		const struct ad_domain *d = &run->forest.domains[i];

		if (d->reason)
			reason = xstrdup(d->reason);
		else if (!d->wanted)
			reason = xasprintf("domain %s was not asked for",
			                   d->dns);
	}
	if (!reason && !whole && s != AD_DELETED && set->base &&
	    !is_domain(&run->forest, set->base))
		reason = xasprintf("only what is below %s was asked for",
		                   set->base);
	if (!reason && !whole && s != AD_DELETED && s != AD_CONTAINERS &&
	    set->filter)
		reason = xasprintf("only what the filter %s finds was asked "
		                   "for", set->filter);
	if (reason)
		snapshot_partial(run->writer, s, reason);
	free(reason);
}

int
ad_run_section(struct ad_run *run, enum section s, struct err *err)
{
	struct ad_domain *at = NULL;
	struct ldap_failure why;
	long attempt = 0;

	run->section = s;
	run->sink.put = on_put;
	run->reader.page = run->reader.set->page;
	for (;;) {
		progress_begin(run->reader.progress, section_title(s));
		snapshot_restart(run->writer, s);
		snapshot_asked(run->writer, s);
		if (read_once(run, s, &at, &why, err) == 0)
			break;
		if (err->text[0])
			return -1;
		if (why.fate == FATE_SMALLER) {
			if (ad_retry(&run->reader, at, 0, &why))
				continue;
		} else if (ad_retry(&run->reader, at, attempt++, &why)) {
			continue;
		}
		give_up(run, s, &why);
		break;
	}
	tell_narrowing(run, s);
	cover(run, s);
	progress_end(run->reader.progress);
	return run->since ? ad_since_settle(run->since, s,
		snapshot_written_state(run->writer, s), err) : 0;
}
