/* What collecting a live AD rests on and needs no server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include <cmocka.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/guid_set.h"
#include "base/record.h"
#include "collect/ad/ad_domains.h"
#include "collect/ad/ad_query.h"
#include "collect/ad/old_names.h"
#include "collect/ad/renames.h"
#include "collect/ldap/ldap_error.h"
#include "collect/ldap/ldap_link.h"
#include "collect/live/progress.h"
#include "collect/live/secret.h"
#include "collect/schema/ad_attr.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Whether a search of SECTION asks for NAME. */
static bool
asks(enum section section, const char *name)
{
	for (size_t i = 0; i < ad_query_count(); i++) {
		const char *names[AD_ATTRIBUTES_MAX];

		if (ad_query_at(i)->section != section)
			continue;
		ad_query_attributes(ad_query_at(i), (struct ad_dialect){ 0 },
		                    names);
		for (size_t k = 0; names[k]; k++)
			if (strcmp(names[k], name) == 0)
				return true;
	}
	return strcmp(name, AD_DN) == 0;
}

/* Every attribute that rules read is asked for where objects have it. */
static void
test_queries(void **state)
{
	static const struct {
		const char *name;
		enum section section;
	} own[] = {
		{ "groupType", AD_GROUPS }, { "userCertificate", AD_COMPUTERS },
		{ "member", AD_GROUPS }, { "managedBy", AD_GROUPS },
	};
	/* From csvde's and PowerShell's files; the other form of the stamps. */
	static const char *const never[] = {
		"Enabled", "msDS-ReplAttributeMetaData", "canonicalName",
	};
	struct policy *policy = calloc(1, sizeof(*policy));
	const char *names[PICK_NAMES_MAX];
	const struct wanted wanted = policy_wanted(policy);
	size_t n = attr_names(&wanted, FORM_AD, names);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		enum section where = AD_USERS;
		bool skip = !names[i] || *names[i] == '@';

		for (size_t k = 0; !skip && k < COUNT(own); k++)
			if (strcmp(own[k].name, names[i]) == 0)
				where = own[k].section;
		for (size_t k = 0; !skip && k < COUNT(never); k++)
			skip = strcmp(never[k], names[i]) == 0;
		if (!skip && !asks(where, names[i]))
			fail_msg("%s is not asked for in %s", names[i],
			         section_name(where));
	}
	free(policy);
}

/* What a row of the table says is asked for, some search asks for. */
static void
test_asked(void **state)
{
	unsigned asks = ASK_ANY;

	(void)state;
	for (size_t i = 0; i < ad_query_count(); i++)
		asks |= ad_query_at(i)->asks;
	for (size_t i = 0; i < ad_attr_count(); i++) {
		const struct ad_attr *a = ad_attr_at(i);

		if (a->ask & ~asks)
			fail_msg("no search asks for %s as its row says",
			         a->name);
		if (a->ask && a->treat == TREAT_SECRET)
			fail_msg("%s is a secret and asked for", a->name);
	}
	assert_true(ad_attr_count() < AD_ATTRIBUTES_MAX);
}

static void
test_dialects(void **state)
{
	static const struct ad_dialect dialect = {
		.ranges = RANGES_ASKED, .stamps = STAMPS_COMPUTED,
	};
	bool member = false, stamps = false;

	(void)state;
	for (size_t i = 0; i < ad_query_count(); i++) {
		const char *names[AD_ATTRIBUTES_MAX];

		ad_query_attributes(ad_query_at(i), dialect, names);
		for (size_t k = 0; names[k]; k++) {
			member = member ||
				strcmp(names[k], "member;range=0-1499") == 0;
			stamps = stamps || strcmp(names[k], "msDS-Repl"
			                          "AttributeMetaData") == 0;
			assert_string_not_equal(names[k], "member");
			assert_string_not_equal(names[k],
			                        "replPropertyMetaData");
		}
	}
	assert_true(member && stamps);
}

