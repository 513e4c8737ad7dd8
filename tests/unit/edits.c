/* The file of edits, the names that moves give, and what may be set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/model/keys.h"
#include "analyze/object/attr_row.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/err.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct edits *
parse(const char *json, struct err *err)
{
	struct buf text = { 0 };
	struct edits *e;

	*err = (struct err){ 0 };
	buf_adds(&text, json);
	e = edits_parse("e", &text, err);
	buf_release(&text);
	return e;
}

static struct edits *
good(const char *json)
{
	struct err err;
	struct edits *e = parse(json, &err);

	if (!e)
		fail_msg("%s: %s", json, err.text);
	return e;
}

static void
test_parse(void **state)
{
	struct edits *e = good(
		"{ \"edits\": [\n"
		"{\"exchangeOnline\":true, \"license\": \"OU=A, DC=X\"},\n"
		"\n{\"value\": [\"SMTP:a@x.nl\", \"{\\\"set\\\"\"],"
		" \"attribute\": \"PROXYaddresses\", \"set\": \"a\"},"
		" {\"set\":\"a\",\"attribute\":\"mail\",\"value\":null},\n"
		"{\"set\":\"a\",\"attribute\":\"groupType\","
		"\"value\":-2147483646}, {\"verify\":\"x.nl\"} ] }");
	size_t n;

	(void)state;
	assert_int_equal(e->count, 5);
	assert_int_equal(e->items[0].line, 2);
	assert_int_equal(e->items[0].licence, YES);
	assert_string_equal(e->items[0].dn, "ou=a,dc=x");
	assert_false(edit_is_of_object(&e->items[0]));
	assert_int_equal(e->items[1].line, 4);
	assert_int_equal(e->items[1].count, 2);
	assert_string_equal(e->items[1].values[1], "{\"set\"");
	assert_true(edit_is_of_object(&e->items[1]));
	assert_int_equal(e->items[2].line, 4);
	assert_int_equal(e->items[2].count, 0);
	assert_int_equal(e->items[3].line, 5);
	assert_string_equal(e->items[3].values[0], "-2147483646");
	assert_string_equal(edits_domains(e, &n)[0], "x.nl");
	assert_int_equal(n, 1);
	edits_free(e);
}

static void
test_wrong(void **state)
{
	static const struct {
		const char *json, *want;
	} bad[] = {
		{ "", "e: want a JSON value" },
		{ "\xff\xfe{", "e: want UTF-8, not UTF-16" },
		{ "{\"edits\":[[{\"set\":1}]]}",
		  "e:1: want an edit: an object with set, move, include, "
		  "exclude, verify or license" },
		{ "{\"edits\":[{\"set\":\"value\",\n\"attribute\":\"mail\","
		  "\n\"value\":1}]}", "e:3: value: want a text or null" },
		{ "{\"edits\":[{\"verify\":\"a.nl\"}],\n\"x\":{\"edits\":1}}",
		  "e:2: unknown key \"x\"" },
		{ "{\"edits\":[{\"set\":\"a\",\"attribute\":\"pwdLastSet\","
		  "\"value\":1e300}]}", "e:1: value: want 100-nanosecond "
		  "intervals since 1601, or null" },
		{ "{\"edits\":[{\"set\":\"a\",\"attribute\":\"groupType\","
		  "\"value\":8,\n\"old\":\"4\"}]}", "e:2: old: want an "
		  "attribute whose values are texts" },
		{ "{\"edits\":[{\"set\":\"a\",\"attribute\":\"mail\","
		  "\"value\":\"x\",\"old\":4}]}", "e:1: old: want a text or "
		  "null" },
		{ "{\"edits\":[{\"set\":\"a\",\"old\":\"x\",\"attribute\":"
		  "\"proxyAddresses\",\n\"value\":[\"x\",\"y\"]}]}",
		  "e:1: old: want one \"value\" for it, or null" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err err;

		assert_null(parse(bad[i].json, &err));
		assert_string_equal(err.text, bad[i].want);
		assert_int_equal(err.code, EXIT_USAGE);
	}
}

/* One value of several is replaced, added or removed, and only once. */
static void
test_change(void **state)
{
	static const struct {
		const char *old, *new, *want;
	} cases[] = {
		{ "smtp:b@x.nl", "SMTP:b@x.nl", "SMTP:a@x.nl SMTP:b@x.nl " },
		{ "smtp:b@x.nl", NULL, "SMTP:a@x.nl " },
		{ NULL, "smtp:c@x.nl", "SMTP:a@x.nl smtp:b@x.nl smtp:c@x.nl " },
		{ "smtp:b@x.nl", "SMTP:a@x.nl", "SMTP:a@x.nl " },
		/* Byte by byte: it is another value. */
		{ "SMTP:b@x.nl", NULL, "SMTP:a@x.nl smtp:b@x.nl " },
	};
	const char *why;
	const struct attr_row *s = setting_find("proxyAddresses", &why);
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *values[] = { "SMTP:a@x.nl", "smtp:b@x.nl" };
		struct object o = { .side = SIDE_AD, .proxies = values,
		                    .proxy_count = 2 };
		struct buf is = { 0 };

		for (int twice = 0; twice < 2; twice++)
			setting_change(s, &o, &(struct value_change){
				cases[i].old, cases[i].new }, 1, &a);
		for (size_t k = 0; k < o.proxy_count; k++)
			buf_addf(&is, "%s ", o.proxies[k]);
		assert_string_equal(buf_text(&is), cases[i].want);
		buf_release(&is);
	}
	arena_release(&a);
}

