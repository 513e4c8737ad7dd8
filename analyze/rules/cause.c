/*
 * Findings that follow from others.
 *
 * One fault makes several rules speak: a user who was created anew has no
 * account, and wants names that the former one holds. Each rule judges by
 * itself, and says alone what it says among all (tests/alone.t); which finding
 * is to be mended first is decided here, when all rules have judged an object
 * and its account.
 *
 * A row of the table says: a finding of the rule FOLLOWER follows from one of
 * the rule ROOT, if BY holds between the two. It is told all the same, and
 * counts as a finding, attached to the root, whose cause it has. FIRST is where
 * its own fix is wrong, needless or harmful as long as the root stands: it
 * comes behind "Mend ROOT first". ALONG is where either fix mends both. IN_TIME
 * is where ROOT is no fault but what the next synchronization does, if it is
 * meant to, and FOLLOWER what that does harm to: later is too late. TOGETHER
 * is one mistake that was copied: each place is to be mended, at once. Of the
 * rows that hold the first one counts; roots that follow from others lead on to
 * these, so that a root follows from none. Where the root was not judged, or
 * not found, nothing is said. Each row needs a case (tests/cases.t).
 *
 * What would do harm, or only repeats, is not told at all; that hangs on facts,
 * not on what other rules say (is_told_with_account in rule.h), so that a rule
 * that runs alone does no harm, either.
 */
#include "analyze/rules/cause.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/invisible_text.h"
#include "base/list.h"
#include "base/utf8.h"

enum order { FIRST, ALONG, IN_TIME, TOGETHER };

#define PRIMARY "primary-onmicrosoft-forecast"

