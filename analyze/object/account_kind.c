/* Who an account is for. Names are those of setups, not of habits. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "base/utf8.h"

/* userAccountControl of the account of a trust (MS-ADTS 2.2.16). */
enum { INTERDOMAIN_TRUST = 0x800 };
/* The last number of SIDs of the built-in accounts (MS-DTYP 2.4.2.4). */
enum { RID_ADMINISTRATOR = 500 };

/* msExchRecipientTypeDetails, on premises and remote. */
static const struct {
	int64_t type;
	enum account_kind kind;
} types[] = {
	{ 4, ACCOUNT_KIND_SHARED },
	{ 16, ACCOUNT_KIND_RESOURCE },
	{ 32, ACCOUNT_KIND_RESOURCE },
	{ 0x2000, ACCOUNT_KIND_SYSTEM },              /* SystemAttendant */
	{ 0x4000, ACCOUNT_KIND_SYSTEM },              /* SystemMailbox */
	{ 0x800000, ACCOUNT_KIND_SYSTEM },            /* arbitration */
	{ 0x1000000, ACCOUNT_KIND_SYSTEM },           /* MailboxPlan */
	{ 0x20000000, ACCOUNT_KIND_SYSTEM },          /* discovery */
	{ INT64_C(0x200000000), ACCOUNT_KIND_RESOURCE },
	{ INT64_C(0x400000000), ACCOUNT_KIND_RESOURCE },
	{ INT64_C(0x800000000), ACCOUNT_KIND_SHARED },
	{ INT64_C(0x8000000000), ACCOUNT_KIND_SYSTEM },       /* monitoring */
};

/* What may follow the first characters of a name. */
enum name_rest { REST_ANY, REST_HEX };

enum { LETTERS = 'z' - 'a' + 1, OF_LETTER_MOST = 2 };

/*
 * Names that Exchange, AD and the sync engine give their own accounts, by their
 * first letters: millions of names are looked at, and few begin as these do.
 */
