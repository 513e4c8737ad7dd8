/* Chooses the parser of each file, and hands what it gives to the snapshot. */
#include "collect/import/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/warn.h"
#include "collect/import/claim.h"
#include "collect/import/config_seen.h"
#include "collect/import/graph_json.h"
#include "collect/import/import_files.h"
#include "collect/import/input.h"
#include "collect/import/lacking.h"
#include "collect/import/one_tenant.h"
#include "collect/import/page_log.h"
#include "collect/import/recognise.h"
#include "collect/import/source.h"
#include "collect/import/sources.h"
#include "collect/import/stream.h"
#include "collect/import/value_judge.h"
#include "collect/import/unjudged.h"
#include "collect/schema/schema.h"
#include "collect/snapshot/snapshot.h"

enum { DOUBLES_TOLD = 20 };      /* one by one */

struct import {
	struct sink sink;        /* first: what the judge holds */
	struct value_judge *judge;       /* what the parsers fill */
	const struct import_settings *set;
	struct import_files files;
	struct snapshot_writer *writer;
	struct page_log *pages;
	struct claims *claims;
	struct config_seen *config;
	struct one_tenant tenant;
	struct name_set notes;
	struct import_file *reading;
	size_t doubles;
	struct unjudged unjudged;
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
	struct import *im = of_sink(s);

	if (one_tenant_take(&im->tenant, section, r, im->reading->name,
	                    im->reading->path, line, err) < 0)
		return -1;
	claims_put(im->claims, section, r);
	config_seen_put(im->config, section, r);
	im->reading->objects[section]++;
	unjudged_take(&im->unjudged, section, r, im->reading->name, line);
	return snapshot_put(im->writer, section, r, err);
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

	claims_cover(im->claims, section, cover, names, n,
	             im->set->all_attributes &&
	             section_side(section) == SIDE_AD ? CLAIM_BY_WORD
	                                              : CLAIM_BY_INPUT);
}

static void
on_page(struct sink *s, enum section section, const struct page *p)
{
	if (section == TENANT_DELETED_USERS && p->context)
		of_sink(s)->reading->names_deleted = true;
	page_log_add(of_sink(s)->pages, section, p);
	claims_page(of_sink(s)->claims, section, p);
}

/* Whether it is said for the first time; the snapshot has it then. */
static bool
keep_note(struct import *im, const char *text)
{
	const char *path = im->reading->path;

	if (name_set_has(&im->notes, text))
		return false;
	name_set_add(&im->notes, text);
	/* The snapshot is not to depend on where the files were. */
	if (strncmp(text, path, strlen(path)) == 0)
		text += strlen(path) - strlen(im->reading->name);
	snapshot_note(im->writer, text);
	return true;
}

static void
on_remark(struct sink *s, const char *text)
{
	if (keep_note(of_sink(s), text))
		remark("%s", text);
}

static void
on_note(struct sink *s, const char *text)
{
	if (keep_note(of_sink(s), text))
		warn("%s", text);
}

char *
import_kinds(void)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < sources_count(); i++)
		buf_addf(&out, "%s%s", i ? ", " : "", sources[i]->kind);
	return buf_detach(&out);
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

/* Opens a file that was recognised. */
static struct input *
open_text(struct import *im, struct import_file *f, struct err *err)
{
	bool begun = f->held != NULL;
	struct input *in = import_file_open(&im->files, f, err);

	if (!in || begun || input_begin(in, im->set->encoding, err) == 0)
		return in;
	input_close(in);
	return NULL;
}

/* When all of it was read. */
static void
note_sums(struct import_file *f, struct input *in)
{
	input_digest(in, f->digest);
	f->size = input_size(in);
}

