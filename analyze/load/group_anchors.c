/* Accounts that follow a group's source anchor. */
#include "analyze/load/group_anchors.h"

#include <string.h>

#include "analyze/model/model.h"
#include "base/hash.h"

/* Whether the group of the row has the GUID as its anchor, for real. */
static int
has_anchor(struct fetch *f, uint32_t row, const struct guid *guid, bool *has,
           struct err *err)
{
	struct arena scratch = { 0 };
	struct object o;
	int rc = fetch_object(f, AD_GROUPS, row, &scratch, &o, err);

	*has = rc == 0 && o.ad.has_consistency_guid &&
	       memcmp(&o.ad.consistency_guid, guid, sizeof(*guid)) == 0;
	arena_release(&scratch);
	return rc;
}

/* Both were screened as if it were not so. */
static void
move_account(struct model *m, struct row *old, uint32_t to)
{
	struct row *r = &m->tables[AD_GROUPS].rows[to];

	r->twin = old->twin;
	r->how = HOW_ANCHOR;
	m->tables[TENANT_GROUPS].rows[r->twin - 1].twin = to + 1;
	old->twin = 0;
	r->suspect = old->suspect = true;
}

static int
follow(struct registry *g, struct fetch *f, struct row *old, struct err *err)
{
	const struct row *rows = g->m->tables[AD_GROUPS].rows;
	uint64_t hash = hash_bytes(&old->guid, sizeof(old->guid));
	const struct key *end, *k = keys_find(&g->anchors, hash, &end);

	for (; k < end && old->twin; k++) {
		const struct row *r = &rows[k->row];
		bool has;

		if (k->hash != hash || k->section != AD_GROUPS || r->merged ||
		    r->scope != SCOPE_IN ||
		    (r->twin && r->how != HOW_SMTP && r->how != HOW_UPN))
			continue;
		if (has_anchor(f, k->row, &old->guid, &has, err) < 0)
			return -1;
		if (has)
			move_account(g->m, old, k->row);
	}
	return 0;
}

int
group_anchors_follow(struct registry *g, struct err *err)
{
	struct table *t = &g->m->tables[AD_GROUPS];
	struct fetch *f;
	int rc = 0;

	if (!g->anchors.count)
		return 0;
	f = fetch_new(g->m);
	for (size_t i = 0; i < t->count && rc == 0; i++) {
		struct row *r = &t->rows[i];

		if (r->has_guid && !r->merged && r->twin &&
		    r->scope != SCOPE_IN && r->how <= HOW_NAMES)
			rc = follow(g, f, r, err);
	}
	fetch_free(f);
	return rc;
}