static void
change_all(const struct value_change *changes, const char *want)
{
	const char *why, *values[] = { "SMTP:a@x.nl", "smtp:b@x.nl" };
	const struct attr_row *s = setting_find("proxyAddresses", &why);
	struct object o = { .side = SIDE_AD, .proxies = values,
	                    .proxy_count = 2 };
	struct arena a = { 0 };
	struct buf is = { 0 };

	for (int twice = 0; twice < 2; twice++)
		setting_change(s, &o, changes, 2, &a);
	for (size_t k = 0; k < o.proxy_count; k++)
		buf_addf(&is, "%s ", o.proxies[k]);
	assert_string_equal(buf_text(&is), want);
	buf_release(&is);
	arena_release(&a);
}

/* All of them are of before: in either order, and again, it is the same. */
static void
test_changes(void **state)
{
	static const struct {
		struct value_change a, b;
		const char *want;
	} cases[] = {
		{ { "smtp:b@x.nl", "smtp:c@x.nl" },
		  { "SMTP:a@x.nl", "smtp:b@x.nl" },
		  "smtp:b@x.nl smtp:c@x.nl " },
		{ { "smtp:b@x.nl", "SMTP:a@x.nl" },
		  { "SMTP:a@x.nl", "smtp:b@x.nl" },
		  "smtp:b@x.nl SMTP:a@x.nl " },
		{ { "smtp:b@x.nl", "smtp:c@x.nl" },
		  { "SMTP:a@x.nl", "smtp:c@x.nl" }, "smtp:c@x.nl " },
		{ { "smtp:b@x.nl", NULL }, { "SMTP:a@x.nl", "smtp:b@x.nl" },
		  "smtp:b@x.nl " },
		{ { NULL, "SMTP:a@x.nl" }, { "SMTP:a@x.nl", "smtp:b@x.nl" },
		  "smtp:b@x.nl SMTP:a@x.nl " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct value_change ab[] = { cases[i].a, cases[i].b };
		struct value_change ba[] = { cases[i].b, cases[i].a };

		change_all(ab, cases[i].want);
		change_all(ba, cases[i].want);
	}
}

/* One value in many spellings, in short lists and in long ones. */
static void
test_met(void **state)
{
	static const struct {
		const char *a, *b;
		bool one;
	} pairs[] = {
		{ "smtp:a@x.nl", "SMTP:A@X.NL", true },
		{ "smtp:a@x.nl", "smtp: a@x.nl ", true },
		{ "smtp:a@x.nl", "sip:a@x.nl", false },
		{ "smtp:a@b\xc3\xbc" "cher.nl", "SMTP:A@XN--BCHER-KVA.nl",
		  true },
		{ "smtp:a@b\xc3\xbc" "cher.nl", "smtp:a@bucher.nl", false },
		{ "x500:/o=\xc3\x89", "X500:/o=E\xcc\x81", true },
	};

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(pairs); i++) {
		size_t more = i % 2 ? 3 * MET_FEW : 0;
		char others[3 * MET_FEW][16];
		struct met_values met;

		met_begin(&met);
		assert_int_equal(met_before(&met, UNIQUE_PROXY,
		                            pairs[i / 2].a), -1);
		for (size_t k = 0; k < more; k++) {
			snprintf(others[k], sizeof(others[k]), "smtp:%zu", k);
			assert_int_equal(met_before(&met, UNIQUE_PROXY,
			                            others[k]), -1);
		}
		assert_int_equal(met_before(&met, UNIQUE_PROXY,
		                            pairs[i / 2].b),
		                 pairs[i / 2].one ? 0 : -1);
		/* Another kind of value is none of them. */
		assert_int_equal(met_before(&met, UNIQUE_SAM, pairs[i / 2].a),
		                 -1);
		assert_int_equal(met.count, more + 3 - pairs[i / 2].one);
		met_end(&met);
	}
}

