/*
 * Which kind a CSV file is by how it begins, what is said of those that are
 * none, and what counts as lost in an export.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "collect/import/csv_exchange.h"
#include "collect/import/csv_lost.h"
#include "collect/import/type_name.h"
#include "collect/import/csv_source.h"
#include "collect/import/exchange_organization.h"
#include "collect/import/exchange_server.h"

#define ID "0f3a7c21-22b4-4d0e-9a5b-6c7d8e9f0a21"
#define CLOUD "\"CN=A,OU=x.onmicrosoft.com,OU=Microsoft Exchange Hosted " \
	"Organizations,DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM\""

static const struct source *const sources[] = {
	&exchange_csv_source, &exchange_online_csv_source, &ad_csv_source,
	&portal_csv_source, &exchange_organization_csv_source,
	&exchange_server_csv_source,
};

static const struct {
	const char *head;
	const char *kind;        /* NULL: none */
	const char *lacks;       /* what is then said of it, in part */
} heads[] = {
	{ "DN,objectClass,mail\n", "ad-csv", NULL },
	{ "\"Distinguished Name\";UserName\n", "ad-csv", NULL },
	{ "sep=;\nDistinguishedName;mail\n", "ad-csv", NULL },
	{ "#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n"
	  "\"mail\",\"DistinguishedName\"\r\n", "ad-csv", NULL },
	{ ";;;\nDistinguishedName;mail;;\n", "ad-csv", NULL },
	{ "DN;proxyAddress\n", "ad-csv", NULL },
	{ "Name,Guid,DistinguishedName\n", NULL, "neither objectClass" },
	{ "Name,Enabled,AddressSpaces,DistinguishedName,WhenCreated\n", NULL,
	  "neither objectClass" },
	{ "Name,ServerRole,AdminDisplayVersion,DistinguishedName\n",
	  "exchange-server-csv", NULL },
	{ "Name,ObjectClass,ServerRole,AdminDisplayVersion,"
	  "DistinguishedName\n", "exchange-server-csv", NULL },
	{ "Name,ServerRole,AdminDisplayVersion,Guid\n", NULL,
	  "no DistinguishedName" },
	{ "Name,ServerRole,Edition,DistinguishedName\n", NULL,
	  "no AdminDisplayVersion" },
	{ "Name,AdminDisplayVersion,DistinguishedName\n", NULL,
	  "neither objectClass" },
	{ "Name,IsDehydrated,DistinguishedName\nx,False," CLOUD "\n",
	  "exchange-organization-csv", NULL },
	{ "Name,IsDehydrated,DistinguishedName\n"
	  "x,False,\"CN=x,CN=Microsoft Exchange,CN=Services,CN=Configuration,"
	  "DC=x\"\n", NULL, "BlockExchangeProvisioning" },
	{ "SamAccountName,mail,Enabled\n", "ad-csv", NULL },
	{ "objectGUID,mail\n", "ad-csv", NULL },
	{ "UserPrincipalName;SID\n", "ad-csv", NULL },
	{ "SamAccountName,GroupScope\n", "ad-csv", NULL },
	{ "SamAccountName,LastLogonDate\n", NULL, "DistinguishedName" },
	{ "ObjectGUID,SamAccountName\n", NULL, "DistinguishedName" },
	{ "Name,SamAccountName,UserPrincipalName,Password\n", NULL,
	  "DistinguishedName" },
	{ "Name,SID,Enabled,PrincipalSource\n", NULL, "DistinguishedName" },
	{ "SamAccountName,UserPrincipalName,AccountEnabled\n", NULL,
	  "ObjectId" },
	{ "Id,UserPrincipalName,SamAccountName\n", "portal-csv", NULL },
	{ "Name,Email\n", NULL, NULL },
	{ "mailNickname,proxyAddresses\n", NULL, "DistinguishedName" },
	{ "DISTINGUISHEDNAME,OBJECTCLASS,ATTRIBUTE,ERROR,VALUE,UPDATE,ACTION\n",
	  NULL, "IdFix" },
	{ "printer,floor\n", NULL, NULL },

	{ "userPrincipalName,id\n", "portal-csv", NULL },
	{ "version:v1.0\nUser name [userPrincipalName] Required,Id [id]\n",
	  "portal-csv", NULL },
	{ "ObjectId,DisplayName,SecurityEnabled\n", "portal-csv", NULL },
	{ "ObjectId,DisplayName,GroupType\n", "portal-csv", NULL },
	{ "userPrincipalName,accountEnabled\n", NULL, "ObjectId" },
	{ "Id,DisplayName,Mail\n", NULL, "userPrincipalName" },
	{ "version:v1.0\nName [displayName],User name [userPrincipalName],"
	  "Initial password [passwordProfile]\n", NULL, "template" },

	{ "PrimarySmtpAddress,DistinguishedName\na@x.nl,\"CN=A,DC=x\"\n",
	  "exchange-csv", NULL },
	{ "PrimarySmtpAddress,OrganizationalUnit\na@x.nl,x.nl/Staff\n",
	  "exchange-csv", NULL },
	{ "PrimarySmtpAddress,ServerName\na@x.nl,EX01\n",
	  "exchange-csv", NULL },
	{ "RecipientTypeDetails,ExternalDirectoryObjectId\n"
	  "RemoteUserMailbox," ID "\n", "exchange-csv", NULL },
	{ "PrimarySmtpAddress,RemoteRoutingAddress\n", "exchange-csv", NULL },
	{ "PrimarySmtpAddress,Database\na@x.nl,DB01\n", "exchange-csv", NULL },
	{ "PrimarySmtpAddress,Identity\na@x.nl,x.nl/Staff/A\n",
	  "exchange-csv", NULL },
	{ "PrimarySmtpAddress,RecipientTypeDetails\na@x.nl,LinkedMailbox\n",
	  "exchange-csv", NULL },
	{ "PrimarySmtpAddress,DistinguishedName\na@x.nl," CLOUD "\n",
	  "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,ExternalDirectoryObjectId\na@x.nl,\n"
	  "b@x.nl," ID "\n", "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,ExternalDirectoryObjectId\n",
	  "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,ServerName\na@x.nl,VI1P193MB0567\n",
	  "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,IsDirSynced\na@x.nl,True\n",
	  "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,OrganizationId\na@x.nl,"
	  "EURPR01A001.PROD.OUTLOOK.COM/x.onmicrosoft.com\n",
	  "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,Database\na@x.nl,EURPR01DG101-db001\n",
	  "exchange-online-csv", NULL },
	{ "DisplayName,EmailAddresses\nA,SMTP:a@x.nl;SPO:SPO_1@SPO_2\n",
	  "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,RecipientTypeDetails\na@x.nl,UserMailbox\n"
	  "b@x.nl,GroupMailbox\n", "exchange-online-csv", NULL },
	{ "PrimarySmtpAddress,Identity\na@x.nl,a/b\n", NULL, "--as" },
	{ "PrimarySmtpAddress,RecipientTypeDetails\na@x.nl,UserMailbox\n",
	  NULL, "--as" },
	{ "PrimarySmtpAddress,IsDirSynced\na@x.nl,False\n", NULL, "--as" },
	{ "PrimarySmtpAddress,ExternalDirectoryObjectId\na@x.nl,\n",
	  NULL, "--as" },
	{ "DisplayName,EmailAddresses\nA,SMTP:a@x.nl\n", NULL, "--as" },
	{ "PrimarySmtpAddress,DistinguishedName\na@x.nl,\"CN=A,DC=x\"\n"
	  "b@x.nl," CLOUD "\n", NULL, "each side" },
};

