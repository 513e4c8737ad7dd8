/* What a server says of itself in its rootDSE (MS-ADTS 3.1.1.3.2). */
#include "collect/ad/ad_server.h"

#include <stdlib.h>
#include <string.h>

#include "base/guid.h"
#include "base/guid_set.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/ldap/ldap.h"

static const char capability_ad[] = "1.2.840.113556.1.4.800";
static const char control_dirsync[] = "1.2.840.113556.1.4.841";

void
ad_server_release(struct ad_server *s)
{
	free(s->url);
	free(s->host);
	free(s->domain);
	free(s->config);
	free(s->schema);
	free(s->usn);
	free(s->invocation);
	free(s->time);
	*s = (struct ad_server){ 0 };
}

static char *
copy(const struct record *r, const char *name)
{
	const char *text = record_text(r, name);

	return text ? xstrdup(text) : NULL;
}

static bool
lists(const struct record *r, const char *name, const char *value)
{
	long attr = record_find(r, name);

	for (size_t i = 0; attr >= 0 && i < record_values(r, (size_t)attr); i++)
		if (strcmp(record_value(r, (size_t)attr, i).data, value) == 0)
			return true;
	return false;
}

/* The database's identity: it changes when the server is restored. */
static int
learn_invocation(struct ad_server *s, struct ldap_link *l, const char *service,
                 struct record *r, struct ldap_failure *f)
{
	static const char *const names[] = { "invocationId", NULL };
	struct ldap_query q = {
		.base = service, .reach = REACH_BASE,
		.filter = "(objectClass=*)", .attributes = names,
	};
	int rc = ldap_read(l, &q, r, f);
	long attr = rc > 0 ? record_find(r, "invocationId") : -1;
	struct value v;
	struct guid g;
	char text[GUID_TEXT];

	if (rc < 0 && f->fate == FATE_LOST)
		return -1;
	if (attr < 0 || !record_values(r, (size_t)attr))
		return 0;
	v = record_value(r, (size_t)attr, 0);
	if (v.len != GUID_BYTES)
		return 0;
	memcpy(&g, v.data, GUID_BYTES);
	guid_format(&g, text);
	s->invocation = xstrdup(text);
	return 0;
}

/*
 * Stored stamps are cheap and need no right of their own; where they are hidden
 * the server may still compute them. A server that does not know ranges gives
 * nothing when it is asked for one.
 */
static int
learn_dialect(struct ad_server *s, struct ldap_link *l, struct record *r,
              struct ldap_failure *f)
{
	static const char *const names[] = {
		"replPropertyMetaData", "msDS-ReplAttributeMetaData",
		"objectClass;range=0-0", NULL
	};
	struct ldap_query q = {
		.base = s->domain, .reach = REACH_BASE,
		.filter = "(objectClass=*)", .attributes = names,
	};
	int rc = s->domain ? ldap_read(l, &q, r, f) : 0;

	if (rc < 0 && f->fate == FATE_LOST)
		return -1;
	s->dialect.ranges = rc > 0 && record_find(r, "objectClass") >= 0
		? RANGES_ASKED : RANGES_PLAIN;
	if (rc > 0 && record_find(r, names[0]) < 0 &&
	    record_find(r, names[1]) >= 0)
		s->dialect.stamps = STAMPS_COMPUTED;
	return 0;
}

int
ad_server_learn(struct ad_server *s, struct ldap_link *l, const char *url,
                struct ldap_failure *f)
{
	static const char *const names[] = {
		"defaultNamingContext", "configurationNamingContext",
		"schemaNamingContext", "namingContexts", "dnsHostName",
		"dsServiceName", "highestCommittedUSN", "currentTime",
		"supportedControl", "supportedCapabilities", NULL
	};
	struct ldap_query q = {
		.base = "", .reach = REACH_BASE, .filter = "(objectClass=*)",
		.attributes = names,
	};
	struct record *r = record_new();
	char *service = NULL;
	int rc = ldap_read(l, &q, r, f);

	*s = (struct ad_server){ .url = xstrdup(url) };
	if (rc == 0)
		ldap_say(f, FATE_FINAL, "the server says nothing of itself");
	if (rc > 0) {
		s->host = copy(r, "dnsHostName");
		s->domain = copy(r, "defaultNamingContext");
		s->config = copy(r, "configurationNamingContext");
		s->schema = copy(r, "schemaNamingContext");
		s->usn = copy(r, "highestCommittedUSN");
		s->time = copy(r, "currentTime");
		s->is_ad = lists(r, "supportedCapabilities", capability_ad);
		s->has_dirsync = lists(r, "supportedControl", control_dirsync);
		service = copy(r, "dsServiceName");
		if (!s->domain)
			s->domain = copy(r, "namingContexts");
		rc = service ? learn_invocation(s, l, service, r, f) : 0;
		if (rc == 0)
			rc = learn_dialect(s, l, r, f);
	} else {
		rc = -1;
	}
	free(service);
	record_free(r);
	if (rc < 0)
		ad_server_release(s);
	return rc;
}
