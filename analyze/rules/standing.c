/* What an object of AD really is: a copy by conflict, another one's contact. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "base/dn.h"

/* ---- conflict objects ---- */

/* The name that both had: what is before "\0ACNF:", or the line feed. */
static const char *
former_name(struct check *c, const struct object *o)
{
	const char *name = o->dn ? strchr(o->dn, '=') : o->cn;
	const char *end;

	if (!name)
		return "another object";
	name += o->dn != NULL;
	end = strcasestr(name, "CNF:");
	while (end && end > name && end[-1] != '\\' && end[-1] != '\n')
		end--;
	if (!end || end <= name + 1)
		return "another object";
	return check_textf(c, "%.*s", (int)(end - name - 1), name);
}

static void
check_conflict(struct check *c, const struct object *o)
{
	if (object_mark(o) != DN_CONFLICT)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "cn",
		.observed = o->dn ? o->dn : o->cn, .key = "",
		.expected = "one object of the name",
		.message = check_textf(c, "AD renamed this %s when two domain "
		                       "controllers had made one of the name "
		                       "%s each: sync leaves it out",
		                       kind_name(o->kind), former_name(c, o)),
	});
}

/* ---- contacts of who is there already ---- */

/* Two forests may each have a contact of one partner; one forest needs one. */
static bool
is_superfluous(const struct object *o, const struct joined *j)
{
	return o->kind == KIND_CONTACT && j->other &&
	       (j->other->kind == KIND_USER || !j->across);
}

/* Between forests a contact is how the one knows the other's users. */
static void
check_contact(struct check *c, const struct object *o)
{
	const struct joined *j = &o->forecast.joined;

	if (j->end != JOINED_PART || j->by != JOINED_BY_MAIL ||
	    !is_superfluous(o, j))
		return;
	check_fail(c, o, &(struct failure){
		.severity = j->across ? SEVERITY_INFO : check_severity(c),
		.attribute = "mail", .observed = o->mail,
		.expected = "an address of its own, or no contact",
		.unproposed = "which of the two is to stay has to be decided "
		              "first",
		.message = check_textf(c, "%s has mail %s, as has %s: sync "
		                       "treats both as one person, and this "
		                       "contact gets no object of its own",
		                       object_label(o), o->mail ? o->mail : "",
		                       j->who),
		.fix = j->across ? "Nothing, if both are one person: the other "
		       "forest's users need the contact, and sync joins it "
		       "with the user. If not, give it an address of its own."
		       : NULL,
		.shared = j->across ? (struct shared_cause){
			"between forests", "Contact of a user of another "
			"forest", "Nothing, if each contact is of the user "
			"with the same mail: sync joins them, and the other "
			"forest's users need them. If not, give it an address "
			"of its own."
		} : (struct shared_cause){ NULL, NULL, NULL },
		.other = j->other,
	});
}

static const struct rule rules[] = {
	{
		.id = "conflict-object",
		.severity = SEVERITY_INFO,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.any_attr = ATTRS(ATTR_DN, ATTR_CN),
		.check = check_conflict,
		.title = "Object that AD renamed for a conflict",
		.why = "Two objects with the same name were created at two "
		       "domain controllers: AD kept the younger one's name, "
		       "and the other has \"CNF:\" and its GUID in its own. "
		       "Sync never takes it, but who signs in with it, its "
		       "memberships and its addresses are still in AD.",
		.fix = "In AD, find which of the two is used; move what the "
		       "other one has to it, and delete the other.",
		.source = DOC_DEFAULTS,
	},
	{
		.id = "contact-is-user",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_CONTACT),
		.attrs = ATTRS(ATTR_MAIL),
		.needs = NEED_FORECAST | NEED_SHARERS,
		.in_scope_only = true,
		.check = check_contact,
		.title = "Contact for a person who is already synchronized",
		.why = "Sync joins a contact with the user, or the other "
		       "contact, who has the same mail: one object has what "
		       "both have, that of the other one first. In two "
		       "forests that is how each knows the other's users; in "
		       "one it is mostly a leftover.",
		.fix = "If both are one person, delete the contact in AD; if "
		       "not, give it an address of its own.",
		.source = DOC_CONTACTS,
	},
};

const struct family standing_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
