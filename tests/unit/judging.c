/* What analysis knows of addresses, engines, metadata and the scope. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/model/model.h"
#include "analyze/object/address.h"
#include "analyze/object/repl_meta.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

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
			sscanf(p.version_text, "%u.%u.%u.%u",
			       &p.version.parts[0], &p.version.parts[1],
			       &p.version.parts[2], &p.version.parts[3]);
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
	struct object o = { .control_stamp = { 0 } };

	(void)state;
	put_little(data, 1, 4);
	put_little(data + 8, 2, 4);
	put_little(data + 16, 0x90008, 4);
	put_little(data + 20, 4, 4);
	put_little(data + 24, UINT64_C(11644473600) + 1445241300, 8);
	put_little(data + 64, 0x12345, 4);
	repl_meta_binary(&o, data, sizeof(data) - 1);
	assert_int_equal(o.control_stamp.version, 0);
	repl_meta_binary(&o, data, sizeof(data));
	assert_int_equal(o.control_stamp.version, 4);
	assert_int_equal(o.control_stamp.when, day("2015-10-19T07:55:00Z"));
	assert_int_equal(o.name_stamp.version, 0);
	repl_meta_xml(&o, "<DS_REPL_ATTR_META_DATA>\n\t<pszAttributeName>name"
	              "</pszAttributeName>\n\t<dwVersion>3</dwVersion>\n\t"
	              "<ftimeLastOriginatingChange>2016-01-18T10:02:00Z"
	              "</ftimeLastOriginatingChange>\n");
	assert_int_equal(o.name_stamp.version, 3);
	repl_meta_xml(&o, "<pszAttributeName>name");
	repl_meta_xml(&o, "");
	assert_int_equal(o.name_stamp.version, 3);
}

static void
test_scope(void **state)
{
	static const char *include[] = { "OU=A,DC=x", "OU=C,OU=B,OU=A,DC=x" };
	static const char *exclude[] = { "OU=B,OU=A,DC=x" };
	static const struct {
		const char *dn;
		enum scope_state want;
	} vectors[] = {
		{ "CN=u,OU=A,DC=x", SCOPE_IN },
		{ "CN=u,OU=D,OU=A,DC=x", SCOPE_IN },
		{ "cn=u,ou=a, dc=X", SCOPE_IN },
		{ "CN=u,OU=B,OU=A,DC=x", SCOPE_EXCLUDED },
		{ "CN=u,OU=D,OU=B,OU=A,DC=x", SCOPE_EXCLUDED },
		{ "CN=u,OU=C,OU=B,OU=A,DC=x", SCOPE_IN },
		{ "CN=u,OU=E,DC=x", SCOPE_EXCLUDED },
		{ "CN=u\\,OU=A,DC=x", SCOPE_EXCLUDED },
		{ "CN=u\\0ACNF:1,OU=A,DC=x", SCOPE_FILTERED },
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

		scope_judge(&o, UINT64_MAX, NULL, scope_place(s, o.dn));
		if (o.scope.state != vectors[i].want)
			fail_msg("%s: %s", o.dn, o.scope.reason);
	}
	scope_free(s);
	policy_release(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_address), cmocka_unit_test(test_domain),
		cmocka_unit_test(test_engine), cmocka_unit_test(test_metadata),
		cmocka_unit_test(test_scope),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
