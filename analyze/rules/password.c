/*
 * Accounts whose password hash may not be in the tenant, since the sync engine
 * did not send it (the defects that engine.h describes).
 */
#include <string.h>

#include "analyze/policy/policy.h"
#include "analyze/rules/history.h"
#include "analyze/rules/rule.h"

/*
 * How sure the event itself is: seen; told by stamps; or only that the object
 * was elsewhere, or had another name, for a while.
 */
enum evidence { SEEN_IN_SNAPSHOTS, READ_FROM_METADATA, GUESSED };

static bool
was_disabled(const struct history *s)
{
	return s->enabled == NO;
}

static bool
was_out_of_scope(const struct history *s)
{
	return s->scope != SCOPE_IN;
}

static enum severity
severity_of(struct check *c, enum defect defect, enum evidence evidence)
{
	static const enum severity lower[3][2] = {
		/* known old build; unknown build */
		[SEEN_IN_SNAPSHOTS] = { SEVERITY_HIGH, SEVERITY_LOW },
		[READ_FROM_METADATA] = { SEVERITY_MEDIUM, SEVERITY_INFO },
		[GUESSED] = { SEVERITY_LOW, SEVERITY_INFO },
	};
	enum severity s = lower[evidence][defect == DEFECT_UNKNOWN];

	return s < check_severity(c) ? check_severity(c) : s;
}

/* Reports O if the engine had the defect when E happened. */
static void
report(struct check *c, const struct object *o, const struct history_event *e,
       enum evidence evidence, const char *happened)
{
	struct defect_verdict v = engine_defect(model_policy(check_model(c), o),
	                                        e->after, e->by,
	                                        check_arena(c));
	char set[WHEN_TEXT];

	if (v.defect == DEFECT_NO)
		return;
	when_format(o->ad.password_set, set);
	check_fail(c, o, &(struct failure){
		.severity = severity_of(c, v.defect, evidence),
		.attribute = "pwdLastSet", .observed = set,
		.expected = check_textf(c, "a password set after the account "
		                        "%s", happened),
		.message = check_textf(c, "%s %s %s and its password has not "
		                       "been set since; %s, so the password "
		                       "hash may be missing in the tenant",
		                       object_label(o), happened,
		                       history_text(e, check_arena(c)),
		                       v.reason),
	});
}

/*
 * The name was written, and is the same as in the look before: the object was
 * moved away and back, or renamed twice (MS-ADTS 3.1.1.5.4.1.3). Where it was
 * meanwhile nobody noted.
 */
static bool
find_unseen_move(const struct object *o, struct history_event *out)
{
	unsigned version = o->ad.name_stamp.version;
	const char *dn = o->dn;

	for (const struct history *s = o->links.history; s; s = s->older) {
		if (s->dn && dn && strcmp(s->dn, dn) == 0 &&
		    s->name_version && version && s->name_version != version) {
			*out = (struct history_event){
				.after = s->when, .by = s->newer, .before = s
			};
			history_date(out, &o->ad.name_stamp);
			return true;
		}
		version = s->name_version;
		dn = s->dn;
	}
	return false;
}

/*
 * userAccountControl was written, and has the same value as in the look before:
 * a bit of it was set and taken away, and there is hardly one that is but
 * ACCOUNTDISABLE. How often it was written, versions do not tell.
 */
static bool
find_unseen_switch(const struct object *o, struct history_event *out)
{
	unsigned version = o->ad.control_stamp.version;
	int64_t control = o->ad.control;

	for (const struct history *s = o->links.history; s; s = s->older) {
		if (s->enabled == YES && s->control && s->control == control &&
		    s->control_version && version &&
		    s->control_version != version) {
			*out = (struct history_event){
				.after = s->when, .by = s->newer, .before = s
			};
			history_date(out, &o->ad.control_stamp);
			return true;
		}
		version = s->control_version;
		control = s->control;
	}
	return false;
}

/* Whether an older look shows that the last write came after it. */
static bool
was_written_since(const struct object *o)
{
	for (const struct history *s = o->links.history; s; s = s->older)
		if (s->control_version &&
		    s->control_version != o->ad.control_stamp.version)
			return true;
	return false;
}

