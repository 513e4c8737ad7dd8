/* Reading objects of the model again. */
#include "analyze/model/model.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "analyze/scope/scope.h"
#include "analyze/whatif/whatif.h"
#include "base/err.h"
#include "base/json.h"
#include "base/list.h"

/* Files of older snapshots that a thread has open at once. */
enum { OLD_FILES_MAX = 16 };

struct file_reader {
	const char *path;            /* the file's own: by its address */
	struct blob *own;            /* NULL: the file has it open */
	struct blob_reader *reader;
};

struct fetch {
	const struct model *m;
	struct containers *containers;
	struct containers *past;     /* as history had them */
	struct picker *pickers[FORM_COUNT];
	const char *names[FORM_COUNT][PICK_NAMES_MAX];
	struct file_reader *readers;
	size_t reader_count, reader_room;
	size_t own_count;            /* of them have a file of their own */
	size_t next;                 /* of those, the one to be closed next */
	struct blob_text text;
};

struct fetch *
fetch_new(const struct model *m)
{
	struct fetch *f = xcalloc(1, sizeof(*f));

	f->m = m;
	f->containers = containers_new(&m->domains, SCOPE_OF_NOW);
	f->past = containers_new(&m->domains, SCOPE_OF_PAST);
	return f;
}

static void
reader_close(struct file_reader *r)
{
	blob_reader_free(r->reader);
	blob_close(r->own);
}

void
fetch_free(struct fetch *f)
{
	if (!f)
		return;
	containers_free(f->containers);
	containers_free(f->past);
	for (size_t i = 0; i < FORM_COUNT; i++)
		picker_free(f->pickers[i]);
	for (size_t i = 0; i < f->reader_count; i++)
		reader_close(&f->readers[i]);
	free(f->readers);
	blob_text_release(&f->text);
	free(f);
}

struct containers *
fetch_containers(struct fetch *f)
{
	return f->containers;
}

const struct policy *
fetch_policy(const struct fetch *f, const struct object *o)
{
	return model_policy(f->m, o);
}

const struct model *
fetch_model(const struct fetch *f)
{
	return f->m;
}

const struct table *
fetch_table(const struct fetch *f, enum section s)
{
	return &f->m->tables[s];
}

static struct picker *
fetch_picker(struct fetch *f, enum section s)
{
	enum form form = section_form(s);

	if (!f->pickers[form]) {
		const struct wanted wanted = policy_wanted(f->m->policy);
		size_t n = attr_names(&wanted, form, f->names[form]);

		f->pickers[form] = picker_new(f->names[form], n,
		                              json_best_way());
	}
	return f->pickers[form];
}

/* A free place among the readers, or that of the oldest with its own file. */
static struct file_reader *
reader_place(struct fetch *f, const struct table_file *file)
{
	if (file->blob || f->own_count < OLD_FILES_MAX) {
		f->own_count += !file->blob;
		LIST_RESERVE(f->readers, f->reader_room, f->reader_count + 1);
		return &f->readers[f->reader_count++];
	}
	while (!f->readers[f->next % f->reader_count].own)
		f->next++;
	reader_close(&f->readers[f->next % f->reader_count]);
	return &f->readers[f->next++ % f->reader_count];
}

struct blob_reader *
fetch_reader(struct fetch *f, const struct table_file *file, struct err *err)
{
	struct file_reader one = { .path = file->file.path };

	for (size_t i = 0; i < f->reader_count; i++)
		if (f->readers[i].path == one.path)
			return f->readers[i].reader;
	if (!file->blob) {
		one.own = blob_open(file->file.path, err);
		if (!one.own)
			return NULL;
	}
	one.reader = blob_reader_new(file->blob ? file->blob : one.own);
	*reader_place(f, file) = one;
	return one.reader;
}

int
fetch_piece(struct fetch *f, const struct table *t, size_t piece,
            struct blob_text *text, uint64_t *leaf, struct err *err)
{
	const struct table_file *file = table_file_of_piece(t, piece);

	struct blob_reader *reader = fetch_reader(f, file, err);

	if (!reader || blob_read_piece(reader, piece - file->first_piece,
	                               SNAPSHOT_LINE_MAX, PICK_PAD, text, leaf,
	                               err) < 0)
		return -1;
	text->from += file->first;
	return 0;
}

