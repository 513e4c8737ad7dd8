/*
 * With what attributes are changed, by who owns them and what there is of
 * Exchange; and what the other places say to who tries it there.
 */
#include "analyze/findings/findings.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

/*
 * Of Exchange's attributes that AD owns, by the state of the organization: EX
 * is Exchange's cmdlet for the object, AD that of AD's module. Editing them
 * without Exchange works where the schema has them, and is not supported
 * ("How and when to decommission your on-premises Exchange servers").
 */
#define UNSUPPORTED(ad) ad ", attribute editor (not supported by Microsoft)"
#define TOOLS(ad, ex) { \
	[EXCHANGE_UNKNOWN] = ex ", EAC of Exchange on-premises; without an " \
		"Exchange organization " ad, \
	[EXCHANGE_NONE] = "none: without Exchange AD's schema does not have " \
		"the attribute", \
	[EXCHANGE_SCHEMA_ONLY] = UNSUPPORTED(ad), \
	[EXCHANGE_PREPARED] = UNSUPPORTED(ad), \
	[EXCHANGE_TOOLS_ONLY] = ex " of the Exchange management tools " \
		"(PowerShell only, no EAC)", \
	[EXCHANGE_SERVERS] = ex ", EAC of Exchange on-premises", \
}

static const struct {
	const char *ad, *ad_alone;       /* for all; for what any AD has */
	const char *online;
	const char *exchange[EXCHANGE_STATES];
} tools[MANAGED_AS_COUNT] = {
	[MANAGED_AS_USER] = {
		"Set-ADUser", "Set-ADUser, attribute editor",
		"Set-Mailbox, EAC", TOOLS("Set-ADUser", "Set-RemoteMailbox")
	},
	[MANAGED_AS_MAILBOX] = {
		"Set-ADUser", "Set-ADUser, attribute editor",
		"Set-Mailbox, EAC",
		TOOLS("Set-ADUser", "Set-Mailbox on premises")
	},
	[MANAGED_AS_MAIL_USER] = {
		"Set-ADUser", "Set-ADUser, attribute editor",
		"Set-MailUser, EAC", TOOLS("Set-ADUser", "Set-MailUser")
	},
	[MANAGED_AS_GROUP] = {
		"Set-ADGroup", "Set-ADGroup, attribute editor",
		"Set-DistributionGroup, EAC",
		TOOLS("Set-ADGroup", "Set-DistributionGroup")
	},
	[MANAGED_AS_CONTACT] = {
		"Set-ADObject", "Set-ADObject, attribute editor",
		"Set-MailContact, EAC", TOOLS("Set-ADObject", "Set-MailContact")
	},
	[MANAGED_AS_OTHER] = {
		"Set-ADObject", "Set-ADObject, attribute editor",
		"Set-Mailbox, EAC",
		TOOLS("Set-ADObject", "Exchange Management Shell")
	},
};

static bool
is_of(const char *class, const char *name)
{
	return class && strcmp(class, name) == 0;
}

enum { MAIL_USER = 128, LOCAL_MAX = 32 };

enum managed_as
managed_as(const char *class, int64_t recipient_type)
{
	if (is_of(class, "group"))
		return MANAGED_AS_GROUP;
	if (is_of(class, "contact"))
		return MANAGED_AS_CONTACT;
	if (!is_of(class, "user") && !is_of(class, "mailbox"))
		return MANAGED_AS_OTHER;
	if (recipient_type == MAIL_USER)
		return MANAGED_AS_MAIL_USER;
	return recipient_type > 0 && recipient_type <= LOCAL_MAX
		? MANAGED_AS_MAILBOX : MANAGED_AS_USER;
}

/* mail and proxyAddresses any AD has. */
static const char *
in_ad(const struct tool_asked *q)
{
	if (q->what == OWNED_IDENTITY)
		return tools[q->as].ad;
	if ((q->what == OWNED_ADDRESS && q->state == EXCHANGE_NONE) ||
	    (q->what == OWNED_ALIAS && q->state != EXCHANGE_NONE))
		return tools[q->as].ad_alone;
	if (q->what == OWNED_ADDRESS && q->is_no_recipient)
		return tools[q->as].ad;
	return tools[q->as].exchange[q->state];
}

#define AS(kind) (1u << MANAGED_AS_##kind)

/*
 * Which of the cmdlets have a parameter for what Exchange writes by itself
 * (Set-RemoteMailbox -ExchangeGuid, -ArchiveGuid, -RemoteRoutingAddress, -Type;
 * Set-MailUser and Set-MailContact -ExternalEmailAddress; Set-Mailbox -Type):
 * by the kinds of objects, on either side.
 */
