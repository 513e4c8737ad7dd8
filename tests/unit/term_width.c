/* How wide the terminal is that standard output is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/term_width.h"

static size_t
width_of(const char *columns)
{
	FILE *file = tmpfile();
	int out = dup(STDOUT_FILENO);
	size_t width;

	assert_non_null(file);
	fflush(stdout);
	dup2(fileno(file), STDOUT_FILENO);
	if (columns)
		setenv("COLUMNS", columns, 1);
	else
		unsetenv("COLUMNS");
	width = term_width();
	dup2(out, STDOUT_FILENO);
	close(out);
	fclose(file);
	return width;
}

static void
columns_are_a_number(void **state)
{
	static const struct {
		const char *columns;
		size_t width;
	} vectors[] = {
		{ NULL, 80 }, { "", 80 }, { "120", 120 }, { "1", 20 },
		{ "5000", 1000 }, { "99999999999999999999999", 1000 },
		{ "0", 80 }, { "-30", 80 }, { "+30", 80 }, { " 30", 80 },
		{ "30abc", 80 }, { "30 ", 80 }, { "wide", 80 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++)
		assert_int_equal(width_of(vectors[i].columns),
		                 vectors[i].width);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_are_a_number),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("term width", tests, NULL, NULL);
}