static int
read_file(struct import *im, struct import_file *f, struct err *err)
{
	struct input *in = open_text(im, f, err);
	struct parser *p;
	const char *head;
	size_t len, number;
	int rc;

	if (!in)
		return -1;
	im->reading = f;
	head = input_head(in, &len);
	number = claims_file(im->claims, f->name, f->source->kind, head, len);
	snapshot_from(im->writer, number);
	config_seen_from(im->config, f->name, number);
	value_judge_begin(im->judge, f->path, f->name);
	p = f->source->open(f->path, value_judge_sink(im->judge));
	rc = feed_all(in, p, err);
	value_judge_end(im->judge);
	if (rc == 0)
		note_sums(f, in);
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

/* The digest without reading the objects. */
static int
take_digest(struct import *im, struct import_file *f, struct err *err)
{
	struct input *in;
	const char *data;
	size_t len;
	int rc;

	if (f->digest[0])
		return 0;
	in = open_text(im, f, err);
	if (!in)
		return -1;
	do
		rc = input_next(in, &data, &len, err);
	while (rc > 0);
	if (rc == 0)
		note_sums(f, in);
	input_close(in);
	return rc;
}

static bool
shares_size(const struct import *im, size_t i)
{
	for (size_t k = 0; k < im->files.count; k++)
		if (k != i && im->files.items[k].size ==
		    im->files.items[i].size)
			return true;
	return false;
}

/*
 * Of those that can be the same as others, which are few. Standard input has
 * its digest when it was read, before all others.
 */
static int
take_digests(struct import *im, struct err *err)
{
	for (size_t i = 0; i < im->files.count; i++) {
		struct import_file *f = &im->files.items[i];

		if (!f->is_stdin &&
		    (f->size == SIZE_UNKNOWN || shares_size(im, i)) &&
		    take_digest(im, f, err) < 0)
			return -1;
	}
	return 0;
}

/* Whether a file that was read is the same as file I: 1, 0, or -1. */
static int
came_before(struct import *im, size_t i, struct err *err)
{
	struct import_file *f = &im->files.items[i];

	for (size_t k = 0; k < i; k++) {
		struct import_file *other = &im->files.items[k];

		if (other->size != f->size)
			continue;
		if (take_digest(im, f, err) < 0)
			return -1;
		if (strcmp(f->digest, other->digest) != 0)
			continue;
		if (im->doubles++ < DOUBLES_TOLD)
			warn("%s: is the same as %s and is read once",
			     f->path, other->path);
		return 1;
	}
	return 0;
}

static int
read_files(struct import *im, struct err *err)
{
	size_t i = 0;

	if (im->files.count > 1 && take_digests(im, err) < 0)
		return -1;
	while (i < im->files.count) {
		int same = came_before(im, i, err);

		if (same < 0 || (!same &&
		    read_file(im, &im->files.items[i], err) < 0))
			return -1;
		if (same)
			import_files_drop(&im->files, i);
		else
			i++;
	}
	if (im->doubles > DOUBLES_TOLD)
		warn("and %zu more files are the same as others",
		     im->doubles - DOUBLES_TOLD);
	return 0;
}

static when_t
collected_at(const struct import *im)
{
	when_t newest = im->set->collected;

	for (size_t i = 0; im->set->collected == WHEN_NONE &&
	     i < im->files.count; i++)
		if (newest == WHEN_NONE ||
		    im->files.items[i].modified > newest)
			newest = im->files.items[i].modified;
	return newest;
}

static int
check_any(const struct import *im, struct err *err)
{
	uint64_t n = 0;

	for (int s = 0; s < SECTION_COUNT; s++)
		n += snapshot_count(im->writer, (enum section)s);
	return n ? 0 : err_input(err, "there is no object in %s%s",
	                         im->files.items[0].path,
	                         im->files.count > 1 ? " and the others" : "");
}

/*
 * A bare list of users who are all deleted may be that of the deleted ones, or
 * that of all: then the tenant would have no living one.
 */
static int
check_living(const struct import *im, struct err *err)
{
	if (snapshot_written_state(im->writer, TENANT_USERS) !=
	    SECTION_NOT_ASKED)
		return 0;
	for (size_t i = 0; i < im->files.count; i++) {
		const struct import_file *f = &im->files.items[i];

		if (f->source == &graph_json_source && !f->names_deleted &&
		    f->objects[TENANT_DELETED_USERS])
			return err_input(err, "%s: has deleted users alone "
			                 "(deletedDateTime), and nothing says "
			                 "whether it is the list of these or "
			                 "of all: keep its @odata.context, or "
			                 "give the list of users, too",
			                 f->path);
	}
	return 0;
}

static enum exit_code
write_snapshot(struct import *im, struct err *err)
{
	struct snapshot_writer *w = im->writer;
	when_t collected = collected_at(im);
	struct buf lacking = { 0 };
	enum exit_code code;
	bool partial;

	lacking_add(&lacking, im->claims, w);
	im->writer = NULL;
	for (size_t i = 0; i < im->files.count; i++) {
		const struct import_file *f = &im->files.items[i];

		snapshot_input(w, f->name, f->source->kind, f->digest,
		               f->objects);
	}
	for (size_t i = 0; i < im->files.missed_count; i++)
		snapshot_note(w, im->files.missed[i]);
	if (snapshot_commit_listed(w, collected, &partial, err) < 0) {
		code = err->code;
	} else {
		code = partial || im->files.missed_count ? EXIT_PARTIAL
		                                         : EXIT_DONE;
		import_files_list(&im->files);
		fputs(buf_text(&lacking), stdout);
	}
	buf_release(&lacking);
	return code;
}

static enum exit_code
import_all(struct import *im, struct err *err)
{
	const struct kinds kinds = {
		.sources = sources, .count = sources_count(),
		.forced = im->set->kind ? source_by_kind(im->set->kind) : NULL,
		.encoding = im->set->encoding,
	};

	for (size_t i = 0; i < im->set->count; i++)
		if (import_files_add(&im->files, im->set->files[i], err) < 0)
			return err->code;
	if (recognise_all(&kinds, &im->files, err) < 0)
		return err->code;
	/* The same files in another order give the same snapshot. */
	import_files_sort(&im->files);
	im->writer = snapshot_create(im->set->output, im->set->mode, err);
	if (!im->writer)
		return err->code;
	snapshot_pack(im->writer, im->set->packing);
	if (read_files(im, err) < 0)
		return err->code;
	snapshot_from(im->writer, SNAPSHOT_NO_INPUT);
	if (check_any(im, err) < 0 || check_living(im, err) < 0)
		return err->code;
	tell_gaps(im);
	config_seen_tell(im->config, im->writer);
	claims_settle(im->claims, im->writer);
	unjudged_tell(&im->unjudged, im->writer);
	return write_snapshot(im, err);
}

enum exit_code
import_run(const struct import_settings *set, struct err *err)
{
	struct import im = {
		.sink = { .put = on_put, .asked = on_asked,
		          .partial = on_partial, .lack = on_lack,
		          .cover = on_cover,
		          .page = on_page, .note = on_note,
		          .remark = on_remark },
		.set = set,
	};
	enum exit_code code;

	im.pages = page_log_new();
	im.claims = claims_new(set->empties);
	im.config = config_seen_new();
	im.judge = value_judge_new(&im.sink);
	code = import_all(&im, err);
	snapshot_abort(im.writer);
	import_files_release(&im.files);
	name_set_release(&im.notes);
	unjudged_release(&im.unjudged);
	page_log_free(im.pages);
	claims_free(im.claims);
	config_seen_free(im.config);
	one_tenant_release(&im.tenant);
	value_judge_free(im.judge);
	return code;
}
