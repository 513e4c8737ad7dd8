/* Files and folders: ceilings, line ends, and that nothing is half there. */
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
#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"

static char place[] = "/tmp/syncscope-files-XXXXXX";

static int
set_up(void **state)
{
	(void)state;
	return !mkdtemp(place) || chdir(place);
}

static int
tear_down(void **state)
{
	(void)state;
	return chdir("/") || rmdir(place);
}

static void
put(const char *name, const char *text, size_t len)
{
	FILE *f = fopen(name, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void
test_lines(void **state)
{
	static const char text[] = "on\r\n\n\nfour\nfive";
	static const char *const want[] = { "on", "", "", "four", "five" };
	struct err err = { 0 };
	struct lines *l;
	const char *line;
	size_t len;

	(void)state;
	put("lines", text, sizeof(text) - 1);
	l = lines_open("lines", 10, &err);
	for (size_t i = 0; i < 5; i++) {
		assert_int_equal(lines_next(l, &line, &len, &err), 1);
		assert_string_equal(line, want[i]);
		assert_int_equal(len, strlen(want[i]));
		assert_int_equal(lines_number(l), i + 1);
	}
	assert_int_equal(lines_next(l, &line, &len, &err), 0);
	lines_close(l);
	l = lines_open("lines", 3, &err);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(lines_next(l, &line, &len, &err), 1);
	assert_int_equal(lines_next(l, &line, &len, &err), -1);
	assert_int_equal(err.code, EXIT_INPUT);
	assert_string_equal(err.text, "lines:4: line longer than 3 bytes");
	lines_close(l);
	unlink("lines");
}

/* Lines that begin in one block and end in another. */
static void
test_long_lines(void **state)
{
	enum { LINE = 100003, LINES = 20 };
	char *text = malloc((size_t)LINE * LINES);
	struct err err = { 0 };
	struct lines *l;
	const char *line;
	size_t len;

	(void)state;
	for (int i = 0; i < LINES; i++) {
		memset(text + i * LINE, 'a' + i, LINE - 1);
		text[i * LINE + LINE - 1] = '\n';
	}
	put("long", text, (size_t)LINE * LINES);
	l = lines_open("long", LINE, &err);
	for (int i = 0; i < LINES; i++) {
		assert_int_equal(lines_next(l, &line, &len, &err), 1);
		assert_int_equal(len, LINE - 1);
		assert_int_equal(strspn(line, (char[]){ (char)('a' + i), 0 }),
		                 LINE - 1);
	}
	assert_int_equal(lines_next(l, &line, &len, &err), 0);
	lines_close(l);
	free(text);
	unlink("long");
}

static void
test_outfile(void **state)
{
	struct err err = { 0 };
	struct outfile *f = outfile_open("out", OUTFILE_SAFE, &err);
	struct file_sums sums;
	struct buf text = { 0 };

	(void)state;
	outfile_adds(f, "ab");
	outfile_adds(f, "12");
	assert_int_equal(access("out", F_OK), -1);
	assert_int_equal(outfile_commit(f, &sums, &err), 0);
	assert_int_equal(file_read("out", &text, &err), 0);
	assert_string_equal(text.data, "ab12");
	f = outfile_open("out", OUTFILE_SAFE, &err);
	outfile_adds(f, "other");
	outfile_abort(f);
	buf_clear(&text);
	assert_int_equal(file_read("out", &text, &err), 0);
	assert_string_equal(text.data, "ab12");
	buf_release(&text);
	buf_init(&text, 3);
	assert_int_equal(file_read("out", &text, &err), -1);
	buf_release(&text);
	unlink("out");
	assert_null(outfile_open("nowhere/out", OUTFILE_SAFE, &err));
	assert_int_equal(err.code, EXIT_USAGE);
}

static void
put_mark(const struct folder *f)
{
	char *mark = path_join(folder_work(f), "mark");

	put(mark, "\"syncscope-x\"", 13);
	free(mark);
}

static void
test_folder(void **state)
{
	struct err err = { 0 };
	struct folder *f = folder_open("new/", FOLDER_NEW, "mark", &err);

	(void)state;
	put_mark(f);
	assert_int_equal(access("new", F_OK), -1);
	assert_int_equal(folder_commit(f, &err), 0);
	assert_int_equal(access("new/mark", F_OK), 0);
	assert_null(folder_open("new", FOLDER_NEW, "mark", &err));
	assert_int_equal(err.code, EXIT_USAGE);
	/* Replacing leaves the old one in place until the new one is whole. */
	f = folder_open("new", FOLDER_REPLACE, "mark", &err);
	assert_int_equal(access("new/mark", F_OK), 0);
	folder_abort(f);
	assert_int_equal(access("new/mark", F_OK), 0);
	f = folder_open("new", FOLDER_REPLACE, "mark", &err);
	put_mark(f);
	assert_int_equal(folder_commit(f, &err), 0);
	/* Somebody else's folder is never replaced, nor one with his files. */
	assert_null(folder_open("new", FOLDER_REPLACE, "other", &err));
	put("new/his", "x", 1);
	assert_null(folder_open("new", FOLDER_REPLACE, "mark", &err));
	unlink("new/his");
	put("new/mark", "x", 1);
	assert_null(folder_open("new", FOLDER_REPLACE, "mark", &err));
	unlink("new/mark");
	/* An empty one may be filled. */
	f = folder_open("new", FOLDER_NEW, "mark", &err);
	put_mark(f);
	/* What appears while we work is not touched. */
	put("new/his", "x", 1);
	assert_int_equal(folder_commit(f, &err), -1);
	assert_int_equal(access("new/his", F_OK), 0);
	unlink("new/his");
	assert_int_equal(access("new.unfinished", F_OK), -1);
	assert_int_equal(rmdir("new"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_long_lines),
		cmocka_unit_test(test_outfile), cmocka_unit_test(test_folder),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
