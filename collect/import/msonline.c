/* Get-MsolGroup and Get-MsolDomain have no flags for what Graph has. */
#include "collect/import/msonline.h"

#include "base/record.h"
#include "base/utf8.h"

static const char mail_enabled[] = "mailEnabled";
static const char security_enabled[] = "securityEnabled";
static const char verified[] = "isVerified";

static const struct {
	const char *type;
	bool mail, security;
} types[] = {
	{ "Security", false, true },
	{ "DistributionList", true, false },
	{ "MailEnabledSecurity", true, true },
};

static void
add_flag(struct record *r, const char *name, bool yes)
{
	record_add(r, name, VALUE_JSON, yes ? "true" : "false", yes ? 4 : 5);
}

bool
msonline_add_group(struct record *r)
{
	const char *type = record_text(r, "GroupType");

	if (!type || record_find(r, mail_enabled) >= 0 ||
	    record_find(r, security_enabled) >= 0)
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (ascii_casecmp(type, types[i].type) != 0)
			continue;
		add_flag(r, mail_enabled, types[i].mail);
		add_flag(r, security_enabled, types[i].security);
		return true;
	}
	return false;
}

void
msonline_add_domain(struct record *r)
{
	const char *status = record_text(r, "Status");

	if (status && record_find(r, verified) < 0)
		add_flag(r, verified, ascii_casecmp(status, "Verified") == 0);
}
