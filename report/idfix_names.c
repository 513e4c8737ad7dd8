/* The table of rules and of IdFix's words. */
#include "report/idfix_names.h"

#include <stddef.h>
#include <string.h>

#include "analyze/findings/findings.h"

/* Only what is wrong with a value of AD itself, as IdFix judges. */
static const struct {
	const char *rule, *names;
} table[] = {
	{ "contact-mail-missing", "Blank" },
	{ "displayname-missing", "Blank" },
	{ "mail-malformed", "Format" },
	{ "mail-missing", "Blank" },
	{ "mailnickname-malformed", "Character" },
	{ "mailnickname-missing", "Blank" },
	{ "proxy-duplicate", "Duplicate" },
	{ "proxy-malformed", "Format" },
	{ "target-malformed", "Format" },
	{ "upn-malformed", "Format" },
};

/* Those of IdFix's own rules say it themselves. */
static const char own[] = "idfix-";

static const char *
name_of(const char *rule)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (strcmp(table[i].rule, rule) == 0)
			return table[i].names;
	return NULL;
}

const char *
idfix_names(const struct finding *f)
{
	return f->idfix.error ? f->idfix.error : name_of(f->rule);
}

uint64_t
idfix_nameless(const struct findings *f)
{
	uint64_t n = 0;

	for (size_t i = 0; i < f->rule_count; i++)
		if (strncmp(f->rules[i].id, own, sizeof(own) - 1) != 0 &&
		    !name_of(f->rules[i].id))
			n += f->rules[i].findings;
	return n;
}
