/* THE tables of names that numbers of AD have. */
#include "collect/import/value_name.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

struct named {
	const char *name;        /* without blanks and underscores */
	int64_t number;
};

/* MS-ADTS 2.2.16, and the names in ADS_USER_FLAG_ENUM and .NET. */
static const struct named control[] = {
	{ "SCRIPT", 0x1 }, { "ACCOUNTDISABLE", 0x2 },
	{ "ACCOUNTDISABLED", 0x2 }, { "HOMEDIRREQUIRED", 0x8 },
	{ "LOCKOUT", 0x10 }, { "PASSWDNOTREQD", 0x20 },
	{ "PASSWORDNOTREQUIRED", 0x20 }, { "PASSWDNOTREQUIRED", 0x20 },
	{ "PASSWDCANTCHANGE", 0x40 }, { "PASSWORDCANTCHANGE", 0x40 },
	{ "ENCRYPTEDTEXTPWDALLOWED", 0x80 },
	{ "ENCRYPTEDTEXTPASSWORDALLOWED", 0x80 },
	{ "TEMPDUPLICATEACCOUNT", 0x100 }, { "NORMALACCOUNT", 0x200 },
	{ "INTERDOMAINTRUSTACCOUNT", 0x800 },
	{ "WORKSTATIONTRUSTACCOUNT", 0x1000 },
	{ "WORKSTATIONACCOUNT", 0x1000 },
	{ "SERVERTRUSTACCOUNT", 0x2000 },
	{ "DONTEXPIREPASSWORD", 0x10000 }, { "DONTEXPIREPASSWD", 0x10000 },
	{ "MNSLOGONACCOUNT", 0x20000 }, { "SMARTCARDREQUIRED", 0x40000 },
	{ "TRUSTEDFORDELEGATION", 0x80000 }, { "NOTDELEGATED", 0x100000 },
	{ "USEDESKEYONLY", 0x200000 }, { "DONTREQPREAUTH", 0x400000 },
	{ "DONTREQUIREPREAUTH", 0x400000 }, { "PASSWORDEXPIRED", 0x800000 },
	{ "TRUSTEDTOAUTHFORDELEGATION", 0x1000000 },
	{ "TRUSTEDTOAUTHENTICATEFORDELEGATION", 0x1000000 },
	{ "NOAUTHDATAREQUIRED", 0x2000000 },
	{ "PARTIALSECRETSACCOUNT", 0x4000000 },
	{ NULL, 0 },
};

/* MS-ADTS 2.2.12; Get-ADGroup's GroupScope and GroupCategory. */
enum { GLOBAL = 2, LOCAL = 4, UNIVERSAL = 8 };

static const struct named group_type[] = {
	{ "GLOBAL", GLOBAL }, { "ACCOUNTGROUP", GLOBAL },
	{ "GLOBALGROUP", GLOBAL }, { "DOMAINLOCAL", LOCAL },
	{ "DOMAINLOCALGROUP", LOCAL }, { "RESOURCEGROUP", LOCAL },
	{ "LOCALGROUP", LOCAL }, { "UNIVERSAL", UNIVERSAL },
	{ "UNIVERSALGROUP", UNIVERSAL }, { "BUILTINLOCALGROUP", 1 },
	{ "BUILTINLOCAL", 1 }, { "SECURITY", INT32_MIN },
	{ "SECURITYENABLED", INT32_MIN }, { "DISTRIBUTION", 0 },
	{ "APPBASICGROUP", 0x10 }, { "APPQUERYGROUP", 0x20 },
	{ NULL, 0 },
};

/* MS-ADTS 2.2.15, with and without the SAM before. */
static const struct named account_type[] = {
	{ "SAMUSEROBJECT", 805306368 }, { "USEROBJECT", 805306368 },
	{ "SAMNORMALUSERACCOUNT", 805306368 },
	{ "SAMMACHINEACCOUNT", 805306369 }, { "MACHINEACCOUNT", 805306369 },
	{ "SAMTRUSTACCOUNT", 805306370 }, { "TRUSTACCOUNT", 805306370 },
	{ "SAMGROUPOBJECT", 268435456 }, { "GROUPOBJECT", 268435456 },
	{ "SAMNONSECURITYGROUPOBJECT", 268435457 },
	{ "NONSECURITYGROUPOBJECT", 268435457 },
	{ "SAMALIASOBJECT", 536870912 }, { "ALIASOBJECT", 536870912 },
	{ "SAMNONSECURITYALIASOBJECT", 536870913 },
	{ "NONSECURITYALIASOBJECT", 536870913 },
	{ "SAMAPPBASICGROUP", 1073741824 }, { "SAMAPPQUERYGROUP", 1073741825 },
	{ NULL, 0 },
};

