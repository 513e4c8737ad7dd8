/*
 * Holds differences against the older snapshot: whether it can be gone on from,
 * what became of names, and whether all of it fits together.
 */
#include "collect/ad/ad_since.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/guid.h"
#include "base/guid_set.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/ad/ad_changes.h"
#include "collect/ad/ad_old.h"
#include "collect/ad/old_names.h"
#include "collect/ad/renames.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/snapshot.h"

struct ad_since {
	const struct snapshot *old;
	struct ad_changes changes;
	struct renames renames;
	struct old_names then;
	struct guid_set fresh;
	struct ad_changes settings;      /* unsorted: what is there now */
	struct renames seen;     /* names that the settings had then */
	bool has_unsettled;      /* what users name there is not known */
	struct record *copy;
	char *torn;
};

void
ad_since_free(struct ad_since *s)
{
	if (!s)
		return;
	ad_changes_release(&s->changes);
	ad_changes_release(&s->settings);
	renames_release(&s->renames);
	renames_release(&s->seen);
	guid_set_release(&s->fresh);
	old_names_release(&s->then);
	record_free(s->copy);
	free(s->torn);
	free(s);
}

const char *
ad_since_way(const struct ad_since *s)
{
	return s->changes.by_dirsync ? "by DirSync" : "by uSNChanged";
}

/* ---- obstacles ---- */

static char *
check_server(const struct snapshot *old, const struct ad_domain *d)
{
	struct snapshot_server was;

	if (d->reason)
		return xstrdup(d->reason);
	if (snapshot_server_of(old, d->dn, &was) < 0)
		return xasprintf("domain %s was not read then", d->dns);
	if (!was.host)
		return xasprintf("%s does not say from where domain %s was "
		                 "read", snapshot_name(old), d->dns);
	if (was.usn && d->server.usn && strtoull(d->server.usn, NULL, 10) <
	    strtoull(was.usn, NULL, 10))
		return xasprintf("%s has fewer changes than then; was it put "
		                 "back to an older state?", d->server.host);
	if (!was.usn)
		return xasprintf("%s does not say up to which change domain "
		                 "%s was read", snapshot_name(old), d->dns);
	if (!d->server.invocation || !was.invocation)
		return xasprintf("the server of domain %s does not say which "
		                 "database it has (invocationId)", d->dns);
	if (!d->server.host || ascii_casecmp(was.host, d->server.host) != 0)
		return xasprintf("domain %s was read from %s then, and its "
		                 "numbers of changes hold only there", d->dns,
		                 was.host);
	if (strcmp(was.invocation, d->server.invocation) != 0)
		return xasprintf("%s has another database than then "
		                 "(invocationId)", d->server.host);
	return NULL;
}

static char *
check_query(const struct snapshot *old, const struct ad_query *q,
            const struct ad_forest *f)
{
	const char *names[AD_ATTRIBUTES_MAX];

	if (!ad_old_is_merged(q->section))
		return NULL;
	if (snapshot_state(old, q->section) != SECTION_COMPLETE &&
	    snapshot_state(old, q->section) != SECTION_PARTIAL)
		return xasprintf("%s does not have %s", snapshot_name(old),
		                 section_title(q->section));
	ad_forest_attributes(f, q, names);
	for (size_t i = 0; names[i]; i++)
		if (!snapshot_covers(old, q->section, names[i]))
			return xasprintf("%s was not read then", names[i]);
	return NULL;
}

/*
 * A section may be partial on purpose: then its first reason is that something
 * was not asked for. Any other means that its reading ended early.
 */
static char *
check_state(const struct snapshot *old)
{
	for (size_t i = 0; i < ad_query_count(); i++) {
		enum section s = ad_query_at(i)->section;
		const char *why = snapshot_reason(old, s);

		if (ad_old_is_merged(s) &&
		    snapshot_state(old, s) == SECTION_PARTIAL &&
		    (!why || !strstr(why, "asked for")))
			return xasprintf("%s has %s only in part",
			                 snapshot_name(old), section_title(s));
	}
	return NULL;
}

char *
ad_since_obstacle(const struct snapshot *old, const struct ad_forest *f)
{
	char *why = check_state(old);

	/* An object may come to match without being written (memberOf). */
	if (!why && snapshot_requested(old, "filter"))
		why = xstrdup("what a filter finds may change without a "
		              "change of the objects");
	for (size_t i = 0; i < f->count && !why; i++)
		if (f->domains[i].wanted)
			why = check_server(old, &f->domains[i]);
	for (size_t i = 0; i < ad_query_count() && !why; i++)
		why = check_query(old, ad_query_at(i), f);
	return why;
}

/* ---- learning what that did to names ---- */

static bool
take_guid(const struct record *r, struct guid *guid)
{
	const char *text = record_text(r, "objectGUID");

	return text && guid_from_base64(guid, text, strlen(text)) == 0;
}

