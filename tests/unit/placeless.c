/* AD objects without a DN: which they are, and what is not known of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/findings/findings.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* S-1-5-21 and another. */
static const unsigned char sid[] = { 1, 1, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0 };
static const unsigned char other_sid[] = {
	1, 1, 0, 0, 0, 0, 0, 5, 22, 0, 0, 0
};

#define SID(x) .ad.sid = (x), .ad.sid_len = sizeof(x)
#define GUID(x) .has_guid = true, .guid = { .bytes = { (x) } }

/* What both have decides; the strongest first. */
static void
test_may_be_one(void **state)
{
	static const struct {
		struct object a, b;
		bool want;
	} vectors[] = {
		{ { GUID(1), .sam = "a" }, { GUID(1), .sam = "b" }, true },
		{ { GUID(1), SID(sid) }, { GUID(2), SID(sid) }, false },
		{ { .dn = "CN=A,DC=x" }, { .dn = "cn=a, DC=x" }, true },
		{ { .dn = "CN=A,DC=x", SID(sid) },
		  { .dn = "CN=B,DC=x", SID(sid) }, false },
		{ { GUID(1), SID(sid) }, { .dn = "CN=A,DC=x", SID(sid) },
		  true },
		{ { SID(sid), .sam = "a" }, { SID(other_sid), .sam = "a" },
		  false },
		{ { SID(sid), .sam = "a" }, { .dn = "CN=A", .sam = "A" },
		  true },
		{ { .sam = "a" }, { .dn = "CN=B", .sam = "b" }, false },
		{ { SID(sid) }, { .sam = "b" }, true },
		{ { .sam = "a" },
		  { .kind = KIND_GROUP, .sam = "a" }, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		if (object_may_be_one(&vectors[i].a, &vectors[i].b) !=
		    vectors[i].want ||
		    object_may_be_one(&vectors[i].b, &vectors[i].a) !=
		    vectors[i].want)
			fail_msg("%zu: want %d", i, vectors[i].want);
	}
}

static void
test_names(void **state)
{
	const struct object by_sid = { SID(sid), .sam = "a" };
	const struct object by_name = { .sam = "a" };
	const struct object placed = { .sam = "a", .dn = "CN=A,DC=x" };
	const struct object conflict = { .cn = "A\nCNF:1" };
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(object_key(&by_sid, &a), "S-1-5-21");
	assert_string_equal(object_key(&by_name, &a), "a");
	assert_string_equal(object_described(&by_name, &a), "a");
	assert_string_equal(object_described(&placed, &a), "a");
	assert_int_equal(object_mark(&by_name), DN_PLAIN);
	assert_int_equal(object_mark(&conflict), DN_CONFLICT);
	arena_release(&a);
}

/* The scope of POLICY for a user without a DN. */
static struct scope_verdict
verdict_of(const struct policy *p)
{
	static const struct attr_set everything = {
		{ UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX }
	};
	struct object o = { .kind = KIND_USER, .sam = "a" };
	struct domains ds = { .rest = { .scope = scope_new(p) } };
	struct containers *cs = containers_new(&ds, SCOPE_OF_NOW);

	scope_judge(&o, &everything, NULL, container_place(cs, &o));
	containers_free(cs);
	domains_release(&ds);
	return o.scope;
}

static void
test_scope(void **state)
{
	static const char *places[] = { "OU=A,DC=x" };
	static const char *groups[] = { "CN=G,DC=x" };
	struct policy p;

	(void)state;
	policy_init(&p);
	assert_int_equal(verdict_of(&p).state, SCOPE_IN);
	assert_int_equal(verdict_of(&p).cause, SCOPE_BY_DEFAULT);
	p.exclude = places;
	p.exclude_count = 1;
	assert_int_equal(verdict_of(&p).state, SCOPE_IN);
	assert_int_equal(verdict_of(&p).cause, SCOPE_BY_GUESS);
	p.exclude_count = 0;
	p.include = places;
	p.include_count = 1;
	assert_int_equal(verdict_of(&p).cause, SCOPE_BY_GUESS);
	p.include_count = 0;
	p.groups = groups;
	p.group_count = 1;
	assert_int_equal(verdict_of(&p).cause, SCOPE_BY_GUESS);
	policy_release(&p);
}

/* The fingerprint of the last finding that was put. */
static char *
print_of(struct findings_batch *b)
{
	static const char key[] = "\"fingerprint\":\"";
	const char *text = buf_text(&b->findings), *at = NULL;

	while ((text = strstr(text, key)))
		at = text += sizeof(key) - 1;
	assert_non_null(at);
	return strndup(at, strcspn(at, "\""));
}

/* By what the object is known, whatever else it has. */
static void
test_fingerprints(void **state)
{
	static const struct finding findings[] = {
		{ .guid = "1", .dn = "CN=A", .object = NULL, .upn = "a@x" },
		{ .dn = "CN=A", .upn = "a@x" },
		{ .object = "S-1-5-21", .upn = "a@x" },
		{ .object = "a", .upn = "a@x" },
		{ .object = "b", .upn = "a@x" },
	};
	char *prints[COUNT(findings)];
	struct findings_batch b = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(findings); i++) {
		struct finding f = findings[i];

		f.rule = "r";
		f.message = "m";
		findings_put(&b, &f);
		prints[i] = print_of(&b);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(prints[i], prints[k]);
	}
	for (size_t i = 0; i < COUNT(findings); i++)
		free(prints[i]);
	findings_batch_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_may_be_one), cmocka_unit_test(test_names),
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_fingerprints),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
