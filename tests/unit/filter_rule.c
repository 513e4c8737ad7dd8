/* Custom filters: conditions, rules, and what they find in an object. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/policy/filter_json.h"
#include "analyze/policy/filter_rule.h"
#include "analyze/policy/filter_value.h"
#include "analyze/policy/sync_export.h"
#include "analyze/policy/sync_filters.h"
#include "base/json.h"
#include "base/mem.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_conditions(void **state)
{
	static const struct {
		const char *operator, *want, *have;     /* NULL: no value */
		bool holds;
	} vectors[] = {
		{ "EQUAL", "NoSync", "NoSync", true },
		{ "EQUAL", "NoSync", "nosync", true },
		{ "EQUAL", "NoSync", "NoSync ", false },
		{ "EQUAL", "NoSync", NULL, false },
		{ "EQUAL", "J\xc3\xb6RG", "j\xc3\x96rg", true },
		{ "equal", "a", "A", true },
		{ "NOTEQUAL", "NoSync", "nosync", false },
		{ "NOTEQUAL", "NoSync", "x", true },
		/* isCriticalSystemObject NOTEQUAL TRUE holds for users. */
		{ "NOTEQUAL", "TRUE", NULL, true },
		{ "ISNULL", NULL, NULL, true },
		{ "ISNULL", NULL, "x", false },
		{ "ISNOTNULL", NULL, NULL, false },
		{ "ISNOTNULL", NULL, "x", true },
		{ "STARTSWITH", "User_", "user_1", true },
		{ "STARTSWITH", "User_", "use", false },
		{ "STARTSWITH", "User_", NULL, false },
		{ "NOTSTARTSWITH", "User_", "user_1", false },
		{ "NOTSTARTSWITH", "User_", NULL, true },
		{ "ENDSWITH", "-adm", "anke-ADM", true },
		{ "ENDSWITH", "-adm", "adm", false },
		{ "ENDSWITH", "-adm", "anke-adm2", false },
		{ "NOTENDSWITH", "-adm", "anke", true },
		{ "CONTAINS", "test", "een TESTgebruiker", true },
		{ "CONTAINS", "test", "tes t", false },
		{ "NOTCONTAINS", "test", "tes t", true },
		{ "NOTCONTAINS", "test", "Test", false },
		{ "LESSTHAN", "10", "9", true },
		{ "LESSTHAN", "10", "10", false },
		{ "LESSTHAN", "10", "-11", true },
		{ "LESSTHAN", "10", NULL, false },
		{ "LESSTHAN", "10", "nine", false },
		{ "LESSTHAN", "10", "", false },
		{ "LESSTHAN", "10", "9999999999999999999", false },
		{ "LESSTHAN_OR_EQUAL", "10", "10", true },
		{ "LESSTHAN_OR_EQUAL", "10", "11", false },
		{ "GREATERTHAN", "10", "11", true },
		{ "GREATERTHAN", "10", "9", false },
		{ "GREATERTHAN_OR_EQUAL", "10", "10", true },
		{ "GREATERTHAN_OR_EQUAL", "10", NULL, false },
		{ "ISBITSET", "2", "514", true },
		{ "ISBITSET", "2", "512", false },
		{ "ISBITSET", "2", NULL, false },
		{ "ISBITSET", "2147483648", "-2147483646", true },
		{ "ISBITNOTSET", "2", "512", true },
		{ "ISBITNOTSET", "2", "514", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct filter_condition c = { .value = vectors[i].want };
		const char *have = vectors[i].have;

		assert_int_equal(filter_operator_parse(&c.operator,
		                                       vectors[i].operator), 0);
		if (filter_condition_holds(&c, &have, have != NULL) !=
		    vectors[i].holds)
			fail_msg("%s %s: %s", have ? have : "(none)",
			         vectors[i].operator,
			         c.value ? c.value : "");
	}
}

