/* Goes through a section by threads; its pieces are taken in their order. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/json.h"

static int
wrong_line(struct scan *s, struct scan_lane *l, uint64_t place,
           const struct json_error *e)
{
	const struct table_file *f = table_file_at(s->table, place);
	struct blob_reader *reader = fetch_reader(l->fetch, f, &l->err);
	unsigned long long line;

	if (!reader)
		return -1;
	line = blob_line_number(reader, place - f->first);
	return err_input(&l->err, "%s:%llu:%zu: want %s", f->file.path, line,
	                 e->offset + 1, e->want);
}

/* Whether the line is of a domain whose lines in the file count. */
static bool
counts(struct scan_lane *l, const struct scan *s, const struct table_file *f,
       struct object *o)
{
	bool is_now;

	if (!f->is_mixed)
		return true;
	fetch_domain(l->fetch, o);
	is_now = !o->domain || o->domain->present == f->from;
	return is_now == fetch_is_present(l->fetch, s->table);
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
	const struct table_file *f = table_file_of_piece(s->table, piece);
	size_t at = 0;

	l->lines = l->nameless = 0;
	if (fetch_piece(l->fetch, s->table, piece, &l->text, &l->leaf,
	                &l->err) < 0)
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
		else if (counts(l, s, f, &o) && s->each(s, lane, &o, &seen) < 0)
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

	const struct table_file *f = table_file_of_piece(s->table, piece);
	uint64_t *lines = &s->lines[f - s->table->files];

	s->leaves[piece] = l->leaf;
	s->nameless += l->nameless;
	*lines += l->lines;
	if (*lines > f->file.count)
		return err_input(&l->err, "%s:%llu: more objects than the "
		                 "manifest's %llu", f->file.path,
		                 (unsigned long long)f->file.count + 1,
		                 (unsigned long long)f->file.count);
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
	free(s->lines);
}

/* The error of the first piece that has one. */
static int
first_error(const struct scan *s, struct err *err)
{
	*err = s->lanes[crew_lane(s->crew.jobs, s->crew.failed)].err;
	return -1;
}

/* Holds each file against its manifest. */
static int
check_files(const struct scan *s, struct err *err)
{
	const struct table *t = s->table;

	for (size_t i = 0; i < t->file_count; i++) {
		const struct table_file *f = &t->files[i];

		if (section_file_check(&f->file, s->lines[i],
		                       s->leaves + f->first_piece, f->pieces,
		                       err) < 0)
			return -1;
	}
	return 0;
}

int
scan_run(struct scan *s, struct err *err)
{
	const struct wanted wanted = policy_wanted(s->m->policy);
	const char *names[PICK_NAMES_MAX];
	size_t count = attr_names(&wanted, section_form(s->section),
	                          names);
	int rc;

	if (!s->table->file_count)
		return 0;
	s->crew = (struct crew){
		.jobs = s->m->jobs, .pieces = s->table->pieces,
		.work = work, .commit = commit,
	};
	s->leaves = xcalloc(s->crew.pieces, sizeof(*s->leaves));
	s->lines = xcalloc(s->table->file_count, sizeof(*s->lines));
	open_lanes(s, names, count);
	rc = crew_run(&s->crew) < 0 ? first_error(s, err)
	                            : check_files(s, err);
	close_lanes(s);
	return rc;
}
