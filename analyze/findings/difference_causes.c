/* Causes with edits and without, by their ids. */
#include "analyze/findings/difference_causes.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/findings/manifest.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/list.h"
#include "base/record.h"

/* The lines of a side, and their ids, which stand behind the first key. */
struct cause_ids {
	char (*items)[CAUSE_ID_TEXT];
	size_t count, room;
};

static const char first[] = "{\"id\":\"";

static int
by_id(const void *a, const void *b)
{
	return memcmp(a, b, CAUSE_ID_TEXT);
}

static int
take_id(struct cause_ids *ids, const char *line, size_t len)
{
	enum { BEFORE_ID = sizeof(first) - 1 };

	if (len < BEFORE_ID + CAUSE_ID_TEXT ||
	    memcmp(line, first, BEFORE_ID) != 0)
		return -1;
	LIST_RESERVE(ids->items, ids->room, ids->count + 1);
	memcpy(ids->items[ids->count], line + BEFORE_ID, CAUSE_ID_TEXT);
	ids->items[ids->count++][CAUSE_ID_TEXT - 1] = '\0';
	return 0;
}

static struct lines *
open_causes(const char *folder, char **path, struct err *err)
{
	*path = path_join(folder, CAUSES_FILE);
	return lines_open(*path, FINDINGS_LINE_MAX, err);
}

/* In the order of the file. */
static int
load_ids(const char *folder, struct cause_ids *ids, struct err *err)
{
	char *path;
	struct lines *lines = open_causes(folder, &path, err);
	const char *line;
	size_t len;
	int rc = lines ? 1 : -1;

	while (rc > 0 && (rc = lines_next(lines, &line, &len, err)) > 0)
		if (take_id(ids, line, len) < 0)
			rc = err_input(err, "%s:%llu: want an id first", path,
			               (unsigned long long)
			               lines_number(lines));
	if (ids->count)
		qsort(ids->items, ids->count, sizeof(ids->items[0]), by_id);
	lines_close(lines);
	free(path);
	return rc;
}

bool
difference_is_open(const struct record *r)
{
	const char *status = record_text(r, "status");

	return !status || strcmp(status, status_name(STATUS_OPEN)) == 0;
}

/* Within a string a backslash would stand before each quote. */
static bool
is_waived(const char *line, size_t len)
{
	static const char key[] = "\"status\":\"waived\"";

	return memmem(line, len, key, sizeof(key) - 1) != NULL;
}

/* Writes the lines of FOLDER of which OTHER has no id; counts the open ones. */
static int
put_others(const char *folder, const struct cause_ids *other, const char *word,
           struct outfile *out, uint64_t *n, uint64_t *written,
           struct err *err)
{
	char *path;
	struct lines *lines = open_causes(folder, &path, err);
	struct cause_ids id = { 0 };
	struct buf text = { 0 };
	const char *line;
	size_t len;
	int rc = lines ? 1 : -1;

	while (rc > 0 && (rc = lines_next(lines, &line, &len, err)) > 0) {
		id.count = 0;
		take_id(&id, line, len);
		if (other->count && bsearch(id.items, other->items,
		                            other->count,
		                            sizeof(id.items[0]), by_id))
			continue;
		buf_clear(&text);
		buf_addf(&text, "{\"change\":\"%s\",", word);
		buf_add(&text, line + 1, len - 1);
		buf_addc(&text, '\n');
		outfile_add(out, text.data, text.len);
		*n += !is_waived(line, len);
		++*written;
	}
	buf_release(&text);
	free(id.items);
	lines_close(lines);
	free(path);
	return rc;
}

int
difference_causes(const char *const folders[DIFFERENCE_SIDES],
                  struct outfile *out, struct difference *d,
                  uint64_t *written, struct err *err)
{
	struct cause_ids before = { 0 }, after = { 0 };
	int rc = load_ids(folders[BEFORE], &before, err);

	if (rc == 0)
		rc = load_ids(folders[AFTER], &after, err);
	if (rc == 0)
		rc = put_others(folders[BEFORE], &after, "cause-cured", out,
		                &d->causes_cured, written, err);
	if (rc == 0)
		rc = put_others(folders[AFTER], &before, "cause-new", out,
		                &d->causes_fresh, written, err);
	free(before.items);
	free(after.items);
	return rc;
}