int
fetch_wrong(struct fetch *f, const struct table *t, uint64_t place,
            const char *name, const char *want, struct err *err)
{
	const struct table_file *file = table_file_at(t, place);
	struct blob_reader *reader = fetch_reader(f, file, err);
	unsigned long long line;

	if (!reader)
		return -1;
	line = blob_line_number(reader, place - file->first);
	return err_input(err, "%s:%llu: %s: want %s", file->file.path, line,
	                 name, want);
}

bool
fetch_is_present(const struct fetch *f, const struct table *t)
{
	return t >= f->m->tables && t < f->m->tables + SECTION_COUNT;
}

void
fetch_take(struct fetch *f, const struct table *t, enum section s,
           const struct picked *line, struct arena *a, struct object *o)
{
	attr_map(o, section_form(s), line, a);
	if (f->m->edits && section_side(s) == SIDE_AD &&
	    fetch_is_present(f, t) && section_form(s) == FORM_AD)
		edits_apply(f->m->edits, o, a);
	if (o->target && section_form(s) == FORM_AD)
		o->ad.is_outside = model_is_outside(f->m, o);
}

int
fetch_line(struct fetch *f, const struct table *t, enum section s,
           uint64_t place, uint32_t wanted, struct arena *a,
           struct object *o, struct err *err)
{
	const struct table_file *file = table_file_at(t, place);
	struct blob_reader *reader = fetch_reader(f, file, err);
	struct picker *p = fetch_picker(f, s);
	const struct picked *line;
	struct json_error e;
	char *block;

	/* A name or value may be looked at beyond its end: some bytes more. */
	if (!reader || blob_read_line(reader, place - file->first,
	                              (size_t)wanted + 1, 0, &f->text, err) < 0)
		return -1;
	block = arena_alloc(a, f->text.len + PICK_PAD);
	memcpy(block, f->text.data, f->text.len);
	picker_load(p, block, f->text.len);
	if (picker_again(p, 0, wanted, &line, &e) < 0)
		return fetch_wrong(f, t, place, "line",
		                   "what was there when it was read first",
		                   err);
	fetch_take(f, t, s, line, a, o);
	return 0;
}

void
fetch_domain(struct fetch *f, struct object *o)
{
	if (o->side == SIDE_AD)
		o->domain = container_domain(f->containers, o);
}

void
fetch_left_domain(struct fetch *f, struct object *o)
{
	if (o->tenant.sync_domain)
		o->domain = domains_find(&f->m->domains,
		                         o->tenant.sync_domain);
	else if (o->dn)
		o->domain = container_of(f->containers, o->dn)->of;
}

void
fetch_scope(struct fetch *f, const struct table *t, struct object *o)
{
	struct containers *cs = fetch_is_present(f, t) ? f->containers
	                                               : f->past;

	struct scope_verdict place;

	if (o->side != SIDE_AD)
		return;
	place = container_place(cs, o);
	/* By now it may lie elsewhere. */
	if (o->ad.place_then != WHEN_NONE && place.state != SCOPE_IN &&
	    place.cause != SCOPE_BY_CONNECTOR)
		place = scope_was_out;
	scope_judge(o, table_covered(t, o), model_policy(f->m, o)->filters,
	            place);
}

