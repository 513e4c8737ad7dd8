/*
 * Fuzzes the snapshot's line reader: whatever it takes it must write again as
 * a line that it takes, with the same record.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "base/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct record *r = record_new();
	struct buf once = { 0 }, twice = { 0 };
	struct json_error e = { 0 };
	int ok = json_read_record((const char *)data, size, r, &e) == 0;

	/* A record is one kind of valid JSON. */
	if (ok && json_check((const char *)data, size, &e) < 0)
		abort();
	if (ok) {
		json_put_record(&once, r);
		if (json_read_record(once.data, once.len, r, &e) < 0)
			abort();
		json_put_record(&twice, r);
		if (strcmp(once.data, twice.data) != 0)
			abort();
	} else if (e.offset > size || !e.want) {
		abort();
	}
	buf_release(&once);
	buf_release(&twice);
	record_free(r);
	return 0;
}
