/* Fixes, put where a change of the attribute is taken. */
#include "analyze/rules/placed.h"

#include <string.h>

#include "analyze/rules/replica.h"
#include "analyze/rules/running.h"
#include "analyze/rules/undone.h"
#include "base/buf.h"

/* Without its full stop. */
static size_t
bare(const char *fix)
{
	size_t len = strlen(fix);

	return len && fix[len - 1] == '.' ? len - 1 : len;
}

/* Whether P gives the object an address, or a name to sign in with. */
static bool
gives_address(const struct proposed *p)
{
	return p->attribute && p->new && address_domain(address_body(p->new)) &&
	       strcmp(p->attribute, "mailNickname") != 0 &&
	       strcmp(p->attribute, "displayName") != 0;
}

/* In what was not read somebody may have what it is to get, or NULL. */
static const char *
unread_of(const struct check *c, const struct object *o,
          const struct failure *f)
{
	const char *unread = f->unread;

	for (const struct proposed *p = &f->proposed; p && !unread; p = p->and)
		if (gives_address(p) &&
		    !object_is_called(o, address_body(p->new)))
			unread = c->plan->unread;
	return unread;
}

/* What is to be done before, that Exchange does not undo it. */
static const char *
fix_to_last(struct check *c, const struct failure *f, const char *fix)
{
	bool is = f->unproposed == undone_surely;

	if (!is && f->unproposed != undone_maybe)
		return fix;
	return check_textf(c, "%.*s. First %s", (int)bare(fix), fix, is
	                   ? "switch off the email address policy of the "
	                   "recipient (-EmailAddressPolicyEnabled $false)"
	                   : "check that no email address policy of Exchange "
	                   "applies to it");
}

/* The fix, and what is to be looked at before. */
static const char *
fix_of(struct check *c, const struct object *o, const struct failure *f)
{
	const char *fix = fix_to_last(c, f, f->fix ? f->fix
		: c->plan->of.rules[c->rule]->fix);
	const char *unread = unread_of(c, o, f);

	if (!unread)
		return fix;
	return check_textf(c, "%.*s. First check that no one has that address: "
	                   "not all of %s was read", (int)bare(fix), fix,
	                   unread);
}

/* What a fix begins with that AD takes. */
static const char in_ad[] = "In AD, ";

/* What follows "In AD, ", or NULL. */
static const char *
behind_ad(const char *fix)
{
	size_t len = sizeof(in_ad) - 1;

	return strncmp(fix, in_ad, len) == 0 ? fix + len : NULL;
}

/* At the object of AD that gives the attribute. */
static const char *
fix_at_giver(struct check *c, const struct object *ad,
             const struct failure *f, const char *fix)
{
	const char *giver = object_giver_of(ad, f->attribute);
	const char *rest = behind_ad(fix);

	if (!giver)
		return fix;
	if (rest)
		return check_textf(c, "In AD, at %s, from where sync takes it: "
		                   "%s", giver, rest);
	return check_textf(c, "%.*s. AD's place for it is %s, from where sync "
	                   "takes it", (int)bare(fix), fix, giver);
}

static const char *const places[AUTHORITY_COUNT] = {
	[AUTHORITY_EXCHANGE_ONLINE] = "Exchange Online",
	[AUTHORITY_ENTRA] = "Entra",
};

/* What AD answers to who changes it there all the same, as a clause. */
static const char *const answers[] = {
	[SOA_POLICY_UNREAD] = "AD may refuse a change by others "
		"(msDS-ObjectSoa: Cloud): whether it does was not read "
		"(CN=Cloud,CN=SOA-Policies,CN=System)",
	[SOA_POLICY_AUDIT] = "AD takes a change by others, and logs it "
		"(msDS-ObjectSoa: Cloud, its policy: Audit)",
	[SOA_POLICY_ENFORCED] = "AD refuses a change by others "
		"(msDS-ObjectSoa: Cloud, its policy: Enforced)",
};

static const char *
answer_of(const struct object *o)
{
	return o->side != SIDE_AD || !object_is_of_cloud(o) ? NULL
		: answers[o->domain ? o->domain->soa : SOA_POLICY_UNREAD];
}

/*
 * Whether it sends to AD all the same, which would not take the change or keep
 * it to itself; not of what the rule says of AD beside the change.
 */
static bool
sends_to_ad(const struct check *c, const struct failure *f, const char *fix)
{
	static const char *const words[] = {
		" in AD", "Exchange on-premises", "Exchange on premises",
	};

	if (f->mended ||
	    c->plan->of.rules[c->rule]->replica == REPLICA_TOLD)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(fix, words[i]))
			return true;
	return false;
}

/*
 * Where the tenant owns the attribute. An object whose AD refuses others is not
 * to be changed there at all, whatever the rule says.
 */
