/* Of two runs, whether they judged one AD and one tenant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analyze/findings/organization_match.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* Names and SIDs of the domains; ids and initial domains. */
static const struct {
	struct judged_domain then[2], now[2];
	struct judged_tenant was, is;
	enum mismatch want;
} rows[] = {
	{ { { .name = "a.x" } }, { { .name = "A.X" } }, { 0 }, { 0 },
	  MISMATCH_NONE },
	{ { { .name = "a.x" } }, { { .name = "b.x" } }, { 0 }, { 0 },
	  MISMATCH_AD },
	/* One of several is enough, and so is a name that nobody knows. */
	{ { { .name = "a.x" }, { .name = "b.x" } }, { { .name = "b.x" } },
	  { 0 }, { 0 }, MISMATCH_NONE },
	{ { { .name = NULL } }, { { .name = "b.x" } }, { 0 }, { 0 },
	  MISMATCH_NONE },
	/* A domain that was renamed, and another of the same name. */
	{ { { .name = "a.x", .sid = "S-1-5-21-1-2-3" } },
	  { { .name = "b.x", .sid = "s-1-5-21-1-2-3" } }, { 0 }, { 0 },
	  MISMATCH_NONE },
	{ { { .name = "a.x", .sid = "S-1-5-21-1-2-3" } },
	  { { .name = "a.x", .sid = "S-1-5-21-1-2-4" } }, { 0 }, { 0 },
	  MISMATCH_SID },
	{ { { .name = "a.x", .sid = "S-1-5-21-1-2-3" } },
	  { { .name = "a.x" } }, { 0 }, { 0 }, MISMATCH_NONE },
	/* Tenants, by id, else by the initial domain. */
	{ { { 0 } }, { { 0 } }, { .id = "1-A" }, { .id = "1-a" },
	  MISMATCH_NONE },
	{ { { 0 } }, { { 0 } }, { .id = "1" }, { .id = "2" },
	  MISMATCH_TENANT },
	{ { { 0 } }, { { 0 } }, { .initial_domain = "a.onmicrosoft.com" },
	  { .id = "2", .initial_domain = "b.onmicrosoft.com" },
	  MISMATCH_TENANT },
	{ { { 0 } }, { { 0 } }, { .id = "1" },
	  { .initial_domain = "b.onmicrosoft.com" }, MISMATCH_NONE },
};

static void
test_match(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct judged_forest then = { .domains = rows[i].then,
		                              .domain_count = 2 };
		struct judged_forest now = { .domains = rows[i].now,
		                             .domain_count = 2 };
		struct findings a = { .forests = &then, .forest_count = 1,
		                      .tenant = &rows[i].was };
		struct findings b = { .forests = &now, .forest_count = 1,
		                      .tenant = &rows[i].is };

		assert_int_equal(organization_match(&a, &b).is, rows[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_match) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
