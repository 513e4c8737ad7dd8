/* Which objects of AD are one to sync. */
#include "analyze/model/model.h"

#include <string.h>

#include "analyze/policy/policy.h"
#include "base/utf8.h"

static bool
same_text(const char *a, const char *b)
{
	return a && b && utf8_same_folded(a, b);
}

static bool
same_anchor(const struct model *m, const struct object *a,
            const struct object *b)
{
	const struct guid *x = anchor_of(m, a);
	const struct guid *y = anchor_of(m, b);

	return x && y && memcmp(x, y, sizeof(*x)) == 0;
}

static bool
has_several_forests(const struct model *m)
{
	return m->domains.forest_count > 1;
}

/* Whose forest is not known may be of any. */
enum pairing
joined_pairing(const struct model *m, const struct object *a,
               const struct object *b)
{
	const struct forest *x = domains_forest(&m->domains, a->domain);
	const struct forest *y = domains_forest(&m->domains, b->domain);

	if (x->policy->engine == ENGINE_CLOUD_SYNC ||
	    y->policy->engine == ENGINE_CLOUD_SYNC)
		return PAIR_APART;
	return x == y || !*x->name || !*y->name ? PAIR_WITHIN : PAIR_ACROSS;
}

static bool
is_linked_pair(const struct object *a, const struct object *b)
{
	return (linked_mailbox_names_master(a) &&
	        linked_mailbox_is_master(a, b)) ||
	       (linked_mailbox_names_master(b) &&
	        linked_mailbox_is_master(b, a));
}

static bool
is_free_contact(const struct object *o)
{
	return o->kind == KIND_CONTACT && !o->links.account;
}

/* Contacts join by mail, whoever says how forests are joined. */
static enum joined_by
pair_within(const struct object *a, const struct object *b)
{
	if (is_linked_pair(a, b) &&
	    (linked_mailbox_waits(a) || linked_mailbox_waits(b) ||
	     (a->enabled == NO) != (b->enabled == NO)))
		return JOINED_BY_SID;
	return (is_free_contact(a) || is_free_contact(b)) &&
	       same_text(a->mail, b->mail) ? JOINED_BY_MAIL : JOINED_BY_NOTHING;
}

/* Only what is not synchronized yet is joined: each goes on as it is. */
static bool
are_synced_apart(const struct object *a, const struct object *b)
{
	return a->links.account && a->links.account->synced == YES &&
	       b->links.account && b->links.account->synced == YES;
}

static bool
share_value(const struct object *a, const struct object *b, size_t source)
{
	struct filter_value x, y;

	filter_value_of(&x, a, source);
	filter_value_of(&y, b, source);
	for (size_t i = 0; i < x.count; i++)
		for (size_t k = 0; k < y.count; k++)
			if (same_text(x.texts[i], y.texts[k]))
				return true;
	return false;
}

/* Each gives what two share, or JOINED_BY_NOTHING. */
static enum joined_by
by_mail(const struct policy *p, const struct object *a,
        const struct object *b)
{
	(void)p;
	return same_text(a->mail, b->mail) ? JOINED_BY_MAIL
	                                   : JOINED_BY_NOTHING;
}

static enum joined_by
by_name(const struct policy *p, const struct object *a,
        const struct object *b)
{
	(void)p;
	return same_text(a->sam, b->mail_nickname) ||
	       same_text(b->sam, a->mail_nickname) ? JOINED_BY_NAME
	                                           : JOINED_BY_NOTHING;
}

static enum joined_by
by_attribute(const struct policy *p, const struct object *a,
             const struct object *b)
{
	return share_value(a, b, p->join_source) ? JOINED_BY_ATTRIBUTE
	                                         : JOINED_BY_NOTHING;
}

/* What each join looks at; if nobody says which, it is as it looks. */
static const struct {
	bool by_sid;
	enum joined_by (*by)(const struct policy *p, const struct object *a,
	                     const struct object *b);
} across[] = {
	[JOIN_UNSAID] = { true, by_mail }, [JOIN_ONCE] = { false, NULL },
	[JOIN_MAIL] = { false, by_mail }, [JOIN_SID] = { true, NULL },
	[JOIN_NAME] = { false, by_name },
	[JOIN_ATTRIBUTE] = { false, by_attribute },
};

/* As the policy says, which is the same for all forests of a server. */
static enum joined_by
pair_across(const struct policy *p, const struct object *a,
            const struct object *b)
{
	if (across[p->join].by_sid && is_linked_pair(a, b))
		return JOINED_BY_SID;
	return across[p->join].by && !are_synced_apart(a, b)
		? across[p->join].by(p, a, b) : JOINED_BY_NOTHING;
}

static bool
can_be_joined(const struct object *o)
{
	return o->kind == KIND_USER || o->kind == KIND_CONTACT;
}

