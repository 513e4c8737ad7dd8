/* The words of the findings format: each is read as what it was written for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/findings/findings.h"
#include "base/mem.h"

static void
test_origins(void **state)
{
	(void)state;
	for (int o = 0; o < ORIGIN_OTHER; o++)
		assert_int_equal(origin_parse(origin_name((enum origin_kind)o)),
		                 o);
	assert_null(origin_name(ORIGIN_OTHER));
	assert_int_equal(origin_parse("MOERA: there is no UPN"), ORIGIN_OTHER);
	assert_int_equal(origin_parse("moera"), ORIGIN_OTHER);
	assert_int_equal(origin_parse(""), ORIGIN_OTHER);
	assert_int_equal(origin_parse(NULL), ORIGIN_OTHER);
}

static void
test_parse(void **state)
{
	enum severity severity = SEVERITY_COUNT;
	enum status status = STATUS_COUNT;

	(void)state;
	for (int s = 0; s < SEVERITY_COUNT; s++) {
		assert_int_equal(severity_parse(&severity, severity_name(
		                 (enum severity)s)), 0);
		assert_int_equal(severity, s);
	}
	for (int s = 0; s < STATUS_COUNT; s++) {
		assert_int_equal(status_parse(&status, status_name(
		                 (enum status)s)), 0);
		assert_int_equal(status, s);
	}
	assert_int_equal(severity_parse(&severity, "High"), -1);
	assert_int_equal(status_parse(&status, NULL), -1);
}

/* Every column holds its own text, and copies keep it. */
static void
test_columns(void **state)
{
	char head[] = "head", text[] = "text";
	struct finding f = { .rule = head, .dn = text, .fingerprint = text };
	struct arena a = { 0 };
	struct finding copy = finding_copy(&f, &a);
	size_t texts = 0;

	(void)state;
	head[0] = text[0] = '-';
	for (size_t i = 0; i < FINDING_COLUMNS; i++) {
		const char *key = finding_key(i), *value;

		value = finding_value(&copy, i);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(key, finding_key(k));
		if (value && strcmp(value, "text") == 0)
			texts++;
		if (strcmp(key, "dn") == 0 || strcmp(key, "fingerprint") == 0)
			assert_string_equal(value, "text");
	}
	assert_int_equal(texts, 2);
	assert_string_equal(finding_value(&copy, 0), "head");
	assert_string_equal(finding_value(&copy, 1), "critical");
	assert_string_equal(finding_value(&copy, 2), "open");
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_origins), cmocka_unit_test(test_parse),
		cmocka_unit_test(test_columns),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
