/*
 * Fuzzes the escape of CSV: two fields and the end of a line are read back by
 * our reader as two fields, and each is the text that was given, or guarded
 * where a sheet would compute it.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/err.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct read_back {
	struct csv_sink sink;
	const char *text;
	size_t rows;
};

/* As OWASP has it ("CSV Injection"); the wide ones are U+FF1D and its like. */
static bool
computes(const char *text)
{
	static const char *const begins[] = {
		"=", "+", "-", "@", "\t", "\r", "\n", "\xef\xbc\x9d",
		"\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0",
	};

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (strncmp(text, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

static int
put(struct csv_sink *sink, const struct csv_row *row, struct err *err)
{
	struct read_back *r = (struct read_back *)sink;

	(void)err;
	if (row->count != 2 || strcmp(row->fields[1], r->text) != 0 ||
	    computes(row->fields[0]) ||
	    strcmp(csv_unguarded(row->fields[0]), r->text) != 0)
		abort();
	r->rows++;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct read_back r = { .sink = { .put = put }, .text = text };
	struct csv_reader *reader = csv_reader_new("fuzz", ',', 1, &r.sink);
	struct buf out = { 0 };
	struct err err;

	csv_put_field(&out, text, strlen(text));
	buf_addc(&out, ',');
	csv_put_data(&out, text, strlen(text));
	buf_adds(&out, "\r\n");
	if (csv_feed(reader, out.data, out.len, &err) < 0 ||
	    csv_finish(reader, &err) < 0 || r.rows != 1)
		abort();
	csv_reader_free(reader);
	buf_release(&out);
	free(text);
	return 0;
}
