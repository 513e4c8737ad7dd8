/* What AD has of mail attributes, whatever the forecast makes of it. */
#include "analyze/forecast/forecast.h"

#include <inttypes.h>
#include <stdio.h>

#include "analyze/object/object.h"

struct ad_telling {
	struct ad_value *items;
	size_t count;
	struct arena *arena;
};

static void
tell(struct ad_telling *t, const char *name, const char *text)
{
	if (text)
		t->items[t->count++] = (struct ad_value){ name, text, false };
}

static void
tell_word(struct ad_telling *t, const char *name, const char *word)
{
	t->items[t->count++] = (struct ad_value){ name, word, true };
}

static void
tell_number(struct ad_telling *t, const char *name, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	tell_word(t, name, arena_strdup(t->arena, text));
}

static void
tell_guid(struct ad_telling *t, const char *name, const struct exchange_guid *g)
{
	char text[GUID_TEXT];

	if (g->is != YES)
		return;
	if (!g->is_known) {
		tell_word(t, name, "true");
		return;
	}
	guid_format(&g->guid, text);
	tell(t, name, arena_strdup(t->arena, text));
}

/* Not legacyExchangeDN: it is long, and nobody is to change it. */
static void
tell_others(struct ad_telling *t, const struct object *o)
{
	const struct ad_values *ad = &o->ad;

	tell(t, "targetAddress", o->target);
	if (ad->recipient_type)
		tell_number(t, "msExchRecipientTypeDetails",
		            ad->recipient_type);
	if (ad->display_type != DISPLAY_TYPE_NONE)
		tell_number(t, "msExchRecipientDisplayType", ad->display_type);
	if (ad->remote_bits)
		tell_number(t, "msExchRemoteRecipientType", ad->remote_bits);
	if (ad->home_mdb == YES)
		tell_word(t, "homeMDB", "true");
	tell_guid(t, "msExchMailboxGuid", &ad->mailbox_guid);
	tell_guid(t, "msExchArchiveGUID", &ad->archive_guid);
	if (ad->hidden != UNKNOWN)
		tell_word(t, "msExchHideFromAddressLists",
		          ad->hidden == YES ? "true" : "false");
}

enum { OTHERS_MAX = 8 };

void
forecast_tell_ad(struct object *o, struct arena *a)
{
	struct ad_telling t = { .arena = a };
	struct ad_value told[OTHERS_MAX];

	if (o->kind == KIND_COMPUTER)
		return;
	t.items = told;
	tell_others(&t, o);
	o->forecast.line.ad = (struct ad_told){
		.is = true, .mail = o->mail, .mail_nickname = o->mail_nickname,
		.proxy_addresses = o->proxies, .proxy_count = o->proxy_count,
		.other_count = t.count,
	};
	if (!t.count)
		return;
	t.items = arena_alloc(a, t.count * sizeof(*t.items));
	for (size_t i = 0; i < t.count; i++)
		t.items[i] = told[i];
	o->forecast.line.ad.others = t.items;
}
