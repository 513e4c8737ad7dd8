/*
 * Which keys of accounts were collected, and so, whose accounts can be told:
 * the source anchor and the SID name the AD object for good, and who is known
 * not to be synchronized has none ("Microsoft Entra Connect: Design concepts",
 * sourceAnchor; Graph's user resource, onPremisesSyncEnabled). An account that
 * tells neither may be any object's.
 */
#include "analyze/model/model.h"

#include <string.h>

#include "analyze/object/object.h"

/* What a section's objects are known by, and what to say without it. */
static const struct known_by {
	enum section section, ad;
	enum attr anchor;            /* synchronized objects have it */
	const char *not_asked;       /* the anchor was not */
	const char *some;            /* of some it is not known */
	const char *not_in_ad;       /* AD has nothing to compare it with */
} known_by[] = {
	{ TENANT_USERS, AD_USERS, ATTR_IMMUTABLE_ID,
	  "onPremisesImmutableId was not collected of the tenant's users",
	  "some of the tenant's users have neither onPremisesImmutableId nor "
	  "onPremisesSecurityIdentifier",
	  "objectGUID was not collected of AD's users" },
	{ TENANT_GROUPS, AD_GROUPS, ATTR_SYNC_SID,
	  "onPremisesSecurityIdentifier was not collected of the tenant's "
	  "groups",
	  "some of the tenant's groups have no onPremisesSecurityIdentifier",
	  "objectSid was not collected of AD's groups" },
	/* Graph tells no key of contacts, only addresses. */
	{ TENANT_CONTACTS, AD_CONTACTS, ATTR_COUNT,
	  "onPremisesSyncEnabled was not collected of the tenant's contacts",
	  "some of the tenant's contacts have neither mail nor proxyAddresses",
	  NULL },
	{ TENANT_DELETED_USERS, AD_USERS, ATTR_IMMUTABLE_ID,
	  "onPremisesImmutableId was not collected of the tenant's deleted "
	  "users",
	  "some of the tenant's deleted users have neither "
	  "onPremisesImmutableId nor onPremisesSecurityIdentifier",
	  "objectGUID was not collected of AD's users" },
};

enum { KNOWN_BY = sizeof(known_by) / sizeof(known_by[0]) };

/* Whether an object without the attribute has none, unless it lost it. */
static bool
knows(const struct model *m, enum section s, enum attr attr)
{
	return attr != ATTR_COUNT && m->tenant && model_covers(m, s, attr);
}

static bool
knows_address(const struct model *m, enum section s)
{
	return knows(m, s, ATTR_MAIL) || knows(m, s, ATTR_PROXIES);
}

void
joins_fill(struct model *m)
{
	for (size_t i = 0; i < KNOWN_BY; i++) {
		const struct known_by *k = &known_by[i];
		struct joins *j = &m->joins[k->section];

		*j = (struct joins){
			.anchor = k->anchor,
			.matter = model_lines(m, k->ad) > 0,
			.by_anchor = model_covers(m, k->ad, ATTR_GUID),
			.by_sid = model_covers(m, k->ad, ATTR_SID),
			.knows_anchor = knows(m, k->section, k->anchor),
			.knows_synced = knows(m, k->section, ATTR_SYNCED),
		};
		j->tells = k->anchor == ATTR_COUNT
			? j->knows_synced && knows_address(m, k->section)
			: j->knows_anchor && (k->anchor == ATTR_IMMUTABLE_ID
			                      ? j->by_anchor : j->by_sid);
		j->by_name = j->matter && !j->tells &&
			(k->section == TENANT_USERS ||
			 k->section == TENANT_GROUPS);
	}
}

/* An anchor that is no GUID, in base64, is that of another attribute. */
static bool
is_comparable(const char *anchor)
{
	enum { LENGTH = 24 };

	return anchor && strlen(anchor) == LENGTH &&
	       strcmp(anchor + LENGTH - 2, "==") == 0;
}

bool
joins_is_placed(const struct joins *j, const struct object *o)
{
	return (j->by_anchor && is_comparable(o->tenant.immutable_id) &&
	        !attr_set_has(&o->unclear, ATTR_IMMUTABLE_ID)) ||
	       (j->by_sid && o->tenant.sync_sid);
}

