/*
 * Fuzzes the readers of values: what they make of one is read no further, but
 * for octets that can be any, and so a text of others.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_scan.h"
#include "base/mem.h"
#include "collect/import/value_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The syntax, the kind of value, and the value. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct value_reading read = { 0 }, again = { 0 };
	enum value_syntax syntax;
	struct json_error e;
	struct value v;
	char *text;

	if (size < 2)
		return 0;
	syntax = (enum value_syntax)((data[0] - 'A') % AS_COUNT);
	text = xstrndup((const char *)data + 2, size - 2);
	v = (struct value){ .kind = (enum value_kind)(data[1] % 3),
	                    .data = text, .len = strlen(text) };
	if (data[0] < 'A' || (v.kind == VALUE_JSON &&
	                      (json_check(v.data, v.len, &e) < 0 ||
	                       v.data[0] == '"' || v.data[0] == 'n')))
		goto out;
	if (value_read(syntax, &v, &read) == VERDICT_CHANGED &&
	    syntax != AS_ANCHOR && syntax != AS_OCTETS) {
		v = (struct value){ .kind = read.kind, .data = read.value.data,
		                    .len = read.value.len };
		if (value_read(syntax, &v, &again) != VERDICT_CANONICAL)
			abort();
	}
out:
	value_reading_release(&read);
	value_reading_release(&again);
	free(text);
	return 0;
}
