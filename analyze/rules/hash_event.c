/* Events after which a hash may be missing, judged alike. */
#include "analyze/rules/hash_event.h"

#include "analyze/policy/policy.h"
#include "analyze/rules/hash_sync.h"
#include "analyze/rules/remembered.h"

enum {
	HOUR = 60 * 60,
	/* What is set within them may be sent with the event, or not. */
	HASH_MINUTES = 2 * 60,
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

static enum set_order
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
 * Sync makes no account of an object out of scope: one that was out, and whose
 * account was made after that, came in with it.
 */
static bool
made_account(const struct account *h, const struct hash_event *e)
{
	return e->was_out && !e->at.dated && h && e->at.after < h->created;
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

static enum hash_said
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
severity_of(struct check *c, enum hash_said word, enum defect defect,
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

void
hash_event_take(struct check *c, const struct object *o,
                struct worst_event *w, struct hash_event e)
{
	enum evidence evidence = e.evidence;
	struct worst_event one = { .any = true };
	struct defect_verdict v;
	when_t looked = e.at.after;

	if (made_account(o->links.account, &e) ||
	    !is_late_enough(c, o, &e.at, &evidence))
		return;
	v = engine_defect(model_policy(check_model(c), o), e.at.after,
	                  e.at.by, check_arena(c));
	one.order = order_of(&e.at, o);
	if (one.order == SET_AFTER || v.defect == DEFECT_NO)
		return;
	one.event = e;
	one.looked = looked;
	one.reason = v.reason;
	one.word = word_of(c, o, &e.at);
	one.severity = severity_of(c, one.word, v.defect,
	                           one.order == SET_MEANWHILE ? GUESSED
	                           : evidence);
	if (!w->any || one.severity < w->severity)
		*w = one;
}

/*
 * What had not happened when an earlier run looked, and has by now: an account
 * was disabled then, which is enabled. False: it is the same look.
 */
static bool
ends_now(const struct check *c, const struct object *o, enum event_what what,
         struct history_event *e)
{
	const struct stamp none = { .version = 0 };

	e->by = model_collected(check_model(c), o->domain);
	if (what == EVENT_ENABLED)
		history_date_by(e, &none, &o->ad.control_stamp);
	return what == EVENT_ENABLED && e->by > e->after;
}

void
hash_event_remember(struct check *c, const struct object *o,
                    struct worst_event *w, enum event_what what,
                    const char *happened)
{
	static const enum evidence by[] = {
		[EVENT_SEEN] = SEEN_IN_SNAPSHOTS,
		[EVENT_STAMPED] = READ_FROM_METADATA,
		[EVENT_LIKELY] = GUESSED,
	};
	struct history_event e;

	if (!remembered_find(o, what, &e) || e.after == WHEN_NONE ||
	    (e.by == WHEN_NONE && !ends_now(c, o, what, &e)))
		return;
	hash_event_take(c, o, w, (struct hash_event){
		.at = e, .evidence = by[e.remembered->event.sure],
		.happened = check_textf(c, "%s%s", happened,
		                        e.remembered->event.sure == EVENT_SEEN
		                        ? "" : ", as an earlier run assumed,"),
		.from = e.remembered->event.from,
		.to = e.remembered->event.to,
		.was_out = what == EVENT_RETURNED_TO_SCOPE &&
			e.remembered->event.sure == EVENT_SEEN,
	});
}

/* ---- what is said of it ---- */

static const char *
tell_word(struct check *c, const struct object *o, enum hash_said word)
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

static struct told_event
told(const struct worst_event *w, enum event_what what)
{
	const struct hash_event *e = &w->event;
	static const enum event_sure sure[] = {
		[SEEN_IN_SNAPSHOTS] = EVENT_SEEN,
		[READ_FROM_METADATA] = EVENT_STAMPED,
		[GUESSED] = EVENT_LIKELY,
	};

	return (struct told_event){
		.what = what, .after = w->looked, .by = e->at.by,
		.sure = sure[e->evidence], .from = e->from, .to = e->to,
	};
}

void
hash_event_report(struct check *c, const struct object *o,
                  const struct worst_event *w, enum event_what what)
{
	char set[WHEN_TEXT];

	if (!w->any)
		return;
	when_format(o->ad.password_set, set);
	check_fail(c, o, &(struct failure){
		.severity = w->severity,
		.attribute = "pwdLastSet", .observed = set,
		.expected = check_textf(c, "a password set after the account "
		                        "%s", w->event.happened),
		.message = check_textf(c, "%s %s %s and its password %s; %s, "
		                       "%s", object_label(o), w->event.happened,
		                       history_text(&w->event.at,
		                                    check_arena(c)),
		                       w->order == SET_MEANWHILE
		                       ? "was set in that time, perhaps before"
		                       : "has not been set since",
		                       w->reason, tell_word(c, o, w->word)),
		.fix = w->word == WORD_SAME
			? "Nothing; the tenant has the password of AD." : NULL,
		.event = told(w, what),
	});
}

bool
hash_event_is_judged(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	return o->ad.password_set != WHEN_NONE && !o->links.is_part &&
	       !check_is_behind(o) &&
	       !(h && (h->synced == NO || h->guest)) &&
	       hash_sync_of(c, o) > HASHES_UNLIKELY;
}
