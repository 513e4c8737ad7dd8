/* Tells by their types, or by their properties, who made objects of CLIXML. */
#include "collect/import/clixml_maker.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "collect/import/clixml_object.h"
#include "collect/import/clixml_tree.h"
#include "collect/import/exchange_organization.h"
#include "collect/import/exchange_server.h"
#include "collect/import/exchange_side.h"

/* The type of objects ends in one of these, behind the maker's name. */
static const struct {
	const char *maker_name, *word;
	enum maker maker;
	enum section section;    /* SECTION_COUNT: by the object's class */
} types[] = {
	{ "ActiveDirectory.Management.", "ADUser", MAKER_AD, AD_USERS },
	{ "ActiveDirectory.Management.", "ADGroup", MAKER_AD, AD_GROUPS },
	{ "ActiveDirectory.Management.", "ADComputer", MAKER_AD,
	  AD_COMPUTERS },
	{ "ActiveDirectory.Management.", "ADOrganizationalUnit", MAKER_AD,
	  AD_CONTAINERS },
	{ "ActiveDirectory.Management.", "ADObject", MAKER_AD,
	  SECTION_COUNT },
	{ "ActiveDirectory.Management.", "ADServiceAccount", MAKER_AD,
	  AD_OTHER },
	{ "PowerShell.Models.", "MicrosoftGraphUser", MAKER_GRAPH,
	  TENANT_USERS },
	{ "PowerShell.Models.", "MicrosoftGraphGroup", MAKER_GRAPH,
	  TENANT_GROUPS },
	{ "PowerShell.Models.", "MicrosoftGraphOrgContact", MAKER_GRAPH,
	  TENANT_CONTACTS },
	{ "PowerShell.Models.", "MicrosoftGraphDomain", MAKER_GRAPH,
	  TENANT_DOMAINS },
	{ "PowerShell.Models.", "MicrosoftGraphOrganization", MAKER_GRAPH,
	  TENANT_ORGANIZATION },
	{ "PowerShell.Models.", "MicrosoftGraphSubscribedSku", MAKER_GRAPH,
	  TENANT_SKUS },
	{ "Open.AzureAD.Model.", "User", MAKER_OLDER, TENANT_USERS },
	{ "Open.AzureAD.Model.", "Group", MAKER_OLDER, TENANT_GROUPS },
	{ "Open.AzureAD.Model.", "Contact", MAKER_OLDER, TENANT_CONTACTS },
	{ "Open.AzureAD.Model.", "Domain", MAKER_OLDER, TENANT_DOMAINS },
	{ "Open.AzureAD.Model.", "TenantDetail", MAKER_OLDER,
	  TENANT_ORGANIZATION },
	{ "Open.AzureAD.Model.", "SubscribedSku", MAKER_OLDER, TENANT_SKUS },
	{ "Online.Administration.", "User", MAKER_OLDER, TENANT_USERS },
	{ "Online.Administration.", "Group", MAKER_OLDER, TENANT_GROUPS },
	{ "Online.Administration.", "Contact", MAKER_OLDER,
	  TENANT_CONTACTS },
	{ "Online.Administration.", "Domain", MAKER_OLDER, TENANT_DOMAINS },
};

/* Whether NAME is WORD; modules number types of one name. */
static bool
is_word(const char *name, const char *word)
{
	size_t len = strlen(word);

	return strncmp(name, word, len) == 0 &&
	       strspn(name + len, "0123456789") == strlen(name + len);
}

/* Exchange on premises has such settings, too, which are read from AD. */
static bool
is_organization(const struct clixml_value *v)
{
	const struct clixml_value *dn = clixml_prop(v, "DistinguishedName");

	return clixml_prop(v, EXCHANGE_BLOCKS) ||
	       (clixml_prop(v, ORGANIZATION_EITHER) && dn && dn->text &&
	        exchange_is_online_name(dn->text));
}

/* A server, settings, or a recipient of Exchange. */
static bool
is_exchange(const struct clixml_value *v)
{
	return (clixml_prop(v, SERVER_VERSION) &&
	        clixml_prop(v, SERVER_ROLE)) ||
	       is_organization(v) ||
	       clixml_prop(v, "RecipientTypeDetails") ||
	       clixml_prop(v, "EmailAddresses");
}

/* An object without a type that says something, by what it has. */
static enum maker
guess(const struct clixml_value *v, enum section *s)
{
	if (is_exchange(v))
		return MAKER_EXCHANGE;
	*s = SECTION_COUNT;
	if (clixml_prop(v, "DistinguishedName") &&
	    (clixml_prop(v, "ObjectGUID") || clixml_prop(v, "objectClass") ||
	     clixml_prop(v, "SamAccountName")))
		return MAKER_AD;
	*s = TENANT_USERS;
	if (clixml_prop(v, "UserPrincipalName") &&
	    (clixml_prop(v, "Id") || clixml_prop(v, "ObjectId")))
		return MAKER_GRAPH;
	*s = clixml_is_selected(v) && clixml_prop(v, "UserPrincipalName")
		? AD_USERS : SECTION_COUNT;
	return clixml_is_selected(v) ? MAKER_AD : MAKER_NONE;
}

enum maker
clixml_maker_of(const struct clixml_value *v, enum section *s)
{
	const char *type = v->type ? v->type : "";

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const char *at = strstr(type, types[i].maker_name);

		if (!at || !is_word(at + strlen(types[i].maker_name),
		                    types[i].word))
			continue;
		*s = types[i].section;
		return types[i].maker;
	}
	if (strstr(type, "Microsoft.Exchange."))
		return is_exchange(v) ? MAKER_EXCHANGE : MAKER_NONE;
	/* PowerShell's own types say nothing of what they hold. */
	return strstr(type, "Microsoft.") ? MAKER_NONE : guess(v, s);
}
