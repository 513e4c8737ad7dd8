/* What Exchange says of a recipient that cannot be so together. */
#include "analyze/model/model.h"
#include "analyze/object/object.h"
#include "analyze/rules/propose.h"
#include "analyze/rules/propose_guard.h"
#include "analyze/rules/rule.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* msExchRecipientTypeDetails: a bit each, as Exchange's object model has it. */
#define BIT(n) (INT64_C(1) << (n))
/* With a database: user, linked, shared, room, equipment mailboxes. */
#define LOCAL (BIT(0) | BIT(1) | BIT(2) | BIT(4) | BIT(5))
#define REMOTE (BIT(31) | BIT(33) | BIT(34) | BIT(35))
#define MAIL_USER BIT(7)
/* MailContact, MailForestContact. */
#define OF_CONTACTS (BIT(6) | BIT(15))
/* msExchRemoteRecipientType: made there, moved there, and taken back. */
enum {
	REMOTE_PROVISIONED = 1, REMOTE_MIGRATED = 4, REMOTE_DEPROVISIONED = 8
};
/* Of mail-enabled groups, and room lists, which are groups. */
#define OF_GROUPS (BIT(8) | BIT(9) | BIT(10) | BIT(28))

static bool
is_of(const struct object *o, int64_t types)
{
	int64_t type = o->ad.recipient_type;

	return type > 0 && (type & types) && !(type & (type - 1));
}

/* Whether AD has no value: it was asked for, and could be read. */
static bool
has_none(const struct check *c, const struct object *o, enum attr attr)
{
	return model_covers(check_model(c), AD_USERS, attr) &&
	       !attr_set_has(&o->unclear, attr);
}

/* ---- what cannot be ---- */

static bool
is_two_sided(struct check *c, const struct object *o)
{
	(void)c;
	return is_of(o, REMOTE) && o->ad.home_mdb == YES;
}

static bool
is_mail_user_with_database(struct check *c, const struct object *o)
{
	(void)c;
	return is_of(o, MAIL_USER) && o->ad.home_mdb == YES;
}

/* A file may lack the column though it has others of Exchange: see facts. */
static bool
lacks_database(struct check *c, const struct object *o)
{
	return is_of(o, LOCAL) && o->ad.home_mdb != YES &&
	       has_none(c, o, ATTR_HOME_MDB) && check_may_be(c, FACT_DATABASE);
}

/* Of one that is licensed two-mailboxes tells what comes of it. */
static bool
lacks_guid(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	return is_of(o, LOCAL) && o->ad.home_mdb == YES &&
	       o->ad.mailbox_guid.is != YES &&
	       !(h && h->synced == YES && h->mailbox_plan != NO) &&
	       has_none(c, o, ATTR_MAILBOX_GUID) &&
	       check_may_be(c, FACT_MAILBOX_GUID);
}

static bool
lacks_target(struct check *c, const struct object *o)
{
	return is_of(o, REMOTE) && !o->target && has_none(c, o, ATTR_TARGET) &&
	       check_may_be(c, FACT_TARGET);
}

static bool
lacks_remote_type(struct check *c, const struct object *o)
{
	return is_of(o, REMOTE) && o->ad.remote_type != YES &&
	       has_none(c, o, ATTR_REMOTE_TYPE) &&
	       check_may_be(c, FACT_REMOTE_TYPE);
}

/* ---- where mail for it goes ---- */

static const char *
target_domain(const struct object *o)
{
	const char *target = o->target ? address_body(o->target) : NULL;

	return target && !address_fault(target) ? address_domain(target) : NULL;
}

static bool
is_its_name(const struct object *o, const char *address)
{
	const char *names[] = { object_primary(o), o->mail, o->upn };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && utf8_same_folded(names[i], address))
			return true;
	return false;
}

/* Some have a domain of their own for that, which no name is in. */
static bool
is_looped(struct check *c, const struct object *o)
{
	const char *domain = target_domain(o);

	(void)c;
	return is_of(o, REMOTE) && domain && !domain_is_initial(domain) &&
	       is_its_name(o, address_body(o->target));
}

