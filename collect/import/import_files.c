/* Goes through folders and archives. */
#include "collect/import/import_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "collect/import/archive.h"
#include "collect/import/input.h"
#include "collect/import/stream.h"

enum {
	DEPTH_MAX = 32,          /* folders in folders */
	FILES_MAX = 20000,
};

#define STDIN_PATH "-"

/* BASE: where the name that the snapshot records begins in PATH. */
static struct import_file *
add_file(struct import_files *f, char *path, size_t base,
         enum import_given given)
{
	struct import_file *file;

	LIST_RESERVE(f->items, f->room, f->count + 1);
	file = &f->items[f->count++];
	*file = (struct import_file){
		.path = path, .name = path + base, .given = given,
		.modified = WHEN_NONE, .size = SIZE_UNKNOWN,
	};
	return file;
}

void
import_file_refuse(struct import_file *file, const char *what)
{
	free(file->refusal);
	file->refusal = xasprintf("%s: %s", file->path, what);
}

static void
add_refused(struct import_files *f, const char *path, size_t base,
            enum import_given given, const char *what)
{
	import_file_refuse(add_file(f, xstrdup(path), base, given), what);
}

/* ".name" is hidden wherever it stands; "." and ".." only lead somewhere. */
static bool
is_hidden(const char *name)
{
	const char *p = name;

	while (p) {
		size_t len = strcspn(p, "/");

		if ((*p == '.' && strspn(p, ".") < len) ||
		    strncmp(p, "__MACOSX/", 9) == 0)
			return true;
		p = p[len] ? p + len + 1 : NULL;
	}
	return false;
}

