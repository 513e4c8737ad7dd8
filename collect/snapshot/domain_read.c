/* Reads of each object what tells its domain, and nothing else. */
#include "collect/snapshot/domain_read.h"

#include <stdlib.h>

#include "base/blob.h"
#include "base/err.h"
#include "base/json.h"
#include "base/json_pick.h"
#include "base/mem.h"
#include "base/record.h"
#include "collect/snapshot/domain_count.h"
#include "collect/snapshot/opened.h"

struct domain_reader {
	struct domain_count *count;
	enum section section;
	struct section_file file;
	struct blob *blob;
	struct blob_reader *reader;
	struct blob_text text;
	struct picker *picker;
	struct record *record;
	uint64_t *leaves, lines;
};

/* What was picked, as a writer would have been given it. */
static void
fill_record(struct record *r, const struct picked *line)
{
	record_clear(r);
	for (size_t i = 0; i < domain_clue_count(); i++) {
		const struct pick *p = &line->at[i];
		const char *text;

		if (!picked_has(line, i) ||
		    (p->kind != PICK_TEXT && p->kind != PICK_LIST))
			continue;
		text = pick_text(p);
		if (text)
			record_add_text(r, domain_clues[i], text);
	}
}

static int
take_lines(struct domain_reader *d, struct err *err)
{
	size_t at = 0;

	picker_load(d->picker, d->text.data, d->text.len);
	while (at < d->text.len) {
		const struct picked *line;
		struct json_error e;

		d->lines++;
		if (picker_line(d->picker, at, &line, &e) < 0)
			return err_input(err, "%s:%llu:%zu: want %s",
			                 d->file.path,
			                 (unsigned long long)d->lines,
			                 e.offset + 1, e.want);
		at = line->next;
		fill_record(d->record, line);
		if (domain_count_take(d->count, d->section, d->record,
		                      err) < 0)
			return -1;
	}
	return 0;
}

static int
take_pieces(struct domain_reader *d, struct err *err)
{
	size_t n = blob_pieces(d->blob);

	d->leaves = xcalloc(n, sizeof(*d->leaves));
	for (size_t i = 0; i < n; i++)
		if (blob_read_piece(d->reader, i, SNAPSHOT_LINE_MAX, PICK_PAD,
		                    &d->text, &d->leaves[i], err) < 0 ||
		    take_lines(d, err) < 0)
			return -1;
	return section_file_check(&d->file, d->lines, d->leaves, n, err);
}

static int
take_section(struct domain_count *count, const struct snapshot *s,
             enum section sec, struct err *err)
{
	struct domain_reader d = {
		.count = count, .section = sec, .file = snapshot_file(s, sec),
	};
	int rc = 0;

	if (!d.file.path)
		return 0;
	d.blob = blob_open(d.file.path, err);
	if (d.blob) {
		d.reader = blob_reader_new(d.blob);
		d.picker = picker_new(domain_clues, domain_clue_count(),
		                      json_best_way());
		d.record = record_new();
	}
	rc = d.blob ? take_pieces(&d, err) : -1;
	record_free(d.record);
	picker_free(d.picker);
	blob_text_release(&d.text);
	blob_reader_free(d.reader);
	blob_close(d.blob);
	free(d.leaves);
	free(d.file.path);
	return rc;
}

int
domain_read(const struct snapshot *s, struct domain_list *out,
            struct err *err)
{
	struct domain_count *count = domain_count_new();
	int rc = 0;

	for (int i = 0; i < SECTION_COUNT && rc == 0; i++)
		if (section_side((enum section)i) == SIDE_AD)
			rc = take_section(count, s, (enum section)i, err);
	if (rc == 0)
		domain_count_settle(count, &s->manifest, NULL, out);
	domain_count_free(count);
	return rc;
}
