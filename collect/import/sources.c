/* Lists the kinds of input; see sources.h. */
#include "collect/import/sources.h"

#include <string.h>

#include "collect/import/ad_json.h"
#include "collect/import/azurehound.h"
#include "collect/import/clixml.h"
#include "collect/import/csv_exchange.h"
#include "collect/import/csv_source.h"
#include "collect/import/domaindump.h"
#include "collect/import/exchange_json.h"
#include "collect/import/exchange_organization.h"
#include "collect/import/exchange_server.h"
#include "collect/import/graph_json.h"
#include "collect/import/ldif.h"
#include "collect/import/sharphound.h"

const struct source *const sources[] = {
	&clixml_source,
	&domaindump_source,
	&azurehound_source,
	&sharphound_source,
	&exchange_organization_json_source,
	&exchange_server_json_source,
	&exchange_json_source,
	&exchange_online_json_source,
	&ad_json_source,
	&graph_json_source,
	&ldif_source,
	&exchange_organization_csv_source,
	&exchange_server_csv_source,
	&exchange_csv_source,
	&exchange_online_csv_source,
	&ad_csv_source,
	&portal_csv_source,
};

enum { SOURCES = sizeof(sources) / sizeof(sources[0]) };

size_t
sources_count(void)
{
	return SOURCES;
}

const struct source *
source_by_kind(const char *kind)
{
	for (size_t i = 0; i < SOURCES; i++)
		if (strcmp(sources[i]->kind, kind) == 0)
			return sources[i];
	return NULL;
}
