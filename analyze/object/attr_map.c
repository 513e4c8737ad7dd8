/* From picked members to objects, by one table. */
#include "analyze/object/object.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/plans.h"
#include "analyze/object/repl_meta.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/sid.h"
#include "base/utf8.h"

struct mapped {
	struct object *o;
	struct arena *arena;
	const struct picked *line;
	const struct pick *pick;
	bool keep;               /* the block is not the object's: copy */
};

/* Reads the attribute at hand into the member at OFFSET; 0 or -1. */
typedef int (*reader)(const struct mapped *m, size_t offset);

struct map_row {
	enum attr attr;
	const char *name[FORM_COUNT];    /* NULL: not in this form */
	reader read;
	size_t offset;
};

static void *
member(const struct mapped *m, size_t offset)
{
	return (char *)m->o + offset;
}

/* The first value when it is text, else NULL. */
static char *
text_of(const struct mapped *m)
{
	char *text = pick_text(m->pick);

	return text && m->keep ? arena_strdup(m->arena, text) : text;
}

static int
read_text(const struct mapped *m, size_t offset)
{
	const char **to = member(m, offset);
	const char *text = *to ? NULL : text_of(m);

	if (text && *text)
		*to = text;
	return 0;
}

/* A blank text is a finding of its own: it is kept. */
static int
read_any_text(const struct mapped *m, size_t offset)
{
	const char **to = member(m, offset);

	if (!*to)
		*to = text_of(m);
	return 0;
}

static int
read_proxies(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);

	(void)offset;
	if (m->o->proxy_count || !n)
		return 0;
	m->o->proxies = arena_alloc(m->arena, n * sizeof(*m->o->proxies));
	m->o->proxy_count = pick_texts(m->pick, m->o->proxies);
	for (size_t i = 0; m->keep && i < m->o->proxy_count; i++)
		m->o->proxies[i] = arena_strdup(m->arena, m->o->proxies[i]);
	return 0;
}

static int
read_guid(const struct mapped *m, size_t offset)
{
	struct guid *to = member(m, offset);
	bool *has = offset == offsetof(struct object, guid)
		? &m->o->has_guid : &m->o->ad.has_consistency_guid;
	const char *text = *has ? NULL : text_of(m);

	if (!text)
		return 0;
	if (guid_from_base64(to, text, strlen(text)) < 0 &&
	    guid_parse(to, text) < 0)
		/* A consistency GUID may be any octets: no GUID, no anchor. */
		return has == &m->o->has_guid ? -1 : 0;
	*has = true;
	return 0;
}

/* Exchange leaves the GUID out, or empty, for objects that have none. */
static int
read_recipient_guid(const struct mapped *m, size_t offset)
{
	const char *text = m->o->has_guid ? NULL : text_of(m);

	(void)offset;
	if (text && guid_parse(&m->o->guid, text) == 0)
		m->o->has_guid = true;
	return 0;
}

static int
read_octets(const struct mapped *m, const unsigned char **sid, size_t *len)
{
	const char *text = text_of(m);
	unsigned char *bytes;
	long n;

	if (!text || !*text)
		return 0;
	bytes = arena_alloc(m->arena, SID_BYTES);
	n = base64_bytes(bytes, SID_BYTES, text, strlen(text));
	if (n < 0 || !sid_is_valid(bytes, (size_t)n))
		return -1;
	*sid = bytes;
	*len = (size_t)n;
	return 0;
}

static int
read_sid(const struct mapped *m, size_t offset)
{
	(void)offset;
	return read_octets(m, &m->o->ad.sid, &m->o->ad.sid_len);
}

/* One that cannot be read is nobody's. */
static int
read_master_sid(const struct mapped *m, size_t offset)
{
	(void)offset;
	read_octets(m, &m->o->ad.master_sid, &m->o->ad.master_sid_len);
	return 0;
}

