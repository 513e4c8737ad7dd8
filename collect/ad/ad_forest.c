/* Signing in to a forest and choosing what of it is read. */
#include "collect/ad/ad_forest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/record.h"
#include "base/utf8.h"
#include "collect/ad/ad_domains.h"
#include "collect/ad/ad_find.h"
#include "collect/ldap/ldap.h"

/* systemFlags of a crossRef that stands for a domain (MS-ADTS 6.1.1.2.1.1). */
enum { CROSSREF_DOMAIN = 2 };

/* There are few of them; no server's limit is smaller. */
enum { CROSSREF_PAGE = 50 };

static void
take_crossref(struct ad_forest *f, const struct record *r)
{
	const char *dn = record_text(r, "nCName");
	const char *dns = record_text(r, "dnsRoot");
	const char *flags = record_text(r, "systemFlags");
	struct ad_domain *d;

	if (!dn || !dns || !flags ||
	    !(strtol(flags, NULL, 10) & CROSSREF_DOMAIN))
		return;
	d = ad_forest_add(f, dn, dns);
	free(d->dns);
	d->dns = xstrdup(dns);
	d->listed = true;
}

/* The domains of the forest: crossRef objects (MS-ADTS 6.1.1.2.1.1). */
static int
read_domains(struct ad_forest *f, struct ldap_failure *why)
{
	static const char *const names[] = {
		"nCName", "dnsRoot", "systemFlags", NULL
	};
	struct ad_domain *first = &f->domains[0];
	char *base = xasprintf("CN=Partitions,%s", first->server.config);
	struct ldap_query q = {
		.base = base, .reach = REACH_CHILDREN,
		.filter = "(objectClass=crossRef)", .attributes = names,
	};
	struct ldap_search *s = ldap_search_open(first->link, &q,
	                                         CROSSREF_PAGE);
	struct record *r = record_new();
	int rc;

	while ((rc = ldap_search_next(s, r, why)) > 0)
		take_crossref(f, r);
	record_free(r);
	ldap_search_close(s);
	free(base);
	return rc;
}

/*
 * All domains of a forest share its configuration (MS-ADTS 6.1.1.1): servers
 * that have another one would put two forests into one snapshot.
 */
static int
check_one_forest(const struct ad_forest *f, struct err *err)
{
	const struct ad_server *one = &f->domains[0].server;

	for (size_t i = 1; i < f->count; i++) {
		const struct ad_server *other = &f->domains[i].server;

		if (f->domains[i].link && !f->domains[i].listed &&
		    other->config && one->config &&
		    !utf8_same_folded(other->config, one->config))
			return err_usage(err, "--server: want servers of one "
			                 "forest; %s has %s, and %s has %s",
			                 one->url, one->config, other->url,
			                 other->config);
	}
	return 0;
}

static bool
is_called(const struct ad_domain *d, const char *name)
{
	return ascii_casecmp(name, d->dns) == 0 ||
	       ascii_casecmp(name, d->dn) == 0;
}

/* Every word has to be a domain's name: one that is not may be mistyped. */
static int
check_domains(const struct ad_forest *f, const char *list, struct err *err)
{
	char *word;
	size_t i = 0;

	while (i < f->count && (word = ad_next_word(&list))) {
		for (i = 0; i < f->count; i++)
			if (is_called(&f->domains[i], word))
				break;
		if (i == f->count) {
			err_usage(err, "--domain: this forest has no domain "
			          "%s; it has", word);
			for (size_t k = 0; k < f->count; k++)
				err_add(err, "%s %s", k ? "," : "",
				        f->domains[k].dns);
		}
		free(word);
	}
	return i < f->count ? 0 : -1;
}

static bool
names_domain(const char *list, const struct ad_domain *d)
{
	char *word;
	bool found = false;

	while (!found && (word = ad_next_word(&list))) {
		found = is_called(d, word);
		free(word);
	}
	return found;
}

static int
choose(struct ad_forest *f, const struct ad_settings *set, struct err *err)
{
	struct ad_domain *only = set->base
		? ad_forest_domain_of(f, set->base) : NULL;
	bool any = false;

	if (set->base && !only)
		return err_usage(err, "--base: %s is in no domain of this "
		                 "forest; want a name that ends in %s",
		                 set->base, f->domains[0].dn);
	if (set->domains && check_domains(f, set->domains, err) < 0)
		return -1;
	for (size_t i = 0; i < f->count; i++) {
		struct ad_domain *d = &f->domains[i];

		d->wanted = set->base ? d == only : !set->domains ||
			names_domain(set->domains, d);
		any = any || d->wanted;
	}
	return any ? 0 : err_usage(err, "--domain: names no domain");
}

/* Before anything is read: libldap refuses what is no filter. */
static int
check_narrowing(struct ad_forest *f, const struct ad_settings *set,
                struct err *err)
{
	static const char *const names[] = { "objectClass", NULL };
	struct ldap_query filter = {
		.base = "", .reach = REACH_BASE, .filter = set->filter,
		.attributes = names,
	};
	struct ldap_query base = {
		.base = set->base, .reach = REACH_BASE,
		.filter = "(objectClass=*)", .attributes = names,
	};
	struct ad_domain *d = set->base
		? ad_forest_domain_of(f, set->base) : &f->domains[0];
	struct record *r = record_new();
	struct ldap_failure why;
	int rc = 0;

	if (set->filter && d->link &&
	    ldap_read(d->link, &filter, r, &why) < 0)
		rc = ldap_err(err, "--filter", &why);
	if (rc == 0 && set->base && d->link) {
		int found = ldap_read(d->link, &base, r, &why);

		if (found < 0)
			rc = ldap_err(err, "--base", &why);
		else if (found == 0)
			rc = err_usage(err, "--base: there is no %s that the "
			               "account may read", set->base);
	}
	record_free(r);
	return rc;
}

/* Each wanted domain gets its own server; the catalog's parts are none. */
static void
connect_domains(struct ad_forest *f, const struct ad_settings *set)
{
	for (size_t i = 0; i < f->count; i++) {
		struct ad_domain *d = &f->domains[i];
		struct ldap_failure why;
		char *dns;

		if (!d->wanted || d->link)
			continue;
		dns = xstrdup(d->dns);
		if (ad_find(f, dns, set, &why) < 0) {
			struct err err;

			d = &f->domains[i];
			ldap_err(&err, dns, &why);
			d->refused = err.code == EXIT_AUTH;
			d->reason = xasprintf("domain %s was not read: %s",
			                      dns, why.text);
		}
		d = &f->domains[i];
		if (!d->link && !d->reason)
			d->reason = xasprintf("domain %s was not read: the "
			                      "servers that DNS names for it "
			                      "hold another one", dns);
		free(dns);
	}
}

int
ad_forest_open(struct ad_forest *f, const struct ad_settings *set,
               struct err *err)
{
	struct ldap_failure why;

	*f = (struct ad_forest){ 0 };
	if (ad_find_first(f, set, err) < 0)
		return -1;
	err->text[0] = '\0';
	if (!*f->domains[0].dn)
		return err_input(err, "%s: does not say what it holds; want "
		                 "--base", f->domains[0].server.url);
	if (f->domains[0].server.config && read_domains(f, &why) < 0)
		return ldap_err(err, f->domains[0].server.url, &why);
	if (check_one_forest(f, err) < 0 || choose(f, set, err) < 0)
		return -1;
	connect_domains(f, set);
	return check_narrowing(f, set, err);
}