static const char *
kind_of(const char *head)
{
	const char *kind = NULL;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (!sources[i]->recognise(head, strlen(head)))
			continue;
		if (kind)
			fail_msg("%s: is %s and %s", head, kind,
			         sources[i]->kind);
		kind = sources[i]->kind;
	}
	return kind;
}

/* What the first kind says that knows what lacks. */
static const char *
lack_of(const char *head)
{
	const char *told = NULL;
	size_t n = sizeof(sources) / sizeof(sources[0]);

	/* Those of AD come last. */
	for (size_t i = n; i > 0 && !told; i--)
		if (sources[i - 1]->lacks)
			told = sources[i - 1]->lacks(head, strlen(head));
	return told;
}

static const char *
or_none(const char *text)
{
	return text ? text : "none";
}

static void
test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		const char *head = heads[i].head;
		const char *kind = kind_of(head);
		const char *told = kind ? NULL : lack_of(head);

		if (strcmp(or_none(kind), or_none(heads[i].kind)) != 0)
			fail_msg("%s: want %s, have %s", head,
			         or_none(heads[i].kind), or_none(kind));
		if (!told != !heads[i].lacks ||
		    (told && !strstr(told, heads[i].lacks)))
			fail_msg("%s: want \"%s\", have \"%s\"", head,
			         or_none(heads[i].lacks), or_none(told));
	}
}