/* Of several values one is enough. */
static void
test_several(void **state)
{
	static const char *const values[] = { "smtp:a@x.nl", "SIP:a@x.nl" };
	struct filter_condition c = { .operator = FILTER_STARTS,
	                              .value = "sip:" };

	(void)state;
	assert_true(filter_condition_holds(&c, values, 2));
	c.operator = FILTER_NOT_STARTS;
	assert_false(filter_condition_holds(&c, values, 2));
	assert_true(filter_condition_holds(&c, values, 1));
}

static void
test_operators(void **state)
{
	(void)state;
	for (int i = 0; i < FILTER_OPERATORS; i++) {
		enum filter_operator op, not;

		assert_int_equal(filter_operator_parse(
			&op, filter_operator_name((enum filter_operator)i)),
		                 0);
		assert_int_equal(op, i);
		if (filter_operator_negate(&not, op) < 0)
			continue;
		assert_int_equal(filter_operator_negate(&op, not), 0);
		assert_int_equal(op, i);
		assert_int_equal(filter_operator_wants_value(op),
		                 filter_operator_wants_value(not));
	}
	assert_int_equal(filter_operator_parse(&(enum filter_operator){ 0 },
	                                       "ISMEMBEROF"), -1);
}

static struct filter_set *
new_set(struct arena *a)
{
	struct custom_attributes *custom = arena_alloc(a, sizeof(*custom));

	*custom = (struct custom_attributes){ 0 };
	return filter_set_new(a, custom);
}

/* Rules from the JSON of a policy; NULL when it is refused. */
static struct filter_set *
rules_of(struct arena *a, const char *text, const char **want)
{
	struct json_error e;
	struct json *j = json_parse(text, strlen(text), &e);
	struct filter_set *set = new_set(a);

	assert_non_null(j);
	*want = filter_json_read(set, a, j);
	json_free(j);
	return *want ? NULL : set;
}

static void
test_object(void **state)
{
	static const char text[] =
		"[{\"class\":\"user\",\"where\":["
		"{\"attribute\":\"EXTENSIONATTRIBUTE15\",\"operator\":"
		"\"EQUAL\",\"value\":\"NoSync\"},"
		"{\"attribute\":\"userAccountControl\",\"operator\":"
		"\"ISBITNOTSET\",\"value\":\"2\"},"
		"{\"attribute\":\"distinguishedName\",\"operator\":"
		"\"CONTAINS\",\"value\":\"ou=a,\"},"
		"{\"attribute\":\"isCriticalSystemObject\",\"operator\":"
		"\"NOTEQUAL\",\"value\":\"True\"},"
		"{\"attribute\":\"proxyAddresses\",\"operator\":\"ISNULL\"}]},"
		"{\"class\":\"group\",\"where\":[{\"attribute\":\"objectSid\","
		"\"operator\":\"ISNULL\",\"value\":null}]}]";
	struct object o = { .kind = KIND_USER, .ad.control = 512,
	                    .dn = "CN=u,OU=A,DC=x", .ad.critical = NO,
	                    .ad.custom = { "nosync" } };
	const struct attr_set few = ATTRS(ATTR_UAC, ATTR_CRITICAL,
	                                  ATTR_PROXIES);
	struct arena a = { 0 };
	const char *want;
	struct filter_set *set = rules_of(&a, text, &want);
	const struct filter_rule *r;

	(void)state;
	assert_non_null(set);
	assert_int_equal(set->custom->count, 1);
	r = set->rules;
	assert_string_equal(r->reason, "filtered: EXTENSIONATTRIBUTE15 EQUAL "
	                    "NoSync and userAccountControl ISBITNOTSET 2 and "
	                    "distinguishedName CONTAINS ou=a, and "
	                    "isCriticalSystemObject NOTEQUAL True and "
	                    "proxyAddresses ISNULL");
	assert_string_equal(r->unknown, "not known whether filtered: "
	                    "EXTENSIONATTRIBUTE15 EQUAL NoSync and "
	                    "userAccountControl ISBITNOTSET 2 and "
	                    "distinguishedName CONTAINS ou=a, and "
	                    "isCriticalSystemObject NOTEQUAL True and "
	                    "proxyAddresses ISNULL");
	assert_int_equal(filter_rule_says(r, &o, &r->needs), YES);
	/* What was not collected is not known, unless the rest denies it. */
	assert_int_equal(filter_rule_says(r, &o, &few), UNKNOWN);
	o.dn = NULL;
	assert_int_equal(filter_rule_says(r, &o, &r->needs), UNKNOWN);
	o.dn = "CN=u,OU=A,DC=x";
	assert_true(attr_set_has(&r->needs, ATTR_CUSTOM));
	assert_true(attr_set_has(&r->needs, ATTR_UAC));
	o.ad.critical = YES;
	assert_int_equal(filter_rule_says(r, &o, &r->needs), NO);
	o.ad.critical = UNKNOWN;
	o.ad.control = 514;
	assert_int_equal(filter_rule_says(r, &o, &few), NO);
	o.ad.control = 512;
	o.proxies = (const char *[]){ "smtp:u@x.nl" };
	o.proxy_count = 1;
	assert_int_equal(filter_rule_says(r, &o, &r->needs), NO);
	/* The model keeps no text of a SID: such a rule is never applied. */
	assert_true(attr_set_has(&r->next->needs, ATTR_NEVER));
	assert_null(r->next->next);
	arena_release(&a);
}

