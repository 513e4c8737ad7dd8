/*
 * Checks the folder against its list: see repair.h. People run all that lies in
 * it, so that a file that the list does not have is as wrong as one that was
 * changed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/file.h"
#include "base/json.h"
#include "report/repair/repair.h"

enum { LIST_MAX = 16 << 20 };

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

static int
check_file(const char *folder, const char *list, const struct json *file,
           struct err *err)
{
	const char *name = json_string(json_get(file, "name"));
	const char *want = json_string(json_get(file, "sha256"));
	char digest[DIGEST_TEXT];
	char *path;
	int rc;

	if (!is_name(name) || !want)
		return err_input(err, "%s: want of each file \"name\" and "
		                 "\"sha256\"", list);
	path = path_join(folder, name);
	rc = digest_file(path, digest, err);
	if (rc == 0 && strcmp(digest, want) != 0)
		rc = err_input(err, "%s: was changed: its SHA-256 is not that "
		               "in %s", path, REPAIR_MANIFEST);
	free(path);
	return rc;
}

static bool
is_listed(const struct json *list, const char *name)
{
	for (const struct json *f = files_of(list); f; f = json_next(f))
		if (strcmp(json_string(json_get(f, "name")), name) == 0)
			return true;
	return false;
}

/* What would be run: logs of scripts may lie beside it. */
static bool
is_run(const char *name)
{
	const char *end = strrchr(name, '.');

	return end && (strcasecmp(end, ".ldf") == 0 ||
	               strcasecmp(end, ".ldif") == 0 ||
	               strcasecmp(end, ".ps1") == 0);
}

static int
check_others(const char *folder, const struct json *list, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *e;
	int rc = 0;

	if (!dir)
		return err_input(err, "%s: cannot be read: %s", folder,
		                 strerror(errno));
	while (rc == 0 && (e = readdir(dir)))
		if (is_run(e->d_name) && !is_listed(list, e->d_name))
			rc = err_input(err, "%s/%s: %s does not list it: "
			               "syncscope did not write it", folder,
			               e->d_name, REPAIR_MANIFEST);
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
	struct json *list = json_load(path, &text, err);
	int rc = list ? check_list(path, list, err) : -1;

	*count = 0;
	for (const struct json *f = files_of(list); rc == 0 && f;
	     f = json_next(f), ++*count)
		rc = check_file(folder, path, f, err);
	if (rc == 0)
		rc = check_others(folder, list, err);
	json_free(list);
	buf_release(&text);
	free(path);
	return rc;
}
