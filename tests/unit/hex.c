/* Hexadecimal digits, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/hex.h"

static void
digits(void **state)
{
	(void)state;
	assert_int_equal(hex_digit('0'), 0);
	assert_int_equal(hex_digit('9'), 9);
	assert_int_equal(hex_digit('a'), 10);
	assert_int_equal(hex_digit('F'), 15);
	assert_int_equal(hex_digit('g'), -1);
	assert_int_equal(hex_digit('/'), -1);
	assert_int_equal(hex_digit('\0'), -1);
	assert_int_equal(hex_digit((char)0xc3), -1);
}

/* What cannot be read leaves nothing behind. */
static void
octets(void **state)
{
	struct buf out = { 0 };

	(void)state;
	buf_adds(&out, "a");
	assert_int_equal(hex_decode(&out, "62C3a4", 6), 0);
	assert_string_equal(buf_text(&out), "ab\xc3\xa4");
	assert_int_equal(hex_decode(&out, "6", 1), -1);
	assert_int_equal(hex_decode(&out, "63zz", 4), -1);
	assert_string_equal(buf_text(&out), "ab\xc3\xa4");
	assert_int_equal(hex_decode(&out, "", 0), 0);
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits),
		cmocka_unit_test(octets),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("hex", tests, NULL, NULL);
}
