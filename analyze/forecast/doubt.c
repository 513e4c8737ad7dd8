/* What lowers the confidence of a forecast, and the words for it. */
#include "analyze/forecast/doubt.h"

#include <stddef.h>
#include <stdio.h>

#include "analyze/findings/findings.h"
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/when.h"

_Static_assert((int)DOUBT_COUNT <= DOUBTS_MAX, "an object keeps them as bits");

static const struct {
	enum confidence most;        /* the forecast can have */
	const char *text;
} doubts[] = {
	[DOUBT_NO_SCOPE] = { CONFIDENCE_DERIVED,
		"no sync scope was given: it counts as in scope" },
	[DOUBT_SCOPE] = { CONFIDENCE_UNCERTAIN,
		"no sync scope was given, and the tenant synchronizes others "
		"already: this one may be out of scope" },
	[DOUBT_NO_TENANT] = { CONFIDENCE_DERIVED,
		"the tenant was not collected: it counts as empty" },
	[DOUBT_ACCOUNTS] = { CONFIDENCE_UNCERTAIN,
		"the tenant's objects of this class were not collected "
		"completely: it may have an account there" },
	[DOUBT_DELETED] = { CONFIDENCE_UNCERTAIN,
		"the tenant's deleted users were not collected completely: an "
		"account may come back instead" },
	[DOUBT_DOMAINS] = { CONFIDENCE_UNCERTAIN,
		"the tenant's domains are not known: addresses may be dropped, "
		"others be added" },
	[DOUBT_ATTRIBUTES] = { CONFIDENCE_UNCERTAIN,
		"not all of mail, proxyAddresses, mailNickname and "
		"userPrincipalName was collected from AD: what is missing "
		"counts as empty" },
	[DOUBT_LICENCE] = { CONFIDENCE_UNCERTAIN,
		"licenses were not collected: an account with an address in "
		"the tenant counts as licensed" },
	[DOUBT_RIGHTS] = { CONFIDENCE_UNCERTAIN,
		"administrators' roles or the tenant's sync features were not "
		"collected: they may block the match" },
	[DOUBT_AUTHORITY] = { CONFIDENCE_UNCERTAIN,
		"it was not collected whether the account was converted to be "
		"managed in the tenant: if it was, nothing is written" },
	[DOUBT_MAPPING] = { CONFIDENCE_UNCERTAIN,
		"it was not collected whether the account is mapped to another "
		"object of AD (onPremisesObjectIdentifier, of Graph's beta): "
		"if it is, the match is refused" },
	[DOUBT_ROLE] = { CONFIDENCE_UNCERTAIN,
		"the account holds a role of which it is not known whether it "
		"is a privileged one (a custom role, or tenant.roles was not "
		"collected): if it is, the match is refused" },
	[DOUBT_ANCHORS] = { CONFIDENCE_UNCERTAIN,
		"the tenant's onPremisesImmutableId was not collected: an "
		"account that has one is not matched by its names" },
	[DOUBT_GROUP_TYPE] = { CONFIDENCE_UNCERTAIN,
		"it was not collected whether the cloud group is a Microsoft "
		"365 group (groupTypes): such a group is never matched" },
	[DOUBT_NAME_FORM] = { CONFIDENCE_UNCERTAIN,
		"of a sign-in name that is not allowed in the tenant the "
		"documents say both that another is created, as here, and that "
		"the object is refused (IdentityDataValidationFailed)" },
	[DOUBT_CLEANED] = { CONFIDENCE_UNCERTAIN,
		"no document says what becomes of the characters that are not "
		"allowed in a name in the initial domain: here each is a _" },
	[DOUBT_LAST_NAME] = { CONFIDENCE_UNCERTAIN,
		"the tenant does not say what AD's sign-in name was at the "
		"last synchronization: whether it is computed again is not "
		"known" },
	[DOUBT_NAME_FOLLOWS] = { CONFIDENCE_UNCERTAIN,
		"its sign-in name changes; whether the tenant takes new names "
		"of licensed users from AD (synchronizeUpnForManagedUsers"
		"Enabled), or whether it is licensed (assignedPlans), was not "
		"collected" },
	[DOUBT_UNREAD] = { CONFIDENCE_UNCERTAIN, NULL },    /* see unread */
	[DOUBT_PLACE] = { CONFIDENCE_UNCERTAIN,
		"its distinguishedName was not collected, so its place in AD "
		"is not known: it may be out of scope" },
	[DOUBT_PLACE_THEN] = { CONFIDENCE_DERIVED, NULL },  /* see place_then */
	[DOUBT_TAKEN] = { CONFIDENCE_UNCERTAIN,
		"what its scope depends on was not collected (see "
		"scopeReason): it may be out of scope" },
	[DOUBT_SUFFIX] = { CONFIDENCE_UNCERTAIN,
		"it has no userPrincipalName, and its distinguishedName was "
		"not collected: the domain that its sign-in name is derived "
		"from is not known" },
	[DOUBT_NAME] = { CONFIDENCE_UNCERTAIN,
		"it is joined with the account by name alone, since no key was "
		"collected of both: ask the tenant for onPremisesImmutableId, "
		"of groups for onPremisesSecurityIdentifier ($select), AD for "
		"objectGUID and objectSid" },
	[DOUBT_SYNCED] = { CONFIDENCE_UNCERTAIN,
		"whether the account is synchronized was not collected: ask "
		"for onPremisesSyncEnabled ($select)" },
	[DOUBT_OPEN] = { CONFIDENCE_UNCERTAIN,
		"the tenant has accounts of this class of which no key was "
		"collected, and one of them may be its own: ask the tenant for "
		"onPremisesSyncEnabled and onPremisesImmutableId, of groups "
		"for onPremisesSecurityIdentifier ($select), AD for objectGUID "
		"and objectSid" },
	[DOUBT_NAMESAKE] = { CONFIDENCE_UNCERTAIN,
		"a deleted user has the same name, but their source anchor was "
		"not collected: whether they come back is not known; ask for "
		"onPremisesImmutableId of the deleted users ($select)" },
	[DOUBT_SEVERAL] = { CONFIDENCE_UNCERTAIN,
		"no document says which of several SMTP: values becomes the "
		"primary address (policy: assume.severalPrimaries)" },
	[DOUBT_MASKED] = { CONFIDENCE_UNCERTAIN,
		"no document says whether values of proxyAddresses that are "
		"dropped, or are no email addresses, mask mail (policy: "
		"assume.masking)" },
	[DOUBT_ROUTING] = { CONFIDENCE_UNCERTAIN,
		"documents differ on whether addresses in the tenant's "
		".mail.onmicrosoft.com domain are kept (policy: "
		"tenant.routingDomain)" },
	[DOUBT_CHARACTERS] = { CONFIDENCE_UNCERTAIN,
		"documents differ on what becomes of an address with such "
		"characters (policy: assume.invalidCharacters)" },
	[DOUBT_UNVERIFIED] = { CONFIDENCE_UNCERTAIN,
		"no document says what becomes of a primary address whose "
		"domain is not verified (policy: assume.unverifiedPrimary)" },
	[DOUBT_ALIAS] = { CONFIDENCE_UNCERTAIN,
		"documents differ on whether a changed sign-in name changes "
		"the alias (policy: assume.nicknameOnUpnChange)" },
	[DOUBT_UNLICENSED] = { CONFIDENCE_UNCERTAIN,
		"it has no license, but has the address still: the documents "
		"tell only of the moment when a license is removed" },
	[DOUBT_RENAMED] = { CONFIDENCE_UNCERTAIN,
		"no document says whether the address that came from the "
		"former sign-in name stays" },
	[DOUBT_NAME_FEDERATED] = { CONFIDENCE_UNCERTAIN,
		"the tenant does not take new sign-in names of licensed users "
		"(synchronizeUpnForManagedUsersEnabled is off); documents "
		"differ on whether it takes those of federated users" },
	[DOUBT_NAME_MATCHED] = { CONFIDENCE_UNCERTAIN,
		"the tenant does not take new sign-in names of licensed users "
		"(synchronizeUpnForManagedUsersEnabled is off); no document "
		"says whether an account keeps its name when it is matched" },
	[DOUBT_STILL_SYNCED] = { CONFIDENCE_UNCERTAIN,
		"the account is managed in the tenant (isCloudManaged), and "
		"synchronized still: no document says what becomes of it when "
		"its object leaves the scope" },
	[DOUBT_FEDERATED_CHANGE] = { CONFIDENCE_UNCERTAIN,
		"the sign-in name changes from one federated domain to "
		"another one: by the documents it follows AD, and it is "
		"reported that it does not" },
	[DOUBT_GUEST] = { CONFIDENCE_UNCERTAIN,
		"a guest of the tenant signs in with one of its addresses or "
		"names: documents say that this can be a conflict, but not "
		"when" },
	[DOUBT_WHOLE] = { CONFIDENCE_UNCERTAIN,
		"a synchronized account of another source anchor has its "
		"primary address: documents say both that the value alone is "
		"quarantined, as here, and that the object is refused "
		"(AttributeValueMustBeUnique, InvalidSoftMatch)" },
	[DOUBT_BETWEEN] = { CONFIDENCE_UNCERTAIN,
		"it was created in AD after the tenant was read, or its "
		"account was synchronized after AD was read: what happened in "
		"between is in neither" },
	[DOUBT_CLASS] = { CONFIDENCE_UNCERTAIN,
		"documents differ on whether a value on an object of another "
		"class stops the object (ObjectTypeMismatch) or is quarantined "
		"alone" },
	[DOUBT_CONTACT_MAIL] = { CONFIDENCE_UNCERTAIN,
		"documents differ on whether a contact without mail is "
		"synchronized" },
	[DOUBT_MAIL_ENABLED] = { CONFIDENCE_UNCERTAIN,
		"documents differ on whether mail makes it mail-enabled where "
		"proxyAddresses has values, but no SMTP address" },
	[DOUBT_CONTACT_ANCHOR] = { CONFIDENCE_UNCERTAIN,
		"Graph does not tell a contact's source anchor: it may be one "
		"of the synchronized contacts under its former address" },
	[DOUBT_ANCHOR] = { CONFIDENCE_UNCERTAIN,
		"the account has another immutableId than this source anchor: "
		"synchronization may stop for it" },
	[DOUBT_PARTED] = { CONFIDENCE_UNCERTAIN,
		"a group of the tenant has its SID from a former "
		"synchronization, and Graph does not tell whether it has the "
		"source anchor still: if it has, it is matched by that" },
	[DOUBT_SHARED_ANCHOR] = { CONFIDENCE_UNCERTAIN,
		"several objects of AD have one source anchor: whose values "
		"reach the account depends on the sync rules" },
	[DOUBT_MERGE] = { CONFIDENCE_UNCERTAIN,
		"that Cloud Sync merges what forests say of one anchor is a "
		"preview" },
	[DOUBT_BOTH_ENABLED] = { CONFIDENCE_UNCERTAIN,
		"it is enabled, and so is another one that sync treats as the "
		"same object: no document says which of the two gives sign-in "
		"name and source anchor" },
	[DOUBT_ENABLED] = { CONFIDENCE_UNCERTAIN,
		"sync treats several as the same object, and whether each is "
		"enabled was not collected: the enabled one gives sign-in name "
		"and source anchor" },
	[DOUBT_GROUP_ANCHOR] = { CONFIDENCE_UNCERTAIN,
		"whether the group's ms-DS-ConsistencyGuid is its source "
		"anchor, and which group of the tenant has it, is not known: "
		"it counts from Connect 1.5.18.0 (policy: sync.version, "
		"sync.anchor), and Graph does not tell it" },
	[DOUBT_JOIN_UNREAD] = { CONFIDENCE_UNCERTAIN,
		"whether sync treats it as the same object as one of another "
		"forest is not known: what it joins them by (policy: "
		"sync.join) was not collected of all, or no one has it" },
	[DOUBT_NOT_TAKEN] = { CONFIDENCE_DERIVED,
		"AD's primary address cannot be taken; that the next in line "
		"takes its place follows from the documents" },
	[DOUBT_NO_PRIMARY] = { CONFIDENCE_DERIVED,
		"that it will have no primary address follows from the "
		"documents" },
	[DOUBT_GROUP_MOERA] = { CONFIDENCE_DERIVED,
		"that the address in the initial domain becomes primary is "
		"documented for users" },
	[DOUBT_QUARANTINE] = { CONFIDENCE_DERIVED,
		"of several that want one value the first keeps it; who comes "
		"first is not documented" },
	[DOUBT_NAME_AS_ADDRESS] = { CONFIDENCE_UNCERTAIN,
		"its sign-in name is another object's address: no document "
		"says what becomes of that, here it loses the address alone" },
	[DOUBT_NAME_HELD] = { CONFIDENCE_DERIVED,
		"an address is another one's sign-in name: that the tenant "
		"refuses it, mailbox or not, is what people and Microsoft's "
		"support see; no document says so" },
	[DOUBT_OF_ONLINE] = { CONFIDENCE_DERIVED,
		"the account holds values that Exchange Online writes "
		"(X500:/o=ExchangeLabs, EUM:) and AD does not: that they stay "
		"follows from the documents, which write some of them back" },
	[DOUBT_CONVERTED] = { CONFIDENCE_DERIVED,
		"that the converted object is its own follows from the address "
		"that both have: the tenant does not tell its source anchor" },
	[DOUBT_HANDOVER] = { CONFIDENCE_DERIVED,
		"it gets a value that another object gives up in the same "
		"synchronization: exported first, it gets it an hour later" },
	[DOUBT_SOFT_NAME] = { CONFIDENCE_DERIVED,
		"the tenant does not say whether it matches by the sign-in "
		"name; by default it does" },
	[DOUBT_FEDERATED] = { CONFIDENCE_DERIVED,
		"the domain of the sign-in name is federated: it is reported "
		"that a soft match by the name is not made there, and the name "
		"quarantined" },
	[DOUBT_LINKED] = { CONFIDENCE_DERIVED,
		"its Exchange attributes come from its linked mailbox" },
	[DOUBT_GIVEN] = { CONFIDENCE_DERIVED,
		"it lacks values that another one has that sync treats as the "
		"same object: that they come from there follows from the "
		"documents" },
	[DOUBT_TWICE] = { CONFIDENCE_DERIVED,
		"its distinguishedName was not collected: whether it is a "
		"replication conflict object (CNF), which is left out, is not "
		"known" },
	[DOUBT_ELSEWHERE] = { CONFIDENCE_DERIVED,
		"no connector of this server takes it: another engine, or "
		"none, holds its account" },
	[DOUBT_CONTAINER] = { CONFIDENCE_DERIVED,
		"Cloud Sync does not notice that a container of its scope was "
		"renamed: the account stays until all is synchronized again" },
	[DOUBT_FILTERS] = { CONFIDENCE_DERIVED,
		"Cloud Sync scopes by attributes only in part: whether it does "
		"what the filters of the policy say is not documented" },
	[DOUBT_OVERRULED] = { CONFIDENCE_UNCERTAIN,
		"the account was synchronized after the object last changed, "
		"and holds other values than the documents lead to: what it "
		"holds is taken" },
	[DOUBT_ERRING] = { CONFIDENCE_DERIVED,
		"the tenant reports a value that it could not write to the "
		"account, which keeps what it has until that is fixed" },
	[DOUBT_REFUSED] = { CONFIDENCE_UNCERTAIN, "it gets a value that AD "
		"gives to another object, too, whose account, though in sync, "
		"lacks it: what keeps it away may keep it from this one" },
	[DOUBT_EDITED] = { CONFIDENCE_UNCERTAIN,
		"what the edits change is added to what the account holds, "
		"which the documents do not lead to: whether the tenant writes "
		"it is not known" },
	[DOUBT_MAIL_KEPT] = { CONFIDENCE_UNCERTAIN,
		"its mail attributes may be managed in Exchange Online: "
		"IsExchangeCloudManaged was not collected (export Get-Mailbox "
		"with it); if they are, AD is not asked" },
	[DOUBT_ROLLOUT] = { CONFIDENCE_DERIVED,
		"the change was being rolled out when the tenant was "
		"collected: it may not have had it yet" },
	[DOUBT_ELIGIBLE] = { CONFIDENCE_DERIVED,
		"who is eligible for a role was not collected: if the account "
		"is, the match is refused" },
	[DOUBT_PLAIN_ROLE] = { CONFIDENCE_DERIVED,
		"the account holds a role that Microsoft does not label as "
		"privileged: no document says that only those that are block "
		"the match" },
	[DOUBT_SAME_OBJECT] = { CONFIDENCE_DERIVED,
		"documents differ on whether a match passes where "
		"onPremisesObjectIdentifier names this very object, or only "
		"where it is empty" },
	[DOUBT_HELD] = { CONFIDENCE_DERIVED,
		"the documents leave some of it open; the account holds these "
		"values already" },
	[DOUBT_JOIN] = { CONFIDENCE_DERIVED,
		"no one said how the sync server joins objects of several "
		"forests: they are joined as they look, by mail and SID "
		"(policy: sync.join)" },
};