/* A value that is cut tells nothing: here, the name of another place. */
static void
test_cut(void **state)
{
	static const char row[] = "a@x.nl,eur.prod.outlook.com/x\n";
	static char head[SOURCE_HEAD + sizeof(row)];
	int n = snprintf(head, sizeof(head),
	                 "PrimarySmtpAddress,OrganizationalUnit\n");

	(void)state;
	while (n < SOURCE_HEAD - 50)
		n += snprintf(head + n, sizeof(head) - (size_t)n, "%s", row);
	memset(head + n, '\n', (size_t)(SOURCE_HEAD - n));
	memcpy(head + SOURCE_HEAD - 11, "a@x.nl,eur.", 11);
	assert_int_equal(csv_exchange_side(head, SOURCE_HEAD), EXCHANGE_ONLINE);
}

static const struct {
	const char *text;
	enum type_field kind;
	bool lost;
} values[] = {
	{ "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
	  FIELD_TEXT, true },
	{ "System.Byte[]", FIELD_TEXT, true },
	{ "System.DirectoryServices.ActiveDirectorySecurity",
	  FIELD_TEXT, true },
	{ "System.Collections.Generic.List`1[System.String]",
	  FIELD_TEXT, true },
	{ "Deserialized.Microsoft.Exchange.Data.ProxyAddressCollection",
	  FIELD_TEXT, true },
	{ "Microsoft.Graph.PowerShell.Models.MicrosoftGraphAssignedPlan[]",
	  FIELD_TEXT, true },
	{ "Quest.ActiveRoles.Data.Values", FIELD_VALUES, true },
	{ "Quest.ActiveRoles.Data.Values", FIELD_TEXT, false },
	{ "Microsoft.Sales", FIELD_TEXT, false },
	{ "ada.lind", FIELD_TEXT, false },
	{ "PC1.CONTOSO.COM", FIELD_VALUES, false },
	{ "pc1.contoso.com", FIELD_VALUES, false },
	{ "SMTP:a@x.nl", FIELD_VALUES, false },
	{ "CN=A,DC=x", FIELD_VALUES, false },
	{ "System.Byte[] and more", FIELD_TEXT, false },
	{ "System.Object System.Object[]", FIELD_TEXT, true },
	{ "Microsoft.Open.AzureAD.Model.AssignedPlan;"
	  "Microsoft.Open.AzureAD.Model.AssignedPlan", FIELD_TEXT, true },
	{ "System.Collections.Generic.List`1[[System.String, mscorlib]]",
	  FIELD_TEXT, true },
	{ "@{Service=exchange}", FIELD_TEXT, true },
	{ "@{", FIELD_TEXT, false }, { "@", FIELD_TEXT, false },
	{ "", FIELD_TEXT, false },
	{ "EXw6D7QiDk2aW2x9jp8KEQ==", FIELD_VALUES, false },
};

static const struct {
	const char *text;
	enum lost_letters lost;
} letters[] = {
	{ "J?rg", LETTERS_LOST }, { "?sa", LETTERS_LOST },
	{ "CN=A,OU=?sterreich,DC=x", LETTERS_LOST },
	{ "M??ller", LETTERS_LOST }, { "J\xef\xbf\xbdrg", LETTERS_LOST },
	{ "???? ??????", LETTERS_LOST },
	{ "CN=??,OU=Staff,DC=x", LETTERS_LOST },
	{ "Who, me ??", LETTERS_THERE }, { "a;?;b", LETTERS_THERE },
	{ "Andr? Lind", LETTERS_MAYBE }, { "Who, me?", LETTERS_MAYBE },
	{ "a@x.nl", LETTERS_THERE }, { "?", LETTERS_THERE },
	{ "12?34", LETTERS_THERE }, { "What ?", LETTERS_THERE },
};

static void
test_lost(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (type_name_is(values[i].text, values[i].kind) !=
		    values[i].lost)
			fail_msg("%s: want lost %d", values[i].text,
			         values[i].lost);
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++)
		if (csv_lost_letters(letters[i].text) != letters[i].lost)
			fail_msg("%s: want %d", letters[i].text,
			         letters[i].lost);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heads),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_lost),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("csv_kinds", tests, NULL, NULL);
}
