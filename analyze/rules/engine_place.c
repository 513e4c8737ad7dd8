/* Where the sync engine runs, as AD's accounts of it tell. */
#include <string.h>
#include <strings.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"

/*
 * The engine reads AD with its account at all times, and AD notes a logon every
 * two weeks at the latest: who did not for longer was left behind.
 */
enum { RECENT_DAYS = 30 };

/* Setup writes values in quotation marks, those of the language: in UTF-8. */
static const char *const marks[] = {
	"'", "\"", "\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d",
	"\u201e", "\u2039", "\u203a", "\u00ab", "\u00bb", "\u300c", "\u300d",
};

/* How many bytes of a quotation mark TEXT begins with. */
static size_t
mark_at(const char *text)
{
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

/* As many bytes as stand before the next mark, or the end. */
static size_t
length_to_mark(const char *text)
{
	size_t n = 0;

	while (text[n] && !mark_at(text + n))
		n++;
	return n;
}

/* In French there are blanks inside of the marks. */
static size_t
leading_blanks(const char *text)
{
	static const char *const blanks[] = { " ", "\u00a0", "\u202f" };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
		if (strncmp(text + n, blanks[i], strlen(blanks[i])) == 0)
			n += strlen(blanks[i]);
	return n;
}

/* Of what a computer may be called: letters of all alphabets, no blanks. */
static size_t
name_length(const char *text)
{
	size_t n = 0;

	while (text[n] && !mark_at(text + n) && !leading_blanks(text + n))
		n++;
	return n;
}

/*
 * The domain controller that the text names in marks, in whatever language; or
 * NULL, with *LEN bytes.
 */
static const char *
named_controller(const struct check *c, const struct object *o, size_t *len)
{
	const char *at = o->ad.description;

	for (at += length_to_mark(at); *at; at += length_to_mark(at)) {
		const char *name;

		at += mark_at(at);
		name = at + leading_blanks(at);
		*len = name_length(name);
		if (mark_at(name + *len + leading_blanks(name + *len)) &&
		    check_is_controller(c, o->domain, name, *len))
			return name;
	}
	return NULL;
}

static bool
is_engines(const struct object *o)
{
	return o->sam && strncasecmp(o->sam, "MSOL_", 5) == 0 &&
	       o->ad.description && o->enabled != NO;
}

static bool
is_in_use(const struct check *c, const struct object *o)
{
	when_t now = model_collected(check_model(c), o->domain);

	return o->ad.last_logon != WHEN_NONE &&
	       now - o->ad.last_logon <= RECENT_DAYS * WHEN_DAY;
}

static void
check_place(struct check *c, const struct object *o)
{
	size_t len = 0;
	const char *name;

	if (!is_engines(o) || !is_in_use(c, o))
		return;
	/* Computers are read behind users. */
	if (check_is_screening(c)) {
		check_fail(c, o, &(struct failure){ 0 });
		return;
	}
	name = named_controller(c, o, &len);
	if (!name)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "description",
		.observed = check_textf(c, "%.*s", (int)len, name),
		.expected = "a server that is no domain controller",
		.message = check_textf(c, "%s, by which Connect reads AD, was "
		                       "created on %.*s, which is a domain "
		                       "controller", object_label(o), (int)len,
		                       name),
		.unproposed = "Connect has to be installed on another server",
	});
}

/*
 * Of a computer without it nobody knows what it is for. Descriptions are read
 * of these accounts alone: where somebody else's is lost, nothing lacks.
 */
static const char *
place_lacks(const struct model *m, struct arena *a)
{
	(void)a;
	if (!model_covers(m, AD_USERS, ATTR_DESCRIPTION))
		return "AD users: description not collected";
	return !model_lines(m, AD_COMPUTERS) ||
	       model_covers(m, AD_COMPUTERS, ATTR_UAC) ? NULL
		: "AD computers: userAccountControl not collected";
}

static const struct rule rules[] = {
	{
		.id = "sync-on-dc",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_SAM, ATTR_LAST_LOGON),
		.sections = { SECTION_IN(AD_COMPUTERS) },
		.of_systems = true,
		.bearing = BEARS_ELSEWHERE,
		.check = check_place, .lacks = place_lacks,
		.title = "Connect runs on a domain controller",
		.why = "Installing Connect on a domain controller is not "
		       "recommended: the stricter settings there can keep it "
		       "from working, and whoever gets at the one, by a flaw "
		       "or for maintenance, gets at the other.",
		.fix = "Install Connect on a server of its own, in staging "
		       "mode, with the settings exported from the present one; "
		       "then switch over. If it was moved already, delete the "
		       "account of the old server.",
		.source = DOC_PREREQUISITES,
	},
};

const struct family engine_place_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
