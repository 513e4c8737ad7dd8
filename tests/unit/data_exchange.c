/*
 * Builds of Exchange: as AD writes them, and what the data files say of them.
 * To be run from the top of the tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/data/data.h"
#include "analyze/model/model.h"
#include "base/err.h"

/* What AD writes, and what is no such. */
static void
test_builds(void **state)
{
	static const char *const none[] = {
		"", "15.2.1748.10", "Version 15.2", "Version 15.2 (Build 1)",
		"Version 15.2 (Build 31748.10",
		"Version 15.2 (Build 31748.10) ",
		"Version 15.2 (Build x.10)", "Version 15.2 (Build 99999.10)",
	};
	struct build b;

	(void)state;
	assert_int_equal(exchange_build_parse(
		&b, "Version 15.2 (Build 31748.10)"), 0);
	assert_int_equal(b.parts[0], 15);
	assert_int_equal(b.parts[1], 2);
	assert_int_equal(b.parts[2], 1748);
	assert_int_equal(b.parts[3], 10);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(exchange_build_parse(&b, none[i]), -1);
}

static const char *
update_of(const struct data *d, const char *build)
{
	struct build b;

	assert_int_equal(build_parse(&b, build), 0);
	return data_exchange_update(d, &b);
}

/* By the data that come with the program. */
static void
test_updates(void **state)
{
	static const struct {
		const char *build, *update;      /* NULL: none */
	} all[] = {
		{ "15.2.1748.10", "CU15" }, { "15.2.1748.39", "CU15" },
		{ "15.2.2562.17", "RTM" }, { "15.1.2507.6", "CU23" },
		{ "15.0.847.32", "SP1" }, { "15.1.225.42", "RTM" },
		{ "14.3.123.4", "SP3" },
		/* A rollup of 2010, what is between two, and what is new. */
		{ "14.3.513.0", NULL }, { "15.2.1747.1", NULL },
		{ "15.2.2563.1", NULL }, { "15.3.1.0", NULL },
		{ "15.1.1748.10", NULL }, { "8.3.83.6", NULL },
	};
	struct err err = { 0 };
	struct data *d = data_open(&(struct data_places){ "data", NULL }, &err);

	(void)state;
	assert_non_null(d);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		const char *have = update_of(d, all[i].build);

		if (!have != !all[i].update ||
		    (have && strcmp(have, all[i].update) != 0))
			fail_msg("%s: %s", all[i].build, have ? have : "-");
	}
	data_free(d);
	assert_null(update_of(NULL, "15.2.1748.10"));
}

static void
test_schema(void **state)
{
	struct err err = { 0 };
	struct data *d = data_open(&(struct data_places){ "data", NULL }, &err);

	(void)state;
	assert_non_null(d);
	assert_string_equal(data_exchange_release(d, 17003),
	                    "2019 CU10 or later, SE RTM");
	assert_string_equal(data_exchange_release(d, 15334),
	                    "2016 CU21 to CU23");
	assert_string_equal(data_exchange_release(d, 15332),
	                    "2016 CU7 to CU18, 2019 Preview");
	assert_string_equal(data_exchange_release(d, 14734), "2010 SP3");
	assert_null(data_exchange_release(d, 17004));
	assert_null(data_exchange_release(d, 15341));
	assert_null(data_exchange_release(d, 0));
	/* No number of the file, though its lower half is. */
	assert_null(data_exchange_release(d, (UINT64_C(1) << 32) + 17003));
	data_free(d);
	assert_null(data_exchange_release(NULL, 17003));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_builds), cmocka_unit_test(test_updates),
		cmocka_unit_test(test_schema),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