/* Exchange's own names, as Get-Recipient shows them. */
static const struct named recipient_type[] = {
	{ "USERMAILBOX", 1 }, { "LINKEDMAILBOX", 2 }, { "SHAREDMAILBOX", 4 },
	{ "LEGACYMAILBOX", 8 }, { "ROOMMAILBOX", 16 },
	{ "EQUIPMENTMAILBOX", 32 }, { "MAILCONTACT", 64 },
	{ "MAILUSER", 128 }, { "MAILUNIVERSALDISTRIBUTIONGROUP", 256 },
	{ "MAILNONUNIVERSALGROUP", 512 },
	{ "MAILUNIVERSALSECURITYGROUP", 1024 },
	{ "DYNAMICDISTRIBUTIONGROUP", 2048 }, { "PUBLICFOLDER", 4096 },
	{ "SYSTEMATTENDANTMAILBOX", 8192 }, { "SYSTEMMAILBOX", 16384 },
	{ "MAILFORESTCONTACT", 32768 }, { "USER", 65536 },
	{ "CONTACT", 131072 }, { "UNIVERSALDISTRIBUTIONGROUP", 262144 },
	{ "UNIVERSALSECURITYGROUP", 524288 },
	{ "NONUNIVERSALGROUP", 1048576 }, { "DISABLEDUSER", 2097152 },
	{ "MICROSOFTEXCHANGE", 4194304 }, { "ARBITRATIONMAILBOX", 8388608 },
	{ "MAILBOXPLAN", 16777216 }, { "LINKEDUSER", 33554432 },
	{ "ROOMLIST", 268435456 }, { "DISCOVERYMAILBOX", 536870912 },
	{ "ROLEGROUP", 1073741824 },
	{ "REMOTEUSERMAILBOX", INT64_C(1) << 31 },
	{ "COMPUTER", INT64_C(1) << 32 },
	{ "REMOTEROOMMAILBOX", INT64_C(1) << 33 },
	{ "REMOTEEQUIPMENTMAILBOX", INT64_C(1) << 34 },
	{ "REMOTESHAREDMAILBOX", INT64_C(1) << 35 },
	{ "PUBLICFOLDERMAILBOX", INT64_C(1) << 36 },
	{ "TEAMMAILBOX", INT64_C(1) << 37 },
	{ "REMOTETEAMMAILBOX", INT64_C(1) << 38 },
	{ "MONITORINGMAILBOX", INT64_C(1) << 39 },
	{ "GROUPMAILBOX", INT64_C(1) << 40 },
	{ "LINKEDROOMMAILBOX", INT64_C(1) << 41 },
	{ "AUDITLOGMAILBOX", INT64_C(1) << 42 },
	{ "REMOTEGROUPMAILBOX", INT64_C(1) << 43 },
	{ "SCHEDULINGMAILBOX", INT64_C(1) << 44 },
	{ "GUESTMAILUSER", INT64_C(1) << 45 },
	{ NULL, 0 },
};

static const struct named display_type[] = {
	{ "MAILBOXUSER", 0 }, { "DISTRIBUTIONGROUP", 1 },
	{ "PUBLICFOLDER", 2 }, { "DYNAMICDISTRIBUTIONGROUP", 3 },
	{ "ORGANIZATION", 4 }, { "PRIVATEDISTRIBUTIONLIST", 5 },
	{ "REMOTEMAILUSER", 6 }, { "CONFERENCEROOMMAILBOX", 7 },
	{ "EQUIPMENTMAILBOX", 8 }, { "ARBITRATIONMAILBOX", 10 },
	{ "MAILBOXPLAN", 11 }, { "LINKEDUSER", 12 }, { "ROOMLIST", 15 },
	{ "TEAMMAILBOXUSER", 16 }, { "GROUPMAILBOX", 17 },
	{ "SCHEDULINGMAILBOX", 18 }, { "ACLABLEMAILBOXUSER", 1073741824 },
	{ "ACLABLEREMOTEMAILUSER", 1073741830 },
	{ "SECURITYDISTRIBUTIONGROUP", 1073741833 },
	{ "ACLABLETEAMMAILBOXUSER", 1073741840 },
	{ "SYNCEDMAILBOXUSER", -2147483642 },
	{ "SYNCEDUDGASUDG", -2147483391 },
	{ "SYNCEDUDGASCONTACT", -2147483386 },
	{ "SYNCEDPUBLICFOLDER", -2147483130 },
	{ "SYNCEDDYNAMICDISTRIBUTIONGROUP", -2147482874 },
	{ "SYNCEDREMOTEMAILUSER", -2147482106 },
	{ "SYNCEDCONFERENCEROOMMAILBOX", -2147481850 },
	{ "SYNCEDEQUIPMENTMAILBOX", -2147481594 },
	{ "SYNCEDUSGASUDG", -2147481343 },
	{ "SYNCEDUSGASCONTACT", -2147481338 },
	{ "ACLABLESYNCEDMAILBOXUSER", -1073741818 },
	{ "ACLABLESYNCEDREMOTEMAILUSER", -1073740282 },
	{ "ACLABLESYNCEDUSGASCONTACT", -1073739514 },
	{ "SYNCEDUSGASUSG", -1073739511 },
	{ NULL, 0 },
};

