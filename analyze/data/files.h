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

struct exchange_ages {
	struct exchange_product *products;   /* ascending */
	size_t count;
	struct exchange_update *updates;     /* ascending */
	size_t update_count;
};

struct exchange_update {
	struct build build;          /* the fourth number is 0 */
	const char *name;
};

struct exchange_release {
	unsigned range_upper;
	const char *name;
};

struct exchange_releases {
	struct exchange_release *items;      /* ascending */
	size_t count;
};

enum { DATA_FILES = 5 };

struct data {
	struct arena arena;
	struct data_file files[DATA_FILES];
	size_t file_count;
	struct special_names special;
	struct engine_ages engine;
	struct exchange_ages exchange;
	struct exchange_releases releases;
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

/*
 * Read sync-engine.json, exchange-builds.json and exchange-schema.json of
 * FOLDER, likewise.
 */
int engine_ages_read(struct engine_ages *to, const char *folder,
                     struct data_file *about, struct arena *a,
                     struct err *err);
int exchange_ages_read(struct exchange_ages *to, const char *folder,
                       struct data_file *about, struct arena *a,
                       struct err *err);
int exchange_releases_read(struct exchange_releases *to, const char *folder,
                           struct data_file *about, struct arena *a,
                           struct err *err);

/* ---- public suffixes (public_suffix.c) ---- */

enum listed { LISTED_NOT, LISTED_BELOW, LISTED_ITSELF };

/* The file PATH, or the system's list. NULL with ERR filled. */
struct suffix_list *suffix_list_open(const char *path, struct data_file *about,
                                     struct arena *a, struct err *err);
void suffix_list_free(struct suffix_list *l);
/* Of a folded name. */
enum listed suffix_list_find(const struct suffix_list *l, const char *name);

#endif
