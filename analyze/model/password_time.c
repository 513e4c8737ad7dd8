/*
 * The tenant's word on passwords: lastPasswordChangeDateTime of a user whose
 * password hash is synchronized is pwdLastSet of AD within minutes, so that an
 * older one tells that AD's present password is not there. It follows from
 * "Implement password hash synchronization with Microsoft Entra Connect Sync",
 * which no document says in so many words.
 */
#include "analyze/model/model.h"

#include "base/utf8.h"

enum {
	MINUTE = 60, HOUR = 60 * MINUTE,
	/*
	 * Hashes go every two minutes (as above, "How password hash
	 * synchronization works"), and clocks may differ by five (the default
	 * of "Maximum tolerance for computer clock synchronization").
	 */
	NEAR = 10 * MINUTE,
	CLEARLY = HOUR,              /* older; or before AD was looked at */
	/* A date that was text may be of any zone, from UTC-12 to UTC+14. */
	ZONES = 14 * HOUR,
	SMARTCARD_REQUIRED = 0x40000,
};

/* 1990-01-01: what is earlier stands for no time, as 1601 and 0001 do. */
#define FIRST ((when_t)631152000)

static bool
is_near(when_t a, when_t b)
{
	return a - b <= NEAR && b - a <= NEAR;
}

bool
password_is_of_creation(const struct account *h)
{
	return h->created != WHEN_NONE && h->password_changed != WHEN_NONE &&
	       is_near(h->created, h->password_changed);
}

/* Whether the tenant is to have a password of AD, and it is known of when. */
static bool
is_comparable(const struct model *m, const struct account *h, when_t set)
{
	return m->tenant && h && h->synced == YES && !h->guest &&
	       set != WHEN_NONE && h->password_changed != WHEN_NONE &&
	       h->password_changed >= FIRST;
}

/* Whether AD's password was there to be sent when the tenant was looked at. */
static bool
was_there(const struct model *m, when_t set, when_t least)
{
	return set + least <= snapshot_collected(m->tenant);
}

/* Not with the account, which would have been made with it. */
static bool
came_after(const struct account *h, when_t set)
{
	return h->created == WHEN_NONE || h->created < set;
}

/* Of a password that was set then, by a time that may be a zone off. */
static enum password_word
told(const struct model *m, const struct account *h, when_t set, bool rounded)
{
	when_t least = rounded ? ZONES : CLEARLY;

	if (!is_comparable(m, h, set))
		return PASSWORD_NOT_TOLD;
	/* Of one that was never sent it may be the time of the account. */
	if (is_near(set, h->password_changed))
		return password_is_of_creation(h) ? PASSWORD_NOT_TOLD
		                                  : PASSWORD_SAME;
	if (h->password_changed - set > (rounded ? ZONES : NEAR))
		return password_is_of_creation(h) ? PASSWORD_NOT_TOLD
		                                  : PASSWORD_NEWER;
	return set - h->password_changed > least && was_there(m, set, least) &&
	       came_after(h, set) ? PASSWORD_OLDER : PASSWORD_NOT_TOLD;
}

enum password_word
password_told(const struct model *m, const struct object *o)
{
	return told(m, o->links.account, o->ad.password_set,
	            o->ad.password_rounded);
}

enum password_word
password_due_told(const struct model *m, const struct object *o)
{
	const struct stamp *s = &o->ad.password_stamp;

	return told(m, o->links.account, s->version ? s->when : WHEN_NONE,
	            false);
}

static bool
is_marked(const struct object *o, const char *as)
{
	return o->ad.admin_description &&
	       ascii_casecmp(o->ad.admin_description, as) == 0;
}

bool
password_stays(const struct object *o)
{
	return (o->ad.control & SMARTCARD_REQUIRED) ||
	       o->ad.inet_org_person == YES || is_marked(o, "PHSFiltered");
}

bool
password_is_included(const struct object *o)
{
	return is_marked(o, "PHSIncluded");
}

/* ---- what all of them show ---- */

static bool
is_federated(const struct model *m, const struct object *o)
{
	const char *name = account_text(o->links.account, ACCOUNT_UPN);
	const char *domain = name ? address_domain(name) : NULL;

	return domain && model_is_federated(m, domain);
}

/* Whether AD's password is of after the tenant was looked at. */
static bool
is_late(const struct model *m, const struct object *o)
{
	return is_comparable(m, o->links.account, o->ad.password_set) &&
	       !was_there(m, o->ad.password_set, 0);
}

void
password_learn(struct facts *f, const struct model *m, const struct object *o)
{
	bool is_user = o->side == SIDE_AD && o->kind == KIND_USER &&
		o->enabled == YES && o->scope.state == SCOPE_IN &&
		!password_stays(o);
	bool is_synced = is_user && o->links.account &&
		o->links.account->synced == YES;
	enum password_word word = is_user ? password_told(m, o)
	                                  : PASSWORD_NOT_TOLD;
	struct password_tally one = {
		.agree = word == PASSWORD_SAME,
		.of = word == PASSWORD_SAME || word == PASSWORD_OLDER,
		.late = is_user && is_late(m, o), .users = is_synced,
		.included = is_user && password_is_included(o),
	};

	if (one.included || (is_synced && !is_federated(m, o)))
		facts_add_passwords(f, o->domain, &one);
}
