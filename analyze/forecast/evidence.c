/* What an account that is in sync proves of the forecast. */
#include "analyze/forecast/doubt.h"
#include "analyze/forecast/forecast.h"
#include "analyze/forecast/mail_kept.h"
#include "analyze/forecast/parting.h"
#include "analyze/forecast/unheld.h"
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
	DOUBT_GUEST, DOUBT_REFUSED, DOUBT_HANDOVER,
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

enum { CYCLE = 30 * 60 };

/*
 * A cycle reads AD minutes before it writes to the tenant; and what AD became
 * after its snapshot nobody knows.
 */
static bool
is_later(const struct model *m, const struct object *o)
{
	when_t last = o->links.account->last_sync;

	return o->ad.changed != WHEN_NONE && last != WHEN_NONE &&
	       last > o->ad.changed + CYCLE &&
	       last <= model_collected(m, o->domain);
}

/* Others write into an account that stands for several objects. */
static bool
is_in_sync(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return h->synced == YES && !h->unread && is_later(m, o) &&
	       !m->domains_supposed &&
	       o->forecast.joined.end == JOINED_NOT &&
	       !o->ad.has_linked_mailbox && !is_relicensed(m, o);
}

/* Edits, also of another that has a value in common, never were. */
bool
evidence_is_in_sync(const struct model *m, const struct object *o)
{
	return is_in_sync(m, o) && !edited_is(m, o) &&
	       !(m->edits && o->forecast.contested_count);
}

/* Under edits, the account is evidence of what the object was before. */
static bool
is_evidence(const struct model *m, const struct object *o,
            const struct object *before)
{
	return !before ? evidence_is_in_sync(m, o)
		: before->forecast.line.action == ACTION_UPDATE &&
		  is_in_sync(m, before);
}

/* What is wrong with the sign-in name that it holds already is past. */
static void
settle_name(struct object *o, const struct object *twin)
{
	if (twin->upn && o->upn && utf8_same_folded(twin->upn, o->upn))
		o->forecast.upn_fault = o->forecast.upn_lost = NULL;
}

/*
 * A difference that somebody made in AD since the last synchronization, or
 * makes by an edit or a licence, is no sign that others own the attribute.
 */
static bool
is_explained(const struct model *m, const struct object *o)
{
	const struct account *h = o->links.account;

	return (h->last_sync != WHEN_NONE && o->ad.changed != WHEN_NONE &&
	        h->last_sync <= o->ad.changed + CYCLE) ||
	       edited_is(m, o) || is_relicensed(m, o);
}

static bool
is_primary_of(const struct object *twin, const char *address)
{
	const char *primary = object_primary(twin);

	primary = primary ? primary : twin->mail;
	return primary ? address && utf8_same_folded(primary, address)
	               : !address;
}

static void
take(const struct model *m, struct object *o, const struct object *twin,
     const struct parting *p, struct arena *a)
{
	struct forecast_state *s = &o->forecast;

	unheld_fill(m, o, twin, &p->overruled, a);
	parting_take(p, &s->line, twin, a);
	if (is_primary_of(twin, s->line.primary_smtp))
		s->cause = PRIMARY_HELD;
	if (!change_list_names(&p->caused, "userPrincipalName"))
		settle_name(o, twin);
	s->overruled = true;
	if (p->caused.count)
		doubt_add(o, DOUBT_EDITED);
	else
		drop_doubts(o);
	doubt_add(o, o->links.account->erring ? DOUBT_ERRING
	                                      : DOUBT_OVERRULED);
}

/* The account holds something else than the documents lead to. */
static void
hold_against(const struct model *m, struct object *o,
             const struct object *twin, const struct object *before,
             struct arena *a)
{
	struct parting p = parting_of(&o->forecast.line, twin, before, a);
	bool may_be_kept = mail_may_be_kept(m, o);

	if (!p.overruled.count)
		return;
	take(m, o, twin, &p, a);
	if (may_be_kept)
		doubt_add(o, DOUBT_MAIL_KEPT);
}

/* What AD became after it was read may be in the account already. */
static bool
is_after_reading(const struct model *m, const struct object *o)
{
	when_t last = o->links.account->last_sync;
	when_t read = model_collected(m, o->domain);

	return last != WHEN_NONE && read != WHEN_NONE && last > read + CYCLE;
}

enum proof
evidence_weigh(const struct model *m, struct object *o,
               const struct object *twin, const struct object *before,
               struct arena *a)
{
	struct forecast *f = &o->forecast.line;
	bool in_sync = is_evidence(m, o, before);

	if (in_sync)
		doubt_drop(o, of_online, 1);
	if (f->change_count && is_after_reading(m, o))
		doubt_add(o, DOUBT_BETWEEN);
	if (f->change_count && !is_explained(m, o) && mail_may_be_kept(m, o))
		doubt_add(o, DOUBT_MAIL_KEPT);
	if (f->change_count && !in_sync)
		return PROOF_NONE;
	if (in_sync && !f->change_count && o->links.twin)
		unheld_fill(m, o, twin, &(struct change_list){ NULL, 0 }, a);
	if (f->change_count)
		hold_against(m, o, twin, before, a);
	else if (drop_doubts(o) && !in_sync)
		doubt_add(o, DOUBT_HELD);
	if (!f->change_count)
		f->action = ACTION_NONE;
	if (!in_sync || !o->forecast.overruled)
		return in_sync ? PROOF_FOR : PROOF_NONE;
	/* What the tenant could not write is no proof of what AD makes. */
	return o->links.account->erring ? PROOF_ERRING : PROOF_AGAINST;
}
