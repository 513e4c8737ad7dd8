/*
 * Where the data files are that came with the program: where make install put
 * them, seen from the program, or else in the tree: that it lies in, or that it
 * was built in.
 */
#include "analyze/data/files.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* The Makefile says it; whoever builds otherwise runs it from the tree. */
#ifndef BUILT_IN
#define BUILT_IN "."
#endif

/* The folder that the program is in; in A. */
static const char *
program_folder(struct arena *a)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path));
	char *slash;

	if (len <= 0 || (size_t)len == sizeof(path))
		return "";
	path[len] = '\0';
	slash = strrchr(path, '/');
	return arena_strndup(a, path, slash ? (size_t)(slash - path) : 0);
}

const char *
data_folder(struct arena *a)
{
	static const char *const beside[] = {
		"/../share/syncscope/data",  /* of bin */
		"/../data",                  /* of build */
	};
	const char *program = program_folder(a);

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		const char *folder = arena_join(a, program, strlen(program),
		                                beside[i]);

		if (access(folder, X_OK) == 0)
			return folder;
	}
	return BUILT_IN "/data";
}
