/* What is kept of tenant objects. */
#include "analyze/model/account.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyze/object/object.h"
#include "base/hash.h"
#include "base/sid.h"
#include "base/utf8.h"

/* The initial domain; where it is not known, any that could be it. */
static bool
is_initial(const char *initial, const char *domain)
{
	return initial ? ascii_casecmp(domain, initial) == 0
	               : domain_is_initial(domain);
}

/* The first address in the initial domain; any order gives the same. */
static const char *
find_moera(const char *initial, const struct object *o)
{
	const char *found = NULL;

	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *body = address_body(o->proxies[i]);
		const char *domain = address_domain(body);

		if (address_type(o->proxies[i]) <= ADDRESS_SECONDARY &&
		    domain && is_initial(initial, domain) &&
		    (!found || ascii_casecmp(body, found) < 0))
			found = body;
	}
	return found;
}

/* The same text as an earlier one is kept once. */
static uint32_t
same_as(const char *const texts[ACCOUNT_TEXTS],
        const uint32_t at[ACCOUNT_TEXTS], int n)
{
	for (int i = 0; i < n; i++)
		if (texts[i] && strcmp(texts[i], texts[n]) == 0)
			return at[i];
	return 0;
}

/* Lays the texts out behind what comes before; the bytes that they take. */
static size_t
lay_out(const char *const texts[ACCOUNT_TEXTS], uint32_t at[ACCOUNT_TEXTS])
{
	size_t used = 1;

	for (int i = 0; i < ACCOUNT_TEXTS; i++) {
		at[i] = texts[i] && *texts[i] ? same_as(texts, at, i) : 0;
		if (!texts[i] || !*texts[i] || at[i])
			continue;
		at[i] = (uint32_t)used;
		used += strlen(texts[i]) + 1;
	}
	return used;
}

static char *
text_area(const struct account *h)
{
	return (char *)(h->prints + h->print_count);
}

static void
fill_prints(struct account *h, const struct object *o, const char *primary)
{
	for (size_t i = 0; i < o->proxy_count; i++)
		h->prints[h->print_count++] = unique_hash(UNIQUE_PROXY,
		                                          o->proxies[i]);
	if (!o->proxy_count && primary)
		h->prints[h->print_count++] = unique_hash(UNIQUE_ADDRESS,
		                                          primary);
	if (o->upn && o->kind == KIND_USER)
		h->prints[h->print_count++] = unique_hash(UNIQUE_UPN, o->upn);
}

/* What services and Exchange Online have written, in one pass. */
static void
count_written(struct account *h, const struct object *o)
{
	for (size_t i = 0; i < o->proxy_count; i++) {
		const char *value = o->proxies[i];
		bool of_service = address_is_of_service(value);
		bool stays = address_stays(value);

		h->service_count += of_service;
		h->online_count += stays && !of_service;
		h->has_staying |= stays;
		h->has_sip |= of_service && !stays;
	}
}

uint32_t
account_print(const char *text)
{
	return text && *text ? (uint32_t)hash_bytes(text, strlen(text)) | 1
	                     : 0;
}

/* As hash_bytes of the GUID that the text is, or 0. */
static uint64_t
guid_print(const char *text)
{
	struct guid g;

	return text && guid_parse(&g, text) == 0 ? hash_bytes(&g, sizeof(g))
	                                         : 0;
}

/* As hash_bytes of the SID that the text is, or 0. */
static uint64_t
sid_print(const char *text)
{
	unsigned char bytes[SID_BYTES];
	size_t len;

	return text && sid_parse(bytes, &len, text) == 0
		? hash_bytes(bytes, len) : 0;
}

/* Whether what a forecast hangs on cannot be read. */
static bool
is_unread(const struct object *o)
{
	static const struct attr_set beside = ATTRS(
		ATTR_LAST_SYNC, ATTR_SYNC_ERRORS, ATTR_SERVICE_ERRORS,
		ATTR_PASSWORD_CHANGED);

	return !attr_set_covers(&beside, &o->unclear);
}

