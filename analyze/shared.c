/* Values that several objects share. */
#include "analyze/shared.h"

#include "analyze/keys.h"
#include "analyze/model.h"

struct sharing {
	struct key_runs runs;
	struct model *m;
	struct key_list kept;
};

/* The object's row, and not that of a line which only completes it. */
static struct key
owner(const struct model *m, struct key k)
{
	const struct row *r = &m->tables[k.section].rows[k.row];

	if (r->merged)
		k.row = r->twin - 1;
	return k;
}

static void
each(struct key_runs *r, const struct key *first, size_t n)
{
	struct sharing *s = (struct sharing *)r;
	struct key one = owner(s->m, *first);
	bool several = false;

	for (size_t i = 1; i < n; i++) {
		struct key k = owner(s->m, first[i]);

		several |= k.section != one.section || k.row != one.row;
	}
	for (size_t i = 0; i < n && several; i++) {
		struct key k = owner(s->m, first[i]);

		s->m->tables[k.section].rows[k.row].suspect = true;
		key_list_add(&s->kept, k);
	}
}

void
shared_mark(struct model *m)
{
	struct sharing s = { .runs = { each }, .m = m };

	keys_build(&m->addresses, m->jobs);
	keys_runs(&m->addresses, &s.runs);
	keys_release(&m->addresses);
	keys_take(&m->addresses, &s.kept, 0);
	key_list_release(&s.kept);
	keys_build(&m->addresses, 1);
}
