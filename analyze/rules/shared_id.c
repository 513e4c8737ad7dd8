/* Aliases, SIDs and GUIDs of Exchange that several objects of AD have. */
#include <stdio.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/taken.h"
#include "analyze/rules/told.h"
#include "base/sid.h"

static bool
is_synced(const struct object *o)
{
	return o->scope.state == SCOPE_IN;
}

/* Of what is nowhere synchronized nothing is said. */
static bool
is_any_synced(const struct object *o, const struct holdings *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (is_synced(l->items[i].o))
			return true;
	return l->count && is_synced(o);
}

static const char *
tell(struct check *c, const struct holdings *l)
{
	return check_textf(c, "%s %s", l->count > 1 ? "have" : "has",
	                   tell_holdings(c, l, 0));
}

/* ---- aliases ---- */

/* What is in the tenant already has its address there by now. */
static bool
are_made(const struct object *o, const struct holdings *l)
{
	for (size_t i = 0; i < l->count; i++)
		if (!l->items[i].o->links.account)
			return false;
	return o->links.account != NULL;
}

static bool
has_alias(const struct object *o)
{
	return o->mail_nickname && is_synced(o) &&
	       (o->kind != KIND_GROUP || object_is_mail_enabled(o));
}

/* Those count who have an alias as the tenant sees it. */
static bool
has_alias_too(const struct object *o, const struct object *other)
{
	(void)o;
	return has_alias(other);
}

static void
check_nickname(struct check *c, const struct object *o)
{
	struct holdings l;

	if (!has_alias(o) || check_is_behind(o))
		return;
	l = check_repeats(c, o, REPEATED_NICKNAME, has_alias_too);
	if (!l.count)
		return;
	check_fail(c, o, &(struct failure){
		.severity = are_made(o, &l) ? SEVERITY_INFO
		                            : check_severity(c),
		.attribute = "mailNickname", .observed = o->mail_nickname,
		.expected = "an alias that no other object has",
		.unproposed = "whose alias it is has to be decided first: "
		              "addresses are derived from it",
		.message = check_textf(c, "%s has the alias %s, and so %s",
		                       object_label(o), o->mail_nickname,
		                       tell(c, &l)),
		.other = l.items[0].o, .others = &l,
		.claimed = { o->mail_nickname, "mailNickname" },
	});
}

/* ---- SIDs ---- */

/*
 * What sync made of a former user of that SID, and then gave to another: the
 * tenant refuses it a second one ("Troubleshooting errors during
 * synchronization").
 */
static bool
may_be_held(const struct object *o)
{
	return o->kind == KIND_USER && o->links.is_outranked && is_synced(o) &&
	       o->forecast.line.action == ACTION_CREATE && !check_is_behind(o);
}

static void
check_held_sid(struct check *c, const struct object *o, const char *sid)
{
	const struct account *h = taken_sid(c, sid);

	if (!h)
		return;
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_MEDIUM,
		.attribute = "onPremisesSecurityIdentifier",
		.observed = check_textf(c, "%s", sid),
		.expected = "that no other account of the tenant has it",
		.unproposed = "AD alone gives SIDs: none can be written",
		.message = check_textf(c, "%s gets a new account, but its SID "
		                       "%s is that of %s, which is "
		                       "synchronized with another object of "
		                       "AD: the tenant may refuse the new one "
		                       "(AttributeValueMustBeUnique, "
		                       "OnPremiseSecurityIdentifier)",
		                       object_label(o), sid,
		                       account_text(h, ACCOUNT_UPN)
		                       ? account_text(h, ACCOUNT_UPN)
		                       : "an account"),
		.fix = "Find whose the account is. If it is this user's, write "
		       "its source anchor (onPremisesImmutableId) into "
		       "mS-DS-ConsistencyGuid of the user, and take the other "
		       "object out of the sync scope; if not, synchronize the "
		       "other object again, so that its own SID takes the "
		       "place of this one.",
	});
}

static bool
is_another(const struct object *o, const struct object *other)
{
	return o != other;
}

static void
check_sid(struct check *c, const struct object *o)
{
	struct holdings l = check_repeats(c, o, REPEATED_SID, is_another);
	bool is_shared = is_any_synced(o, &l);
	char sid[SID_TEXT] = "";

	/* Its text is seldom wanted, and every user has one. */
	if ((!is_shared && !may_be_held(o)) || !o->ad.sid ||
	    sid_format(o->ad.sid, o->ad.sid_len, sid) < 0)
		return;
	if (!is_shared) {
		check_held_sid(c, o, sid);
		return;
	}
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c), .attribute = "objectSid",
		.observed = check_textf(c, "%s", sid),
		.expected = "a SID that no other object has",
		.unproposed = "AD alone gives SIDs: none can be written",
		.message = check_textf(c, "%s has the SID %s, and so %s",
		                       object_label(o), sid, tell(c, &l)),
		.other = l.items[0].o, .others = &l,
		.claimed = { check_textf(c, "%s", sid), "objectSid" },
	});
}

