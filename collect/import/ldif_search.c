/* Reads ldapsearch's comments, and notes the attributes that objects show. */
#include "collect/import/ldif_search.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/import/source.h"
#include "collect/schema/schema.h"

enum {
	OTHERS_MAX = 20000,      /* unknown attributes kept of a section */
	RESULT_SHOWN = 200,      /* bytes of the server's words in a reason */
};

void
ldif_search_release(struct ldif_search *s)
{
	for (size_t i = 0; i < SECTION_COUNT; i++) {
		free(s->seen[i].known);
		free(s->seen[i].empty);
		name_set_release(&s->seen[i].others);
	}
	name_set_release(&s->listed);
	free(s->requesting);
	free(s->failure);
	ldif_filters_release(&s->filters);
	ldif_bases_release(&s->bases);
	ldif_referrals_release(&s->referrals);
	ldif_catalog_release(&s->catalog);
}

/* The first reason stays. */
static void
fail(struct ldif_search *s, char *reason)
{
	if (s->failure)
		free(reason);
	else
		s->failure = reason;
}

static void
begin_search(struct ldif_search *s, const char *rest, size_t len)
{
	(void)rest;
	(void)len;
	if (s->result_due)
		fail(s, xstrdup("a search of ldapsearch has no result line: "
		                "it was cut"));
	s->result_due = true;
	s->filters.some = s->filters.narrow = false;
	ldif_bases_begin(&s->bases);
}

static void
take_base(struct ldif_search *s, const char *rest, size_t len)
{
	ldif_bases_take(&s->bases, rest, len);
}

static void
take_requested(struct ldif_search *s, const char *list)
{
	char *copy = xstrdup(list), *rest = copy, *word;

	s->asked = LDIF_ASKED_LISTED;
	while ((word = strsep(&rest, " \t"))) {
		if (strcmp(word, "ALL") == 0 || strcmp(word, "*") == 0)
			s->asked = LDIF_ASKED_ALL;
		else if (*word)
			name_set_add(&s->listed, word);
	}
	free(copy);
}

static void
requesting(struct ldif_search *s, const char *rest, size_t len)
{
	char *list = xstrndup(rest, len);

	if (s->requesting) {
		s->mixed = s->mixed || strcmp(s->requesting, list) != 0;
		free(list);
		return;
	}
	s->requesting = list;
	take_requested(s, list);
	/* These come unasked. */
	name_set_add(&s->listed, AD_DN);
}

static void
take_filter(struct ldif_search *s, const char *rest, size_t len)
{
	ldif_filters_take(&s->filters, rest, len);
}

/* "estimate=0 cookie=..."; an empty cookie ends the last page. */
static void
page_ended(struct ldif_search *s, const char *value, size_t len)
{
	static const char key[] = "cookie=";
	const char *at = memmem(value, len, key, strlen(key));

	if (at)
		s->more_pages = at + strlen(key) < value + len;
}

static void
referral(struct ldif_search *s, const char *rest, size_t len)
{
	ldif_referral(&s->referrals, rest, len);
}

static void
referral_told(struct ldif_search *s, const char *rest, size_t len)
{
	(void)rest;
	(void)len;
	s->referrals.told = true;
}

static void
referral_count(struct ldif_search *s, const char *rest, size_t len)
{
	if (len && *rest != '0')
		s->referrals.told = true;
}

static const struct {
	const char *prefix;
	void (*take)(struct ldif_search *s, const char *rest, size_t len);
} comments[] = {
	{ .prefix = "# extended LDIF", .take = begin_search },
	{ .prefix = "# base ", .take = take_base },
	{ .prefix = "# filter: ", .take = take_filter },
	{ .prefix = "# requesting: ", .take = requesting },
	{ .prefix = "# pagedresults: ", .take = page_ended },
	{ .prefix = "# refldap", .take = referral },
	{ .prefix = "# ref: ldap", .take = referral },
	{ .prefix = "# search reference", .take = referral_told },
	{ .prefix = "# Referral", .take = referral_told },
	{ .prefix = "# numReferences: ", .take = referral_count },
};

void
ldif_search_comment(struct ldif_search *s, const char *text, size_t len)
{
	for (size_t i = 0; i < sizeof(comments) / sizeof(comments[0]); i++) {
		size_t n = strlen(comments[i].prefix);

		if (len < n || memcmp(text, comments[i].prefix, n) != 0)
			continue;
		comments[i].take(s, text + n, len - n);
		return;
	}
}

/* "0 Success", "4 Size limit exceeded". */
static void
take_result(struct ldif_search *s, const char *value, size_t len)
{
	size_t shown = len;

	s->result_due = false;
	if (len && value[0] == '0' && (len == 1 || value[1] == ' '))
		return;
	if (len > RESULT_SHOWN)
		shown = utf8_bad(value, RESULT_SHOWN);
	fail(s, xasprintf("ldapsearch ended with \"%.*s\"",
	                  (int)shown, value));
}