static void
test_refused(void **state)
{
	static const char *const texts[] = {
		"{}", "[1]", "[{\"class\":\"user\"}]",
		"[{\"class\":\"printer\",\"where\":[]}]",
		"[{\"class\":\"user\",\"where\":[],\"name\":\"x\"}]",
		"[{\"class\":\"user\",\"where\":[{}]}]",
		"[{\"class\":\"user\",\"where\":[{\"attribute\":\"\","
		"\"operator\":\"ISNULL\"}]}]",
		"[{\"class\":\"user\",\"where\":[{\"attribute\":\"a\","
		"\"operator\":\"LIKE\",\"value\":\"x\"}]}]",
		"[{\"class\":\"user\",\"where\":[{\"attribute\":\"a\","
		"\"operator\":\"EQUAL\"}]}]",
		"[{\"class\":\"user\",\"where\":[{\"attribute\":\"a\","
		"\"operator\":\"ISNULL\",\"value\":\"x\"}]}]",
	};
	struct arena a = { 0 };
	const char *want;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (rules_of(&a, texts[i], &want))
			fail_msg("taken: %s", texts[i]);
		assert_non_null(want);
	}
	arena_release(&a);
}

/* A seventeenth attribute has no place any more; a known one still has. */
static void
test_ceiling(void **state)
{
	struct arena a = { 0 };
	struct filter_set *set = new_set(&a);
	struct filter_condition c = { .operator = FILTER_NULL };

	(void)state;
	for (int i = 0; i <= CUSTOM_MAX; i++) {
		char name[] = { 'x', (char)('a' + i), '\0' };

		c.attribute = arena_strdup(&a, name);
		assert_int_equal(filter_set_add(set, &a, KIND_USER, &c, 1),
		                 i < CUSTOM_MAX ? 0 : -1);
	}
	c.attribute = "mail";
	assert_int_equal(filter_set_add(set, &a, KIND_USER, &c, 1), 0);
	arena_release(&a);
}

