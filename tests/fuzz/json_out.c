/*
 * Fuzzes what JSON reports are printed with: the bytes say what is put, and
 * what comes out is one document, whose last text reads as it was put, but for
 * bytes that are not UTF-8.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/export/json_out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* One thing of a list, by a byte; how many lists are open then. */
static size_t
put(struct json_out *j, uint8_t byte, size_t depth, const char *text)
{
	switch (byte % 5) {
	case 0:
		json_out_text(j, NULL, text);
		return depth;
	case 1:
		json_out_number(j, NULL, byte);
		return depth;
	case 2:
		json_out_text(j, NULL, NULL);
		return depth;
	case 3:
		if (depth == 8)
			return depth;
		json_out_begin(j, NULL, JSON_OUT_ARRAY);
		return depth + 1;
	default:
		if (depth == 1)
			return depth;
		json_out_end(j, JSON_OUT_ARRAY);
		return depth - 1;
	}
}

static void
check(const struct json_out *j, const char *text)
{
	struct json_error e;
	struct json *tree = json_parse(j->text.data, j->text.len, &e);
	const struct json *last = json_get(tree, "last");

	if (!tree || !json_string(last))
		abort();
	if (utf8_bad(text, strlen(text)) == strlen(text) &&
	    strcmp(json_string(last), text) != 0)
		abort();
	json_free(tree);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = xstrndup((const char *)data, size);
	struct json_out j = { .out = NULL };
	size_t depth = 1;

	json_out_begin(&j, NULL, JSON_OUT_OBJECT);
	json_out_begin(&j, "list", JSON_OUT_ARRAY);
	for (size_t i = 0; i < size && i < 64; i++)
		depth = put(&j, data[i], depth, text);
	while (depth-- > 0)
		json_out_end(&j, JSON_OUT_ARRAY);
	json_out_maybe(&j, "none", NULL);
	json_out_text(&j, "last", text);
	json_out_end(&j, JSON_OUT_OBJECT);
	check(&j, text);
	buf_release(&j.text);
	free(text);
	return 0;
}