static const struct {
	const char *root, *follower;
	enum relation by;
	enum order order;
} rows[] = {
	/* The account that the object should have, under another anchor. */
	{ "former-account", "orphan", BY_ACCOUNT, FIRST },
	/* Sync stops for the object, and writes nothing. */
	{ "anchor-differs", "enabled-differs", BY_OBJECT, FIRST },
	/* First of all: is it the same person? */
	{ "soft-match", "two-mailboxes", BY_OBJECT, IN_TIME },
	{ "soft-match", "address-lost", BY_OBJECT, IN_TIME },
	{ "soft-match", "upn-changes", BY_OBJECT, IN_TIME },
	{ "hard-match", "two-mailboxes", BY_OBJECT, IN_TIME },
	{ "hard-match", "address-lost", BY_OBJECT, IN_TIME },
	{ "hard-match", "upn-changes", BY_OBJECT, IN_TIME },
	/* The sign-in name. */
	{ "domain-unverified-in-use", "upn-suffix-unverified",
	  BY_DOMAIN, ALONG },
	{ "upn-suffix-unverified", "upn-conflict", BY_INITIAL, FIRST },
	{ "upn-suffix-unverified", "upn-onmicrosoft-forecast",
	  BY_VALUE, ALONG },
	{ "upn-missing", "upn-onmicrosoft-forecast", BY_OBJECT, ALONG },
	{ "domain-federated", "upn-changes", BY_VALUE, ALONG },
	{ "upn-malformed", "upn-onmicrosoft-forecast", BY_VALUE, ALONG },
	{ "value-edge-space", "upn-onmicrosoft-forecast", BY_VALUE, ALONG },
	{ "upn-too-long", "upn-onmicrosoft-forecast", BY_VALUE, ALONG },
	{ "upn-conflict", "upn-onmicrosoft-forecast", BY_VALUE, ALONG },
	/* What two objects have, and what becomes of it. */
	{ "upn-duplicate", "upn-conflict", BY_VALUE, ALONG },
	{ "upn-duplicate", "proxy-conflict", BY_VALUE, ALONG },
	{ "address-duplicate", "proxy-conflict", BY_VALUE, ALONG },
	{ "address-duplicate", "routing-address-missing", BY_VALUE, ALONG },
	/* What the tenant reports is what AD says. */
	{ "upn-conflict", "sync-error", BY_CONFLICT, ALONG },
	{ "proxy-conflict", "sync-error", BY_CONFLICT, ALONG },
	{ "proxy-duplicate", "sync-error", BY_CONFLICT, ALONG },
	{ "sync-error", "upn-changes", BY_WANTED, FIRST },
	/* What happened, and that the password lacks since. */
	{ "returned-to-scope", "password-differs", BY_OBJECT, ALONG },
	{ "disabled-then-enabled", "password-differs", BY_OBJECT, ALONG },
	/* The primary address. */
	{ "mailbox-mark-left", PRIMARY, BY_VALUE, ALONG },
	{ "proxy-duplicate", PRIMARY, BY_MAIN_VALUE, ALONG },
	{ "proxy-conflict", PRIMARY, BY_MAIN_VALUE, ALONG },
	{ "proxy-malformed", PRIMARY, BY_MAIN_VALUE, ALONG },
	{ "value-edge-space", PRIMARY, BY_MAIN_VALUE, ALONG },
	{ "proxy-diacritics", PRIMARY, BY_MAIN_VALUE, ALONG },
	{ "address-part-too-long", PRIMARY, BY_MAIN_VALUE, ALONG },
	{ "mail-malformed", PRIMARY, BY_VALUE, ALONG },
	{ "mail-unroutable", PRIMARY, BY_VALUE, ALONG },
	{ "value-edge-space", "mail-not-primary", BY_VALUE, ALONG },
	{ "value-edge-space", "mail-not-primary", BY_SEEN_PRIMARY, ALONG },
	{ "mail-malformed", "mail-not-primary", BY_VALUE, ALONG },
	{ "proxy-no-primary", PRIMARY, BY_VALUE, ALONG },
	{ "proxy-unroutable", PRIMARY, BY_VALUE, ALONG },
	{ "domain-unverified-in-use", PRIMARY, BY_DOMAIN, ALONG },
	{ "proxy-no-primary", "mail-missing", BY_OBJECT, ALONG },
	{ "mail-missing", PRIMARY, BY_OBJECT, ALONG },
	{ "mail-cleared", PRIMARY, BY_OBJECT, ALONG },
	{ "mail-cleared", "mail-missing", BY_OBJECT, ALONG },
	{ "mail-cleared", "contact-mail-missing", BY_OBJECT, ALONG },
	{ "mail-cleared", "moved-out-of-scope", BY_OBJECT, ALONG },
	{ "licence-removed", "primary-onmicrosoft", BY_OBJECT, ALONG },
	{ PRIMARY, "primary-onmicrosoft", BY_OBJECT, ALONG },
	{ "proxy-no-primary", "primary-onmicrosoft", BY_OBJECT, ALONG },
	{ "sync-error", "primary-onmicrosoft", BY_PRIMARY, ALONG },
	{ "mail-cleared", "mailnickname-missing", BY_ATTRIBUTE, ALONG },
	{ "mailnickname-missing", "hidden-without-nickname", BY_OBJECT, ALONG },
	{ "mail-cleared", "hidden-without-nickname", BY_ATTRIBUTE, ALONG },
	/* One value with several mistakes is written anew once. */
	{ "proxy-diacritics", "proxy-malformed", BY_ONE_VALUE, ALONG },
	{ "proxy-diacritics", "mail-malformed", BY_ONE_VALUE, ALONG },
	{ "proxy-diacritics", "target-malformed", BY_ONE_VALUE, ALONG },
	{ "proxy-diacritics", "value-edge-space", BY_ONE_VALUE, ALONG },
	{ "upn-too-long", "upn-malformed", BY_ONE_VALUE, ALONG },
	{ "upn-too-long", "value-edge-space", BY_ONE_VALUE, ALONG },
	{ "nickname-too-long", "mailnickname-malformed", BY_ONE_VALUE, ALONG },
	{ "proxy-malformed", "value-edge-space", BY_ONE_VALUE, ALONG },
	{ "mail-malformed", "value-edge-space", BY_ONE_VALUE, ALONG },
	{ "target-malformed", "value-edge-space", BY_ONE_VALUE, ALONG },
	{ "upn-malformed", "value-edge-space", BY_ONE_VALUE, ALONG },
	{ "mailnickname-malformed", "value-edge-space", BY_ONE_VALUE, ALONG },
	/* One alias that is wrong, wherever it was written. */
	{ "proxy-malformed", "proxy-malformed", BY_COPY, TOGETHER },
	{ "proxy-malformed", "mail-malformed", BY_COPY, TOGETHER },
	{ "proxy-malformed", "target-malformed", BY_COPY, TOGETHER },
	{ "proxy-malformed", "mailnickname-malformed", BY_COPY, TOGETHER },
	{ "proxy-diacritics", "proxy-diacritics", BY_COPY, TOGETHER },
	{ "value-edge-space", "value-edge-space", BY_COPY, TOGETHER },
	{ "address-part-too-long", "address-part-too-long",
	  BY_COPY, TOGETHER },
	{ "address-part-too-long", "nickname-too-long", BY_COPY, TOGETHER },
	/* Which address it is to have there the alias says. */
	{ "mailnickname-missing", "routing-address-missing", BY_OBJECT, FIRST },
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

bool
causes_row(size_t number, const char **root, const char **follower)
{
	if (number >= ROWS)
		return false;
	*root = rows[number].root;
	*follower = rows[number].follower;
	return true;
}

/* ---- what is to be told ---- */

struct party
party_of(const struct object *o)
{
	struct party p = { .has_ad = false };
	bool is_ad = o && o->side == SIDE_AD;

	if (!o)
		return p;
	if (o->has_guid)
		*(is_ad ? &p.ad : &p.account) = o->guid;
	*(is_ad ? &p.has_ad : &p.has_account) = o->has_guid;
	if (is_ad && o->links.account) {
		p.has_account = true;
		p.account = o->links.account->id;
	}
	return p;
}

void
pending_add(struct pending_list *l, const struct finding *f,
            struct party other, struct party account)
{
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = (struct pending){
		.finding = finding_copy(f, &l->texts),
		.other = other, .account = account,
	};
}

void
pending_expect(struct pending_list *l, const struct finding *f)
{
	LIST_RESERVE(l->wholes, l->whole_room, l->whole_count + 1);
	l->wholes[l->whole_count++] = (struct pending){
		.finding = finding_copy(f, &l->texts),
	};
}

void
pending_clear(struct pending_list *l)
{
	l->count = l->whole_count = 0;
	arena_clear(&l->texts);
}

void
pending_release(struct pending_list *l)
{
	free(l->items);
	free(l->wholes);
	arena_release(&l->texts);
	*l = (struct pending_list){ .count = 0 };
}

/* ---- roots ---- */

static bool
is_rule(const struct pending *t, const char *id)
{
	return strcmp(t->finding.rule, id) == 0;
}

static bool
is_same_guid(const struct guid *a, const struct guid *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* What F follows from by that row; NULL: nothing. */
static const struct pending *
root_by(const struct pending_list *l, size_t row, const struct pending *f)
{
	for (size_t i = 0; i < l->count; i++)
		if (is_rule(&l->items[i], rows[row].root) &&
		    relation_holds(rows[row].by, &l->items[i], f))
			return &l->items[i];
	for (size_t i = 0; i < l->whole_count; i++)
		if (is_rule(&l->wholes[i], rows[row].root) &&
		    relation_holds(rows[row].by, &l->wholes[i], f))
			return &l->wholes[i];
	return NULL;
}

static const struct pending *
root_of(const struct pending_list *l, const struct pending *f,
        enum order *order)
{
	const struct pending *root = NULL;

	for (size_t row = 0; row < ROWS && !root; row++) {
		if (!is_rule(f, rows[row].follower))
			continue;
		root = root_by(l, row, f);
		if (root && rows[row].order != ALONG)
			*order = rows[row].order;
	}
	return root;
}

/* That follows from nothing; the table has no circle (tests/unit/cause.c). */
static const struct pending *
top_of(const struct pending_list *l, const struct pending *f,
       enum order *order)
{
	const struct pending *top = NULL;

	*order = ALONG;
	while ((f = root_of(l, f, order)))
		top = f;
	return top;
}

/* ---- telling ---- */

/* The text lives in A. */
static const char *
fix_behind(const char *fix, const char *rule, const char *object,
           struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	buf_addf(&text, "Fix %s%s%s first, from which this follows. If it "
	         "still stands then: %s", rule, object ? " of " : "",
	         object ? object : "", fix);
	out = arena_strdup(a, text.data);
	buf_release(&text);
	return out;
}

/* Likewise; the last sentence has a full stop if there was one. */
static const char *
fix_along(const char *fix, const char *rule, struct arena *a)
{
	struct buf text = { 0 };
	size_t len = strlen(fix);
	bool stop = len && fix[len - 1] == '.';
	const char *out;

	buf_addf(&text, "%s%s It follows from %s: fix that, and this is fixed, "
	         "too%s", fix, stop ? "" : ".", rule, stop ? "." : "");
	out = arena_strdup(a, text.data);
	buf_release(&text);
	return out;
}

static const char *
fix_before(const char *fix, const char *rule, struct arena *a)
{
	struct buf text = { 0 };
	const char *out;

	buf_addf(&text, "See %s first. If that is meant to be, this is to be "
	         "done before the synchronization that does it: %s", rule, fix);
	out = arena_strdup(a, text.data);
	buf_release(&text);
	return out;
}

static const char *
fix_together(const char *fix, const char *rule, struct arena *a)
{
	struct buf text = { 0 };
	size_t len = strlen(fix);
	const char *out;

	buf_addf(&text, "%s%s It is the same mistake as %s tells of the "
	         "primary address or mail: correct all of it at once.", fix,
	         len && fix[len - 1] == '.' ? "" : ".", rule);
	out = arena_strdup(a, text.data);
	buf_release(&text);
	return out;
}

static const char *
fix_by_order(enum order order, const char *fix, const char *rule,
             struct arena *a)
{
	return order == ALONG ? fix_along(fix, rule, a)
		: order == IN_TIME ? fix_before(fix, rule, a)
		: order == TOGETHER ? fix_together(fix, rule, a)
		: fix_behind(fix, rule, NULL, a);
}

/*
 * No value is safe for the one mistake that both tell of: what the root gives
 * as its fix counts for both.
 */
static void
refuse_along(struct finding *f, const struct finding *root)
{
	if (!f->proposed.attribute || root->proposed.attribute ||
	    !root->unproposed)
		return;
	f->proposed = (struct proposed){ .attribute = NULL };
	f->unproposed = root->unproposed;
	f->expected = root->expected;
	f->fix = root->fix;
}

static void
tell_roots(struct pending_list *l, struct findings_batch *b)
{
	for (size_t i = 0; i < l->count; i++) {
		struct finding *f = &l->items[i].finding;
		enum order order;
		const struct pending *top = top_of(l, &l->items[i], &order);
		char print[FINGERPRINT_TEXT];

		if (!top)
			continue;
		findings_print(b, &top->finding, print);
		f->follows = arena_strdup(&l->texts, print);
		f->follows_rule = top->finding.rule;
		f->root = &top->finding;
		f->along = order == ALONG;
		if (order != IN_TIME)
			refuse_along(f, f->root);
		f->fix = fix_by_order(order, f->fix, f->follows_rule,
		                      &l->texts);
	}
}

/* ---- accounts that objects of AD explain ---- */

static bool
explains_accounts(const struct pending *t)
{
	for (size_t row = 0; row < ROWS; row++)
		if (rows[row].by == BY_ACCOUNT && is_rule(t, rows[row].root))
			return t->account.has_account;
	return false;
}

/* Whom the findings are about, for a sentence. */
static char *
told_of(const struct object *o, struct arena *a)
{
	struct buf text = { 0 };

	invisible_mark(&text, object_placed(o, a));
	return buf_detach(&text);
}

static void
explain(const struct pending *t, const struct object *o,
        struct findings_batch *b, struct arena *a, struct explained *out)
{
	const struct finding *f = &t->finding;
	const char *shared = f->shared.value;
	char print[FINGERPRINT_TEXT];

	findings_print(b, f, print);
	LIST_RESERVE(out->items, out->room, out->count + 1);
	out->items[out->count++] = (struct explained_account){
		.account = t->account.account,
		.print = xstrdup(print), .object = told_of(o, a),
		.rule = xstrdup(f->rule),
		.authority = f->authority ? xstrdup(f->authority) : NULL,
		.shared = shared ? xstrdup(shared) : NULL,
		.told = { .title = f->shared.title,
		          .action = f->shared.action },
	};
}

void
causes_settle(struct pending_list *l, const struct object *o,
              struct findings_batch *b, struct explained *out)
{
	if (l->count + l->whole_count > 1)
		tell_roots(l, b);
	for (size_t i = 0; i < l->count; i++)
		if (explains_accounts(&l->items[i]))
			explain(&l->items[i], o, b, &l->texts, out);
}

/* The first of it; the count, if there is none. */
static size_t
first_explained(const struct explained *known, const struct guid *account)
{
	size_t from = 0, to = known->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (memcmp(&known->items[middle].account, account,
		           sizeof(*account)) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool
is_explained_by(const struct pending *f, const char *rule)
{
	for (size_t row = 0; row < ROWS; row++)
		if (rows[row].by == BY_ACCOUNT &&
		    is_rule(f, rows[row].follower) &&
		    strcmp(rows[row].root, rule) == 0)
			return true;
	return false;
}

static const struct explained_account *
find_explained(const struct explained *known, const struct pending *f,
               const struct guid *account)
{
	for (size_t i = first_explained(known, account); i < known->count &&
	     is_same_guid(&known->items[i].account, account); i++)
		if (is_explained_by(f, known->items[i].rule))
			return &known->items[i];
	return NULL;
}

/* As much of the finding as its cause is told by; in A. */
static const struct finding *
root_told(const struct explained_account *by, struct arena *a)
{
	struct finding *root = arena_alloc(a, sizeof(*root));

	*root = (struct finding){
		.rule = by->rule, .authority = by->authority,
		.shared = { by->shared, by->told.title, by->told.action },
	};
	return root;
}

void
causes_settle_account(struct pending_list *l, const struct object *account,
                      const struct explained *known)
{
	for (size_t i = 0; i < l->count && account->has_guid; i++) {
		struct finding *f = &l->items[i].finding;
		const struct explained_account *by =
			find_explained(known, &l->items[i], &account->guid);

		if (!by)
			continue;
		f->follows = by->print;
		f->follows_rule = by->rule;
		f->root = root_told(by, &l->texts);
		f->fix = fix_behind(f->fix, by->rule, by->object, &l->texts);
	}
}
