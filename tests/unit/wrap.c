/* Lines on the terminal: where they end, and what is never cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/wrap.h"

/* What is printed while standard output is a file. */
static const char *
printed(const char *columns, const char *head, size_t in, const char *text)
{
	static char got[4096];
	FILE *file = tmpfile();
	int out = dup(STDOUT_FILENO);
	size_t n;

	assert_non_null(file);
	fflush(stdout);
	dup2(fileno(file), STDOUT_FILENO);
	if (columns)
		setenv("COLUMNS", columns, 1);
	else
		unsetenv("COLUMNS");
	wrap_hang(head, in, text);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	close(out);
	rewind(file);
	n = fread(got, 1, sizeof(got) - 1, file);
	got[n] = '\0';
	fclose(file);
	return got;
}

static void
lines_end_at_spaces(void **state)
{
	(void)state;
	assert_string_equal(printed("20", "  ", 4, "one two three four five"),
	                    "  one two three four\n    five\n");
	assert_string_equal(printed("20", "head: ", 6, "one two three four"),
	                    "head: one two three\n      four\n");
}

static void
long_words_are_never_cut(void **state)
{
	(void)state;
	assert_string_equal(printed("20", "  ", 2, "to "
	                            "ann.of.a.long.name@contoso.com now"),
	                    "  to\n  ann.of.a.long.name@contoso.com\n  now\n");
}

static void
several_spaces_are_a_value(void **state)
{
	(void)state;
	assert_string_equal(printed("20", "", 0, "called Ann  Lee  Marie now"),
	                    "called\nAnn  Lee  Marie now\n");
	assert_string_equal(printed("20", "", 0, " ends "), " ends \n");
}

/* Three of two columns each are as wide as six letters. */
static void
columns_count(void **state)
{
	(void)state;
	assert_string_equal(printed("20", "", 0, "\xe6\x9d\xb1\xe4\xba\xac\xe9"
	                            "\x83\xbd aaaaaaaaaaaaa b"),
	                    "\xe6\x9d\xb1\xe4\xba\xac\xe9\x83\xbd "
	                    "aaaaaaaaaaaaa\nb\n");
	/* A combining diaeresis has no column. */
	assert_string_equal(printed("20", "", 0, "u\xcc\x88u\xcc\x88u\xcc\x88 "
	                            "aaaaaaaaaaaaaa bb"),
	                    "u\xcc\x88u\xcc\x88u\xcc\x88 aaaaaaaaaaaaaa\nbb\n");
}

static void
what_no_one_sees_is_named(void **state)
{
	(void)state;
	assert_string_equal(printed("80", "", 0, "a\xc2\xa0" "b\xe2\x80\x8b"),
	                    "a<U+00A0>b<U+200B>\n");
}

/* What is made safe is longer, and nothing of it is left out. */
static void
long_texts_are_whole(void **state)
{
	char text[901], want[3603] = "";

	(void)state;
	memset(text, 1, 900);
	text[900] = '\0';
	for (size_t i = 0; i < 900; i++)
		strcat(want, "\\x01");
	strcat(want, "\n");
	assert_string_equal(printed("80", "", 0, text), want);
}

/* The first line has as many letters of one column as fit beside spaces. */
static size_t
width(const char *columns)
{
	char text[2001];

	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 2 ? ' ' : 'a';
	text[sizeof(text) - 1] = '\0';
	return strcspn(printed(columns, "", 0, text), "\n") + 1;
}

static void
width_of_no_terminal(void **state)
{
	(void)state;
	assert_int_equal(width(NULL), 80);
	assert_int_equal(width("132"), 132);
	assert_int_equal(width("3"), 20);
	assert_int_equal(width("wide"), 80);
	assert_int_equal(width("-5"), 80);
	assert_int_equal(width(""), 80);
}

/* What a word that is longer than a line takes counts, too. */
static void
what_is_cut_is_cut(void **state)
{
	char text[400];
	struct buf out = { 0 };

	(void)state;
	setenv("COLUMNS", "80", 1);
	memset(text, 'a', 200);
	strcpy(text + 200, " b c d e");
	for (size_t i = 208; i < sizeof(text) - 1; i++)
		text[i] = i % 2 ? ' ' : 'f';
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(wrap_put(&out, 0, text, 2), 3);
	assert_string_equal(out.data + 200, " ...\n");
	buf_clear(&out);
	assert_int_equal(wrap_put(&out, 2, "one two", 2), 1);
	assert_string_equal(out.data, "one two\n");
	buf_clear(&out);
	assert_true(wrap_put(&out, 0, text, WRAP_ALL) > 3);
	assert_null(strstr(out.data, "..."));
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_at_spaces),
		cmocka_unit_test(what_is_cut_is_cut),
		cmocka_unit_test(long_words_are_never_cut),
		cmocka_unit_test(several_spaces_are_a_value),
		cmocka_unit_test(columns_count),
		cmocka_unit_test(what_no_one_sees_is_named),
		cmocka_unit_test(long_texts_are_whole),
		cmocka_unit_test(width_of_no_terminal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
