/* What an account that is in sync proves of the forecast. */
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/forecast.h"
#include "analyze/forecast/mail_kept.h"
#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/utf8.h"

/* Doubts about values, which an account that holds them settles. */
static const enum doubt of_values[] = {
	DOUBT_LICENCE, DOUBT_LAST_NAME, DOUBT_SEVERAL, DOUBT_MASKED,
	DOUBT_ROUTING, DOUBT_CHARACTERS, DOUBT_UNVERIFIED, DOUBT_ALIAS,
	DOUBT_UNLICENSED, DOUBT_RENAMED, DOUBT_NOT_TAKEN, DOUBT_NO_PRIMARY,
	DOUBT_GROUP_MOERA, DOUBT_QUARANTINE, DOUBT_LINKED, DOUBT_CLEANED,
	DOUBT_NAME_HELD,
};

/* Whether there were any. */
static bool
drop_doubts(struct object *o)
{
	uint64_t before = o->forecast.doubts;

	for (size_t i = 0; i < sizeof(of_values) / sizeof(of_values[0]); i++)
		o->forecast.doubts &= ~(UINT64_C(1) << of_values[i]);
	return o->forecast.doubts != before;
}

/*
 * The policy gives a licence that the account lacks, or takes one away. Plans
 * are not read then: who was ever licensed has an address in the initial
 * domain.
 */
static bool
is_relicensed(const struct model *m, const struct object *o)
{
	enum licensing how = m->policy->licensing;

	return o->kind == KIND_USER &&
	       (how == LICENSING_ALL || how == LICENSING_NONE) &&
	       o->forecast.will_have_mailbox !=
	       (account_text(o->links.account, ACCOUNT_MOERA) != NULL);
}

/*
 * Others write into an account that stands for several objects; and edits,
 * also of another that has a value in common, were never synchronized.
 */
static bool
is_in_sync(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return h->synced == YES && !h->unread &&
	       o->ad.changed != WHEN_NONE && h->last_sync != WHEN_NONE &&
	       h->last_sync > o->ad.changed &&
	       o->forecast.joined.end == JOINED_NOT &&
	       !o->ad.has_linked_mailbox && !is_relicensed(m, o) &&
	       !edited_is(m, o) &&
	       !(m->edits && o->forecast.contested_count);
}

static void
take(struct object *o, const struct object *twin)
{
	struct forecast *f = &o->forecast.line;
	const char *primary = object_primary(twin);

	f->upn = twin->upn;
	f->mail = twin->mail;
	f->mail_nickname = twin->mail_nickname;
	f->primary_smtp = primary ? primary : twin->mail;
	f->proxy_addresses = twin->proxies;
	f->proxy_count = twin->proxy_count;
	f->account_enabled = twin->enabled == YES ? ENABLED_YES
		: twin->enabled == NO ? ENABLED_NO : ENABLED_UNKNOWN;
	f->origin_count = f->dropped_count = f->change_count = 0;
	o->forecast.cause = PRIMARY_HELD;
	if (twin->upn && o->upn && utf8_same_folded(twin->upn, o->upn))
		o->forecast.upn_fault = o->forecast.upn_lost = NULL;
}

enum proof
evidence_weigh(const struct model *m, struct object *o,
               const struct object *twin)
{
	struct forecast *f = &o->forecast.line;
	bool in_sync = is_in_sync(m, o);

	if (f->change_count && !in_sync)
		return PROOF_NONE;
	if (f->change_count) {
		if (mail_may_be_kept(m, o))
			doubt_add(o, DOUBT_MAIL_KEPT);
		take(o, twin);
		drop_doubts(o);
		doubt_add(o, DOUBT_OVERRULED);
	} else if (drop_doubts(o) && !in_sync) {
		doubt_add(o, DOUBT_HELD);
	}
	f->action = ACTION_NONE;
	return !in_sync ? PROOF_NONE
		: o->forecast.cause == PRIMARY_HELD ? PROOF_AGAINST
		                                    : PROOF_FOR;
}
