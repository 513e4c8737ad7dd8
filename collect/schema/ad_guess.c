/*
 * An export by a list of attributes leaves objectClass out. Other attributes
 * say what an object is, since AD sets them by its class.
 */
#include "collect/schema/ad_guess.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/utf8.h"

/* What nothing was found for. */
#define UNSAID SECTION_COUNT

/* A number that stands for a class, and its name where one is written. */
struct class_meaning {
	int64_t number;
	const char *name;
	enum section section;
};

/* sAMAccountType (MS-ADTS 2.2.15). */
static const struct class_meaning account_types[] = {
	{ 0x10000000, "SAM_GROUP_OBJECT", AD_GROUPS },
	{ 0x10000001, "SAM_NON_SECURITY_GROUP_OBJECT", AD_GROUPS },
	{ 0x20000000, "SAM_ALIAS_OBJECT", AD_GROUPS },
	{ 0x20000001, "SAM_NON_SECURITY_ALIAS_OBJECT", AD_GROUPS },
	{ 0x30000000, "SAM_USER_OBJECT", AD_USERS },
	{ 0x30000000, "SAM_NORMAL_USER_ACCOUNT", AD_USERS },
	{ 0x30000001, "SAM_MACHINE_ACCOUNT", AD_COMPUTERS },
	{ 0x30000002, "SAM_TRUST_ACCOUNT", AD_USERS },
	{ 0x40000000, "SAM_APP_BASIC_GROUP", AD_GROUPS },
	{ 0x40000001, "SAM_APP_QUERY_GROUP", AD_GROUPS },
};

/*
 * msExchRecipientTypeDetails ("Get-Recipient", -RecipientTypeDetails): what
 * kind of object each type is of.
 */
static const struct class_meaning recipient_types[] = {
	{ 0x1, "UserMailbox", AD_USERS },
	{ 0x2, "LinkedMailbox", AD_USERS },
	{ 0x4, "SharedMailbox", AD_USERS },
	{ 0x8, "LegacyMailbox", AD_USERS },
	{ 0x10, "RoomMailbox", AD_USERS },
	{ 0x20, "EquipmentMailbox", AD_USERS },
	{ 0x40, "MailContact", AD_CONTACTS },
	{ 0x80, "MailUser", AD_USERS },
	{ 0x100, "MailUniversalDistributionGroup", AD_GROUPS },
	{ 0x200, "MailNonUniversalGroup", AD_GROUPS },
	{ 0x400, "MailUniversalSecurityGroup", AD_GROUPS },
	{ 0x800, "DynamicDistributionGroup", AD_OTHER },
	{ 0x1000, "PublicFolder", AD_OTHER },
	{ 0x8000, "MailForestContact", AD_CONTACTS },
	{ 0x800000, "ArbitrationMailbox", AD_USERS },
	{ 0x10000000, "RoomList", AD_GROUPS },
	{ 0x20000000, "DiscoveryMailbox", AD_USERS },
	{ 0x40000000, "RoleGroup", AD_GROUPS },
	{ 0x80000000, "RemoteUserMailbox", AD_USERS },
	{ INT64_C(1) << 33, "RemoteRoomMailbox", AD_USERS },
	{ INT64_C(1) << 34, "RemoteEquipmentMailbox", AD_USERS },
	{ INT64_C(1) << 35, "RemoteSharedMailbox", AD_USERS },
};

/*
 * The common name of objectCategory. Person is not among them: users and
 * contacts share it ("Object Class and Object Category").
 */
static const struct class_meaning categories[] = {
	{ 0, "Group", AD_GROUPS },
	{ 0, "Computer", AD_COMPUTERS },
	{ 0, "Organizational-Unit", AD_CONTAINERS },
	{ 0, "organizationalUnit", AD_CONTAINERS },
	{ 0, "Container", AD_CONTAINERS },
	{ 0, "Builtin-Domain", AD_CONTAINERS },
	{ 0, "Domain-DNS", AD_CONTAINERS },
	{ 0, "ms-DS-Group-Managed-Service-Account", AD_OTHER },
	{ 0, "ms-DS-Delegated-Managed-Service-Account", AD_OTHER },
	{ 0, "ms-DS-Managed-Service-Account", AD_OTHER },
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static enum section
by_name(const struct class_meaning *of, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(of[i].name) == len &&
		    strncasecmp(of[i].name, name, len) == 0)
			return of[i].section;
	return UNSAID;
}

/* Decimal, or hexadecimal behind "0x"; words may follow, as ldp writes. */
static bool
read_number(const char *text, int64_t *out)
{
	bool hex = strncasecmp(text, "0x", 2) == 0;
	char *end;

	errno = 0;
	*out = strtoll(text, &end, hex ? 16 : 10);
	return end > text && errno == 0 && (!*end || *end == ' ');
}

