/* What files are by their columns; see csv_refuse.h. */
#include "collect/import/csv_refuse.h"

#include "collect/import/csv_exchange.h"

enum { COLUMNS = 6 };

/* What columns a file has, and what it then is. */
static const struct {
	const char *all[COLUMNS];        /* each of them */
	const char *any[COLUMNS];        /* and one of these, if there are */
	const char *told;
} kinds[] = {
	{ .all = { "ATTRIBUTE", "ERROR", "VALUE", "UPDATE" },
	  .told = "looks like IdFix's list of errors, which is no export of "
	          "AD; export AD itself with csvde or Get-ADUser" },
	{ .all = { "ADAttribute", "ErrorType" },
	  .told = "looks like a list of errors, which is no export of AD; "
	          "export AD itself with csvde or Get-ADUser" },
	{ .all = { "ErrorCategory" },
	  .any = { "PropertyConflicting", "ConflictingAttribute",
	           "ObjectIdInConflict", "PropertyName" },
	  .told = "looks like a report of synchronization errors, which is no "
	          "export of a tenant; export users with Get-MgUser" },
	{ .all = { "PropertyConflicting" },
	  .told = "looks like a report of synchronization errors, which is no "
	          "export of a tenant; export users with Get-MgUser" },
	{ .all = { "memberObjectIdOrUpn" },
	  .told = "looks like a template for changing members in bulk, which "
	          "is no export of a tenant" },
	{ .all = { "userPrincipalName", "passwordProfile" },
	  .told = "looks like a template for creating users in bulk, which is "
	          "no export of a tenant" },
	{ .all = { "GpoStatus" },
	  .told = "looks like a report of group policies, which is no export "
	          "of AD's users, groups or contacts" },
	{ .any = { "userPrincipalName", "signInName", "blockCredential",
	           "userType" },
	  .all = { "displayName", "licenses" },
	  .told = "looks like the users of a tenant, but has no Object Id: "
	          "add it" },
	{ .all = { "userPrincipalName" },
	  .any = { "accountEnabled", "userType", "dirSyncEnabled",
	           "directorySynced", "immutableId", "onPremisesImmutableId",
	  },
	  .told = "looks like the users of a tenant, but has no id (ObjectId): "
	          "add it" },
	{ .all = { "id", "displayName" },
	  .any = { "mail", "mailNickname", "proxyAddresses" },
	  .told = "looks like objects of a tenant, but has neither "
	          "userPrincipalName, as users have, nor mailEnabled, as "
	          "groups have: add it" },
	{ .all = { "objectId" },
	  .told = "looks like objects of a tenant, but neither like users nor "
	          "like groups; export contacts with Get-MgContact and "
	          "ConvertTo-Json" },
	{ .any = { "DistinguishedName", "DN" },
	  .told = "has DistinguishedName, but neither objectClass nor "
	          "sAMAccountName, so that nothing tells what its objects "
	          "are: add objectClass, or leave the file out" },
	{ .any = { "sAMAccountName", "objectGUID", "objectSid", "SID",
	           "UserName", "userAccountControl" },
	  .told = "looks like Get-ADUser's CSV, but has no DistinguishedName: "
	          "add it" },
	{ .any = { "objectClass", "proxyAddresses", "mailNickname",
	           "GroupScope", "EmailAddress", "userPrincipalName" },
	  .told = "looks like a list from AD, but has no DistinguishedName: "
	          "add it" },
};

static const char no_side[] =
	"looks like Exchange's recipients, but nothing in it tells whether of "
	"Exchange Online or on premises; say --as exchange-online-csv or --as "
	"exchange-csv, or add DistinguishedName";

static const char both_sides[] =
	"looks like Exchange's recipients, but of Exchange Online and on "
	"premises in one file; export each side by itself";

static bool
has_all(const struct csv_head *h, const char *const *columns)
{
	for (size_t i = 0; i < COLUMNS && columns[i]; i++)
		if (!csv_head_has(h, columns[i]))
			return false;
	return true;
}

static bool
has_any(const struct csv_head *h, const char *const *columns)
{
	for (size_t i = 0; i < COLUMNS && columns[i]; i++)
		if (csv_head_has(h, columns[i]))
			return true;
	return !columns[0];
}

static const char *
told_of(const struct csv_head *h)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (has_all(h, kinds[i].all) && has_any(h, kinds[i].any))
			return kinds[i].told;
	return NULL;
}

const char *
csv_refusal(const char *head, size_t len)
{
	struct csv_head h;
	const char *told;

	csv_head_read(&h, head, len);
	if (h.count < 2 && !csv_head_is_exchange(&h))
		told = NULL;
	else if (csv_head_is_exchange(&h))
		told = csv_exchange_side(head, len) == EXCHANGE_BOTH
			? both_sides : no_side;
	else
		told = told_of(&h);
	csv_head_release(&h);
	return told;
}
