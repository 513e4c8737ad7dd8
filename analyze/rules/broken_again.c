/* Values of objects of AD that were mended, and are what they were. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"
#include "analyze/rules/remembered.h"
#include "analyze/rules/rule.h"
#include "base/utf8.h"

enum again { AGAIN_UPN, AGAIN_PRIMARY, AGAIN_COUNT };

static const char *
value_of(const struct object *o, enum again which)
{
	if (which == AGAIN_UPN)
		return o->kind == KIND_USER ? o->upn : NULL;
	return object_primary(o) ? object_primary(o)
		: o->proxy_count ? NULL : o->mail;
}

/* Whether no company can have it in its tenant. */
static bool
is_bad(struct check *c, const char *value)
{
	const struct model *m = check_model(c);
	const char *domain = address_domain(value);

	if (!domain || address_fault(value) || domain_is_initial(domain) ||
	    !suffix_is_possible(check_suffix(c, domain)))
		return true;
	return m->initial_domain && m->domains_known &&
	       !model_is_verified(m, domain);
}

/* The newest look at which it had another good value. */
static const struct history *
find_good(struct check *c, const struct object *o, enum again which)
{
	const struct history *s = o->links.history;

	for (; s; s = s->older) {
		const char *then = value_of(s->then, which);

		if (then && !utf8_same_folded(then, value_of(o, which)))
			return is_bad(c, then) ? NULL : s;
	}
	return NULL;
}

static const struct history *
find_same(const struct history *good, const char *value, enum again which)
{
	const struct history *s = good ? good->older : NULL;

	for (; s; s = s->older) {
		const char *then = value_of(s->then, which);

		if (then && utf8_same_folded(then, value))
			return s;
	}
	return NULL;
}

static const char *
attribute_of(const struct object *o, enum again which)
{
	return which == AGAIN_UPN ? "userPrincipalName"
		: o->proxy_count ? "proxyAddresses" : "mail";
}

/* What came back: its good value, when it went, and when it was bad before. */
struct broken {
	const char *good;
	struct history_event event;
	when_t before;             /* WHEN_NONE: a baseline alone tells */
	const char *by;            /* the domain controller; or NULL */
};

static void
tell_again(struct check *c, const struct object *o, enum again which,
           const struct broken *b)
{
	const char *now = value_of(o, which);
	struct told_event told = history_told(&b->event, EVENT_CHANGED);
	char day[WHEN_TEXT];

	when_format_day(b->before, day);
	told.from = b->good;
	told.to = now;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = attribute_of(o, which),
		.observed = now, .expected = b->good,
		.unproposed = "whether it was removed on purpose is not known",
		.event = told,
		.message = check_textf(c, "%s has %s again%s%s: %s, which it "
		                       "had in between, was removed %s%s%s",
		                       object_label(o), now,
		                       b->before != WHEN_NONE ? ", as on " : "",
		                       b->before != WHEN_NONE ? day : "",
		                       b->good,
		                       history_text(&b->event, check_arena(c)),
		                       b->by ? " on " : "",
		                       b->by ? b->by : ""),
	});
}

/* An earlier run found it: it stands as long as the bad value does. */
static bool
is_remembered(const struct object *o, enum again which,
              struct history_event *e)
{
	return remembered_value(o, EVENT_CHANGED, attribute_of(o, which), e) &&
	       e->remembered->event.from && e->remembered->event.to &&
	       utf8_same_folded(e->remembered->event.to, value_of(o, which));
}

/* It was good in a look of this run, and bad before. */
static void
date_broken(struct check *c, const struct object *o, enum again which,
            const struct history *good, struct broken *b)
{
	const struct stamp *stamp = o->proxy_count ? &o->ad.proxies_stamp
	                                           : &o->ad.mail_stamp;

	b->good = value_of(good->then, which);
	b->event = (struct history_event){
		.after = good->when, .by = good->newer[TELLS_VALUES],
		.before = good,
	};
	if (which == AGAIN_PRIMARY)
		history_date(&b->event, stamp);
	if (b->event.dated)
		b->by = stamp_writer(stamp, check_arena(c));
}

static bool
find_broken(struct check *c, const struct object *o, enum again which,
            struct broken *b)
{
	const struct history *good = find_good(c, o, which);
	const struct history *same = find_same(good, value_of(o, which),
	                                       which);
	struct history_event e;
	bool known = is_remembered(o, which, &e);

	*b = (struct broken){ .before = WHEN_NONE };
	if (good && (same || known)) {
		b->before = same ? same->when : e.by;
		date_broken(c, o, which, good, b);
		if (known)
			remembered_date(&b->event, &e);
	} else if (known) {
		b->good = e.remembered->event.from;
		b->event = e;
	}
	return b->good;
}

static void
check_again(struct check *c, const struct object *o)
{
	/* Who has a history is read again. */
	if (check_is_screening(c))
		return;
	for (int i = 0; i < AGAIN_COUNT; i++) {
		enum again which = (enum again)i;
		const char *now = value_of(o, which);
		struct broken b;

		if (now && is_bad(c, now) && find_broken(c, o, which, &b))
			tell_again(c, o, which, &b);
	}
}

static const struct rule rules[] = {
	{
		.id = "broken-again",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL, ATTR_PROXIES),
		.needs = NEED_HISTORY | NEED_SHARERS | NEED_JOINED,
		.past = PAST_TWICE,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_again,
		.title = "Name or address that was fixed, and is wrong again",
		.why = "A sign-in name or primary address that the tenant "
		       "cannot take was replaced by a good one, and is back: "
		       "something writes it, such as an HR system, a script or "
		       "an email address policy, and will do so again.",
		.fix = "Find what writes the value, and fix it there first; "
		       "then correct AD.",
		.source = DOC_PREP, .confidence = CONFIDENCE_DERIVED,
	},
};

const struct family broken_again_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