/* Whether the domain is one of its names', or below one. */
static bool
is_near(const struct object *o, const char *domain)
{
	const char *names[] = { object_primary(o), o->mail, o->upn };
	size_t len = strlen(domain);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *own = names[i] ? address_domain(names[i]) : NULL;
		size_t n = own ? strlen(own) : 0;

		if (n && len >= n &&
		    utf8_same_folded(domain + len - n, own) &&
		    (len == n || domain[len - n - 1] == '.'))
			return true;
	}
	return false;
}

static bool
is_sent_elsewhere(struct check *c, const struct object *o)
{
	const char *domain = target_domain(o);

	if (!is_of(o, REMOTE) || !domain)
		return false;
	if (domain_is_initial(domain))
		return model_owns_initial(check_model(c), domain) == NO;
	/* Among its addresses it would be one of its own. */
	return model_covers(check_model(c), AD_USERS, ATTR_PROXIES) &&
	       !model_is_verified(check_model(c), domain) &&
	       !is_near(o, domain) &&
	       !object_lists(o, address_body(o->target)) &&
	       !account_has_address(o->links.account,
	                            address_body(o->target));
}

/* One that forwards to whomever else is no contradiction. */
static bool
is_sent_to_cloud(struct check *c, const struct object *o)
{
	const char *domain = target_domain(o);

	(void)c;
	return is_of(o, LOCAL) && o->ad.home_mdb == YES && domain &&
	       domain_is_initial(domain);
}

/* It is said to be made in the cloud, or moved there, and not taken back. */
static bool
is_remote_type(struct check *c, const struct object *o)
{
	(void)c;
	return is_of(o, LOCAL) && o->ad.home_mdb == YES &&
	       (o->ad.remote_bits & (REMOTE_PROVISIONED | REMOTE_MIGRATED)) &&
	       !(o->ad.remote_bits & REMOTE_DEPROVISIONED);
}

/*
 * A mail user has no such mark, or that of one that was taken back. What has
 * it, and a mailbox in Exchange Online, is a remote mailbox by another name.
 */
static bool
is_remote_in_disguise(struct check *c, const struct object *o)
{
	const struct account *h = o->links.account;

	return is_of(o, MAIL_USER) &&
	       (o->ad.remote_bits & (REMOTE_PROVISIONED | REMOTE_MIGRATED)) &&
	       !(o->ad.remote_bits & REMOTE_DEPROVISIONED) &&
	       (check_is_screening(c) ||
	        (h && h->synced == YES && h->mailbox == YES));
}

/* ---- how it is shown ---- */

/* msExchRecipientDisplayType of mailboxes that are here (SHADOW's table). */
static bool
is_shown_as_local(const struct object *o)
{
	switch (o->ad.display_type) {
	case 0:                    /* MailboxUser */
	case 7:                    /* ConferenceRoomMailbox */
	case 8:                    /* EquipmentMailbox */
	case 1073741824:           /* ACLableMailboxUser */
		return true;
	default:
		return false;
	}
}

static bool
is_shown_otherwise(struct check *c, const struct object *o)
{
	(void)c;
	return is_of(o, REMOTE | MAIL_USER) && is_shown_as_local(o);
}

/* What is in another organization is shown by a negative number. */
static bool
is_shown_as_remote(struct check *c, const struct object *o)
{
	(void)c;
	return is_of(o, LOCAL) && o->ad.display_type < 0 &&
	       o->ad.display_type != DISPLAY_TYPE_NONE;
}

static bool
is_of_another_class(struct check *c, const struct object *o)
{
	(void)c;
	return is_of(o, OF_CONTACTS | OF_GROUPS);
}

/* What is looked at before anything is written. */
#define LOOK "First find where the mailbox is (Get-Mailbox and " \
	"Get-RemoteMailbox on premises, Get-EXOMailbox in Exchange Online). "

#define TARGET_FIX "In AD, set targetAddress to its address in the tenant's " \
	"routing domain (Set-RemoteMailbox -RemoteRoutingAddress)"

#define SIDE_FIX LOOK "If in Exchange Online, make it a remote mailbox in " \
	"AD (Disable-Mailbox, Enable-RemoteMailbox, and the ExchangeGuid of " \
	"the cloud's). If on premises, clear targetAddress and " \
	"msExchRemoteRecipientType in AD"

#define DISPLAY_FIX "In AD, let Exchange on-premises write it again: set any " \
	"attribute of the recipient there, or correct " \
	"msExchRecipientDisplayType where no Exchange is left"