_Static_assert(sizeof(doubts) / sizeof(doubts[0]) == DOUBT_COUNT,
               "each has a text");

void
doubt_add(struct object *o, enum doubt d)
{
	o->forecast.doubts.bits[d / 64] |= UINT64_C(1) << d % 64;
}

bool
doubt_has(const struct object *o, enum doubt d)
{
	return o->forecast.doubts.bits[d / 64] >> d % 64 & 1;
}

bool
doubt_drop(struct object *o, const enum doubt *which, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		any |= doubt_has(o, which[i]);
		o->forecast.doubts.bits[which[i] / 64] &=
			~(UINT64_C(1) << which[i] % 64);
	}
	return any;
}

struct doubts
doubts_since(const struct object *o, struct doubts before)
{
	struct doubts out = o->forecast.doubts;

	for (size_t i = 0; i < DOUBTS_MAX / 64; i++)
		out.bits[i] &= ~before.bits[i];
	return out;
}

void
doubts_add(struct object *o, struct doubts more)
{
	for (size_t i = 0; i < DOUBTS_MAX / 64; i++)
		o->forecast.doubts.bits[i] |= more.bits[i];
}

/* What AD's values say and nothing of the forecast hangs on. */
static const struct attr_set beside = ATTRS(
	ATTR_PASSWORD_SET, ATTR_META_XML, ATTR_META_BINARY, ATTR_CERTIFICATE,
	ATTR_MEMBER, ATTR_CREATED, ATTR_CHANGED);

