/* The snapshots of a command line, each once; see snapshot.h. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/warn.h"
#include "collect/snapshot/opened.h"
#include "collect/snapshot/snapshot.h"

static bool
same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool
same_names(const struct name_set *a, const struct name_set *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!name_set_has(b, a->names[i]))
			return false;
	return true;
}

/* The same objects, byte for byte, and the same said of them. */
static bool
same_section(const struct manifest_section *a,
             const struct manifest_section *b)
{
	return a->state == b->state && a->count == b->count &&
	       same_text(a->reason, b->reason) && !a->file == !b->file &&
	       (!a->file || strcmp(a->digest, b->digest) == 0) &&
	       a->all_attributes == b->all_attributes &&
	       same_names(&a->attributes, &b->attributes) &&
	       a->partly.count == b->partly.count &&
	       a->lacks.count == b->lacks.count;
}

/*
 * A folder that is given twice, by two paths, or as a copy, has one manifest.
 * Two imports of one file differ in the names of their inputs alone; what live
 * servers said is never compared so.
 */
static bool
is_copy(const struct snapshot *a, const struct snapshot *b)
{
	if (strcmp(a->digest, b->digest) == 0)
		return true;
	if (snapshot_collected(a) != snapshot_collected(b) ||
	    snapshot_is_live(a) || snapshot_is_live(b))
		return false;
	for (int s = 0; s < SECTION_COUNT; s++)
		if (!same_section(&a->manifest.sections[s],
		                  &b->manifest.sections[s]))
			return false;
	return true;
}

static const struct snapshot *
find_same(struct snapshot *const *all, size_t count, const struct snapshot *s)
{
	for (size_t i = 0; i < count; i++)
		if (is_copy(all[i], s))
			return all[i];
	return NULL;
}

/* One that is no copy goes to OUT; of a copy COPIES tells. */
static int
open_one(const char *path, struct snapshot **out, size_t *count,
         struct buf *copies, struct err *err)
{
	struct snapshot *s = snapshot_open(path, err);
	const struct snapshot *same;

	if (!s)
		return -1;
	same = find_same(out, *count, s);
	if (!same) {
		out[(*count)++] = s;
		return 0;
	}
	buf_addf(copies, "%s%s", copies->len ? ", " : "", path);
	if (strcmp(path, same->path) != 0)
		buf_addf(copies, " is %s", same->path);
	snapshot_close(s);
	return 0;
}

int
snapshots_open(const char *const *paths, size_t n, struct snapshot **out,
               size_t *count, struct err *err)
{
	struct buf copies = { 0 };
	int rc = 0;

	*count = 0;
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = open_one(paths[i], out, count, &copies, err);
	if (rc == 0 && copies.len)
		warn("snapshots given again count once: %s", copies.data);
	buf_release(&copies);
	return rc;
}