void
ldif_search_response(struct ldif_search *s, const char *name,
                     const char *value, size_t len)
{
	if (ascii_casecmp(name, "result") == 0)
		take_result(s, value, len);
	else if (ascii_casecmp(name, "pagedresults") == 0)
		page_ended(s, value, len);
	else if (ascii_casecmp(name, "ref") == 0)
		ldif_referral(&s->referrals, value, len);
}

/* The dn itself, and attributes that the table does not have. */
static void
meet_untagged(struct ldif_seen *seen, const char *name)
{
	const struct ad_attr *a = ad_attr_find(name);

	if (a)
		seen->known[ad_attr_index(a)] = true;
	else if (seen->others.count < OTHERS_MAX)
		name_set_add(&seen->others, name);
}

static void
make_room(struct ldif_seen *seen)
{
	if (seen->known)
		return;
	seen->known = xcalloc(ad_attr_count(), sizeof(*seen->known));
	seen->empty = xcalloc(ad_attr_count(), sizeof(*seen->empty));
}

void
ldif_search_object(struct ldif_search *search, enum section s,
                   const struct record *r)
{
	struct ldif_seen *seen = &search->seen[s];

	seen->met = true;
	seen->narrow = seen->narrow || search->filters.narrow;
	ldif_bases_meet(&search->bases, s);
	if (s == AD_CONTAINERS && !search->domain_met)
		search->domain_met = ldif_heads(r, "domainDNS");
	seen->some = seen->some || search->filters.some;
	if (s == AD_OTHER && !search->config_met &&
	    ldif_heads(r, "configuration")) {
		search->config_met = true;
		search->config_some = search->filters.some;
	}
	if (s == AD_USERS)
		ldif_catalog_take(&search->catalog, r);
	make_room(seen);
	for (size_t i = 0; i < record_count(r); i++) {
		struct record_attr a = record_attr(r, i);

		if (a.tag)
			seen->known[a.tag - 1] = true;
		else
			meet_untagged(seen, a.name);
	}
}

void
ldif_search_empty(struct ldif_search *search, enum section s, const char *name)
{
	const struct ad_attr *a = ad_attr_find(name);

	make_room(&search->seen[s]);
	if (a)
		search->seen[s].empty[ad_attr_index(a)]++;
}

/* Whether objects showed the name, but nobody a value: it was not collected. */
static bool
is_name_only(const struct ldif_seen *seen, size_t i)
{
	return seen->empty[i] && !seen->known[i];
}

static bool
has_name_only(const struct ldif_seen *seen)
{
	for (size_t i = 0; i < ad_attr_count(); i++)
		if (is_name_only(seen, i))
			return true;
	return false;
}

static void
cover_names(struct sink *sink, enum section s, enum cover cover,
            struct name_set *names)
{
	sink->cover(sink, s, cover, (const char *const *)names->names,
	            names->count);
	name_set_release(names);
}

static void
cover_seen(struct sink *sink, enum section s, const struct ldif_seen *seen)
{
	struct name_set names = { 0 };

	for (size_t i = 0; i < seen->others.count; i++)
		name_set_add(&names, seen->others.names[i]);
	for (size_t i = 0; i < ad_attr_count(); i++)
		if (seen->known[i])
			name_set_add(&names, ad_attr_at(i)->name);
	cover_names(sink, s, COVER_SEEN, &names);
}

/* All that anybody reads, but for what came without values. */
static void
cover_all(struct sink *sink, enum section s, const struct ldif_seen *seen)
{
	struct name_set names = { 0 };

	if (!has_name_only(seen)) {
		sink->cover(sink, s, COVER_ALL, NULL, 0);
		return;
	}
	for (size_t i = 0; i < seen->others.count; i++)
		name_set_add(&names, seen->others.names[i]);
	for (size_t i = 0; i < ad_attr_count(); i++)
		if (!is_name_only(seen, i))
			name_set_add(&names, ad_attr_at(i)->name);
	cover_names(sink, s, COVER_LISTED, &names);
}

static void
cover_listed(struct sink *sink, enum section s, const struct ldif_seen *seen,
             const struct name_set *listed)
{
	struct name_set names = { 0 };

	for (size_t i = 0; i < listed->count; i++) {
		const struct ad_attr *a = ad_attr_find(listed->names[i]);

		if (!a || !is_name_only(seen, ad_attr_index(a)))
			name_set_add(&names, listed->names[i]);
	}
	cover_names(sink, s, COVER_LISTED, &names);
}

