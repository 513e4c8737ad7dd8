/* What Exchange calls the types of recipients (Get-Recipient). */
#include "analyze/object/object.h"

#include <stdlib.h>

#include "base/utf8.h"

static const struct {
	int64_t type;
	const char *name;
} names[] = {
	{ INT64_C(1) << 0, "UserMailbox" },
	{ INT64_C(1) << 1, "LinkedMailbox" },
	{ INT64_C(1) << 2, "SharedMailbox" },
	{ INT64_C(1) << 3, "LegacyMailbox" },
	{ INT64_C(1) << 4, "RoomMailbox" },
	{ INT64_C(1) << 5, "EquipmentMailbox" },
	{ INT64_C(1) << 6, "MailContact" },
	{ INT64_C(1) << 7, "MailUser" },
	{ INT64_C(1) << 12, "PublicFolder" },
	{ INT64_C(1) << 13, "SystemAttendantMailbox" },
	{ INT64_C(1) << 14, "SystemMailbox" },
	{ INT64_C(1) << 16, "User" },
	{ INT64_C(1) << 21, "DisabledUser" },
	{ INT64_C(1) << 22, "MicrosoftExchange" },
	{ INT64_C(1) << 23, "ArbitrationMailbox" },
	{ INT64_C(1) << 24, "MailboxPlan" },
	{ INT64_C(1) << 25, "LinkedUser" },
	{ INT64_C(1) << 29, "DiscoveryMailbox" },
	{ INT64_C(1) << 31, "RemoteUserMailbox" },
	{ INT64_C(1) << 33, "RemoteRoomMailbox" },
	{ INT64_C(1) << 34, "RemoteEquipmentMailbox" },
	{ INT64_C(1) << 35, "RemoteSharedMailbox" },
	{ INT64_C(1) << 36, "PublicFolderMailbox" },
	{ INT64_C(1) << 37, "TeamMailbox" },
	{ INT64_C(1) << 39, "MonitoringMailbox" },
	{ INT64_C(1) << 41, "LinkedRoomMailbox" },
	{ INT64_C(1) << 42, "AuditLogMailbox" },
	{ INT64_C(1) << 44, "SchedulingMailbox" },
};

const char *
recipient_type_name(int64_t type)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].type == type)
			return names[i].name;
	return NULL;
}

/* ConvertTo-Json writes the number of what it calls an enumeration. */
int64_t
recipient_type_named(const char *name)
{
	char *end;
	long long number = strtoll(name, &end, 10);

	if (*name && !*end && number > 0)
		return number;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (ascii_casecmp(names[i].name, name) == 0)
			return names[i].type;
	return 0;
}

/* User, linked, shared, legacy, room and equipment mailboxes. */
bool
recipient_type_is_local(int64_t type)
{
	return type > 0 && type < INT64_C(1) << 6 && !(type & (type - 1));
}
