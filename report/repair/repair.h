/*
 * The folder repair/: changes of AD as LDIF with its rollback, and as
 * PowerShell, what is changed in the cloud, and what is left for people to do.
 * Only what findings propose is written, and only where AD is the source of
 * authority.
 */
#ifndef REPORT_REPAIR_REPAIR_H
#define REPORT_REPAIR_REPAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "analyze/findings/findings.h"

struct err;
struct format_options;
struct view;

enum { REPAIR_CHANGES_MAX = 500 };   /* --max-changes, if nothing is said */

struct repair_settings {
	struct finding_selection select;
	uint64_t max;
	enum folder_mode mode;
	bool ldif, script;         /* what is wanted; either */
};

/* What lists the files of the folder. */
#define REPAIR_MANIFEST "repair.json"
#define REPAIR_FORMAT "syncscope-repair"
#define REPAIR_SCHEMA "urn:syncscope:repair:1"
enum { REPAIR_VERSION = 1 };

struct repair_run;

/*
 * Fills the working folder of PATH; it appears there by repair_commit. NULL
 * with ERR filled.
 */
struct repair_run *repair_write(const struct view *v, const char *path,
                                const struct repair_settings *set,
                                const struct format_options *o,
                                struct err *err);
/* 0, or -1 with nothing left. The run is still to be freed. */
int repair_commit(struct repair_run *r, struct err *err);
/* Appends what was written, and what was not, a line each. */
void repair_tell(const struct repair_run *r, struct buf *out);
/* Appends the command that tries the changes; false: there are none. */
bool repair_tell_trial(const struct repair_run *r, struct buf *out);
/* Removes what was not committed; takes NULL. */
void repair_free(struct repair_run *r);

/*
 * Whether the files of FOLDER are those of its list, COUNT in all: 0, or
 * -1 with ERR filled.
 */
int repair_verify(const char *folder, uint64_t *count, struct err *err);

#endif
