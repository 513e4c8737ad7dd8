/* The table of words that differ by more than their first letter. */
#include "collect/import/tenant_names.h"

#include <string.h>

#include "base/utf8.h"

/* Learn: "Find Azure AD and MSOnline cmdlets in Microsoft Graph PowerShell" */
static const struct {
	const char *word, *name;
	enum tenant_word way;
} words[] = {
	{ .word = "ObjectId", .name = "id" },
	{ .word = "ImmutableId", .name = "onPremisesImmutableId" },
	{ .word = "DirSyncEnabled", .name = "onPremisesSyncEnabled" },
	{ .word = "LastDirSyncTime", .name = "onPremisesLastSyncDateTime" },
	{ .word = "MailNickName", .name = "mailNickname" },
	{ .word = "FirstName", .name = "givenName" },
	{ .word = "LastName", .name = "surname" },
	{ .word = "Title", .name = "jobTitle" },
	{ .word = "EmailAddress", .name = "mail" },
	{ .word = "WhenCreated", .name = "createdDateTime" },
	{ .word = "SoftDeletionTimestamp", .name = "deletedDateTime" },
	{ .word = "AlternateEmailAddresses", .name = "otherMails" },
	{ .word = "Mobile", .name = "mobilePhone" },
	{ .word = "PhysicalDeliveryOfficeName", .name = "officeLocation" },
	{ .word = "BlockCredential", .name = "accountEnabled",
	  .way = TENANT_WORD_INVERTED },
};

enum tenant_word
tenant_name(const char *name, char out[TENANT_NAME_MAX])
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (ascii_casecmp(words[i].word, name) != 0)
			continue;
		strcpy(out, words[i].name);
		return words[i].way;
	}
	out[0] = '\0';
	if (strlen(name) < TENANT_NAME_MAX)
		strcpy(out, name);
	if (out[0] >= 'A' && out[0] <= 'Z')
		out[0] = (char)(out[0] | 32);
	return TENANT_WORD_PLAIN;
}
