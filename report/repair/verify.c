/*
 * Checks the folder against its list: see repair.h. People run all that lies in
 * it, so that a file that the list does not have is as wrong as one that was
 * changed.
 */
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "report/repair/file_count.h"
#include "report/repair/repair.h"

enum { LIST_MAX = 16 << 20 };

/* Of all files of a kind, rollback and the cloud's aside. */
struct sums {
	uint64_t ldif, script;
};

static const struct json *
files_of(const struct json *list)
{
	return json_first(json_get(list, "files"));
}

/* The names that are written have letters, digits, and these alone. */
static bool
is_name(const char *name)
{
	return name && *name && *name != '.' && !strpbrk(name, "/\\");
}

/* One of another kind may never end; a link leads elsewhere. */
static int
check_kind(const char *path, struct err *err)
{
	struct stat is;

	if (lstat(path, &is) < 0)
		return err_input(err, "%s: cannot be read: %s", path,
		                 strerror(errno));
	return S_ISREG(is.st_mode) ? 0
		: err_input(err, "%s: want a file, as %s lists it", path,
		            REPAIR_MANIFEST);
}

/* What the list says of it people plan by. */
static int
check_count(const char *path, const struct json *file, uint64_t *count,
            struct err *err)
{
	uint64_t want = json_count_of(file, "count");

	if (file_count(path, count, err) < 0)
		return -1;
	return *count == want ? 0
		: err_input(err, "%s: has %" PRIu64 " change%s, but %" PRIu64
		            " by %s", path, *count, *count == 1 ? "" : "s",
		            want, REPAIR_MANIFEST);
}

static bool
ends_in(const char *name, const char *end)
{
	size_t len = strlen(name), n = strlen(end);

	return len > n && strcmp(name + len - n, end) == 0;
}

/* Each change is in LDIF, in PowerShell, or in both; and in its rollback. */
static void
add_changes(struct sums *sums, const char *name, uint64_t count)
{
	if (ends_in(name, ".ldf") && !ends_in(name, ".undo.ldf"))
		sums->ldif += count;
	else if (ends_in(name, ".ps1") && strcmp(name, "cloud.ps1") != 0)
		sums->script += count;
}

static int
check_file(const char *folder, const char *list, const struct json *file,
           struct sums *sums, struct err *err)
{
	const char *name = json_string(json_get(file, "name"));
	uint64_t count;
	const char *want = json_string(json_get(file, "sha256"));
	char digest[DIGEST_TEXT];
	char *path;
	int rc;

	if (!is_name(name) || !want)
		return err_input(err, "%s: want of each file \"name\" and "
		                 "\"sha256\"", list);
	path = path_join(folder, name);
	rc = check_kind(path, err);
	if (rc == 0)
		rc = digest_file(path, digest, err);
	if (rc == 0 && strcmp(digest, want) != 0)
		rc = err_input(err, "%s: was changed: its SHA-256 is not that "
		               "in %s", path, REPAIR_MANIFEST);
	if (rc == 0)
		rc = check_count(path, file, &count, err);
	if (rc == 0)
		add_changes(sums, name, count);
	free(path);
	return rc;
}

static int
check_sum(const char *list, const struct json *j, const struct sums *sums,
          struct err *err)
{
	uint64_t have = sums->ldif > sums->script ? sums->ldif : sums->script;
	uint64_t want = json_count_of(j, "changes");

	return have == want ? 0
		: err_input(err, "%s: says \"changes\": %" PRIu64 ", but the "
		            "files have %" PRIu64, list, want, have);
}

static bool
is_listed(const struct json *list, const char *name)
{
	for (const struct json *f = files_of(list); f; f = json_next(f))
		if (strcmp(json_string(json_get(f, "name")), name) == 0)
			return true;
	return false;
}

/*
 * What Windows, PowerShell or ldifde run by its ending, or load beside what
 * they run: logs of scripts may lie there.
 */
static const char *const run[] = {
	".bat", ".cdxml", ".cmd", ".com", ".dll", ".exe", ".hta", ".js", ".jse",
	".ldf", ".ldif", ".lnk", ".msi", ".ps1", ".ps1xml", ".psc1", ".psd1",
	".psm1", ".pssc", ".reg", ".vbe", ".vbs", ".wsf", ".wsh",
};

static bool
is_run(const char *name)
{
	size_t len = strlen(name);

	/* Windows forgets dots and blanks at an end. */
	while (len && strchr(". ", name[len - 1]))
		len--;
	for (size_t i = 0; i < sizeof(run) / sizeof(run[0]); i++) {
		size_t n = strlen(run[i]);

		if (n <= len && strncasecmp(name + len - n, run[i], n) == 0)
			return true;
	}
	return false;
}

/* One that lies in FOLDER, and that the list does not have. */
static int
check_other(const char *folder, const char *name, struct err *err)
{
	char *path = path_join(folder, name);
	struct stat is = { .st_mode = 0 };
	int rc = 0;

	if (stat(path, &is) == 0 && S_ISDIR(is.st_mode))
		rc = err_input(err, "%s: is a folder: syncscope writes none "
		               "beside %s", path, REPAIR_MANIFEST);
	else if (is_run(name))
		rc = err_input(err, "%s: %s does not list it: syncscope did "
		               "not write it", path, REPAIR_MANIFEST);
	free(path);
	return rc;
}

static bool
is_itself(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int
check_others(const char *folder, const struct json *list, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *e = NULL;
	int rc = 0;

	errno = dir ? 0 : errno;
	while (rc == 0 && dir && (e = readdir(dir))) {
		if (!is_itself(e->d_name) && !is_listed(list, e->d_name))
			rc = check_other(folder, e->d_name, err);
		errno = 0;
	}
	/* The end, or what cannot be read: other files may lie there. */
	if (rc == 0 && errno)
		rc = err_input(err, "%s: cannot be read: %s", folder,
		               strerror(errno));
	if (dir)
		closedir(dir);
	return rc;
}

static int
check_list(const char *path, const struct json *list, struct err *err)
{
	const char *format = json_string(json_get(list, "format"));

	if (!format || strcmp(format, REPAIR_FORMAT) != 0)
		return err_input(err, "%s: want \"format\": \"%s\"", path,
		                 REPAIR_FORMAT);
	if (json_count_of(list, "version") != REPAIR_VERSION)
		return err_input(err, "%s: want \"version\": %d", path,
		                 REPAIR_VERSION);
	return json_kind(json_get(list, "files")) == JSON_ARRAY ? 0
		: err_input(err, "%s: want \"files\": an array", path);
}

int
repair_verify(const char *folder, uint64_t *count, struct err *err)
{
	char *path = path_join(folder, REPAIR_MANIFEST);
	struct buf text = { .max = LIST_MAX };
	struct sums sums = { 0, 0 };
	struct json *list = json_load(path, &text, err);
	int rc = list ? check_list(path, list, err) : -1;

	*count = 0;
	for (const struct json *f = files_of(list); rc == 0 && f;
	     f = json_next(f), ++*count)
		rc = check_file(folder, path, f, &sums, err);
	if (rc == 0)
		rc = check_sum(path, list, &sums, err);
	if (rc == 0)
		rc = check_others(folder, list, err);
	json_free(list);
	buf_release(&text);
	free(path);
	return rc;
}
