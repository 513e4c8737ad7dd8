/* The files of a section, one behind the other. */
#include "analyze/model/model.h"

#include <stdlib.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/list.h"

/*
 * Files of a section that stay open: of a thousand domains there may be more
 * than a process may have.
 */
enum { OPEN_FILES_MAX = 32 };

/* Of the domain of FROM with that number. */
static void
add_covered(struct attr_set *to, const struct snapshot *from, enum section s,
            size_t at, const struct wanted *w)
{
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);

		if (name && snapshot_domain_covers(from, at, s, name))
			attr_set_add(to, (unsigned)a);
	}
	for (size_t i = 0; i < w->custom_count; i++)
		/* Where values lack, none is not "none". */
		if (snapshot_domain_covers(from, at, s, w->custom[i]) &&
		    !snapshot_domain_lack(from, at, s, w->custom[i]).objects)
			attr_set_add(to, ATTR_CUSTOM + (unsigned)i);
}

/* Whether the domain's lines in FROM count. */
static bool
counts(const struct domain *d, const struct snapshot *from, enum table_age age)
{
	return (d->present == from) == (age == TABLE_NOW);
}

/* Fills what FROM asked for of each domain; whether it has others as well. */
static bool
take_domains(const struct model *m, struct table *t,
             const struct snapshot *from, enum section s, enum table_age age)
{
	const struct wanted wanted = policy_wanted(m->policy);
	bool is_mixed = false;

	for (size_t i = 0; i < snapshot_domain_count(from); i++) {
		const struct domain *d = domains_find(&m->domains,
			snapshot_domain_at(from, i)->name);

		if (d && counts(d, from, age))
			add_covered(&t->covered[d->index], from, s, i, &wanted);
		else if (d)
			is_mixed = true;
	}
	for (size_t i = 0; i < m->domains.count; i++)
		if (m->domains.items[i].at == ALL_DOMAINS &&
		    m->domains.items[i].present == from)
			add_covered(&t->covered[i], from, s, ALL_DOMAINS,
			            &wanted);
	return is_mixed;
}

/* The place behind the last byte. */
static uint64_t
table_end(const struct table *t)
{
	const struct table_file *last = t->file_count
		? &t->files[t->file_count - 1] : NULL;

	return last ? last->first + last->size : 0;
}

int
table_add(struct model *m, struct table *t, const struct snapshot *from,
          enum section s, enum table_age age, struct err *err)
{
	const struct wanted wanted = policy_wanted(m->policy);
	struct table_file f = { .from = from };

	if (!t->covered)
		t->covered = xcalloc(m->domains.count + 1,
		                     sizeof(*t->covered));
	if (section_side(s) == SIDE_AD)
		f.is_mixed = take_domains(m, t, from, s, age);
	else
		add_covered(t->covered, from, s, ALL_DOMAINS, &wanted);
	f.file = snapshot_file(from, s);
	if (!f.file.path)
		return 0;
	f.blob = blob_open(f.file.path, err);
	if (!f.blob) {
		free(f.file.path);
		return -1;
	}
	f.first = table_end(t);
	f.size = blob_size(f.blob);
	f.first_piece = t->pieces;
	f.pieces = blob_pieces(f.blob);
	t->pieces += f.pieces;
	if (t->file_count >= OPEN_FILES_MAX) {
		blob_close(f.blob);
		f.blob = NULL;
	}
	LIST_RESERVE(t->files, t->file_room, t->file_count + 1);
	t->files[t->file_count++] = f;
	return 0;
}

void
table_close_files(struct table *t)
{
	for (size_t i = 0; i < t->file_count; i++) {
		blob_close(t->files[i].blob);
		t->files[i].blob = NULL;
	}
}

const struct attr_set *
table_covered(const struct table *t, const struct object *o)
{
	static const struct attr_set nothing;

	if (!t->covered)
		return &nothing;
	return &t->covered[o->side == SIDE_AD && o->domain
	                   ? o->domain->index : 0];
}

const struct table_file *
table_file_at(const struct table *t, uint64_t place)
{
	size_t low = 0, high = t->file_count;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (t->files[mid].first <= place)
			low = mid;
		else
			high = mid;
	}
	return &t->files[low];
}

const struct table_file *
table_file_of_piece(const struct table *t, size_t piece)
{
	size_t low = 0, high = t->file_count;

	while (high - low > 1) {
		size_t mid = low + (high - low) / 2;

		if (t->files[mid].first_piece <= piece)
			low = mid;
		else
			high = mid;
	}
	return &t->files[low];
}