/* Exceptions: not (a and b), nor c, so that there are two filters. */
static void
test_exceptions(void **state)
{
	struct arena a = { 0 };
	struct sync_export x = { .arena = &a };
	struct filter_set *set = new_set(&a);
	struct filter_condition ab[] = {
		{ .attribute = "xa", .operator = FILTER_EQUAL, .value = "1" },
		{ .attribute = "xb", .operator = FILTER_NULL },
	}, c[] = {
		{ .attribute = "xc", .operator = FILTER_STARTS, .value = "2" },
	}, d[] = {
		{ .attribute = "xd", .operator = FILTER_NOT_NULL },
	};
	struct sync_clause two = { .where = c, .count = 1 };
	struct sync_clause one = { .next = &two, .where = ab, .count = 2 };
	struct sync_clause three = { .where = d, .count = 1 };

	(void)state;
	sync_export_rule(&x, &(struct sync_rule){
		.name = "all", .precedence = 99, .filtered = true });
	sync_export_rule(&x, &(struct sync_rule){
		.name = "some", .precedence = 50, .clauses = &one });
	sync_export_rule(&x, &(struct sync_rule){
		.name = "first", .precedence = 40, .filtered = true,
		.clauses = &three });
	/* What comes later changes nothing, nor what is of another kind. */
	sync_export_rule(&x, &(struct sync_rule){
		.name = "late", .precedence = 100, .clauses = &three });
	sync_export_rule(&x, &(struct sync_rule){
		.name = "other", .precedence = 1, .kind = KIND_GROUP });
	sync_filters_add(set, &x, NULL);
	assert_int_equal(x.strange.count, 0);
	assert_string_equal(set->rules->reason, "filtered: xd ISNOTNULL");
	assert_string_equal(set->rules->next->reason, "filtered: xa NOTEQUAL 1"
	                    " and xc NOTSTARTSWITH 2");
	assert_string_equal(set->rules->next->next->reason, "filtered: xb "
	                    "ISNOTNULL and xc NOTSTARTSWITH 2");
	assert_null(set->rules->next->next->next);
	c[0].operator = FILTER_LESS;
	sync_filters_add(new_set(&a), &x, NULL);
	assert_int_equal(x.strange.count, 1);
	assert_string_equal(x.strange.texts[0], "custom rule \"all\" (an "
	                    "exception compares numbers)");
	sync_export_rule(&x, &(struct sync_rule){
		.name = "odd", .precedence = 45, .unclear = true });
	set = new_set(&a);
	sync_filters_add(set, &x, NULL);
	assert_string_equal(set->rules->reason, "filtered: xd ISNOTNULL");
	assert_null(set->rules->next);
	assert_string_equal(x.strange.texts[1], "custom rule \"all\" (an "
	                    "earlier rule is not understood)");
	arena_release(&a);
}

/*
 * What does not flow is not filtered, whatever comes later; exceptions are
 * those of the same attribute, and rules of another connector are none.
 */
static void
test_no_flow(void **state)
{
	struct arena a = { 0 };
	struct sync_export x = { .arena = &a, .joins_no_flow = true };
	struct sync_connector *one = sync_export_connector(&x, "{1}", "a.x");
	struct sync_connector *two = sync_export_connector(&x, "{2}", "b.x");
	struct filter_set *set = new_set(&a);
	struct filter_condition c = {
		.attribute = "xa", .operator = FILTER_EQUAL, .value = "1"
	};
	struct sync_clause clause = { .where = &c, .count = 1 };

	(void)state;
	sync_export_rule(&x, &(struct sync_rule){
		.name = "out", .precedence = 1, .filtered = true,
		.clauses = &clause, .of = one });
	sync_export_rule(&x, &(struct sync_rule){
		.name = "not", .precedence = 2, .effect = FILTER_OUT });
	sync_export_rule(&x, &(struct sync_rule){
		.name = "pilot", .precedence = 3, .filtered = true,
		.effect = FILTER_NO_FLOW, .clauses = &clause });
	sync_export_rule(&x, &(struct sync_rule){
		.name = "never", .precedence = 4, .filtered = true,
		.clauses = &clause, .of = one });
	sync_filters_add(set, &x, one);
	assert_int_equal(set->rules->effect, FILTER_NO_FLOW);
	assert_string_equal(set->rules->next->reason, "filtered: xa EQUAL 1");
	assert_null(set->rules->next->next);
	set = new_set(&a);
	sync_filters_add(set, &x, two);
	assert_string_equal(set->rules->reason, "no flow: custom rule "
	                    "\"pilot\" (cloudNoFlow); Cloud Sync has it");
	assert_null(set->rules->next);
	assert_int_equal(x.strange.count, 0);
	x.joins_no_flow = false;
	sync_filters_add(set, &x, two);
	assert_string_equal(x.strange.texts[0], "custom rule \"pilot\" (it "
	                    "sets cloudNoFlow, but no rule of link type "
	                    "JoinNoFlow reads it)");
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_several),
		cmocka_unit_test(test_operators),
		cmocka_unit_test(test_object), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_exceptions),
		cmocka_unit_test(test_no_flow),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
