/* Commands that are told: a shell reads the same word, and nothing acts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/shell.h"

static void
quotes(void **state)
{
	static const char *const vectors[][2] = {
		{ "", "''" },
		{ "found/2026-01_a.b", "found/2026-01_a.b" },
		{ "a b", "'a b'" },
		{ "it's", "'it'\\''s'" },
		{ "$HOME;`x`\"&|<>(){}*?[]!#~\\",
		  "'$HOME;`x`\"&|<>(){}*?[]!#~\\'" },
		{ "J\xc3\xbcrgen", "'J\xc3\xbcrgen'" },
		{ "-hy@corp.example", "-hy@corp.example" },
		{ "-a b", "'-a b'" },
		{ "-", "'-'" },
		{ "a\nb", "'a\nb'" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct buf out = { 0 };

		shell_quote(&out, vectors[i][0]);
		assert_string_equal(buf_text(&out), vectors[i][1]);
		buf_release(&out);
	}
}

static void
tells(void **state)
{
	/* A word, what is told of it as a path, and as a name. */
	static const char *const vectors[][3] = {
		{ "found", "found", "found" },
		{ "it's", "'it'\\''s'", "'it'\\''s'" },
		{ "-o", "./-o", "-- -o" },
		{ "-hy@corp.example", "./-hy@corp.example",
		  "-- -hy@corp.example" },
		{ "-a b", "./'-a b'", "-- '-a b'" },
		{ "a\x1b[31mb", "WORD", "WORD" },
		{ "a\nb", "WORD", "WORD" },
		{ "a\xe2\x80\x8b" "b", "WORD", "WORD" },
		{ "a\xe2\x80\xae" "b", "WORD", "WORD" },
		{ "a\xff", "WORD", "WORD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct buf path = { 0 }, name = { 0 };

		shell_put_path(&path, vectors[i][0], "WORD");
		shell_put_name(&name, vectors[i][0], "WORD");
		assert_string_equal(buf_text(&path), vectors[i][1]);
		assert_string_equal(buf_text(&name), vectors[i][2]);
		buf_release(&path);
		buf_release(&name);
	}
}

/* What a terminal gets is never another, shorter path. */
static void
cuts_nothing(void **state)
{
	char *quotes_only = xmalloc(1001), *long_one = xmalloc(3001);
	struct buf out = { 0 };

	(void)state;
	memset(quotes_only, '\'', 1000);
	quotes_only[1000] = '\0';
	shell_put_path(&out, quotes_only, "WORD");
	assert_int_equal(out.len, 4002);
	buf_clear(&out);
	memset(long_one, 'a', 3000);
	long_one[3000] = '\0';
	shell_put_path(&out, long_one, "WORD");
	assert_string_equal(buf_text(&out), "WORD");
	buf_release(&out);
	free(quotes_only);
	free(long_one);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quotes), cmocka_unit_test(tells),
		cmocka_unit_test(cuts_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("shell", tests, NULL, NULL);
}