/* A whole number in decimal; -1 when the text is none, or too large. */
static int
parse_number(const char *text, int64_t *out)
{
	bool negative = *text == '-';
	uint64_t value = 0;
	size_t digits = 0;

	for (text += negative; *text >= '0' && *text <= '9'; text++, digits++)
		value = value * 10 + (uint64_t)(*text - '0');
	/* Nineteen digits may be too many; twenty are in any case. */
	if (*text || !digits || digits > 19 ||
	    value > (uint64_t)INT64_MAX + negative)
		return -1;
	*out = negative ? (int64_t)-value : (int64_t)value;
	return 0;
}

static int
read_number(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);

	return text ? parse_number(text, member(m, offset)) : 0;
}

/* userAccountControl: bit 2 is ACCOUNTDISABLE (MS-ADTS 2.2.16). */
static int
read_control(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);
	int64_t value;

	(void)offset;
	if (!text)
		return 0;
	if (parse_number(text, &value) < 0)
		return -1;
	m->o->ad.control = value;
	m->o->enabled = value & 2 ? NO : YES;
	return 0;
}

static int
read_flag(const struct mapped *m, size_t offset)
{
	enum tristate *to = member(m, offset);
	const char *word;

	if (*to != UNKNOWN)
		return 0;
	word = m->pick->kind == PICK_JSON ? pick_json(m->pick) : text_of(m);
	if (!word)
		return 0;
	if (ascii_casecmp(word, "true") == 0)
		*to = YES;
	else if (ascii_casecmp(word, "false") == 0)
		*to = NO;
	else
		return -1;
	return 0;
}

/* Whether there is a value at all. */
static int
read_presence(const struct mapped *m, size_t offset)
{
	enum tristate *to = member(m, offset);

	*to = pick_count(m->pick) ? YES : NO;
	return 0;
}

static int
read_filetime(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);

	return text ? when_from_filetime(member(m, offset), text) : 0;
}

static int
read_iso(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);

	return text ? when_from_iso(member(m, offset), text) : 0;
}

/* A time that cannot be read only leaves it open who was first. */
static int
read_created(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);

	(void)offset;
	if (text && when_from_general(&m->o->ad.created, text) < 0)
		m->o->ad.created = WHEN_NONE;
	return 0;
}

static int
read_class(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);
	const char **texts = arena_alloc(m->arena, n * sizeof(*texts) + 1);

	(void)offset;
	n = pick_texts(m->pick, texts);
	for (size_t i = 0; i < n; i++)
		if (ascii_casecmp(texts[i], "inetOrgPerson") == 0)
			m->o->ad.inet_org_person = YES;
	return 0;
}

static int
read_members(const struct mapped *m, size_t offset)
{
	(void)offset;
	m->o->ad.member_count += pick_count(m->pick);
	return 0;
}

static int
read_user_type(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);

	(void)offset;
	if (text)
		m->o->tenant.guest = ascii_casecmp(text, "Guest") == 0
			? YES : NO;
	return 0;
}

static int
read_meta_xml(const struct mapped *m, size_t offset)
{
	size_t n = pick_count(m->pick);
	const char **texts = arena_alloc(m->arena, n * sizeof(*texts) + 1);

	(void)offset;
	n = pick_texts(m->pick, texts);
	for (size_t i = 0; i < n; i++)
		repl_meta_xml(m->o, texts[i]);
	return 0;
}

static int
read_meta_binary(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);
	struct buf bytes = { 0 };
	int rc;

	(void)offset;
	if (!text)
		return 0;
	rc = base64_decode(&bytes, text, strlen(text));
	if (rc == 0)
		repl_meta_binary(m->o, (unsigned char *)buf_text(&bytes),
		                 bytes.len);
	buf_release(&bytes);
	return rc;
}

static int
read_plans(const struct mapped *m, size_t offset)
{
	const char *json = pick_json(m->pick);

	(void)offset;
	m->o->tenant.exchange_plan = json && plans_have_exchange(json)
		? YES : NO;
	return 0;
}

#define AT(member) offsetof(struct object, member)

