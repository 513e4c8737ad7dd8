/* What all objects have: kinds and their sections, names for people. */
#include "analyze/object/object.h"

#include <string.h>

#include "base/buf.h"
#include "base/dn.h"
#include "base/invisible_text.h"
#include "base/mem.h"
#include "base/sid.h"
#include "base/utf8.h"

const char *
kind_name(enum kind kind)
{
	static const char *const names[] = {
		[KIND_USER] = "user", [KIND_GROUP] = "group",
		[KIND_CONTACT] = "contact", [KIND_COMPUTER] = "computer",
		[KIND_MAILBOX] = "mailbox", [KIND_OTHER] = "object",
		[KIND_FOLDER] = "public folder",
		[KIND_DYNAMIC_GROUP] = "dynamic distribution group",
	};

	return names[kind];
}

enum kind
section_kind(enum section s)
{
	/* The kinds of objects that sections hold; others hold no objects. */
	static const enum kind kinds[SECTION_COUNT] = {
		[AD_USERS] = KIND_USER, [AD_GROUPS] = KIND_GROUP,
		[AD_CONTACTS] = KIND_CONTACT, [AD_COMPUTERS] = KIND_COMPUTER,
		[AD_OTHER] = KIND_OTHER, [AD_DELETED] = KIND_OTHER,
		[TENANT_USERS] = KIND_USER, [TENANT_GROUPS] = KIND_GROUP,
		[TENANT_CONTACTS] = KIND_CONTACT,
		[TENANT_DELETED_USERS] = KIND_USER,
		[AD_MAILBOXES] = KIND_MAILBOX,
		[TENANT_MAILBOXES] = KIND_MAILBOX,
	};

	return kinds[s];
}

enum section
section_of(enum side side, enum kind kind)
{
	static const enum section sections[SIDE_COUNT][KIND_COUNT] = {
		[SIDE_AD] = {
			[KIND_USER] = AD_USERS, [KIND_GROUP] = AD_GROUPS,
			[KIND_CONTACT] = AD_CONTACTS,
			[KIND_COMPUTER] = AD_COMPUTERS,
			[KIND_MAILBOX] = AD_MAILBOXES,
			[KIND_OTHER] = AD_OTHER, [KIND_FOLDER] = AD_OTHER,
			[KIND_DYNAMIC_GROUP] = AD_OTHER,
		},
		[SIDE_TENANT] = {
			[KIND_USER] = TENANT_USERS,
			[KIND_GROUP] = TENANT_GROUPS,
			[KIND_CONTACT] = TENANT_CONTACTS,
			[KIND_COMPUTER] = SECTION_COUNT,
			[KIND_MAILBOX] = TENANT_MAILBOXES,
			[KIND_OTHER] = SECTION_COUNT,
			[KIND_FOLDER] = SECTION_COUNT,
			[KIND_DYNAMIC_GROUP] = SECTION_COUNT,
		},
	};

	return sections[side][kind];
}

enum section
section_twin(enum section s)
{
	switch (s) {
	case AD_USERS:
		return TENANT_USERS;
	case AD_GROUPS:
		return TENANT_GROUPS;
	case AD_CONTACTS:
		return TENANT_CONTACTS;
	default:
		return SECTION_COUNT;
	}
}

const char *
object_primary(const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) == ADDRESS_PRIMARY)
			return address_body(o->proxies[i]);
	return NULL;
}

const char *
object_address(const struct object *o)
{
	const char *primary = object_primary(o);

	return primary ? primary : o->mail;
}

bool
object_holds_addresses(const struct object *o)
{
	return o->kind == KIND_FOLDER || o->kind == KIND_DYNAMIC_GROUP;
}

bool
object_has_address(const struct object *o, const char *address)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (unique_is_same(o->proxies[i], address))
			return true;
	return object_holds_addresses(o) && !o->proxy_count && o->mail &&
	       address_type(address) <= ADDRESS_SECONDARY &&
	       utf8_same_folded(o->mail, address_body(address));
}

bool
object_lists(const struct object *o, const char *address)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    utf8_same_folded(address_body(o->proxies[i]), address))
			return true;
	return false;
}

bool
object_is_called(const struct object *o, const char *address)
{
	return object_lists(o, address) ||
	       (o->mail && utf8_same_folded(o->mail, address)) ||
	       (o->upn && utf8_same_folded(o->upn, address));
}

