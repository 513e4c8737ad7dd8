/*
 * Accounts whose password hash may not be in the tenant, since the sync engine
 * did not send it (the defects that engine.h describes): what happened to them,
 * and what the tenant says of their passwords.
 */
#include <string.h>

#include "analyze/policy/policy.h"
#include "analyze/rules/hash_sync.h"
#include "analyze/rules/history.h"
#include "analyze/rules/rule.h"
#include "base/dn.h"

enum {
	HOUR = 60 * 60,
	/* What is set within them may be sent with the event, or not. */
	HASH_MINUTES = 2 * 60,
	NORMAL_ACCOUNT = 0x200,
};

/*
 * How sure the event itself is: seen; told by stamps; or only that something
 * was written that may have been the event.
 */
enum evidence { SEEN_IN_SNAPSHOTS, READ_FROM_METADATA, GUESSED };

/* Whether the password was set before the event. */
enum order { SET_BEFORE, SET_MEANWHILE, SET_AFTER };

/* What the tenant's time says of the present password. */
enum word { WORD_NONE, WORD_SAME, WORD_NEWER, WORD_OLDER };

/* The worst of what may have happened. */
struct worst {
	bool any;
	enum severity severity;
	struct history_event event;
	enum order order;
	enum word word;
	const char *happened, *reason;
};

/* ---- whether an event counts, and how much ---- */

/* When AD's password was set, by all that tells it. */
static when_t
password_time(const struct object *o)
{
	const struct stamp *s = &o->ad.password_stamp;

	return s->version && s->when > o->ad.password_set
		? s->when : o->ad.password_set;
}

static enum order
order_of(const struct history_event *e, const struct object *o)
{
	when_t set = password_time(o);

	if (set > e->by)
		return SET_AFTER;
	return set <= e->after - (e->dated ? HASH_MINUTES : 0)
		? SET_BEFORE : SET_MEANWHILE;
}

static when_t
later(when_t a, when_t b)
{
	return a > b ? a : b;
}

/*
 * What tools write while they make an object is no event; nor is what came
 * before its account, or the tenant, was made: the first synchronization of an
 * account sends the hash. What may have come before that is less sure.
 */
static bool
is_late_enough(const struct check *c, const struct object *o,
               struct history_event *e, enum evidence *evidence)
{
	const struct account *h = o->links.account;
	when_t since = later(check_model(c)->sync.made,
	                     h ? h->created : WHEN_NONE);

	if ((o->ad.created != WHEN_NONE && e->by <= o->ad.created + HOUR) ||
	    e->by <= since)
		return false;
	if (e->after < since) {
		e->after = since;
		*evidence = GUESSED;
	}
	return true;
}

static enum word
word_of(struct check *c, const struct object *o, const struct history_event *e)
{
	/* What others show of hashes is not known yet: it may be the worst. */
	if (check_is_screening(c))
		return WORD_OLDER;
	switch (hash_word(c, o)) {
	case PASSWORD_SAME:
		return WORD_SAME;
	case PASSWORD_NEWER:
		return o->links.account->password_changed > e->by ? WORD_NEWER
		                                                  : WORD_NONE;
	case PASSWORD_OLDER:
		return hash_sync_of(c, o) == HASHES_SENT ? WORD_OLDER
		                                         : WORD_NONE;
	case PASSWORD_NOT_TOLD:
		break;
	}
	return WORD_NONE;
}

static enum severity
severity_of(struct check *c, enum word word, enum defect defect,
            enum evidence evidence)
{
	static const enum severity silent[3][2] = {
		/* known old build; unknown build */
		[SEEN_IN_SNAPSHOTS] = { SEVERITY_MEDIUM, SEVERITY_INFO },
		[READ_FROM_METADATA] = { SEVERITY_LOW, SEVERITY_INFO },
		[GUESSED] = { SEVERITY_INFO, SEVERITY_INFO },
	};

	if (word == WORD_OLDER)
		return check_severity(c);
	return word == WORD_NONE ? silent[evidence][defect == DEFECT_UNKNOWN]
	                         : SEVERITY_INFO;
}

/* Takes E if it counts, the engine had the defect then, and it is worse. */
static void
consider(struct check *c, const struct object *o, struct worst *w,
         struct history_event e, enum evidence evidence, const char *happened)
{
	struct defect_verdict v;
	enum severity severity;
	enum order order;
	enum word word;