enum joined_by
joined_pair(const struct model *m, const struct object *a,
            const struct object *b)
{
	enum pairing pairing = joined_pairing(m, a, b);

	if (!can_be_joined(a) || !can_be_joined(b))
		return JOINED_BY_NOTHING;
	if (a->kind == KIND_USER && b->kind == KIND_USER &&
	    same_anchor(m, a, b))
		return JOINED_BY_ANCHOR;
	if (pairing == PAIR_APART)
		return JOINED_BY_NOTHING;
	return pairing == PAIR_WITHIN ? pair_within(a, b)
		: pair_across(model_policy(m, a), a, b);
}

/* Where there is nobody to be joined by it, mail is not looked at. */
static bool
joins_by_mail(const struct model *m, const struct policy *p)
{
	return (has_several_forests(m) &&
	        (p->join == JOIN_MAIL || p->join == JOIN_UNSAID)) ||
	       model_lines(m, AD_CONTACTS) > 0;
}

/* What has no mail has one perhaps: nobody asked for it. */
static bool
is_mail_open(const struct model *m, const struct object *o)
{
	return !o->mail && !attr_set_has(&o->have, ATTR_MAIL) &&
	       !attr_set_has(table_covered(&m->tables[section_of(
			SIDE_AD, o->kind)], o), ATTR_MAIL);
}

bool
joined_may_be(const struct model *m, const struct object *a,
              const struct object *b)
{
	enum pairing pairing = joined_pairing(m, a, b);
	enum join join = model_policy(m, a)->join;

	if (!can_be_joined(a) || !can_be_joined(b) || pairing == PAIR_APART ||
	    (!is_mail_open(m, a) && !is_mail_open(m, b)))
		return false;
	return pairing == PAIR_WITHIN
		? is_free_contact(a) || is_free_contact(b)
		: (join == JOIN_UNSAID || join == JOIN_MAIL) &&
		  !are_synced_apart(a, b);
}

bool
joined_by_mail_is_open(struct model_part p, enum kind kind)
{
	const struct policy *own = domains_forest(&p.m->domains,
	                                          p.d)->policy;
	enum section s = section_of(SIDE_AD, kind);

	return (kind == KIND_USER || kind == KIND_CONTACT) &&
	       own->engine != ENGINE_CLOUD_SYNC && joins_by_mail(p.m, own) &&
	       part_lines(p, s) && !part_covers(p, s, ATTR_MAIL);
}

static size_t
name_prints(const struct object *o, uint64_t *to)
{
	size_t n = 0;

	if (o->sam)
		to[n++] = unique_hash(UNIQUE_JOIN, o->sam);
	if (o->mail_nickname && !same_text(o->sam, o->mail_nickname))
		to[n++] = unique_hash(UNIQUE_JOIN, o->mail_nickname);
	return n;
}

size_t
joined_prints(const struct model *m, const struct object *o, struct arena *a,
              uint64_t **out)
{
	const struct policy *p = model_policy(m, o);
	bool several = has_several_forests(m);
	struct filter_value v = { .count = 0 };
	size_t n = 0;
	uint64_t *to;

	if (!can_be_joined(o) || p->engine == ENGINE_CLOUD_SYNC)
		return 0;
	if (several && p->join == JOIN_ATTRIBUTE)
		filter_value_of(&v, o, p->join_source);
	if (!several && !(o->mail && joins_by_mail(m, p)))
		return 0;
	*out = to = arena_alloc(a, (v.count + 3) * sizeof(*to));
	if (o->mail && joins_by_mail(m, p))
		to[n++] = unique_hash(UNIQUE_MAIL, o->mail);
	if (several && p->join == JOIN_NAME)
		n += name_prints(o, to + n);
	for (size_t i = 0; i < v.count; i++)
		to[n++] = unique_hash(UNIQUE_JOIN, v.texts[i]);
	return n;
}

/* ---- what was not collected of what joins go by ---- */

/* What P joins users by, or contacts, which have no SID and account name. */
static struct attr_set
join_reads(const struct policy *p, enum kind kind)
{
	static const struct attr_set users[] = {
		[JOIN_UNSAID] = ATTRS(ATTR_MAIL), [JOIN_ONCE] = { { 0 } },
		[JOIN_MAIL] = ATTRS(ATTR_MAIL),
		[JOIN_SID] = ATTRS(ATTR_SID, ATTR_MASTER_SID),
		[JOIN_NAME] = ATTRS(ATTR_SAM, ATTR_MAIL_NICKNAME),
		[JOIN_ATTRIBUTE] = { { 0 } },
	};
	static const struct attr_set contacts[] = {
		[JOIN_UNSAID] = ATTRS(ATTR_MAIL), [JOIN_ONCE] = { { 0 } },
		[JOIN_MAIL] = ATTRS(ATTR_MAIL), [JOIN_SID] = { { 0 } },
		[JOIN_NAME] = ATTRS(ATTR_MAIL_NICKNAME),
		[JOIN_ATTRIBUTE] = { { 0 } },
	};
	struct attr_set reads = (kind == KIND_USER ? users
	                                           : contacts)[p->join];

	if (p->join == JOIN_ATTRIBUTE)
		attr_set_add(&reads, filter_source_attr(p->join_source));
	return reads;
}