static enum section
by_meaning(const char *text, const struct class_meaning *of, size_t n)
{
	int64_t number;

	if (!text)
		return UNSAID;
	if (!read_number(text, &number))
		return by_name(of, n, text, strcspn(text, " ("));
	for (size_t i = 0; i < n; i++)
		if (of[i].number == number)
			return of[i].section;
	return UNSAID;
}

static enum section
by_account_type(const struct record *r)
{
	return by_meaning(record_text(r, "sAMAccountType"), account_types,
	                  COUNT(account_types));
}

static enum section
by_recipient_type(const struct record *r)
{
	return by_meaning(record_text(r, "msExchRecipientTypeDetails"),
	                  recipient_types, COUNT(recipient_types));
}

/* Its common name into NAME: Exchange and PowerShell may give that alone. */
static bool
category_of(const struct record *r, struct buf *name)
{
	const char *category = record_text(r, "objectCategory");

	if (!category || !*category)
		return false;
	if (strchr(category, '='))
		dn_first_value(name, category);
	else
		buf_adds(name, category);
	return true;
}

static enum section
by_category(const struct record *r)
{
	struct buf name = { 0 };
	enum section s = UNSAID;

	if (category_of(r, &name))
		s = by_name(categories, COUNT(categories), buf_text(&name),
		            name.len);
	buf_release(&name);
	return s;
}

static bool
is_person(const struct record *r)
{
	struct buf name = { 0 };
	bool person = category_of(r, &name) &&
	              ascii_casecmp(buf_text(&name), "Person") == 0;

	buf_release(&name);
	return person;
}

static enum section
by_group_type(const struct record *r)
{
	return record_text(r, "groupType") ? AD_GROUPS : UNSAID;
}

/* What kind of account it is (MS-ADTS 2.2.16). */
static enum section
by_control(const struct record *r)
{
	enum { NORMAL = 0x200, TRUST = 0x800, WORKSTATION = 0x1000,
	       SERVER = 0x2000 };
	const char *control = record_text(r, "userAccountControl");
	int64_t bits;

	if (!control || !read_number(control, &bits))
		return UNSAID;
	if (bits & (WORKSTATION | SERVER))
		return AD_COMPUTERS;
	return bits & (NORMAL | TRUST) ? AD_USERS : UNSAID;
}

static bool
has_any(const struct record *r, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		long attr = record_find(r, names[i]);

		if (attr >= 0 && record_values(r, (size_t)attr))
			return true;
	}
	return false;
}

/*
 * Attributes that AD lets accounts alone have; a computer is told from a user
 * by the dollar sign behind its name, which AD insists on.
 */
static enum section
by_account(const struct record *r)
{
	static const char *const of_accounts[] = {
		"userPrincipalName", "pwdLastSet", "accountExpires",
		"lastLogonTimestamp", "logonCount", "badPwdCount",
	};
	const char *sam = record_text(r, "sAMAccountName");
	const char *upn = record_text(r, "userPrincipalName");

	if (sam && *sam)
		return sam[strlen(sam) - 1] != '$' &&
		       has_any(r, of_accounts, COUNT(of_accounts))
			? AD_USERS : UNSAID;
	return upn && strchr(upn, '@') && !strpbrk(upn, "$/") ? AD_USERS
	                                                      : UNSAID;
}

/*
 * A person without account: certain only where the export left out nothing
 * but objectClass, which what nobody puts on a list shows.
 */
static enum section
by_lack_of_account(const struct record *r)
{
	static const char *const of_all[] = { "instanceType", "uSNCreated" };
	static const char *const of_principals[] = {
		"sAMAccountName", "objectSid", "userAccountControl",
		"primaryGroupID",
	};

	return is_person(r) && has_any(r, of_all, COUNT(of_all)) &&
	       !has_any(r, of_principals, COUNT(of_principals))
		? AD_CONTACTS : UNSAID;
}

/* Whether the name has nothing but DC: the head of a domain. */
static bool
is_domain(const char *dn)
{
	while (*dn && dn_first_is(dn, "DC"))
		dn = dn_parent(dn);
	return !*dn;
}

static enum section
by_place(const struct record *r)
{
	const char *dn = record_text(r, AD_DN);

	return dn && *dn && (dn_first_is(dn, "OU") || is_domain(dn))
		? AD_CONTAINERS : UNSAID;
}

/* A category of another class. */
static enum section
by_other_category(const struct record *r)
{
	struct buf name = { 0 };
	bool other = category_of(r, &name) && !is_person(r);

	buf_release(&name);
	return other ? AD_OTHER : UNSAID;
}

enum section
ad_guess(const struct record *r, enum ad_class *known)
{
	static enum section (*const ways[])(const struct record *r) = {
		by_category, by_account_type, by_group_type, by_control,
		by_recipient_type, by_account, by_lack_of_account, by_place,
		by_other_category,
	};

	*known = AD_CLASS_KNOWN;
	for (size_t i = 0; i < COUNT(ways); i++) {
		enum section s = ways[i](r);

		if (s != UNSAID)
			return s;
	}
	*known = AD_CLASS_UNKNOWN;
	return AD_OTHER;
}
