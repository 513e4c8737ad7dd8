/* What holds many things: arrays that grow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/list.h"

static void
test_list(void **state)
{
	struct item { unsigned char bytes[3]; } *items = NULL;
	size_t count = 0, room = 0;

	(void)state;
	for (; count < 1000; count++) {
		LIST_RESERVE(items, room, count + 1);
		assert_true(room > count && room <= 2 * count + 16);
		items[count] = (struct item){ { (unsigned char)count, 7, 9 } };
	}
	for (size_t i = 0; i < count; i++)
		assert_int_equal(items[i].bytes[0], i & 255);
	/* What is there already stays where it is. */
	LIST_RESERVE(items, room, room);
	assert_int_equal(room, 1024);
	free(items);
}

static void
test_room(void **state)
{
	static const struct { size_t room, want, have; } rows[] = {
		{ 0, 0, 16 }, { 0, 1, 16 }, { 0, 17, 32 }, { 16, 17, 32 },
		{ 64, 3, 64 }, { 3, 7, 12 },
		{ SIZE_MAX / 2, SIZE_MAX - 1, SIZE_MAX - 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(list_room(rows[i].room, rows[i].want),
		                 rows[i].have);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list), cmocka_unit_test(test_room),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
