/* Finding the masters of linked mailboxes. */
#include "analyze/load/linked_masters.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/model/model.h"
#include "analyze/policy/policy.h"
#include "base/list.h"
#include "base/mem.h"

/* A mailbox and the account that may be its master. */
struct mailbox_master {
	uint32_t mailbox, master;
	uint64_t hash;               /* of the master's SID */
};

struct mailbox_masters {
	struct mailbox_master *items;
	size_t count, room;
};

/* Going through the users once more, for those that are masters. */
struct masters {
	struct scan scan;
	struct registry *g;
	struct mailbox_masters *lanes;
	uint32_t *counts;            /* lines in each lane's piece */
	struct mailbox_masters found;
	uint32_t rows;
};

static void
add_pair(struct mailbox_masters *p, struct mailbox_master one)
{
	LIST_RESERVE(p->items, p->room, p->count + 1);
	p->items[p->count++] = one;
}

static int
each(struct scan *s, unsigned lane, struct object *o, const struct seen *at)
{
	struct masters *f = (struct masters *)s;
	uint32_t row = f->counts[lane]++;
	const struct key *end, *k;
	uint64_t hash;

	(void)at;
	if (!o->ad.sid)
		return 0;
	hash = hash_bytes(o->ad.sid, o->ad.sid_len);
	k = keys_find(&f->g->linked, hash, &end);
	for (; k < end; k++)
		if (k->hash == hash)
			add_pair(&f->lanes[lane],
			         (struct mailbox_master){ k->row, row, hash });
	return 0;
}

static void
take(struct scan *s, unsigned lane, size_t piece)
{
	struct masters *f = (struct masters *)s;
	struct mailbox_masters *p = &f->lanes[lane];

	(void)piece;
	for (size_t i = 0; i < p->count; i++)
		add_pair(&f->found, (struct mailbox_master){
			p->items[i].mailbox, p->items[i].master + f->rows,
			p->items[i].hash
		});
	p->count = 0;
	f->rows += f->counts[lane];
	f->counts[lane] = 0;
}

/* What the two are to each other, behind the fingerprints. */
enum pair_is { PAIR_IS_NONE, PAIR_IS_JOINED, PAIR_IS_APART };

static enum pair_is
judge_pair(const struct model *m, const struct object *mailbox,
           const struct object *account)
{
	if (!linked_mailbox_is_master(mailbox, account))
		return PAIR_IS_NONE;
	return joined_pair(m, mailbox, account) != JOINED_BY_NOTHING
		? PAIR_IS_JOINED : PAIR_IS_APART;
}

static int
read_pair(struct model *m, struct fetch *fetch, struct mailbox_master p,
          enum pair_is *is, struct err *err)
{
	struct arena scratch = { 0 };
	struct object mailbox, account;
	int rc = fetch_object(fetch, AD_USERS, p.mailbox, &scratch, &mailbox,
	                      err);

	if (rc == 0)
		rc = fetch_object(fetch, AD_USERS, p.master, &scratch,
		                  &account, err);
	if (rc == 0) {
		const struct row *rows = m->tables[AD_USERS].rows;

		model_links(m, &rows[p.mailbox], AD_USERS, &mailbox.links);
		model_links(m, &rows[p.master], AD_USERS, &account.links);
	}
	*is = rc == 0 && p.mailbox != p.master
		? judge_pair(m, &mailbox, &account) : PAIR_IS_NONE;
	if (*is == PAIR_IS_APART)
		unjoined_note(m, (struct mailbox_apart){ p.mailbox, p.master },
		              &mailbox, &account);
	arena_release(&scratch);
	return rc;
}

/* The two are to find each other when they are judged. */
static void
claim_pair(struct model *m, struct mailbox_master p, uint64_t hash)
{
	struct key_list both = { 0 };

	registry_note(&both, hash, p.mailbox, AD_USERS);
	registry_note(&both, hash, p.master, AD_USERS);
	keys_take(&m->claims, &both, 0);
	key_list_release(&both);
}

static int
join_all(struct registry *g, const struct mailbox_masters *found,
         struct err *err)
{
	struct table *t = &g->m->tables[AD_USERS];
	struct fetch *fetch = fetch_new(g->m);
	int rc = 0;

	for (size_t i = 0; i < found->count && rc == 0; i++) {
		struct mailbox_master p = found->items[i];
		struct row *mailbox = &t->rows[p.mailbox];
		enum pair_is is;

		if (mailbox->merged || mailbox->part ||
		    t->rows[p.master].merged)
			continue;
		rc = read_pair(g->m, fetch, p, &is, err);
		if (rc < 0 || is != PAIR_IS_JOINED)
			continue;
		mailbox->part = true;
		mailbox->suspect = true;
		model_supplement(g->m, (struct supplement){
			.owner = AD_USERS, .row = p.master,
			.section = AD_USERS, .place = mailbox->place,
			.wanted = mailbox->wanted, .is_linked = true,
		});
		claim_pair(g->m, p, found->items[i].hash);
	}
	fetch_free(fetch);
	return rc;
}

int
linked_masters_find(struct registry *g, struct err *err)
{
	struct model *m = g->m;
	unsigned lanes = crew_lanes(m->jobs);
	struct masters f = {
		.scan = { .m = m, .table = &m->tables[AD_USERS],
		          .section = AD_USERS, .each = each, .take = take },
		.g = g,
	};
	int rc;

	if (!g->linked.count)
		return 0;
	keys_build(&g->linked, 1);
	f.lanes = xcalloc(lanes, sizeof(*f.lanes));
	f.counts = xcalloc(lanes, sizeof(*f.counts));
	rc = scan_run(&f.scan, err);
	if (rc == 0)
		rc = join_all(g, &f.found, err);
	if (rc == 0)
		rc = unjoined_settle(m, &g->linked, err);
	for (unsigned i = 0; i < lanes; i++)
		free(f.lanes[i].items);
	free(f.lanes);
	free(f.counts);
	free(f.found.items);
	return rc;
}