/* The DN that is expected after the moves; NULL: it stays as it is. */
static void
test_moves(void **state)
{
	static const struct {
		const char *dn, *want;
	} cases[] = {
		{ "OU=A,DC=x", "OU=A,OU=b,OU=C,DC=x" },
		{ "CN=Jan,ou=a, DC=X", "CN=Jan,ou=a,OU=b,OU=C,DC=x" },
		{ "CN=De Wit\\, Jan,OU=S,OU=A,DC=x",
		  "CN=De Wit\\, Jan,OU=S,OU=A,OU=b,OU=C,DC=x" },
		{ "OU=B,DC=x", "OU=B,OU=C,DC=x" },
		{ "CN=Eva,OU=A,DC=x", "CN=Eva,OU=C,DC=x" },
		{ "CN=Below,CN=Eva,OU=A,DC=x", "CN=Below,CN=Eva,OU=C,DC=x" },
		{ "CN=Jan,OU=AA,DC=x", NULL }, { "CN=Jan,OU=A,DC=xx", NULL },
		{ "CN=Jan\\,OU=A,DC=x", NULL }, { "DC=x", NULL },
		{ "OU=C,DC=x", NULL }, { "no name", NULL }, { "", NULL },
	};
	struct edits *e = good(
		"{\"edits\":[{\"move\":\"ou=A,DC=x\",\"to\":\"OU=b,DC=x\"},"
		"{\"move\":\"CN=Eva,OU=A,DC=x\",\"to\":\"OU=C,DC=x\"},"
		"{\"move\":\"OU=B,DC=x\",\"to\":\"OU=C,DC=x\"}]}");
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *out = edits_dn(e, cases[i].dn, &a);

		assert_string_equal(out, cases[i].want ? cases[i].want
		                                       : cases[i].dn);
	}
	arena_release(&a);
	edits_free(e);
}

/* A name that grows with each of many moves has a ceiling. */
static void
test_long(void **state)
{
	struct buf text = { 0 };
	struct edits *e;
	struct err err;
	char long_name[300];

	(void)state;
	memset(long_name, 'n', sizeof(long_name));
	long_name[sizeof(long_name) - 1] = '\0';
	buf_adds(&text, "{\"edits\":[");
	for (int i = 0; i < 200; i++)
		buf_addf(&text, "%s{\"move\":\"OU=%d%s,DC=x\","
		         "\"to\":\"OU=%d%s,DC=x\"}", i ? "," : "", i,
		         long_name, i + 1, long_name);
	buf_adds(&text, "]}");
	e = parse(text.data, &err);
	assert_null(e);
	assert_non_null(strstr(err.text, "would be longer than 16384 bytes"));
	buf_release(&text);
}

