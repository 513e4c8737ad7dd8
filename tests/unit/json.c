/* The strict JSON reader: what it takes, what it refuses and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/json_mask.h"
#include "base/json_pick.h"
#include "base/record.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static void
test_accepted(void **state)
{
	/* What is read, and what is written of it. */
	static const char *const vectors[][2] = {
		{ "{}", "{}\n" },
		{ "{\"a\":\"b\"}", "{\"a\":\"b\"}\n" },
		{ " { \"a\" : null , \"b\" : [ ] } ",
		  "{\"a\":null,\"b\":[]}\n" },
		{ "{\"a\":[\"x\",\"y\"]}", "{\"a\":[\"x\",\"y\"]}\n" },
		{ "{\"a\":[\"x\"]}", "{\"a\":[\"x\"]}\n" },
		{ "{\"a\":[1, \"x\"]}", "{\"a\":[1,\"x\"]}\n" },
		{ "{\"a\":{ \"b\" : \"c d\\\" \" }}",
		  "{\"a\":{\"b\":\"c d\\\" \"}}\n" },
		{ "{\"a\":-1.5e+10,\"b\":true,\"c\":0}",
		  "{\"a\":-1.5e+10,\"b\":true,\"c\":0}\n" },
		{ "{\"a\":1,\"a\":\"x\"}", "{\"a\":\"x\"}\n" },
		{ "{\"A\":1,\"a\":[\"x\"]}", "{\"A\":[\"x\"]}\n" },
		{ "{\"a\":\"\\u00eb\\ud83d\\ude00\\/\\u0000\"}",
		  "{\"a\":\"\xc3\xab\xf0\x9f\x98\x80/\\u0000\"}\n" },
		{ "{\"a\":9007199254740993}", "{\"a\":9007199254740993}\n" },
	};
	struct record *r = record_new();
	struct json_error e;
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		const char *text = vectors[i][0];

		buf_clear(&out);
		assert_int_equal(json_read_record(text, strlen(text), r, &e),
		                 0);
		json_put_record(&out, r);
		assert_string_equal(out.data, vectors[i][1]);
	}
	buf_release(&out);
	record_free(r);
}

static void
test_refused(void **state)
{
	static const struct {
		const char *text;
		size_t offset;
	} vectors[] = {
		{ "", 0 }, { "[]", 0 }, { "{", 1 }, { "{\"a\"}", 4 },
		{ "{\"a\":}", 5 }, { "{\"a\":1,}", 7 }, { "{\"a\":01}", 6 },
		{ "{\"a\":1.}", 7 }, { "{\"a\":+1}", 5 }, { "{\"a\":.5}", 5 },
		{ "{\"a\":1e}", 7 }, { "{\"a\":tru}", 5 },
		{ "{\"a\":\"\t\"}", 6 }, { "{\"a\":\"\\x\"}", 7 },
		{ "{\"a\":\"\\u12g4\"}", 10 }, { "{\"a\":\"\\ud800\"}", 12 },
		{ "{\"a\":\"\\udc00\"}", 12 }, { "{\"a\":\"\xff\"}", 6 },
		{ "{} {}", 3 }, { "{\"a\":[1,]}", 8 }, { "{'a':1}", 1 },
		{ "{\"a\":\"b", 7 }, { "{\"a\":NaN}", 5 },
	};
	struct record *r = record_new();
	struct json_error e;

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		const char *text = vectors[i].text;

		if (json_read_record(text, strlen(text), r, &e) == 0)
			fail_msg("taken: %s", text);
		if (e.offset != vectors[i].offset)
			fail_msg("%s: want %zu, have %zu", text,
			         vectors[i].offset, e.offset);
		assert_non_null(e.want);
	}
	record_free(r);
}

static void
test_depth(void **state)
{
	struct buf text = { 0 };
	struct json_error e;

	(void)state;
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_addc(&text, '[');
	for (int i = 0; i < JSON_DEPTH; i++)
		buf_addc(&text, ']');
	assert_int_equal(json_check(text.data, text.len, &e), 0);
	buf_clear(&text);
	for (int i = 0; i <= JSON_DEPTH; i++)
		buf_addc(&text, '[');
	assert_int_equal(json_check(text.data, text.len, &e), -1);
	assert_int_equal(e.offset, JSON_DEPTH);
	buf_release(&text);
}

