/* Cells with several values: every line of tests/csv-splits.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "collect/import/csv_split.h"

static const struct {
	const char *word;
	enum split_by by;
} words[] = {
	{ "csvde", SPLIT_CSVDE }, { "addresses", SPLIT_ADDRESSES },
	{ "names", SPLIT_NAMES }, { "words", SPLIT_WORDS },
	{ "texts", SPLIT_TEXTS }, { "csvde-one", SPLIT_CSVDE_ONE },
};

struct listing {
	struct cell_sink sink;
	struct buf out;
};

static void
on_value(struct cell_sink *s, const char *text, size_t len)
{
	struct buf *out = &((struct listing *)s)->out;

	if (out->len)
		buf_adds(out, " <> ");
	buf_add(out, text, len);
}

static enum split_by
by_word(const char *word)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].by;
	fail_msg("%s: no way to split", word);
	return SPLIT_TEXTS;
}

/* "\n" in the file is a line end in the cell. */
static void
unescape(char *text)
{
	char *at;

	while ((at = strstr(text, "\\n")) != NULL) {
		*at = '\n';
		memmove(at + 1, at + 2, strlen(at + 2) + 1);
	}
}

static void
test_line(char *line)
{
	struct listing l = { .sink = { .value = on_value } };
	char *save = NULL, *cell, *want;
	enum split_by by;

	line[strcspn(line, "\n")] = '\0';
	by = by_word(strtok_r(line, "\t", &save));
	cell = strtok_r(NULL, "\t", &save);
	want = strtok_r(NULL, "\t", &save);
	unescape(cell);
	if (split_cell(&l.sink, by, cell) == SPLIT_CUT)
		buf_adds(&l.out, " (cut)");
	if (strcmp(buf_text(&l.out), want ? want : "") != 0)
		fail_msg("%s:\nwant \"%s\"\nhave \"%s\"", cell,
		         want ? want : "", buf_text(&l.out));
	buf_release(&l.out);
}

static void
test_vectors(void **state)
{
	FILE *f = fopen("tests/csv-splits.txt", "r");
	char line[512];
	size_t count = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f)) {
		if (line[0] == '#')
			continue;
		test_line(line);
		count++;
	}
	assert_true(count > 40);
	fclose(f);
}

struct counter {
	struct cell_sink sink;
	size_t values;
};

static void
on_counted(struct cell_sink *s, const char *text, size_t len)
{
	(void)text;
	(void)len;
	((struct counter *)s)->values++;
}

/* As long as a cell may be; compared with each other it took minutes. */
static void
test_many(void **state)
{
	enum { MANY = 300000 };
	struct counter c = { .sink = { .value = on_counted } };
	struct buf cell = { 0 };

	(void)state;
	for (int i = 0; i < MANY; i++)
		buf_adds(&cell, i % 2 ? "foo:b;" : "bar:c,");
	split_cell(&c.sink, SPLIT_ADDRESSES, buf_text(&cell));
	/* Where nothing is known, the first joint is the one. */
	assert_int_equal(c.values, MANY / 2 + 1);
	buf_release(&cell);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("csv_split", tests, NULL, NULL);
}
