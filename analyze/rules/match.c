/* What becomes of accounts that the tenant has already. */
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/loss.h"
#include "analyze/rules/rule.h"
#include "analyze/rules/told.h"
#include "base/utf8.h"

static bool
is_soft(const struct object *o)
{
	return o->links.how == HOW_SMTP || o->links.how == HOW_UPN;
}

/* Nobody signs in to them; groups have members. NULL: the rule's own. */
static const struct {
	const char *expected, *fix;
} soft[KIND_COUNT] = {
	[KIND_USER] = { "that both are the same person", NULL },
	[KIND_GROUP] = {
		"that both are the same object",
		"Check that both are the same group, and that AD's has all "
		"members; if not, change the address of one of them before the "
		"first synchronization."
	},
	[KIND_CONTACT] = {
		"that both are the same object",
		"Check that both stand for the same recipient elsewhere; if "
		"not, change the address of one of them before the first "
		"synchronization."
	},
};

static void
check_soft(struct check *c, const struct object *o)
{
	const struct forecast *f = &o->forecast.line;
	bool by_address = o->links.how == HOW_SMTP;
	const char *value = by_address ? f->primary_smtp : f->upn;

	if (f->match != MATCH_SOFT || !is_soft(o))
		return;
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = by_address ? "proxyAddresses"
		                        : "userPrincipalName",
		.observed = value,
		.expected = soft[o->kind].expected,
		.unproposed = "whether both are one person or thing has to be "
		              "decided first: if they are, nothing changes",
		.message = check_textf(c, "%s will be joined to the cloud %s "
		                       "%s, which has the %s "
		                       "%s%s", object_label(o),
		                       kind_name(o->kind),
		                       object_label(o->links.twin), by_address
		                       ? "primary address" : "sign-in name",
		                       value ? value : "", o->kind == KIND_GROUP
		                       ? ": AD's members replace its own" : ""),
		.fix = soft[o->kind].fix,
	});
}

/* What becomes of a value that others claim, and how bad that is. */
static const struct {
	const char *will, *tail;
	int milder;                  /* than the rule's severity */
} ends[] = {
	[QUARANTINE_REFUSED] = { "will get", " has it in AD, and its account, "
		"though in sync, lacks it: what keeps it away may keep it from "
		"this one", 2 },
	[QUARANTINE_WON] = { "will get", " has the same name; which of the two "
		"comes first is not known", 2 },
	[QUARANTINE_AWAITED] = { "will get", " gives it up only in the same "
		"synchronization: if this one comes first, the address is "
		"quarantined until the next hourly run", 1 },
	[QUARANTINE_TAKEN] = { "will get", " has it, and loses it: a contact "
		"of AD takes the address away from a guest", 2 },
	[QUARANTINE_HELD] = { "will not get", " has it", 0 },
	[QUARANTINE_SECOND] = { "will not get", " has the same name and is "
		"assumed to come first", 0 },
	[QUARANTINE_UNREAD] = { "will not get", " has it, which is "
		"synchronized from a forest that was not read: if one server "
		"takes both, it may join the two", 2 },
};

/* That the sign-in name is contested is a finding of its own. */
static bool
is_told(const struct object *o, const struct contested *one)
{
	bool is_upn = strcmp(one->attribute, "userPrincipalName") == 0 ||
	              one->how == HAS_AS_NAME;

	for (size_t i = 0; is_upn && i < o->forecast.contested_count; i++)
		if (o->forecast.contested[i].is_name &&
		    utf8_same_folded(o->forecast.contested[i].value,
		                     one->value))
			return true;
	return false;
}

/* Who signs in with it has not got it as an address, too. */
static const char *
tail_of(const struct contested *one)
{
	if (contested_by_name(one) && one->end == QUARANTINE_HELD &&
	    one->how == HAS_VALUE)
		return " has it; whether it can be the sign-in name of this "
			"one then is not documented";
	if (one->how == HAS_KEPT)
		return " holds it in the tenant, though AD does not give it "
			"one";
	if (one->how != HAS_AS_NAME)
		return ends[one->end].tail;
	return one->end == QUARANTINE_AWAITED
		? " signs in with it until the same synchronization: if this "
		"one comes first, the address is quarantined until the next "
		"hourly run"
		: one->end == QUARANTINE_WON
		? " will sign in with it; which of the two comes first is not "
		"known" : " signs in with it, and no other object may have "
		"that as an address, mailbox or not";
}

