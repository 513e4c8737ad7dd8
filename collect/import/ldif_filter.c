/* Looks at what the parts of a filter (RFC 4515) are about. */
#include "collect/import/ldif_filter.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"

/* They tell classes apart. */
static const char *const of_class[] = {
	"objectClass", "objectCategory", "sAMAccountType", "isDeleted",
};

/* Every object of a class that has them at all has a value. */
static const char *const of_all[] = {
	"objectGUID", "objectSid", "sAMAccountName", "cn", "name",
	"distinguishedName", "instanceType", "whenCreated", "groupType",
	"userAccountControl",
};

static bool
is_among(const char *const *names, size_t n, const char *text, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) == len &&
		    strncasecmp(names[i], text, len) == 0)
			return true;
	return false;
}

/* "attribute=value", up to the next parenthesis. */
static bool
is_by_class(const char *item, size_t len)
{
	size_t name = 0, value;

	while (name < len && !strchr("=<>~:", item[name]))
		name++;
	value = len - name;
	if (is_among(of_class, sizeof(of_class) / sizeof(of_class[0]), item,
	             name))
		return true;
	return value == 2 && memcmp(item + name, "=*", 2) == 0 &&
	       is_among(of_all, sizeof(of_all) / sizeof(of_all[0]), item,
	                name);
}

bool
ldif_filter_is_by_class(const char *filter, size_t len)
{
	size_t i = 0;

	while (i < len) {
		size_t begin = i;

		/* Parentheses, and what joins the parts. */
		if (strchr("()&|! ", filter[i])) {
			i++;
			continue;
		}
		while (i < len && filter[i] != '(' && filter[i] != ')')
			i++;
		if (!is_by_class(filter + begin, i - begin))
			return false;
	}
	return true;
}

void
ldif_filters_release(struct ldif_filters *f)
{
	free(f->first_narrow);
	free(f->first);
}

void
ldif_filters_take(struct ldif_filters *f, const char *text, size_t len)
{
	enum { SHOWN = 200 };    /* bytes of it in a reason */
	static const char any[] = "(objectClass=*)";
	size_t shown = len < SHOWN ? len : utf8_bad(text, SHOWN);

	f->some = len != strlen(any) || strncasecmp(text, any, len) != 0;
	if (f->some && !f->first)
		f->first = xstrndup(text, shown);
	f->narrow = !ldif_filter_is_by_class(text, len);
	if (f->narrow && !f->first_narrow)
		f->first_narrow = xstrndup(text, shown);
}
