/* The story goes from scope to match, values, changes, findings, history. */
#include "report/story.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/term.h"
#include "base/wrap.h"
#include "report/owners.h"
#include "report/story_findings.h"
#include "report/story_past.h"
#include "report/view.h"

/* Where what is told of a name begins. */
enum { TOLD_AT = 18 };

static const char *
or_none(const char *text)
{
	return text && *text ? term_text(text) : "none";
}

/* Where values come from, spelt out; the others speak for themselves. */
static const char *const phrases[ORIGIN_COUNT] = {
	[ORIGIN_TENANT] = "what the tenant has already; AD's has not changed",
	[ORIGIN_HELD_BACK] = "what the tenant has already; it does not take "
		"AD's new one",
	[ORIGIN_UPN] = "the sign-in name, which a recipient always has",
	[ORIGIN_MOERA] = "the alias and the initial domain (MOERA)",
	[ORIGIN_EXCHANGE] = "Exchange, which adds it to a mailbox",
	[ORIGIN_MAIL] = "AD mail",
	[ORIGIN_SIGN_IN] = "the part of the sign-in name before the @",
	[ORIGIN_PRIMARY] = "the part of the primary address before the @",
	[ORIGIN_SAM] = "AD sAMAccountName",
};

/* A sentence behind a name. */
static void
put_told(const char *name, const char *text)
{
	char head[64];

	snprintf(head, sizeof(head), "  %-15s ", name);
	wrap_print(head, text);
}

/* A line of a table: a name, a value, and below it where it comes from. */
static void
put(const char *name, const char *value, const char *from)
{
	printf("  %-15s %s\n", name, or_none(value));
	if (from)
		printf("  %-15s   from %s\n", "", from);
}

/* Where the value called NAME comes from; ATTRIBUTE, or NULL, if unsaid. */
static const char *
origin(const struct forecast *o, const char *name, const char *attribute)
{
	for (size_t i = 0; i < o->origin_count; i++) {
		const struct origin *from = &o->origins[i];

		if (strcmp(from->value, name) == 0)
			return phrases[from->kind] ? phrases[from->kind]
			                           : term_text(from->from);
	}
	return attribute;
}

/* A domain that is not known has no forest that is. */
static void
put_place(const struct forecast *o)
{
	if (o->domain)
		printf("  domain %s", term_text(o->domain));
	if (o->domain && o->forest)
		printf(", forest %s", term_text(o->forest));
	if (o->domain)
		printf("\n");
}

static void
put_who(const struct forecast *o)
{
	const char *name = o->sam ? o->sam : o->ad_upn ? o->ad_upn
		: view_name(o);

	printf("%s (%s%s%s)\n", term_text(name), o->class, o->kind ? ", " : "",
	       o->kind ? term_text(o->kind) : "");
	printf("  %s\n", o->dn ? term_text(o->dn)
	       : "its distinguishedName was not collected");
	put_place(o);
	if (o->guid)
		printf("  objectGUID %s\n", term_text(o->guid));
	if (o->ad_upn)
		printf("  userPrincipalName in AD: %s\n",
		       term_text(o->ad_upn));
}

static const char *const actions[] = {
	[ACTION_CREATE] = "a new account is created",
	[ACTION_MATCH] = "an account of the tenant is joined",
	[ACTION_UPDATE] = "its account is changed",
	[ACTION_NONE] = "nothing changes (names, addresses, sign-in compared)",
	[ACTION_DELETE] = "its account is deleted",
	[ACTION_RESTORE] = "its account comes back from the deleted users",
	[ACTION_BLOCKED] = "nothing is written: see the match",
	[ACTION_UNKNOWN] = "not known",
};

static void
put_threshold(const struct findings *f, const char *domain)
{
	const struct deletion_run *r = deletion_run_of(f, domain);
	struct deletions d = { 0 };

	if (r)
		d = view_deletions(r);
	if (d.stop)
		printf("  %-15s %s: %" PRIu64 " deletions are more than the "
		       "threshold of %" PRIu64 "\n", "but",
		       r->by == DELETIONS_BY_DOMAIN
		       ? "its domain's configuration is quarantined"
		       : "the export stops", d.count, d.threshold);
}

/* Who owns mail attributes, where that is not AD, and what AD is for. */
static const char *const mail_owners[AUTHORITY_COUNT] = {
	[AUTHORITY_EXCHANGE_ONLINE] = "mail attributes: Exchange Online (EAC); "
		"a change in AD never reaches the tenant",
	[AUTHORITY_NOT_ASSESSED] = "mail attributes: not assessed; export "
		"Get-Mailbox with IsExchangeCloudManaged first",
};

static void
put_authority(const struct forecast *o)
{
	if (o->authority.identity == AUTHORITY_ENTRA)
		put_told("authority", "identity: Entra, Graph; a change in AD, "
		         "if AD takes it at all, goes nowhere");
	if (mail_owners[o->authority.exchange])
		put_told("authority", mail_owners[o->authority.exchange]);
}