static const struct map_row map[] = {
	{ ATTR_DN, { "dn", "onPremisesDistinguishedName",
	             "DistinguishedName", "DistinguishedName" },
	  read_text, AT(dn) },
	{ ATTR_GUID, { "objectGUID", "id" }, read_guid, AT(guid) },
	{ ATTR_GUID, { NULL, NULL, "Guid", "ExternalDirectoryObjectId" },
	  read_recipient_guid, 0 },
	{ ATTR_SAM, { "sAMAccountName", "onPremisesSamAccountName" },
	  read_text, AT(sam) },
	{ ATTR_UPN, { "userPrincipalName", "userPrincipalName",
	              "UserPrincipalName", "UserPrincipalName" },
	  read_text, AT(upn) },
	{ ATTR_DISPLAY_NAME, { "displayName", "displayName",
	                       "DisplayName", "DisplayName" },
	  read_any_text, AT(display_name) },
	{ ATTR_MAIL, { "mail", "mail", "PrimarySmtpAddress",
	               "PrimarySmtpAddress" }, read_text, AT(mail) },
	{ ATTR_MAIL_NICKNAME, { "mailNickname", "mailNickname", "Alias",
	                        "Alias" },
	  read_text, AT(mail_nickname) },
	{ ATTR_PROXIES, { "proxyAddresses", "proxyAddresses",
	                  "EmailAddresses", "EmailAddresses" },
	  read_proxies, 0 },
	{ ATTR_TARGET, { "targetAddress", NULL }, read_text, AT(target) },
	{ ATTR_UAC, { "userAccountControl", NULL }, read_control, 0 },
	{ ATTR_PASSWORD_SET, { "pwdLastSet", NULL },
	  read_filetime, AT(ad.password_set) },
	{ ATTR_CONSISTENCY_GUID, { "mS-DS-ConsistencyGuid", NULL },
	  read_guid, AT(ad.consistency_guid) },
	{ ATTR_SID, { "objectSid", NULL }, read_sid, 0 },
	{ ATTR_SID, { NULL, "onPremisesSecurityIdentifier" },
	  read_text, AT(tenant.sync_sid) },
	{ ATTR_CN, { "cn", NULL }, read_text, AT(cn) },
	{ ATTR_GROUP_TYPE, { "groupType", NULL },
	  read_number, AT(ad.group_type) },
	{ ATTR_ADMIN_DESCRIPTION, { "adminDescription", NULL },
	  read_text, AT(ad.admin_description) },
	{ ATTR_CRITICAL, { "isCriticalSystemObject", NULL },
	  read_flag, AT(ad.critical) },
	{ ATTR_RECIPIENT_TYPE, { "msExchRecipientTypeDetails", NULL },
	  read_number, AT(ad.recipient_type) },
	{ ATTR_REMOTE_TYPE, { "msExchRemoteRecipientType", NULL },
	  read_presence, AT(ad.remote_type) },
	{ ATTR_HIDDEN, { "msExchHideFromAddressLists", NULL },
	  read_flag, AT(ad.hidden) },
	{ ATTR_CERTIFICATE, { "userCertificate", NULL },
	  read_presence, AT(ad.certificate) },
	{ ATTR_META_XML, { "msDS-ReplAttributeMetaData", NULL },
	  read_meta_xml, 0 },
	{ ATTR_META_BINARY, { "replPropertyMetaData", NULL },
	  read_meta_binary, 0 },
	{ ATTR_ENABLED, { "Enabled", "accountEnabled" },
	  read_flag, AT(enabled) },
	{ ATTR_IMMUTABLE_ID, { NULL, "onPremisesImmutableId" },
	  read_text, AT(tenant.immutable_id) },
	{ ATTR_SYNCED, { NULL, "onPremisesSyncEnabled" },
	  read_flag, AT(tenant.synced) },
	{ ATTR_PLANS, { NULL, "assignedPlans" }, read_plans, 0 },
	{ ATTR_DELETED, { NULL, "deletedDateTime" },
	  read_iso, AT(tenant.deleted_when) },
	{ ATTR_DOMAIN, { NULL, "onPremisesDomainName" },
	  read_text, AT(tenant.sync_domain) },
	{ ATTR_MAIL_ENABLED, { NULL, "mailEnabled" },
	  read_flag, AT(tenant.mail_enabled) },
	{ ATTR_DISPLAY_TYPE, { "msExchRecipientDisplayType", NULL },
	  read_number, AT(ad.display_type) },
	{ ATTR_CREATED, { "whenCreated", NULL }, read_created, 0 },
	{ ATTR_CLASS, { "objectClass", NULL }, read_class, 0 },
	{ ATTR_MEMBER, { "member", NULL }, read_members, 0 },
	{ ATTR_SYNC_UPN, { NULL, "onPremisesUserPrincipalName" },
	  read_text, AT(tenant.sync_upn) },
	{ ATTR_USER_TYPE, { NULL, "userType" }, read_user_type, 0 },
	{ ATTR_MASTER_SID, { "msExchMasterAccountSid", NULL },
	  read_master_sid, 0 },
	{ ATTR_GIVEN_NAME, { "givenName", "givenName" },
	  read_text, AT(given_name) },
	{ ATTR_SURNAME, { "sn", "surname" }, read_text, AT(surname) },
};