/*
 * Two objects of AD have it in proxyAddresses: told by proxy-duplicate, but not
 * to who has it in mail, or loses it as a sign-in name.
 */
static bool
is_duplicate(struct check *c, const struct object *o,
             const struct contested *one)
{
	const char *value = strchr(one->value, ':') ? one->value
		: check_textf(c, "smtp:%s", one->value);

	return (object_has_address(o, value) ||
	        (contested_by_name(one) && one->end == QUARANTINE_WON)) &&
	       check_sharer(c, o, value);
}

/*
 * In the tenant's own domain, and not of AD: the service makes it up, and takes
 * another one where it is taken. Nobody has anything to decide.
 */
static bool
is_made_up(const struct object *o, const struct contested *one)
{
	const char *address = address_body(one->value);
	const char *domain = address_domain(address);

	return one->end == QUARANTINE_WON && domain &&
	       domain_is_initial(domain) && !object_lists(o, address) &&
	       !address_is_same(o->mail, address) &&
	       !address_is_same(o->upn, address);
}

/* Whether there are two at all nobody knows: their mail was not collected. */
static bool
may_be_one(struct check *c, const struct object *o,
           const struct contested *one)
{
	return one->other && one->other->side == SIDE_AD &&
	       joined_may_be(check_model(c), o, one->other);
}

static void
check_conflict(struct check *c, const struct object *o)
{
	for (size_t i = 0; i < o->forecast.contested_count; i++) {
		const struct contested *one = &o->forecast.contested[i];

		/* What two objects of AD have is a finding of its own. */
		if (one->is_name || is_told(o, one) ||
		    is_told_as_unheld(o, one->value) ||
		    is_told_with_account(o, one) || may_be_one(c, o, one) ||
		    is_made_up(o, one) || is_duplicate(c, o, one))
			continue;
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c) +
				(enum severity)(ends[one->end].milder +
				                (one->how == HAS_AS_NAME ||
				                 contested_by_name(one))),
			.attribute = one->attribute, .observed = one->value,
			.expected = "an address that no other object has",
			.unproposed = "whose address it is has to be decided "
			              "first",
			.message = check_textf(c, "%s %s the address %s%s %s%s",
			                       object_label(o),
			                       ends[one->end].will,
			                       address_body(one->value),
			                       one->end < QUARANTINE_HELD
			                       ? ", but" : ", since", one->who,
			                       tail_of(one)),
			.fix = fix_conflict(c, o, one), .other = one->other,
			.claimed = { address_body(one->value),
			             CLAIMED_ADDRESS },
		});
	}
}

/* Whether a change takes away an address for good. */
static bool
is_loss(const struct forecast *f, const struct change *change)
{
	const char *body, *domain;

	if (change->to || !change->from ||
	    strcmp(change->attribute, "proxyAddresses") != 0 ||
	    address_type(change->from) > ADDRESS_SECONDARY)
		return false;
	body = address_body(change->from);
	domain = address_domain(body);
	if (!domain || domain_is_initial(domain))
		return false;
	for (size_t i = 0; i < f->proxy_count; i++)
		if (address_type(f->proxy_addresses[i]) <= ADDRESS_SECONDARY &&
		    utf8_same_folded(address_body(f->proxy_addresses[i]),
		                     body))
			return false;
	return true;
}

/* Its address came from a sign-in name that changes. */
static bool
is_renamed(const struct object *o)
{
	const struct account *h = o->links.account;
	const char *now = h ? account_text(h, ACCOUNT_UPN) : NULL;
	const char *soon = o->forecast.line.upn;

	return o->forecast.line.action == ACTION_UPDATE &&
	       o->forecast.cause == PRIMARY_FROM_UPN &&
	       !(now && soon && utf8_same_folded(now, soon));
}

/*
 * How the object is to keep it. The first value of proxyAddresses masks mail
 * and the UPN: what was primary by these is to be there, too, for a match may
 * rest on it.
 */
static const char *
keep_lost(struct check *c, const struct object *o, const char *address)
{
	const char *primary = o->forecast.line.primary_smtp;
	const char *domain = primary ? address_domain(primary) : NULL;
	const char *name = object_label(o);

	if (check_is_taken(c, o, address))
		return check_textf(c, "Decide whose the address %s is, since "
		                   "another object has it, too: if it is that "
		                   "of %s, remove it there, and write it into "
		                   "proxyAddresses here first", address, name);
	if (object_primary(o))
		return check_textf(c, "In AD, add smtp:%s to proxyAddresses of "
		                   "%s first", address, name);
	if (!domain || domain_is_initial(domain) ||
	    check_is_taken(c, o, primary))
		return check_textf(c, "In AD, write the primary address with "
		                   "SMTP:, and %s with smtp:, into "
		                   "proxyAddresses of %s first", address, name);
	return check_textf(c, "In AD, write SMTP:%s into proxyAddresses of %s "
	                   "and add smtp:%s first", primary, name, address);
}