	if (!is_late_enough(c, o, &e, &evidence))
		return;
	order = order_of(&e, o);
	v = engine_defect(model_policy(check_model(c), o), e.after, e.by,
	                  check_arena(c));
	if (order == SET_AFTER || v.defect == DEFECT_NO)
		return;
	word = word_of(c, o, &e);
	severity = severity_of(c, word, v.defect,
	                       order == SET_MEANWHILE ? GUESSED : evidence);
	if (w->any && w->severity <= severity)
		return;
	*w = (struct worst){ true, severity, e, order, word, happened,
	                     v.reason };
}

/* ---- what is said of it ---- */

static const char *
tell_word(struct check *c, const struct object *o, enum word word)
{
	char day[WHEN_TEXT];

	if (word == WORD_NONE || check_is_screening(c))
		return "so the password hash may be missing in the tenant";
	when_format_day(o->links.account->password_changed, day);
	if (word == WORD_SAME)
		return "but the tenant's password is of the same time as AD's "
		       "(lastPasswordChangeDateTime): the hash is there";
	return check_textf(c, word == WORD_NEWER
	                   ? "but a password was set in the tenant on %s, "
	                   "which signs in"
	                   : "and the tenant's password is older, of %s: the "
	                   "hash is missing there", day);
}

static void
report(struct check *c, const struct object *o, const struct worst *w)
{
	char set[WHEN_TEXT];

	if (!w->any)
		return;
	when_format(o->ad.password_set, set);
	check_fail(c, o, &(struct failure){
		.severity = w->severity,
		.attribute = "pwdLastSet", .observed = set,
		.expected = check_textf(c, "a password set after the account "
		                        "%s", w->happened),
		.message = check_textf(c, "%s %s %s and its password %s; %s, "
		                       "%s", object_label(o), w->happened,
		                       history_text(&w->event, check_arena(c)),
		                       w->order == SET_MEANWHILE
		                       ? "was set in that time, perhaps before"
		                       : "has not been set since",
		                       w->reason, tell_word(c, o, w->word)),
	});
}

/* Whether sync gives the account AD's password, and its time is known. */
static bool
is_judged(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	return o->ad.password_set != WHEN_NONE && !o->links.is_part &&
	       !check_is_behind(o) &&
	       !(h && (h->synced == NO || h->guest)) &&
	       hash_sync_of(c, o) > HASHES_UNLIKELY;
}

/* ---- came back into scope ---- */

static bool
same_or_none(const char *a, const char *b)
{
	return !a || !b || dn_same(a, b);
}

static bool
has_moved(const struct history_step *s)
{
	const char *a = s->older.dn, *b = s->newer.dn;

	return a && b && !same_or_none(dn_parent(a), dn_parent(b));
}

static void
consider_return(struct check *c, const struct object *o, struct worst *w,
                const struct history_step *s)
{
	struct history_event e = history_event_of(s);

	/* A filter or a container that was renamed writes no name. */
	if (has_moved(s))
		history_date_by(&e, &s->older.name_stamp, &s->newer.name_stamp);
	consider(c, o, w, e, SEEN_IN_SNAPSHOTS, "came back into scope");
}

/* How often the attribute was written between two looks; 0: not known. */
static unsigned
writes(const struct stamp *older, const struct stamp *newer)
{
	return older->version && newer->version > older->version
		? newer->version - older->version : 0;
}

/*
 * How often the name was written for what the two looks show (MS-ADTS
 * 3.1.1.5.4.1.3): moved or renamed, or both, which may have been one write.
 */
static unsigned
seen_writes(const struct history_step *s)
{
	const char *a = s->older.dn, *b = s->newer.dn;
	bool moved = has_moved(s);
	size_t len_a, len_b;

	if (!a || !b)
		return 2;
	len_a = strlen(a) - (dn_parent(a) ? strlen(dn_parent(a)) : 0);
	len_b = strlen(b) - (dn_parent(b) ? strlen(dn_parent(b)) : 0);
	if (len_a == len_b && strncasecmp(a, b, len_a) == 0)
		return moved ? 1 : 0;
	return moved ? 2 : 1;
}

