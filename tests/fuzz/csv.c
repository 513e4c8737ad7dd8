/* Fuzzes the CSV parsers: no crash, and the same result in any pieces. */
#include <stdint.h>

#include "collect/import/csv_exchange.h"
#include "collect/import/csv_source.h"
#include "tests/print_sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct source *const sources[] = {
		&ad_csv_source, &exchange_csv_source,
		&exchange_online_csv_source, &portal_csv_source,
	};

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