enum { ROWS = sizeof(map) / sizeof(map[0]) };

_Static_assert(ROWS + CUSTOM_MAX <= (int)PICK_NAMES_MAX,
               "a picker takes no more names");

enum form
section_form(enum section s)
{
	if (s == AD_MAILBOXES)
		return FORM_AD_RECIPIENT;
	if (s == TENANT_MAILBOXES)
		return FORM_TENANT_RECIPIENT;
	return (enum form)section_side(s);
}

const char *
attr_name(enum side side, enum attr attr)
{
	for (size_t i = 0; i < ROWS; i++)
		if (map[i].attr == attr && map[i].name[side])
			return map[i].name[side];
	return NULL;
}

size_t
model_names(const struct wanted *w, enum form form,
            const char *names[PICK_NAMES_MAX])
{
	size_t custom = form == FORM_AD ? w->custom_count : 0;

	for (size_t i = 0; i < ROWS; i++)
		names[i] = map[i].attr != ATTR_PLANS || w->plans
			? map[i].name[form] : NULL;
	/* Behind the map come those that the policy's filters name. */
	for (size_t i = 0; i < custom; i++)
		names[ROWS + i] = w->custom[i];
	return ROWS + custom;
}

/* Of several values the first; numbers and flags as JSON has them. */
static void
take_custom(const struct mapped *m, const char **to)
{
	const char *text = m->pick->kind == PICK_JSON ? pick_json(m->pick)
	                                              : pick_text(m->pick);

	if (text && !*to)
		*to = m->keep ? arena_strdup(m->arena, text) : text;
}

void
object_init(struct object *o, enum section s)
{
	*o = (struct object){
		.side = section_side(s), .kind = section_kind(s),
		.ad.password_set = WHEN_NONE, .tenant.deleted_when = WHEN_NONE,
		.ad.created = WHEN_NONE,
	};
}

/* The value of the name number I. */
static inline int
take(struct mapped *m, enum form form, size_t i, const char **wrong)
{
	m->pick = &m->line->at[i];
	if (i >= ROWS) {
		take_custom(m, &m->o->ad.custom[i - ROWS]);
		return 0;
	}
	attr_set_add(&m->o->have, map[i].attr);
	*wrong = map[i].name[form];
	return map[i].read(m, map[i].offset);
}

int
model_map(struct object *o, enum form form, const struct picked *line,
          struct arena *a, const char **wrong)
{
	struct mapped m = {
		.o = o, .arena = a, .line = line, .keep = line->odd,
	};

	for (size_t w = 0; w < PICK_WORDS; w++)
		for (uint64_t left = line->present[w]; left; left &= left - 1)
			if (take(&m, form, w * 64 +
			         (size_t)__builtin_ctzll(left), wrong) < 0)
				return -1;
	return 0;
}
