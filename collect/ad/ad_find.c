/* Finding the domain controllers that the user named, or that DNS names. */
#include "collect/ad/ad_find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/warn.h"
#include "collect/ad/ad_domains.h"
#include "collect/live/live.h"

char *
ad_next_word(const char **list)
{
	const char *from = *list + strspn(*list, ", ");
	size_t len = strcspn(from, ", ");

	*list = from + len;
	return len ? xstrndup(from, len) : NULL;
}

/* Once: signs in and asks the server what it is. */
static struct ldap_link *
meet_once(struct ad_server *server, const char *url,
          const struct ad_settings *set, struct ldap_failure *why)
{
	struct ldap_link *link = ldap_link_open(url, &set->login, why);

	if (!link || ad_server_learn(server, link, url, why) == 0)
		return link;
	ldap_link_close(link);
	/* It was there a moment ago; one that is silent is not asked twice. */
	if (why->fate == FATE_LOST && why->code < 0)
		why->fate = FATE_AGAIN;
	return NULL;
}

/* A server that drops us is asked again; one that is not there is not. */
static struct ldap_link *
meet(struct ad_server *server, const char *url, const struct ad_settings *set,
     struct ldap_failure *why)
{
	struct ldap_link *link;
	double seconds = 0.5;

	for (long i = 0;; i++, seconds *= 2) {
		link = meet_once(server, url, set, why);
		if (link || why->fate != FATE_AGAIN || i >= set->retries)
			return link;
		warn("%s: %s; trying again in %.1f seconds", url, why->text,
		     seconds);
		progress_wait(seconds);
	}
}

/* Enters a server for its domain, unless that has one. */
static int
try_server(struct ad_forest *f, const char *url, const struct ad_settings *set,
           struct ldap_failure *why)
{
	struct ad_server server;
	struct ldap_link *link = meet(&server, url, set, why);
	struct ad_domain *d;
	struct buf dns = { 0 };

	if (!link)
		return -1;
	if (!server.domain)
		server.domain = xstrdup(set->base ? set->base : "");
	dn_domain(&dns, server.domain);
	d = ad_forest_add(f, server.domain, buf_text(&dns));
	buf_release(&dns);
	if (d->link) {
		ldap_link_close(link);
		ad_server_release(&server);
		return 0;
	}
	free(d->reason);
	d->reason = NULL;
	d->link = link;
	d->server = server;
	return 0;
}

/* SRV records name the port of LDAP without TLS. */
static char *
found_url(const char *host, enum ldap_auth auth)
{
	size_t len = auth == AUTH_SIMPLE ? strcspn(host, ":") : strlen(host);

	return xasprintf("%s://%.*s", auth == AUTH_SIMPLE ? "ldaps" : "ldap",
	                 (int)len, host);
}

int
ad_find(struct ad_forest *f, const char *dns, const struct ad_settings *set,
        struct ldap_failure *why)
{
	char *list = ldap_link_find(dns), *host;
	const char *at = list;
	int rc = -1;

	ldap_say(why, FATE_LOST, "DNS names no domain controller (no SRV "
	         "record _ldap._tcp.dc._msdcs.%s); want --server", dns);
	while (list && rc < 0 && (host = ad_next_word(&at))) {
		char *url = found_url(host, set->login.auth);

		rc = ldap_link_check_found(host, dns, set->forest,
		                           set->login.auth, why);
		if (rc == 0)
			rc = try_server(f, url, set, why);
		if (rc < 0)
			warn("%s: %s", url, why->text);
		free(url);
		free(host);
	}
	free(list);
	return rc;
}

/* The servers that the user named: one that does not answer is told. */
static int
try_named(struct ad_forest *f, const struct ad_settings *set, struct err *err)
{
	const char *at = set->servers;
	struct ldap_failure why;
	char *word;

	while ((word = ad_next_word(&at))) {
		char *url = ldap_link_url(word, set->login.auth, err);

		free(word);
		if (!url)
			return -1;
		if (try_server(f, url, set, &why) < 0) {
			ldap_err(err, url, &why);
			if (f->count)
				warn("%s", err->text);
		}
		free(url);
	}
	if (!f->count && !err->text[0])
		return err_usage(err, "--server: names no server");
	return f->count ? 0 : -1;
}

int
ad_find_first(struct ad_forest *f, const struct ad_settings *set,
              struct err *err)
{
	const char *at = set->forest ? set->forest : set->domains;
	struct ldap_failure why;
	char *dns;
	int rc;

	if (set->servers)
		return try_named(f, set, err);
	dns = ad_next_word(&at);
	if (!dns)
		return err_usage(err, "collect ad: want --server, or --forest "
		                 "or --domain to find one by DNS");
	rc = ad_find(f, dns, set, &why);
	if (rc < 0)
		ldap_err(err, dns, &why);
	free(dns);
	return rc;
}