static void
test_scope(void **state)
{
	const char *in[] = { "OU=A,DC=x", "OU=B,DC=x" };
	const char *ex[] = { "OU=L,OU=A,DC=x" };
	struct policy p = { .has_scope = true, .include = in,
	                    .include_count = 2, .exclude = ex,
	                    .exclude_count = 1 }, none = { 0 }, out;
	struct edits *e = good(
		"{\"edits\":[{\"exclude\":\"ou=b,dc=x\"},"
		"{\"include\":\"OU=L,ou=a,dc=x\"}]}");

	(void)state;
	edits_policy(e, &p, &out);
	assert_int_equal(out.include_count, 2);
	assert_string_equal(out.include[0], "OU=A,DC=x");
	assert_string_equal(out.include[1], "OU=L,ou=a,dc=x");
	assert_int_equal(out.exclude_count, 1);
	assert_string_equal(out.exclude[0], "ou=b,dc=x");
	assert_int_equal(out.rest, REST_OUT);
	edits_policy(e, &none, &out);
	assert_true(out.has_scope);
	assert_int_equal(out.rest, REST_BY_LISTS);
	p.include_count = 0;
	edits_policy(e, &p, &out);
	assert_int_equal(out.rest, REST_IN);
	edits_free(e);
}

/* An edit changes the scope of the forest that it is in, and no other's. */
static void
test_scope_of_forests(void **state)
{
	const char *in[] = { "OU=A,DC=a,DC=x" };
	const char *domains[] = { "b.y" };
	struct policy forests[] = {
		{ .forest = "a.x", .has_scope = true, .include = in,
		  .include_count = 1 },
		{ .forest = "c.y", .domains = domains, .domain_count = 1 },
	};
	struct policy p = { .forests = forests, .forest_count = 2 }, out;
	struct edits *e = good(
		"{\"edits\":[{\"include\":\"OU=B,DC=eu,DC=a,DC=x\"},"
		"{\"exclude\":\"OU=E,DC=b,DC=y\"},"
		"{\"exclude\":\"OU=F,DC=c,DC=y\"}]}");

	(void)state;
	edits_policy(e, &p, &out);
	assert_int_equal(out.include_count, 0);
	assert_int_equal(out.exclude_count, 1);
	assert_string_equal(out.exclude[0], "OU=F,DC=c,DC=y");
	assert_int_equal(out.forests[0].include_count, 2);
	assert_string_equal(out.forests[0].include[1], "OU=B,DC=eu,DC=a,DC=x");
	assert_int_equal(out.forests[0].exclude_count, 0);
	assert_int_equal(out.forests[0].rest, REST_OUT);
	assert_int_equal(out.forests[1].exclude_count, 1);
	assert_string_equal(out.forests[1].exclude[0], "OU=E,DC=b,DC=y");
	assert_true(out.forests[1].has_scope);
	/* What the policy says itself stays as it is. */
	assert_int_equal(forests[0].include_count, 1);
	p.by_connectors = true;
	edits_policy(e, &p, &out);
	assert_int_equal(out.include_count, 1);
	edits_free(e);
}

static void
test_index(void **state)
{
	struct hash_index x = { 0 };
	size_t at = HASH_INDEX_FIRST;

	(void)state;
	assert_int_equal(hash_index_next(&x, 7, &at), -1);
	/* All of them begin at the end of the slots, so that they go round. */
	for (size_t i = 0; i < 300; i++)
		hash_index_add(&x, i % 3 ? UINT64_MAX : UINT64_MAX - 1, i);
	at = HASH_INDEX_FIRST;
	for (size_t i = 0; i < 300; i += 3)
		assert_int_equal(hash_index_next(&x, UINT64_MAX - 1, &at), i);
	assert_int_equal(hash_index_next(&x, UINT64_MAX - 1, &at), -1);
	hash_index_release(&x);
}