bool
doubt_is_unread(const struct object *o)
{
	return !attr_set_covers(&beside, &o->unclear) ||
	       (o->links.account && o->links.account->unread);
}

/* Which attributes are not known. */
static const char *
unread(const struct object *o, struct arena *a)
{
	struct buf text = { 0 };
	const char *kept;
	size_t n = 0;

	for (int i = 0; i < ATTR_COUNT; i++)
		if (attr_set_has(&o->unclear, (unsigned)i) &&
		    !attr_set_has(&beside, (unsigned)i))
			buf_addf(&text, "%s%s", n++ ? ", " : "",
			         attr_name(SIDE_AD, (enum attr)i));
	if (o->links.account && o->links.account->unread)
		buf_addf(&text, "%svalues of its account",
		         n ? ", and " : "");
	buf_adds(&text, " cannot be read in the snapshot: they are not known");
	kept = arena_strdup(a, buf_text(&text));
	buf_release(&text);
	return kept;
}

static const char *
place_then(const struct object *o, struct arena *a)
{
	char day[WHEN_TEXT], text[160];

	when_format_day(o->ad.place_then, day);
	snprintf(text, sizeof(text), "a newer list without distinguishedName "
	         "has it: its place in AD, and what the list lacks, are of %s",
	         day);
	return arena_strdup(a, text);
}

static const char *
text_of(enum doubt d, const struct object *o, struct arena *a)
{
	if (doubts[d].text)
		return doubts[d].text;
	return d == DOUBT_PLACE_THEN ? place_then(o, a) : unread(o, a);
}

/* Of most objects there is none. */
static bool
has_any(const struct doubts *d)
{
	uint64_t all = 0;

	for (size_t i = 0; i < DOUBTS_MAX / 64; i++)
		all |= d->bits[i];
	return all;
}

void
doubt_tell(struct object *o, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	const char **to;

	f->confidence = CONFIDENCE_DOCUMENTED;
	f->doubts = NULL;
	f->doubt_count = 0;
	if (!has_any(&o->forecast.doubts))
		return;
	f->doubts = to = arena_alloc(a, DOUBT_COUNT * sizeof(*to));
	for (int d = DOUBT_NOT + 1; d < DOUBT_COUNT; d++) {
		if (!doubt_has(o, (enum doubt)d))
			continue;
		to[f->doubt_count++] = text_of((enum doubt)d, o, a);
		if (doubts[d].most > f->confidence)
			f->confidence = doubts[d].most;
	}
}
