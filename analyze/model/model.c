/* What the model answers of itself. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/utf8.h"

uint64_t
table_lines(const struct table *t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t->file_count; i++)
		n += t->files[i].file.count;
	return n;
}

uint64_t
model_lines(const struct model *m, enum section s)
{
	return table_lines(&m->tables[s]);
}

const struct domain *
model_domain(const struct model *m, const struct row *r)
{
	return r->domain ? &m->domains.items[r->domain - 1] : NULL;
}

const struct policy *
model_policy(const struct model *m, const struct object *o)
{
	return domains_forest(&m->domains, o->domain)->policy;
}

when_t
model_collected(const struct model *m, const struct domain *d)
{
	const struct snapshot *from = d ? d->present : NULL;

	if (!from && m->ad_count)
		from = m->ad[0];
	return from ? snapshot_collected(from) : m->as_of;
}

bool
account_has_expired(const struct model *m, const struct object *o)
{
	when_t read = model_collected(m, o->domain);

	return o->ad.expires != WHEN_NONE && read != WHEN_NONE &&
	       o->ad.expires <= read;
}

const struct snapshot *
model_snapshot(const struct model *m, const struct object *o)
{
	if (o->side == SIDE_TENANT)
		return m->tenant;
	return o->domain && o->domain->present ? o->domain->present : m->ad[0];
}

uint64_t
model_objects(const struct model *m, enum section s)
{
	return m->tables[s].count - m->tables[s].merged;
}

/* In ASCII the first letter tells most strangers at once. */
static bool
begin_alike(const char *a, const char *b)
{
	return (*a | *b) & 0x80 || (*a | 32) == (*b | 32);
}

static size_t
find_domain(const char *const *list, size_t count, const char *domain)
{
	size_t i = 0;

	while (i < count && (!begin_alike(list[i], domain) ||
	                     ascii_casecmp(list[i], domain) != 0))
		i++;
	return i;
}

/* Its number in the list, as utf8_domain has them; COUNT: it is not there. */
static size_t
number_of(const char *const *list, size_t count, const char *domain)
{
	size_t i = find_domain(list, count, domain);
	struct buf folded = { 0 };

	if (i < count || !count || utf8_is_ascii(domain, strlen(domain)))
		return i;
	utf8_fold_domain(&folded, domain);
	i = find_domain(list, count, buf_text(&folded));
	buf_release(&folded);
	return i;
}

enum supposer
model_supposes(const struct model *m, const char *domain)
{
	const struct unverifiable *u = &m->unverifiable;
	size_t i = number_of(u->domains, u->count, domain);

	return i < u->count ? u->by[i] : SUPPOSED_NOT;
}

bool
model_is_unverifiable(const struct model *m, const char *domain)
{
	return model_supposes(m, domain) != SUPPOSED_NOT;
}

const char *
supposer_called(enum supposer by)
{
	static const char *const names[] = {
		[SUPPOSED_NOT] = "nobody",
		[SUPPOSED_BY_POLICY] = "the policy",
		[SUPPOSED_BY_EDITS] = "the what-if",
	};

	return names[by];
}

bool
model_is_federated(const struct model *m, const char *domain)
{
	return number_of(m->federated_domains, m->federated_count, domain) <
	       m->federated_count;
}

size_t
model_verified_number(const struct model *m, const char *domain)
{
	return number_of(m->verified_domains, m->verified_count, domain);
}

bool
model_is_verified(const struct model *m, const char *domain)
{
	return model_verified_number(m, domain) < m->verified_count;
}

/* Its anchor was not collected: it may be the object's own. */
static bool
is_open_deleted(const struct model *m, const struct row *r)
{
	const struct row *deleted = &m->tables[TENANT_DELETED_USERS]
	                            .rows[r->deleted - 1];

	return deleted->account && deleted->account->open;
}

