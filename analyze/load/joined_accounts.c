/* Who has the account of several that are one. */
#include "analyze/load/joined_accounts.h"

#include "analyze/forecast/forecast.h"
#include "analyze/object/object.h"

/* It has the account, whatever its source anchor. */
static void
move(struct model *m, uint32_t from, uint32_t to)
{
	struct row *rows = m->tables[AD_USERS].rows;

	rows[to].twin = rows[from].twin;
	rows[to].how = HOW_NAMES;
	rows[from].twin = 0;
	m->tables[TENANT_USERS].rows[rows[to].twin - 1].twin = to + 1;
}

static int
look(struct model *m, struct fetch *f, uint32_t row, struct err *err)
{
	struct quarantine asks = {
		.m = m, .fetch = f, .section = AD_USERS, .row = row,
		.err = err,
	};
	struct arena scratch = { 0 };
	uint32_t holder = joined_holder(&asks, &scratch);

	arena_release(&scratch);
	if (asks.failed)
		return -1;
	if (holder)
		move(m, holder - 1, row);
	return 0;
}

/* A disabled user stands for nobody who has an account: it came first. */
static bool
may_stand(const struct row *r)
{
	return r->contested && !r->twin && !r->merged &&
	       r->scope == SCOPE_IN && r->enabled == YES;
}

int
joined_accounts_move(struct model *m, struct err *err)
{
	struct table *t = &m->tables[AD_USERS];
	struct fetch *f;
	int rc = 0;

	if (m->domains.forest_count < 2 || !m->tables[TENANT_USERS].count)
		return 0;
	f = fetch_new(m);
	for (size_t i = 0; i < t->count && rc == 0; i++)
		if (may_stand(&t->rows[i]))
			rc = look(m, f, (uint32_t)i, err);
	fetch_free(f);
	return rc;
}
