/* What Get-OrganizationConfig gives of Exchange Online. */
#ifndef COLLECT_IMPORT_EXCHANGE_ORGANIZATION_H
#define COLLECT_IMPORT_EXCHANGE_ORGANIZATION_H

#include <stdbool.h>

#include "collect/import/source.h"

struct record;

extern const struct source exchange_organization_csv_source;
extern const struct source exchange_organization_json_source;

/* Only Exchange Online has it, so that it tells the side. */
#define EXCHANGE_BLOCKS "BlockExchangeProvisioningFromOnPremEnabled"
/* Both sides have it. */
#define ORGANIZATION_EITHER "IsDehydrated"

/* What is told of a file that does not tell the side. */
extern const char organization_no_side[];

/* Whether it says so itself. */
bool organization_is_on_premises(const struct record *r);

#endif
