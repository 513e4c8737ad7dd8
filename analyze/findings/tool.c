/* With what attributes are changed, by who owns them. */
#include "analyze/findings/findings.h"

#include <stdbool.h>
#include <string.h>

static bool
is_of(const char *class, const char *name)
{
	return class && strcmp(class, name) == 0;
}

static const char *
in_ad(enum owned what, const char *class)
{
	if (what == OWNED_EXCHANGE)
		return is_of(class, "user")
			? "Set-RemoteMailbox, EAC of Exchange on-premises; "
			  "without an Exchange organization Set-ADUser"
			: "EAC of Exchange on-premises; without an Exchange "
			  "organization Set-ADObject";
	return is_of(class, "user") ? "Set-ADUser"
		: is_of(class, "group") ? "Set-ADGroup" : "Set-ADObject";
}

static const char *
online(const char *class)
{
	return is_of(class, "group") ? "Set-DistributionGroup, EAC"
		: is_of(class, "contact") ? "Set-MailContact, EAC"
		: "Set-Mailbox, EAC";
}

const char *
tool_name(enum authority a, enum owned what, const char *class)
{
	switch (a) {
	case AUTHORITY_ENTRA:
		return "Entra, Graph";
	case AUTHORITY_NOT_ASSESSED:
		return "export Get-Mailbox with IsExchangeCloudManaged first";
	case AUTHORITY_EXCHANGE_ONLINE:
		return online(class);
	default:
		return in_ad(what, class);
	}
}