static void
put_fate(const struct findings *f, const struct forecast *o)
{
	char scope[64];

	printf("\nWhat synchronization does\n");
	snprintf(scope, sizeof(scope), "  %-15s %s: ", "scope", o->unplaced
	         ? "not known" : o->in_scope ? "in" : "out");
	wrap_hang(scope, TOLD_AT, o->scope_reason && *o->scope_reason
	          ? o->scope_reason : "none");
	put_told("match", o->match_reason
	         ? o->match_reason : o->match == MATCH_UNKNOWN
	         ? "not known" : match_name(o->match));
	if (o->matched_id)
		printf("  %-15s %s\n", "account", term_text(o->matched_id));
	if (o->source_anchor)
		printf("  %-15s %s\n", "source anchor",
		       term_text(o->source_anchor));
	printf("  %-15s %s\n", "next", actions[o->action]);
	if (o->action == ACTION_DELETE)
		put_threshold(f, o->domain);
	for (size_t i = 0; i < f->note_count; i++)
		put_told(i ? "" : "but", f->notes[i]);
	for (size_t i = 0; i < o->doubt_count; i++)
		put_told(i ? "" : confidence_name(o->confidence), o->doubts[i]);
	put_authority(o);
}

/* Which of a group's members it will have, and which not. */
static void
put_members(const struct forecast *o)
{
	const struct member_counts *n = o->members;

	if (n)
		printf("  %-15s %" PRIu64 "; lost: %" PRIu64 " out of scope, %"
		       PRIu64 " of another forest; not known: %" PRIu64 "\n",
		       "members", n->in_scope, n->out_of_scope, n->foreign,
		       n->not_known);
}

static void
put_values(const struct forecast *o)
{
	/* One that was converted keeps what it has. */
	bool is_known = o->action != ACTION_BLOCKED ||
		(o->match == MATCH_NONE && (o->upn || o->primary_smtp));

	if (!o->in_scope || !is_known ||
	    strcmp(o->class, "computer") == 0)
		return;
	printf("\nWhat the tenant will hold (%s)\n",
	       confidence_name(o->confidence));
	if (strcmp(o->class, "user") == 0)
		put("sign-in name", o->upn, origin(o, "upn",
		    o->upn ? "AD userPrincipalName" : NULL));
	put("alias", o->mail_nickname, origin(o, "mailNickname",
	    o->mail_nickname ? "AD mailNickname" : NULL));
	put("primary address", o->primary_smtp, NULL);
	for (size_t i = 0; i < o->proxy_count; i++)
		put(i ? "" : "addresses", o->proxy_addresses[i],
		    origin(o, o->proxy_addresses[i], "AD proxyAddresses"));
	if (!o->proxy_count)
		put("addresses", NULL, NULL);
	put_members(o);
	if (o->account_enabled != ENABLED_UNKNOWN)
		put("account", o->account_enabled == ENABLED_YES ? "enabled"
		    : "disabled", NULL);
}

static void
put_dropped(const struct forecast *o)
{
	if (o->dropped_count)
		printf("\nWhat does not reach the tenant\n");
	for (size_t i = 0; i < o->dropped_count; i++)
		printf("  %s\n    %s\n", or_none(o->dropped[i].value),
		       or_none(o->dropped[i].reason));
}

/* Whether the address stays with the object in another role. */
static bool
is_kept(const struct forecast *o, const char *value)
{
	const char *body = strchr(value, ':');

	for (size_t i = 0; body && i < o->proxy_count; i++) {
		const char *other = strchr(o->proxy_addresses[i], ':');

		if (other && strcasecmp(other, body) == 0)
			return true;
	}
	return false;
}

static void
put_change(const struct forecast *o, const struct change *c)
{
	bool address = strcmp(c->attribute, "proxyAddresses") == 0;

	if (!address)
		printf("  %s: %s -> %s\n", term_text(c->attribute),
		       or_none(c->from), or_none(c->to));
	else if (c->to)
		printf("  address added: %s\n", term_text(c->to));
	else if (c->from && is_kept(o, c->from))
		printf("  address no longer as: %s\n", term_text(c->from));
	else
		printf("  address LOST: %s\n", or_none(c->from));
}

static void
put_changes(const struct forecast *o)
{
	if (o->change_count)
		printf("\nWhat changes in the tenant\n");
	for (size_t i = 0; i < o->change_count; i++)
		put_change(o, &o->changes[i]);
}

/* The severities that decide; see judge.c. */
static const struct {
	enum severity from, to;
} deciding[] = {
	[READINESS_READY] = { SEVERITY_COUNT, SEVERITY_COUNT },
	[READINESS_WARNING] = { SEVERITY_MEDIUM, SEVERITY_INFO },
	[READINESS_BLOCKED] = { SEVERITY_CRITICAL, SEVERITY_MEDIUM },
	[READINESS_NOT_KNOWN] = { SEVERITY_COUNT, SEVERITY_COUNT },
	[READINESS_OUT_OF_SCOPE] = { SEVERITY_COUNT, SEVERITY_COUNT },
};

