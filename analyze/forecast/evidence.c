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
	DOUBT_NAME_FOLLOWS, DOUBT_NAME_FEDERATED, DOUBT_NAME_HELD,
	DOUBT_REFUSED, DOUBT_HANDOVER,
};

/* One about values of the tenant's own, which time in sync settles. */
static const enum doubt of_online[] = { DOUBT_OF_ONLINE };

/* Whether there were any. */
static bool
drop_doubts(struct object *o)
{
	return doubt_drop(o, of_values,
	                  sizeof(of_values) / sizeof(of_values[0]));
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
 * A cycle reads AD minutes before it writes to the tenant; and what AD became
 * after its snapshot nobody knows.
 */
static bool
is_later(const struct model *m, const struct object *o)
{
	enum { CYCLE = 30 * 60 };
	when_t last = o->links.account->last_sync;

	return o->ad.changed != WHEN_NONE && last != WHEN_NONE &&
	       last > o->ad.changed + CYCLE &&
	       last <= model_collected(m, o->domain);
}

/* The tenant shows that it has not got AD's sign-in name yet. */
static bool
waits_for_name(const struct model *m, const struct object *o)
{
	const char *got = account_text(o->links.account, ACCOUNT_SYNC_UPN);

	return o->kind == KIND_USER && got && o->upn &&
	       !model_policy(m, o)->sign_in_is_mail &&
	       !utf8_same_folded(got, o->upn);
}

/*
 * Others write into an account that stands for several objects; and edits,
 * also of another that has a value in common, were never synchronized.
 */
bool
evidence_is_in_sync(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return h->synced == YES && !h->unread && is_later(m, o) &&
	       !m->domains_supposed && !waits_for_name(m, o) &&
	       o->forecast.joined.end == JOINED_NOT &&
	       !o->ad.has_linked_mailbox && !is_relicensed(m, o) &&
	       !edited_is(m, o) &&
	       !(m->edits && o->forecast.contested_count);
}

/* All that is told is what the account holds. */
static void
tell_origins(struct forecast *f, struct arena *a)
{
	const char *tenant = origin_name(ORIGIN_TENANT);
	struct origin *to = arena_alloc(a, (f->proxy_count + 2) * sizeof(*to));

	f->origins = to;
	f->origin_count = 0;
	if (f->upn)
		to[f->origin_count++] = (struct origin){
			.value = "upn", .from = tenant
		};
	if (f->mail_nickname)
		to[f->origin_count++] = (struct origin){
			.value = "mailNickname", .from = tenant
		};
	for (size_t i = 0; i < f->proxy_count; i++)
		to[f->origin_count++] = (struct origin){
			.value = f->proxy_addresses[i], .from = tenant
		};
}

static void
take(struct object *o, const struct object *twin, struct arena *a)
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
	f->dropped_count = f->change_count = 0;
	tell_origins(f, a);
	o->forecast.cause = PRIMARY_HELD;
	o->forecast.overruled = true;
	if (twin->upn && o->upn && utf8_same_folded(twin->upn, o->upn))
		o->forecast.upn_fault = o->forecast.upn_lost = NULL;
	o->forecast.upn_held = NULL;
}

enum proof
evidence_weigh(const struct model *m, struct object *o,
               const struct object *twin, struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	bool in_sync = evidence_is_in_sync(m, o);

	if (in_sync)
		doubt_drop(o, of_online, 1);
	/* What the tenant could not write is no proof of what AD makes. */
	if (f->change_count && (!in_sync || o->links.account->erring))
		return PROOF_NONE;
	if (f->change_count) {
		if (mail_may_be_kept(m, o))
			doubt_add(o, DOUBT_MAIL_KEPT);
		take(o, twin, a);
		drop_doubts(o);
		doubt_add(o, DOUBT_OVERRULED);
	} else if (drop_doubts(o) && !in_sync) {
		doubt_add(o, DOUBT_HELD);
	}
	f->action = ACTION_NONE;
	return !in_sync ? PROOF_NONE
		: o->forecast.overruled ? PROOF_AGAINST
		                                    : PROOF_FOR;
}
