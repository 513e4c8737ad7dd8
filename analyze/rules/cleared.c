/* Addresses and aliases of objects of AD that are gone. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/remembered.h"
#include "analyze/rules/rule.h"
#include "base/buf.h"
#include "base/utf8.h"

/*
 * How long ago a stamp alone may tell of it: it stays for ever, and who got no
 * mail for longer has other findings.
 */
enum { RECENT_DAYS = 90 };

/* ---- mail, proxyAddresses and mailNickname that were cleared ---- */

enum { VALUES = 3, MAIL = 0, PROXIES = 1, NICKNAME = 2 };

static const enum attr attrs[VALUES] = {
	[MAIL] = ATTR_MAIL, [PROXIES] = ATTR_PROXIES,
	[NICKNAME] = ATTR_MAIL_NICKNAME,
};

/* What was lost, when, and what it was if a snapshot or a baseline tells. */
struct lost_value {
	bool is;
	struct history_event event;
	const struct stamp *stamp;
};

static bool
has_value(const struct object *o, int which)
{
	return which == MAIL ? o->mail != NULL
		: which == PROXIES ? o->proxy_count > 0
		: o->mail_nickname != NULL;
}

static const struct stamp *
stamp_of(const struct object *o, int which)
{
	return which == MAIL ? &o->ad.mail_stamp
		: which == PROXIES ? &o->ad.proxies_stamp
		: &o->ad.nickname_stamp;
}

/* Whether it is known not to have it. */
static bool
lacks(const struct check *c, const struct object *o, int which)
{
	return !has_value(o, which) &&
	       !attr_set_has(&o->unclear, attrs[which]) &&
	       model_covers(check_model(c), section_of(SIDE_AD, o->kind),
	                    attrs[which]);
}

static bool
is_recent(const struct check *c, const struct object *o,
          const struct stamp *s)
{
	when_t now = model_collected(check_model(c), o->domain);

	return s->version > 1 && s->when <= now &&
	       now - s->when <= RECENT_DAYS * WHEN_DAY;
}

/* The newest look that had it. */
static const struct history *
find_look(const struct object *o, int which)
{
	const struct history *s = o->links.history;

	while (s && !has_value(s->then, which))
		s = s->older;
	return s;
}

/* It stays lost until it has a value, though no look shows what it was. */
static struct lost_value
loss_of(const struct check *c, const struct object *o, int which)
{
	const struct stamp *stamp = stamp_of(o, which);
	const struct history *s = find_look(o, which);
	struct lost_value out = { .stamp = stamp };
	struct history_event told;
	bool known = remembered_value(o, EVENT_CLEARED,
	                              attr_name(SIDE_AD, attrs[which]), &told);

	if (!lacks(c, o, which))
		return out;
	out.is = true;
	if (s) {
		out.event = (struct history_event){
			.after = s->when, .by = s->newer[TELLS_VALUES],
			.before = s,
		};
		history_date(&out.event, stamp);
		if (known)
			remembered_date(&out.event, &told);
	} else if (known) {
		out.event = told;
	} else {
		out.is = is_recent(c, o, stamp);
		out.event = (struct history_event){
			.after = stamp->when, .by = stamp->when, .dated = true,
		};
	}
	return out;
}

/* "jan@x.nl", or all values of proxyAddresses; NULL: not known. */
static const char *
old_value(struct check *c, const struct history_event *e, int which)
{
	const struct history *s = e->before;
	struct buf text = { 0 };
	const char *out;

	if (!s)
		return e->remembered ? e->remembered->event.from : NULL;
	if (which != PROXIES)
		return which == MAIL ? s->then->mail : s->then->mail_nickname;
	for (size_t i = 0; i < s->then->proxy_count; i++)
		buf_addf(&text, "%s%s", i ? ", " : "", s->then->proxies[i]);
	out = arena_strdup(check_arena(c), buf_text(&text));
	buf_release(&text);
	return out;
}

/* "mail (jan@x.nl) on 2016-01-10 at DC01" */
static void
tell_loss(struct check *c, const struct lost_value *l, int which,
          struct buf *out)
{
	const char *old = old_value(c, &l->event, which);
	const char *by = l->event.dated && l->event.by == l->stamp->when
		? stamp_writer(l->stamp, check_arena(c)) : NULL;
	char when[WHEN_TEXT];

