/* Fuzzes the CLIXML parser: no crash, and the same result in any pieces. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "collect/import/clixml.h"
#include "tests/print_sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct source *const sources[] = { &clixml_source };

	/* Parsers are promised text without NUL (collect/import/source.h). */
	if (size && memchr(data, '\0', size))
		return 0;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		char *whole = print_sink_parse(sources[i], (const char *)data,
		                               size, size + 1);
		char *bytes = print_sink_parse(sources[i], (const char *)data,
		                               size, 1);

		if (strcmp(whole, bytes) != 0)
			abort();
		free(whole);
		free(bytes);
	}
	return 0;
}
