/* Values of objects of AD that were mended, and are what they were. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/history.h"
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

static void
tell_again(struct check *c, const struct object *o, enum again which,
           const struct history *good, const struct history *same)
{
	const char *now = value_of(o, which);
	struct history_event e = {
		.after = good->when, .by = good->newer, .before = same,
	};
	const struct stamp *stamp = o->proxy_count ? &o->ad.proxies_stamp
	                                           : &o->ad.mail_stamp;
	const char *by = NULL;
	char day[WHEN_TEXT];

	if (which == AGAIN_PRIMARY)
		history_date(&e, stamp);
	if (e.dated)
		by = stamp_writer(stamp, check_arena(c));
	when_format_day(same->when, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = which == AGAIN_UPN ? "userPrincipalName"
			: o->proxy_count ? "proxyAddresses" : "mail",
		.observed = now, .expected = value_of(good->then, which),
		.unproposed = "whether it was taken away on purpose is not "
		              "known",
		.event = history_told(&e, EVENT_CHANGED),
		.message = check_textf(c, "%s has %s again, as on %s: %s, "
		                       "which it had in between, was taken "
		                       "away %s%s%s", object_label(o), now, day,
		                       value_of(good->then, which),
		                       history_text(&e, check_arena(c)),
		                       by ? " on " : "", by ? by : ""),
	});
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
		const struct history *good, *same;

		if (!now || !is_bad(c, now))
			continue;
		good = find_good(c, o, which);
		same = find_same(good, now, which);
		if (same)
			tell_again(c, o, which, good, same);
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
		.title = "Name or address that was mended, and is bad again",
		.why = "A sign-in name or primary address that the tenant "
		       "cannot take was replaced by a good one, and is back: "
		       "something writes it, such as an HR system, a script or "
		       "an e-mail address policy, and will do so again.",
		.fix = "Find what writes the value, and mend it there first; "
		       "then mend AD.",
		.source = DOC_PREP, .confidence = CONFIDENCE_DERIVED,
	},
};

const struct family broken_again_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
