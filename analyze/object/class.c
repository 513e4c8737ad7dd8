/* What objects are, by the values of objectClass. */
#include "analyze/object/class.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"

/* Every user has four classes, and none is long: few look like it at all. */
static bool
is_inet_org_person(const char *text)
{
	static const char name[] = "inetOrgPerson";

	for (; *text; text++)
		if ((*text == 'i' || *text == 'I') &&
		    strncasecmp(text, name, sizeof(name) - 1) == 0)
			return true;
	return false;
}

static bool
has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = text; (at = strcasestr(at, word)); at += len)
		if ((at == text || !isalnum((unsigned char)at[-1])) &&
		    !isalnum((unsigned char)at[len]) && at[len] != '-')
			return true;
	return false;
}

/* A computer is a user, too. */
static void
take_deleted(struct object *o, const char *text)
{
	static const struct { const char *class; enum kind kind; } of[] = {
		{ "user", KIND_USER }, { "inetOrgPerson", KIND_USER },
		{ "group", KIND_GROUP }, { "contact", KIND_CONTACT },
		{ "computer", KIND_COMPUTER },
	};

	for (size_t i = 0; i < sizeof(of) / sizeof(of[0]); i++)
		if (has_word(text, of[i].class) &&
		    o->kind != KIND_COMPUTER)
			o->kind = of[i].kind;
}

void
class_take(struct object *o, const char *text)
{
	if (is_inet_org_person(text))
		o->ad.inet_org_person = YES;
	if (o->section == AD_DELETED)
		take_deleted(o, text);
	if (o->kind != KIND_OTHER || o->section == AD_DELETED)
		return;
	if (strcasestr(text, "publicFolder"))
		o->kind = KIND_FOLDER;
	else if (strcasestr(text, "msExchDynamicDistributionList"))
		o->kind = KIND_DYNAMIC_GROUP;
}
