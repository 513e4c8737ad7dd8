/* What --what-if names: one file of edits, or LDIF, by itself or a folder. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "analyze/whatif/ldif_edits.h"
#include "analyze/whatif/whatif.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/list.h"
#include "base/utf8.h"

enum { LDIF_FILE_MAX = 512 << 20 };

struct path_list {
	char **items;
	size_t count, room;
};

static void
add_path(struct path_list *l, char *path)
{
	LIST_RESERVE(l->items, l->room, l->count + 1);
	l->items[l->count++] = path;
}

static bool
ends_in(const char *name, const char *end)
{
	size_t len = strlen(name), tail = strlen(end);

	return len > tail && ascii_casecmp(name + len - tail, end) == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The files of "report --format ldif", without those that take them back. */
static int
add_folder(struct path_list *l, const char *path, struct err *err)
{
	DIR *dir = opendir(path);
	struct dirent *one;
	size_t first = l->count;

	if (!dir)
		return err_usage(err, "%s: %s", path, strerror(errno));
	while ((one = readdir(dir)))
		if (ends_in(one->d_name, ".ldf") &&
		    !ends_in(one->d_name, ".undo.ldf"))
			add_path(l, path_join(path, one->d_name));
	closedir(dir);
	if (l->count == first)
		return err_usage(err, "%s: want a folder with .ldf files, as "
		                 "report --format ldif writes it", path);
	qsort(l->items + first, l->count - first, sizeof(*l->items), by_name);
	return 0;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int
add_ldif(struct edits *e, size_t *room, struct digest *d, const char *path,
         struct err *err)
{
	struct buf text = { .max = LDIF_FILE_MAX };
	int rc = file_read(path, &text, err);

	if (rc < 0)
		err->code = EXIT_USAGE;
	else
		digest_add(d, buf_text(&text), text.len);
	if (rc == 0 && !ldif_edits_is(path, buf_text(&text)))
		rc = err_usage(err, "%s: want LDIF beside other files: a run "
		               "has one file of other edits", path);
	if (rc == 0)
		rc = ldif_edits_read(e, room, path, &text, err);
	buf_release(&text);
	return rc;
}

static struct edits *
load_ldif(const struct path_list *l, const char *name, struct err *err)
{
	struct edits *e = xcalloc(1, sizeof(*e));
	struct digest *d = digest_new();
	char *base = path_base(name);
	size_t room = 0;
	int rc = 0;

	e->is_ldif = true;
	e->path = arena_strdup(&e->arena, name);
	e->name = arena_strdup(&e->arena, base);
	free(base);
	for (size_t i = 0; i < l->count && rc == 0; i++)
		rc = add_ldif(e, &room, d, l->items[i], err);
	digest_finish(d, e->digest);
	if (rc == 0)
		rc = edits_check(e, err);
	if (rc == 0)
		return e;
	edits_free(e);
	return NULL;
}

/* Of the first bytes; a file that cannot be read is told by who reads it. */
static bool
is_ldif(const char *path)
{
	struct buf text = { .max = LDIF_FILE_MAX };
	struct err ignored = { 0 };
	bool is = file_read(path, &text, &ignored) == 0 &&
	          ldif_edits_is(path, buf_text(&text));

	buf_release(&text);
	return is;
}

static struct edits *
load_one(const char *path, struct err *err)
{
	return ends_in(path, ".csv") ? edits_load_plan(path, err)
	                             : edits_load(path, err);
}

struct edits *
edits_load_all(const char *const *paths, size_t count, struct err *err)
{
	struct path_list l = { 0 };
	struct edits *e = NULL;
	int rc = 0;

	if (count == 1 && !is_folder(paths[0]) && !is_ldif(paths[0]))
		return load_one(paths[0], err);
	for (size_t i = 0; i < count && rc == 0; i++) {
		if (is_folder(paths[i]))
			rc = add_folder(&l, paths[i], err);
		else
			add_path(&l, xstrdup(paths[i]));
	}
	if (rc == 0)
		e = load_ldif(&l, paths[0], err);
	for (size_t i = 0; i < l.count; i++)
		free(l.items[i]);
	free(l.items);
	return e;
}