const char *
object_label(const struct object *o)
{
	static const struct object nobody;
	const struct object *x = o ? o : &nobody;
	const char *names[] = { x->sam, x->upn, x->display_name, x->mail,
	                        x->cn, x->dn };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i] && *names[i])
			return names[i];
	return o ? "(no name)" : "";
}

static bool
same_name(const char *a, const char *b)
{
	return a && b && utf8_same_folded(a, b);
}

enum dn_mark
object_mark(const struct object *o)
{
	if (o->dn)
		return dn_mark(o->dn);
	/* The RDN's value, with its line feed (MS-ADTS 3.1.1.1.6). */
	return o->cn && strstr(o->cn, "\nCNF:") ? DN_CONFLICT : DN_PLAIN;
}

bool
object_may_be_one(const struct object *a, const struct object *b)
{
	/* A copy of a forest has the GUIDs of the first, in its own domains. */
	if (a->has_guid && b->has_guid)
		return memcmp(&a->guid, &b->guid, sizeof(a->guid)) == 0 &&
		       (!a->domain || !b->domain || a->domain == b->domain);
	if (a->dn && b->dn)
		return dn_same(a->dn, b->dn);
	if (a->kind != b->kind)
		return false;
	if (a->ad.sid && b->ad.sid)
		return a->ad.sid_len == b->ad.sid_len &&
		       memcmp(a->ad.sid, b->ad.sid, a->ad.sid_len) == 0;
	return !a->sam || !b->sam || same_name(a->sam, b->sam);
}

const char *
object_key(const struct object *o, struct arena *a)
{
	char sid[SID_TEXT];

	if (!o->ad.sid)
		return o->sam;
	sid_format(o->ad.sid, o->ad.sid_len, sid);
	return arena_strdup(a, sid);
}

const char *
object_described(const struct object *o, struct arena *a)
{
	const char *shown = o->display_name && *o->display_name
		? o->display_name : NULL;
	const char *account = o->sam && *o->sam ? o->sam : o->upn;
	struct buf out = { 0 }, cn = { 0 };
	const char *text;

	if (!shown && !account && !o->mail && o->dn) {
		dn_first_value(&cn, o->dn);
		invisible_mark_bytes(&out, buf_text(&cn), cn.len);
		buf_release(&cn);
	} else {
		buf_adds(&out, shown ? shown : object_label(o));
	}
	if (shown && account && *account && !same_name(shown, account))
		buf_addf(&out, " (%s)", account);
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}

const char *
object_placed(const struct object *o, struct arena *a)
{
	struct buf out = { 0 };
	const char *text;

	buf_adds(&out, object_described(o, a));
	if (o->dn)
		buf_addf(&out, " in %s", place_described(dn_parent(o->dn), a));
	text = arena_strdup(a, buf_text(&out));
	buf_release(&out);
	return text;
}

const char *
place_described(const char *dn, struct arena *a)
{
	struct buf out = { 0 };
	const char *text = dn;

	if (dn_normalise(&out, dn) == 0) {
		buf_clear(&out);
		dn_canonical(&out, dn);
		text = arena_strdup(a, buf_text(&out));
	}
	buf_release(&out);
	return text;
}

bool
object_is_namesake(const struct object *ad, const struct object *tenant)
{
	return same_name(ad->sam, tenant->sam) ||
	       same_name(ad->upn, tenant->tenant.sync_upn) ||
	       same_name(ad->upn, tenant->upn);
}

struct ad_names
object_names(const struct object *o)
{
	return o->ad.before ? *o->ad.before : (struct ad_names){
		.dn = o->dn, .sam = o->sam, .upn = o->upn, .mail = o->mail,
		.primary = object_address(o),
		.nickname = o->mail_nickname,
		.proxies = (const char *const *)o->proxies,
		.proxy_count = o->proxy_count,
	};
}

bool
object_is_guest(const struct object *o)
{
	return o->tenant.guest == YES || (o->upn && strstr(o->upn, "#EXT#"));
}

bool
object_immutable_guid(const struct object *o, struct guid *out)
{
	return o->tenant.immutable_id &&
	       guid_from_base64(out, o->tenant.immutable_id,
	                        strlen(o->tenant.immutable_id)) == 0;
}
