/* Name spaces and clashes: see change_values.h. */
#include "report/repair/change_values.h"

#include <stddef.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

bool
changes_is_list(const char *attribute)
{
	return ascii_casecmp(attribute, "proxyAddresses") == 0;
}

/* Addresses are one name space, aliases and account names one each. */
static const struct {
	const char *attribute, *space;
} spaces[] = {
	{ "proxyAddresses", "" }, { "mail", "" }, { "userPrincipalName", "" },
	{ "mailNickname", "alias " }, { "sAMAccountName", "account " },
};

static const char *
bare(const char *value)
{
	static const char prefix[] = "smtp:";
	size_t i = 0;

	while (prefix[i] && (value[i] | 0x20) == (prefix[i] | 0x20))
		i++;
	return prefix[i] ? value : value + i;
}

const char *
change_key(struct arena *a, const char *attribute, const char *value)
{
	for (size_t i = 0; value && i < sizeof(spaces) / sizeof(spaces[0]);
	     i++) {
		const char *folded;

		if (ascii_casecmp(spaces[i].attribute, attribute) != 0)
			continue;
		folded = utf8_folded(a, bare(value));
		return arena_join(a, spaces[i].space, strlen(spaces[i].space),
		                  folded);
	}
	return NULL;
}

static bool
is_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool
change_is_same(const struct repair_part *a, const struct repair_part *b)
{
	return ascii_casecmp(a->attribute, b->attribute) == 0 &&
	       is_text(a->old, b->old) && is_text(a->new, b->new);
}

static bool
is_primary(const char *value)
{
	return value && strncmp(value, "SMTP:", 5) == 0;
}

/* AD takes values that differ in case alone for one. */
static bool
meet(const char *a, const char *b)
{
	return a && b && utf8_same_folded(a, b);
}

bool
change_clashes(const struct repair_part *a, const struct repair_part *b)
{
	if (ascii_casecmp(a->attribute, b->attribute) != 0 ||
	    change_is_same(a, b))
		return false;
	if (!changes_is_list(a->attribute))
		return true;
	return meet(a->old, b->old) || meet(a->new, b->new) ||
	       is_text(a->new ? a->new : "", b->old) ||
	       is_text(b->new ? b->new : "", a->old) ||
	       (is_primary(a->new) && is_primary(b->new));
}
