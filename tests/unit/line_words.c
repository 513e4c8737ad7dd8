/* Words of a line: the same by a record of it and by what is picked of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/findings/line.h"
#include "analyze/findings/line_words.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/json_pick.h"
#include "base/record.h"

static const char *const lines[] = {
	"{}",
	"{\"dn\":\"CN=a\",\"rule\":\"x\",\"inScope\":true,\"guid\":null}",
	"{\"inScope\":\"true\",\"dn\":12,\"guid\":{\"a\":1},\"class\":false}",
	"{\"dn\":[\"CN=a\",\"CN=b\"],\"guid\":[],\"class\":[1,\"b\"]}",
	/* The last of two counts, and names have no case. */
	"{\"dn\":\"CN=a\",\"kind\":\"k\",\"dn\":\"CN=b\",\"DN\":\"CN=c\"}",
	"{\"\\u0064n\":\"CN=a\",\"guid\":\"\\ud83d\\ude00\\n\\\"\"}",
	"{ \"dn\" : \"CN=a\" , \"proposed\" : {\"new\":\"a b\"} }",
	"{\"other\":\"x\",\"proposed\":{\"attribute\":\"mail\",\"old\":null,"
		"\"new\":\"a\\\\b\"},\"related\":[{\"dn\":\"CN=b\"}]}",
	"{\"accountEnabled\":null,\"readiness\":\"\",\"event\":\"x\"}",
	"{\"message\":\"k\xc3\xb6ln\",\"fix\":\"\xe2\x80\x8b\",\"domain\":0}",
};

/* What is told of a line: each word, or that there is none. */
static void
tell(struct buf *out, const struct word_names *names,
     const struct line_words *w)
{
	for (size_t i = 0; i < names->count; i++)
		buf_addf(out, "%s %s %s\n", names->names[i],
		         words_have(w, i) ? "has" : "lacks",
		         w->text[i] ? w->text[i] : "NULL");
}

static void
tell_recorded(struct buf *out, const struct word_names *names,
              const char *line)
{
	struct record *r = record_new();
	struct line_words w;
	struct json_error e;

	assert_int_equal(json_read_record(line, strlen(line), r, &e), 0);
	words_of_record(names, r, &w);
	tell(out, names, &w);
	record_free(r);
}

static void
tell_picked(struct buf *out, const struct word_names *names, const char *line)
{
	struct picker *p = picker_new(names->names, names->count,
	                              json_best_way());
	struct buf copy = { 0 };
	const struct picked *picked;
	struct line_words w;
	struct json_error e;

	buf_adds(&copy, line);
	buf_extend(&copy, PICK_PAD);
	picker_load(p, copy.data, strlen(line));
	assert_int_equal(picker_line(p, 0, &picked, &e), 0);
	words_of_picked(names, picked, &w);
	tell(out, names, &w);
	buf_release(&copy);
	picker_free(p);
}

static void
both_ways_agree(void **state)
{
	const struct word_names *all[] = { &forecast_names, &finding_names };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		for (size_t n = 0; n < 2; n++) {
			struct buf recorded = { 0 }, picked = { 0 };

			tell_recorded(&recorded, all[n], lines[i]);
			tell_picked(&picked, all[n], lines[i]);
			assert_string_equal(recorded.data, picked.data);
			buf_release(&recorded);
			buf_release(&picked);
		}
}

/* A record that is read again knows its names, whatever came before. */
static void
records_forget(void **state)
{
	static const struct {
		const char *line;
		size_t count;
		const char *b;
	} turns[] = {
		{ "{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}", 3, "2" },
		{ "{\"a\":\"1\"}", 1, NULL },
		{ "{\"a\":\"1\",\"b\":\"4\"}", 2, "4" },
		{ "{\"a\":\"1\",\"c\":\"3\",\"b\":\"5\"}", 3, "5" },
		{ "{\"A\":\"1\",\"a\":\"2\",\"B\":\"6\"}", 2, "6" },
		{ "{\"b\":\"7\",\"a\":\"2\",\"b\":\"8\"}", 2, "8" },
		{ "{\"a\":\"1\",\"a\":\"2\",\"b\":\"9\"}", 2, "9" },
		{ "{\"longer.name\":\"1\",\"b\":\"0\"}", 2, "0" },
		{ "{}", 0, NULL },
	};
	struct record *r = record_new();
	struct json_error e;

	(void)state;
	for (size_t i = 0; i < sizeof(turns) / sizeof(turns[0]); i++) {
		const char *line = turns[i].line, *b;

		assert_int_equal(json_read_record(line, strlen(line), r, &e),
		                 0);
		assert_int_equal(record_count(r), turns[i].count);
		b = record_text(r, "b");
		assert_int_equal(!b, !turns[i].b);
		if (b)
			assert_string_equal(b, turns[i].b);
	}
	record_free(r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_ways_agree),
		cmocka_unit_test(records_forget),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