static bool
seems_all(const struct ldif_search *search, enum section s)
{
	if (search->mixed || search->asked == LDIF_ASKED_UNKNOWN)
		return search->seen[s].met &&
		       ldif_shows_all(search->seen[s].known);
	return search->asked == LDIF_ASKED_ALL;
}

static bool
asked_all(const struct ldif_search *search, enum section s)
{
	return seems_all(search, s) && !ldif_catalog_is(&search->catalog);
}

static void
cover(const struct ldif_search *search, struct sink *sink, enum section s)
{
	const struct ldif_seen *seen = &search->seen[s];

	sink->asked(sink, s);
	if (asked_all(search, s))
		cover_all(sink, s, seen);
	else if (search->asked == LDIF_ASKED_LISTED && !search->mixed)
		cover_listed(sink, s, seen, &search->listed);
	else
		cover_seen(sink, s, seen);
}

/*
 * Whether the export goes from the head of a domain down, without a filter:
 * then a section without objects has none. Every domain has users and groups;
 * an export without them was made with a filter, or of the head alone.
 */
static bool
is_whole_domain(const struct ldif_search *search)
{
	return search->domain_met && !search->filters.first &&
	       search->seen[AD_USERS].met && search->seen[AD_GROUPS].met &&
	       asked_all(search, AD_CONTAINERS);
}

static void
tell_empty(const struct ldif_search *search, struct sink *sink)
{
	static const enum section sections[] = {
		AD_CONTACTS, AD_COMPUTERS,
	};

	if (!is_whole_domain(search))
		return;
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		if (search->seen[sections[i]].met)
			continue;
		sink->asked(sink, sections[i]);
		sink->cover(sink, sections[i], COVER_ALL, NULL, 0);
	}
}

/* The sections that a search of a domain fills. */
static bool
may_lack(const struct ldif_search *search, enum section s)
{
	if (search->seen[s].met)
		return true;
	if (s == AD_FOREST || s == AD_EXCHANGE)
		return search->config_met;
	return section_side(s) == SIDE_AD && s != AD_DELETED &&
	       s != AD_MAILBOXES;
}

/* Those without rank are read by nobody. */
static void
tell_names_only(const struct ldif_seen *seen, const char *name,
                struct sink *sink, enum section s)
{
	struct buf names = { 0 };
	char *note;

	for (size_t i = 0; i < ad_attr_count(); i++)
		if (is_name_only(seen, i) && ad_attr_at(i)->rank)
			buf_addf(&names, names.len ? ", %s" : "%s",
			         ad_attr_at(i)->name);
	if (names.len) {
		note = xasprintf("%s: names without values, as ldapsearch -A "
		                 "writes them: %s of %s count as not "
		                 "collected", name, names.data,
		                 section_title(s));
		sink->note(sink, note);
		free(note);
	}
	buf_release(&names);
}

/* What stands for all that there is, also by what is not there. */
static bool
is_narrow(const struct ldif_search *search, enum section s)
{
	return search->seen[s].narrow ||
	       (s == AD_EXCHANGE &&
	        (search->seen[s].some || search->config_some));
}

static void
tell_narrow(const struct ldif_search *search, struct sink *sink,
            enum section s)
{
	char *reason = xasprintf("ldapsearch was asked for some of them only, "
	                         "by the filter %s", search->seen[s].narrow
	                         ? search->filters.first_narrow
	                         : search->filters.first);

	sink->partial(sink, s, reason);
	free(reason);
}

/* Which file it is, and what to do; pages are what limits do not cut. */
static void
tell_failure(const struct ldif_search *search, const char *name,
             struct sink *sink)
{
	char *text;

	if (!search->failure)
		return;
	text = xasprintf("%s: %s; export it again, in pages with -E "
	                 "pr=1000/noprompt", name, search->failure);
	sink->note(sink, text);
	free(text);
}

void
ldif_search_finish(struct ldif_search *search, const char *name,
                   struct sink *sink)
{
	ldif_referrals_tell(&search->referrals, name, sink);
	if (seems_all(search, AD_USERS))
		ldif_catalog_tell(&search->catalog, name, sink);
	if (search->result_due)
		fail(search, xstrdup("the file ends without ldapsearch's "
		                     "result line: the search was cut"));
	if (search->more_pages)
		fail(search, xstrdup("ldapsearch ended before the last page"));
	tell_failure(search, name, sink);
	tell_empty(search, sink);
	for (int i = 0; i < SECTION_COUNT; i++) {
		enum section s = (enum section)i;

		if (search->seen[s].met) {
			cover(search, sink, s);
			tell_names_only(&search->seen[s], name, sink, s);
		}
		if (is_narrow(search, s))
			tell_narrow(search, sink, s);
		ldif_bases_tell(&search->bases, s, sink);
		if (search->failure && may_lack(search, s))
			sink->partial(sink, s, search->failure);
	}
}