static void
check_lost(struct check *c, const struct object *o)
{
	const struct forecast *f = &o->forecast.line;

	if (f->action != ACTION_MATCH && !is_renamed(o))
		return;
	/* While objects are screened the account is not at hand. */
	if (!o->links.twin)
		check_fail(c, o, &(struct failure){ 0 });
	for (size_t i = 0; o->links.twin && i < f->change_count; i++) {
		const char *value = f->changes[i].from;

		if (!is_loss(f, &f->changes[i]))
			continue;
		check_fail(c, o, &(struct failure){
			.severity = is_renamed(o) ? SEVERITY_MEDIUM
			                          : check_severity(c),
			.attribute = "proxyAddresses", .observed = value,
			.unproposed = is_renamed(o)
				? "it has no primary address in AD, beside "
				"which others would mask mail: that is to be "
				"chosen first"
				: "whether both are one person has to be "
				"decided first",
			.message = check_textf(c, is_renamed(o)
				? "The account %s loses the address %s of its "
				"former sign-in name, unless %s keeps it"
				: "The cloud account %s loses the address %s "
				"when %s is joined to it",
				object_label(o->links.twin),
				address_body(value), object_label(o)),
			.fix = keep_lost(c, o, address_body(value)),
		});
	}
}

/* Of a migration that is in neither of two snapshots. */
static const char *
tell_abroad(struct check *c, const struct unseen_object *is)
{
	char day[WHEN_TEXT];
	when_t own, theirs;

	if (!is->other)
		return "";
	own = snapshot_collected(is->of->present);
	theirs = snapshot_collected(is->other->present);
	when_format_day(own < theirs ? own : theirs, day);
	return own < theirs
		? check_textf(c, ", unless it was migrated from %s to %s after "
		              "%s, when that was read", is->other->name,
		              is->of->name, day)
		: check_textf(c, ", unless it was migrated to %s after %s, "
		              "when that was read", is->other->name, day);
}

/* Deleted objects still tell: nobody has to delete their accounts. */
static const char *
fix_deleted(struct check *c, const struct object *o)
{
	return check_textf(c, "Nothing, if it was meant to go: the next "
	                   "synchronization deletes the account by itself; if "
	                   "it does not, check whether synchronization runs "
	                   "and whether its threshold for deletions stops it. "
	                   "If it is still needed, restore the object from "
	                   "AD's deleted objects "
	                   "before%s.", o->kind == KIND_USER
	                   ? "; within 30 days that brings a deleted account "
	                   "back, too" : "");
}

/* Only users come back; counted from when the tenant was read. */
static const char *
tell_end(struct check *c, const struct object *o)
{
	if (o->kind != KIND_USER || check_is_screening(c))
		return "";
	return check_textf(c, "; counted from this snapshot %s",
	                   loss_until(c, snapshot_collected(
	                              check_model(c)->tenant)));
}

static void
report_deleted(struct check *c, const struct object *o,
               const struct tombstone *is)
{
	char day[WHEN_TEXT] = "";

	if (is->when != WHEN_NONE)
		when_format_day(is->when, day);
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "onPremisesSyncEnabled", .observed = o->dn,
		.key = "",
		.message = check_textf(c, "%s is synchronized, but its object "
		                       "was deleted in AD%s%s: the next "
		                       "synchronization deletes the account%s",
		                       object_label(o), *day ? " on " : "",
		                       day, tell_end(c, o)),
		.fix = fix_deleted(c, o), .deadline = loss_next(c, o),
	});
}

/* Whoever is managed in the tenant is not AD's to delete, by its settings. */
static void
report_converted(struct check *c, const struct object *o)
{
	check_fail(c, o, &(struct failure){
		.severity = SEVERITY_INFO, .stays = true,
		.attribute = "isCloudManaged", .observed = "true",
		.message = check_textf(c, "%s is managed in the tenant, is "
		                       "synchronized still, and AD has no "
		                       "object of it: no document says whether "
		                       "the next synchronization deletes it",
		                       object_label(o)),
		.fix = "Ask Graph for onPremisesSyncEnabled and "
		       "onPremisesSyncBehavior of it once more: a converted "
		       "account has null and true. Until it has, keep its "
		       "object in AD, or restore it.",
	});
}

