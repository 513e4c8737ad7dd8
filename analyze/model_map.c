/* From records to objects, by one table. */
#include "analyze/model_map.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/repl_meta.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/record.h"
#include "base/sid.h"
#include "base/utf8.h"

struct mapped {
	struct object *o;
	struct arena *arena;
	const struct record *r;
	size_t attr;             /* its number in the record */
};

/* Reads the attribute at hand into the member at OFFSET; 0 or -1. */
typedef int (*reader)(const struct mapped *m, size_t offset);

struct map_row {
	enum attr attr;
	const char *name[SIDE_COUNT];    /* NULL: not on this side */
	reader read;
	size_t offset;
};

static void *
member(const struct mapped *m, size_t offset)
{
	return (char *)m->o + offset;
}

/* The first value when it is text, else NULL. */
static const char *
text_of(const struct mapped *m)
{
	struct value v;

	if (!record_values(m->r, m->attr))
		return NULL;
	v = record_value(m->r, m->attr, 0);
	return v.kind == VALUE_TEXT ? v.data : NULL;
}

static const char *
json_of(const struct mapped *m)
{
	struct value v;

	if (!record_values(m->r, m->attr))
		return NULL;
	v = record_value(m->r, m->attr, 0);
	return v.kind == VALUE_JSON ? v.data : NULL;
}

static int
read_text(const struct mapped *m, size_t offset)
{
	const char **to = member(m, offset);
	const char *text = text_of(m);

	if (!*to && text && *text)
		*to = arena_strdup(m->arena, text);
	return 0;
}

/* A blank text is a finding of its own: it is kept. */
static int
read_any_text(const struct mapped *m, size_t offset)
{
	const char **to = member(m, offset);
	const char *text = text_of(m);

	if (!*to && text)
		*to = arena_strdup(m->arena, text);
	return 0;
}

static int
read_proxies(const struct mapped *m, size_t offset)
{
	size_t n = record_values(m->r, m->attr);
	const char **list;

	(void)offset;
	if (m->o->proxy_count || !n)
		return 0;
	list = arena_alloc(m->arena, n * sizeof(*list));
	for (size_t i = 0; i < n; i++) {
		struct value v = record_value(m->r, m->attr, i);

		list[i] = arena_strndup(m->arena, v.data, v.len);
	}
	m->o->proxies = list;
	m->o->proxy_count = n;
	return 0;
}

static int
decode(const struct mapped *m, struct buf *bytes)
{
	const char *text = text_of(m);

	return text ? base64_decode(bytes, text, strlen(text)) : 0;
}

static int
read_guid(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);
	struct guid *to = member(m, offset);
	bool *has = offset == offsetof(struct object, guid)
		? &m->o->has_guid : &m->o->has_consistency_guid;

	if (!text || *has)
		return 0;
	if (guid_from_base64(to, text, strlen(text)) < 0 &&
	    guid_parse(to, text) < 0)
		/* A consistency GUID may be any octets: no GUID, no anchor. */
		return has == &m->o->has_guid ? -1 : 0;
	*has = true;
	return 0;
}

static int
read_sid(const struct mapped *m, size_t offset)
{
	const char **to = member(m, offset);
	struct buf bytes = { 0 };
	char text[SID_TEXT];
	int rc = decode(m, &bytes);

	if (rc == 0 && bytes.len && !*to) {
		rc = sid_format((unsigned char *)bytes.data, bytes.len, text);
		if (rc == 0)
			*to = arena_strdup(m->arena, text);
	}
	buf_release(&bytes);
	return rc;
}

static int
read_number(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);
	char *end;
	long long value;

	if (!text)
		return 0;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno || end == text || *end)
		return -1;
	*(int64_t *)member(m, offset) = value;
	return 0;
}

/* userAccountControl: bit 2 is ACCOUNTDISABLE (MS-ADTS 2.2.16). */
static int
read_control(const struct mapped *m, size_t offset)
{
	const char *text = text_of(m);
	char *end;
	long value;

	(void)offset;
	if (!text)
		return 0;
	value = strtol(text, &end, 10);
	if (end == text || *end)
		return -1;
	m->o->enabled = value & 2 ? NO : YES;
	return 0;
}

