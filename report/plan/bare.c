/* Whether a plan is as it was written: read in pieces, and nothing is kept. */
#include <stdio.h>
#include <string.h>

#include "base/csv.h"
#include "base/err.h"
#include "report/plan/former.h"
#include "report/plan/plan.h"

enum { PIECE = 64 * 1024 };

struct bare_reading {
	struct csv_sink sink;        /* first */
	bool has_titles, is_touched;
};

static bool
has_titles(const struct csv_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (i == PLAN_COLUMNS ||
		    strcmp(row->fields[i], plan_titles[i]) != 0)
			return false;
	return row->count == PLAN_COLUMNS;
}

/* What a first plan says: others say what became of items since. */
static bool
is_ours(const char *status)
{
	return !*status || strcmp(status, "open") == 0 ||
	       strcmp(status, "planned") == 0;
}

static int
put_row(struct csv_sink *sink, const struct csv_row *row, struct err *err)
{
	static const enum former_column notes[] = {
		PLAN_OWNER, PLAN_DATE, PLAN_COMMENT
	};
	struct bare_reading *r = (struct bare_reading *)sink;

	(void)err;
	if (!r->has_titles) {
		r->has_titles = true;
		r->is_touched = !has_titles(row);
		return 0;
	}
	r->is_touched |= row->count != PLAN_COLUMNS ||
	                 !*row->fields[PLAN_ITEM];
	r->is_touched |= row->count == PLAN_COLUMNS &&
	                 !is_ours(row->fields[PLAN_STATUS]);
	for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++)
		r->is_touched |= row->count == PLAN_COLUMNS &&
		                 *row->fields[notes[i]];
	return 0;
}

static bool
read_pieces(struct bare_reading *r, FILE *in)
{
	struct csv_reader *csv = NULL;
	char piece[PIECE];
	struct err err;
	size_t n;
	int rc = 0;

	while (rc == 0 && !r->is_touched &&
	       (n = fread(piece, 1, sizeof(piece) - 1, in)) > 0) {
		size_t skip = 0;

		piece[n] = '\0';
		if (!csv) {
			skip = strncmp(piece, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
			csv = csv_reader_new("", former_delimiter(piece +
			                     skip), 1, &r->sink);
		}
		rc = csv_feed(csv, piece + skip, n - skip, &err);
	}
	if (csv && rc == 0)
		rc = csv_finish(csv, &err);
	csv_reader_free(csv);
	return rc == 0 && r->has_titles && !r->is_touched && !ferror(in);
}

bool
plan_is_bare(const char *path)
{
	struct bare_reading r = { .sink = { put_row } };
	FILE *in = fopen(path, "rb");
	bool is_bare = in && read_pieces(&r, in);

	if (in)
		fclose(in);
	return is_bare;
}
