/* What analysis knows of addresses, engines, metadata and the scope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "analyze/model/model.h"
#include "analyze/object/address.h"
#include "analyze/object/repl_meta.h"
#include "analyze/policy/filter_value.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "base/utf8.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Every attribute was asked for. */
static const struct attr_set everything = {
	{ UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX }
};

static void
test_address(void **state)
{
	static const char *const good[] = {
		"a@x.nl", "a.b@x.nl", "o'hara+tag@sub.x.technology",
		"a_b-c@x-y.nl", "A@X.NL", "{guid}@x.nl",
	};
	static const char *const bad[] = {
		"", "a", "a@", "@x.nl", "a@x", "a b@x.nl", "a@x..nl", "a@x.nl.",
		".a@x.nl", "a.@x.nl", "a..b@x.nl", "a@b@x.nl", "smtp:a@x.nl",
		"a@x_y.nl", "a@x.nl ", "j\xc3\xb6rg@x.nl", "a(b)@x.nl",
	};
	static const struct {
		const char *value;
		enum address_type type;
	} types[] = {
		{ "SMTP:a@x.nl", ADDRESS_PRIMARY },
		{ "smtp:a@x.nl", ADDRESS_SECONDARY },
		{ "Smtp:a@x.nl", ADDRESS_SECONDARY },
		{ "x500:/o=a", ADDRESS_OTHER }, { "SIP:a@x.nl", ADDRESS_OTHER },
		{ "a@x.nl", ADDRESS_MALFORMED }, { ":a", ADDRESS_MALFORMED },
		{ "", ADDRESS_MALFORMED },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (address_fault(good[i]))
			fail_msg("%s %s", good[i], address_fault(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++)
		if (!address_fault(bad[i]))
			fail_msg("taken: \"%s\"", bad[i]);
	for (size_t i = 0; i < COUNT(types); i++)
		assert_int_equal(address_type(types[i].value), types[i].type);
}

/* Each flaw by itself, as if the others were mended. */
static void
test_flaws(void **state)
{
	struct flaws f;

	(void)state;
	assert_false(address_flaws("a@x.nl", &f));
	assert_true(address_flaws(" j\xc3\xb6rg..a@x.nl", &f));
	assert_non_null(f.of[FLAW_UNSEEN]);
	assert_non_null(f.of[FLAW_FORM]);
	assert_non_null(f.of[FLAW_LETTER]);
	assert_null(f.of[FLAW_LENGTH]);
	assert_null(f.of[FLAW_PART]);
	assert_true(address_flaws("a\xc2\xa0@x.nl", &f));
	assert_null(f.of[FLAW_FORM]);
	assert_true(address_flaws("\xe2\x80\x8b", &f));
	assert_null(f.of[FLAW_FORM]);
	assert_false(proxy_flaws("x500:/o=Org A/cn=j\xc3\xb6rg", &f));
	assert_true(proxy_flaws("x500:/o=Org A ", &f));
	assert_false(proxy_flaws("SMTP:a@x.nl", &f));
	assert_true(target_flaws("SMTP:a\\b@x.nl", &f));
	assert_true(upn_flaws("a@.x.nl", &f));
	assert_non_null(f.of[FLAW_FORM]);
	assert_null(upn_fault("a@x.nl"));
	assert_int_equal(utf8_units("a\xc3\xb6\xf0\xa0\xae\xb7"), 4);
}

/* One character, wherever it stands, and whatever the length. */
static void
test_unclean(void **state)
{
	static const char wrong[] = " \t\x7f\xc3";

	(void)state;
	for (size_t len = 1; len < 20; len++)
		for (size_t at = 0; at < len; at++) {
			char text[20] = { 0 };

			memset(text, at % 2 ? '!' : '~', len);
			assert_false(address_is_unclean(text));
			for (size_t i = 0; wrong[i]; i++) {
				text[at] = wrong[i];
				assert_true(address_is_unclean(text));
			}
		}
}

/* What is common is without flaws; what is a little less is looked at. */
static void
test_common(void **state)
{
	static const char *const flawed[] = {
		"a@b", "a@-b.nl", "a@b-.nl", "a@b_c.nl", "a..b@c.nl",
		".a@b.nl", "a.@b.nl", "a@b.nl.", "a@.nl", "@b.nl", "a@b@c.nl",
	};
	struct flaws f;

	(void)state;
	assert_false(address_flaws("a-b_c.d@e-f.g.nl", &f));
	for (size_t i = 0; i < sizeof(flawed) / sizeof(flawed[0]); i++)
		if (!address_flaws(flawed[i], &f))
			fail_msg("no flaw: %s", flawed[i]);
	assert_false(alias_flaws("a.b-c_d", &f));
	assert_true(alias_flaws("a..b", &f));
	assert_true(alias_flaws("a.", &f));
	assert_true(alias_flaws(".a", &f));
	assert_true(alias_flaws("a b", &f));
}

static void
test_domain(void **state)
{
	(void)state;
	assert_true(domain_is_initial("x.onmicrosoft.com"));
	assert_true(domain_is_initial("X.OnMicrosoft.com"));
	assert_true(domain_is_initial("x.mail.onmicrosoft.com"));
	assert_true(domain_is_initial("x.partner.onmschina.cn"));
	assert_true(domain_is_initial("x.onmicrosoft.us"));
	assert_false(domain_is_initial("onmicrosoft.com"));
	assert_false(domain_is_initial("notonmicrosoft.com"));
	assert_false(domain_is_initial("x.onmicrosoft.com.nl"));
	assert_true(domain_is_reserved("x.onmicrosoft.com"));
	assert_true(domain_is_reserved("x.microsoftonline.com"));
	assert_true(domain_is_reserved("x.mail.onmicrosoft.com"));
	assert_true(domain_is_reserved("microsoftonline.com"));
	assert_false(domain_is_reserved("onmicrosoft.com"));
}

static when_t
day(const char *text)
{
	when_t t;

	assert_int_equal(when_from_iso(&t, text), 0);
	return t;
}

static void
test_engine(void **state)
{
	static const struct {
		enum engine engine;
		const char *version, *upgraded, *after, *by;
		enum defect want;
	} vectors[] = {
		{ ENGINE_UNKNOWN, NULL, NULL, "2015-01-01", "2015-10-31",
		  DEFECT_YES },
		{ ENGINE_UNKNOWN, NULL, NULL, "2016-01-01", "2016-02-01",
		  DEFECT_UNKNOWN },
		{ ENGINE_CONNECT, "1.0.8667.0", NULL, "2016-01-01",
		  "2016-02-01", DEFECT_YES },
		{ ENGINE_CONNECT, "1.0.9125.0", NULL, "2016-01-01",
		  "2016-02-01", DEFECT_NO },
		{ ENGINE_CONNECT, "1.0.9125.0", NULL, "2015-10-01",
		  "2016-02-01", DEFECT_UNKNOWN },
		{ ENGINE_CONNECT, "1.1.105.0", "2016-03-01", "2016-01-01",
		  "2016-02-01", DEFECT_UNKNOWN },
		/* Before the first build with the fix there was none. */
		{ ENGINE_CONNECT, "1.0.9125.0", "2016-03-01", "2016-01-01",
		  "2016-02-01", DEFECT_YES },
		{ ENGINE_CONNECT, "1.0.9125.0", "2016-01-15", "2016-01-01",
		  "2016-02-01", DEFECT_UNKNOWN },
		{ ENGINE_CONNECT, "1.0.9125.0", "2016-01-01", "2016-01-01",
		  "2016-02-01", DEFECT_NO },
		{ ENGINE_CONNECT, "1.1.105.0", "2016-01-01", "2016-01-01",
		  "2016-02-01", DEFECT_NO },
		{ ENGINE_DIRSYNC, NULL, NULL, "2016-01-01", "2016-02-01",
		  DEFECT_YES },
		{ ENGINE_CLOUD_SYNC, NULL, NULL, "2015-01-01", "2015-02-01",
		  DEFECT_NO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct policy p;
		struct defect_verdict v;

		policy_init(&p);
		p.engine = vectors[i].engine;
		if (vectors[i].version) {
			p.has_version = true;
			p.version_text = vectors[i].version;
			assert_int_equal(build_parse(&p.version,
			                             p.version_text), 0);
		}
		if (vectors[i].upgraded)
			p.upgraded = day(vectors[i].upgraded);
		v = engine_defect(&p, day(vectors[i].after),
		                  day(vectors[i].by), &p.arena);
		if (v.defect != vectors[i].want)
			fail_msg("vector %zu", i);
		assert_true(v.defect == DEFECT_NO || v.reason);
		policy_release(&p);
	}
}

/* What version_text may be, and siblings that it may not. */
static void
test_build(void **state)
{
	static const char *const good[] = {
		"1.0.8667.0", "0.0.0.0", "65535.65535.65535.65535",
	};
	static const char *const bad[] = {
		"", "one", "1", "1.0.8667", "1.0.8667.", "1.0.8667.0.1",
		"1.0.8667.0.", " 1.0.8667.0", "1.0.8667.0 ", "1. 0.8667.0",
		"1.0.8667.x", "1.0.8667.0x", "1..2.3", ".1.2.3", "+1.0.0.0",
		"1.-1.8667.0", "0x1.0.0.0", "1.0.65536.0",
		"99999999999.0.0.0", "4294967297.0.8667.0",
		"18446744073709551617.0.0.0",
	};
	struct build b;

	(void)state;
	for (size_t i = 0; i < COUNT(good); i++)
		if (build_parse(&b, good[i]) < 0)
			fail_msg("not taken: \"%s\"", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		if (build_parse(&b, bad[i]) == 0)
			fail_msg("taken: \"%s\"", bad[i]);
	assert_int_equal(build_parse(&b, "1.20.300.4000"), 0);
	assert_int_equal(b.parts[0], 1);
	assert_int_equal(b.parts[1], 20);
	assert_int_equal(b.parts[2], 300);
	assert_int_equal(b.parts[3], 4000);
}

static void
put_little(unsigned char *p, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		p[i] = (unsigned char)(value >> 8 * i);
}

static void
test_metadata(void **state)
{
	/* Two entries: userAccountControl, and one that says nothing. */
	unsigned char data[16 + 2 * 48] = { 0 };
	struct object o = { .ad.control_stamp = { 0 } };

	(void)state;
	put_little(data, 1, 4);
	put_little(data + 8, 2, 4);
	put_little(data + 16, 0x90008, 4);
	put_little(data + 20, 4, 4);
	put_little(data + 24, UINT64_C(11644473600) + 1445241300, 8);
	put_little(data + 64, 0x12345, 4);
	repl_meta_binary(&o, data, sizeof(data) - 1);
	assert_int_equal(o.ad.control_stamp.version, 0);
	repl_meta_binary(&o, data, sizeof(data));
	assert_int_equal(o.ad.control_stamp.version, 4);
	assert_int_equal(o.ad.control_stamp.when, day("2015-10-19T07:55:00Z"));
	assert_int_equal(o.ad.name_stamp.version, 0);
	repl_meta_xml(&o, "<DS_REPL_ATTR_META_DATA>\n\t<pszAttributeName>name"
	              "</pszAttributeName>\n\t<dwVersion>3</dwVersion>\n\t"
	              "<ftimeLastOriginatingChange>2016-01-18T10:02:00Z"
	              "</ftimeLastOriginatingChange>\n");
	assert_int_equal(o.ad.name_stamp.version, 3);
	repl_meta_xml(&o, "<pszAttributeName>name</pszAttributeName>"
	              "<dwVersion>-4</dwVersion><ftimeLastOriginatingChange>"
	              "2016-01-18T10:02:00Z</ftimeLastOriginatingChange>");
	repl_meta_xml(&o, "<pszAttributeName>name");
	repl_meta_xml(&o, "");
	assert_int_equal(o.ad.name_stamp.version, 3);
}

static void
test_scope(void **state)
{
	static const char *include[] = { "OU=A,DC=x", "OU=C,OU=B,OU=A,DC=x" };
	static const char *exclude[] = { "OU=B,OU=A,DC=x" };
	static const struct {
		const char *dn;
		enum scope_state want;
		enum scope_cause cause;
	} vectors[] = {
		{ "CN=u,OU=A,DC=x", SCOPE_IN, SCOPE_BY_CONTAINER },
		{ "CN=u,OU=D,OU=A,DC=x", SCOPE_IN, SCOPE_BY_CONTAINER },
		{ "cn=u,ou=a, dc=X", SCOPE_IN, SCOPE_BY_CONTAINER },
		{ "CN=u,OU=B,OU=A,DC=x", SCOPE_EXCLUDED, SCOPE_BY_CONTAINER },
		{ "CN=u,OU=D,OU=B,OU=A,DC=x", SCOPE_EXCLUDED,
		  SCOPE_BY_CONTAINER },
		{ "CN=u,OU=C,OU=B,OU=A,DC=x", SCOPE_IN, SCOPE_BY_CONTAINER },
		{ "CN=u,OU=E,DC=x", SCOPE_EXCLUDED, SCOPE_BY_DEFAULT },
		{ "CN=u\\,OU=A,DC=x", SCOPE_EXCLUDED, SCOPE_BY_DEFAULT },
		{ "CN=u\\0ACNF:1,OU=A,DC=x", SCOPE_FILTERED,
		  SCOPE_BY_FILTER },
	};
	struct policy p;
	struct scope *s;

	(void)state;
	policy_init(&p);
	p.include = include;
	p.include_count = COUNT(include);
	p.exclude = exclude;
	p.exclude_count = COUNT(exclude);
	s = scope_new(&p);
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct object o = { .kind = KIND_USER, .sam = "u",
		                    .dn = vectors[i].dn };

		scope_judge(&o, &everything, NULL, scope_place(s, o.dn));
		if (o.scope.state != vectors[i].want ||
		    o.scope.cause != vectors[i].cause)
			fail_msg("%s: %s", o.dn, o.scope.reason);
	}
	scope_free(s);
	policy_release(&p);
}

static void
test_scope_group(void **state)
{
	static const char *groups[] = { "CN=g,DC=x", "CN=h,DC=x" };
	struct scope_verdict in, out;
	struct policy p;
	struct scope *s;

	(void)state;
	policy_init(&p);
	p.groups = groups;
	p.group_count = 2;
	s = scope_new(&p);
	assert_false(scope_is_group(s, "CN=u,DC=x"));
	assert_true(scope_is_group(s, "cn=G, DC=x"));
	assert_string_equal(scope_unmet_group(s), "CN=h,DC=x");
	assert_true(scope_is_group(s, "CN=h,DC=x"));
	assert_null(scope_unmet_group(s));
	scope_add_member(s, "CN=u,DC=x");
	scope_members_done(s);
	in = scope_place(s, "cn=U,DC=x");
	out = scope_place(s, "CN=v,DC=x");
	assert_int_equal(in.state, SCOPE_IN);
	assert_int_equal(out.state, SCOPE_EXCLUDED);
	assert_int_equal(out.cause, SCOPE_BY_GROUP);
	scope_free(s);
	policy_release(&p);
}

/*
 * What a rule leaves to Cloud Sync is not this server's, which does not delete
 * its account; what lies out of scope does not get as far as to rules.
 */
static void
test_no_flow(void **state)
{
	struct custom_attributes custom = { 0 };
	struct arena a = { 0 };
	struct filter_set *set = filter_set_new(&a, &custom);
	struct attr_set covered = ATTRS(ATTR_SAM, ATTR_CUSTOM);
	struct filter_condition c = {
		.attribute = "xa", .operator = FILTER_EQUAL, .value = "1"
	};
	const struct scope_verdict in = { SCOPE_IN, SCOPE_BY_DEFAULT, "" };
	const struct scope_verdict out = {
		SCOPE_EXCLUDED, SCOPE_BY_CONTAINER, ""
	};
	struct object o = {
		.side = SIDE_AD, .kind = KIND_USER, .sam = "u",
		.dn = "CN=u,DC=x", .ad.custom = { "1" }
	};

	(void)state;
	assert_int_equal(filter_set_add_no_flow(set, &a, KIND_USER, &c, 1,
	                                        "Pilot"), 0);
	scope_judge(&o, &covered, set, in);
	assert_int_equal(o.scope.state, SCOPE_EXCLUDED);
	assert_int_equal(o.scope.cause, SCOPE_BY_CONNECTOR);
	scope_judge(&o, &covered, set, out);
	assert_int_equal(o.scope.cause, SCOPE_BY_CONTAINER);
	o.ad.custom[0] = "2";
	scope_judge(&o, &covered, set, in);
	assert_int_equal(o.scope.state, SCOPE_IN);
	arena_release(&a);
}

/*
 * What the engine's default rules filter ("Azure AD Connect sync: Understanding
 * the default configuration", and the clauses of its join rules): an object for
 * each row of the table, and near misses, which have no reason.
 */
static const struct {
	const char *reason;
	struct object o;
} filtered[] = {
	{ "isCriticalSystemObject", { .sam = "krbtgt", .ad.critical = YES } },
	{ "replication conflict object (CNF)",
	  { .sam = "u", .dn = "CN=u\\0ACNF:1,DC=x" } },
	{ "no sAMAccountName", { .upn = "u@x.nl" } },
	{ "account of the sync engine or of support", { .sam = "AAD_a1" } },
	{ "account of the sync engine or of support", { .sam = "msol_a1" } },
	{ "account of the sync engine or of support",
	  { .sam = "SUPPORT_388945a0" } },
	{ "system mailbox", { .sam = "CAS_{a1}" } },
	{ "system mailbox", { .sam = "u", .mail_nickname = "CAS_{a1}" } },
	{ "system mailbox",
	  { .sam = "u", .mail_nickname = "SystemMailbox{a1}" } },
	{ "msExchRecipientTypeDetails of a system recipient",
	  { .sam = "u", .ad.recipient_type = 0x20000000 } },
	{ "linked mailbox, waits for its master account",
	  { .sam = "u", .ad.recipient_type = 2 } },
	{ "adminDescription begins with User_",
	  { .sam = "u", .ad.admin_description = "user_NoSync" } },
	{ "isCriticalSystemObject",
	  { .kind = KIND_GROUP,
	    .ad.group_type = 0x80000002,
	    .ad.critical = YES } },
	{ "replication conflict object (CNF)",
	  { .kind = KIND_GROUP,
	    .ad.group_type = 0x80000002,
	    .dn = "CN=g\\0ACNF:1,DC=x" } },
	{ "group of the sync engine",
	  { .kind = KIND_GROUP,
	    .ad.group_type = 0x80000002,
	    .sam = "MSOL_AD_Sync_RichCoexistence" } },
	{ "Exchange role group",
	  { .kind = KIND_GROUP,
	    .ad.group_type = 0x80000002,
	    .ad.recipient_type = 0x40000000 } },
	{ "adminDescription begins with Group_",
	  { .kind = KIND_GROUP,
	    .ad.group_type = 0x80000002,
	    .ad.admin_description = "Group_NoSync" } },
	{ "distribution group without an address",
	  { .kind = KIND_GROUP, .ad.group_type = 2 } },
	{ "isCriticalSystemObject",
	  { .kind = KIND_CONTACT, .mail = "c@x.nl", .ad.critical = YES } },
	{ "replication conflict object (CNF)",
	  { .kind = KIND_CONTACT,
	    .mail = "c@x.nl",
	    .dn = "CN=c\\0ACNF:1,DC=x" } },
	{ "contact of the sync tool",
	  { .kind = KIND_CONTACT,
	    .mail = "c@x.nl",
	    .mail_nickname = "CAS_{a1}" } },
	{ "contact of the sync tool",
	  { .kind = KIND_CONTACT,
	    .mail = "c@x.nl",
	    .ad.hidden = YES,
	    .display_name = "Ann (MSOL)" } },
	{ "contact without an address", { .kind = KIND_CONTACT } },
	{ "computer without userCertificate", { .kind = KIND_COMPUTER } },

	{ NULL, { .sam = "u", .dn = "CN=u,OU=a\\0ACNF:1,DC=x" } },
	{ NULL, { .sam = "AADu" } },
	{ NULL, { .sam = "CAS_u" } },
	{ NULL, { .sam = "SystemMailbox{a1}" } },
	{ NULL, { .sam = "u", .ad.recipient_type = 0x1 } },
	{ NULL, { .sam = "u", .ad.recipient_type = INT64_C(0x80000000) } },
	{ NULL, { .sam = "u", .ad.admin_description = "User" } },
	{ NULL,
	  { .sam = "u",
	    .ad.admin_description = "User_NoSync",
	    .ad.inet_org_person = YES } },
	{ NULL, { .kind = KIND_GROUP, .ad.group_type = 0x80000002 } },
	{ NULL, { .kind = KIND_GROUP, .ad.group_type = 2, .mail = "g@x.nl" } },
	{ NULL,
	  { .kind = KIND_CONTACT,
	    .mail = "c@x.nl",
	    .display_name = "Ann (MSOL)" } },
	{ NULL, { .kind = KIND_CONTACT, .mail = "c@x.nl", .ad.hidden = YES } },
	{ NULL, { .kind = KIND_COMPUTER, .ad.certificates = 1 } },
};

/* The rows of the table itself, in the source. */
static size_t
count_filters(void)
{
	glob_t g = { 0 };
	char line[256];
	size_t n = 0;
	FILE *f;

	assert_int_equal(glob("analyze/{,scope/}filters.c", GLOB_BRACE, NULL,
	                      &g), 0);
	assert_int_equal(g.gl_pathc, 1);
	f = fopen(g.gl_pathv[0], "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		n += strstr(line, "{ .kind = KIND_") != NULL;
	fclose(f);
	globfree(&g);
	return n;
}

/* Whether an earlier one is there for the same row. */
static bool
is_tested(size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (filtered[k].reason && filtered[i].reason &&
		    filtered[k].o.kind == filtered[i].o.kind &&
		    strcmp(filtered[k].reason, filtered[i].reason) == 0)
			return true;
	return false;
}

static void
test_filters(void **state)
{
	const struct scope_verdict in = { .reason = "not excluded" };
	size_t rows = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(filtered); i++) {
		const char *reason = filtered[i].reason;
		struct object o = filtered[i].o;

		scope_judge(&o, &everything, NULL, in);
		rows += reason && !is_tested(i);
		if (o.scope.state != (reason ? SCOPE_FILTERED : SCOPE_IN) ||
		    o.scope.cause != (reason ? SCOPE_BY_FILTER
		                             : SCOPE_BY_DEFAULT))
			fail_msg("object %zu: want %s, have %s", i, reason
			         ? reason : "in scope", o.scope.reason);
		if (reason && strcmp(o.scope.reason + strlen("filtered: "),
		                     reason) != 0)
			fail_msg("object %zu: want %s, have %s", i, reason,
			         o.scope.reason);
	}
	assert_int_equal(rows, count_filters());
}

/* The types that the documents name, and no other; 2 is a linked mailbox. */
static void
test_system_recipients(void **state)
{
	static const int64_t types[] = {
		0x1000, 0x2000, 0x4000, 0x400000, 0x800000, 0x1000000,
		0x20000000,
	};
	const struct scope_verdict in = { .reason = "not excluded" };
	size_t found = 0;

	(void)state;
	for (int bit = 0; bit < 33; bit++) {
		struct object o = { .sam = "u", .ad.inet_org_person = YES,
		                    .ad.recipient_type = INT64_C(1) << bit };

		scope_judge(&o, &everything, NULL, in);
		if (bit != 1 && o.scope.state == SCOPE_FILTERED) {
			assert_true(found < COUNT(types));
			assert_int_equal(o.ad.recipient_type, types[found++]);
		}
	}
	assert_int_equal(found, COUNT(types));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_address),
		cmocka_unit_test(test_flaws), cmocka_unit_test(test_domain),
		cmocka_unit_test(test_unclean), cmocka_unit_test(test_common),
		cmocka_unit_test(test_engine), cmocka_unit_test(test_build),
		cmocka_unit_test(test_metadata),
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_scope_group),
		cmocka_unit_test(test_no_flow),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_system_recipients),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