	when_format(l->event.by, when);
	buf_addf(out, "%s%s", out->len ? ", " : "",
	         attr_name(SIDE_AD, attrs[which]));
	if (old)
		buf_addf(out, " (%s)", old);
	if (l->event.dated)
		buf_addf(out, " at %s%s%s", when, by ? " on " : "",
		         by ? by : "");
	else
		buf_addf(out, " %s", history_text(&l->event, check_arena(c)));
}

/* The look that tells of the addresses; NULL: none does. */
static const struct history *
look_of(const struct lost_value l[VALUES])
{
	return l[PROXIES].event.before ? l[PROXIES].event.before
	                               : l[MAIL].event.before;
}

static const char *
address_then(const struct lost_value *l)
{
	return l->event.remembered ? l->event.remembered->event.address : NULL;
}

/* The address that mail went to. */
static const char *
old_primary(const struct lost_value l[VALUES])
{
	const struct history *s = look_of(l);
	const char *primary = s ? object_primary(s->then)
	                        : address_then(&l[PROXIES]);

	if (!primary && !s)
		primary = address_then(&l[MAIL]);
	return primary || !s ? primary : s->then->mail;
}

/* With what an older snapshot shows, for those who have it no more. */
static struct told_event
told(struct check *c, const struct lost_value *l, int which,
     const char *address)
{
	struct told_event out = history_told(&l->event, EVENT_CLEARED);

	if (l->event.before) {
		out.from = old_value(c, &l->event, which);
		out.address = address;
	}
	return out;
}

/* Whether another object has it now: it was given away. */
static bool
is_given_away(struct check *c, const struct object *o, const char *primary)
{
	return primary && !check_is_screening(c) &&
	       check_who_has(c, o, primary) != NULL;
}

/* Exchange itself takes these away together, with the type of recipient. */
static bool
is_by_exchange(const struct object *o, const struct lost_value l[VALUES])
{
	const struct history *s = look_of(l);

	return s && s->then->ad.recipient_type && !o->ad.recipient_type &&
	       l[MAIL].is && l[NICKNAME].is;
}

/* A leaver, and what was given to another, are hardly mistakes. */
static enum severity
severity_of(struct check *c, const struct object *o, bool given_away)
{
	if (given_away || (o->kind == KIND_USER && o->enabled == NO &&
	                   !o->ad.recipient_type))
		return SEVERITY_INFO;
	return object_primary(o) || o->mail ? SEVERITY_LOW
	                                    : check_severity(c);
}

static bool
is_address_lost(const struct lost_value l[VALUES])
{
	return l[MAIL].is || l[PROXIES].is;
}

static struct remedy
remedy_of(struct check *c, const struct object *o, const char *primary)
{
	struct proposal to;

	if (check_is_screening(c))
		return remedy_none(NULL);
	if (object_primary(o) && !o->mail)
		return remedy_mail(c, o);
	if (o->mail)
		return remedy_none("mail has an address still, which counts "
		                   "without the others");
	if (!primary)
		return remedy_none("no older snapshot shows what it was");
	to = suggest_former(c, o, primary);
	if (!to.address)
		return remedy_none("the address that it had is not valid, in "
		                   "no domain that is known to be verified, or "
		                   "someone else's by now; or it has another "
		                   "one still");
	return remedy_primary(c, o, &to);
}

static const char *
fix_of(struct check *c, const struct object *o,
       const struct lost_value l[VALUES], const struct remedy *is)
{
	if (is->proposed.new)
		return check_textf(c, "If it was a mistake, set %s to %s, and "
		                   "what else was lost to its old values; and "
		                   "find what cleared it",
		                   is->proposed.attribute,
		                   is->proposed.new);
	return is_by_exchange(o, l)
		? "If the mailbox was meant to stay, enable it again in "
		  "Exchange, with the old addresses" : NULL;
}