static void
put_reason(const struct not_known *k)
{
	const char *reason = k->reason;
	bool one = reason_parts(reason) == 1;
	struct reason_part part;
	struct buf text = { 0 };

	buf_addf(&text, "no %s%s can be called ready:", k->class,
	         view_of_domains(k));
	if (!one)
		wrap_hang("  ", 4, buf_text(&text));
	while (reason_next(&reason, &part)) {
		if (one)
			buf_addc(&text, ' ');
		else
			buf_clear(&text);
		buf_add(&text, part.text, part.len);
		wrap_hang(one ? "  " : "    ", one ? 4 : 6, buf_text(&text));
	}
	buf_release(&text);
}

/* What lacks for all of its class; what lacks for it alone, others say. */
static void
put_not_known(const struct findings *f, const struct forecast *o)
{
	for (size_t i = 0; i < f->not_known_count; i++) {
		const struct not_known *k = &f->not_known[i];

		if (o->class && strcmp(k->class, o->class) == 0 &&
		    (reason_is_about(k->reason, o->domain) ||
		     !reason_parts(k->reason)))
			put_reason(k);
	}
}

/* "blocked, by 2 high findings". */
static void
put_readiness(const struct findings *f, const struct forecast *o,
              const size_t counts[SEVERITY_COUNT])
{
	const char *before = ", by ";
	struct buf text = { 0 };
	size_t n = 0;

	printf("\nReadiness%s: %s", view_is_ad_alone(f) ? " by AD alone" : "",
	       readiness_name(o->readiness));
	for (int s = (int)deciding[o->readiness].from;
	     s < (int)deciding[o->readiness].to; s++) {
		if (!counts[s])
			continue;
		printf("%s%zu %s", before, counts[s],
		       severity_name((enum severity)s));
		before = ", ";
		n += counts[s];
	}
	printf("%s\n", n == 1 ? " finding" : n ? " findings" : "");
	if (selection_tell(&f->selection, f->rule_count, &text))
		printf("  %s\n", term_text(text.data));
	buf_release(&text);
	if (o->readiness == READINESS_NOT_KNOWN)
		put_not_known(f, o);
}

static void
put_history(const struct forecast *o)
{
	if (o->history_count)
		printf("\nHistory\n");
	for (size_t i = 0; i < o->history_count; i++) {
		const struct past_state *p = &o->history[i];
		char day[WHEN_TEXT];

		when_format_day(p->when, day);
		printf("  %s  %s%s\n    %s\n", day, p->unplaced
		       ? "scope not known" : p->in_scope ? "in scope"
		       : "out of scope",
		       p->enabled == ENABLED_YES ? ", enabled" :
		       p->enabled == ENABLED_NO ? ", disabled" : "",
		       or_none(p->dn));
	}
}

/* The timeline of that object. */
struct told_past {
	struct past_sought sought;
	struct told_by by;
	enum told_side side;
};

static bool
is_told(const struct past_sought *s, const struct timeline *t)
{
	const struct told_past *p = (const struct told_past *)s;

	if (t->side != p->side)
		return false;
	if (p->by.guid && t->guid)
		return strcasecmp(p->by.guid, t->guid) == 0;
	if (p->by.guid)
		return false;
	if (p->by.dn)
		return t->dn && strcmp(p->by.dn, t->dn) == 0;
	return p->by.object && t->object &&
	       strcmp(p->by.object, t->object) == 0;
}

int
story_print(const struct findings *f, const struct forecast *o,
            struct err *err)
{
	const struct told_by by = { o->guid, o->dn, o->object };
	const struct told_past past = { { is_told }, by, TOLD_AD };
	size_t counts[SEVERITY_COUNT] = { 0 };

	put_who(o);
	put_fate(f, o);
	owners_print(f, o);
	put_values(o);
	put_dropped(o);
	put_changes(o);
	if (story_findings_print(f, &by, counts, err) < 0)
		return -1;
	put_readiness(f, o, counts);
	put_history(o);
	return story_past_print(f, &past.sought, PAST_BARE, err) < 0 ? -1 : 0;
}

int
story_print_findings(const struct findings *f, const struct finding *one,
                     struct err *err)
{
	const struct told_by by = { one->guid, one->dn, one->object };
	const struct told_past past = { { is_told }, by, TOLD_TENANT };
	size_t counts[SEVERITY_COUNT] = { 0 };

	if (one->guid)
		printf("%s (in the tenant, without an object in AD)\n",
		       term_text(one->guid));
	else
		printf("%s (%s)\n", term_text(finding_label(one)), one->class);
	if (story_findings_print(f, &by, counts, err) < 0)
		return -1;
	return story_past_print(f, &past.sought, PAST_BARE, err) < 0 ? -1 : 0;
}