static void
test_errors(void **state)
{
	static const struct {
		int code;
		const char *said, *reason, *want;
		enum ldap_fate fate;
		enum exit_code exit;
	} v[] = {
		{ 49, "80090308: LdapErr: DSID-0C090400, comment: "
		  "AcceptSecurityContext error, data 533, v1db1", NULL,
		  "the account is disabled", FATE_FINAL, EXIT_AUTH },
		{ 49, "", NULL, "the name or the password is wrong (49)",
		  FATE_FINAL, EXIT_AUTH },
		{ 8, "BindSimple: Transport encryption required.", NULL,
		  "encrypted connection", FATE_FINAL, EXIT_AUTH },
		{ -2, "SASL(-1): generic failure: GSSAPI Error: Unspecified "
		  "GSS failure.  Minor code may provide more information "
		  "(Ticket expired)", NULL, "renew it with kinit", FATE_FINAL,
		  EXIT_AUTH },
		{ -1, "(unknown error code)", "TLS: peer cert untrusted or "
		  "revoked (0x42)", "--ca-file", FATE_LOST, EXIT_NETWORK },
		{ -1, "(unknown error code)", "TLS: peer cert untrusted or "
		  "revoked (0x402)", "is expired", FATE_LOST, EXIT_NETWORK },
		{ 3, NULL, NULL, "time limit", FATE_SMALLER, EXIT_NETWORK },
		{ 4, NULL, NULL, "size limit", FATE_SMALLER, EXIT_NETWORK },
		{ 51, NULL, NULL, "busy", FATE_AGAIN, EXIT_NETWORK },
		{ 53, "cookie", NULL, "refused (53: cookie)", FATE_RESTART,
		  EXIT_NETWORK },
		{ 50, NULL, NULL, "may not read", FATE_REFUSED, EXIT_AUTH },
		{ 32, NULL, NULL, "no such object", FATE_ABSENT,
		  EXIT_NETWORK },
		{ -7, NULL, NULL, "no LDAP filter", FATE_FINAL, EXIT_USAGE },
		{ 9999, NULL, NULL, "9999", FATE_FINAL, EXIT_NETWORK },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(v); i++) {
		struct ldap_failure f;
		struct err err;

		ldap_explain(&f, v[i].code, v[i].said, v[i].reason);
		if (!strstr(f.text, v[i].want))
			fail_msg("want \"%s\", have \"%s\"", v[i].want,
			         f.text);
		assert_int_equal(f.fate, v[i].fate);
		assert_int_equal(ldap_err(&err, "there", &f), -1);
		assert_int_equal(err.code, v[i].exit);
		assert_memory_equal(err.text, "there: ", 7);
	}
}

static void
test_urls(void **state)
{
	static const struct {
		const char *server, *want;      /* NULL: an error */
		enum ldap_auth auth;
	} v[] = {
		{ "dc1", "ldap://dc1:389", AUTH_GSSAPI },
		{ "dc1", "ldaps://dc1:636", AUTH_SIMPLE },
		{ "dc1:1636", "ldaps://dc1:1636", AUTH_SIMPLE },
		{ "ldap://dc1", "ldap://dc1:389", AUTH_SIMPLE },
		{ "ldaps://dc1/", "ldaps://dc1:636", AUTH_GSSAPI },
		{ "ldap://[::1]:3890", "ldap://[::1]:3890", AUTH_GSSAPI },
		{ "http://dc1", NULL, AUTH_GSSAPI },
		{ "ldapi://%2ftmp", NULL, AUTH_GSSAPI },
		{ "ldap://", NULL, AUTH_GSSAPI },
		{ "dc1:3268", NULL, AUTH_GSSAPI },
		{ "ldaps://dc1:3269", NULL, AUTH_GSSAPI },
		{ "dc1:99999", NULL, AUTH_GSSAPI },
		{ "dc1:0", NULL, AUTH_GSSAPI },
		{ "ldap://[fe80::]:390", "ldap://[fe80::]:390", AUTH_GSSAPI },
		{ "ldap://dc1/DC=x", NULL, AUTH_GSSAPI },
		{ "ldap://dc1/??sub?(a=b)", NULL, AUTH_GSSAPI },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(v); i++) {
		struct err err = { 0 };
		char *url = ldap_link_url(v[i].server, v[i].auth, &err);

		if (v[i].want) {
			assert_non_null(url);
			assert_string_equal(url, v[i].want);
		} else {
			assert_null(url);
			assert_int_equal(err.code, EXIT_USAGE);
		}
		free(url);
	}
}

