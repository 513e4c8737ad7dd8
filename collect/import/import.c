/* Chooses the parser of each file, and hands what it gives to the snapshot. */
#include "collect/import/import.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/warn.h"
#include "collect/import/ad_json.h"
#include "collect/import/azurehound.h"
#include "collect/import/clixml.h"
#include "collect/import/csv_source.h"
#include "collect/import/domaindump.h"
#include "collect/import/exchange_json.h"
#include "collect/import/graph_json.h"
#include "collect/import/input.h"
#include "collect/import/ldif.h"
#include "collect/import/page_log.h"
#include "collect/import/sharphound.h"
#include "collect/import/source.h"
#include "collect/import/value_judge.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/snapshot.h"

/* The kinds of input, in the order in which they are recognised. */
static const struct source *const sources[] = {
	&clixml_source,
	&domaindump_source,
	&azurehound_source,
	&sharphound_source,
	&exchange_json_source,
	&exchange_online_json_source,
	&ad_json_source,
	&graph_json_source,
	&ldif_source,
	&exchange_csv_source,
	&ad_csv_source,
	&portal_csv_source,
};

enum { SOURCES = sizeof(sources) / sizeof(sources[0]) };

/* One input: recognised before anything is read. */
struct file {
	char *path, *name;
	const struct source *source;
	char digest[DIGEST_TEXT];
	when_t modified;
	uint64_t size;
};

struct import {
	struct sink sink;        /* first: what the judge holds */
	struct value_judge *judge;       /* what the parsers fill */
	const struct import_settings *set;
	struct file *files;
	size_t count, room;
	struct snapshot_writer *writer;
	struct page_log *pages;
	struct name_set notes;
	const struct file *reading;
};

static struct import *
of_sink(struct sink *s)
{
	return (struct import *)s;
}

static int
on_put(struct sink *s, enum section section, const struct record *r,
       uint64_t line, struct err *err)
{
	(void)line;
	return snapshot_put(of_sink(s)->writer, section, r, err);
}

static void
on_asked(struct sink *s, enum section section)
{
	snapshot_asked(of_sink(s)->writer, section);
}

static void
on_partial(struct sink *s, enum section section, const char *reason)
{
	snapshot_partial(of_sink(s)->writer, section, reason);
}

static void
on_lack(struct sink *s, enum section section, const char *attribute,
        const char *reason)
{
	snapshot_lack(of_sink(s)->writer, section, attribute, reason);
}

static void
on_cover(struct sink *s, enum section section, enum cover cover,
         const char *const *names, size_t n)
{
	struct import *im = of_sink(s);

	if (im->set->all_attributes && section_side(section) == SIDE_AD)
		cover = COVER_ALL;
	snapshot_cover(im->writer, section, cover, names, n);
}

static void
on_page(struct sink *s, enum section section, const struct page *p)
{
	page_log_add(of_sink(s)->pages, section, p);
}

static void
on_note(struct sink *s, const char *text)
{
	struct import *im = of_sink(s);
	const char *path = im->reading->path;

	if (name_set_has(&im->notes, text))
		return;
	name_set_add(&im->notes, text);
	warn("%s", text);
	/* The snapshot is not to depend on where the files were. */
	if (strncmp(text, path, strlen(path)) == 0)
		text += strlen(path) - strlen(im->reading->name);
	snapshot_note(im->writer, text);
}

char *
import_kinds(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < SOURCES; i++)
		buf_addf(&out, "%s%s", i ? ", " : "", sources[i]->kind);
	return buf_detach(&out);
}

static void
add_file(struct import *im, char *path)
{
	LIST_RESERVE(im->files, im->room, im->count + 1);
	im->files[im->count++] = (struct file){
		.path = path, .name = path_base(path)
	};
}