static const char *
fix_in_tenant(struct check *c, const struct object *o,
              const struct failure *f, enum authority who, const char *fix)
{
	const char *rest = behind_ad(fix), *answer = answer_of(o), *out;
	struct buf text = { 0 };

	fix_put_bare(&text, rest ? rest : fix);
	if (sends_to_ad(c, f, buf_text(&text)))
		out = check_textf(c, "In %s, change it; %s", places[who],
		                  answer ? answer : "AD is not asked");
	else if (rest)
		out = check_textf(c, "In %s, %.*s; %s", places[who],
		                  (int)bare(buf_text(&text)), buf_text(&text),
		                  answer ? answer : "AD is not asked");
	else if (answer)
		out = check_textf(c, "In %s, change it, and Cloud Sync writes "
		                  "it to AD; %s", places[who], answer);
	else
		out = check_textf(c, "%s", buf_text(&text));
	buf_release(&text);
	return out;
}

/* Not known to be Exchange Online's. */
static const char *
fix_in_either(struct check *c, const struct object *o, const struct failure *f,
              const char *fix)
{
	const char *at = fix_at_giver(c, o, f, fix);

	if (!behind_ad(fix))
		return at;
	return check_textf(c, "%.*s; if %s, in Exchange Online instead",
	                   (int)bare(at), at, o->kind == KIND_GROUP ||
	                   o->kind == KIND_CONTACT ? "isCloudManaged is true"
	                   : "IsExchangeCloudManaged is True");
}

/* Without an alias an object is no recipient to Exchange's cmdlets. */
static enum owned
owned_of(const struct object *o, const char *attribute)
{
	if (!attribute)
		return OWNED_IDENTITY;
	return strcmp(attribute, "mailNickname") == 0 && !o->mail_nickname
		? OWNED_ALIAS : attr_owned(attribute);
}

/* Exchange finds by its own attributes alone. */
static bool
is_no_recipient(const struct model *m, const struct object *o)
{
	enum section s = section_of(o->side, o->kind);

	return o->side == SIDE_AD && !o->mail_nickname &&
	       !recipient_is_marked(o) &&
	       model_covers(m, s, ATTR_MAIL_NICKNAME) &&
	       model_covers(m, s, ATTR_RECIPIENT_TYPE);
}

static const char *
tool_of(const struct check *c, const struct object *o, const char *attribute,
        enum authority who)
{
	return tool_name(&(struct tool_asked){
		.who = who,
		.what = owned_of(o, attribute),
		.as = managed_as(kind_name(o->kind), o->side == SIDE_AD
		                 ? o->ad.recipient_type : 0),
		.state = c->plan->m->organization.state,
		.is_no_recipient = is_no_recipient(c->plan->m, o),
	});
}

/* The other one of the two is not changed where this one is. */
static const char *
fix_of_other(struct check *c, const struct failure *f, const char *fix)
{
	const struct model *m = c->plan->m;
	const struct object *other = f->other;
	enum authority who;

	if (!other || other->side != SIDE_AD || !f->attribute ||
	    !f->observed || !replica_has_own(m, other, f->attribute,
	                                     f->observed))
		return fix;
	who = authority_of_attribute(m, other, f->attribute);
	return check_textf(c, "%.*s. What %s has is changed in %s (%s); AD is "
	                   "not asked for it", (int)bare(fix), fix,
	                   object_label(other), places[who],
	                   tool_of(c, other, f->attribute, who));
}

static const char *
fix_where(struct check *c, const struct object *o, const struct failure *f,
          enum authority who)
{
	const char *fix = fix_of(c, o, f);

	if (places[who])
		return fix_in_tenant(c, o, f, who, fix);
	fix = who == AUTHORITY_NOT_ASSESSED ? fix_in_either(c, o, f, fix)
	                                    : fix_at_giver(c, o, f, fix);
	return fix_of_other(c, f, fix);
}

/* What is wrong in AD alone hurts nobody where AD is not asked. */
static enum severity
severity_of(const struct check *c, const struct failure *f, enum authority who)
{
	bool of_ad = c->plan->of.rules[c->rule]->side == SIDE_AD;
	const char *fix = f->fix ? f->fix : c->plan->of.rules[c->rule]->fix;

	return places[who] && of_ad && behind_ad(fix) &&
	       f->severity < SEVERITY_LOW ? SEVERITY_LOW : f->severity;
}

enum authority
authority_mended(const struct failure *f, enum authority owner)
{
	static const enum authority of[] = {
		[MENDED_IN_ENTRA] = AUTHORITY_ENTRA,
		[MENDED_IN_EXCHANGE_ONLINE] = AUTHORITY_EXCHANGE_ONLINE,
	};

	return f->mended == MENDED_BY_OWNER ||
	       f->mended == MENDED_ON_BOTH_SIDES ? owner : of[f->mended];
}

struct placed
placed_fix(struct check *c, const struct object *o, const struct failure *f)
{
	enum authority who = authority_mended(f, authority_of_attribute(
		c->plan->m, o, f->attribute));

	return (struct placed){
		.fix = fix_where(c, o, f, who),
		.tool = f->mended == MENDED_ON_BOTH_SIDES
			? "Exchange Management Shell on-premises, then "
			  "Exchange Online PowerShell"
			: tool_of(c, o, f->attribute, who),
		.authority = who,
		.severity = severity_of(c, f, who),
	};
}