/* The first of those that hold names the attribute and the cure. */
static const struct contradiction {
	bool (*is)(struct check *c, const struct object *o);
	const char *attribute, *expected;
	const char *told;          /* behind "says that it is ..., but" */
	const char *fix;
	unsigned milder;           /* than the rule */
} contradictions[] = {
	{ is_of_another_class, "msExchRecipientTypeDetails",
	  "a type that users have",
	  "no user is that",
	  "In AD, clear the attributes of Exchange that came from another "
	  "object (a copy or a script wrote them), and mail-enable this one "
	  "again", 0 },
	{ is_two_sided, "homeMDB", "no mailbox database",
	  "homeMDB names a mailbox database on premises",
	  LOOK "If in Exchange Online, clear homeMDB, homeMTA and "
	  "msExchHomeServerName in AD. If on premises, clear targetAddress "
	  "and msExchRemoteRecipientType, and set msExchRecipientTypeDetails "
	  "and msExchRecipientDisplayType as a mailbox has them", 0 },
	{ is_mail_user_with_database, "homeMDB", "no mailbox database",
	  "homeMDB names a mailbox database on premises",
	  LOOK "If it has one on premises, set "
	  "msExchRecipientTypeDetails in AD as a mailbox has it; if not, clear "
	  "homeMDB, homeMTA and msExchHomeServerName there", 0 },
	{ lacks_database, "homeMDB", "a mailbox database",
	  "homeMDB, the database of a mailbox, has no value",
	  LOOK "If in Exchange Online, make it a remote mailbox in AD "
	  "(Disable-Mailbox, Enable-RemoteMailbox, and the ExchangeGuid of the "
	  "cloud's). If it has none, Disable-Mailbox clears what is left", 1 },
	{ lacks_guid, "msExchMailboxGuid", "the GUID of the mailbox",
	  "msExchMailboxGuid, which every mailbox has, has no value",
	  "In AD, give it the GUID of its mailbox (Get-MailboxStatistics "
	  "shows it) before it is licensed: the tenant would make a second "
	  "mailbox", 1 },
	{ lacks_target, "targetAddress", "an address that leads to the tenant",
	  "targetAddress, by which mail would go there, has no value",
	  "In AD, give it its address in the tenant's routing domain "
	  "(Set-RemoteMailbox -RemoteRoutingAddress)", 1 },
	{ is_sent_elsewhere, "targetAddress",
	  "its address in the tenant's routing domain",
	  "targetAddress sends its mail to another place", TARGET_FIX, 1 },
	{ is_looped, "targetAddress",
	  "its address in the tenant's routing domain",
	  "targetAddress is its own name, so that mail for it goes in a loop",
	  TARGET_FIX, 1 },
	{ is_remote_type, "msExchRemoteRecipientType",
	  "no value that says so of a mailbox in Exchange Online",
	  "msExchRemoteRecipientType says that it is in Exchange Online",
	  SIDE_FIX, 1 },
	{ is_remote_in_disguise, "msExchRecipientTypeDetails",
	  "the type of a remote mailbox",
	  "msExchRemoteRecipientType says that it has a mailbox in Exchange "
	  "Online, which it has",
	  LOOK "If in Exchange Online, make it a remote mailbox in AD "
	  "(Disable-MailUser, Enable-RemoteMailbox, its other addresses again, "
	  "and the ExchangeGuid of the cloud's)", 1 },
	{ is_sent_to_cloud, "targetAddress", "no address in the tenant",
	  "targetAddress sends its mail to Exchange Online", SIDE_FIX, 1 },
	{ lacks_remote_type, "msExchRemoteRecipientType",
	  "what kind of remote mailbox",
	  "msExchRemoteRecipientType, which every remote mailbox has, has no "
	  "value",
	  "In AD, set it as other remote mailboxes of its kind have it: 1 for "
	  "one that was created in the cloud, 4 for one that was moved "
	  "there", 1 },
	{ is_shown_otherwise, "msExchRecipientDisplayType",
	  "a display type of recipients that are elsewhere",
	  "msExchRecipientDisplayType is that of a mailbox on premises",
	  DISPLAY_FIX, 1 },
	{ is_shown_as_remote, "msExchRecipientDisplayType",
	  "a display type of mailboxes on premises",
	  "msExchRecipientDisplayType is that of a recipient elsewhere",
	  DISPLAY_FIX, 1 },
};