bool
joins_may_be_own(const struct row *ad, const struct account *account)
{
	return account && (account->open || (ad->keyless &&
		(account->synced == YES || account->anchored)));
}

bool
joins_is_keyless(const struct model *m, const struct object *o)
{
	/* Without the SID an account may be told by the DN that it shows. */
	bool sid = o->ad.sid && (o->dn || model_covers(m, TENANT_USERS,
	                                               ATTR_SYNC_SID));

	if (o->kind == KIND_GROUP)
		return !o->ad.sid;
	return o->kind == KIND_USER && !o->has_guid &&
	       !o->ad.has_consistency_guid && !sid;
}

/* Whether the tenant was asked for the attribute, and O's value is clear. */
static bool
is_told(bool asked, const struct object *o, enum attr attr)
{
	return asked && !attr_set_has(&o->unclear, (unsigned)attr);
}

/* Graph tells no anchor of groups. */
static bool
may_have_anchor(const struct joins *j, const struct object *o)
{
	if (j->anchor != ATTR_IMMUTABLE_ID)
		return false;
	return o->tenant.immutable_id ? !is_comparable(o->tenant.immutable_id)
	                              : !is_told(j->knows_anchor, o, j->anchor);
}

bool
joins_is_parted(const struct model *m, enum section s, const struct object *o)
{
	const struct joins *j = &m->joins[s];

	if (o->kind == KIND_CONTACT || may_have_anchor(j, o))
		return false;
	if (s == TENANT_DELETED_USERS)
		return true;
	return o->tenant.synced != YES &&
	       (o->tenant.synced == NO ||
	        is_told(j->knows_synced, o, ATTR_SYNCED) ||
	        (o->kind == KIND_USER && !o->tenant.immutable_id));
}

bool
joins_is_open(const struct model *m, enum section s, const struct object *o)
{
	const struct joins *j = &m->joins[s];
	bool knows_anchor = is_told(j->knows_anchor, o, j->anchor);
	bool knows_synced = is_told(j->knows_synced, o, ATTR_SYNCED);

	if (!j->matter || o->tenant.synced == NO || object_is_guest(o) ||
	    joins_is_placed(j, o))
		return false;
	if (o->tenant.synced == YES && o->kind == KIND_CONTACT)
		return !o->mail && !o->proxy_count;
	if (o->tenant.synced == YES)
		return !(knows_anchor && (o->dn || (o->sam &&
		                          o->tenant.sync_domain)));
	return !knows_synced && !knows_anchor;
}

void
joins_settle(struct model *m, enum section s)
{
	const struct table *t = &m->tables[s];

	/* What another file completes is not open any more. */
	for (size_t i = 0; m->joins[s].open && i < t->count; i++)
		if (!t->rows[i].merged && t->rows[i].account &&
		    t->rows[i].account->open)
			return;
	m->joins[s].open = false;
}

const char *
joins_lack(const struct model *m, enum section tenant)
{
	const struct joins *j = &m->joins[tenant];

	for (size_t i = 0; i < KNOWN_BY; i++) {
		const struct known_by *k = &known_by[i];

		if (k->section != tenant || !j->open)
			continue;
		if (k->anchor == ATTR_COUNT ? !j->knows_synced
		    : !model_covers(m, tenant, k->anchor))
			return k->not_asked;
		return k->not_in_ad && !(k->anchor == ATTR_IMMUTABLE_ID
		                         ? j->by_anchor : j->by_sid)
			? k->not_in_ad : k->some;
	}
	return NULL;
}

bool
joins_use_names(const struct model *m, enum section tenant)
{
	const struct joins *j = &m->joins[tenant];

	return j->by_name || j->open || j->stray;
}

uint64_t
joins_by_name(const struct model *m)
{
	static const enum section sections[] = {
		AD_USERS, AD_GROUPS, AD_CONTACTS
	};
	uint64_t n = 0;

	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		const struct table *t = &m->tables[sections[i]];

		if (!joins_use_names(m, section_twin(sections[i])))
			continue;
		for (size_t k = 0; k < t->count; k++)
			n += !t->rows[k].merged && t->rows[k].twin &&
			     how_is_name((enum how)t->rows[k].how);
	}
	return n;
}