/* The first supplement of the row, by bisection. */
static size_t
first_supplement(const struct model *m, enum section s, uint32_t row)
{
	size_t low = 0, high = m->supplement_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct supplement *x = &m->supplements[mid];

		if (x->owner < s || (x->owner == s && x->row < row))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* A linked mailbox is an object of its own, of which O gets a part. */
static int
fetch_mailbox(struct fetch *f, const struct supplement *x, struct arena *a,
              struct object *o, struct err *err)
{
	struct object mailbox;

	object_init(&mailbox, x->section);
	if (fetch_line(f, &f->m->tables[x->section], x->section, x->place,
	               x->wanted, a, &mailbox, err) < 0)
		return -1;
	linked_mailbox_merge(o, &mailbox, a);
	return 0;
}

static const struct snapshot *
line_from(const struct fetch *f, enum section s, uint64_t place)
{
	return table_file_at(&f->m->tables[s], place)->from;
}

/*
 * A newer list without DN has the object, and X is what an older snapshot says
 * of it: where it was then, and nothing that the list was asked for.
 */
static void
seal(const struct fetch *f, const struct row *r, const struct supplement *x,
     struct object *o)
{
	const struct domain *unknown = domains_unknown(&f->m->domains);
	when_t then;

	o->sealed = (struct attr_set){ { 0 } };
	if (o->side != SIDE_AD || x->section != x->owner || !unknown)
		return;
	then = snapshot_collected(line_from(f, x->section, x->place));
	if (then == snapshot_collected(line_from(f, x->owner, r->place)))
		return;
	o->sealed = f->m->tables[x->owner].covered[unknown->index];
	if (!o->dn)
		o->ad.place_then = then;
}

int
fetch_supplements(struct fetch *f, enum section s, uint32_t row,
                  struct arena *a, struct object *o, struct err *err)
{
	const struct model *m = f->m;

	for (size_t i = first_supplement(m, s, row);
	     i < m->supplement_count; i++) {
		const struct supplement *x = &m->supplements[i];

		if (x->owner != s || x->row != row)
			break;
		if (x->is_linked) {
			if (fetch_mailbox(f, x, a, o, err) < 0)
				return -1;
			continue;
		}
		seal(f, &m->tables[s].rows[row], x, o);
		if (fetch_line(f, &m->tables[x->section], x->section, x->place,
		               x->wanted, a, o, err) < 0)
			return -1;
	}
	return 0;
}

int
fetch_own_line(struct fetch *f, enum section s, uint32_t row, struct arena *a,
               struct object *o, struct err *err)
{
	const struct table *t = fetch_table(f, s);

	object_init(o, s);
	return fetch_line(f, t, s, t->rows[row].place, t->rows[row].wanted, a,
	                  o, err);
}

int
fetch_object(struct fetch *f, enum section s, uint32_t row, struct arena *a,
             struct object *o, struct err *err)
{
	const struct table *t = &f->m->tables[s];
	const struct row *r = &t->rows[row];

	object_init(o, s);
	if (fetch_line(f, t, s, r->place, r->wanted, a, o, err) < 0)
		return -1;
	if (r->completed && fetch_supplements(f, s, row, a, o, err) < 0)
		return -1;
	fetch_scope(f, t, o);
	o->row = row + 1;
	return 0;
}

static when_t
when_newer(const struct model *m, const struct row *row, uint16_t snapshot)
{
	return snapshot == HISTORY_NOW
		? model_collected(m, model_domain(m, row))
		: snapshot_collected(m->history[snapshot]);
}

int
fetch_history(struct fetch *f, const struct row *row, struct arena *a,
              const struct history **out, struct err *err)
{
	const struct model *m = f->m;
	const struct history **to = out;

	*out = NULL;
	for (uint32_t i = row->history; i; i = m->history_rows[i - 1].older) {
		const struct history_row *p = &m->history_rows[i - 1];
		const struct snapshot *from = m->history[p->snapshot];
		const struct table *t = &m->history_tables[p->snapshot *
		                                           SECTION_COUNT +
		                                           p->section];
		struct history *one = arena_alloc(a, sizeof(*one));
		struct object *then = arena_alloc(a, sizeof(*then));

		object_init(then, p->section);
		if (fetch_line(f, t, p->section, p->place, p->wanted, a,
		               then, err) < 0)
			return -1;
		*one = (struct history){
			.when = snapshot_collected(from),
			.scope = p->scope == SCOPE_UNSEEN ? SCOPE_IN
				: (enum scope_state)p->scope,
			.unplaced = p->scope == SCOPE_UNSEEN,
			.enabled = (enum tristate)p->enabled, .dn = then->dn,
			.control = then->ad.control,
			.control_version = then->ad.control_stamp.version,
			.name_version = then->ad.name_stamp.version,
			.then = then,
		};
		for (int k = 0; k < HISTORY_TELLS; k++)
			one->newer[k] = when_newer(m, row, p->newer[k]);
		*to = one;
		to = &one->older;
	}
	return 0;
}

