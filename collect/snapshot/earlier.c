/* Checks that an earlier snapshot was asked for what is asked for now. */
#include "collect/snapshot/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

static bool
has_manifest(const char *folder)
{
	char *path = path_join(folder, SNAPSHOT_MANIFEST);
	bool found = access(path, F_OK) == 0;

	free(path);
	return found;
}

/* A kill left no time to give the folder its name. */
static void
recover(const char *output)
{
	char *work = xasprintf("%s.unfinished", output);

	if (!has_manifest(output) && has_manifest(work))
		rename(work, output);
	free(work);
}

static bool
is_same(const struct earlier_word *now, const char *was)
{
	if (!was || !now->value)
		return was == now->value;
	return now->same ? now->same(was, now->value)
	                 : strcmp(was, now->value) == 0;
}

static int
check_words(const struct snapshot *old, const char *path,
            const struct earlier_word *words, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		const char *was = snapshot_requested(old, words[i].key);

		if (!is_same(&words[i], was))
			return err_usage(err, "%s: was collected %s %s%s%s; "
			                 "want the same now", path,
			                 was ? "with" : "without",
			                 words[i].option, was ? " " : "",
			                 was ? was : "");
	}
	return 0;
}

/*
 * A run that was to replace PATH and was killed is beside it: which of the two
 * is meant, only the user knows. A resumed one has the time of what it resumes.
 */
static int
check_beside(const struct snapshot *old, const char *path, struct err *err)
{
	char *work = xasprintf("%s.unfinished", path);
	struct err ignored = { 0 };
	struct snapshot *other = has_manifest(work)
		? snapshot_open(work, &ignored) : NULL;
	int rc = 0;

	if (other && snapshot_collected(other) != snapshot_collected(old))
		rc = err_usage(err, "%s: is left of another run that did not "
		               "end; move it or %s away to say which one to "
		               "resume", work, path);
	snapshot_close(other);
	free(work);
	return rc;
}

static int
check_side(const struct snapshot *old, const char *path, enum side side,
           struct err *err)
{
	static const struct { const char *name, *command; } sides[] = {
		[SIDE_AD] = { "AD", "ad" },
		[SIDE_TENANT] = { "tenant", "tenant" },
	};
	bool live = side == SIDE_AD ? snapshot_is_live(old)
	                            : snapshot_requested(old, "graph") != NULL;

	return live ? 0 : err_usage(err, "%s: was not collected from a live "
	                            "%s; want a snapshot of \"collect %s\"",
	                            path, sides[side].name,
	                            sides[side].command);
}

struct snapshot *
earlier_open(const char *path, enum side side, enum earlier_use use,
             const struct earlier_word *words, size_t n, struct err *err)
{
	struct snapshot *old;

	if (use == EARLIER_RESUME)
		recover(path);
	if (use == EARLIER_RESUME && !has_manifest(path)) {
		err_usage(err, "%s: there is nothing to resume", path);
		return NULL;
	}
	old = snapshot_open(path, err);
	if (old && check_side(old, path, side, err) == 0 &&
	    check_words(old, path, words, n, err) == 0 &&
	    (use == EARLIER_SINCE || check_beside(old, path, err) == 0))
		return old;
	snapshot_close(old);
	return NULL;
}