/* Whether what R names in the settings was seen there. */
static bool
names_seen(const struct ad_since *s, const struct record *r)
{
	static const char *const names[] = { "homeMDB", "serverReferenceBL" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *dn = record_text(r, names[i]);

		if (dn && !renames_have(&s->seen, dn))
			return false;
	}
	return true;
}

static void
tear(struct ad_since *s, const char *dn, const char *what)
{
	if (!s->torn)
		s->torn = xasprintf("%s %s", dn, what);
}

/*
 * An object that was moved and has the same name as then was read under its new
 * name; what was read before it may hold the old one, which nobody knows now.
 */
static void
check_move(struct ad_since *s, const struct ad_change *c, const char *dn)
{
	if (c && c->moved && c->dn && strcmp(c->dn, dn) == 0)
		tear(s, dn, "was moved or renamed, perhaps while the older "
		     "snapshot was written");
}

static int
names_of_section(struct ad_since *s, enum section sec, struct record *r,
                 struct err *err)
{
	struct section_reader *reader = section_open(s->old, sec, err);
	int rc = reader ? 0 : -1;

	while (rc >= 0 && (rc = section_next(reader, r, err)) > 0) {
		const char *dn = record_text(r, AD_DN);
		struct guid guid;
		struct ad_change *c;

		if (!dn || !take_guid(r, &guid))
			continue;
		if (!names_seen(s, r))
			s->has_unsettled = true;
		old_names_add(&s->then, &guid, dn);
		c = ad_changes_find(&s->changes, &guid);
		if (c)
			c->known = true;
		check_move(s, c, dn);
		if (c ? !c->dn || strcmp(c->dn, dn) != 0
		      : ad_changes_lack(&s->changes, &guid))
			renames_add(&s->renames, dn, c ? c->dn : NULL);
	}
	section_close(reader);
	return rc;
}

static int
see_settings(struct ad_since *s, enum section sec, struct record *r,
             struct err *err)
{
	struct section_reader *reader = section_open(s->old, sec, err);
	int rc = reader ? 0 : -1;

	while (rc >= 0 && (rc = section_next(reader, r, err)) > 0)
		if (record_text(r, AD_DN))
			renames_add(&s->seen, record_text(r, AD_DN), NULL);
	section_close(reader);
	return rc;
}

static int
learn_names(struct ad_since *s, struct err *err)
{
	struct record *r = record_new();
	int rc = see_settings(s, AD_FOREST, r, err);

	if (rc == 0)
		rc = see_settings(s, AD_EXCHANGE, r, err);
	renames_sort(&s->seen);
	for (int i = 0; i < SECTION_COUNT && rc == 0; i++)
		if (ad_old_is_merged((enum section)i))
			rc = names_of_section(s, (enum section)i, r, err);
	record_free(r);
	renames_sort(&s->renames);
	old_names_sort(&s->then);
	return rc;
}

/* What differences cannot tell: 0, or -1 with WHY filled. */
static int
check_changes(const struct ad_changes *c, const struct ad_settings *set,
              struct ldap_failure *why)
{
	for (size_t i = 0; i < c->count; i++) {
		/* Links to it may be back or not: nobody writes that. */
		if (c->list[i].restored) {
			ldap_say(why, FATE_FINAL, "%s was deleted and "
			         "restored", c->list[i].dn);
			return -1;
		}
		/* It may have taken others with it across the border. */
		if (set->base && c->list[i].moved) {
			ldap_say(why, FATE_FINAL, "something was moved, "
			         "perhaps into or out of what is below %s",
			         set->base);
			return -1;
		}
	}
	return 0;
}

struct ad_since *
ad_since_open(struct ad_reader *rd, struct ad_forest *f,
              const struct snapshot *old, struct ldap_failure *why,
              struct err *err)
{
	struct ad_since *s = xcalloc(1, sizeof(*s));

	s->old = old;
	s->copy = record_new();
	if (ad_changes_learn(&s->changes, rd, f, old, why, err) < 0 ||
	    check_changes(&s->changes, rd->set, why) < 0 ||
	    learn_names(s, err) < 0) {
		ad_since_free(s);
		return NULL;
	}
	if (s->torn) {
		ldap_say(why, FATE_FINAL, "%s", s->torn);
		ad_since_free(s);
		return NULL;
	}
	return s;
}

/* ---- using it ---- */

bool
ad_since_is_merged(const struct ad_since *s, enum section section)
{
	/*
	 * Members may be objects that no section holds, such as plain
	 * computers: when one of those was renamed or deleted, only
	 * the groups know.
	 */
	if (s->has_unsettled &&
	    (section == AD_USERS || section == AD_COMPUTERS))
		return false;
	if (section == AD_GROUPS && s->changes.has_present)
		return false;
	for (size_t i = 0; section == AD_GROUPS && i < s->changes.count; i++)
		if (s->changes.list[i].moved && !s->changes.list[i].known)
			return false;
	return ad_old_is_merged(section);
}

