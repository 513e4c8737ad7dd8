/* Which section an AD object belongs to; see ad_attr.h. */
#include "collect/schema/ad_attr.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/dn.h"
#include "base/utf8.h"
#include "collect/schema/ad_config.h"
#include "collect/schema/ad_guess.h"

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

enum { CLASSES = sizeof(classes) / sizeof(classes[0]) };

/* Classes that others are made of: alone they do not say what it is. */
static const char *const vague[] = {
	"top", "leaf", "person", "organizationalPerson", "mailRecipient",
	"securityPrincipal", "posixAccount", "posixGroup", "shadowAccount",
	"dynamicObject", "connectionPoint", "msExchBaseClass",
};

/* What the values of objectClass say together. */
struct said {
	size_t best;             /* row of CLASSES, or CLASSES: none */
	bool other;              /* a class of no row */
};

static bool
is_word(const char *word, size_t len, const char *name)
{
	/* Of most the first letter tells that they are not. */
	return (*word | 32) == (*name | 32) && len == strlen(name) &&
	       strncasecmp(word, name, len) == 0;
}

/* Whether it is a name (RFC 4512), or the number that stands for one. */
static bool
is_class(const char *word, size_t len)
{
	bool number = isdigit((unsigned char)*word);

	for (size_t i = 0; i < len; i++)
		if (word[i] == '.' ? !number : number
		    ? !isdigit((unsigned char)word[i])
		    : !isalnum((unsigned char)word[i]) && word[i] != '-')
			return false;
	for (size_t i = 0; i < sizeof(vague) / sizeof(vague[0]); i++)
		if (is_word(word, len, vague[i]))
			return false;
	return true;
}

static void
take_word(struct said *s, const char *word, size_t len)
{
	for (size_t i = 0; i < s->best; i++)
		if (is_word(word, len, classes[i].class)) {
			s->best = i;
			return;
		}
	s->other = s->other || is_class(word, len);
}

/*
 * Programs join the values into one text: by semicolons, commas, bars or
 * blanks.
 */
static void
take_text(struct said *s, const char *text)
{
	/* The sets of strcspn() cost more than such short words. */
	static const bool between[UCHAR_MAX + 1] = {
		[';'] = true, [','] = true, ['|'] = true, ['/'] = true,
		[' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true,
		['{'] = true, ['}'] = true, ['('] = true, [')'] = true,
		['"'] = true, ['\''] = true,
	};

	while (*text) {
		size_t len = 0;

		while (text[len] && !between[(unsigned char)text[len]])
			len++;
		if (len)
			take_word(s, text, len);
		text += len ? len : 1;
	}
}

static struct said
said_of(const struct record *r)
{
	long attr = record_find(r, "objectClass");
	struct said s = { .best = CLASSES };

	for (size_t i = 0; attr >= 0 && i < record_values(r, (size_t)attr);
	     i++) {
		struct value v = record_value(r, (size_t)attr, i);

		if (v.kind == VALUE_TEXT)
			take_text(&s, v.data);
	}
	return s;
}

static bool
is_deleted(const struct record *r)
{
	const char *deleted = record_text(r, "isDeleted");
	const char *dn = record_text(r, AD_DN);

	return (deleted && ascii_casecmp(deleted, "TRUE") == 0) ||
	       (dn && dn_mark(dn) == DN_DELETED);
}

enum section
ad_section_of(const struct record *r, enum ad_class *known)
{
	struct said said = said_of(r);
	enum section s, anew;

	*known = AD_CLASS_KNOWN;
	if (is_deleted(r))
		return AD_DELETED;
	s = said.best < CLASSES ? classes[said.best].section
		: said.other ? AD_OTHER : ad_guess(r, known);
	/* An organization of Exchange is of the class container, too. */
	if (s != AD_OTHER && s != AD_CONTAINERS)
		return s;
	anew = ad_config_section(r, s);
	if (anew != s)
		*known = AD_CLASS_KNOWN;
	return anew;
}

enum section
ad_section(const struct record *r)
{
	enum ad_class known;

	return ad_section_of(r, &known);
}
