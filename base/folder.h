/*
 * A folder that appears whole or not at all: it is filled under another name
 * beside its place and moved there at the end.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

struct err;

enum folder_mode {
	FOLDER_NEW,        /* refuse to touch what is already there */
	FOLDER_REPLACE,    /* --force: an old folder of ours may be replaced */
};

struct folder;

/*
 * Makes the working folder for PATH. A PATH that exists is refused, unless it
 * is an empty folder, or MODE is FOLDER_REPLACE and it is a folder of ours: it
 * holds a file MARK that names a format of syncscope, and nothing but files
 * that we write (so that --force never removes somebody's other files).
 * NULL with ERR filled.
 */
struct folder *folder_open(const char *path, enum folder_mode mode,
                           const char *mark, struct err *err);
/* Where to write now; borrowed. */
const char *folder_work(const struct folder *f);
/* Moves the folder to its place and frees F; 0, or -1 with nothing left. */
int folder_commit(struct folder *f, struct err *err);
/* Removes what was written and frees F; takes NULL. */
void folder_abort(struct folder *f);

#endif
