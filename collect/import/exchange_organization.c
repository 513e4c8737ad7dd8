/*
 * The settings of Exchange Online. Those of Exchange on premises look the same
 * but for what only the cloud has; they stand in AD, and are read there.
 */
#include "collect/import/exchange_organization.h"

#include "base/record.h"
#include "collect/import/exchange_side.h"

const char organization_no_side[] =
	"looks like Get-OrganizationConfig, but has no " EXCHANGE_BLOCKS
	", which only Exchange Online has, nor a name of it: export all of its "
	"properties there; what Exchange on premises says of itself is read "
	"from AD";

bool
organization_is_on_premises(const struct record *r)
{
	const char *dn = record_text(r, "DistinguishedName");

	return dn && *dn && !exchange_is_online_name(dn);
}
