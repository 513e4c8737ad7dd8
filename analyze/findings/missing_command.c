/* Commands that collect what lacks. */
#include "analyze/findings/missing_command.h"

#include <stddef.h>
#include <string.h>

#include "analyze/findings/missing_told.h"
#include "base/mem.h"

#define AD "syncscope collect ad -o SNAPSHOT"
#define TENANT "syncscope collect tenant -o SNAPSHOT"
#define MAILBOXES "Get-Mailbox -ResultSize Unlimited | Export-Clixml " \
	"mailboxes.xml"
#define SETTINGS "Get-OrganizationConfig | Export-Clixml organization.xml"
#define OLDER "syncscope analyze OLDER-SNAPSHOT SNAPSHOT -o FINDINGS"
#define SCOPE "syncscope analyze SNAPSHOT... --scope EXPORT -o FINDINGS"

/* What Exchange alone tells, and files bring; the first that fits. */
static const struct {
	const char *section, *command;
} by_section[] = {
	{ "ad.mailboxes", "Get-Recipient -ResultSize Unlimited | Export-Clixml "
	  "recipients.xml" },
	{ "tenant.mailboxes", MAILBOXES }, { "tenant.exchange", SETTINGS },
	{ "ad.", AD }, { "tenant.", TENANT },
};

/* Words of what is said without a section, the more exact before others. */
static const struct {
	const char *word, *command;
} by_word[] = {
	{ "older AD snapshot", OLDER },
	{ "--data", NULL }, { "data file", NULL },
	{ "sync-engine.json", NULL },
	{ "Get-OrganizationConfig", SETTINGS },
	{ "Get-Mailbox -ResultSize", MAILBOXES },
	{ "list of mailboxes", MAILBOXES },
	{ "--scope", SCOPE }, { "sync scope", SCOPE },
	{ "staging mode", SCOPE }, { "deletions are stopped", TENANT },
	{ "tenant", TENANT }, { "licen", TENANT }, { "Graph", TENANT },
	{ "onPremises", TENANT }, { "cloud", TENANT }, { "federated", TENANT },
	{ "eligible", TENANT }, { "role", TENANT }, { "converted", TENANT },
	{ "partition", AD }, { "snapshots of AD", AD },
	{ "objects of AD", AD }, { "AD snapshot", AD },
	{ "container", AD }, { "msDS-", AD },
};

/* "(ldifde -f schema.ldif -d ...)": the sentence has it. */
static const char *
within(const char *reason, struct arena *a)
{
	const char *at = strstr(reason, "(ldifde "), *end;

	end = at ? strchr(at, ')') : NULL;
	return end ? arena_strndup(a, at + 1, (size_t)(end - at - 1)) : NULL;
}

const char *
missing_command(const struct missing_data *d, struct arena *a)
{
	const char *section = d->sections.count ? d->sections.items[0] : NULL;

	for (size_t i = 0; section &&
	     i < sizeof(by_section) / sizeof(by_section[0]); i++)
		if (strncmp(section, by_section[i].section,
		            strlen(by_section[i].section)) == 0)
			return by_section[i].command;
	if (within(d->reason, a))
		return within(d->reason, a);
	for (size_t i = 0; i < sizeof(by_word) / sizeof(by_word[0]); i++)
		if (strstr(d->reason, by_word[i].word))
			return by_word[i].command;
	return NULL;
}
