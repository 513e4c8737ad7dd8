/* Names that Exchange had for an object, by which old mail still finds it. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

/* What sync carries of proxyAddresses, and what it does not of X500. */
enum { VALUE_MAX = 256, VALUES_MAX = 300 };
#define BAD_CHARACTERS "[]\"'"

/* "ADCDisabledMail", as the connector of old wrote it, is no name. */
static bool
is_name(const char *legacy)
{
	return legacy && *legacy == '/';
}

static bool
is_called(const struct object *o, const char *legacy)
{
	return is_name(o->ad.legacy_dn) &&
	       utf8_same_folded(o->ad.legacy_dn, legacy);
}

/* Whether the name is among those that the look S tells newer ones of. */
static bool
is_told(const struct object *o, const struct history *s)
{
	const struct history *newer = o->links.history;

	while (newer != s && !is_called(newer->then, s->then->ad.legacy_dn))
		newer = newer->older;
	return newer != s;
}

static bool
has_value(const struct object *o, const char *value)
{
	return o && object_has_address(o, value);
}

/* Why it cannot be added as it is; NULL: it can. */
static const char *
why_unsafe(struct check *c, const struct object *o, const char *value)
{
	const char *why = propose_guard_beside(c, o, "proxyAddresses");

	if (why)
		return why;
	if (strlen(value) > VALUE_MAX || strpbrk(value, BAD_CHARACTERS) ||
	    address_is_unclean(value))
		return "the name has characters, or a length, that sync does "
		       "not carry";
	if (o->proxy_count + 1 >= VALUES_MAX)
		return "the object has too many addresses already";
	return check_unread_given(c)
		? check_textf(c, "someone may have the name: not all of %s was "
		              "read", check_unread_given(c)) : NULL;
}

static struct remedy
remedy_added(struct check *c, const struct object *o, const char *value)
{
	const char *why = why_unsafe(c, o, value);

	return why ? remedy_none(why) : (struct remedy){ .proposed = {
		.attribute = "proxyAddresses", .new = value,
	} };
}

static void
tell(struct check *c, const struct object *o, const struct history *s,
     const char *value)
{
	struct history_event e = {
		.after = s->when, .by = s->newer[TELLS_VALUES]
	};
	struct remedy is = remedy_added(c, o, value);

	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "proxyAddresses",
		.expected = value, REMEDY(is),
		.message = check_textf(c, "The legacyExchangeDN of %s was %s "
		                       "and was changed %s, and no X500 "
		                       "address has the old one",
		                       object_label(o), s->then->ad.legacy_dn,
		                       history_text(&e, check_arena(c))),
		.fix = check_textf(c, "In AD, add %s to proxyAddresses", value),
	});
}

static void
check_former(struct check *c, const struct object *o)
{
	/* Who has a history is read again. */
	if (check_is_screening(c) || !is_name(o->ad.legacy_dn) ||
	    check_is_behind(o))
		return;
	for (const struct history *s = o->links.history; s; s = s->older) {
		const char *old = s->then->ad.legacy_dn, *value;

		if (!is_name(old) || is_called(o, old) || is_told(o, s))
			continue;
		value = check_textf(c, "X500:%s", old);
		/* Where another one has it now, mail goes there. */
		if (!has_value(o, value) && !has_value(o->links.twin, value) &&
		    !check_who_has(c, o, value))
			tell(c, o, s, value);
	}
}

static const struct rule rules[] = {
	{
		.id = "x500-missing",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_PROXIES, ATTR_LEGACY_DN),
		.needs = NEED_HISTORY | NEED_SHARERS | NEED_OTHERS |
		         NEED_JOINED,
		.past = PAST_LEGACY,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.bearing = BEARS_ELSEWHERE,
		.check = check_former,
		.title = "Recipient without the X500 address of its old name",
		.why = "Exchange finds whoever answers old mail, and Outlook's "
		       "list of recent recipients, by legacyExchangeDN. Where "
		       "a mailbox is created again or comes from another "
		       "organization that is another one, and without an X500 "
		       "address of the old one such mail is returned "
		       "(IMCEAEX).",
		.fix = "In AD, add the old legacyExchangeDN to proxyAddresses, "
		       "as an X500 address.",
		.source = DOC_IMCEAEX,
	},
};

const struct family former_name_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