static const struct {
	const char *begins;
	enum name_rest rest;
} system_names[LETTERS][OF_LETTER_MOST] = {
	['a' - 'a'] = { { "AAD_", REST_HEX } },
	['d' - 'a'] = { { "DiscoverySearchMailbox{", REST_ANY },
	                { "DiscoverySearchMailbox {", REST_ANY } },
	['e' - 'a'] = { { "Exchange Online-ApplicationAccount", REST_ANY } },
	['f' - 'a'] = { { "FederatedEmail.4c1f4d8b-8179-4148-93bf-00a95fa1e042",
	                  REST_ANY } },
	['h' - 'a'] = { { "HealthMailbox", REST_HEX } },
	['i' - 'a'] = { { "IUSR_", REST_ANY }, { "IWAM_", REST_ANY } },
	['k' - 'a'] = { { "krbtgt_", REST_ANY } },
	['m' - 'a'] = { { "MSOL_", REST_HEX },
	                { "Migration.8f3e7716-2011-43e4-96b1-aba62d229136",
	                  REST_ANY } },
	['s' - 'a'] = { { "SystemMailbox{", REST_ANY } },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static bool
is_hex(const char *text, const char *end)
{
	if (text == end)
		return false;
	for (; text < end; text++)
		if (!isxdigit((unsigned char)*text))
			return false;
	return true;
}

/* Of a sign-in name what is before the @. */
static bool
is_system_name(const char *name)
{
	unsigned letter = name ? ((unsigned char)*name | 32u) - 'a' : LETTERS;

	for (size_t i = 0; letter < LETTERS && i < OF_LETTER_MOST; i++) {
		const char *begins = system_names[letter][i].begins;
		size_t len = begins ? strlen(begins) : 0;

		if (len && strncasecmp(name, begins, len) == 0 &&
		    (system_names[letter][i].rest == REST_ANY ||
		     is_hex(name + len, name + strcspn(name, "@"))))
			return true;
	}
	return false;
}

/* "$331000-J9K2...": Exchange's setup makes such names up. */
static bool
is_setup_name(const char *sam)
{
	return sam && sam[0] == '$' && sam[1] &&
	       strncmp(sam + 2, "31000-", 6) == 0;
}

/* The account with which Connect signs in: Sync_SERVER_0123456789ab. */
static bool
is_sync_name(const char *upn)
{
	const char *domain = upn ? address_domain(upn) : NULL;
	const char *last = domain ? strrchr(upn, '_') : NULL;

	return domain && domain_is_initial(domain) && last &&
	       strncasecmp(upn, "Sync_", 5) == 0 && last + 13 == domain - 1 &&
	       is_hex(last + 1, domain - 1);
}

static bool
has_rid(const struct object *o, uint32_t rid)
{
	const unsigned char *end = o->ad.sid + o->ad.sid_len;

	/* S-1-5-21, three numbers of the domain, and it: little-endian. */
	return o->ad.sid && o->ad.sid_len == 28 &&
	       (end[-4] | (uint32_t)end[-3] << 8 | (uint32_t)end[-2] << 16 |
	        (uint32_t)end[-1] << 24) == rid;
}

bool
account_is_built_in_administrator(const struct object *o)
{
	return has_rid(o, RID_ADMINISTRATOR);
}

/*
 * Of computers and managed service accounts alone names end so. Who has a
 * mailbox is taken for a person, whatever else his account runs.
 */
static bool
is_service(const struct object *o)
{
	if (o->sam && *o->sam && o->sam[strlen(o->sam) - 1] == '$')
		return true;
	return o->ad.service_names == YES && !recipient_is_person(o) &&
	       o->ad.home_mdb != YES;
}

static enum account_kind
kind_in_ad(const struct object *o)
{
	if (account_is_built_in_administrator(o))
		return ACCOUNT_KIND_ADMINISTRATOR;
	if (o->ad.critical == YES || (o->ad.control & INTERDOMAIN_TRUST) ||
	    is_system_name(o->sam) || is_system_name(o->cn) ||
	    is_setup_name(o->sam))
		return ACCOUNT_KIND_SYSTEM;
	for (size_t i = 0; o->ad.recipient_type > 1 && i < COUNT(types); i++)
		if (types[i].type == o->ad.recipient_type)
			return types[i].kind;
	if (o->ad.is_outside)
		return ACCOUNT_KIND_EXTERNAL;
	if (is_service(o))
		return ACCOUNT_KIND_SERVICE;
	return o->ad.admin_count && strcmp(o->ad.admin_count, "0") != 0
		? ACCOUNT_KIND_ADMINISTRATOR : ACCOUNT_KIND_PERSON;
}

enum account_kind
account_kind_of(const struct object *o)
{
	if (o->kind != KIND_USER)
		return ACCOUNT_KIND_NONE;
	if (o->side == SIDE_AD)
		return kind_in_ad(o);
	if (o->links.twin)
		return kind_in_ad(o->links.twin);
	if (object_is_guest(o))
		return ACCOUNT_KIND_GUEST;
	return is_system_name(o->upn) || is_sync_name(o->upn) ||
	       (o->tenant.synced != NO && is_system_name(o->sam))
		? ACCOUNT_KIND_SYSTEM : ACCOUNT_KIND_PERSON;
}

const char *
account_kind_name(enum account_kind kind)
{
	static const char *const names[ACCOUNT_KIND_COUNT] = {
		[ACCOUNT_KIND_PERSON] = "person",
		[ACCOUNT_KIND_SHARED] = "shared",
		[ACCOUNT_KIND_RESOURCE] = "resource",
		[ACCOUNT_KIND_EXTERNAL] = "external mail user",
		[ACCOUNT_KIND_SERVICE] = "service",
		[ACCOUNT_KIND_ADMINISTRATOR] = "administrator",
		[ACCOUNT_KIND_SYSTEM] = "system",
		[ACCOUNT_KIND_GUEST] = "guest",
	};

	return names[kind];
}

bool
account_is_no_persons(const struct object *o)
{
	enum account_kind kind = account_kind_of(o);

	return kind == ACCOUNT_KIND_SERVICE || kind == ACCOUNT_KIND_EXTERNAL;
}

bool
account_is_unused(const struct object *o)
{
	enum account_kind kind = account_kind_of(o);

	return o->enabled == NO || kind == ACCOUNT_KIND_SHARED ||
	       kind == ACCOUNT_KIND_RESOURCE || kind == ACCOUNT_KIND_SYSTEM;
}
