/* What is not sure of the values of a forecast. */
#include "analyze/forecast/joined.h"
#include "analyze/forecast/licence.h"
#include "analyze/forecast/work.h"
#include "analyze/object/object.h"
#include "base/utf8.h"

/* The account holds another primary address today. */
static bool
loses_primary(const struct work *w)
{
	const char *now = work_held(w, ACCOUNT_PRIMARY);

	return now && (!w->primary.value ||
	               !utf8_same_folded(now, w->primary.value));
}

static void
doubt_primary(struct work *w)
{
	static const enum doubt by_cause[] = {
		[PRIMARY_MALFORMED] = DOUBT_NOT_TAKEN,
		[PRIMARY_RESERVED] = DOUBT_NOT_TAKEN,
		[PRIMARY_UNVERIFIED] = DOUBT_UNVERIFIED,
		[PRIMARY_CONFLICT] = DOUBT_NOT_TAKEN,
		[PRIMARY_LEFT_OVER] = DOUBT_NOT,
	};
	const struct object *o = w->with.o;

	if (by_cause[o->forecast.cause])
		work_doubt(w, by_cause[o->forecast.cause]);
	if (o->forecast.cause == PRIMARY_NONE && o->proxy_count)
		work_doubt(w, DOUBT_NO_PRIMARY);
	if (o->forecast.cause == PRIMARY_ONLY_SECONDARY && o->kind != KIND_USER)
		work_doubt(w, DOUBT_GROUP_MOERA);
	/* Who removed the licence by an edit asks for that very moment. */
	if (o->forecast.cause == PRIMARY_LEFT_OVER &&
	    o->ad.licence_edit == UNKNOWN && loses_primary(w))
		work_doubt(w, DOUBT_UNLICENSED);
	if (o->forecast.cause == PRIMARY_FROM_UPN && loses_primary(w))
		work_doubt(w, DOUBT_RENAMED);
}

/* AD lacks what Exchange Online wrote into the account. */
static bool
has_of_online(const struct work *w)
{
	const struct account *h = w->with.o->links.account;
	size_t shared = 0;

	for (size_t i = 0; h && i < w->count; i++)
		shared += address_is_of_online(w->proxies[i]) &&
		          account_has(h, unique_hash(UNIQUE_PROXY,
		                                     w->proxies[i]));
	return h && h->online_count > shared;
}

/* AD was not asked for what the names hang on, and no edit gives it. */
static bool
is_blind(const struct work *w)
{
	const struct object *o = w->with.o;
	enum section s = section_of(SIDE_AD, o->kind);
	struct attr_set needed = ATTRS(ATTR_PROXIES, ATTR_MAIL_NICKNAME);
	struct attr_set known = *table_covered(&w->with.m->tables[s],
	                                       w->with.o);

	if (o->kind == KIND_USER)
		attr_set_add(&needed, ATTR_UPN);
	if (o->forecast.cause != PRIMARY_FROM_PROXIES)
		attr_set_add(&needed, ATTR_MAIL);
	attr_set_join(&known, &o->have);
	return !attr_set_covers(&known, &needed);
}

void
work_doubt_all(struct work *w)
{
	const struct object *o = w->with.o;

	if (!w->with.m->domains_known || !w->with.m->initial_domain)
		work_doubt(w, DOUBT_DOMAINS);
	if (is_blind(w))
		work_doubt(w, DOUBT_ATTRIBUTES);
	if (o->ad.has_linked_mailbox)
		work_doubt(w, DOUBT_LINKED);
	if (licence_is_guessed(w->with.m, o))
		work_doubt(w, DOUBT_LICENCE);
	if (has_of_online(w))
		work_doubt(w, DOUBT_OF_ONLINE);
	if (o->kind == KIND_CONTACT && !w->mail)
		work_doubt(w, DOUBT_CONTACT_MAIL);
	joined_doubt_open(w->with.m, w->with.o);
	doubt_primary(w);
}