static void
set(struct object *o, const char *name, const char *value, struct arena *a)
{
	const char *why;
	const struct attr_row *s = setting_find(name, &why);

	if (!s)
		fail_msg("%s: %s", name, why);
	assert_int_equal(setting_set(s, o, &value, value != NULL, a), 0);
}

static void
test_set(void **state)
{
	struct object o = { .side = SIDE_AD, .mail = "old@x.nl" };
	struct arena a = { 0 };

	(void)state;
	set(&o, "Mail", "new@x.nl", &a);
	assert_string_equal(o.mail, "new@x.nl");
	set(&o, "mail", NULL, &a);
	assert_null(o.mail);
	set(&o, "userAccountControl", "514", &a);
	assert_int_equal(o.enabled, NO);
	set(&o, "userAccountControl", NULL, &a);
	assert_int_equal(o.enabled, UNKNOWN);
	set(&o, "isCriticalSystemObject", "true", &a);
	assert_int_equal(o.ad.critical, YES);
	set(&o, "userCertificate", NULL, &a);
	assert_int_equal(o.ad.certificates, 0);
	set(&o, "proxyAddresses", "SMTP:\"a\"@x.nl", &a);
	assert_int_equal(o.proxy_count, 1);
	assert_string_equal(o.proxies[0], "SMTP:\"a\"@x.nl");
	arena_release(&a);
}

/* Every attribute that is read from AD can be set, or it is said why not. */
static void
test_every_attribute(void **state)
{
	(void)state;
	for (int i = 0; i < ATTR_COUNT; i++) {
		const char *name = attr_name(SIDE_AD, (enum attr)i);
		const char *why = NULL;

		if (name && !setting_find(name, &why) &&
		    strstr(why, "that the analysis reads"))
			fail_msg("%s: %s", name, why);
	}
}

/* A row's syntax can do what the row says of the attribute. */
static void
test_syntaxes(void **state)
{
	(void)state;
	for (size_t i = 0; i < ATTR_COUNT; i++) {
		const struct attr_row *row = &attr_rows[i];
		const struct syntax *s = row->syntax;

		assert_int_equal(row->attr, i);
		assert_non_null(s->read);
		if (!row->why && !row->name[FORM_AD])
			fail_msg("%s is none of AD", row->name[FORM_TENANT]);
		if (row->name[FORM_AD] && !row->why &&
		    !(s->clear && s->takes && s->want))
			fail_msg("%s cannot be set", row->name[FORM_AD]);
		if (row->giver != OWN && !s->merge)
			fail_msg("%s cannot be given", row->name[FORM_AD]);
	}
}

/* What cannot be read changes nothing, as struct syntax promises. */
static void
test_exchange_guid(void **state)
{
	char wrong[] = "no GUID", good[] = "R8Bh2g1stYpDat/yTjsNvA==";
	struct pick p = { .kind = PICK_TEXT, .count = 1, .data = wrong,
	                  .len = sizeof(wrong) - 1 };
	struct exchange_guid g = { 0 };

	(void)state;
	assert_int_equal(exchange_guid_read(&g, &p), -1);
	assert_int_equal(g.is, UNKNOWN);
	assert_false(g.is_known);
	p.data = good;
	p.len = sizeof(good) - 1;
	assert_int_equal(exchange_guid_read(&g, &p), 0);
	assert_int_equal(g.is, YES);
	assert_true(g.is_known);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_change),
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_met),
		cmocka_unit_test(test_moves),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_scope_of_forests),
		cmocka_unit_test(test_index),
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_every_attribute),
		cmocka_unit_test(test_syntaxes),
		cmocka_unit_test(test_exchange_guid),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