/* To which hosts that DNS names a password may go. */
static void
test_found(void **state)
{
	static const struct {
		const char *host, *dns, *forest;
		enum ldap_auth auth;
		int want;
	} v[] = {
		{ "dc1.corp.example:389", "corp.example", NULL, AUTH_SIMPLE,
		  0 },
		{ "DC1.Corp.Example.:389", "corp.example.", NULL, AUTH_SIMPLE,
		  0 },
		{ "corp.example", "corp.example", NULL, AUTH_SIMPLE, 0 },
		{ "dc1.sub.corp.example", "corp.example", NULL, AUTH_SPNEGO,
		  0 },
		{ "dc1.example", "corp.example", NULL, AUTH_SIMPLE, -1 },
		{ "dc1.example", "corp.example", "example", AUTH_SIMPLE, 0 },
		{ "evilcorp.example", "corp.example", NULL, AUTH_SIMPLE, -1 },
		{ "corp.example.evil.test:636", "corp.example", NULL,
		  AUTH_SIMPLE, -1 },
		{ "dc1.evil.test", "corp.example", "corp.example",
		  AUTH_SPNEGO, -1 },
		{ "dc1.evil.test", "corp.example", NULL, AUTH_GSSAPI, 0 },
		{ "dc1.evil.test", ".", "", AUTH_SIMPLE, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(v); i++) {
		struct ldap_failure f = { 0 };

		if (ldap_link_check_found(v[i].host, v[i].dns, v[i].forest,
		                          v[i].auth, &f) != v[i].want)
			fail_msg("%s for %s: want %d", v[i].host, v[i].dns,
			         v[i].want);
		assert_int_equal(strstr(f.text, "--server") != NULL,
		                 v[i].want < 0);
	}
}

static void
test_guid_set(void **state)
{
	struct guid_set s = { 0 };
	struct guid guid = { { 0 } };

	(void)state;
	guid_set_add(&s, &guid);
	assert_false(guid_set_has(&s, &guid));
	for (unsigned i = 1; i <= 5000; i++) {
		memcpy(guid.bytes + i % 12, &i, sizeof(i));
		guid_set_add(&s, &guid);
		guid_set_add(&s, &guid);
		assert_true(guid_set_has(&s, &guid));
		assert_int_equal(s.count, i);
	}
	memset(&guid, 0xfe, sizeof(guid));
	assert_false(guid_set_has(&s, &guid));
	guid_set_release(&s);
}

static void
test_renames(void **state)
{
	static const char *const v[][2] = {
		{ "CN=a,OU=old,DC=x", "CN=b,OU=new,DC=x" },
		{ "CN=c,OU=old,DC=x", "CN=c,OU=new,DC=x" },
		{ "CN=c,OU=in,OU=old,DC=x", "CN=c,OU=in,OU=new,DC=x" },
		{ "CN=c\\,OU=old,DC=x", "CN=c\\,OU=old,DC=x" },
		{ "CN=other,DC=x", "CN=other,DC=x" },
		{ "OU=new,DC=x", "OU=old,DC=x" },
		{ "CN=gone,DC=x", NULL },
	};
	struct renames s = { 0 };
	struct record *r = record_new(), *out = record_new();
	struct buf dn = { 0 };

	(void)state;
	renames_add(&s, "OU=old,DC=x", "OU=new,DC=x");
	renames_add(&s, "CN=a,OU=old,DC=x", "CN=b,OU=new,DC=x");
	renames_add(&s, "OU=new,DC=x", "OU=old,DC=x");
	renames_add(&s, "CN=gone,DC=x", NULL);
	renames_sort(&s);
	for (size_t i = 0; i < COUNT(v); i++) {
		assert_int_equal(renames_apply(&s, v[i][0], &dn),
		                 v[i][1] != NULL);
		if (v[i][1])
			assert_string_equal(buf_text(&dn), v[i][1]);
	}
	record_add_text(r, AD_DN, "CN=g,OU=old,DC=x");
	record_add_text(r, "member", "CN=gone,DC=x");
	record_add_text(r, "member", "CN=a,OU=old,DC=x");
	record_add_text(r, "manager", "CN=gone,DC=x");
	record_add_text(r, "description", "CN=gone,DC=x");
	renames_record(&s, r, out);
	assert_string_equal(record_text(out, AD_DN), "CN=g,OU=new,DC=x");
	assert_string_equal(record_text(out, "member"), "CN=b,OU=new,DC=x");
	assert_int_equal(record_find(out, "manager"), -1);
	assert_string_equal(record_text(out, "description"), "CN=gone,DC=x");
	buf_release(&dn);
	record_free(r);
	record_free(out);
	renames_release(&s);
}

/* A server that was silent for a while does not get it all at once then. */
static void
test_rate(void **state)
{
	enum { RATE = 2000, OBJECTS = 400 };
	struct progress *p = progress_new(PROGRESS_QUIET, RATE);
	double began;

	(void)state;
	progress_begin(p, "objects");
	for (int i = 0; i < 200; i++)
		progress_step(p);
	progress_wait(0.4);
	began = progress_clock();
	for (int i = 0; i < OBJECTS; i++)
		progress_step(p);
	assert_true(progress_clock() - began > 0.05);
	progress_free(p);
}

/* Whoever has read a password, or has tried to, leaves no core file. */
static void
test_secret(void **state)
{
	const char *path = "/proc/self/comm";
	struct secret_place from = { .file = "/no/such/file" };
	struct secret s;
	struct err err;

	(void)state;
	from.variable = "SYNCSCOPE_NO_SUCH_VARIABLE";
	assert_int_equal(prctl(PR_GET_DUMPABLE), 1);
	assert_int_equal(secret_read(&s, &from, &err), -1);
	assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
	prctl(PR_SET_DUMPABLE, 1);
	from.file = path;
	assert_int_equal(secret_read(&s, &from, &err), 0);
	assert_int_equal(prctl(PR_GET_DUMPABLE), 0);
	assert_string_equal(s.text, "collect_ad");
	secret_release(&s);
	/* The leak checker wants to look into us. */
	prctl(PR_SET_DUMPABLE, 1);
}

static void
test_old_names(void **state)
{
	static const struct guid a = { { 2 } }, b = { { 1, 1 } },
		c = { { 1 } };
	struct old_names s = { 0 };

	(void)state;
	assert_int_equal(old_names_compare(&s, &a, "CN=a"), OLD_NAME_NONE);
	assert_null(old_names_holder(&s, "CN=a"));
	old_names_add(&s, &a, "CN=a");
	old_names_add(&s, &b, "CN=b");
	old_names_sort(&s);
	assert_int_equal(old_names_compare(&s, &a, "CN=a"), OLD_NAME_SAME);
	assert_int_equal(old_names_compare(&s, &b, "CN=B"), OLD_NAME_OTHER);
	assert_int_equal(old_names_compare(&s, &c, "CN=a"), OLD_NAME_NONE);
	assert_memory_equal(old_names_holder(&s, "CN=b"), &b, sizeof(b));
	assert_null(old_names_holder(&s, "CN=c"));
	old_names_release(&s);
}

static bool
has_name(const struct ad_forest *f, const char *name)
{
	const char *names[AD_ATTRIBUTES_MAX];
	const struct ad_query *q = NULL;

	for (size_t i = 0; i < ad_query_count(); i++)
		if (ad_query_at(i)->section == AD_GROUPS)
			q = ad_query_at(i);
	ad_forest_attributes(f, q, names);
	for (size_t i = 0; names[i]; i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* Of domains whose servers answer differently, what they have in common. */
static void
test_forest_names(void **state)
{
	static const char *const stamps[] = {
		"replPropertyMetaData", "msDS-ReplAttributeMetaData",
	};
	struct ad_domain domains[] = {
		{ .wanted = true },
		{ .wanted = true, .server.dialect = {
			RANGES_ASKED, STAMPS_COMPUTED } },
	};
	struct ad_forest f = { .domains = domains, .count = COUNT(domains) };
	char why[] = "not read";

	(void)state;
	for (size_t i = 0; i < COUNT(stamps); i++)
		assert_false(has_name(&f, stamps[i]));
	assert_true(has_name(&f, "member"));
	domains[1].reason = why;
	assert_true(has_name(&f, stamps[0]));
	domains[1].reason = NULL;
	domains[0].wanted = false;
	assert_true(has_name(&f, stamps[1]));
	assert_false(has_name(&f, stamps[0]));
	assert_true(has_name(&f, "member"));
	domains[1].wanted = false;
	assert_true(has_name(&f, stamps[0]));
}

/* --base as users write it, in a forest of two domains. */
static void
test_domain_of(void **state)
{
	static const struct { const char *dn, *want; } v[] = {
		{ "OU=Sales,DC=corp,DC=example", "DC=corp,DC=example" },
		{ "ou=sales, dc=Corp, dc=Example", "DC=corp,DC=example" },
		{ "DC=corp,DC=example", "DC=corp,DC=example" },
		{ "DC=lab, DC=corp, DC=example", "DC=lab,DC=corp,DC=example" },
		{ "OU=a\\,b,DC=lab,DC=corp,DC=example",
		  "DC=lab,DC=corp,DC=example" },
		{ "OU=lab\\,DC=corp,DC=example", NULL },
		{ "OU=\"x,DC=corp,DC=example\"", NULL },
		{ "OU=Sales,DC=othercorp,DC=example", NULL },
		{ "DC=example", NULL }, { "corp.example", NULL }, { "", NULL },
	};
	struct ad_forest f = { 0 };

	(void)state;
	ad_forest_add(&f, "DC=corp,DC=example", "corp.example");
	ad_forest_add(&f, "DC=lab,DC=corp,DC=example", "lab.corp.example");
	for (size_t i = 0; i < COUNT(v); i++) {
		const struct ad_domain *d = ad_forest_domain_of(&f, v[i].dn);
		const char *have = d ? d->dn : "none";

		if (strcmp(have, v[i].want ? v[i].want : "none") != 0)
			fail_msg("\"%s\": want %s, have %s", v[i].dn,
			         v[i].want ? v[i].want : "none", have);
	}
	assert_true(ad_domain_is(&f.domains[0], "dc=corp, dc=example"));
	assert_false(ad_domain_is(&f.domains[0], v[0].dn));
	ad_forest_close(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_queries), cmocka_unit_test(test_asked),
		cmocka_unit_test(test_dialects),
		cmocka_unit_test(test_errors), cmocka_unit_test(test_urls),
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_guid_set), cmocka_unit_test(test_renames),
		cmocka_unit_test(test_rate), cmocka_unit_test(test_secret),
		cmocka_unit_test(test_old_names),
		cmocka_unit_test(test_forest_names),
		cmocka_unit_test(test_domain_of),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
