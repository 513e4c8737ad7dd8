/*
 * Fuzzes the parsers of JSON, of which Graph's gave the name: no crash, and the
 * same result in any pieces.
 */
#include <stdint.h>

#include "collect/import/ad_json.h"
#include "collect/import/exchange_json.h"
#include "collect/import/graph_json.h"
#include "tests/print_sink.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct source *const sources[] = {
		&graph_json_source, &ad_json_source, &exchange_json_source,
	};

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		const char *head = (const char *)data;
		bool known = sources[i]->recognise(head, size);
		char *whole = print_sink_parse(sources[i], (const char *)data,
		                               size, size + 1);
		char *bytes = print_sink_parse(sources[i], (const char *)data,
		                               size, 1);

		if (strcmp(whole, bytes) != 0 ||
		    known != sources[i]->recognise(head, size))
			abort();
		free(whole);
		free(bytes);
	}
	return 0;
}
