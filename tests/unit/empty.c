/*
 * What import makes of fields that are empty throughout: a row is the inputs of
 * a snapshot, an attribute, and how far it was asked for. The sources stand in
 * collect/import/empty.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"
#include "collect/import/import.h"
#include "collect/snapshot/snapshot.h"
#include "tests/remove_tree.h"

#define GRAPH "{\"@odata.context\":\"https://graph.microsoft.com/v1.0/" \
	"$metadata#"
#define USERS GRAPH "users\",\"value\":["
#define ADA "{\"id\":\"0f3a7c21-22b4-4d0e-9a5b-6c7d8e9f0a21\"," \
	"\"userPrincipalName\":\"ada@contoso.com\""
#define BOB "{\"id\":\"0f3a7c22-22b4-4d0e-9a5b-6c7d8e9f0a22\"," \
	"\"userPrincipalName\":\"bob@contoso.com\""
#define NO_ANCHOR ",\"onPremisesImmutableId\":null," \
	"\"onPremisesSecurityIdentifier\":null"
#define SYNCED ",\"onPremisesSyncEnabled\":true"
#define NO_FLAG ",\"onPremisesSyncEnabled\":null"
#define MEMBER ",\"userType\":\"Member\""
#define ORGANIZATION(synced) GRAPH "organization\",\"value\":[{\"id\":" \
	"\"0f3a7c33-22b4-4d0e-9a5b-6c7d8e9f0a33\"," \
	"\"onPremisesSyncEnabled\":" synced ",\"verifiedDomains\":[]}]}"
#define GROUP(rest) GRAPH "groups\",\"value\":[{\"id\":" \
	"\"0f3a7c44-22b4-4d0e-9a5b-6c7d8e9f0a44\"," \
	"\"displayName\":\"Board\",\"mailEnabled\":true" rest "}]}"
#define CONTACT "{\"@odata.type\":\"#microsoft.graph.orgContact\",\"id\":" \
	"\"0f3a7c55-22b4-4d0e-9a5b-6c7d8e9f0a55\"," \
	"\"displayName\":\"Ext\"" NO_FLAG "}"
#define CONTACTS GRAPH "contacts\",\"value\":[" CONTACT "]}"
#define DEFAULTS "DistinguishedName,ObjectClass,ObjectGUID,SamAccountName," \
	"GivenName"
#define ROW "\"CN=Ada,DC=contoso,DC=com\",user," \
	"0f3a7c11-22b4-4d0e-9a5b-6c7d8e9f0a11,ada,"
#define CSVDE_ROW "\"CN=Ada,DC=contoso,DC=com\",user,ada,"
#define PORTAL "userPrincipalName,displayName,mail,id,userType\n" \
	"ada@contoso.com,Ada,,0f3a7c21-22b4-4d0e-9a5b-6c7d8e9f0a21,Member\n"
#define QUOTED "\"userPrincipalName\",\"displayName\",\"mail\",\"id\"," \
	"\"userType\"\n\"ada@contoso.com\",\"Ada\",\"\"," \
	"\"0f3a7c21-22b4-4d0e-9a5b-6c7d8e9f0a21\",\"Member\"\n"
#define AZUREAD(synced) "\"ObjectId\",\"ImmutableId\"," \
	"\"userPrincipalName\",\"DirSyncEnabled\"," \
	"\"onPremisesImmutableId\"\n" \
	"\"0f3a7c21-22b4-4d0e-9a5b-6c7d8e9f0a21\",\"\"," \
	"\"ada@contoso.com\",\"" synced "\",\"\"\n"
#define RECIPIENT(addresses) "PrimarySmtpAddress,EmailAddresses," \
	"ExternalDirectoryObjectId\nada@contoso.com," addresses \
	",0f3a7c21-22b4-4d0e-9a5b-6c7d8e9f0a21\n"

static const struct {
	const char *name;
	const char *inputs[2];
	enum section section;
	const char *attribute;
	enum asking asked;
	enum empties empties;
} rows[] = {
	{ "synchronized users without any anchor",
	  { USERS ADA SYNCED NO_ANCHOR "}]}" }, TENANT_USERS,
	  "onPremisesImmutableId", .asked = ASKING_NONE },
	{ "the context names it",
	  { GRAPH "users(id,onPremisesImmutableId,manager(),mail)\","
	    "\"value\":[" ADA SYNCED NO_ANCHOR "}]}" }, TENANT_USERS,
	  "onPremisesImmutableId", .asked = ASKING_ALL },
	{ "the context names others",
	  { GRAPH "users(id,mail)\",\"value\":[" ADA SYNCED NO_ANCHOR "}]}" },
	  TENANT_USERS, "onPremisesImmutableId", .asked = ASKING_NONE },
	{ "another anchor has values",
	  { USERS ADA SYNCED NO_ANCHOR ",\"onPremisesDomainName\":\"c.l\"}]}" },
	  TENANT_USERS, "onPremisesImmutableId", .asked = ASKING_ALL },
	{ "another user's page has it",
	  { USERS ADA SYNCED NO_ANCHOR "}]}",
	    USERS BOB SYNCED ",\"onPremisesImmutableId\":\"eA==\","
	    "\"onPremisesSecurityIdentifier\":null}]}" }, TENANT_USERS,
	  "onPremisesImmutableId", .asked = ASKING_ALL },
	{ "only one of two exports has it",
	  { USERS ADA "}]}", USERS BOB MEMBER "}]}" }, TENANT_USERS,
	  "userType", .asked = ASKING_PARTLY },
	{ "Graph's answer to a selection, nobody synchronized",
	  { USERS ADA MEMBER NO_FLAG NO_ANCHOR "}]}" }, TENANT_USERS,
	  "onPremisesSyncEnabled", .asked = ASKING_ALL },
	{ "and so nobody has an anchor",
	  { USERS ADA MEMBER NO_FLAG NO_ANCHOR "}]}" }, TENANT_USERS,
	  "onPremisesImmutableId", .asked = ASKING_ALL },
	{ "but the tenant synchronizes",
	  { USERS ADA MEMBER NO_FLAG NO_ANCHOR "}]}", ORGANIZATION("true") },
	  TENANT_USERS, "onPremisesSyncEnabled", .asked = ASKING_NONE },
	{ "PowerShell shows every property",
	  { "[" ADA MEMBER NO_FLAG NO_ANCHOR "}]" }, TENANT_USERS,
	  "onPremisesSyncEnabled", .asked = ASKING_NONE },
	{ "the tenant does not synchronize",
	  { "[" ADA MEMBER NO_FLAG NO_ANCHOR "}]", ORGANIZATION("null") },
	  TENANT_USERS, "onPremisesSyncEnabled", .asked = ASKING_ALL },
	{ "and so has no anchors",
	  { "[" ADA MEMBER NO_FLAG NO_ANCHOR "}]", ORGANIZATION("false") },
	  TENANT_USERS, "onPremisesImmutableId", .asked = ASKING_ALL },
	{ "whoever imports says that there is none",
	  { "[" ADA MEMBER NO_FLAG NO_ANCHOR "}]" }, TENANT_USERS,
	  "onPremisesSyncEnabled", .asked = ASKING_ALL,
	  .empties = EMPTIES_ARE_NONE },
	{ "a key that is not there stays so",
	  { "[" ADA MEMBER "}]" }, TENANT_USERS,
	  "onPremisesSyncEnabled", .asked = ASKING_NONE,
	  .empties = EMPTIES_ARE_NONE },
	{ "a mail that comes unasked",
	  { USERS ADA ",\"mail\":null}]}" }, TENANT_USERS, "mail",
	  .asked = ASKING_ALL },
	{ "a mail that a selection may have left out",
	  { "[" ADA MEMBER ",\"mail\":null}]" }, TENANT_USERS, "mail",
	  .asked = ASKING_NONE },
	{ "every user has a nickname",
	  { USERS ADA MEMBER ",\"mailNickname\":null}]}" }, TENANT_USERS,
	  "mailNickname", .asked = ASKING_NONE },
	{ "a list is there when it is empty",
	  { USERS ADA MEMBER ",\"proxyAddresses\":[]}]}" }, TENANT_USERS,
	  "proxyAddresses", .asked = ASKING_ALL },
	{ "a list that is null",
	  { USERS ADA MEMBER ",\"proxyAddresses\":null}]}" }, TENANT_USERS,
	  "proxyAddresses", .asked = ASKING_NONE },
	{ "PowerShell has empty lists of what was not asked for",
	  { "[" ADA MEMBER ",\"proxyAddresses\":[]}]" }, TENANT_USERS,
	  "proxyAddresses", .asked = ASKING_NONE },
	{ "nobody who lives is deleted",
	  { "[" ADA ",\"deletedDateTime\":null}]" }, TENANT_USERS,
	  "deletedDateTime", .asked = ASKING_ALL },
	{ "a synchronized group without a name in AD",
	  { GROUP(SYNCED ",\"onPremisesSecurityIdentifier\":null") },
	  TENANT_GROUPS, "onPremisesSecurityIdentifier", .asked = ASKING_NONE },
	{ "a cloud group", { GROUP(NO_FLAG) }, TENANT_GROUPS,
	  "onPremisesSyncEnabled", .asked = ASKING_ALL },
	{ "also where the tenant synchronizes",
	  { GROUP(NO_FLAG), ORGANIZATION("true") }, TENANT_GROUPS,
	  "onPremisesSyncEnabled", .asked = ASKING_ALL },
	{ "a cloud contact, too", { CONTACTS, ORGANIZATION("true") },
	  TENANT_CONTACTS, "onPremisesSyncEnabled", .asked = ASKING_ALL },
	{ "a cloud contact", { CONTACTS }, TENANT_CONTACTS,
	  "onPremisesSyncEnabled", .asked = ASKING_ALL },
	{ "a contact of PowerShell", { "[" CONTACT "]" }, TENANT_CONTACTS,
	  "onPremisesSyncEnabled", .asked = ASKING_NONE },

	{ "Exchange's attributes are all empty",
	  { DEFAULTS ",mail,mailNickname,proxyAddresses\n" ROW
	    "Ada,ada@contoso.com,,\n" }, AD_USERS, "mailNickname",
	  .asked = ASKING_NONE },
	{ "and the mail is not",
	  { DEFAULTS ",mail,mailNickname,proxyAddresses\n" ROW
	    "Ada,ada@contoso.com,,\n" }, AD_USERS, "mail",
	  .asked = ASKING_ALL },
	{ "one of Exchange's has values",
	  { DEFAULTS ",mailNickname,targetAddress\n" ROW "Ada,ada,\n" },
	  AD_USERS, "targetAddress", .asked = ASKING_ALL },
	{ "a column that no property was asked for",
	  { DEFAULTS ",mail\n" ROW "Ada,\n" }, AD_USERS, "mail",
	  .asked = ASKING_NONE },
	{ "what most lack, of who chose properties",
	  { DEFAULTS ",pwdLastSet,adminDescription\n" ROW
	    "Ada,133511616000000000,\n" }, AD_USERS, "adminDescription",
	  .asked = ASKING_ALL },
	{ "what most lack, and nothing was chosen",
	  { DEFAULTS ",adminDescription\n" ROW "Ada,\n" }, AD_USERS,
	  "adminDescription", .asked = ASKING_NONE },
	{ "what comes unasked", { DEFAULTS "\n" ROW "\n" }, AD_USERS,
	  "givenName", .asked = ASKING_ALL },
	{ "csvde writes what it was asked for",
	  { "DN,objectClass,sAMAccountName,mail\n" CSVDE_ROW "\n" },
	  AD_USERS, "mail", .asked = ASKING_ALL },
	{ "the portal's columns are fixed", { PORTAL }, TENANT_USERS, "mail",
	  .asked = ASKING_ALL },
	{ "the same by Export-Csv", { QUOTED }, TENANT_USERS, "mail",
	  .asked = ASKING_NONE },
	{ "Get-AzureADUser gives all that there is", { AZUREAD("") },
	  TENANT_USERS, "onPremisesImmutableId", .asked = ASKING_ALL },
	{ "who is synchronized has an anchor", { AZUREAD("True") },
	  TENANT_USERS, "onPremisesImmutableId", .asked = ASKING_NONE },
	{ "recipients without addresses", { RECIPIENT("") },
	  TENANT_MAILBOXES, "EmailAddresses", .asked = ASKING_NONE },
	{ "recipients with addresses", { RECIPIENT("SMTP:a@contoso.com") },
	  TENANT_MAILBOXES, "EmailAddresses", .asked = ASKING_ALL },
};

static void
write_input(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static enum asking
ask(const char *folder, size_t row)
{
	char *paths[2] = { path_join(folder, "a.in"),
	                   path_join(folder, "b.in") };
	char *to = path_join(folder, "s");
	struct import_settings set = {
		.files = (const char *const *)paths, .output = to,
		.mode = FOLDER_REPLACE, .collected = 0,
		.empties = rows[row].empties,
	};
	struct snapshot_asking is;
	struct err err = { 0 };
	struct snapshot *s;

	for (size_t i = 0; i < 2 && rows[row].inputs[i]; i++, set.count++)
		write_input(paths[i], rows[row].inputs[i]);
	if (import_run(&set, &err) != EXIT_DONE)
		fail_msg("%s: %s", rows[row].name, err.text);
	s = snapshot_open(to, &err);
	assert_non_null(s);
	is = snapshot_asking(s, rows[row].section, rows[row].attribute);
	assert_int_equal(is.without != NULL, is.asked == ASKING_PARTLY);
	snapshot_close(s);
	free(to);
	free(paths[0]);
	free(paths[1]);
	return is.asked;
}

static void
test_rows(void **state)
{
	char folder[] = "/tmp/empty.XXXXXX";

	(void)state;
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		enum asking have = ask(folder, i);

		if (have != rows[i].asked)
			fail_msg("%s: %s: want %d, have %d", rows[i].name,
			         rows[i].attribute, (int)rows[i].asked,
			         (int)have);
	}
	assert_int_equal(remove_tree(folder), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
