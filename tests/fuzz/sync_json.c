/* Fuzzes the sync server's SynchronizationPolicy file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/policy/filter_value.h"
#include "analyze/policy/sync_export.h"
#include "analyze/policy/sync_filters.h"
#include "base/err.h"
#include "base/mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	struct sync_export x = { .arena = &arena };
	struct custom_attributes custom = { 0 };
	struct err err = { 0 };
	char *text = xmalloc(size + 1);

	if (size)
		memcpy(text, data, size);
	text[size] = '\0';
	if (sync_policy_parse(&x, "fuzz", text, size, &err) == 0)
		sync_filters_add(filter_set_new(&arena, &custom), &x,
		                 NULL);
	else if (err.code != EXIT_INPUT || !*err.text)
		abort();
	free(text);
	arena_release(&arena);
	return 0;
}
