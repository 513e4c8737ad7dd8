/* Which section an AD object belongs to; see ad_attr.h. */
#include "collect/schema/ad_attr.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

/*
 * Classes from the one that says most to the one that says least: a managed
 * service account is a computer, too, and a computer is a user.
 */
static const struct {
	const char *class;
	enum section section;
} classes[] = {
	{ .class = "msDS-GroupManagedServiceAccount", .section = AD_OTHER },
	{ .class = "msDS-DelegatedManagedServiceAccount", .section = AD_OTHER },
	{ .class = "msDS-ManagedServiceAccount", .section = AD_OTHER },
	{ .class = "computer", .section = AD_COMPUTERS },
	{ .class = "user", .section = AD_USERS },
	{ .class = "inetOrgPerson", .section = AD_USERS },
	{ .class = "group", .section = AD_GROUPS },
	{ .class = "contact", .section = AD_CONTACTS },
	{ .class = "organizationalUnit", .section = AD_CONTAINERS },
	{ .class = "container", .section = AD_CONTAINERS },
	{ .class = "builtinDomain", .section = AD_CONTAINERS },
	{ .class = "domainDNS", .section = AD_CONTAINERS },
	{ .class = "domain", .section = AD_CONTAINERS },
};

/* sAMAccountType of MS-ADTS section 2.2.15, which AD itself keeps. */
static const struct {
	const char *type;
	enum section section;
} account_types[] = {
	{ .type = "805306368", .section = AD_USERS },
	{ .type = "805306369", .section = AD_COMPUTERS },
	{ .type = "268435456", .section = AD_GROUPS },
	{ .type = "268435457", .section = AD_GROUPS },
	{ .type = "536870912", .section = AD_GROUPS },
	{ .type = "536870913", .section = AD_GROUPS },
};

static bool
has_class(const struct record *r, long attr, const char *class)
{
	size_t len = strlen(class);

	for (size_t i = 0; i < record_values(r, (size_t)attr); i++) {
		struct value v = record_value(r, (size_t)attr, i);

		if (v.len == len && v.kind == VALUE_TEXT &&
		    ascii_casecmp(v.data, class) == 0)
			return true;
	}
	return false;
}

static enum section
section_by_class(const struct record *r, long attr)
{
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (has_class(r, attr, classes[i].class))
			return classes[i].section;
	return AD_OTHER;
}

/* Of userAccountControl: what kind of account it is (MS-ADTS 2.2.16). */
static enum section
section_by_control(const char *control)
{
	enum { NORMAL = 0x200, WORKSTATION = 0x1000, SERVER = 0x2000 };
	long bits = strtol(control, NULL, 10);

	if (bits & (WORKSTATION | SERVER))
		return AD_COMPUTERS;
	return bits & NORMAL ? AD_USERS : AD_OTHER;
}

/* For exports in which objectClass was left out: only what is certain. */
static enum section
section_by_guess(const struct record *r)
{
	const char *type = record_text(r, "sAMAccountType");
	const char *control = record_text(r, "userAccountControl");
	const char *dn = record_text(r, AD_DN);
	size_t n = sizeof(account_types) / sizeof(account_types[0]);

	for (size_t i = 0; type && i < n; i++)
		if (strcmp(account_types[i].type, type) == 0)
			return account_types[i].section;
	if (record_text(r, "groupType"))
		return AD_GROUPS;
	if (control)
		return section_by_control(control);
	if (dn && strncasecmp(dn, "OU=", 3) == 0)
		return AD_CONTAINERS;
	return AD_OTHER;
}

enum section
ad_section(const struct record *r)
{
	const char *deleted = record_text(r, "isDeleted");
	long attr = record_find(r, "objectClass");

	if (deleted && ascii_casecmp(deleted, "TRUE") == 0)
		return AD_DELETED;
	if (attr >= 0 && record_values(r, (size_t)attr))
		return section_by_class(r, attr);
	return section_by_guess(r);
}
