/* Dates of CSV files: every line of tests/csv-dates.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "collect/import/csv_date.h"

static const char *const orders[] = {
	[ORDER_UNKNOWN] = "", [ORDER_DAY_FIRST] = "dmy",
	[ORDER_MONTH_FIRST] = "mdy",
};

static void
put_time(struct buf *out, when_t when)
{
	char text[WHEN_TEXT];

	when_format(when, text);
	buf_adds(out, text);
}

static void
describe(struct buf *out, const struct date *d)
{
	buf_clear(out);
	switch (d->form) {
	case DATE_NONE:
		buf_adds(out, "none");
		break;
	case DATE_WRONG:
		buf_adds(out, "wrong");
		break;
	case DATE_ODD:
		buf_adds(out, "odd");
		break;
	case DATE_ONE:
		put_time(out, d->day_first);
		if (d->shows)
			buf_addf(out, " %s", orders[d->shows]);
		break;
	case DATE_EITHER:
		put_time(out, d->day_first);
		buf_adds(out, " or ");
		put_time(out, d->month_first);
		if (d->suggests)
			buf_addf(out, " -%s", orders[d->suggests]);
	}
}

static void
test_vectors(void **state)
{
	FILE *f = fopen("tests/csv-dates.txt", "r");
	struct buf have = { 0 };
	char line[256];
	size_t count = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		char *want = strchr(line, '\t');
		struct date d;

		if (line[0] == '#' || !want)
			continue;
		*want++ = '\0';
		want[strcspn(want, "\n")] = '\0';
		date_read(&d, line);
		describe(&have, &d);
		if (strcmp(buf_text(&have), want) != 0)
			fail_msg("%s: want \"%s\", have \"%s\"", line, want,
			         have.data);
		count++;
	}
	assert_true(count > 50);
	fclose(f);
	buf_release(&have);
}

/* What a column shows decides for its other dates, and never half of them. */
static void
test_order(void **state)
{
	struct date day, month, either, dashes;
	enum date_order order = ORDER_UNKNOWN;
	when_t when;

	(void)state;
	date_read(&day, "31/1/2024");
	date_read(&month, "1/31/2024");
	date_read(&either, "3/4/2024");
	date_read(&dashes, "3-4-2024");
	assert_int_equal(date_when(&either, order, &when), -1);
	assert_int_equal(date_when(&dashes, order, &when), 0);
	assert_true(when == dashes.day_first);
	order = date_order_learn(order, &either);
	assert_int_equal(order, ORDER_UNKNOWN);
	order = date_order_learn(order, &month);
	assert_int_equal(order, ORDER_MONTH_FIRST);
	assert_int_equal(date_when(&either, order, &when), 0);
	assert_true(when == either.month_first);
	order = date_order_learn(order, &day);
	assert_int_equal(order, ORDER_MIXED);
	assert_int_equal(date_order_learn(order, &day), ORDER_MIXED);
	assert_int_equal(date_when(&either, order, &when), -1);
	assert_int_equal(date_when(&day, order, &when), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_order),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("csv_date", tests, NULL, NULL);
}
