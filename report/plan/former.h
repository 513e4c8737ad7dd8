/* What a former plan says, row by row. */
#ifndef REPORT_PLAN_FORMER_H
#define REPORT_PLAN_FORMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash_index.h"
#include "base/mem.h"

/* The columns of the file, in their order. */
enum former_column {
	PLAN_ITEM, PLAN_STATUS, PLAN_OWNER, PLAN_DATE, PLAN_COMMENT,
	PLAN_SEVERITY, PLAN_ORDER, PLAN_CAUSE_TITLE, PLAN_OBJECT,
	PLAN_ATTRIBUTE, PLAN_OLD, PLAN_NEW, PLAN_DO, PLAN_AUTHORITY,
	PLAN_TOOL, PLAN_OTHERS,
	PLAN_RULE, PLAN_DN, PLAN_DOMAIN, PLAN_CHANGE, PLAN_CAUSE, PLAN_SEEN,
	PLAN_COLUMNS
};

extern const char *const plan_titles[PLAN_COLUMNS];

/* Whether findings have the item, of any run so far. */
enum former_seen { FORMER_GONE, FORMER_WAIVED, FORMER_OPEN };

struct former_row {
	const char *const *cells;    /* PLAN_COLUMNS, then those of others */
	uint64_t line;
	enum former_seen seen;
};

struct former_plan {
	struct former_row *rows;
	size_t count, room;
	/* Columns that somebody added. */
	const char **titles;
	size_t title_count, title_room;
	struct hash_index by_item;
	struct arena texts;
};

/* Between the fields of a file that begins with TEXT. */
char former_delimiter(const char *text);
/* The row of that item, or NULL. */
struct former_row *former_find(const struct former_plan *p, const char *item);

#endif
