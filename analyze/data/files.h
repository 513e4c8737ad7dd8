/* What the parts of the data are made of: for this room alone. */
#ifndef ANALYZE_DATA_FILES_H
#define ANALYZE_DATA_FILES_H

#include <stddef.h>

#include "analyze/data/data.h"
#include "base/mem.h"

struct suffix_list;

enum special_use { USE_RESERVED, USE_PRIVATE, USE_DOCUMENTATION };

struct special_name {
	const char *name;            /* folded */
	enum special_use use;
	const char *source;
};

struct special_names {
	struct special_name *items;  /* sorted by name */
	size_t count;
};

enum { DATA_FILES = 2 };

struct data {
	struct arena arena;
	struct data_file files[DATA_FILES];
	size_t file_count;
	struct special_names special;
	struct suffix_list *suffixes;
};

/* The folder with the data that came with the program; in A. */
const char *data_folder(struct arena *a);

/* Reads special-use-names.json of FOLDER. 0, or -1 with ERR filled. */
int special_names_read(struct special_names *to, const char *folder,
                       struct data_file *about, struct arena *a,
                       struct err *err);
/* What NAME, which is folded, is or lies below; the longest; or NULL. */
const struct special_name *special_names_find(const struct special_names *of,
                                              const char *name);

/* ---- public suffixes (public_suffix.c) ---- */

enum listed { LISTED_NOT, LISTED_BELOW, LISTED_ITSELF };

/* The file PATH, or the system's list. NULL with ERR filled. */
struct suffix_list *suffix_list_open(const char *path, struct data_file *about,
                                     struct arena *a, struct err *err);
void suffix_list_free(struct suffix_list *l);
/* Of a folded name. */
enum listed suffix_list_find(const struct suffix_list *l, const char *name);

#endif
