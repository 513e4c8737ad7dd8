/* Folders that appear whole or not at all. */
#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/mem.h"

struct folder {
	char *path, *work, *mark;
	enum folder_mode mode;
};

static bool
is_empty(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	bool empty = dir != NULL;

	while (dir && (e = readdir(dir)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			empty = false;
	if (dir)
		closedir(dir);
	return empty;
}

/* Whether the file MARK is there and says that we wrote it. */
static bool
holds(const char *path, const char *mark)
{
	char *file = path_join(path, mark);
	char head[256] = "";
	FILE *f = fopen(file, "r");
	bool found = f && fread(head, 1, sizeof(head) - 1, f) > 0 &&
	             strstr(head, "\"syncscope-") != NULL;

	if (f)
		fclose(f);
	free(file);
	return found;
}

/*
 * How names end that are written into our folders, or whole names: snapshots
 * and findings, then what is to be done, which has a mark of its own.
 */
enum { TAILS = 4 };

static const char *const *
tails_of(const char *mark)
{
	static const char *const data[TAILS] = {
		".ndjson", ".zst", ".tmp", "exchange.json"
	};
	static const char *const work[TAILS] = {
		".ldf", ".ps1", ".tmp", "manual.csv"
	};

	return strcmp(mark, "manifest.json") == 0 ? data : work;
}

static bool
is_our_name(const char *name, const char *mark)
{
	const char *const *tails = tails_of(mark);
	size_t len = strlen(name);

	if (strcmp(name, mark) == 0)
		return true;
	for (size_t i = 0; i < TAILS; i++) {
		size_t tail = strlen(tails[i]);

		if ((*tails[i] == '.' ? len > tail : len == tail) &&
		    strcmp(name + len - tail, tails[i]) == 0)
			return true;
	}
	return false;
}

/* Whether everything in the folder has a name of ours. */
static bool
is_ours(const char *path, const char *mark)
{
	DIR *dir = opendir(path);
	struct dirent *e;
	bool ours = dir != NULL;

	while (dir && (e = readdir(dir)))
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, "..") &&
		    !is_our_name(e->d_name, mark))
			ours = false;
	if (dir)
		closedir(dir);
	return ours;
}

/* Removes a flat folder of ours; what is not ours stays. */
static void
remove_ours(const char *path, const char *mark)
{
	DIR *dir = opendir(path);
	struct dirent *e;

	while (dir && (e = readdir(dir))) {
		char *file = path_join(path, e->d_name);

		if (is_our_name(e->d_name, mark))
			unlink(file);
		free(file);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
}

static int
check_place(const char *path, enum folder_mode mode, const char *mark,
            struct err *err)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 :
			err_usage(err, "%s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode) && is_empty(path))
		return 0;
	if (!S_ISDIR(st.st_mode) || !holds(path, mark) ||
	    !is_ours(path, mark))
		return err_usage(err, "%s: exists and is not a folder that "
		                 "syncscope wrote; choose another -o", path);
	if (mode != FOLDER_REPLACE)
		return err_usage(err, "%s: exists already; --force replaces it",
		                 path);
	return 0;
}

static void
folder_free(struct folder *f)
{
	free(f->path);
	free(f->work);
	free(f->mark);
	free(f);
}

struct folder *
folder_open(const char *path, enum folder_mode mode, const char *mark,
            struct err *err)
{
	struct folder *f;
	size_t len = strlen(path);

	if (check_place(path, mode, mark, err) < 0)
		return NULL;
	while (len > 1 && path[len - 1] == '/')
		len--;
	f = xcalloc(1, sizeof(*f));
	f->path = xstrndup(path, len);
	f->work = xasprintf("%s.unfinished", f->path);
	f->mark = xstrdup(mark);
	f->mode = mode;
	if (mode == FOLDER_REPLACE)
		remove_ours(f->work, mark);
	if (mkdir(f->work, 0777) < 0) {
		if (errno == EEXIST)
			err_usage(err, "%s: is left of a run that did not "
			          "end; --force removes it", f->work);
		else
			err_usage(err, "%s: folder cannot be made: %s", path,
			          strerror(errno));
		folder_free(f);
		return NULL;
	}
	return f;
}

const char *
folder_work(const struct folder *f)
{
	return f->work;
}

int
folder_commit(struct folder *f, struct err *err)
{
	char *old = xasprintf("%s.old-%ld", f->path, (long)getpid());
	bool moved = false;
	int rc = 0;

	/* An empty folder gives way to rename by itself. */
	if (rename(f->work, f->path) < 0) {
		if (f->mode == FOLDER_REPLACE)
			moved = rename(f->path, old) == 0;
		if (!moved || rename(f->work, f->path) < 0)
			rc = err_usage(err, "%s: cannot be put in place: %s",
			               f->path, strerror(errno));
		if (moved && rc < 0 && rename(old, f->path) < 0)
			err_prefix(err, "the old folder is now %s", old);
		remove_ours(rc < 0 ? f->work : old, f->mark);
	}
	free(old);
	folder_free(f);
	return rc;
}

void
folder_abort(struct folder *f)
{
	if (!f)
		return;
	remove_ours(f->work, f->mark);
	folder_free(f);
}