/* Office's files are zip archives, too. */
static bool
is_document(const char *name)
{
	static const char *const names[] = {
		"[Content_Types].xml", "xl/workbook.xml", "xl/workbook.bin",
		"word/document.xml", "ppt/presentation.xml", "mimetype",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static bool
holds_document(const struct bundle *b, const char *path)
{
	size_t skip = strlen(path) + 1;

	for (size_t i = 0; i < bundle_count(b); i++) {
		const char *name = bundle_member(b, i)->path;

		if (strlen(name) > skip && is_document(name + skip))
			return true;
	}
	return false;
}

static int
check_number(const struct import_files *f, const char *path, struct err *err)
{
	return f->count <= FILES_MAX ? 0 :
		err_input(err, "%s: there are more than %d files; import "
		          "fewer at once", path, FILES_MAX);
}

static void
add_members(struct import_files *f, struct bundle *b, const char *path,
            size_t base)
{
	for (size_t i = 0; i < bundle_count(b); i++) {
		const struct bundle_member *m = bundle_member(b, i);
		struct import_file *file;

		if (is_hidden(m->path + strlen(path)))
			continue;
		file = add_file(f, xstrdup(m->path), base, GIVEN_WITHIN);
		file->bundle = b;
		file->member = i;
	}
}

static int
add_archive(struct import_files *f, const char *path, size_t base,
            enum import_given given, struct err *err)
{
	struct bundle *b = bundle_open(path, err);
	size_t before = f->count;

	if (!b)
		return -1;
	/* One file is open at a time, however many archives there are. */
	bundle_rest(b);
	LIST_RESERVE(f->bundles, f->bundle_room, f->bundle_count + 1);
	f->bundles[f->bundle_count++] = b;
	if (holds_document(b, path)) {
		add_file(f, xstrdup(path), base, given);
		return 0;
	}
	add_members(f, b, path, base);
	/* A single file that was compressed stands for itself. */
	if (f->count == before + 1 &&
	    strcmp(f->items[before].path, path) == 0)
		f->items[before].given = given;
	if (f->count == before)
		add_refused(f, path, base, given, "is an archive with no files "
		            "to import in it");
	return check_number(f, path, err);
}

/* Whether it begins as archives do; what cannot be read is told later. */
static bool
is_archive(const char *path)
{
	struct err ignored;
	struct stream *s = stream_of_file(path, &ignored);
	char head[BUNDLE_HEAD];
	ssize_t n = s ? s->read(s, head, sizeof(head), &ignored) : -1;

	stream_free(s);
	return n > 0 && bundle_is(head, (size_t)n);
}

/* A workbook that was cut is still told to be one. */
static bool
is_cut_document(const char *path)
{
	enum { NAME_AT = 30 };   /* APPNOTE.TXT, 4.3.7 */
	struct err ignored;
	struct stream *s = stream_of_file(path, &ignored);
	char head[BUNDLE_HEAD + 1] = "";
	ssize_t n = s ? s->read(s, head, BUNDLE_HEAD, &ignored) : -1;

	stream_free(s);
	return n > NAME_AT && (strncmp(head + NAME_AT, "[Content_Types]", 15)
	                       == 0 ||
	                       strncmp(head + NAME_AT, "mimetype", 8) == 0);
}

static int
add_regular(struct import_files *f, const char *path, size_t base,
            enum import_given given, struct err *err)
{
	if (is_archive(path) && !is_cut_document(path))
		return add_archive(f, path, base, given, err);
	add_file(f, xstrdup(path), base, given);
	return check_number(f, path, err);
}

static bool
has_inside(const char *folder, const char *name, const char *text)
{
	char *path = path_join(folder, name);
	char head[256] = "";
	FILE *file = fopen(path, "r");
	bool has = file && (!text ||
	           (fread(head, 1, sizeof(head) - 1, file) > 0 &&
	            strstr(head, text)));

	if (file)
		fclose(file);
	free(path);
	return has;
}

/* Folders that are something as a whole, and are not gone through. */
static const char *
folder_is(const char *path)
{
	static const struct {
		const char *name, *text, *what;
	} known[] = {
		{ "manifest.json", "syncscope-snapshot",
		  "is a snapshot already; give it to analyze" },
		{ "manifest.json", "syncscope-findings",
		  "is what analyze found; give it to report" },
		{ "SynchronizationRules", NULL,
		  "is the sync server's configuration; give it to analyze "
		  "--scope" },
	};
	static const char unfinished[] = ".unfinished";
	size_t len = strlen(path), end = strlen(unfinished);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (has_inside(path, known[i].name, known[i].text))
			return known[i].what;
	return len > end && strcmp(path + len - end, unfinished) == 0
		? "is left of a run of syncscope that did not end" : NULL;
}

/* Where the last name in PATH begins. */
static size_t
last_name(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	while (len > 0 && path[len - 1] != '/')
		len--;
	return len;
}

static int walk(struct import_files *f, const char *path, size_t base,
                int depth, struct err *err);

static int
add_entry(struct import_files *f, const char *path, size_t base, int depth,
          struct err *err)
{
	struct stat st, link;

	if (lstat(path, &link) < 0 || stat(path, &st) < 0)
		add_refused(f, path, base, GIVEN_WITHIN,
		            "is a link that leads nowhere");
	else if (S_ISREG(st.st_mode))
		return add_regular(f, path, base, GIVEN_WITHIN, err);
	else if (!S_ISDIR(st.st_mode))
		add_refused(f, path, base, GIVEN_WITHIN,
		            "is no regular file");
	/* So that no circle of links is gone through for ever. */
	else if (S_ISLNK(link.st_mode))
		add_refused(f, path, base, GIVEN_WITHIN, "is a link to a "
		            "folder, which is not followed; name the folder "
		            "itself");
	else
		return walk(f, path, base, depth + 1, err);
	return check_number(f, path, err);
}

static int
is_visible(const struct dirent *e)
{
	return e->d_name[0] != '.' && !is_hidden(e->d_name);
}

/* The files of a folder, by name, and those of its folders. */
static int
walk(struct import_files *f, const char *path, size_t base, int depth,
     struct err *err)
{
	const char *whole = folder_is(path);
	struct dirent **list = NULL;
	int n, rc = 0;

	if (whole) {
		add_refused(f, path, depth ? base : last_name(path),
		            depth ? GIVEN_WITHIN : GIVEN_BY_NAME, whole);
		return 0;
	}
	if (depth > DEPTH_MAX)
		return err_input(err, "%s: is more than %d folders deep; "
		                 "import it by itself", path, DEPTH_MAX);
	n = scandir(path, &list, is_visible, alphasort);
	if (n < 0)
		return err_input(err, "%s: cannot be read: %s", path,
		                 strerror(errno));
	for (int i = 0; i < n; i++) {
		char *inner = path_join(path, list[i]->d_name);

		if (rc == 0)
			rc = add_entry(f, inner, base, depth, err);
		free(inner);
		free(list[i]);
	}
	free(list);
	return rc;
}

static int
add_folder(struct import_files *f, const char *path, struct err *err)
{
	size_t before = f->count, len = strlen(path);
	size_t base = len && path[len - 1] == '/' ? len : len + 1;

	if (walk(f, path, base, 0, err) < 0)
		return -1;
	return f->count > before ? 0 :
		err_input(err, "%s: has no files to import", path);
}

static int
add_stdin(struct import_files *f, struct err *err)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->items[i].is_stdin)
			return err_usage(err, "collect import: - stands for "
			                 "standard input and can be read but "
			                 "once");
	add_file(f, xstrdup(STDIN_PATH), 0, GIVEN_BY_NAME)->is_stdin = true;
	return 0;
}

