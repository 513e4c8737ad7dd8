/* The files of a section, one behind the other. */
#include "analyze/model/model.h"

#include <stdlib.h>

#include "analyze/object/object.h"
#include "analyze/policy/policy.h"
#include "base/list.h"

static void
add_covered(struct table *t, const struct snapshot *from, enum section s,
            const struct filter_set *custom)
{
	for (int a = 0; a < ATTR_COUNT; a++) {
		const char *name = attr_name(section_side(s), (enum attr)a);

		if (name && snapshot_covers(from, s, name))
			attr_set_add(&t->covered, (unsigned)a);
	}
	for (size_t i = 0; custom && i < custom->custom_count; i++)
		/* Where values lack, none is not "none". */
		if (snapshot_covers(from, s, custom->custom[i]) &&
		    !snapshot_lack_of(from, s, custom->custom[i]).objects)
			attr_set_add(&t->covered, ATTR_CUSTOM + (unsigned)i);
}

/* The place behind the last byte. */
static uint64_t
table_end(const struct table *t)
{
	const struct table_file *last = t->file_count
		? &t->files[t->file_count - 1] : NULL;

	return last ? last->first + blob_size(last->blob) : 0;
}

int
table_add(struct table *t, const struct snapshot *from, enum section s,
          const struct policy *p, struct err *err)
{
	struct table_file f = { .from = from };

	add_covered(t, from, s, p->filters);
	f.file = snapshot_file(from, s);
	if (!f.file.path)
		return 0;
	f.blob = blob_open(f.file.path, err);
	if (!f.blob) {
		free(f.file.path);
		return -1;
	}
	f.first = table_end(t);
	f.first_piece = t->pieces;
	f.pieces = blob_pieces(f.blob);
	t->pieces += f.pieces;
	LIST_RESERVE(t->files, t->file_room, t->file_count + 1);
	t->files[t->file_count++] = f;
	return 0;
}

void
table_release(struct table *t)
{
	for (size_t i = 0; i < t->file_count; i++) {
		blob_close(t->files[i].blob);
		free(t->files[i].file.path);
	}
	free(t->files);
	free(t->rows);
	free(t->piece_rows);
}

uint64_t
table_lines(const struct table *t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t->file_count; i++)
		n += t->files[i].file.count;
	return n;
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
