/* Counts what the writers beside it wrote, a change as each begins it. */
#include "report/repair/file_count.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/file.h"

enum { LINE_MAX_BYTES = 64 << 20, PIECE = 64 << 10 };

typedef bool begins_change(const char *line);

/* A record; what is folded begins with a space, what is said with a #. */
static bool
is_record(const char *line)
{
	return strncmp(line, "dn:", 3) == 0;
}

/* An item of $Changes: values have no line break of their own. */
static bool
is_item(const char *line)
{
	return strcmp(line, "\t@{") == 0;
}

static int
count_lines(const char *path, begins_change *begins, uint64_t *count,
            struct err *err)
{
	struct lines *in = lines_open(path, LINE_MAX_BYTES, err);
	const char *line;
	size_t len;
	int rc = in ? 1 : -1;

	while (rc > 0 && (rc = lines_next(in, &line, &len, err)) > 0)
		*count += begins(line);
	lines_close(in);
	return rc;
}

struct row_count {
	struct csv_sink sink;        /* first */
	uint64_t rows;
};

static int
put_row(struct csv_sink *sink, const struct csv_row *row, struct err *err)
{
	(void)row;
	(void)err;
	((struct row_count *)sink)->rows++;
	return 0;
}

/* Rows behind the titles: a value may hold the end of a line. */
static int
count_rows(const char *path, uint64_t *count, struct err *err)
{
	struct row_count c = { .sink.put = put_row };
	struct csv_reader *r = csv_reader_new(path, ',', 1, &c.sink);
	FILE *in = fopen(path, "rb");
	char piece[PIECE];
	size_t n;
	int rc = in ? 0 : -1;

	while (rc == 0 && (n = fread(piece, 1, sizeof(piece), in)) > 0)
		rc = csv_feed(r, piece, n, err);
	if (rc == 0)
		rc = csv_finish(r, err);
	if (!in || (rc == 0 && ferror(in)))
		rc = err_input(err, "%s: cannot be read: %s", path,
		               strerror(errno));
	*count = c.rows ? c.rows - 1 : 0;
	csv_reader_free(r);
	if (in)
		fclose(in);
	return rc;
}

static bool
ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), n = strlen(end);

	return len > n && strcmp(text + len - n, end) == 0;
}

int
file_count(const char *path, uint64_t *count, struct err *err)
{
	*count = 0;
	if (ends_in(path, ".ldf"))
		return count_lines(path, is_record, count, err);
	if (ends_in(path, ".ps1"))
		return count_lines(path, is_item, count, err);
	return ends_in(path, ".csv") ? count_rows(path, count, err) : 0;
}