static int
read_flag(const struct mapped *m, size_t offset)
{
	enum tristate *to = member(m, offset);
	const char *text = text_of(m), *json = json_of(m);
	const char *word = text ? text : json;

	if (!word || *to != UNKNOWN)
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

	*to = record_values(m->r, m->attr) ? YES : NO;
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

static int
read_meta_xml(const struct mapped *m, size_t offset)
{
	(void)offset;
	for (size_t i = 0; i < record_values(m->r, m->attr); i++)
		repl_meta_xml(m->o, record_value(m->r, m->attr, i).data);
	return 0;
}

static int
read_meta_binary(const struct mapped *m, size_t offset)
{
	struct buf bytes = { 0 };
	int rc = decode(m, &bytes);

	(void)offset;
	if (rc == 0)
		repl_meta_binary(m->o, (unsigned char *)buf_text(&bytes),
		                 bytes.len);
	buf_release(&bytes);
	return rc;
}

/* MyAnalytics plans report the service "exchange", too. */
static bool
is_exchange_plan(const struct json *plan)
{
	static const char *const not_mail[] = {
		"34c0d7a0-a70f-4668-9238-47f9fc208882",
		"33c4f319-9bdd-48d6-9c4d-410b750a4a5a",
	};
	static const char *const live[] = { "Enabled", "Warning", "Suspended" };
	const char *service = json_string(json_get(plan, "service"));
	const char *state = json_string(json_get(plan, "capabilityStatus"));
	const char *id = json_string(json_get(plan, "servicePlanId"));

	if (!service || ascii_casecmp(service, "exchange") != 0 || !state)
		return false;
	for (size_t i = 0; i < 2; i++)
		if (id && ascii_casecmp(id, not_mail[i]) == 0)
			return false;
	for (size_t i = 0; i < 3; i++)
		if (ascii_casecmp(state, live[i]) == 0)
			return true;
	return false;
}

static int
read_plans(const struct mapped *m, size_t offset)
{
	const char *text = json_of(m);
	struct json_error e;
	struct json *tree;

	(void)offset;
	m->o->exchange_plan = NO;
	if (!text)
		return 0;
	tree = json_parse(text, strlen(text), &e);
	for (const struct json *p = json_first(tree); p; p = json_next(p))
		if (is_exchange_plan(p))
			m->o->exchange_plan = YES;
	json_free(tree);
	return 0;
}

#define AT(member) offsetof(struct object, member)

static const struct map_row map[] = {
	{ ATTR_GUID, { "objectGUID", "id" }, read_guid, AT(guid) },
	{ ATTR_SAM, { "sAMAccountName", "onPremisesSamAccountName" },
	  read_text, AT(sam) },
	{ ATTR_UPN, { "userPrincipalName", "userPrincipalName" },
	  read_text, AT(upn) },
	{ ATTR_DISPLAY_NAME, { "displayName", "displayName" },
	  read_any_text, AT(display_name) },
	{ ATTR_MAIL, { "mail", "mail" }, read_text, AT(mail) },
	{ ATTR_MAIL_NICKNAME, { "mailNickname", "mailNickname" },
	  read_text, AT(mail_nickname) },
	{ ATTR_PROXIES, { "proxyAddresses", "proxyAddresses" },
	  read_proxies, 0 },
	{ ATTR_TARGET, { "targetAddress", NULL }, read_text, AT(target) },
	{ ATTR_UAC, { "userAccountControl", NULL }, read_control, 0 },
	{ ATTR_PASSWORD_SET, { "pwdLastSet", NULL },
	  read_filetime, AT(password_set) },
	{ ATTR_PASSWORD_SET, { NULL, "lastPasswordChangeDateTime" },
	  read_iso, AT(password_set) },
	{ ATTR_CONSISTENCY_GUID, { "mS-DS-ConsistencyGuid", NULL },
	  read_guid, AT(consistency_guid) },
	{ ATTR_SID, { "objectSid", NULL }, read_sid, AT(sid) },
	{ ATTR_SID, { NULL, "onPremisesSecurityIdentifier" },
	  read_text, AT(sid) },
	{ ATTR_CN, { "cn", NULL }, read_text, AT(cn) },
	{ ATTR_GROUP_TYPE, { "groupType", NULL },
	  read_number, AT(group_type) },
	{ ATTR_ADMIN_DESCRIPTION, { "adminDescription", NULL },
	  read_text, AT(admin_description) },
	{ ATTR_CRITICAL, { "isCriticalSystemObject", NULL },
	  read_flag, AT(critical) },
	{ ATTR_RECIPIENT_TYPE, { "msExchRecipientTypeDetails", NULL },
	  read_number, AT(recipient_type) },
	{ ATTR_REMOTE_TYPE, { "msExchRemoteRecipientType", NULL },
	  read_presence, AT(remote_type) },
	{ ATTR_MASTER_SID, { "msExchMasterAccountSid", NULL },
	  read_sid, AT(master_sid) },
	{ ATTR_HIDDEN, { "msExchHideFromAddressLists", NULL },
	  read_flag, AT(hidden) },
	{ ATTR_CERTIFICATE, { "userCertificate", NULL },
	  read_presence, AT(certificate) },
	{ ATTR_META_XML, { "msDS-ReplAttributeMetaData", NULL },
	  read_meta_xml, 0 },
	{ ATTR_META_BINARY, { "replPropertyMetaData", NULL },
	  read_meta_binary, 0 },
	{ ATTR_ENABLED, { "Enabled", "accountEnabled" },
	  read_flag, AT(enabled) },
	{ ATTR_IMMUTABLE_ID, { NULL, "onPremisesImmutableId" },
	  read_text, AT(immutable_id) },
	{ ATTR_SYNCED, { NULL, "onPremisesSyncEnabled" },
	  read_flag, AT(synced) },
	{ ATTR_SYNC_DN, { NULL, "onPremisesDistinguishedName" },
	  read_text, AT(dn) },
	{ ATTR_PLANS, { NULL, "assignedPlans" }, read_plans, 0 },
	{ ATTR_DELETED, { NULL, "deletedDateTime" },
	  read_iso, AT(deleted_when) },
	{ ATTR_DOMAIN, { NULL, "onPremisesDomainName" },
	  read_text, AT(sync_domain) },
	{ ATTR_MAIL_ENABLED, { NULL, "mailEnabled" },
	  read_flag, AT(mail_enabled) },
};

enum { ROWS = sizeof(map) / sizeof(map[0]) };

const char *
attr_name(enum side side, enum attr attr)
{
	for (size_t i = 0; i < ROWS; i++)
		if (map[i].attr == attr && map[i].name[side])
			return map[i].name[side];
	return NULL;
}

int
model_map(struct object *o, const struct record *r, struct arena *a,
          const char **wrong)
{
	struct mapped m = { .o = o, .arena = a, .r = r };

	for (size_t i = 0; i < ROWS; i++) {
		const char *name = map[i].name[o->side];
		long at = name ? record_find(r, name) : -1;

		if (at < 0)
			continue;
		m.attr = (size_t)at;
		o->have |= ATTR_BIT(map[i].attr);
		*wrong = name;
		if (map[i].read(&m, map[i].offset) < 0)
			return -1;
	}
	return 0;
}