static const struct {
	const char *attribute;
	unsigned on_premises, online;
} inner[] = {
	{ "homeMDB", 0, 0 },
	{ "legacyExchangeDN", 0, 0 },
	{ "msExchMailboxGuid", AS(USER) | AS(MAIL_USER), AS(MAIL_USER) },
	{ "msExchArchiveGUID", AS(USER) | AS(MAIL_USER), AS(MAIL_USER) },
	{ "msExchArchiveDatabaseLink", 0, 0 },
	{ "msExchRecipientTypeDetails", AS(USER) | AS(MAILBOX),
	  AS(USER) | AS(MAILBOX) },
	{ "msExchRecipientDisplayType", 0, 0 },
	{ "msExchRemoteRecipientType", AS(USER), 0 },
	{ "targetAddress", AS(USER) | AS(MAIL_USER) | AS(CONTACT),
	  AS(MAIL_USER) | AS(CONTACT) },
};

/* Where AD is edited there is no cmdlet of Exchange to ask. */
static bool
is_by_cmdlet(const struct tool_asked *q)
{
	return q->who == AUTHORITY_EXCHANGE_ONLINE ||
	       (q->who == AUTHORITY_AD && (q->state == EXCHANGE_SERVERS ||
	        q->state == EXCHANGE_TOOLS_ONLY ||
	        q->state == EXCHANGE_UNKNOWN));
}

static bool
has_cmdlet(const struct tool_asked *q)
{
	for (size_t i = 0; q->attribute && is_by_cmdlet(q) &&
	     i < sizeof(inner) / sizeof(inner[0]); i++)
		if (is_of(q->attribute, inner[i].attribute))
			return (q->who == AUTHORITY_AD ? inner[i].on_premises
			        : inner[i].online) & (1u << q->as);
	return true;
}

const char *
tool_name(const struct tool_asked *q)
{
	if (!has_cmdlet(q))
		return "none: Exchange writes it itself, when a mailbox is "
		       "made, moved or converted";
	switch (q->who) {
	case AUTHORITY_ENTRA:
		return "Entra, Graph";
	case AUTHORITY_NOT_ASSESSED:
		/* They are handed over as whole objects. */
		return q->as == MANAGED_AS_GROUP || q->as == MANAGED_AS_CONTACT
			? "export onPremisesSyncBehavior first"
			: "export Get-Mailbox with IsExchangeCloudManaged "
			  "first";
	case AUTHORITY_EXCHANGE_ONLINE:
		return tools[q->as].online;
	default:
		return in_ad(q);
	}
}

const char *
refusal_of(enum authority who, enum owned what)
{
	switch (who) {
	case AUTHORITY_ENTRA:
		return "AD accepts; the sync engine leaves it";
	case AUTHORITY_NOT_ASSESSED:
		return NULL;
	case AUTHORITY_EXCHANGE_ONLINE:
		return "AD accepts the change and it never reaches the tenant";
	default:
		return what == OWNED_IDENTITY
			? "Graph, Entra: 400 \"Unable to update the specified "
			  "properties for on-premises mastered Directory Sync "
			  "objects ...\""
			: "Exchange Online and both admin centers: \"... out "
			  "of the current user's write scope ... the object is "
			  "being synchronized from your on-premises "
			  "organization\"";
	}
}

/* Whether LEN bytes of a text name a cmdlet that changes AD. */
static bool
changes_ad(const char *text, size_t len)
{
	static const char *const signs[] = {
		"-ADUser", "-ADGroup", "-ADObject", "-Remote",
		"EmailAddressPolicy", "on-premises", "on premises",
	};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (memmem(text, len, signs[i], strlen(signs[i])))
			return true;
	return false;
}

/* How long FIX's first parentheses are, with such a one; 0: they are none. */
static size_t
cmdlet_length(const char *fix)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *end = strchr(fix, ')');
	size_t len;

	if (strncmp(fix, " (", 2) != 0 || !end)
		return 0;
	len = strspn(fix + 2, letters);
	return len && fix[2 + len] == '-' &&
	       changes_ad(fix, (size_t)(end - fix))
		? (size_t)(end + 1 - fix) : 0;
}

void
fix_put_bare(struct buf *out, const char *fix)
{
	while (*fix) {
		size_t len = cmdlet_length(fix);

		if (!len)
			buf_addc(out, *fix);
		fix += len ? len : 1;
	}
}