static void
check_returned(struct check *c, const struct object *o)
{
	struct history_event e;

	if (history_find(o, was_out_of_scope, &e)) {
		history_date(&e, &o->ad.name_stamp);
		if (history_outdates_password(&e, o))
			report(c, o, &e, SEEN_IN_SNAPSHOTS,
			       "came back into scope");
	} else if (find_unseen_move(o, &e) &&
	           history_outdates_password(&e, o)) {
		report(c, o, &e, GUESSED, "was moved or renamed and is back, "
		       "perhaps from out of scope,");
	}
}

/*
 * From the stamp alone: the last write of userAccountControl is later
 * than the password, and there were more writes than creating an enabled
 * account takes.
 */
static bool
event_from_metadata(const struct object *o, struct history_event *out)
{
	const struct stamp *s = &o->ad.control_stamp;

	if (s->version < 3 || o->ad.password_set == WHEN_NONE ||
	    s->when <= o->ad.password_set ||
	    (o->ad.password_stamp.version &&
	     s->when <= o->ad.password_stamp.when))
		return false;
	*out = (struct history_event){ .after = s->when, .by = s->when,
	                               .dated = true };
	return true;
}

static void
check_enabled(struct check *c, const struct object *o)
{
	struct history_event e;

	if (o->enabled != YES)
		return;
	if (history_find(o, was_disabled, &e)) {
		history_date(&e, &o->ad.control_stamp);
		if (history_outdates_password(&e, o))
			report(c, o, &e, SEEN_IN_SNAPSHOTS,
			       "was enabled again");
		return;
	}
	if (find_unseen_switch(o, &e)) {
		if (history_outdates_password(&e, o))
			report(c, o, &e, READ_FROM_METADATA,
			       "was probably disabled and enabled again");
		return;
	}
	/* Looks that show the same stamp do not speak against it. */
	if (!was_written_since(o) && event_from_metadata(o, &e))
		report(c, o, &e, READ_FROM_METADATA,
		       "was probably enabled again");
}

/* Unless the tenant takes no password hashes from anybody. */
static void
check_inet_org_person(struct check *c, const struct object *o)
{
	const struct model *m = check_model(c);

	if (o->ad.inet_org_person != YES || o->enabled == NO ||
	    m->features.password_sync == NO ||
	    model_policy(m, o)->engine != ENGINE_CLOUD_SYNC)
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "objectClass",
		.observed = "inetOrgPerson", .expected = "user",
		.message = check_textf(c, "%s is an inetOrgPerson: Cloud Sync "
		                       "synchronizes it without its password",
		                       object_label(o)),
	});
}

static const struct rule rules[] = {
	{
		.id = "returned-to-scope",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_HISTORY,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PASSWORD_SET),
		.needs = NEED_SCOPE | NEED_HISTORY,
		.in_scope_only = true,
		.check = check_returned,
		.title = "Came back into scope, password not set since",
		.why = "Sync engines before build 1.0.9125.0 did not send the "
		       "password of an object that moved into scope: the "
		       "account exists in the tenant, but the user cannot "
		       "sign in with the AD password.",
		.fix = "Set the user's password in AD, or run a full password "
		       "synchronization.",
		.source = DOC_VERSIONS, .part = "1.0.9125.0",
	},
	{
		.id = "disabled-then-enabled",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_HISTORY,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_PASSWORD_SET),
		.any_attr = ATTRS(ATTR_UAC, ATTR_ENABLED),
		.needs = NEED_EVENTS,
		.in_scope_only = true,
		.check = check_enabled,
		.title = "Disabled and enabled again, password not set since",
		.why = "Sync engines before build 1.0.9125.0 did not send the "
		       "password of an account that was enabled again: the "
		       "user cannot sign in to the tenant with the AD "
		       "password.",
		.fix = "Set the user's password in AD, or run a full password "
		       "synchronization.",
		.source = DOC_VERSIONS, .part = "1.0.9125.0",
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "inetorgperson-password",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_CLASS),
		.needs = NEED_CLOUD_SYNC,
		.in_scope_only = true,
		.check = check_inet_org_person,
		.title = "inetOrgPerson whose password is not synchronized",
		.why = "Cloud Sync does not support the password hashes of "
		       "inetOrgPersons, as Connect does: who comes under it "
		       "keeps an account, but cannot sign in with the AD "
		       "password, or only with an old one.",
		.fix = "Make it a user object, or let Connect synchronize it; "
		       "or give the account another way to sign in.",
		.source = DOC_CLOUD_SYNC, .part = "known limitations",
	},
};

const struct family password_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
