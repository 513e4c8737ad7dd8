/* Facts that all objects together tell. */
#include "analyze/model/model.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

struct facts *
facts_new(struct arena *a)
{
	struct facts *f = arena_alloc(a, sizeof(*f));

	*f = (struct facts){ .are = { UNKNOWN } };
	return f;
}

/* Who is not enabled tells nothing of what the others have. */
static void
count_mail(struct facts *f, const struct object *o)
{
	if (o->enabled == NO || account_kind_of(o) != ACCOUNT_KIND_PERSON)
		return;
	f->people++;
	f->with_mail += o->mail || o->proxy_count;
}

/* What AD shows of Exchange, at one of its users. */
static void
learn_exchange(struct facts *f, const struct object *o)
{
	bool is_remote = recipient_is_remote(o);

	if (o->ad.home_mdb == YES)
		f->are[FACT_DATABASE] = YES;
	if (is_remote && recipient_remote_kind(o) != ONLINE_USER)
		f->are[FACT_REMOTE_SHARED] = YES;
	if (is_remote && o->target)
		f->are[FACT_TARGET] = YES;
	if (is_remote && o->ad.remote_type == YES)
		f->are[FACT_REMOTE_TYPE] = YES;
	if (f->are[FACT_ROUTED] != YES && o->mail_nickname &&
	    object_is_routed(o))
		f->are[FACT_ROUTED] = YES;
	/* A public folder mailbox is asked for by Autodiscover as well. */
	if (recipient_is_on_premises(o) || (o->ad.home_mdb == YES &&
	    o->ad.recipient_type == INT64_C(1) << 36))
		f->are[FACT_LOCAL_MAILBOX] = YES;
}

/* What the script beside Exchange's management tools makes. */
static bool
is_tools_group(const struct object *o)
{
	static const char name[] = "Recipient Management EMT";

	return (o->cn && ascii_casecmp(o->cn, name) == 0) ||
	       (o->sam && ascii_casecmp(o->sam, name) == 0);
}

void
facts_learn(struct facts *f, enum section s, const struct object *o)
{
	if (attr_set_has(&o->have, ATTR_META_XML) ||
	    attr_set_has(&o->have, ATTR_META_BINARY))
		f->are[FACT_METADATA] = YES;
	if (o->tenant.synced == YES && s == TENANT_USERS)
		f->are[FACT_SYNCED] = YES;
	if (o->tenant.synced == YES && s == TENANT_CONTACTS)
		f->are[FACT_SYNCED_CONTACTS] = YES;
	if (o->side == SIDE_AD && object_is_of_cloud(o))
		f->are[FACT_OF_CLOUD] = YES;
	if (o->kind == KIND_USER && o->links.how == HOW_ANCHOR)
		f->are[FACT_ANCHORED] = YES;
	if (o->side == SIDE_AD && o->kind == KIND_USER && o->links.account &&
	    o->links.how == HOW_NAMES && o->links.account->anchored &&
	    o->links.account->synced == YES)
		f->are[FACT_UNLIKE] = YES;
	if (s == AD_USERS && o->ad.mailbox_guid.is == YES &&
	    o->ad.home_mdb == YES)
		f->are[FACT_MAILBOX_GUID] = YES;
	if (s == AD_USERS) {
		learn_exchange(f, o);
		count_mail(f, o);
	}
	if (s == AD_GROUPS && is_tools_group(o))
		f->are[FACT_TOOLS_GROUP] = YES;
	if (f->are[FACT_RECIPIENT] != YES && o->side == SIDE_AD &&
	    recipient_is_marked(o))
		f->are[FACT_RECIPIENT] = YES;
	if (o->ad.changed != WHEN_NONE && o->links.account &&
	    o->links.account->last_sync != WHEN_NONE)
		f->are[FACT_DATED] = YES;
}

/* ---- whose passwords agree with the tenant's ---- */

/* That of the domain, which is made. */
static struct password_tally *
tally_at(struct facts *f, size_t at)
{
	size_t had = f->password_count;

	if (at >= had) {
		f->password_count = at + 1;
		f->passwords = xreallocarray(f->passwords, at + 1,
		                             sizeof(*f->passwords));
		memset(f->passwords + had, 0,
		       (at + 1 - had) * sizeof(*f->passwords));
	}
	return &f->passwords[at];
}

static void
add(struct password_tally *to, const struct password_tally *more)
{
	to->agree += more->agree;
	to->of += more->of;
	to->late += more->late;
	to->users += more->users;
	to->included += more->included;
}

void
facts_add_passwords(struct facts *f, const struct domain *d,
                    const struct password_tally *more)
{
	add(tally_at(f, d ? d->index + 1 : 0), more);
}

struct password_tally
password_count(const struct model *m, const struct domain *d)
{
	struct password_tally out = { 0 };

	for (size_t i = 0; i < m->facts->password_count; i++)
		if (!d || (i && m->domains.items[i - 1].forest == d->forest))
			add(&out, &m->facts->passwords[i]);
	return out;
}

/* ---- all of them ---- */

void
facts_join(struct facts *to, const struct facts *from)
{
	for (int i = 0; i < FACT_COUNT; i++)
		if (from->are[i] == YES)
			to->are[i] = YES;
	to->people += from->people;
	to->with_mail += from->with_mail;
	for (size_t i = 0; i < from->password_count; i++)
		add(tally_at(to, i), &from->passwords[i]);
}

void
facts_settle(struct facts *f)
{
	enum { SHARE = 10 };

	if (f->with_mail && f->with_mail * SHARE >= f->people)
		f->are[FACT_MAIL] = YES;
	for (int i = 0; i < FACT_COUNT; i++)
		if (f->are[i] == UNKNOWN)
			f->are[i] = NO;
}

enum tristate
fact_is(const struct model *m, enum fact fact)
{
	return m->facts->are[fact];
}