static void
check_orphan(struct check *c, const struct object *o)
{
	const struct tombstone *deleted;
	struct unseen_object is;

	/* Of a domain that no connector takes, this server deletes none. */
	if (o->tenant.synced != YES || !o->links.unclaimed ||
	    o->links.is_open || (o->domain && o->domain->unconnected) ||
	    !check_is_gone(c, o, &is))
		return;
	if (authority_of(check_model(c), o).identity == AUTHORITY_ENTRA) {
		report_converted(c, o);
		return;
	}
	deleted = is.other ? NULL : check_tombstone(c, o);
	if (deleted) {
		report_deleted(c, o, deleted);
		return;
	}
	check_fail(c, o, &(struct failure){
		.severity = check_severity(c),
		.attribute = "onPremisesSyncEnabled", .observed = o->dn,
		.key = "",
		.message = check_textf(c, "%s is synchronized, but AD has no "
		                       "object of it%s", object_label(o),
		                       tell_abroad(c, &is)),
	});
}

#define TENANT { SECTION_IN(TENANT_USERS), SECTION_IN(TENANT_GROUPS), \
	SECTION_IN(TENANT_CONTACTS) }

static const struct rule rules[] = {
	{
		.id = "soft-match",
		.severity = SEVERITY_MEDIUM,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_MATCH_IN_PART | NEED_HELD,
		.check = check_soft,
		.title = "Soft match: will be joined to the existing cloud "
		         "account",
		.why = "Sync joins the AD object to the cloud account with the "
		       "same primary address or sign-in name. Values from AD "
		       "replace those of the account; with password hash "
		       "synchronization the password, too.",
		.fix = "Check that both are the same person. If not, change "
		       "the address or sign-in name of one before the first "
		       "synchronization.",
		.source = DOC_EXISTING,
	},
	{
		.id = "proxy-conflict",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_UNIQUENESS,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_PROXIES),
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_SHARERS | NEED_MATCH | NEED_HELD,
		.check = check_conflict,
		.title = "Address already used in the tenant",
		.why = "An address belongs to one object, and a sign-in name "
		       "counts as one, mailbox or not. The second one's is "
		       "quarantined: the object is synchronized without it.",
		.fix = "Decide whose address it is, and remove it from the "
		       "other object.",
		.source = DOC_RESILIENCY,
	},
	{
		.id = "address-lost",
		.severity = SEVERITY_HIGH,
		.category = CATEGORY_RECIPIENTS,
		.side = SIDE_AD, .kinds = KINDS_SYNCED,
		.attrs = ATTRS(ATTR_PROXIES),
		.wishes = TENANT,
		.needs = NEED_FORECAST | NEED_MATCH | NEED_HELD,
		.check = check_lost,
		.title = "Cloud account loses an address when it is joined",
		.why = "When an account is joined, AD's addresses replace the "
		       "account's. Mail to those that AD lacks is returned.",
		.fix = "In AD, add the account's addresses to proxyAddresses "
		       "before the first synchronization.",
		.source = DOC_EXISTING,
		.confidence = CONFIDENCE_DERIVED,
	},
	{
		.id = "orphan",
		.severity = SEVERITY_MEDIUM,
		.category = CATEGORY_SCOPE,
		.side = SIDE_TENANT,
		.kinds = KIND_BIT(KIND_USER) | KIND_BIT(KIND_GROUP),
		.attrs = ATTRS(ATTR_SYNCED),
		.counterpart = COUNTERPART_NEEDED,
		.needs = NEED_UNCLAIMED | NEED_MATCH_IN_PART, .deletes = true,
		.check = check_orphan,
		.title = "Synchronized account without an object in AD "
		         "(orphan)",
		.why = "Its object was deleted in AD, or lies where this "
		       "snapshot did not look. Either the next synchronization "
		       "deletes the account, or it was left behind and no one "
		       "can change it.",
		.fix = "Look for the object in AD, its recycle bin included. "
		       "If the account is still needed, restore it there; "
		       "if not, wait for the next synchronization, and delete "
		       "only what that leaves behind.",
		.source = DOC_ERRORS,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family match_rules = { rules, sizeof(rules) / sizeof(rules[0]) };