void
model_links(const struct model *m, const struct row *r, enum section s,
            struct links *out)
{
	const struct row *twin = r->twin
		? &m->tables[section_twin(s)].rows[r->twin - 1] : NULL;
	const struct row *deleted = r->deleted && !r->former
		? &m->tables[TENANT_DELETED_USERS].rows[r->deleted - 1] : NULL;

	out->account = twin ? twin->account : NULL;
	out->how = twin ? (enum how)r->how : HOW_NOT;
	out->restorable = deleted ? deleted->account : NULL;
	out->has_deleted_account = deleted != NULL;
	out->has_former = r->former && !is_open_deleted(m, r);
	out->has_namesake = r->former && !out->has_former;
	out->is_open = !twin && section_twin(s) != SECTION_COUNT &&
	               (m->joins[section_twin(s)].open ||
	                (r->keyless && m->joins[section_twin(s)].some));
	out->has_parted = r->parted;
	/* What it lost (index_twins): the way there stays. */
	out->is_outranked = !twin && r->how == HOW_NAMES;
	out->is_part = r->part;
	out->may_share = r->contested || r->shared;
	out->seen_before = r->seen_before;
}

void
model_supplement(struct model *m, struct supplement s)
{
	LIST_RESERVE(m->supplements, m->supplement_room,
	             m->supplement_count + 1);
	m->supplements[m->supplement_count++] = s;
	m->tables[s.owner].rows[s.row].completed = true;
}

void
table_release(struct table *t)
{
	for (size_t i = 0; i < t->file_count; i++) {
		blob_close(t->files[i].blob);
		free(t->files[i].file.path);
	}
	free(t->files);
	free(t->covered);
	free(t->rows);
	free(t->piece_rows);
}

static void
seen_places_release(struct seen_places *p)
{
	free(p->containers);
	free(p->above);
	free(p->domains);
	free(p->hiding);
}

static void
release_timelines(struct timelines *t)
{
	for (int s = 0; s < SECTION_COUNT; s++)
		free(t->newest[s]);
	free(t->values);
	free(t->gone);
	hash_index_release(&t->names);
	hash_index_release(&t->anchors);
}

void
model_release(struct model *m)
{
	for (size_t i = 0; i < SECTION_COUNT; i++)
		table_release(&m->tables[i]);
	domains_release(&m->domains);
	for (size_t i = 0; m->history_tables &&
	     i < m->history_count * SECTION_COUNT; i++)
		table_release(&m->history_tables[i]);
	if (m->facts)
		facts_release(m->facts);
	free(m->history_tables);
	free(m->history_rows);
	for (int i = 0; i < SIDE_COUNT; i++)
		release_timelines(&m->timelines[i]);
	free(m->supplements);
	free(m->exchange.items);
	free(m->organization.forests);
	free(m->organization.settings);
	free(m->organization.heads);
	free(m->mailboxes.apart);
	free(m->unjoined.items);
	keys_release(&m->claims);
	free(m->unverifiable.domains);
	free(m->unverifiable.by);
	free(m->federated_domains);
	keys_release(&m->repeats);
	for (int i = 0; i < IN_USE_COUNT; i++)
		keys_release(&m->in_use[i]);
	free(m->mail_domains.items);
	keys_release(&m->by_dn);
	keys_release(&m->by_sid);
	keys_release(&m->controllers);
	seen_places_release(&m->seen_places);
	free(m->tombstones.items);
	free(m->tombstones.buried);
	free(m->containers_then.items);
	hash_index_release(&m->containers_then.by_then);
	free(m->containers_then.looks);
	guid_set_release(&m->admins);
	free(m->role_names.items);
	free(m->privileged.items);
	for (int i = 0; i < ROLE_RANKS; i++) {
		guid_set_release(&m->roles[i]);
		guid_set_release(&m->holders[i]);
	}
	guid_set_release(&m->cloud_managed);
	free(m->ad);
	free(m->history);
	free(m->other_tenants);
	free(m->past.tenants);
	free(m->past.items);
	free(m->past.lost);
	free(m->verified_domains);
	arena_release(&m->arena);
}