int
import_files_add(struct import_files *f, const char *path, struct err *err)
{
	struct stat st;

	if (strcmp(path, STDIN_PATH) == 0)
		return add_stdin(f, err);
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return add_folder(f, path, err);
	return add_regular(f, path, last_name(path), GIVEN_BY_NAME, err);
}

static void
release_file(struct import_file *file)
{
	input_close(file->held);
	free(file->refusal);
	free(file->path);
}

void
import_files_drop(struct import_files *f, size_t i)
{
	release_file(&f->items[i]);
	f->count--;
	memmove(f->items + i, f->items + i + 1,
	        (f->count - i) * sizeof(*f->items));
}

void
import_files_release(struct import_files *f)
{
	for (size_t i = 0; i < f->count; i++)
		release_file(&f->items[i]);
	for (size_t i = 0; i < f->bundle_count; i++)
		bundle_free(f->bundles[i]);
	for (size_t i = 0; i < f->missed_count; i++)
		free(f->missed[i]);
	free(f->missed);
	free(f->items);
	free(f->bundles);
}

/* The file on the disk that holds it. */
static const char *
holder(const struct import_file *f)
{
	return f->bundle ? bundle_path(f->bundle) : f->path;
}

static int
by_name(const void *a, const void *b)
{
	const struct import_file *x = a, *y = b;
	const char *hold_x = holder(x), *hold_y = holder(y);
	int cmp;

	if (x->is_stdin != y->is_stdin)
		return x->is_stdin ? -1 : 1;
	cmp = strcmp(hold_x + (x->name - x->path),
	             hold_y + (y->name - y->path));
	if (cmp == 0)
		cmp = strcmp(hold_x, hold_y);
	return cmp ? cmp : (x->member > y->member) - (x->member < y->member);
}

void
import_files_sort(struct import_files *f)
{
	qsort(f->items, f->count, sizeof(*f->items), by_name);
}

static struct stream *
stream_of(struct import_files *f, const struct import_file *file,
          struct err *err)
{
	if (file->is_stdin)
		return stream_of_stdin(file->path, err);
	if (!file->bundle)
		return stream_of_file(file->path, err);
	if (f->awake != file->bundle)
		bundle_rest(f->awake);
	f->awake = file->bundle;
	return bundle_stream(file->bundle, file->member, err);
}

struct input *
import_file_open(struct import_files *f, struct import_file *file,
                 struct err *err)
{
	struct input *in = file->held;
	struct stream *s;

	file->held = NULL;
	if (in)
		return in;
	s = stream_of(f, file, err);
	return s ? input_open(s, file->path, err) : NULL;
}