static int
is_visible(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

/* The regular files of a folder, by name; a file stands for itself. */
static int
expand(struct import *im, const char *path, struct err *err)
{
	struct dirent **list = NULL;
	struct stat st;
	size_t before = im->count;
	int n;

	if (stat(path, &st) < 0 || !S_ISDIR(st.st_mode)) {
		add_file(im, xstrdup(path));
		return 0;
	}
	n = scandir(path, &list, is_visible, alphasort);
	if (n < 0)
		return err_input(err, "%s: cannot be read: %s", path,
		                 strerror(errno));
	for (int i = 0; i < n; i++) {
		char *inner = path_join(path, list[i]->d_name);

		if (stat(inner, &st) == 0 && S_ISREG(st.st_mode))
			add_file(im, inner);
		else
			free(inner);
		free(list[i]);
	}
	free(list);
	if (im->count == before)
		return err_input(err, "%s: has no files to import", path);
	return 0;
}

static const struct source *
by_kind(const char *kind)
{
	for (size_t i = 0; i < SOURCES; i++)
		if (strcmp(sources[i]->kind, kind) == 0)
			return sources[i];
	return NULL;
}

static int
unknown_content(const struct file *f, struct err *err)
{
	struct buf kinds = { 0 };

	for (size_t i = 0; i < SOURCES; i++)
		buf_addf(&kinds, "%s%s", i == 0 ? "" :
		         i + 1 < SOURCES ? ", " : ", or ", sources[i]->title);
	err_input(err, "%s:1: is nothing that syncscope knows; want %s",
	          f->path, kinds.data);
	buf_release(&kinds);
	return -1;
}

/* By how it begins; --as forces the kind. */
static int
recognise(struct import *im, struct file *f, struct err *err)
{
	struct input *in = input_open(f->path, im->set->encoding, err);
	const char *head;
	size_t len;

	if (!in)
		return -1;
	head = input_head(in, &len);
	f->modified = input_modified(in);
	f->size = input_size(in);
	if (im->set->kind)
		f->source = by_kind(im->set->kind);
	for (size_t i = 0; i < SOURCES && !f->source; i++)
		if (sources[i]->recognise(head, len))
			f->source = sources[i];
	input_close(in);
	return f->source ? 0 : unknown_content(f, err);
}

static int
feed_all(struct input *in, struct parser *p, struct err *err)
{
	const char *data;
	size_t len;
	int rc;

	while ((rc = input_next(in, &data, &len, err)) > 0)
		if (p->feed(p, data, len, err) < 0)
			return -1;
	return rc < 0 ? -1 : p->finish(p, err);
}

static int
read_file(struct import *im, struct file *f, struct err *err)
{
	struct input *in = input_open(f->path, im->set->encoding, err);
	struct parser *p;
	int rc;

	if (!in)
		return -1;
	im->reading = f;
	value_judge_begin(im->judge, f->path, f->name);
	p = f->source->open(f->path, value_judge_sink(im->judge));
	rc = feed_all(in, p, err);
	value_judge_end(im->judge);
	if (rc == 0)
		input_digest(in, f->digest);
	p->free(p);
	input_close(in);
	return rc;
}

/* Which sections lack pages. */
static void
tell_gaps(struct import *im)
{
	for (int s = 0; s < SECTION_COUNT; s++) {
		char *reason = page_log_gap(im->pages, (enum section)s);

		if (reason)
			snapshot_partial(im->writer, (enum section)s, reason);
		free(reason);
	}
}

/* The same files in another order give the same snapshot. */
static int
by_name(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	int cmp = strcmp(x->name, y->name);

	return cmp ? cmp : strcmp(x->path, y->path);
}

/* The digest without reading the objects. */
static int
take_digest(struct import *im, struct file *f, struct err *err)
{
	struct input *in;
	const char *data;
	size_t len;
	int rc;

	if (f->digest[0])
		return 0;
	in = input_open(f->path, im->set->encoding, err);
	if (!in)
		return -1;
	do
		rc = input_next(in, &data, &len, err);
	while (rc > 0);
	if (rc == 0)
		input_digest(in, f->digest);
	input_close(in);
	return rc;
}

static void
drop_file(struct import *im, size_t i)
{
	free(im->files[i].path);
	free(im->files[i].name);
	im->count--;
	memmove(im->files + i, im->files + i + 1,
	        (im->count - i) * sizeof(*im->files));
}

/* Whether an earlier file is the same as file I: 1, 0, or -1. */
static int
came_before(struct import *im, size_t i, struct err *err)
{
	struct file *f = &im->files[i];

	for (size_t k = 0; k < i; k++) {
		struct file *other = &im->files[k];

		if (other->size != f->size)
			continue;
		if (take_digest(im, f, err) < 0 ||
		    take_digest(im, other, err) < 0)
			return -1;
		if (strcmp(f->digest, other->digest) != 0)
			continue;
		warn("%s: is the same as %s and is read once", f->path,
		     other->path);
		return 1;
	}
	return 0;
}

/* Only files of one size can be the same, so that few are read twice. */
static int
drop_doubles(struct import *im, struct err *err)
{
	size_t i = 1;

	while (i < im->count) {
		int same = came_before(im, i, err);

		if (same < 0)
			return -1;
		if (same)
			drop_file(im, i);
		else
			i++;
	}
	return 0;
}

static when_t
collected_at(const struct import *im)
{
	when_t newest = im->set->collected;

	for (size_t i = 0; im->set->collected == WHEN_NONE && i < im->count;
	     i++)
		if (newest == WHEN_NONE || im->files[i].modified > newest)
			newest = im->files[i].modified;
	return newest;
}

static int
check_any(const struct import *im, struct err *err)
{
	uint64_t n = 0;

	for (int s = 0; s < SECTION_COUNT; s++)
		n += snapshot_count(im->writer, (enum section)s);
	return n ? 0 : err_input(err, "there is no object in %s%s",
	                         im->files[0].path,
	                         im->count > 1 ? " and the others" : "");
}

static enum exit_code
write_snapshot(struct import *im, struct err *err)
{
	struct snapshot_writer *w = im->writer;
	when_t collected = collected_at(im);
	bool partial;

	im->writer = NULL;
	for (size_t i = 0; i < im->count; i++)
		snapshot_input(w, im->files[i].name, im->files[i].source->kind,
		               im->files[i].digest);
	if (snapshot_commit_listed(w, collected, &partial, err) < 0)
		return err->code;
	return partial ? EXIT_PARTIAL : EXIT_DONE;
}

static enum exit_code
import_all(struct import *im, struct err *err)
{
	for (size_t i = 0; i < im->set->count; i++)
		if (expand(im, im->set->files[i], err) < 0)
			return err->code;
	for (size_t i = 0; i < im->count; i++)
		if (recognise(im, &im->files[i], err) < 0)
			return err->code;
	qsort(im->files, im->count, sizeof(*im->files), by_name);
	if (drop_doubles(im, err) < 0)
		return err->code;
	im->writer = snapshot_create(im->set->output, im->set->mode, err);
	if (!im->writer)
		return err->code;
	snapshot_pack(im->writer, im->set->packing);
	for (size_t i = 0; i < im->count; i++)
		if (read_file(im, &im->files[i], err) < 0)
			return err->code;
	if (check_any(im, err) < 0)
		return err->code;
	tell_gaps(im);
	return write_snapshot(im, err);
}

enum exit_code
import_run(const struct import_settings *set, struct err *err)
{
	struct import im = {
		.sink = { .put = on_put, .asked = on_asked,
		          .partial = on_partial, .lack = on_lack,
		          .cover = on_cover,
		          .page = on_page, .note = on_note },
		.set = set,
	};
	enum exit_code code;

	im.pages = page_log_new();
	im.judge = value_judge_new(&im.sink);
	code = import_all(&im, err);
	snapshot_abort(im.writer);
	for (size_t i = 0; i < im.count; i++) {
		free(im.files[i].path);
		free(im.files[i].name);
	}
	free(im.files);
	name_set_release(&im.notes);
	page_log_free(im.pages);
	value_judge_free(im.judge);
	return code;
}