enum { CONTRADICTIONS = sizeof(contradictions) / sizeof(contradictions[0]) };

static const struct {
	int64_t types;
	const char *name;
} names[] = {
	{ LOCAL, "a mailbox on premises" },
	{ REMOTE, "a mailbox in Exchange Online" },
	{ MAIL_USER, "a mail user" },
	{ OF_CONTACTS, "a mail contact" },
	{ OF_GROUPS, "a group" },
};

static const char *
name_of(const struct object *o)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_of(o, names[i].types))
			return names[i].name;
	return "a recipient";
}

static const char *
observed_of(struct check *c, const struct object *o,
            const struct contradiction *is)
{
	if (strcmp(is->attribute, "targetAddress") == 0)
		return o->target;
	if (is->is == is_remote_type)
		return check_textf(c, "%" PRId64, o->ad.remote_bits);
	if (is->is == is_of_another_class)
		return check_textf(c, "%" PRId64, o->ad.recipient_type);
	if (is->is == is_shown_otherwise || is->is == is_shown_as_remote)
		return check_textf(c, "%" PRId64, o->ad.display_type);
	return NULL;
}

/* Only one cure is the same wherever the mailbox is. */
static struct remedy
remedy_of(struct check *c, const struct object *o,
          const struct contradiction *is)
{
	return is->is == is_sent_elsewhere || is->is == is_looped
		? remedy_routed_target(c, o)
		: remedy_none(strncmp(is->fix, LOOK, sizeof(LOOK) - 1) == 0
			? "which of the two is true has to be seen first"
			: "what else Exchange writes of a recipient has to "
			  "agree with it");
}

/* One recipient that is wrong, in however many attributes, is one finding. */
static void
check_recipient(struct check *c, const struct object *o)
{
	const struct contradiction *first = NULL;
	struct buf told = { 0 };
	struct remedy is;

	if (object_giver_of(o, "msExchRecipientTypeDetails") ||
	    check_is_behind(o) || o->ad.has_linked_mailbox)
		return;
	for (size_t i = 0; i < CONTRADICTIONS; i++) {
		if (!contradictions[i].is(c, o))
			continue;
		first = first ? first : &contradictions[i];
		buf_addf(&told, "%s%s", told.len ? "; " : "",
		         contradictions[i].told);
	}
	if (first) {
		is = remedy_of(c, o, first);
		check_fail(c, o, &(struct failure){
			.severity = check_severity(c) +
				(enum severity)first->milder,
			.attribute = first->attribute,
			.observed = observed_of(c, o, first),
			.expected = first->expected,
			REMEDY(is),
			.message = check_textf(c, "msExchRecipientTypeDetails "
				"(%" PRId64 ") says that %s is %s, but %s",
				o->ad.recipient_type, object_label(o),
				name_of(o), told.data),
			.fix = first->fix,
			.shared = { first->attribute, "Recipients whose {} "
			            "contradicts their type", first->fix },
		});
	}
	buf_release(&told);
}

static const struct rule rules[] = {
	{
		.id = "recipient-inconsistent",
		.severity = SEVERITY_HIGH,
		.side = SIDE_AD, .kinds = KIND_BIT(KIND_USER),
		.attrs = ATTRS(ATTR_RECIPIENT_TYPE),
		.each_attr = ATTRS(ATTR_TARGET, ATTR_HOME_MDB,
		                   ATTR_MAILBOX_GUID, ATTR_REMOTE_TYPE,
		                   ATTR_DISPLAY_TYPE, ATTR_PROXIES),
		.needs = NEED_JOINED | NEED_OTHERS,
		.in_scope_only = true,
		.replica = REPLICA_NOT_JUDGED,
		.check = check_recipient,
		.title = "Recipient whose Exchange attributes contradict each "
		         "other",
		.why = "msExchRecipientTypeDetails says what a recipient is, "
		       "and other attributes say something else: Exchange "
		       "counts it as corrupt or does not find it, mail goes to "
		       "the wrong side, and the tenant makes of it something "
		       "that no one meant.",
		.fix = "First find where the mailbox is, and make what the "
		       "attributes say agree with that.",
		.source = DOC_BOTH,
		.confidence = CONFIDENCE_DERIVED,
	},
};

const struct family recipient_rules = {
	rules, sizeof(rules) / sizeof(rules[0])
};