/*
 * The name was written more often than what is seen takes: the object was
 * moved on the way, or away and back, or renamed. Where it was meanwhile nobody
 * noted.
 */
static void
consider_move(struct check *c, const struct object *o, struct worst *w,
              const struct history_step *s)
{
	unsigned n = writes(&s->older.name_stamp, &s->newer.name_stamp);
	unsigned seen = seen_writes(s);
	struct history_event e = history_event_of(s);

	/* Away and back takes two; by way of it to another place one more. */
	if (n < 2 || n <= seen || (seen == 2 && n < 3) ||
	    (seen == 1 && !has_moved(s) && n < 3))
		return;
	history_date_by(&e, &s->older.name_stamp, &s->newer.name_stamp);
	consider(c, o, w, e, GUESSED, seen
	         ? "was moved or renamed more than once, perhaps by way of a "
	         "place out of scope,"
	         : "was moved or renamed and is back, perhaps from out of "
	         "scope,");
}

static void
check_returned(struct check *c, const struct object *o)
{
	struct history_walk walk = { .o = o };
	struct history_step s;
	struct worst w = { .any = false };

	if (!is_judged(c, o))
		return;
	while (history_next(&walk, &s)) {
		if (s.newer.scope != SCOPE_IN || s.newer.unplaced ||
		    s.older.unplaced)
			continue;
		if (s.older.scope != SCOPE_IN)
			consider_return(c, o, &w, &s);
		else
			consider_move(c, o, &w, &s);
	}
	report(c, o, &w);
}

/* ---- was enabled ---- */

static void
consider_enabling(struct check *c, const struct object *o, struct worst *w,
                  const struct history_step *s)
{
	struct history_event e = history_event_of(s);

	history_date_by(&e, &s->older.control_stamp, &s->newer.control_stamp);
	consider(c, o, w, e, SEEN_IN_SNAPSHOTS, "was enabled again");
}

/*
 * userAccountControl was written twice or more, and has the same value as in
 * the look before: a bit of it was set and taken away, and there is hardly one
 * that is but ACCOUNTDISABLE. Where another bit differs one write was for that.
 */
static void
consider_switch(struct check *c, const struct object *o, struct worst *w,
                const struct history_step *s)
{
	unsigned n = writes(&s->older.control_stamp, &s->newer.control_stamp);
	bool same = s->older.control && s->older.control == s->newer.control;
	struct history_event e = history_event_of(s);

	if (n < (same ? 2 : 3))
		return;
	history_date_by(&e, &s->older.control_stamp, &s->newer.control_stamp);
	consider(c, o, w, e, same ? READ_FROM_METADATA : GUESSED, same
	         ? "was probably disabled and enabled again"
	         : "was perhaps disabled and enabled again");
}

/*
 * From the stamp alone: the last write of userAccountControl is later than the
 * password, and there were more writes than creating an enabled account takes.
 * A second one, long after the account was made, enabled one that was made
 * disabled. Who has another flag may have got that then.
 */
static void
consider_stamp(struct check *c, const struct object *o, struct worst *w,
               const struct history_look *look)
{
	const struct stamp *s = &look->control_stamp;
	bool plain = look->control == NORMAL_ACCOUNT;

	if (look->enabled != YES || s->version < 2 ||
	    (s->version == 2 && o->ad.created == WHEN_NONE))
		return;
	consider(c, o, w, (struct history_event){
		.after = s->when, .by = s->when, .dated = true,
	}, plain ? READ_FROM_METADATA : GUESSED, s->version == 2
		? "was probably created disabled, and enabled"
		: plain ? "was probably enabled again"
		: "was perhaps enabled again");
}

static void
check_enabled(struct check *c, const struct object *o)
{
	struct history_walk walk = { .o = o };
	struct history_step s;
	struct worst w = { .any = false };

	if (o->enabled != YES || !is_judged(c, o))
		return;
	while (history_next(&walk, &s)) {
		if (s.newer.enabled != YES)
			continue;
		if (s.older.enabled == NO)
			consider_enabling(c, o, &w, &s);
		else if (s.older.enabled == YES)
			consider_switch(c, o, &w, &s);
	}
	consider_stamp(c, o, &w, history_oldest(&walk));
	report(c, o, &w);
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
};

const struct family password_event_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
