/* Concludes what Graph says outright. */
#include "collect/import/msonline.h"

#include <strings.h>

#include "base/record.h"

static void
add_flag(struct record *r, const char *attribute, bool yes)
{
	if (record_find(r, attribute) < 0)
		record_add(r, attribute, VALUE_JSON, yes ? "true" : "false",
		           yes ? 4 : 5);
}

/*
 * There is no DirSyncEnabled: who was synchronized has a time of that
 * (Get-MsolUser -Synchronized goes by it).
 */
void
msonline_add_synced(struct record *r, const char *when)
{
	static const char synced[] = "onPremisesSyncEnabled";

	if (record_find(r, synced) >= 0)
		return;
	if (when && *when)
		add_flag(r, synced, true);
	else
		record_declare(r, synced, SHAPE_SINGLE);
}

bool
msonline_add_group(struct record *r)
{
	static const struct {
		const char *type;
		bool mail, security;
	} types[] = {
		{ "Security", false, true },
		{ "DistributionList", true, false },
		{ "MailEnabledSecurity", true, true },
	};
	const char *type = record_text(r, "GroupType");

	for (size_t i = 0; type && i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcasecmp(type, types[i].type) != 0)
			continue;
		add_flag(r, "mailEnabled", types[i].mail);
		add_flag(r, "securityEnabled", types[i].security);
		return true;
	}
	return false;
}

void
msonline_add_domain(struct record *r)
{
	const char *status = record_text(r, "status");

	if (status)
		add_flag(r, "isVerified", strcasecmp(status, "Verified") == 0);
}