/* ---- GUIDs of Exchange ---- */

/*
 * A mailbox on its way to another forest, or back, is prepared there with its
 * own GUID ("Prepare mailboxes for cross-forest moves"): that is one person.
 */
static bool
is_unprepared(const struct object *o, const struct object *other)
{
	return !o->domain || !other->domain ||
	       o->domain->forest == other->domain->forest ||
	       (recipient_is_on_premises(o) &&
	        recipient_is_on_premises(other));
}

static void
report_guid(struct check *c, const struct object *o, enum repeated of)
{
	bool is_archive = of == REPEATED_ARCHIVE;
	struct holdings l = check_repeats(c, o, of, is_unprepared);
	char guid[GUID_TEXT];

	if (!is_any_synced(o, &l))
		return;
	guid_format(is_archive ? &o->ad.archive_guid.guid
	            : &o->ad.mailbox_guid.guid, guid);
	check_fail(c, o, &(struct failure){
		.severity = is_synced(o) ? check_severity(c) : SEVERITY_LOW,
		.attribute = is_archive ? "msExchArchiveGUID"
		                        : "msExchMailboxGuid",
		.observed = check_textf(c, "%s", guid),
		.expected = is_archive ? "a GUID of its own archive"
		                       : "a GUID of its own mailbox",
		.unproposed = "whose mailbox it is has to be found out first",
		.message = check_textf(c, "%s has the %s %s, and so %s",
		                       object_label(o), is_archive
		                       ? "archive" : "mailbox", guid,
		                       tell(c, &l)),
		.other = l.items[0].o, .others = &l,
		.claimed = { check_textf(c, "%s", guid), is_archive
		             ? "msExchArchiveGUID" : "msExchMailboxGuid" },
	});
}

static void
check_guids(struct check *c, const struct object *o)
{
	report_guid(c, o, REPEATED_MAILBOX);
	report_guid(c, o, REPEATED_ARCHIVE);
}

static const struct rule rules[] = {
	{
		.id = "nickname-duplicate",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD,
		.kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_MAIL_NICKNAME),
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_REPEATS |
		         NEED_JOINED,
		.in_scope_only = true,
		.check = check_nickname,
		.title = "Duplicate alias",
		.why = "An alias is one recipient's in Exchange Online: the "
		       "tenant puts digits behind the second one's, in its "
		       "address in the onmicrosoft.com domain as well.",
		.fix = "In AD, decide whose alias it is, and give all others "
		       "another mailNickname.",
		.source = DOC_POPULATE, .part = "KB3190357",
	},
	{
		.id = "sid-shared",
		.severity = SEVERITY_LOW,
		.side = SIDE_AD,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_SID),
		.needs = NEED_OTHERS | NEED_SHARERS | NEED_REPEATS,
		.check = check_sid,
		.title = "Several objects have the same SID",
		.why = "A SID is one object's for good. Duplicates in one "
		       "domain come from a restored domain controller, those "
		       "of two forests from a copy: the tenant takes "
		       "onPremisesSecurityIdentifier for the first alone, and "
		       "rights go to both.",
		.fix = "In one domain, look for duplicates with ntdsutil "
		       "(security account management) and remove the younger "
		       "object; of two copies of a forest, synchronize one.",
		.source = DOC_ERRORS,
	},
	{
		.id = "exchange-guid-shared",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.each_attr = ATTRS(ATTR_MAILBOX_GUID, ATTR_ARCHIVE_GUID),
		.needs = NEED_SHARERS | NEED_REPEATS,
		.check = check_guids,
		.title = "Several users have the same mailbox or archive GUID",
		.why = "msExchMailboxGuid tells Exchange Online which mailbox "
		       "on premises is the user's. Two users of one GUID count "
		       "as owners of one mailbox: a license makes none for "
		       "them, and a move refuses both.",
		.fix = "In AD, find whose the mailbox is (Get-Mailbox, "
		       "Get-RemoteMailbox, ExchangeGuid), and clear the "
		       "attribute of the others, who were copied from it.",
		.source = DOC_BOTH,
	},
};

const struct family shared_id_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