/* Every byte at every place of a group, and noise: all ways agree. */
static void
test_masks(void **state)
{
	enum { GROUPS = 9, LEN = GROUPS * JSON_GROUP };
	uint64_t want[2][GROUPS], have[2][GROUPS];
	unsigned seed = 1;
	char text[LEN];

	(void)state;
	for (int round = 0; round < 1000; round++) {
		for (size_t i = 0; i < LEN; i++) {
			seed = seed * 1103515245 + 12345;
			text[i] = round < 256 ? 'a' : (char)(seed >> 16);
		}
		if (round < 256)
			text[round % LEN] = text[LEN - 1 - round] =
				(char)round;
		for (size_t g = 0; g < GROUPS; g++) {
			want[0][g] = want[1][g] = 0;
			for (size_t i = 0; i < JSON_GROUP; i++) {
				unsigned char c = (unsigned char)
					text[g * JSON_GROUP + i];

				want[0][g] |= (uint64_t)(c == '"' || c == '\\'
				                         || c < 0x20) << i;
				want[1][g] |= (uint64_t)(c >> 7) << i;
			}
		}
		for (int way = 0; way < JSON_WAYS; way++) {
			if (!json_way_works((enum json_way)way))
				continue;
			json_mask((enum json_way)way, text, GROUPS, have[0],
			          have[1]);
			assert_memory_equal(have, want, sizeof(want));
		}
	}
}

/* What was read once is read again from its first bytes alone. */
static void
test_again(void **state)
{
	static const char *const names[] = { "b", "e" };
	char block[512] = "{\"a\":1,\"b\":\"x\\u00e9\",\"c\":[],\"e\":"
	                  "[\"p\",\"q\"],\"z\":\"tail\"}\n";
	struct picker *p = picker_new(names, 2, json_best_way());
	size_t len = strlen(block), wanted;
	const struct picked *line;
	struct json_error e;
	const char *texts[2];

	(void)state;
	picker_load(p, block, len);
	assert_int_equal(picker_line(p, 0, &line, &e), 0);
	assert_int_equal(line->next, len);
	wanted = line->wanted;
	assert_true(wanted < len - 10);
	block[wanted + 1] = '?';
	picker_load(p, block, wanted + 1);
	assert_int_equal(picker_again(p, 0, wanted, &line, &e), 0);
	assert_int_equal(line->present[0], 3);
	assert_string_equal(pick_text(&line->at[0]), "x\xc3\xa9");
	assert_int_equal(pick_texts(&line->at[1], texts), 2);
	assert_string_equal(texts[1], "q");
	picker_free(p);
}

/* A value is whole, or an error: of one that is cut nothing is said. */
static void
test_long(void **state)
{
	static const struct {
		const char *begin, *end;
		size_t each;             /* of two strings */
		int rc;
	} vectors[] = {
		{ "{\"a\":[1,", "]}", JSON_VALUE_MAX / 2 - 20, 0 },
		{ "{\"a\":[1,", "]}", JSON_VALUE_MAX / 2 + 1, -1 },
		{ "{\"a\":{\"b\":[", "]}}", JSON_VALUE_MAX / 2 + 1, -1 },
	};
	struct record *r = record_new();

	(void)state;
	for (size_t i = 0; i < COUNT(vectors); i++) {
		struct buf text = { 0 };
		struct json_error e = { .want = NULL };

		buf_adds(&text, vectors[i].begin);
		for (int n = 0; n < 2; n++) {
			buf_adds(&text, n ? ",\"" : "\"");
			for (size_t k = 0; k < vectors[i].each; k++)
				buf_addc(&text, 'x');
			buf_addc(&text, '"');
		}
		buf_adds(&text, vectors[i].end);
		assert_int_equal(json_read_record(text.data, text.len, r, &e),
		                 vectors[i].rc);
		if (vectors[i].rc) {
			assert_string_equal(e.want, "a shorter value");
			assert_int_equal(e.offset, strlen("{\"a\":"));
		}
		buf_release(&text);
	}
	record_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused),
		cmocka_unit_test(test_depth), cmocka_unit_test(test_masks),
		cmocka_unit_test(test_again), cmocka_unit_test(test_long),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
