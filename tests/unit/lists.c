/* What holds many things: arrays that grow, and the index into them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/hash_index.h"
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

static void
test_room_by_half(void **state)
{
	static const struct { size_t room, want, have; } rows[] = {
		{ 0, 1, 65 }, { 64, 65, 161 }, { 1000, 1001, 1565 },
		{ 0, 5000, 5064 }, { 0, SIZE_MAX - 64, SIZE_MAX },
	};
	size_t *items = NULL, count = 0, room = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(list_room_by_half(rows[i].room, rows[i].want),
		                 rows[i].have);
	for (; count < 1000; count++) {
		LIST_RESERVE_BY_HALF(items, room, count + 1);
		assert_true(room > count);
		items[count] = count;
	}
	for (size_t i = 0; i < count; i++)
		assert_int_equal(items[i], i);
	free(items);
}

/* Numbers 0 to N - 1, of which EACH share a fingerprint, in their order. */
static void
check_index(size_t n, size_t each)
{
	struct hash_index x = { 0 };

	for (size_t i = 0; i < n; i++)
		hash_index_add(&x, i / each * 64 - 1, i);
	for (size_t i = 0; i < n; i += each) {
		size_t at = HASH_INDEX_FIRST;

		for (size_t k = i; k < i + each && k < n; k++)
			assert_int_equal(hash_index_next(&x, i / each * 64 - 1,
			                                 &at), k);
		assert_int_equal(hash_index_next(&x, i / each * 64 - 1, &at),
		                 -1);
	}
	hash_index_release(&x);
	assert_int_equal(x.count, 0);
}

static void
test_index(void **state)
{
	struct hash_index x = { 0 };
	size_t at = HASH_INDEX_FIRST;

	(void)state;
	assert_int_equal(hash_index_next(&x, 1, &at), -1);
	check_index(1, 1);
	check_index(3000, 1);
	check_index(3000, 7);
	check_index(200, 200);
	/* A million of one, which would take minutes if each met all others. */
	check_index(1000000, 1000000);
	check_index(1000000, 500000);
}

static void
test_hash(void **state)
{
	static const char *const same[][2] = {
		{ "", "" }, { "CN=Anke", "cn=aNKE" }, { "M\xc3\x9cLLER",
		  "m\xc3\xbcller" }, { "@[`{Zz", "@[`{zZ" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_int_equal(hash_folded(same[i][0]),
		                 hash_folded(same[i][1]));
	assert_int_equal(hash_text("abc"), hash_bytes("abcd", 3));
	assert_int_equal(hash_text("abc"), hash_folded("ABC"));
	assert_int_not_equal(hash_text("abc"), hash_text("abd"));
	assert_int_not_equal(hash_folded("[bc"), hash_folded("{bc"));
	assert_int_not_equal(hash_folded("abcdefghx"),
	                     hash_folded("abcdefghy"));
}

/* Of any length, also where what is read at once overlaps. */
static void
test_hash_behind(void **state)
{
	static const char text[] = "AbCdEfGhIjKlMnOpQrStUvWxYz0123@X\xc3\x9c";
	char tail[sizeof(text)], whole[sizeof(text) + 8];

	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		snprintf(tail, sizeof(tail), "%.*s", (int)len, text);
		snprintf(whole, sizeof(whole), "smtp:%s", tail);
		assert_int_equal(hash_folded_behind("smtp:", tail),
		                 hash_folded(whole));
		assert_int_equal(hash_folded_behind("", tail),
		                 hash_folded(tail));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_list), cmocka_unit_test(test_room),
		cmocka_unit_test(test_room_by_half),
		cmocka_unit_test(test_index), cmocka_unit_test(test_hash),
		cmocka_unit_test(test_hash_behind),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
