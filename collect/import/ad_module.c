/* THE tables of the ActiveDirectory module's words. */
#include "collect/import/ad_module.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/record.h"
#include "collect/import/import_map.h"
#include "collect/schema/schema.h"

/*
 * Words that the table of CSV's columns does not have, as there their dates
 * are of a culture.
 */
static const struct {
	const char *shown, *attribute;
} words[] = {
	{ "Modified", "whenChanged" },
	{ "Deleted", "isDeleted" },
};

const char *
ad_module_attribute(const char *name)
{
	const struct column_map *map = column_find(&ad_columns, name);
	const struct ad_attr *a;

	if (map)
		return map->attribute;
	a = ad_attr_find(name);
	if (!a)
		a = ad_attr_shown(name);
	for (size_t i = 0; !a && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(words[i].shown, name) == 0)
			return words[i].attribute;
	return a ? a->name : name;
}

/* Words, or the numbers that they have in .NET; MS-ADTS, section 2.2.12. */
static const struct group_word {
	const char *word, *number;
	long bits;
} scopes[] = {
	{ "DomainLocal", "0", 4 },
	{ "Global", "1", 2 },
	{ "Universal", "2", 8 },
	{ 0 },
}, categories[] = {
	{ "Distribution", "0", 0 },
	{ "Security", "1", -2147483648L },
	{ 0 },
};

static const struct group_word *
word_find(const struct group_word *in, const char *text)
{
	for (; text && in->word; in++)
		if (strcasecmp(text, in->word) == 0 ||
		    strcmp(text, in->number) == 0)
			return in;
	return NULL;
}

bool
ad_module_add_group_type(struct record *r)
{
	const struct group_word *scope, *category;
	char number[24];

	if (record_find(r, "groupType") >= 0)
		return false;
	scope = word_find(scopes, record_text(r, "GroupScope"));
	category = word_find(categories, record_text(r, "GroupCategory"));
	if (!scope || !category)
		return false;
	snprintf(number, sizeof(number), "%ld", scope->bits + category->bits);
	ad_record_add(r, "groupType", number, strlen(number));
	return true;
}

static bool
has_any(const struct record *r, const char *const *names)
{
	for (; *names; names++)
		if (record_find(r, *names) >= 0)
			return true;
	return false;
}

static enum section
section_by_attributes(const struct record *r)
{
	static const char *const of_groups[] = {
		"GroupScope", "GroupCategory", "groupType", NULL
	};
	static const char *const of_computers[] = {
		"operatingSystem", "dNSHostName", "IPv4Address", NULL
	};
	static const char *const of_users[] = {
		"sAMAccountName", "userPrincipalName", NULL
	};
	const char *sam = record_text(r, "sAMAccountName");

	if (has_any(r, of_groups))
		return AD_GROUPS;
	if ((sam && *sam && sam[strlen(sam) - 1] == '$') ||
	    has_any(r, of_computers))
		return AD_COMPUTERS;
	return has_any(r, of_users) ? AD_USERS : AD_OTHER;
}

enum section
ad_module_section(const struct record *r)
{
	enum section s = ad_section(r);
	long at = record_find(r, "objectClass");

	/* A class that nobody judges is told, too. */
	return s != AD_OTHER || (at >= 0 && record_values(r, (size_t)at))
		? s : section_by_attributes(r);
}