bool
joined_is_read(const struct model *m, const struct object *o)
{
	struct attr_set reads = join_reads(model_policy(m, o), o->kind);
	struct attr_set known = *table_covered(
		&m->tables[section_of(SIDE_AD, o->kind)], o);

	attr_set_join(&known, &o->have);
	return attr_set_covers(&known, &reads) &&
	       !attr_set_meets(&reads, &o->unclear);
}

/* Of users that were not read nothing is known. */
static void
find_unread(const struct model *m, const struct domain *d, struct forest *f)
{
	struct model_part p = { m, d };
	struct attr_set reads = join_reads(d->forest->policy, KIND_USER);

	if (!part_complete(p, AD_USERS) || part_is_filtered(p, AD_USERS)) {
		attr_set_join(&f->join_unread, &reads);
		return;
	}
	for (unsigned a = 0; part_lines(p, AD_USERS) && a < ATTR_SET_MAX; a++)
		if (attr_set_has(&reads, a) &&
		    !attr_set_has(&m->tables[AD_USERS].covered[d->index], a))
			attr_set_add(&f->join_unread, a);
}

void
joined_fill(struct model *m)
{
	struct domains *ds = &m->domains;

	for (size_t i = 0; i < ds->count; i++) {
		const struct domain *d = &ds->items[i];
		struct forest *f = &ds->forests[d->forest - ds->forests];

		if (!d->present || !*f->name || ds->forest_count < 2 ||
		    f->policy->engine == ENGINE_CLOUD_SYNC)
			continue;
		find_unread(m, d, f);
		if (!attr_set_is_empty(&f->join_unread))
			ds->joins_unread = true;
	}
}

/* What the other half of O would have to have, if there is any. */
static struct attr_set
mate_reads(const struct policy *p, const struct object *o)
{
	struct attr_set reads = { { 0 } };
	struct filter_value v;

	if ((p->join == JOIN_MAIL || p->join == JOIN_UNSAID) && o->mail)
		attr_set_add(&reads, ATTR_MAIL);
	if (p->join == JOIN_SID && linked_mailbox_names_master(o))
		attr_set_add(&reads, ATTR_SID);
	if (p->join == JOIN_SID && o->ad.sid)
		attr_set_add(&reads, ATTR_MASTER_SID);
	if (p->join == JOIN_NAME && o->sam)
		attr_set_add(&reads, ATTR_MAIL_NICKNAME);
	if (p->join == JOIN_NAME && o->mail_nickname)
		attr_set_add(&reads, ATTR_SAM);
	if (p->join != JOIN_ATTRIBUTE)
		return reads;
	filter_value_of(&v, o, p->join_source);
	if (v.count)
		attr_set_add(&reads, filter_source_attr(p->join_source));
	return reads;
}

bool
joined_has_value(const struct model *m, const struct object *o)
{
	const struct policy *p = model_policy(m, o);
	struct attr_set reads;

	if (!can_be_joined(o))
		return false;
	reads = mate_reads(p, o);
	return !attr_set_is_empty(&reads);
}

/* Whether a user of another forest may be the other half of O. */
static bool
may_have_mate(const struct model *m, const struct object *o)
{
	const struct domains *ds = &m->domains;
	const struct forest *own = domains_forest(ds, o->domain);
	struct attr_set reads;

	if (!ds->joins_unread || !*own->name)
		return false;
	reads = mate_reads(own->policy, o);
	for (size_t i = 0; i < ds->forest_count; i++)
		if (&ds->forests[i] != own &&
		    attr_set_meets(&ds->forests[i].join_unread, &reads))
			return true;
	return false;
}

bool
joined_is_open(const struct model *m, const struct object *o)
{
	const struct policy *p = model_policy(m, o);

	if (!has_several_forests(m) || !can_be_joined(o) ||
	    p->join == JOIN_ONCE || p->engine == ENGINE_CLOUD_SYNC)
		return false;
	return (p->join == JOIN_ATTRIBUTE &&
	        fact_is(m, FACT_JOIN_VALUE) == NO) ||
	       !joined_is_read(m, o) || may_have_mate(m, o);
}

bool
joined_with_unread(const struct model *m, const struct row *contact,
                   const struct object *holder)
{
	const char *domain = holder->tenant.sync_domain;
	const struct domain *own = model_domain(m, contact);
	const struct policy *p = own ? own->forest->policy : m->policy;

	return holder->side == SIDE_TENANT &&
	       holder->tenant.synced == YES && holder->kind == KIND_USER &&
	       p->engine != ENGINE_CLOUD_SYNC &&
	       (p->join == JOIN_UNSAID || p->join == JOIN_MAIL) &&
	       domain && !domains_find(&m->domains, domain);
}