static const struct named remote_type[] = {
	{ "NONE", 0 }, { "PROVISIONMAILBOX", 1 }, { "PROVISIONARCHIVE", 2 },
	{ "MIGRATED", 4 }, { "DEPROVISIONMAILBOX", 8 },
	{ "DEPROVISIONARCHIVE", 16 }, { "ROOMMAILBOX", 32 },
	{ "EQUIPMENTMAILBOX", 64 }, { "SHAREDMAILBOX", 96 },
	{ "TEAMMAILBOX", 128 },
	{ NULL, 0 },
};

/* Whether names stand for bits, of which a value may have several. */
enum bits { ONE_OF, BITS_OF };

static const struct {
	const struct named *names;
	enum bits bits;
} tables[AS_COUNT] = {
	[AS_CONTROL] = { control, BITS_OF },
	[AS_GROUP_TYPE] = { group_type, BITS_OF },
	[AS_ACCOUNT_TYPE] = { account_type, ONE_OF },
	[AS_RECIPIENT_TYPE] = { recipient_type, ONE_OF },
	[AS_DISPLAY_TYPE] = { display_type, ONE_OF },
	[AS_REMOTE_TYPE] = { remote_type, BITS_OF },
};

enum { NAME_ROOM = 64 };

/* The name as tables have it: letters in capitals, nothing else. */
static size_t
squeeze(char out[NAME_ROOM], const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n + 1 < NAME_ROOM; i++)
		if (isalnum((unsigned char)text[i]))
			out[n++] = (char)toupper((unsigned char)text[i]);
	out[n] = '\0';
	return n;
}

static bool
look_up(int64_t *out, const struct named *names, const char *text, size_t len)
{
	static const char *const prefixes[] = {
		"", "UF", "ADSUF", "ADSGROUPTYPE",
	};
	char name[NAME_ROOM];

	if (!squeeze(name, text, len))
		return false;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t skip = strlen(prefixes[i]);

		if (strncmp(name, prefixes[i], skip) != 0)
			continue;
		for (const struct named *n = names; n->name; n++)
			if (strcmp(n->name, name + skip) == 0) {
				*out = n->number;
				return true;
			}
	}
	return false;
}

/* A group's type needs its scope: "Security" alone is half of it. */
static bool
is_whole(enum value_syntax syntax, int64_t bits)
{
	int64_t scope = bits & (GLOBAL | LOCAL | UNIVERSAL);

	return syntax != AS_GROUP_TYPE ||
	       scope == GLOBAL || scope == LOCAL || scope == UNIVERSAL;
}

bool
name_parse(int64_t *out, enum value_syntax syntax, const char *text)
{
	static const char separators[] = " ,;|+&\t()";
	const struct named *names = tables[syntax].names;
	int64_t bits = 0, one;
	size_t n = 0;

	if (!names)
		return false;
	if (look_up(out, names, text, strlen(text)))
		return is_whole(syntax, *out);
	if (tables[syntax].bits == ONE_OF)
		return false;
	for (text += strspn(text, separators); *text;
	     text += strspn(text, separators), n++) {
		size_t len = strcspn(text, separators);

		if (!look_up(&one, names, text, len))
			return false;
		bits |= one;
		text += len;
	}
	*out = bits;
	return n && is_whole(syntax, bits);
}