char *
ad_since_filter(const struct ad_since *s, const struct ad_domain *d,
                const char *filter)
{
	struct snapshot_server was;

	if (snapshot_server_of(s->old, d->dn, &was) < 0)
		return xstrdup(filter);
	return ad_changes_filter(&was, filter);
}

static bool
is_settings(enum section section)
{
	return section == AD_FOREST || section == AD_EXCHANGE;
}

/* The name of an object of the settings, among those that there are now. */
static char **
setting_of(struct ad_since *s, const struct guid *guid)
{
	for (size_t i = 0; i < s->settings.count; i++)
		if (memcmp(&s->settings.list[i].guid, guid,
		           sizeof(*guid)) == 0)
			return &s->settings.list[i].dn;
	return NULL;
}

/* Whether R came into its domain after the changes of D had been told. */
static bool
is_later(const struct ad_domain *d, const struct record *r)
{
	const char *created = record_text(r, "uSNCreated");

	return created && d->server.usn && strtoull(created, NULL, 10) >
	       strtoull(d->server.usn, NULL, 10);
}

/* Whether an object that is kept as it was has the name. */
static bool
is_taken(const struct ad_since *s, const char *dn)
{
	const struct guid *guid = old_names_holder(&s->then, dn);

	return guid && !ad_changes_find(&s->changes, guid) &&
	       !ad_changes_lack(&s->changes, guid);
}

/*
 * What is kept of the older snapshot gets its names by the changes told, so
 * what is read now must have no other name than they say, or than it had. What
 * was created since is told the next time.
 */
static void
check_fresh(struct ad_since *s, const struct ad_domain *d,
            const struct guid *guid, const char *dn, const struct record *r)
{
	static const char *const what = "was moved, renamed or restored while "
		"differences were read";
	const struct ad_change *c = ad_changes_find(&s->changes, guid);

	if (c) {
		if (!c->dn || strcmp(c->dn, dn) != 0)
			tear(s, dn, what);
		return;
	}
	switch (old_names_compare(&s->then, guid, dn)) {
	case OLD_NAME_SAME:
		break;
	case OLD_NAME_OTHER:
		tear(s, dn, what);
		break;
	case OLD_NAME_NONE:
		if (!is_later(d, r) || is_taken(s, dn))
			tear(s, dn, what);
		break;
	}
}

const char *
ad_since_torn(const struct ad_since *s)
{
	return s->torn;
}

void
ad_since_fresh(struct ad_since *s, enum section section,
               const struct ad_domain *d, const struct record *r)
{
	const struct guid *guid = ad_guid(r);
	const char *dn = record_text(r, AD_DN);
	char **known;

	if (!guid)
		return;
	guid_set_add(&s->fresh, guid);
	if (dn && ad_old_is_merged(section))
		check_fresh(s, d, guid, dn, r);
	if (!is_settings(section) || !dn)
		return;
	/* A section that was begun twice gives them twice. */
	known = setting_of(s, guid);
	if (known) {
		free(*known);
		*known = xstrdup(dn);
	} else {
		ad_changes_add(&s->settings, guid, dn);
	}
}

/* Databases and servers that users and computers name. */
static int
compare_settings(struct ad_since *s, enum section section, struct err *err)
{
	struct section_reader *reader = section_open(s->old, section, err);
	struct record *r = record_new();
	int rc = reader ? 0 : -1;

	while (rc >= 0 && (rc = section_next(reader, r, err)) > 0) {
		const char *was = record_text(r, AD_DN);
		struct guid guid;
		char **now;

		if (!was || !take_guid(r, &guid))
			continue;
		now = setting_of(s, &guid);
		if (!now || strcmp(*now, was) != 0)
			renames_add(&s->renames, was, now ? *now : NULL);
	}
	record_free(r);
	section_close(reader);
	renames_sort(&s->renames);
	return rc;
}

int
ad_since_settle(struct ad_since *s, enum section section,
                enum section_state state, struct err *err)
{
	if (!is_settings(section))
		return 0;
	if (state == SECTION_COMPLETE &&
	    snapshot_state(s->old, section) == SECTION_COMPLETE)
		return compare_settings(s, section, err);
	s->has_unsettled = true;
	return 0;
}

const struct record *
ad_since_keep(struct ad_since *s, const struct record *r)
{
	struct guid guid;

	if (take_guid(r, &guid) &&
	    (ad_changes_find(&s->changes, &guid) ||
	     guid_set_has(&s->fresh, &guid) ||
	     ad_changes_lack(&s->changes, &guid)))
		return NULL;
	if (!s->renames.count)
		return r;
	renames_record(&s->renames, r, s->copy);
	return s->copy;
}