/* Of the addresses the one that sync prefers stands for both. */
static void
tell_addresses(struct check *c, const struct object *o,
               const struct lost_value l[VALUES])
{
	int first = l[PROXIES].is ? PROXIES : MAIL;
	const char *primary = old_primary(l);
	bool given_away = is_given_away(c, o, primary);
	struct remedy is = remedy_of(c, o, primary);
	struct buf what = { 0 };

	for (int i = MAIL; i <= PROXIES; i++)
		if (l[i].is)
			tell_loss(c, &l[i], i, &what);
	check_fail(c, o, &(struct failure){
		.severity = severity_of(c, o, given_away),
		.attribute = attr_name(SIDE_AD, attrs[first]),
		.expected = old_value(c, &l[first].event, first),
		.message = check_textf(c, "%s lost %s%s%s", object_label(o),
		                       buf_text(&what), is_by_exchange(o, l)
		                       ? "; its type of recipient is gone with "
		                       "it, as when Exchange disables a mailbox"
		                       : "", given_away ? check_textf(c, "; "
		                       "another object has %s now", primary)
		                       : ""),
		.fix = fix_of(c, o, l, &is), REMEDY(is),
		.event = told(c, &l[first], first, primary),
	});
	buf_release(&what);
}

/*
 * The alias that it had, of what is a recipient still: else Exchange disabled
 * it, and took the alias with the rest.
 */
static struct remedy
remedy_lost_alias(struct check *c, const struct object *o, const char *old)
{
	struct remedy is = remedy_alias(c, o);

	if (o->ad.remote_type != YES && !o->ad.recipient_type)
		return remedy_none("Exchange gives the alias, with what else "
		                   "belongs to a recipient");
	return old && is.proposed.new && strcmp(is.proposed.new, old) != 0
		? remedy_none("the alias that it had is another's by now, or "
		              "none") : is;
}

/* It stays lost, as a finding of its own, where an address is mended. */
static void
tell_alias(struct check *c, const struct object *o,
           const struct lost_value *l)
{
	const char *old = old_value(c, &l->event, NICKNAME);
	struct remedy is = remedy_lost_alias(c, o, old);
	enum severity severity = severity_of(c, o, false);
	struct buf what = { 0 };

	tell_loss(c, l, NICKNAME, &what);
	check_fail(c, o, &(struct failure){
		.severity = severity < SEVERITY_LOW ? SEVERITY_LOW : severity,
		.attribute = attr_name(SIDE_AD, ATTR_MAIL_NICKNAME),
		.expected = remedy_wanted(&is, old),
		.message = check_textf(c, "%s lost %s", object_label(o),
		                       buf_text(&what)),
		.fix = is.proposed.new ? check_textf(c, "If it was a mistake, "
			"in AD, set mailNickname to %s, and find what cleared "
			"it", is.proposed.new) : NULL,
		REMEDY(is),
		.event = told(c, l, NICKNAME, NULL),
	});
	buf_release(&what);
}

/* Without an address a contact is filtered, which follows from this. */
static bool
is_for_sync(const struct object *o)
{
	return o->scope.state == SCOPE_IN ||
	       (o->kind == KIND_CONTACT && o->scope.state == SCOPE_FILTERED);
}

static void
check_cleared(struct check *c, const struct object *o)
{
	struct lost_value l[VALUES];

	if (!is_for_sync(o))
		return;
	for (int i = 0; i < VALUES; i++)
		l[i] = loss_of(c, o, i);
	if (is_address_lost(l))
		tell_addresses(c, o, l);
	if (l[NICKNAME].is)
		tell_alias(c, o, &l[NICKNAME]);
}

static const struct rule rules[] = {
	{
		.id = "mail-cleared",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.each_attr = ATTRS(ATTR_MAIL, ATTR_PROXIES, ATTR_MAIL_NICKNAME),
		.needs = NEED_EVENTS | NEED_SHARERS | NEED_OTHERS | NEED_JOINED,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_cleared,
		.title = "Addresses that were cleared",
		.why = "An older snapshot has mail, proxyAddresses or "
		       "mailNickname that are gone, or metadata says that they "
		       "were removed in the last 90 days. The next "
		       "synchronization takes the addresses from the account: "
		       "mail to them is returned, and the primary address may "
		       "become one of the initial domain (onmicrosoft.com).",
		.fix = "If it was a mistake, write the old values back, and "
		       "find what cleared them: a script, or who worked at "
		       "that domain controller then.",
		.source = DOC_POPULATE, .confidence = CONFIDENCE_DERIVED,
	},
};

const struct family cleared_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