const struct account *
account_new(const struct object *o, const char *initial, struct arena *a)
{
	const char *primary = object_address(o);
	const char *texts[ACCOUNT_TEXTS] = {
		[ACCOUNT_UPN] = o->upn, [ACCOUNT_NICKNAME] = o->mail_nickname,
		[ACCOUNT_MOERA] = find_moera(initial, o),
		[ACCOUNT_PRIMARY] = primary,
		[ACCOUNT_SYNC_UPN] = o->tenant.sync_upn,
	};
	uint32_t at[ACCOUNT_TEXTS];
	struct guid anchor;
	size_t bytes = lay_out(texts, at);
	struct account *h = arena_alloc(a, sizeof(*h) + (o->proxy_count + 2) *
	                                sizeof(h->prints[0]) + bytes);

	*h = (struct account){
		.id = o->guid, .enabled = o->enabled,
		.synced = o->tenant.synced,
		.exchange_plan = o->tenant.exchange_plan,
		.mailbox_plan = o->tenant.mailbox_plan,
		.licensed = o->tenant.licensed,
		.guest = object_is_guest(o),
		.unified = o->tenant.unified,
		.exchange_managed = o->tenant.exchange_managed,
		.mailbox = recipient_is_online(o),
		.anchored = o->tenant.immutable_id != NULL,
		.open = o->links.is_open,
		.parted = o->links.is_parted,
		.anchor = object_immutable_guid(o, &anchor)
			? hash_bytes(&anchor, sizeof(anchor)) : 0,
		.mapped = guid_print(o->tenant.sync_object),
		.sid = o->tenant.sync_object ? sid_print(o->tenant.sync_sid)
		                             : 0,
		.has_mail = o->mail != NULL,
		.has_proxies = o->proxy_count > 0,
		.erring = o->tenant.sync_errors != NULL,
		.unread = is_unread(o),
		.deleted_when = o->tenant.deleted_when,
		.last_sync = o->tenant.last_sync,
		.created = o->tenant.created_when,
		.password_changed = o->tenant.password_changed,
		.printed = {
			[ACCOUNT_PRINT_DISPLAY_NAME] =
				account_print(o->display_name),
			[ACCOUNT_PRINT_GIVEN_NAME] =
				account_print(o->given_name),
			[ACCOUNT_PRINT_SURNAME] = account_print(o->surname),
			[ACCOUNT_PRINT_SID] =
				account_print(o->tenant.sync_sid),
		},
	};
	memcpy(h->text_at, at, sizeof(at));
	fill_prints(h, o, primary);
	count_written(h, o);
	for (int i = 0; i < ACCOUNT_TEXTS; i++)
		if (at[i])
			memcpy(text_area(h) + at[i], texts[i],
			       strlen(texts[i]) + 1);
	return h;
}

const char *
account_text(const struct account *h, enum account_name which)
{
	return h->text_at[which] ? text_area(h) + h->text_at[which] : NULL;
}

bool
account_has(const struct account *h, uint64_t print)
{
	for (uint32_t i = 0; i < h->print_count; i++)
		if (h->prints[i] == print)
			return true;
	return false;
}

const struct past_account *
past_account_find(const struct past_accounts *of, enum section s, uint32_t row)
{
	size_t lo = 0, hi = s == TENANT_USERS ? of->count : 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (of->items[mid].row < row)
			lo = mid + 1;
		else
			hi = mid;
	}
	return s == TENANT_USERS && lo < of->count && of->items[lo].row == row
		? &of->items[lo] : NULL;
}

static int
by_lost_row(const void *a, const void *b)
{
	const struct lost_account *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

const struct lost_account *
lost_account_find(const struct past_accounts *of, enum section s, uint32_t row)
{
	struct lost_account key = { .section = s, .row = row };

	return of->lost_count ? bsearch(&key, of->lost, of->lost_count,
	                                sizeof(key), by_lost_row) : NULL;
}

bool
account_has_address(const struct account *h, const char *address)
{
	return h && account_has(h, unique_hash(UNIQUE_ADDRESS, address));
}
