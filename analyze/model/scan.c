/* Goes through a section by threads; its pieces are taken in their order. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/json.h"

int
table_open(struct table *t, const struct snapshot *from, enum section s,
           const struct policy *p, struct err *err)
{
	const struct wanted wanted = policy_wanted(p);
	struct section_file file = { 0 };

	if (from)
		file = snapshot_file(from, s);
	for (int a = 0; from && a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);

		if (name && snapshot_covers(from, s, name))
			attr_set_add(&t->covered, (unsigned)a);
	}
	for (size_t i = 0; from && i < wanted.custom_count; i++)
		/* Where values lack, none is not "none". */
		if (snapshot_covers(from, s, wanted.custom[i]) &&
		    !snapshot_lack_of(from, s, wanted.custom[i]).objects)
			attr_set_add(&t->covered, ATTR_CUSTOM + (unsigned)i);
	t->path = file.path;
	if (!file.path)
		return 0;
	t->file = blob_open(file.path, err);
	return t->file ? 0 : -1;
}

static int
wrong_line(struct scan *s, struct scan_lane *l, uint64_t place,
           const struct json_error *e)
{
	unsigned long long line = blob_line_number(
		fetch_reader(l->fetch, s->table), place);

	return err_input(&l->err, "%s:%llu:%zu: want %s", s->table->path, line,
	                 e->offset + 1, e->want);
}

/* Of an object of AD that nothing tells from others nothing can be said. */
static bool
is_nameless(const struct scan *s, const struct object *o)
{
	return section_form(s->section) == FORM_AD && !o->dn && !o->has_guid &&
	       !o->ad.sid && !o->sam;
}

static int
work(struct crew *c, unsigned lane, size_t piece)
{
	struct scan *s = (struct scan *)c;
	struct scan_lane *l = &s->lanes[lane];
	struct blob_reader *reader = fetch_reader(l->fetch, s->table);
	size_t at = 0;

	l->lines = l->nameless = 0;
	if (blob_read_piece(reader, piece, SNAPSHOT_LINE_MAX, PICK_PAD,
	                    &l->text, &l->leaf, &l->err) < 0)
		return -1;
	picker_load(l->picker, l->text.data, l->text.len);
	while (at < l->text.len) {
		struct seen seen = { .place = l->text.from + at };
		const struct picked *line;
		struct json_error e;
		struct object o;

		if (picker_line(l->picker, at, &line, &e) < 0)
			return wrong_line(s, l, seen.place, &e);
		at = line->next;
		seen.wanted = (uint32_t)line->wanted;
		object_init(&o, s->section);
		fetch_take(l->fetch, s->table, s->section, line, &l->arena,
		           &o);
		if (is_nameless(s, &o))
			l->nameless++;
		else if (s->each(s, lane, &o, &seen) < 0)
			return -1;
		arena_clear(&l->arena);
		l->lines++;
	}
	return 0;
}

static int
commit(struct crew *c, unsigned lane, size_t piece)
{
	struct scan *s = (struct scan *)c;
	struct scan_lane *l = &s->lanes[lane];

	s->leaves[piece] = l->leaf;
	s->lines += l->lines;
	s->nameless += l->nameless;
	if (s->lines > s->file.count)
		return err_input(&l->err, "%s:%llu: more objects than the "
		                 "manifest's %llu", s->table->path,
		                 (unsigned long long)s->file.count + 1,
		                 (unsigned long long)s->file.count);
	s->take(s, lane, piece);
	return 0;
}

static void
open_lanes(struct scan *s, const char *const *names, size_t count)
{
	unsigned n = crew_lanes(s->crew.jobs);

	s->lanes = xcalloc(n, sizeof(*s->lanes));
	for (unsigned i = 0; i < n; i++) {
		s->lanes[i].fetch = fetch_new(s->m);
		s->lanes[i].picker = picker_new(names, count, json_best_way());
	}
}

static void
close_lanes(struct scan *s)
{
	for (unsigned i = 0; i < crew_lanes(s->crew.jobs); i++) {
		struct scan_lane *l = &s->lanes[i];

		if (s->end)
			s->end(s, i);
		fetch_free(l->fetch);
		picker_free(l->picker);
		blob_text_release(&l->text);
		arena_release(&l->arena);
	}
	free(s->lanes);
	free(s->leaves);
}

/* The error of the first piece that has one. */
static int
first_error(const struct scan *s, struct err *err)
{
	*err = s->lanes[crew_lane(s->crew.jobs, s->crew.failed)].err;
	return -1;
}

int
scan_run(struct scan *s, struct err *err)
{
	const struct wanted wanted = policy_wanted(s->m->policy);
	const char *names[PICK_NAMES_MAX];
	size_t count = attr_names(&wanted, section_form(s->section),
	                          names);
	int rc;

	if (!s->table->file)
		return 0;
	s->crew = (struct crew){
		.jobs = s->m->jobs, .pieces = blob_pieces(s->table->file),
		.work = work, .commit = commit,
	};
	s->leaves = xcalloc(s->crew.pieces, sizeof(*s->leaves));
	s->lines = 0;
	open_lanes(s, names, count);
	rc = crew_run(&s->crew) < 0 ? first_error(s, err)
	                            : section_file_check(&s->file, s->lines,
	                                                 s->leaves,
	                                                 s->crew.pieces, err);
	close_lanes(s);
	return rc;
}
